/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * lists.h - properties of header names: p0f's lists, names of headers that may hold secrets, and p0f's languages.
 *
 * Names are compared without regard to case.
 */
#pragma once

#include "http/head.h"

enum {
    HG_HTTP_OPTIONAL = 1, /* p0f: it may be missing; its value is not shown */
    HG_HTTP_SKIPPED = 2,  /* p0f: its value is not shown */
    HG_HTTP_COMMON = 4    /* p0f: a signature names it when it is absent */
};

/* The bits above for a header name in a request or a response; 0: in no list. */
uint8_t hg_http_lists_of(const uint8_t *name, uint32_t length, int response);

/* The common names in order; NULL after the last. */
const char *hg_http_common(uint32_t i, int response);

/* 1 when the value may be a secret: the name contains cookie, auth, token, key, session, secret, passw or credential,
 * in any case, and with or without dashes, dots and underscores between the letters. */
int hg_http_is_secret(const uint8_t *name, uint32_t length);

/* The last header of this name that has a value. Length 0: none. */
hg_http_text hg_http_value(const hg_http_head *head, const char *name);

/* The number of the language with which the value begins (hg_language_name): a code of exactly two letters. Codes in
 * capitals are unknown. */
uint8_t hg_http_language(const uint8_t *value, uint32_t length);
