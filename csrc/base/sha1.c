/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "base/sha1.h"

#include "base/bytes.h"
#include "base/cpu.h"

#include <string.h>

/* A word of each message. GCC and clang have such vectors on every machine. */
typedef uint32_t words __attribute__((vector_size(4 * HG_SHA1_LANES)));

enum { BLOCK_BYTES = 64, ROUNDS = 80, STATE = 5 };

static const uint32_t START[STATE] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};

/* The message, padded, with its length in bits at the end. */
static void pad(const hg_sha1_message *message, uint8_t block[BLOCK_BYTES])
{
    memset(block, 0, BLOCK_BYTES);
    memcpy(block, message->bytes, message->length);
    block[message->length] = 0x80;
    hg_put_be32(block + BLOCK_BYTES - 4, (uint32_t)message->length * 8);
}

/* ---- for every processor ------------------------------------------------------------------ */

static inline words rotate(words x, int bits)
{
    return x << bits | x >> (32 - bits);
}

static void load(const hg_sha1_message *messages, words w[ROUNDS])
{
    for (int lane = 0; lane < HG_SHA1_LANES; lane++) {
        uint8_t block[BLOCK_BYTES];
        pad(messages + lane, block);
        for (int i = 0; i < 16; i++)
            w[i][lane] = hg_be32(block + 4 * i);
    }
    for (int i = 16; i < ROUNDS; i++)
        w[i] = rotate(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
}

void hg_sha1_portable(const hg_sha1_message messages[HG_SHA1_LANES], uint8_t digests[HG_SHA1_LANES][HG_SHA1_BYTES])
{
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

/* ---- with the instructions that x86 has for it --------------------------------------------- */

#ifdef HG_X86

#include <immintrin.h>

#define HG_SHA __attribute__((target("sha,sse4.1")))

enum { QUADS = ROUNDS / 4 };

HG_SHA static void schedule(const uint8_t *block, __m128i w[QUADS])
{
    const __m128i swap = _mm_set_epi64x(0x0001020304050607, 0x08090A0B0C0D0E0F);
    for (int i = 0; i < 4; i++)
        w[i] = _mm_shuffle_epi8(_mm_loadu_si128((const void *)(block + 16 * i)), swap);
    for (int i = 4; i < QUADS; i++)
        w[i] = _mm_sha1msg2_epu32(_mm_xor_si128(_mm_sha1msg1_epu32(w[i - 4], w[i - 3]), w[i - 2]), w[i - 1]);
}

HG_SHA static void one_sha(const hg_sha1_message *message, uint8_t digest[HG_SHA1_BYTES])
{
    const __m128i start = _mm_shuffle_epi32(_mm_loadu_si128((const void *)START), 0x1B);
    const __m128i start_e = _mm_set_epi32((int)START[4], 0, 0, 0);
    __m128i w[QUADS], abcd = start, before = start, e;
    uint8_t block[BLOCK_BYTES];
    pad(message, block);
    schedule(block, w);
    e = _mm_add_epi32(start_e, w[0]);
    abcd = _mm_sha1rnds4_epu32(abcd, e, 0);
#define HG_QUADS(from, to, part)                   \
    for (int i = (from); i < (to); i++) {          \
        e = _mm_sha1nexte_epu32(before, w[i]);     \
        before = abcd;                             \
        abcd = _mm_sha1rnds4_epu32(abcd, e, part); \
    }
    HG_QUADS(1, 5, 0)
    HG_QUADS(5, 10, 1)
    HG_QUADS(10, 15, 2)
    HG_QUADS(15, 20, 3)
#undef HG_QUADS
    e = _mm_sha1nexte_epu32(before, start_e);
    const __m128i swap = _mm_set_epi64x(0x0001020304050607, 0x08090A0B0C0D0E0F);
    _mm_storeu_si128((void *)digest, _mm_shuffle_epi8(_mm_add_epi32(abcd, start), swap));
    hg_put_be32(digest + 16, (uint32_t)_mm_extract_epi32(e, 3));
}

static void lanes_sha(const hg_sha1_message messages[HG_SHA1_LANES], uint8_t digests[HG_SHA1_LANES][HG_SHA1_BYTES])
{
    for (int lane = 0; lane < HG_SHA1_LANES; lane++)
        one_sha(messages + lane, digests[lane]);
}

hg_sha1_lanes hg_sha1_fastest(void)
{
    return hg_cpu_has(HG_SHA_INSTRUCTIONS) ? lanes_sha : hg_sha1_portable;
}

#else

hg_sha1_lanes hg_sha1_fastest(void)
{
    return hg_sha1_portable;
}

#endif
