/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "packet/checksum.h"

#include "base/bytes.h"

/* Two sums of 64 bits, side by side. */
typedef uint64_t sums __attribute__((vector_size(16)));

/* Both halves of each word, so that nothing is carried over the end. */
static inline sums halves(sums words)
{
    return (words >> 32) + (words & UINT32_MAX);
}

/* Adds bytes as numbers in the machine's own order, which does not matter for the sum. */
static inline sums add(sums total, const uint8_t *bytes, uint32_t length)
{
    sums words;
#pragma GCC unroll 4
    for (; length >= sizeof words; bytes += sizeof words, length -= (uint32_t)sizeof words) {
        memcpy(&words, bytes, sizeof words);
        total += halves(words);
    }
    uint64_t rest[2] = {0, 0};
    uint8_t *to = (uint8_t *)rest;
    for (uint32_t step = 8; step > 0; step /= 2)
        if ((length & step) != 0) {
            memcpy(to, bytes, step);
            bytes += step;
            to += step;
        }
    return total + halves((sums){rest[0], rest[1]});
}

int hg_checksum_is_right(const hg_packet *packet, const uint8_t *data)
{
    enum { PROTOCOL = 6 };
    const uint32_t length = (uint32_t)(data - packet->tcp) + packet->payload;
    const uint8_t pseudo[] = {0, PROTOCOL, (uint8_t)(length >> 8), (uint8_t)length};
    uint32_t ends;
    memcpy(&ends, pseudo, sizeof ends);
    sums total = {ends, length >> 16 << 8}; /* IPv6 alone has lengths of so many bits */
    total += halves((sums){packet->source.word[0], packet->source.word[1]});
    total += halves((sums){packet->destination.word[0], packet->destination.word[1]});
    total = add(total, packet->tcp, length);
    uint64_t sum = total[0] + total[1];
    sum = (sum & UINT32_MAX) + (sum >> 32);
    while (sum >> 16 != 0)
        sum = (sum & 0xFFFF) + (sum >> 16);
    return sum == 0xFFFF;
}
