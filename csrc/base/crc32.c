/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "base/crc32.h"

#include "base/bytes.h"

enum { SLICES = 16 };
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

uint32_t hg_crc32(const uint8_t *bytes, size_t length)
{
    crc_tables tables;
    uint32_t sum = UINT32_MAX;
    size_t at = 0;
    build(tables);
    for (; length - at >= SLICES; at += SLICES)
        sum = sixteen(tables, sum, bytes + at);
    for (; at < length; at++)
        sum = (sum >> 8) ^ tables[0][(sum ^ bytes[at]) & 0xFF];
    return ~sum;
}
