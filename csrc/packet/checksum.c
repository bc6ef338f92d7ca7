/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "packet/checksum.h"

#include "base/bytes.h"

/* A number of 64 bits added; what is carried over the end comes in again at the other one. */
static inline uint64_t add(uint64_t sum, uint64_t word)
{
    const int carry = __builtin_add_overflow(sum, word, &sum);
    return sum + (uint64_t)carry;
}

/* The same of eight bytes, in the machine's own order, which does not matter for the sum. */
static inline uint64_t add_at(uint64_t sum, const uint8_t *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return add(sum, word);
}

/* Adds up to seven bytes. */
static inline uint64_t add_rest(uint64_t sum, const uint8_t *bytes, uint32_t length)
{
    uint8_t word[8] = {0};
    uint8_t *to = word;
    for (uint32_t step = 4; step > 0; step /= 2)
        if ((length & step) != 0) {
            memcpy(to, bytes, step);
            bytes += step;
            to += step;
        }
    return add_at(sum, word);
}

static inline uint64_t add_bytes(uint64_t sum, const uint8_t *bytes, uint32_t length)
{
    for (; length >= 64; bytes += 64, length -= 64) {
        sum = add_at(add_at(sum, bytes), bytes + 8);
        sum = add_at(add_at(sum, bytes + 16), bytes + 24);
        sum = add_at(add_at(sum, bytes + 32), bytes + 40);
        sum = add_at(add_at(sum, bytes + 48), bytes + 56);
    }
    for (; length >= 8; bytes += 8, length -= 8)
        sum = add_at(sum, bytes);
    return length == 0 ? sum : add_rest(sum, bytes, length);
}

/* Apart from its callers, where registers are short for the sum. */
__attribute__((noinline)) int hg_checksum_is_right(const hg_packet *packet, const uint8_t *data)
{
    enum { PROTOCOL = 6 };
    const uint32_t length = (uint32_t)(data - packet->tcp) + packet->payload;
    const uint8_t pseudo[] = {0, PROTOCOL, (uint8_t)(length >> 8), (uint8_t)length};
    uint32_t ends;
    memcpy(&ends, pseudo, sizeof ends);
    uint64_t sum = ends + ((uint64_t)(length >> 16) << 8); /* IPv6 alone has lengths of so many bits */
    sum = add(add(sum, packet->source.word[0]), packet->source.word[1]);
    sum = add(add(sum, packet->destination.word[0]), packet->destination.word[1]);
    sum = add_bytes(sum, packet->tcp, length);
    sum = (sum & UINT32_MAX) + (sum >> 32);
    sum = (sum & 0xFFFF) + (sum >> 16 & 0xFFFF) + (sum >> 32);
    sum = (sum & 0xFFFF) + (sum >> 16);
    return (sum & 0xFFFF) + (sum >> 16) == 0xFFFF;
}
