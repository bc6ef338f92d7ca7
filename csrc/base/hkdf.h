/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * hkdf.h - HMAC (RFC 2104) and HKDF (RFC 5869) with SHA-256, of short messages, as TLS 1.3 and QUIC
 * make keys with them (RFC 8446, section 7.1).
 *
 * A key costs two blocks once, and each message under it two more.
 */
#pragma once

#include "base/sha256.h"

/* The longest message that, with its length, fits one block. */
enum { HG_HMAC_LONGEST = 55 };

/* A key, as the states of the hash after its two pads. */
typedef struct hg_hmac {
    hg_sha256_blocks blocks;
    uint32_t inner[HG_SHA256_WORDS];
    uint32_t outer[HG_SHA256_WORDS];
} hg_hmac;

/* `length` is at most HG_SHA256_BLOCK. HKDF-Extract with a salt is an HMAC under that salt. */
void hg_hmac_key(hg_hmac *hmac, hg_sha256_blocks blocks, const uint8_t *key, size_t length);
/* `length` is at most HG_HMAC_LONGEST. `out` may be the message. */
void hg_hmac_of(const hg_hmac *hmac, const uint8_t *message, size_t length, uint8_t out[HG_SHA256_BYTES]);

/* HKDF-Expand-Label without context, under a secret. `label` is without "tls13 " and has at most 32
 * characters; `length` is that of `out`, at most HG_SHA256_BYTES. */
void hg_expand_label(const hg_hmac *secret, const char *label, uint8_t *out, size_t length);
