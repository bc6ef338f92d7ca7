/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * digest.h - SHA-256 and SHA-1 (FIPS 180-4), MD5 (RFC 1321), HMAC (RFC 2104) and HKDF (RFC 5869) with SHA-256, and the
 * CRC-32 of zlib and PNG.
 *
 * JA3 is defined with MD5 and Community IDs with SHA-1; neither hash is used for security. Call hg_sha256_fastest and
 * hg_sha1_fastest once, when a worker, a reader or a renderer is created, and store the result: detecting the
 * processor's features takes longer than hashing a few blocks.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

enum { HG_SHA256_BYTES = 32, HG_SHA1_WORDS = 5, HG_MD5_BYTES = 16, HG_DIGEST_BLOCK = 64, HG_DIGEST_WORDS = 8 };

/* Hashes `count` blocks of HG_DIGEST_BLOCK bytes into the state. */
typedef void (*hg_digest_blocks)(uint32_t state[HG_DIGEST_WORDS], const uint8_t *data, size_t count);

/* The fastest SHA-256 function for this processor. */
hg_digest_blocks hg_sha256_fastest(void);
/* The SHA-256 function for any processor. */
void hg_sha256_portable(uint32_t state[HG_DIGEST_WORDS], const uint8_t *data, size_t count);

/* The hash of a message that comes in pieces. A copy of the struct can hash another message with the same beginning. */
typedef struct hg_message_digest {
    hg_digest_blocks blocks;
    uint32_t state[HG_DIGEST_WORDS]; /* MD5 uses the first four */
    uint64_t length; /* bytes added so far */
    uint8_t rest[HG_DIGEST_BLOCK]; /* the last `length` % HG_DIGEST_BLOCK bytes, which fill no whole block yet */
} hg_message_digest;

void hg_sha256_start(hg_message_digest *hash, hg_digest_blocks blocks);
void hg_md5_start(hg_message_digest *hash);
void hg_digest_add(hg_message_digest *hash, const void *data, size_t length);
/* These end the hash: nothing can be added afterwards. */
void hg_sha256_end(hg_message_digest *hash, uint8_t digest[HG_SHA256_BYTES]);
void hg_md5_end(hg_message_digest *hash, uint8_t digest[HG_MD5_BYTES]);
/* The hash of a message in one piece. */
void hg_sha256_of(hg_digest_blocks blocks, const void *data, size_t length, uint8_t digest[HG_SHA256_BYTES]);

/* ---- SHA-1 of short messages, several at a time ---- */

/* How many messages are hashed in parallel: eight take little more time than one. */
#define HG_SHA1_LANES 8

/* The longest message that fits one block with its padding and length. */
#define HG_SHA1_LONGEST 55

typedef struct hg_sha1_message {
    uint8_t bytes[HG_SHA1_LONGEST + 1]; /* bytes after the message may have any value */
    uint8_t length;                     /* 0 to HG_SHA1_LONGEST */
} hg_sha1_message;

/* Hashes HG_SHA1_LANES messages; a digest is a column of words, and the first byte is the highest of the first word. */
typedef void (*hg_sha1_lanes)(const hg_sha1_message messages[HG_SHA1_LANES],
                              uint32_t digests[HG_SHA1_WORDS][HG_SHA1_LANES]);

/* The fastest such function for this processor, and the one for any processor. */
hg_sha1_lanes hg_sha1_fastest(void);
void hg_sha1_portable(const hg_sha1_message messages[HG_SHA1_LANES], uint32_t digests[HG_SHA1_WORDS][HG_SHA1_LANES]);

/* ---- HMAC and HKDF of short messages, with which TLS 1.3 and QUIC derive keys (RFC 8446, section 7.1) ----
 *
 * Preparing a key hashes two blocks; each message with that key hashes two more. */

/* The longest message that fits one block with its padding and length. */
enum { HG_HMAC_LONGEST = 55 };

/* A prepared key: the states of the hash after its inner and its outer pad. */
typedef struct hg_hmac {
    hg_digest_blocks blocks;
    uint32_t inner[HG_DIGEST_WORDS];
    uint32_t outer[HG_DIGEST_WORDS];
} hg_hmac;

/* `length` is at most HG_DIGEST_BLOCK. HKDF-Extract is an HMAC with the salt as key. */
void hg_hmac_key(hg_hmac *hmac, hg_digest_blocks blocks, const uint8_t *key, size_t length);
/* `length` is at most HG_HMAC_LONGEST. `out` may be the message. */
void hg_hmac_of(const hg_hmac *hmac, const uint8_t *message, size_t length, uint8_t out[HG_SHA256_BYTES]);

/* HKDF-Expand-Label with this secret and no context. `label` omits "tls13 " and has at most 32 characters.
 * `length` is the length of `out`, at most HG_SHA256_BYTES. */
void hg_expand_label(const hg_hmac *secret, const char *label, uint8_t *out, size_t length);

uint32_t hg_crc32(const uint8_t *bytes, size_t length);
