/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * finding.h - the values of a hello (TCP, QUIC or DTLS): computed from its message, and written as a row.
 */
#pragma once

#include "flow/reader.h"
#include "tls/ja4.h"

/* Places are in the texts of the batch, once hg_tls_finding_place was called; before, from the message's
 * first byte on. */
HG_IS_FINDING(hg_tls_values);

/* In place of a transport: TCP, in SSL 2.0's format. */
enum { HG_TLS_SSL2 = HG_TRANSPORTS };

/* Reads a message of either kind, header included. Needs no other packet, so any worker may do it, with a
 * maker of its own; `database` may be NULL. 0: it is no hello. */
int hg_tls_find(hg_ja4_maker *maker, const hg_database *database, const uint8_t *message, uint32_t length,
                uint8_t transport, hg_tls_values *out);
/* The message lies in the texts now. */
void hg_tls_finding_place(hg_tls_values *found, hg_text_place hello);
/* As hg_reader.write. */
void hg_tls_finding_write(const hg_columns *columns, uint32_t at, uint32_t row, const hg_finding *finding);
