/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * lists.h - properties of header names: p0f's lists, names of headers that may hold secrets, and p0f's languages.
 *
 * Names are compared without regard to case.
 */
#pragma once

#include "hg_secrets.h"
#include "http/head.h"

#include <string.h>

enum {
    HG_HTTP_OPTIONAL = 1, /* p0f: it may be missing; its value is not shown */
    HG_HTTP_SKIPPED = 2,  /* p0f: its value is not shown */
    HG_HTTP_COMMON = 4    /* p0f: a signature names it when it is absent */
};

/* The bits above that apply to a header of a request or a response; 0: none. */
uint8_t hg_http_lists_of(const uint8_t *name, uint32_t length, int response);

/* The i-th common name, in p0f's order; NULL after the last. */
const char *hg_http_common(uint32_t i, int response);

/* 1 if the header's value may be a secret: the name contains a word of secrets.csv; dashes, dots and underscores are
 * ignored. Names that have more than HG_HTTP_MOST_NAME characters without them count as secret, too. */
int hg_http_is_secret(const uint8_t *name, uint32_t length);

/* The bit of a letter in either case. Other characters share bits with letters. */
static inline uint32_t hg_http_letter(uint8_t byte)
{
    return UINT32_C(1) << (byte & 31);
}

/* 0 only if a name of these letters, and of at most HG_HTTP_MOST_NAME characters, is no secret's: none of the words has
 * all its letters there. */
static inline int hg_http_marks_secret(uint32_t letters)
{
#define HG_HAS_ALL(has, word, all) || (letters & (all)) == (all)
    return ((letters & hg_http_letter('k')) != 0 && (0 HG_SECRETS_K_ROWS(HG_HAS_ALL))) ||
           ((letters & hg_http_letter('s')) != 0 && (0 HG_SECRETS_S_ROWS(HG_HAS_ALL))) ||
           ((letters & hg_http_letter('a')) != 0 && (0 HG_SECRETS_A_ROWS(HG_HAS_ALL)));
#undef HG_HAS_ALL
}

/* Adds a header; `letters` are those of its name (hg_http_letter). There must be room. */
static inline void hg_http_add(hg_http_head *head, const hg_http_field *field, uint32_t letters)
{
    head->harmless[head->field_count / 64] |= (uint64_t)!hg_http_marks_secret(letters) << head->field_count % 64;
    head->fields[head->field_count++] = *field;
}

/* The value of the last header with this name whose value is not empty; length 0: none. */
hg_http_text hg_http_value_of(const hg_http_head *head, const char *name, size_t length);
/* Inline, so that the length of a constant name costs nothing. */
static inline hg_http_text hg_http_value(const hg_http_head *head, const char *name)
{
    const size_t length = strlen(name);
    return (head->absent >> length % 64 & 1) != 0 ? (hg_http_text){0, 0} : hg_http_value_of(head, name, length);
}

/* The value of User-Agent or Server, in which the sender claims its software; length 0: none. */
hg_http_text hg_http_software(const hg_http_head *head);

/* The value of a client hint without blanks and quotes (RFC 8941, 3.3.3). */
hg_http_text hg_http_hint(const hg_http_head *head, const char *name);

/* The language code at the start of the value, as a number for hg_language_name. HG_LANGUAGE_NONE: the value does not
 * begin with exactly two letters. HG_LANGUAGE_UNKNOWN: they are no known code, or not in lower case. */
uint8_t hg_http_language(const uint8_t *value, uint32_t length);
