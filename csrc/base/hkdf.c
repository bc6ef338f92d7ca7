/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "base/hkdf.h"

#include "base/bytes.h"

#include <string.h>

static void take_pad(hg_sha256_blocks blocks, uint32_t state[HG_SHA256_WORDS], const uint8_t *key, size_t length,
                     uint8_t pad)
{
    uint8_t block[HG_SHA256_BLOCK];
    memset(block, pad, sizeof block);
    for (size_t i = 0; i < length; i++)
        block[i] ^= key[i];
    memcpy(state, HG_SHA256_START, sizeof HG_SHA256_START);
    blocks(state, block, 1);
}

void hg_hmac_key(hg_hmac *hmac, hg_sha256_blocks blocks, const uint8_t *key, size_t length)
{
    hmac->blocks = blocks;
    take_pad(blocks, hmac->inner, key, length, 0x36);
    take_pad(blocks, hmac->outer, key, length, 0x5C);
}

/* The last block of a hash that has taken a pad before. */
static void finish(const hg_hmac *hmac, const uint32_t from[HG_SHA256_WORDS], const uint8_t *message, size_t length,
                   uint8_t out[HG_SHA256_BYTES])
{
    uint32_t state[HG_SHA256_WORDS];
    uint8_t block[HG_SHA256_BLOCK] = {0};
    memcpy(state, from, sizeof state);
    memcpy(block, message, length);
    block[length] = 0x80;
    hg_put_be32(block + HG_SHA256_BLOCK - 4, (uint32_t)(HG_SHA256_BLOCK + length) * 8);
    hmac->blocks(state, block, 1);
    for (int i = 0; i < HG_SHA256_WORDS; i++)
        hg_put_be32(out + 4 * i, state[i]);
}

void hg_hmac_of(const hg_hmac *hmac, const uint8_t *message, size_t length, uint8_t out[HG_SHA256_BYTES])
{
    uint8_t inner[HG_SHA256_BYTES];
    finish(hmac, hmac->inner, message, length, inner);
    finish(hmac, hmac->outer, inner, sizeof inner, out);
}

/* length (2), length of the label (1), label, length of the context (1: 0), number of the block (1). */
void hg_expand_label(const hg_hmac *secret, const char *label, uint8_t *out, size_t length)
{
    enum { PREFIX = 6, LONGEST_LABEL = 32 };
    uint8_t info[3 + PREFIX + LONGEST_LABEL + 2] = {0, (uint8_t)length};
    uint8_t block[HG_SHA256_BYTES];
    size_t characters = strlen(label);
    info[2] = (uint8_t)(PREFIX + characters);
    memcpy(info + 3, "tls13 ", PREFIX);
    memcpy(info + 3 + PREFIX, label, characters);
    info[3 + PREFIX + characters + 1] = 1;
    hg_hmac_of(secret, info, 3 + PREFIX + characters + 2, block);
    memcpy(out, block, length);
}
