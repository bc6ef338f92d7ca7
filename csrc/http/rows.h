/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * rows.h - turns a head into texts in the batch, a name, and a row.
 */
#pragma once

#include "flow/reader.h"
#include "http/h2.h"
#include "http/memo.h"
#include "http/stored.h"

/* Puts what a client of HTTP/2 says of itself into the batch, from the bytes of its direction. */
hg_text_place hg_http_put_akamai(hg_batch *batch, const uint8_t *data, const hg_h2_message *request);

/* Puts a head into the batch, and what hg_http_write_row needs into the finding. */
void hg_http_report(const hg_http_head *head, hg_text_place akamai, hg_http_wish wish, hg_http_memo *memo,
                    const hg_reader_output *to);

/* hg_reader.write */
void hg_http_write_row(const hg_columns *columns, uint32_t at, uint32_t row, const hg_finding *finding);
