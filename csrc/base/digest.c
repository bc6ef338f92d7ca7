/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "base/digest.h"

#include "base/bytes.h"
#include "base/cpu.h"
#include "hg_round_words.h"

#define ROUND_WORD(digest, number) (number),

/* ---- SHA-256, on every processor ----------------------------------------------------------- */

enum { ROUNDS = 64, SCHEDULE = 16 };

static const uint32_t SHA256_START[HG_DIGEST_WORDS] = {0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A,
                                                       0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19};

/* The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
static const uint32_t ROUND_WORDS[ROUNDS] = {HG_ROUND_WORDS_SHA256_ROWS(ROUND_WORD)};

static inline uint32_t rotate(uint32_t x, uint32_t bits)
{
    return x >> bits | x << (32 - bits);
}

/* Computes word `i` of the message schedule. It replaces word `i` - 16, which is no longer needed. */
static inline uint32_t schedule(uint32_t w[SCHEDULE], int i)
{
    uint32_t early = w[(i + 1) % SCHEDULE], late = w[(i + 14) % SCHEDULE];
    w[i % SCHEDULE] += (rotate(early, 7) ^ rotate(early, 18) ^ early >> 3) + w[(i + 9) % SCHEDULE] +
                       (rotate(late, 17) ^ rotate(late, 19) ^ late >> 10);
    return w[i % SCHEDULE];
}

/* One round. The words of the state rotate with every round; `i` determines where they begin. */
static inline void one_round(uint32_t s[HG_DIGEST_WORDS], int i, uint32_t word)
{
#define HG_WORD(number) s[((number) - i) & 7]
    uint32_t a = HG_WORD(0), e = HG_WORD(4);
    uint32_t first = HG_WORD(7) + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) +
                     (((HG_WORD(5) ^ HG_WORD(6)) & e) ^ HG_WORD(6)) + word;
    uint32_t second =
        (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & HG_WORD(1)) | ((a | HG_WORD(1)) & HG_WORD(2)));
    HG_WORD(3) += first;
    HG_WORD(7) = first + second;
#undef HG_WORD
}

static void one_block(uint32_t state[HG_DIGEST_WORDS], const uint8_t *data)
{
    uint32_t w[SCHEDULE], s[HG_DIGEST_WORDS];
    memcpy(s, state, sizeof s);
#pragma GCC unroll 16 /* so that words of the state stay in registers */
    for (int i = 0; i < SCHEDULE; i++) {
        w[i] = hg_be32(data + 4 * i);
        one_round(s, i, w[i] + ROUND_WORDS[i]);
    }
    for (int from = SCHEDULE; from < ROUNDS; from += SCHEDULE)
#pragma GCC unroll 16
        for (int i = 0; i < SCHEDULE; i++)
            one_round(s, i, schedule(w, i) + ROUND_WORDS[from + i]);
    for (int i = 0; i < HG_DIGEST_WORDS; i++)
        state[i] += s[i];
}

void hg_sha256_portable(uint32_t state[HG_DIGEST_WORDS], const uint8_t *data, size_t count)
{
    for (; count > 0; count--, data += HG_DIGEST_BLOCK)
        one_block(state, data);
}

/* ---- SHA-256 with the SHA instructions of x86 ---------------------------------------------- */

#ifdef HG_X86

#include <immintrin.h>

#define HG_SHA __attribute__((target("sha,sse4.1")))

enum { QUADS = ROUNDS / 4 };

/* The instructions expect the words of the state as (a b e f) and (c d g h), highest first. */
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

/* Computes the next four words of the schedule. They replace the four words that are 16 earlier. */
HG_SHA static inline __m128i next_words(__m128i *w, int i)
{
    __m128i before = w[(i + 3) % 4];
    __m128i middle = _mm_alignr_epi8(before, w[(i + 2) % 4], 4);
    __m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(w[i % 4], w[(i + 1) % 4]), middle);
    return w[i % 4] = _mm_sha256msg2_epu32(sum, before);
}

HG_SHA static void blocks_sha(uint32_t state[HG_DIGEST_WORDS], const uint8_t *data, size_t count)
{
    const __m128i swap = _mm_set_epi64x(0x0C0D0E0F08090A0B, 0x0405060700010203);
    __m128i abef, cdgh, w[4];
    load_state(state, &abef, &cdgh);
    for (; count > 0; count--, data += HG_DIGEST_BLOCK) {
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

hg_digest_blocks hg_sha256_fastest(void)
{
    return hg_cpu_has(HG_SHA_INSTRUCTIONS) ? blocks_sha : hg_sha256_portable;
}

#else

hg_digest_blocks hg_sha256_fastest(void)
{
    return hg_sha256_portable;
}

#endif

/* ---- SHA-1 ------------------------------------------------------------- */

/* One word of each message. GCC and clang support such vectors on every machine. */
typedef uint32_t words __attribute__((vector_size(4 * HG_SHA1_LANES)));

enum { SHA1_ROUNDS = 80 };

static const uint32_t SHA1_START[HG_SHA1_WORDS] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};

/* Loads the messages with their padding and their lengths in bits. */
static void load_messages(const hg_sha1_message *messages, uint32_t w[16][HG_SHA1_LANES])
{
    memset(w, 0, 16 * sizeof *w);
    for (uint32_t lane = 0; lane < HG_SHA1_LANES; lane++) {
        const uint8_t *bytes = messages[lane].bytes;
        const uint32_t length = messages[lane].length, whole = length / 4, end = length % 4 * 8;
        for (uint32_t i = 0; i < whole; i++)
            w[i][lane] = hg_be32(bytes + 4 * i);
        w[whole][lane] = (hg_be32(bytes + 4 * whole) & ~(UINT32_MAX >> end)) | UINT32_C(1) << 31 >> end;
        w[15][lane] = length * 8;
    }
}

#define HG_LEFT(x, bits) ((x) << (bits) | (x) >> (32 - (bits)))
/* clang-format off */
#define HG_ROUNDS(from, to, mixed, constant)                                    \
    _Pragma("GCC unroll 20") /* so that no word moves to another register */     \
    for (int i = (from); i < (to); i++) {                                       \
        const words next = HG_LEFT(a, 5) + (mixed) + e + w[i] + (constant);     \
        e = d, d = c, c = HG_LEFT(b, 30), b = a, a = next;                      \
    }
/* A macro, because compilers choose the instructions for vectors before they inline functions. */
#define HG_SHA1(name)                                                                                            \
    name(const hg_sha1_message messages[HG_SHA1_LANES], uint32_t digests[HG_SHA1_WORDS][HG_SHA1_LANES])          \
    {                                                                                                            \
        words w[SHA1_ROUNDS], state[HG_SHA1_WORDS];                                                              \
        load_messages(messages, (void *)w);                                                                      \
        for (int i = 16; i < SHA1_ROUNDS; i++)                                                                   \
            w[i] = w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], w[i] = HG_LEFT(w[i], 1);                         \
        for (int i = 0; i < HG_SHA1_WORDS; i++)                                                                  \
            state[i] = SHA1_START[i] - (words){0};                                                               \
        words a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];                              \
        HG_ROUNDS(0, 20, (b & c) | (~b & d), 0x5A827999)                                                         \
        HG_ROUNDS(20, 40, b ^ c ^ d, 0x6ED9EBA1)                                                                 \
        HG_ROUNDS(40, 60, (b & c) | (b & d) | (c & d), 0x8F1BBCDC)                                               \
        HG_ROUNDS(60, 80, b ^ c ^ d, 0xCA62C1D6)                                                                 \
        state[0] += a, state[1] += b, state[2] += c, state[3] += d, state[4] += e;                               \
        memcpy(digests, state, sizeof state);                                                                    \
    }

void HG_SHA1(hg_sha1_portable)

#ifdef HG_X86

__attribute__((target("avx2"))) static void HG_SHA1(sha1_avx2)

hg_sha1_lanes hg_sha1_fastest(void)
{
    return hg_cpu_has(HG_AVX2_INSTRUCTIONS) ? sha1_avx2 : hg_sha1_portable;
}

#else

hg_sha1_lanes hg_sha1_fastest(void)
{
    return hg_sha1_portable;
}

#endif
/* clang-format on */

/* ---- MD5 ----------------------------------------------------------------------------------- */

/* The integer part of 2^32 * |sin(i + 1)|. */
static const uint32_t SINES[64] = {HG_ROUND_WORDS_MD5_ROWS(ROUND_WORD)};
static const uint8_t ROTATIONS[16] = {7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21};

static void md5_block(uint32_t state[HG_DIGEST_WORDS], const uint8_t *block)
{
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
    for (uint32_t i = 0; i < 64; i++) {
        uint32_t mixed, word;
        if (i < 16)
            mixed = (b & c) | (~b & d), word = i;
        else if (i < 32)
            mixed = (d & b) | (~d & c), word = (5 * i + 1) % 16;
        else if (i < 48)
            mixed = b ^ c ^ d, word = (3 * i + 5) % 16;
        else
            mixed = c ^ (b | ~d), word = 7 * i % 16;
        mixed += a + SINES[i] + hg_le32(block + 4 * word);
        a = d, d = c, c = b;
        b += rotate(mixed, 32 - ROTATIONS[i / 16 * 4 + i % 4]);
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d;
}

static void md5_blocks(uint32_t state[HG_DIGEST_WORDS], const uint8_t *data, size_t count)
{
    for (; count > 0; count--, data += HG_DIGEST_BLOCK)
        md5_block(state, data);
}

/* ---- messages in pieces -------------------------------------------------------------------- */

void hg_sha256_start(hg_message_digest *hash, hg_digest_blocks blocks)
{
    hash->blocks = blocks;
    hash->length = 0;
    memcpy(hash->state, SHA256_START, sizeof hash->state);
}

void hg_md5_start(hg_message_digest *hash)
{
    *hash = (hg_message_digest){.blocks = md5_blocks, .state = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476}};
}

void hg_digest_add(hg_message_digest *hash, const void *data, size_t length)
{
    const uint8_t *at = data;
    size_t held = hash->length % HG_DIGEST_BLOCK;
    hash->length += length;
    if (held > 0) {
        size_t taken = length < HG_DIGEST_BLOCK - held ? length : HG_DIGEST_BLOCK - held;
        if (taken == 0)
            return;
        memcpy(hash->rest + held, at, taken);
        if (held + taken < HG_DIGEST_BLOCK)
            return;
        hash->blocks(hash->state, hash->rest, 1);
        at += taken;
        length -= taken;
    }
    if (length >= HG_DIGEST_BLOCK)
        hash->blocks(hash->state, at, length / HG_DIGEST_BLOCK);
    at += length / HG_DIGEST_BLOCK * HG_DIGEST_BLOCK;
    if (length % HG_DIGEST_BLOCK > 0)
        memcpy(hash->rest, at, length % HG_DIGEST_BLOCK);
}

/* Adds the end of a message: a one bit, zeros, and the length in bits. */
static void add_end(hg_message_digest *hash, int is_big_endian)
{
    enum { LENGTH_BYTES = 8, LENGTH_AT = HG_DIGEST_BLOCK - LENGTH_BYTES };
    static const uint8_t PADDING[HG_DIGEST_BLOCK] = {0x80};
    const uint64_t bits = hash->length * 8;
    const size_t held = hash->length % HG_DIGEST_BLOCK;
    uint8_t length[LENGTH_BYTES];
    hg_digest_add(hash, PADDING, (held < LENGTH_AT ? LENGTH_AT : LENGTH_AT + HG_DIGEST_BLOCK) - held);
    for (int i = 0; i < LENGTH_BYTES; i++)
        length[is_big_endian ? LENGTH_BYTES - 1 - i : i] = (uint8_t)(bits >> 8 * i);
    hg_digest_add(hash, length, sizeof length);
}

void hg_md5_end(hg_message_digest *hash, uint8_t digest[HG_MD5_BYTES])
{
    add_end(hash, 0);
    for (int i = 0; i < HG_MD5_BYTES; i++)
        digest[i] = (uint8_t)(hash->state[i / 4] >> 8 * (i % 4));
}

void hg_sha256_end(hg_message_digest *hash, uint8_t digest[HG_SHA256_BYTES])
{
    add_end(hash, 1);
    for (int i = 0; i < HG_DIGEST_WORDS; i++)
        hg_put_be32(digest + 4 * i, hash->state[i]);
}

void hg_sha256_of(hg_digest_blocks blocks, const void *data, size_t length, uint8_t digest[HG_SHA256_BYTES])
{
    hg_message_digest hash;
    hg_sha256_start(&hash, blocks);
    hg_digest_add(&hash, data, length);
    hg_sha256_end(&hash, digest);
}

/* ---- HMAC and HKDF ------------------------------------------------------------------------- */

/* Sets the state to the hash of one block: the key, with each byte XORed with `pad`. */
static void hash_pad(hg_digest_blocks blocks, uint32_t state[HG_DIGEST_WORDS], const uint8_t *key, size_t length,
                     uint8_t pad)
{
    uint8_t block[HG_DIGEST_BLOCK];
    memset(block, pad, sizeof block);
    for (size_t i = 0; i < length; i++)
        block[i] ^= key[i];
    memcpy(state, SHA256_START, sizeof SHA256_START);
    blocks(state, block, 1);
}

void hg_hmac_key(hg_hmac *hmac, hg_digest_blocks blocks, const uint8_t *key, size_t length)
{
    hmac->blocks = blocks;
    hash_pad(blocks, hmac->inner, key, length, 0x36);
    hash_pad(blocks, hmac->outer, key, length, 0x5C);
}

/* Hashes `message` in the last block; `from` is the state after a pad. */
static void finish(const hg_hmac *hmac, const uint32_t from[HG_DIGEST_WORDS], const uint8_t *message, size_t length,
                   uint8_t out[HG_SHA256_BYTES])
{
    uint32_t state[HG_DIGEST_WORDS];
    uint8_t block[HG_DIGEST_BLOCK] = {0};
    memcpy(state, from, sizeof state);
    memcpy(block, message, length);
    block[length] = 0x80;
    hg_put_be32(block + HG_DIGEST_BLOCK - 4, (uint32_t)(HG_DIGEST_BLOCK + length) * 8);
    hmac->blocks(state, block, 1);
    for (int i = 0; i < HG_DIGEST_WORDS; i++)
        hg_put_be32(out + 4 * i, state[i]);
}

void hg_hmac_of(const hg_hmac *hmac, const uint8_t *message, size_t length, uint8_t out[HG_SHA256_BYTES])
{
    uint8_t inner[HG_SHA256_BYTES];
    finish(hmac, hmac->inner, message, length, inner);
    finish(hmac, hmac->outer, inner, sizeof inner, out);
}

/* The hashed message: length (2 bytes), length of the label (1), label, length of the context (1 byte: 0), number of
 * the block (1). */
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

/* ---- CRC-32 ---------------------------------------------------------------------------------- */

enum { SLICES = 16 };
#define POLYNOMIAL 0xEDB88320u

typedef uint32_t crc_tables[SLICES][256];

/* tables[s][b] is the effect of byte b on the checksum if s more bytes follow. Each call builds the tables again: 4,096
 * steps are little compared with checking a file. */
static void build_tables(crc_tables tables)
{
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t sum = byte;
        for (int bit = 0; bit < 8; bit++)
            sum = (sum >> 1) ^ (POLYNOMIAL & (0u - (sum & 1u)));
        tables[0][byte] = sum;
    }
    for (int slice = 1; slice < SLICES; slice++)
        for (uint32_t byte = 0; byte < 256; byte++)
            tables[slice][byte] = (tables[slice - 1][byte] >> 8) ^ tables[0][tables[slice - 1][byte] & 0xFF];
}

uint32_t hg_crc32(const uint8_t *bytes, size_t length)
{
    crc_tables tables;
    uint32_t sum = UINT32_MAX;
    size_t at = 0;
    build_tables(tables);
    for (; length - at >= SLICES; at += SLICES) {
        uint32_t next = 0; /* the first bytes have the most bytes after them, and take up the sum so far */
#pragma GCC unroll 16
        for (uint32_t i = 0; i < SLICES; i++)
            next ^= tables[SLICES - 1 - i][bytes[at + i] ^ (i < 4 ? sum >> 8 * i & 0xFF : 0)];
        sum = next;
    }
    for (; at < length; at++)
        sum = (sum >> 8) ^ tables[0][(sum ^ bytes[at]) & 0xFF];
    return ~sum;
}
