/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * certificate.h - certificates (RFC 5280): the chain that a server sends, and what its certificates say.
 *
 * A strict walk over DER, without memory of its own. libcrypto would make objects from untrusted input, one for each of
 * dozens of fields, in the stage that sees all packets in order, and would be missing in the page and on some systems;
 * nothing here is verified, so that the few fields are all that is needed of it.
 */
#pragma once

#include "base/digest.h"
#include "base/span.h"
#include "flow/reader.h"
#include "tls/certificate_fields.h"

enum { HG_TLS_CERTIFICATE = 11 };

HG_IS_FINDING(hg_certificates_values);

/* Servers repeat their chain in each connection, and hashing it costs more than all else of one: the latest chains are
 * kept with what they become, and compared byte by byte. */
enum { HG_CHAIN_MEMO = 64, HG_MOST_REMEMBERED = 8192 };

typedef struct hg_remembered_chain {
    hg_certificates_values found; /* its places count from the first text on */
    uint32_t length; /* 0: none is kept here */
    uint32_t text_length;
    uint8_t chain[HG_MOST_REMEMBERED];
    uint8_t texts[HG_MOST_CERTIFICATE_TEXTS];
} hg_remembered_chain;

/* Zeros: nothing is kept. */
typedef struct hg_chain_reader {
    hg_digest_blocks blocks;
    int shows_names;
    hg_remembered_chain memo[HG_CHAIN_MEMO];
} hg_chain_reader;

/* Reads a chain, as the message has it behind its header. Names are put into the batch where the reader shows them. 0: its
 * first certificate cannot be read, or a length is wrong. */
int hg_chain_read(hg_chain_reader *reader, hg_span chain, hg_batch *batch, hg_certificates_values *out);
/* As hg_reader.write. */
void hg_certificate_write(const hg_columns *columns, uint32_t at, uint32_t row, const hg_finding *finding);
