/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * match.h - matches the head of an HTTP message with the signatures.
 */
#pragma once

#include "http/head.h"
#include "huginn.h"

/* A cache of matches, since clients and servers repeat the same headers. A key holds all parts of a head that affect
 * matching, and keys are compared byte by byte, so a match never belongs to another head. */
enum { HG_HTTP_MEMO_KEY = 504 /* bytes */, HG_HTTP_MEMO_ENTRIES = 256 };

typedef struct hg_http_key {
    uint32_t length; /* 0: too long for the cache, or not computed */
    uint8_t bytes[HG_HTTP_MEMO_KEY];
} hg_http_key;

/* All zero is an empty cache. It holds matches of one database. */
typedef struct hg_http_memo {
    uint64_t hash_key; /* hg_config.hash_key */
    hg_http_match matches[HG_HTTP_MEMO_ENTRIES];
    hg_http_key keys[HG_HTTP_MEMO_ENTRIES];
} hg_http_memo;

/* Returns the first signature that fits; specific ones come before generic ones, then the order in the files decides. A
 * signature fits if the head has its headers in its order, with its texts in their values, and none of the headers that
 * it excludes. An optional header may be missing, but must not come in another place. If a name is repeated, the first
 * header after the previous match counts. Names are compared without case. The cost does not grow with the number of
 * signatures. `memo` belongs to this database; NULL: nothing is cached. */
hg_http_match hg_database_match_http(const hg_database *database, const hg_http_head *head, hg_http_memo *memo);

/* Returns how many signatures fit, and writes at most `capacity` of them in the same order. It tries all signatures one
 * by one and is the reference for hg_database_match_http. */
uint32_t hg_database_match_all_http(const hg_database *database, const hg_http_head *head, hg_http_match *out,
                                    uint32_t capacity);

/* 1 if a signature tests the values of headers with this name. `database` may be NULL. */
int hg_database_has_values(const hg_database *database, const hg_http_head *head, hg_http_text name);

/* Makes a head from stored fields; it borrows their bytes. */
void hg_http_head_of_fields(const hg_http_fields *fields, hg_http_head *head);
