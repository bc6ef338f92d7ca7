/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * certificate.h - reads the certificate chain that a server sends (RFC 5280).
 *
 * A strict parser of DER that allocates no memory. libcrypto is not used: it would build an object for each of dozens of
 * fields from untrusted input, in the stage that processes all packets in order, and it is missing in the web page and on
 * some systems. Nothing is verified here, so a few fields are enough.
 */
#pragma once

#include "base/digest.h"
#include "base/span.h"
#include "flow/reader.h"
#include "tls/certificate_fields.h"

enum { HG_TLS_CERTIFICATE = 11 };

HG_IS_FINDING(hg_certificates_values);

/* Servers repeat their chain in each connection, and hashing it costs more than everything else in a connection. So the
 * latest chains are kept with their values; a new chain is compared with them byte by byte. */
enum { HG_CHAIN_MEMO = 64, HG_MOST_REMEMBERED = 8192 };

typedef struct hg_remembered_chain {
    hg_certificates_values found; /* offsets count from the chain's first text */
    uint32_t length; /* 0: the slot is empty */
    uint32_t text_length;
    uint8_t chain[HG_MOST_REMEMBERED];
    uint8_t texts[HG_MOST_CERTIFICATE_TEXTS];
} hg_remembered_chain;

/* Valid when all zero: nothing is remembered. */
typedef struct hg_chain_reader {
    hg_digest_blocks blocks;
    int shows_names;
    hg_remembered_chain memo[HG_CHAIN_MEMO];
} hg_chain_reader;

/* Reads a chain: the Certificate message after its header. With `shows_names`, names are added to the batch. Returns 0
 * when the first certificate cannot be read or a length is wrong. */
int hg_chain_read(hg_chain_reader *reader, hg_span chain, hg_batch *batch, hg_certificates_values *out);
/* See hg_reader.write. */
void hg_certificate_write(const hg_columns *columns, uint32_t at, uint32_t row, const hg_finding *finding);
