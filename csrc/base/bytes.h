/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * bytes.h - reads and writes numbers at any alignment, counts bits, and hashes bytes.
 *
 * Compilers turn each read or write of 2, 4 or 8 bytes into one load or store of exactly these bytes.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The number of set bits. A loop, because usually few are set and not every processor has an instruction for this. */
static inline uint32_t hg_count_bits(uint32_t bits)
{
    uint32_t count = 0;
    for (; bits != 0; bits &= bits - 1)
        count++;
    return count;
}

static inline uint16_t hg_be16(const uint8_t *p)
{
    return (uint16_t)(((unsigned)p[0] << 8) | p[1]);
}

static inline uint32_t hg_be32(const uint8_t *p)
{
    return ((uint32_t)p[0] << 24) | ((uint32_t)p[1] << 16) | ((uint32_t)p[2] << 8) | p[3];
}

static inline uint64_t hg_be64(const uint8_t *p)
{
    return ((uint64_t)hg_be32(p) << 32) | hg_be32(p + 4);
}

static inline uint16_t hg_le16(const uint8_t *p)
{
    return (uint16_t)(((unsigned)p[1] << 8) | p[0]);
}

static inline uint32_t hg_le32(const uint8_t *p)
{
    return ((uint32_t)p[3] << 24) | ((uint32_t)p[2] << 16) | ((uint32_t)p[1] << 8) | p[0];
}

static inline uint64_t hg_le64(const uint8_t *p)
{
    return ((uint64_t)hg_le32(p + 4) << 32) | hg_le32(p);
}

static inline void hg_put_be32(uint8_t *p, uint32_t value)
{
    p[0] = (uint8_t)(value >> 24);
    p[1] = (uint8_t)(value >> 16);
    p[2] = (uint8_t)(value >> 8);
    p[3] = (uint8_t)value;
}

static inline uint32_t hg_be24(const uint8_t *p)
{
    return ((uint32_t)p[0] << 16) | ((uint32_t)p[1] << 8) | p[2];
}

/* An unkeyed hash, for small tables. */
static inline uint32_t hg_hash_bytes(const void *bytes, size_t length)
{
    const uint8_t *at = bytes;
    uint64_t state = length;
    while (length > 0) {
        const size_t step = length < sizeof state ? length : sizeof state;
        uint64_t word = 0;
        memcpy(&word, at, step);
        state = (state ^ word) * UINT64_C(0x9E3779B97F4A7C15);
        state ^= state >> 32;
        at += step;
        length -= step;
    }
    return (uint32_t)state;
}

/* For files in the byte order of the machine that wrote them. */
static inline uint16_t hg_read16(const uint8_t *p, int is_big_endian)
{
    return is_big_endian ? hg_be16(p) : hg_le16(p);
}

static inline uint32_t hg_read32(const uint8_t *p, int is_big_endian)
{
    return is_big_endian ? hg_be32(p) : hg_le32(p);
}
