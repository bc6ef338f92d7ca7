/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * certificate.h - reads the certificate chain that a server sends (RFC 5280).
 *
 * A strict DER parser that allocates no memory. It verifies nothing, so it reads only a few fields. libcrypto would
 * build objects for dozens of fields of untrusted input, in the stage that processes all packets in order, and is
 * missing in the web page and on some systems. */
#pragma once

#include "base/digest.h"
#include "flow/reader.h"
#include "tls/certificate_fields.h"

enum { HG_TLS_CERTIFICATE = 11 /* type of the handshake message */ };

HG_FITS_EVENT(hg_certificates_values);

/* Servers repeat their chain in each connection, and hashing its first certificate costs more than everything else in a
 * connection. So recent chains are cached with their values. Each chain is compared byte by byte with the one in its
 * slot. */
enum { HG_CHAIN_MEMO = 64 /* slots */, HG_MOST_REMEMBERED = 8192 /* bytes of a cached chain */ };

typedef struct hg_remembered_chain {
    hg_certificates_values values; /* text offsets count from the start of `texts` */
    uint32_t length; /* of `chain`; 0: the slot is empty */
    uint32_t text_length;
    uint8_t chain[HG_MOST_REMEMBERED];
    uint8_t texts[HG_MOST_CERTIFICATE_TEXTS];
} hg_remembered_chain;

/* All zero is an empty cache; `blocks` must be set before use. */
typedef struct hg_chain_reader {
    hg_digest_blocks blocks; /* SHA-256 */
    int shows_names;         /* 1: names in certificates are added to the batch, too */
    hg_remembered_chain memo[HG_CHAIN_MEMO];
} hg_chain_reader;

/* Reads a chain, the body of a Certificate message, and adds the texts of its first certificate to the batch. 0: that
 * certificate cannot be read, or a length is wrong. */
int hg_chain_read(hg_chain_reader *reader, hg_span chain, hg_batch *batch, hg_certificates_values *out);
/* See hg_reader.write. */
void hg_certificate_write(const hg_columns *columns, uint32_t at, uint32_t row, const hg_event_values *values);
