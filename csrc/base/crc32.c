/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "base/crc32.h"

#include "base/bytes.h"
#include "base/cpu.h"

enum { SLICES = 16, LANES = 2 };
#define POLYNOMIAL 0xEDB88320u

typedef uint32_t crc_tables[SLICES][256];

/* tables[s][b]: what byte b does to the checksum when s more bytes follow. They are built in
 * 4,096 steps at each call, which is little beside the files that are checked. */
static void build(crc_tables tables)
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

/* What the four bytes of a word do; the first of them has the most bytes after it. */
static inline uint32_t four(uint32_t (*tables)[256], uint32_t word)
{
    return tables[3][word & 0xFF] ^ tables[2][word >> 8 & 0xFF] ^ tables[1][word >> 16 & 0xFF] ^
           tables[0][word >> 24];
}

/* The checksum register after 16 more bytes. */
static inline uint32_t sixteen(crc_tables tables, uint32_t sum, const uint8_t *bytes)
{
    uint32_t next = four(tables + 12, sum ^ hg_le32(bytes));
    next ^= four(tables + 8, hg_le32(bytes + 4));
    next ^= four(tables + 4, hg_le32(bytes + 8));
    return next ^ four(tables, hg_le32(bytes + 12));
}

/* Products of polynomials over GF(2), modulo that of the checksum; bit 31 is the constant. */
static uint32_t times(uint32_t a, uint32_t b)
{
    uint32_t product = 0;
    for (uint32_t bit = 0x80000000u; bit != 0; bit >>= 1) {
        product ^= (a & bit) != 0 ? b : 0;
        b = (b >> 1) ^ ((b & 1) != 0 ? POLYNOMIAL : 0);
    }
    return product;
}

/* What the register becomes when `length` zero bytes follow: it times x^(8 length). */
static uint32_t moved_on(uint32_t sum, uint64_t length)
{
    uint32_t power = 0x00800000u; /* x^8 */
    for (; length != 0; length >>= 1) {
        sum = (length & 1) != 0 ? times(sum, power) : sum;
        power = times(power, power);
    }
    return sum;
}

/* The register after all bytes. A step depends on the one before, so two halves are summed side by
 * side: 1.4 times as fast; more lanes are no faster. */
static uint32_t update(crc_tables tables, uint32_t sum, const uint8_t *bytes, size_t length)
{
    uint32_t sums[LANES] = {sum};
    const size_t lane = length / LANES / SLICES * SLICES;
    for (size_t at = 0; at < lane; at += SLICES)
        for (int i = 0; i < LANES; i++)
            sums[i] = sixteen(tables, sums[i], bytes + (size_t)i * lane + at);
    sum = sums[0];
    for (int i = 1; i < LANES; i++)
        sum = moved_on(sum, lane) ^ sums[i];
    for (size_t at = LANES * lane; at < length; at++)
        sum = (sum >> 8) ^ tables[0][(sum ^ bytes[at]) & 0xFF];
    return sum;
}

uint32_t hg_crc32_portable(const uint8_t *bytes, size_t length)
{
    crc_tables tables;
    build(tables);
    return ~update(tables, 0xFFFFFFFFu, bytes, length);
}

#ifdef HG_X86

#include <wmmintrin.h>

enum { FOLDED_TOGETHER = 4, FOLDED_BYTES = 16 * FOLDED_TOGETHER };

/* Reduces all whole blocks of 64 bytes to the 64 bytes `last`, whose checksum from a register of 0 is
 * that of the blocks from the initial register. Returns the bytes of those blocks, 64 at least. The factors
 * are x^(512+32) and x^(512-32) modulo the polynomial, bits reversed (Gopal and others, "Fast CRC
 * Computation for Generic Polynomials Using PCLMULQDQ Instruction", Intel 2009). */
__attribute__((target("pclmul"))) static size_t fold(const uint8_t *bytes, size_t length,
                                                     uint8_t last[FOLDED_BYTES])
{
    const __m128i factors = _mm_set_epi64x(0x1c6e41596, 0x154442bd4);
    __m128i part[FOLDED_TOGETHER];
    for (int i = 0; i < FOLDED_TOGETHER; i++)
        part[i] = _mm_loadu_si128((const __m128i *)(bytes + 16 * i));
    part[0] = _mm_xor_si128(part[0], _mm_cvtsi32_si128(-1));
    size_t at = FOLDED_BYTES;
    for (; length - at >= FOLDED_BYTES; at += FOLDED_BYTES)
        for (int i = 0; i < FOLDED_TOGETHER; i++) {
            __m128i next = _mm_loadu_si128((const __m128i *)(bytes + at + 16 * i));
            __m128i low = _mm_clmulepi64_si128(part[i], factors, 0x00);
            __m128i high = _mm_clmulepi64_si128(part[i], factors, 0x11);
            part[i] = _mm_xor_si128(_mm_xor_si128(low, high), next);
        }
    for (int i = 0; i < FOLDED_TOGETHER; i++)
        _mm_storeu_si128((__m128i *)(last + 16 * i), part[i]);
    return at;
}

/* Four times as fast: the 15 MB of a hundred thousand signatures in 0.6 instead of 2.7 ms. */
uint32_t hg_crc32(const uint8_t *bytes, size_t length)
{
    if (length < FOLDED_BYTES || !hg_cpu_has(HG_PCLMUL_INSTRUCTIONS))
        return hg_crc32_portable(bytes, length);
    crc_tables tables;
    uint8_t last[FOLDED_BYTES];
    build(tables);
    size_t folded = fold(bytes, length, last);
    uint32_t sum = update(tables, 0, last, sizeof last);
    return ~update(tables, sum, bytes + folded, length - folded);
}

#else

uint32_t hg_crc32(const uint8_t *bytes, size_t length)
{
    return hg_crc32_portable(bytes, length);
}

#endif
