/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * match.h - matches the head of an HTTP message with the signatures.
 */
#pragma once

#include "http/head.h"
#include "huginn.h"

/* A cache of matches, since clients and servers repeat the same headers. A key holds all parts of a head that affect
 * matching, and keys are compared byte by byte, so heads that differ in these parts never share a match. */
enum { HG_HTTP_MEMO_KEY = 504 /* bytes */, HG_HTTP_MEMO_ENTRIES = 256 };

typedef struct hg_http_key {
    uint32_t length; /* 0: an empty entry, a key too long for the cache, or one not computed */
    uint8_t bytes[HG_HTTP_MEMO_KEY];
} hg_http_key;

/* All zero is an empty cache. It holds matches of one database. */
typedef struct hg_http_memo {
    uint64_t hash_key; /* hg_config.hash_key */
    hg_http_match matches[HG_HTTP_MEMO_ENTRIES];
    hg_http_key keys[HG_HTTP_MEMO_ENTRIES];
} hg_http_memo;

/* Returns the first signature that fits; specific ones come before generic ones, then the order in the files decides. A
 * signature fits a head of its kind (request or response) and version that has its headers in its order, its texts in
 * their values, and no header that it excludes. An optional header may be missing, but must not come in another place.
 * If a name is repeated, the first header after the previous match counts. Names are compared without regard to case.
 * Only signatures whose headers and texts occur in the head are tried. `memo` (or NULL) is a cache for this
 * database. */
hg_http_match hg_database_match_http(const hg_database *database, const hg_http_head *head, hg_http_memo *memo);

/* Returns how many signatures fit, and writes at most `capacity` of them in the same order. It tries all signatures one
 * by one; tests compare hg_database_match_http with it. */
uint32_t hg_database_match_all_http(const hg_database *database, const hg_http_head *head, hg_http_match *out,
                                    uint32_t capacity);

/* 1 if a signature tests the values of headers with this name. 0 if `database` is NULL. */
int hg_database_has_values(const hg_database *database, const hg_http_head *head, hg_http_text name);

/* Makes a head from fields that were recorded elsewhere; `head` borrows their bytes. */
void hg_http_head_of_fields(const hg_http_fields *fields, hg_http_head *head);
