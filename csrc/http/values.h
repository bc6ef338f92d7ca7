/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * values.h - what a batch keeps of a head: the values of its row, and the head itself, stored in the texts of the
 * batch in one form for all HTTP versions:
 *
 *     kind, version, status (2), number of headers (1), then texts, each after its length (2):
 *     method, path, authority, then the name and the value of each header
 *
 * Bits of the kind: 1 for a response; 2 if its signature also shows the values of uncommon headers. Numbers are
 * little-endian. Values that may be secrets are left out here, so no output made from a batch contains them. Of the
 * target, only the path is stored, if the user asked for it, and the host, as authority unless :authority is present.
 */
#pragma once

#include "base/value.h"
#include "hg_columns.h"
#include "http/match.h"

struct hg_reader_output;

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

/* Reads the stored head of a row. 0: it is unreadable, as it may be in rows that no engine wrote; the result is then
 * empty. */
int hg_http_head_of(hg_row row, hg_http_head *out);

/* Stores a head in `out`, which has room for HG_HTTP_MOST_STORED bytes, and returns its length. `*found` becomes the
 * row, with offsets from `out`; what other messages decide is not seen. `*has_secrets`: 1 if values were left out. */
uint32_t hg_http_find_values(const hg_http_head *head, const hg_database *database, hg_http_settings settings,
                             hg_http_memo *memo, uint8_t *out, hg_http_values *found, uint8_t *has_secrets);
/* Adds the place of the stored head to the offsets. */
void hg_http_values_place(hg_http_values *found, int response, uint32_t offset);

/* A head that a segment begins with, examined before it is known whether the segment continues its direction. */
typedef struct hg_http_look {
    hg_http_values found;
    const uint8_t *stored;
    uint32_t stored_length;
    uint8_t has_secrets;
    hg_http_head head; /* of its fields, only those in use are there */
} hg_http_look;

enum { HG_HTTP_MOST_LOOK = sizeof(hg_http_look) + HG_HTTP_MOST_STORED };

/* See hg_reader.look: it writes an hg_http_look unless the data begin with no whole head, or an interim response.
 * `hash_key` is hg_config.hash_key. */
uint32_t hg_http_look_at(hg_span data, const hg_database *database, hg_http_settings settings, uint64_t hash_key,
                         void **memory, void *out);

/* Stores a head in the batch, and its values in the event's, from the look at it or (NULL) by examining it. Returns
 * whether it has secrets. */
int hg_http_report(const hg_http_head *head, const hg_http_look *look, hg_text_place akamai, hg_http_settings settings,
                   hg_http_memo *memo, const struct hg_reader_output *to);
