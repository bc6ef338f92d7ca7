/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * json_writer.h - a document of JSON.
 *
 * Commas are put where they belong. Texts may also be written in pieces, between hg_json_begin_text and
 * hg_json_end_text, by functions of base/writer.h.
 */
#pragma once

#include "base/span.h"
#include "base/writer.h"
#include "huginn.h"

typedef struct hg_json {
    hg_writer out;       /* is_json is set */
    uint8_t needs_comma; /* before the next value or key */
    uint8_t is_exact;    /* times are numbers of ns, shares have all their digits */
} hg_json;

/* `open` is { or [; `close` ends it. */
void hg_json_open(hg_json *to, char open);
void hg_json_close(hg_json *to, char close);
/* The key of the value that follows; a word of the program, which needs no escaping. */
void hg_json_key(hg_json *to, const char *key);

void hg_json_text(hg_json *to, const char *text, size_t length);
void hg_json_span(hg_json *to, hg_span text); /* empty: null */
void hg_json_word(hg_json *to, const char *word); /* NULL: null */
void hg_json_u64(hg_json *to, uint64_t value);
void hg_json_i64(hg_json *to, int64_t value);
void hg_json_bool(hg_json *to, int value);
void hg_json_null(hg_json *to);
void hg_json_share(hg_json *to, double value);  /* rounded to three digits unless exact; null for NAN */
void hg_json_double(hg_json *to, double value); /* in full; null for NAN */
void hg_json_time(hg_json *to, int64_t time_ns);
void hg_json_time_or_null(hg_json *to, int64_t time_ns); /* null for 0 */
void hg_json_address(hg_json *to, uint8_t version, const uint8_t *address);
/* JSON that is made already. */
void hg_json_raw(hg_json *to, const char *json, size_t length);

void hg_json_begin_text(hg_json *to);
void hg_json_end_text(hg_json *to);

/* A value of a kind, or null; then the value is not evaluated. */
#define hg_json_optional(to, is_known, kind, value) ((is_known) ? hg_json_##kind((to), (value)) : hg_json_null(to))

/* A text that a function of this kind writes. */
#define hg_json_written(to, put, ...) (hg_json_begin_text(to), put(&(to)->out, __VA_ARGS__), hg_json_end_text(to))

#define HG_JSON_KEY(to, key, kind, ...) (hg_json_key((to), (key)), hg_json_##kind((to), __VA_ARGS__))
