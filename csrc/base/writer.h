/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * writer.h - writes text of any length, and JSON, into the caller's memory or into memory that grows.
 *
 * When a text does not fit, `is_full` is set, and nothing more is written.
 */
#pragma once

#include "base/bytes.h"

typedef struct hg_writer {
    char *at;
    size_t length;
    size_t capacity;
    uint8_t may_grow; /* 1: `at` is from malloc or NULL, and is reallocated; the caller frees it */
    uint8_t is_full;
    uint8_t is_json; /* 1: hg_write_text escapes for JSON, 0: for people */
} hg_writer;

/* Makes room for `more` bytes at the end, and for the HG_RENDER_SLACK bytes that functions of base/value.h may
 * overwrite. 0: no room. */
int hg_writer_reserve(hg_writer *to, size_t more);

static inline char *hg_writer_end(const hg_writer *to)
{
    return to->at + to->length;
}

/* Sets the end of the text, after the caller has written into the reserved room. */
static inline void hg_writer_set_end(hg_writer *to, const char *end)
{
    to->length = (size_t)(end - to->at);
}

void hg_write(hg_writer *to, const void *bytes, size_t length);

/* Writes a word without escaping; for a constant, the compiler computes the length. */
static inline void hg_write_word(hg_writer *to, const char *word)
{
    hg_write(to, word, strlen(word));
}

void hg_write_u64(hg_writer *to, uint64_t value);
void hg_write_text(hg_writer *to, const char *text, size_t length); /* escaped */

/* Writes a word, then a value. */
#define HG_WRITE_WITH(to, word, write, ...) (hg_write_word((to), (word)), write((to), __VA_ARGS__))
/* Writes a value of at most `bytes` bytes with a function of base/value.h. The value needs no escaping. */
#define HG_WRITE_VALUE(to, bytes, put, ...) \
    (hg_writer_reserve((to), (bytes)) ? hg_writer_set_end((to), put(hg_writer_end(to), __VA_ARGS__)) : (void)0)

/* ---- a JSON document ----
 *
 * The functions add the commas between values. A text can also be written in pieces: call hg_json_begin_text, the
 * functions above, then hg_json_end_text. */

typedef struct hg_json {
    hg_writer out;       /* is_json is set */
    uint8_t needs_comma; /* 1: before the next value or key */
    uint8_t is_exact;    /* 1: times are numbers of ns, and shares are not rounded */
} hg_json;

/* `open` is { or [, and `close` is } or ]. */
void hg_json_open(hg_json *to, char open);
void hg_json_close(hg_json *to, char close);
/* Writes the key of the next value. The key is a constant that needs no escaping. */
void hg_json_key(hg_json *to, const char *key);

void hg_json_text(hg_json *to, const char *text, size_t length);
void hg_json_span(hg_json *to, hg_span text); /* empty: null */
void hg_json_word(hg_json *to, const char *word); /* NULL: null */
void hg_json_u64(hg_json *to, uint64_t value);
void hg_json_i64(hg_json *to, int64_t value);
void hg_json_bool(hg_json *to, int value);
void hg_json_null(hg_json *to);
void hg_json_share(hg_json *to, double value);  /* rounded to three decimals, unless is_exact; NaN: null */
void hg_json_double(hg_json *to, double value); /* exact, but below 2^-7 rounded to nine decimals; NaN: null */
void hg_json_time(hg_json *to, int64_t time_ns);
void hg_json_time_or_null(hg_json *to, int64_t time_ns); /* 0: null */
void hg_json_address(hg_json *to, uint8_t version, const uint8_t *address);
/* Writes a value that is already JSON. */
void hg_json_raw(hg_json *to, const char *json, size_t length);

void hg_json_begin_text(hg_json *to);
void hg_json_end_text(hg_json *to);

/* Writes a value with hg_json_<kind>, or null without evaluating the value. */
#define hg_json_optional(to, is_known, kind, ...) ((is_known) ? hg_json_##kind((to), __VA_ARGS__) : hg_json_null(to))

/* Writes a text with the function `put`. */
#define hg_json_written(to, put, ...) (hg_json_begin_text(to), put(&(to)->out, __VA_ARGS__), hg_json_end_text(to))

#define HG_JSON_KEY(to, key, kind, ...) (hg_json_key((to), (key)), hg_json_##kind((to), __VA_ARGS__))

/* Writes an object; the further arguments write its members. */
#define HG_JSON_OBJECT(to, ...) (hg_json_open((to), '{'), __VA_ARGS__, hg_json_close((to), '}'))

/* Writes a list or an object around what the next statement writes. `begin` is [ or {; each is two before its end. */
#define HG_JSON_INSIDE(to, begin) HG_JSON_AROUND(to, begin, hg_json_open((to), (begin)))
#define HG_JSON_KEY_INSIDE(to, key, begin) HG_JSON_AROUND(to, begin, HG_JSON_KEY(to, key, open, (begin)))
#define HG_JSON_AROUND(to, begin, ...) \
    for (int inside = (__VA_ARGS__, 1); inside; inside = (hg_json_close((to), (char)((begin) + 2)), 0))
