/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * stored.h - the form in which heads of all HTTP versions are stored in the texts of a batch:
 *
 *     kind, version, status (2), number of headers (1), then texts, each after its length (2):
 *     method, path, authority, then the name and the value of each header
 *
 * Bits of the kind: 1 for a response; 2 if its signature also shows the values of uncommon headers. Numbers are
 * little-endian. Values that may be secrets are left out here, so no output made from a batch contains them. Of the
 * target, only the path is stored, if the user asked for it, and the host, as authority unless :authority is present.
 */
#pragma once

#include "http/head.h"

/* Bytes before the texts of a stored head, and most bytes of a stored head. */
enum {
    HG_HTTP_STORED_HEADER = 5,
    HG_HTTP_MOST_STORED = HG_HTTP_MOST_HEAD + HG_HTTP_STORED_HEADER + 2 * (3 + 2 * HG_HTTP_MOST_FIELDS)
};

/* The user's settings for stored heads. */
typedef struct hg_http_settings {
    uint8_t paths;  /* hg_config.http_paths */
    uint8_t values; /* hg_config.http_values */
} hg_http_settings;

/* Stores a head in `out`, which has room for HG_HTTP_MOST_STORED bytes, and returns its length. `stored` becomes the
 * stored head, with its texts in `out`. */
uint32_t hg_http_store(const hg_http_head *head, hg_http_settings settings, uint8_t *out, hg_http_head *stored);

/* Reads a stored head; `target` of the result is the path. 0: the bytes are not a stored head. */
int hg_http_stored_read(const uint8_t *bytes, uint32_t length, hg_http_head *head);
