/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * values.h - the values of the row for a head.
 */
#pragma once

#include "hg_columns.h"
#include "http/match.h"
#include "http/stored.h"

/* Stores a head in `out`, which has room for HG_HTTP_MOST_STORED bytes, and returns its length. `*found` becomes the
 * row, with offsets from `out`; what other messages decide is not seen. `*has_secrets`: 1 if values were left out. */
uint32_t hg_http_find_values(const hg_http_head *head, const hg_database *database, hg_http_settings settings,
                             hg_http_memo *memo, uint8_t *out, hg_http_values *found, uint8_t *has_secrets);
/* Adds the place of the stored head to the offsets. */
void hg_http_values_place(hg_http_values *found, int response, uint32_t offset);
