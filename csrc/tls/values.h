/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * values.h - computes the values of a hello (in TCP, QUIC or DTLS) from its message, and writes them as a row.
 */
#pragma once

#include "flow/reader.h"
#include "tls/ja4.h"

/* The event values are an hg_tls_values. Its text offsets count from the message's first byte until hg_tls_values_place
 * is called, then from the start of the batch's texts. */
HG_FITS_EVENT(hg_tls_values);

/* Passed as `transport` for a hello over TCP in the SSL 2.0 format. */
enum { HG_TLS_SSL2 = HG_TRANSPORTS };

/* Reads a ClientHello or ServerHello, including its header. No other packet is needed, so any worker may call it, with
 * its own maker. `database` may be NULL. 0: not a hello. */
int hg_tls_find(hg_ja4_maker *maker, const hg_database *database, const uint8_t *message, uint32_t length,
                uint8_t transport, hg_tls_values *out);
/* Call after the message was copied to the texts of the batch, at `hello`. */
void hg_tls_values_place(hg_tls_values *found, hg_text_place hello);
/* See hg_reader.write. */
void hg_tls_values_write(const hg_columns *columns, uint32_t at, uint32_t row, const hg_event_values *values);
