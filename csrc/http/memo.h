/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * memo.h - a cache from heads to signatures, since clients and servers repeat the same headers.
 *
 * A key holds all parts of a head that affect matching (match.c makes it), and keys are compared byte by byte, so an
 * answer never belongs to another head. A head that was evicted is matched again.
 */
#pragma once

#include <stdint.h>

#include "huginn.h"

enum { HG_HTTP_MEMO_KEY = 504, HG_HTTP_MEMO_ENTRIES = 256 };

typedef struct hg_http_key {
    uint32_t length; /* 0: it is too long for the memo, or not made */
    uint8_t bytes[HG_HTTP_MEMO_KEY];
} hg_http_key;

/* Zeros: nothing is kept. All answers come from one database. */
typedef struct hg_http_memo {
    uint64_t hash_key;
    hg_http_match matches[HG_HTTP_MEMO_ENTRIES];
    hg_http_key keys[HG_HTTP_MEMO_ENTRIES];
} hg_http_memo;

/* The place of a key's answer. `*known` is 0 when the caller has to put it there. */
hg_http_match *hg_http_memo_place(hg_http_memo *memo, const hg_http_key *key, int *known);

