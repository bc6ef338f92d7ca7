/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "crc32.h"

#include "bytes.h"

enum { SLICES = 16 };

typedef uint32_t crc_tables[SLICES][256];

/* tables[s][b]: what byte b does to the checksum when s more bytes follow. Building them
 * takes 4,096 steps a call, which the files that are checked do not notice. */
static void build(crc_tables tables)
{
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t sum = byte;
        for (int bit = 0; bit < 8; bit++)
            sum = (sum >> 1) ^ (0xEDB88320u & (0u - (sum & 1u)));
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

uint32_t hg_crc32(const uint8_t *bytes, size_t length)
{
    crc_tables tables;
    build(tables);
    uint32_t sum = 0xFFFFFFFFu;
    for (; length >= SLICES; bytes += SLICES, length -= SLICES) {
        uint32_t next = four(tables + 12, sum ^ hg_le32(bytes));
        next ^= four(tables + 8, hg_le32(bytes + 4));
        next ^= four(tables + 4, hg_le32(bytes + 8));
        sum = next ^ four(tables, hg_le32(bytes + 12));
    }
    for (; length > 0; bytes++, length--)
        sum = (sum >> 8) ^ tables[0][(sum ^ *bytes) & 0xFF];
    return ~sum;
}
