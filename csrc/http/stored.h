/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * stored.h - a head among the texts of a batch, whatever version of HTTP it came by.
 *
 *     kind, version, status (2), headers (1), then texts, each after its length (2):
 *     method, path, authority, and of each header its name and its value
 *
 * The kind is 1 for a response, and 2 more where the signature shows all values. Numbers are little-endian. Values that may be secrets are left out here, so that nothing that is made of
 * a batch has them; and so is all of the target but its path, and that too unless it is asked for.
 */
#pragma once

#include "http/head.h"

/* Most bytes that a head takes. */
enum { HG_HTTP_STORED_HEADER = 5, HG_HTTP_MOST_STORED = HG_HTTP_MOST_HEAD + HG_HTTP_STORED_HEADER + 2 * (3 + 2 * HG_HTTP_MOST_FIELDS) };

/* What the user asked for. */
typedef struct hg_http_wish {
    uint8_t paths;  /* hg_config.http_paths */
    uint8_t values; /* hg_config.http_values */
} hg_http_wish;

/* Writes a head at `out`, which has room for HG_HTTP_MOST_STORED bytes, and returns how many it took. `out`
 * becomes the bytes of `stored`, a head of the same. */
uint32_t hg_http_store(const hg_http_head *head, hg_http_wish wish, uint8_t *out, hg_http_head *stored);

/* Reads what was stored; its target is the path. 0: the bytes are something else. */
int hg_http_stored_read(const uint8_t *bytes, uint32_t length, hg_http_head *head);
