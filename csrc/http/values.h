/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * values.h - the values of the row for a head.
 */
#pragma once

#include "flow/reader.h"
#include "http/match.h"
#include "http/stored.h"

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
                   hg_http_memo *memo, const hg_reader_output *to);
