/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "base/sha1.h"

#include "base/bytes.h"

#include <string.h>

/* A word of each message. GCC and clang have such vectors on every machine. */
typedef uint32_t words __attribute__((vector_size(4 * HG_SHA1_LANES)));

enum { BLOCK_BYTES = 64, ROUNDS = 80, STATE = 5 };

static inline words rotate(words x, int bits)
{
    return x << bits | x >> (32 - bits);
}

/* The messages as blocks: padded, each with its length in bits at the end. */
static void load(const hg_sha1_message *messages, words w[ROUNDS])
{
    for (int lane = 0; lane < HG_SHA1_LANES; lane++) {
        uint8_t block[BLOCK_BYTES] = {0};
        const hg_sha1_message *message = messages + lane;
        memcpy(block, message->bytes, message->length);
        block[message->length] = 0x80;
        hg_put_be32(block + BLOCK_BYTES - 4, (uint32_t)message->length * 8);
        for (int i = 0; i < 16; i++)
            w[i][lane] = hg_be32(block + 4 * i);
    }
    for (int i = 16; i < ROUNDS; i++)
        w[i] = rotate(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
}

void hg_sha1(const hg_sha1_message messages[HG_SHA1_LANES], uint8_t digests[HG_SHA1_LANES][HG_SHA1_BYTES])
{
    static const uint32_t START[STATE] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
    words w[ROUNDS];
    load(messages, w);
    words a = START[0] - (words){0}, b = START[1] - (words){0}, c = START[2] - (words){0};
    words d = START[3] - (words){0}, e = START[4] - (words){0};
#define HG_ROUNDS(from, to, mixed, constant)                                                                \
    for (int i = (from); i < (to); i++) {                                                                   \
        words next = rotate(a, 5) + (mixed) + e + w[i] + (constant);                                        \
        e = d, d = c, c = rotate(b, 30), b = a, a = next;                                                   \
    }
    HG_ROUNDS(0, 20, (b & c) | (~b & d), 0x5A827999)
    HG_ROUNDS(20, 40, b ^ c ^ d, 0x6ED9EBA1)
    HG_ROUNDS(40, 60, (b & c) | (b & d) | (c & d), 0x8F1BBCDC)
    HG_ROUNDS(60, 80, b ^ c ^ d, 0xCA62C1D6)
#undef HG_ROUNDS
    const words state[STATE] = {a + START[0], b + START[1], c + START[2], d + START[3], e + START[4]};
    for (int lane = 0; lane < HG_SHA1_LANES; lane++)
        for (int i = 0; i < STATE; i++)
            hg_put_be32(digests[lane] + 4 * i, state[i][lane]);
}
