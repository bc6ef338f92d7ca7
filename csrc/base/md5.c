/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "base/md5.h"

#include "base/bytes.h"

#include <string.h>

enum { STATE = 4, LENGTH_AT = 56 };

/* The whole part of 2^32 * |sin(i + 1)|. */
static const uint32_t SINES[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391};
static const uint8_t ROTATIONS[16] = {7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21};

static uint32_t rotate(uint32_t x, uint32_t bits)
{
    return x << bits | x >> (32 - bits);
}

static void take_block(uint32_t state[STATE], const uint8_t *block)
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
        b += rotate(mixed, ROTATIONS[i / 16 * 4 + i % 4]);
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d;
}

static void put_le32(uint8_t *to, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        to[i] = (uint8_t)(value >> 8 * i);
}

void hg_md5_start(hg_md5 *hash)
{
    *hash = (hg_md5){.state = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476}};
}

void hg_md5_add(hg_md5 *hash, const void *data, size_t length)
{
    const uint8_t *bytes = data;
    while (length > 0) {
        size_t held = hash->length % HG_MD5_BLOCK, room = HG_MD5_BLOCK - held;
        size_t taken = length < room ? length : room;
        memcpy(hash->rest + held, bytes, taken);
        hash->length += taken;
        bytes += taken;
        length -= taken;
        if (taken == room)
            take_block(hash->state, hash->rest);
    }
}

void hg_md5_end(hg_md5 *hash, uint8_t digest[HG_MD5_BYTES])
{
    static const uint8_t PADDING[HG_MD5_BLOCK] = {0x80};
    uint64_t bits = hash->length * 8;
    size_t held = hash->length % HG_MD5_BLOCK;
    hg_md5_add(hash, PADDING, (held < LENGTH_AT ? LENGTH_AT : LENGTH_AT + HG_MD5_BLOCK) - held);
    uint8_t length[8];
    put_le32(length, (uint32_t)bits);
    put_le32(length + 4, (uint32_t)(bits >> 32));
    hg_md5_add(hash, length, sizeof length);
    for (int i = 0; i < STATE; i++)
        put_le32(digest + 4 * i, hash->state[i]);
}
