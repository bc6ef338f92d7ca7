/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * sieve.h - segments that are only to be counted are counted where they lie.
 *
 * Without uptimes only handshakes tell anything. What is plainly a TCP segment and no
 * handshake then need not become a frame: a source that is given a sieve passes over it,
 * which takes a third of the instructions.
 */
#ifndef HG_SIEVE_H
#define HG_SIEVE_H

#include "base/bytes.h"
#include "packet/packet.h"

/* What a source passed over in its latest call. */
typedef struct hg_sieve {
    uint64_t bytes; /* captured bytes of those packets */
    uint32_t packets;
    uint8_t segments; /* 1, set by the caller: plain segments may be passed over */
} hg_sieve;

/* To be called by a source that has one before it reads. */
static inline void hg_sieve_begin(hg_sieve *sieve)
{
    sieve->bytes = 0;
    sieve->packets = 0;
}

/* Packets passed over in one call, so that the caller has control every now and then. */
#define HG_SIEVE_LIMIT 65536u

enum { HG_SIEVE_BYTES = 54 }; /* Ethernet, IPv4 and TCP without options */

/* 1 when an Ethernet frame is plain IPv4 with a whole, sane TCP header and no SYN. `captured`
 * is at least HG_SIEVE_BYTES. Says 0 for everything less plain, which is then parsed. */
static inline uint32_t hg_is_plain_segment(const uint8_t *frame, uint32_t captured, uint32_t wire)
{
    uint32_t total = hg_be16(frame + 16);
    uint32_t offset_and_flags = hg_be16(frame + 46);
    uint32_t tcp_header = offset_and_flags >> 12 << 2;
    uint32_t odd = ((hg_be32(frame + 12) & 0xFFFFFF00u) ^ 0x08004500u) | /* IPv4, no options */
                   ((hg_be32(frame + 20) & 0x3FFF00FFu) ^ 6u) |          /* no fragment, TCP */
                   (total > wire - 14) | (tcp_header < HG_TCP_HEADER) | (tcp_header + 20 > total) |
                   (tcp_header + 34 > captured);
    return (odd == 0) & (HG_SEGMENT_TYPES >> (offset_and_flags & HG_TYPE_FLAGS) & 1u);
}

#endif
