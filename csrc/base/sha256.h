/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * sha256.h - SHA-256 (FIPS 180-4).
 *
 * The way to hash blocks is a value that the caller keeps: asking the processor what it can do takes
 * longer than hashing a few blocks. Ask once, where a worker or a reader is made.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

enum { HG_SHA256_BYTES = 32, HG_SHA256_BLOCK = 64, HG_SHA256_WORDS = 8 };

/* Takes `count` blocks of HG_SHA256_BLOCK bytes into the state. */
typedef void (*hg_sha256_blocks)(uint32_t state[HG_SHA256_WORDS], const uint8_t *data, size_t count);

/* The fastest way that this processor has. */
hg_sha256_blocks hg_sha256_fastest(void);
/* The one that every processor has. */
void hg_sha256_portable(uint32_t state[HG_SHA256_WORDS], const uint8_t *data, size_t count);

/* The state before the first block. */
extern const uint32_t HG_SHA256_START[HG_SHA256_WORDS];

/* A message that comes in pieces. It may be copied to continue from one beginning in several ways. */
typedef struct hg_sha256 {
    hg_sha256_blocks blocks;
    uint32_t state[HG_SHA256_WORDS];
    uint64_t length; /* bytes so far */
    uint8_t rest[HG_SHA256_BLOCK]; /* the last length % HG_SHA256_BLOCK of them */
} hg_sha256;

void hg_sha256_start(hg_sha256 *hash, hg_sha256_blocks blocks);
void hg_sha256_add(hg_sha256 *hash, const void *data, size_t length);
/* The hash cannot be added to afterwards. */
void hg_sha256_end(hg_sha256 *hash, uint8_t digest[HG_SHA256_BYTES]);
/* All three for a message in one piece. */
void hg_sha256_of(hg_sha256_blocks blocks, const void *data, size_t length, uint8_t digest[HG_SHA256_BYTES]);
