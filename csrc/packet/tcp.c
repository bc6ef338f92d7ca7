/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "packet/headers.h"

/* Adds a 64-bit number in ones' complement: a carry out of the highest bit is added to the lowest. */
static inline uint64_t add(uint64_t sum, uint64_t word)
{
    const int carry = __builtin_add_overflow(sum, word, &sum);
    return sum + (uint64_t)carry;
}

/* Adds eight bytes in the machine's byte order. The order does not change whether the sum is right (RFC 1071, 2B). */
static inline uint64_t add_at(uint64_t sum, const uint8_t *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return add(sum, word);
}

/* Adds fewer than eight bytes, followed by zeros. */
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

static inline uint64_t add_32(uint64_t sum, const uint8_t *bytes)
{
    return add_at(add_at(add_at(add_at(sum, bytes), bytes + 8), bytes + 16), bytes + 24);
}

static inline uint64_t add_bytes(uint64_t sum, const uint8_t *bytes, uint32_t length)
{
    for (; length >= 64; bytes += 64, length -= 64)
        sum = add_32(add_32(sum, bytes), bytes + 32);
    if ((length & 32) != 0) {
        sum = add_32(sum, bytes);
        bytes += 32;
    }
    if ((length & 16) != 0) {
        sum = add_at(add_at(sum, bytes), bytes + 8);
        bytes += 16;
    }
    if ((length & 8) != 0) {
        sum = add_at(sum, bytes);
        bytes += 8;
    }
    return (length & 7) == 0 ? sum : add_rest(sum, bytes, length);
}

/* Reduces the sum to 16 bits: adds its two halves in ones' complement, then the two halves of the result. */
static inline uint32_t fold(uint64_t sum)
{
    const uint32_t half = (uint32_t)((sum + (sum << 32 | sum >> 32)) >> 32);
    return (half + (half << 16 | half >> 16)) >> 16;
}

/* 1 when the checksum of an IPv4 header is right; `ends` is the sum of its addresses. */
static inline int is_right_header(const uint8_t *ip, uint64_t ends)
{
    uint32_t middle; /* between the first eight bytes and the addresses */
    memcpy(&middle, ip + IPV4_TTL_AT, sizeof middle);
    uint64_t sum = add_at(ends + middle, ip);
    if (ip[IPV4_IHL_AT] != IPV4_PLAIN)
        sum = add_bytes(sum, ip + HG_IPV4_HEADER, hg_ipv4_header_length(ip) - HG_IPV4_HEADER);
    return fold(sum) == 0xFFFF;
}

/* 1 when the sum over the ends of the packet, a protocol's number, and `length` bytes is right, and so is the checksum
 * of an IPv4 header. */
static inline int is_right(const hg_packet *packet, uint32_t protocol, const uint8_t *bytes, uint32_t length)
{
    uint8_t pseudo[4];
    uint32_t sum_of_pseudo;
    hg_put_be32(pseudo, protocol + length); /* adding a 32-bit number equals adding its two halves */
    memcpy(&sum_of_pseudo, pseudo, sizeof pseudo);
    uint64_t ends = add(packet->source.word[0], packet->destination.word[0]);
    if (packet->version == 4 && !is_right_header(packet->ip, ends))
        return 0;
    if (packet->version != 4)
        ends = add(add(ends, packet->source.word[1]), packet->destination.word[1]);
    return fold(add_bytes(add(ends, sum_of_pseudo), bytes, length)) == 0xFFFF;
}

/* Not inlined, because its callers have too few free registers for the sum. */
__attribute__((noinline)) int hg_checksum_is_right(const hg_packet *packet, const uint8_t *data)
{
    enum { PROTOCOL = 6 };
    return is_right(packet, PROTOCOL, packet->tcp, (uint32_t)(data - packet->tcp) + packet->payload);
}

int hg_udp_checksum_is_right(const hg_packet *packet, const uint8_t *data, uint32_t length)
{
    enum { PROTOCOL = 17 };
    const uint8_t *udp = data - HG_UDP_HEADER;
    if (hg_be16(udp + UDP_CHECKSUM_AT) == 0)
        return packet->version == 4 &&
               is_right_header(packet->ip, packet->source.word[0] + packet->destination.word[0]);
    return is_right(packet, PROTOCOL, udp, HG_UDP_HEADER + length);
}
