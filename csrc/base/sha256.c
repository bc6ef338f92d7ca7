/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "base/sha256.h"

#include "base/bytes.h"
#include "base/cpu.h"

#include <string.h>

enum { ROUNDS = 64, SCHEDULE = 16, LENGTH_AT = HG_SHA256_BLOCK - 8 };

const uint32_t HG_SHA256_START[HG_SHA256_WORDS] = {0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A,
                                                   0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19};

/* The first 32 bits of the fractions of the cube roots of the first 64 primes. */
static const uint32_t ROUND_WORDS[ROUNDS] = {
    0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B, 0x59F111F1, 0x923F82A4, 0xAB1C5ED5,
    0xD807AA98, 0x12835B01, 0x243185BE, 0x550C7DC3, 0x72BE5D74, 0x80DEB1FE, 0x9BDC06A7, 0xC19BF174,
    0xE49B69C1, 0xEFBE4786, 0x0FC19DC6, 0x240CA1CC, 0x2DE92C6F, 0x4A7484AA, 0x5CB0A9DC, 0x76F988DA,
    0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7, 0xC6E00BF3, 0xD5A79147, 0x06CA6351, 0x14292967,
    0x27B70A85, 0x2E1B2138, 0x4D2C6DFC, 0x53380D13, 0x650A7354, 0x766A0ABB, 0x81C2C92E, 0x92722C85,
    0xA2BFE8A1, 0xA81A664B, 0xC24B8B70, 0xC76C51A3, 0xD192E819, 0xD6990624, 0xF40E3585, 0x106AA070,
    0x19A4C116, 0x1E376C08, 0x2748774C, 0x34B0BCB5, 0x391C0CB3, 0x4ED8AA4A, 0x5B9CCA4F, 0x682E6FF3,
    0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208, 0x90BEFFFA, 0xA4506CEB, 0xBEF9A3F7, 0xC67178F2,
};

/* ---- blocks, on every processor ---------------------------------------------------------- */

static inline uint32_t rotate(uint32_t x, int bits)
{
    return x >> bits | x << (32 - bits);
}

/* Word `i` of the schedule, in place of the one 16 before it. */
static inline uint32_t schedule(uint32_t w[SCHEDULE], int i)
{
    uint32_t early = w[(i + 1) % SCHEDULE], late = w[(i + 14) % SCHEDULE];
    w[i % SCHEDULE] += (rotate(early, 7) ^ rotate(early, 18) ^ early >> 3) + w[(i + 9) % SCHEDULE] +
                       (rotate(late, 17) ^ rotate(late, 19) ^ late >> 10);
    return w[i % SCHEDULE];
}

/* One round. The words of the state trade places with every round: `i` says where they begin. */
static inline void turn(uint32_t s[HG_SHA256_WORDS], int i, uint32_t word)
{
#define HG_WORD(number) s[((number) - i) & 7]
    uint32_t a = HG_WORD(0), e = HG_WORD(4);
    uint32_t first = HG_WORD(7) + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) +
                     (((HG_WORD(5) ^ HG_WORD(6)) & e) ^ HG_WORD(6)) + word;
    uint32_t second = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) +
                      ((a & HG_WORD(1)) | ((a | HG_WORD(1)) & HG_WORD(2)));
    HG_WORD(3) += first;
    HG_WORD(7) = first + second;
#undef HG_WORD
}

static void one_block(uint32_t state[HG_SHA256_WORDS], const uint8_t *data)
{
    uint32_t w[SCHEDULE], s[HG_SHA256_WORDS];
    memcpy(s, state, sizeof s);
#pragma GCC unroll 16 /* words of the state stay in registers then */
    for (int i = 0; i < SCHEDULE; i++) {
        w[i] = hg_be32(data + 4 * i);
        turn(s, i, w[i] + ROUND_WORDS[i]);
    }
    for (int from = SCHEDULE; from < ROUNDS; from += SCHEDULE)
#pragma GCC unroll 16
        for (int i = 0; i < SCHEDULE; i++)
            turn(s, i, schedule(w, i) + ROUND_WORDS[from + i]);
    for (int i = 0; i < HG_SHA256_WORDS; i++)
        state[i] += s[i];
}

void hg_sha256_portable(uint32_t state[HG_SHA256_WORDS], const uint8_t *data, size_t count)
{
    for (; count > 0; count--, data += HG_SHA256_BLOCK)
        one_block(state, data);
}

/* ---- blocks, with the instructions that x86 has for them --------------------------------- */

#ifdef HG_X86

#include <immintrin.h>

#define HG_SHA __attribute__((target("sha,sse4.1")))

enum { QUADS = ROUNDS / 4 };

/* The instructions want the words of the state as (a b e f) and (c d g h), highest first. */
HG_SHA static inline void load_state(const uint32_t *state, __m128i *abef, __m128i *cdgh)
{
    __m128i abcd = _mm_shuffle_epi32(_mm_loadu_si128((const void *)state), 0xB1);
    __m128i efgh = _mm_shuffle_epi32(_mm_loadu_si128((const void *)(state + 4)), 0x1B);
    *abef = _mm_alignr_epi8(abcd, efgh, 8);
    *cdgh = _mm_blend_epi16(efgh, abcd, 0xF0);
}

HG_SHA static inline void store_state(uint32_t *state, __m128i abef, __m128i cdgh)
{
    __m128i feba = _mm_shuffle_epi32(abef, 0x1B), dchg = _mm_shuffle_epi32(cdgh, 0xB1);
    _mm_storeu_si128((void *)state, _mm_blend_epi16(feba, dchg, 0xF0));
    _mm_storeu_si128((void *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}

/* The next four words of the schedule, in place of the four that come 16 before them. */
HG_SHA static inline __m128i next_words(__m128i *w, int i)
{
    __m128i before = w[(i + 3) % 4];
    __m128i middle = _mm_alignr_epi8(before, w[(i + 2) % 4], 4);
    __m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(w[i % 4], w[(i + 1) % 4]), middle);
    return w[i % 4] = _mm_sha256msg2_epu32(sum, before);
}

HG_SHA static void blocks_sha(uint32_t state[HG_SHA256_WORDS], const uint8_t *data, size_t count)
{
    const __m128i swap = _mm_set_epi64x(0x0C0D0E0F08090A0B, 0x0405060700010203);
    __m128i abef, cdgh, w[4];
    load_state(state, &abef, &cdgh);
    for (; count > 0; count--, data += HG_SHA256_BLOCK) {
        const __m128i first = abef, second = cdgh;
#pragma GCC unroll 16
        for (int i = 0; i < QUADS; i++) {
            if (i < 4)
                w[i] = _mm_shuffle_epi8(_mm_loadu_si128((const void *)(data + 16 * i)), swap);
            __m128i words = i < 4 ? w[i] : next_words(w, i);
            words = _mm_add_epi32(words, _mm_loadu_si128((const void *)(ROUND_WORDS + 4 * i)));
            cdgh = _mm_sha256rnds2_epu32(cdgh, abef, words);
            abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(words, 0x0E));
        }
        abef = _mm_add_epi32(abef, first);
        cdgh = _mm_add_epi32(cdgh, second);
    }
    store_state(state, abef, cdgh);
}

hg_sha256_blocks hg_sha256_fastest(void)
{
    return hg_cpu_has(HG_SHA_INSTRUCTIONS) ? blocks_sha : hg_sha256_portable;
}

#else

hg_sha256_blocks hg_sha256_fastest(void)
{
    return hg_sha256_portable;
}

#endif

/* ---- messages ---------------------------------------------------------------------------- */

void hg_sha256_start(hg_sha256 *hash, hg_sha256_blocks blocks)
{
    hash->blocks = blocks;
    hash->length = 0;
    memcpy(hash->state, HG_SHA256_START, sizeof hash->state);
}

void hg_sha256_add(hg_sha256 *hash, const void *data, size_t length)
{
    const uint8_t *at = data;
    size_t held = hash->length % HG_SHA256_BLOCK;
    hash->length += length;
    if (held > 0) {
        size_t taken = length < HG_SHA256_BLOCK - held ? length : HG_SHA256_BLOCK - held;
        if (taken == 0)
            return;
        memcpy(hash->rest + held, at, taken);
        if (held + taken < HG_SHA256_BLOCK)
            return;
        hash->blocks(hash->state, hash->rest, 1);
        at += taken;
        length -= taken;
    }
    if (length >= HG_SHA256_BLOCK)
        hash->blocks(hash->state, at, length / HG_SHA256_BLOCK);
    at += length / HG_SHA256_BLOCK * HG_SHA256_BLOCK;
    if (length % HG_SHA256_BLOCK > 0)
        memcpy(hash->rest, at, length % HG_SHA256_BLOCK);
}

/* A one bit, zeros, and the length in bits, in one block or two. */
void hg_sha256_end(hg_sha256 *hash, uint8_t digest[HG_SHA256_BYTES])
{
    size_t held = hash->length % HG_SHA256_BLOCK;
    uint64_t bits = hash->length * 8;
    hash->rest[held++] = 0x80;
    if (held > LENGTH_AT) {
        memset(hash->rest + held, 0, HG_SHA256_BLOCK - held);
        hash->blocks(hash->state, hash->rest, 1);
        held = 0;
    }
    memset(hash->rest + held, 0, LENGTH_AT - held);
    hg_put_be32(hash->rest + LENGTH_AT, (uint32_t)(bits >> 32));
    hg_put_be32(hash->rest + LENGTH_AT + 4, (uint32_t)bits);
    hash->blocks(hash->state, hash->rest, 1);
    for (int i = 0; i < HG_SHA256_WORDS; i++)
        hg_put_be32(digest + 4 * i, hash->state[i]);
}

void hg_sha256_of(hg_sha256_blocks blocks, const void *data, size_t length, uint8_t digest[HG_SHA256_BYTES])
{
    hg_sha256 hash;
    hg_sha256_start(&hash, blocks);
    hg_sha256_add(&hash, data, length);
    hg_sha256_end(&hash, digest);
}
