/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * lists.h - header names by use: p0f's lists, and headers that may hold secrets; p0f's languages.
 *
 * Names compare without regard to case.
 */
#pragma once

#include "http/head.h"

enum {
    HG_HTTP_OPTIONAL = 1, /* p0f: it comes and goes; its value is not shown */
    HG_HTTP_SKIPPED = 2,  /* p0f: its value is not shown */
    HG_HTTP_COMMON = 4    /* p0f: it is named where it is absent */
};

/* Bits of the above for a name of a request or a response; 0 for one of no list. */
uint8_t hg_http_lists_of(const uint8_t *name, uint32_t length, int response);

/* The common names, in their order; NULL past the last. */
const char *hg_http_common(uint32_t i, int response);

/* 1 when the value may be a secret: the name has cookie, auth, token, key, session, secret, password or
 * credential in it, whatever its case, and with or without dashes and dots between the letters. */
int hg_http_is_secret(const uint8_t *name, uint32_t length);

/* The last header of this name that has a value. Length 0: none. */
hg_http_text hg_http_value(const hg_http_head *head, const char *name);

/* The number of the language that the value begins with (hg_language_name): two letters and no third. Codes in capitals
 * are unknown. */
uint8_t hg_http_language(const uint8_t *value, uint32_t length);
