/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * sieve.h - lets a source count segments that need no analysis.
 *
 * If the active readers need only handshakes (hg_needs_segments), a plain TCP segment after the handshake
 * need not become a frame: a source with a sieve only counts it, which takes a third of the instructions.
 */
#pragma once

#include "packet/headers.h"
#include "packet/linktype.h"

/* The packets that a source only counted in its latest call. */
typedef struct hg_sieve {
    uint64_t bytes; /* captured bytes of these packets */
    int64_t first_ns, latest_ns; /* if it counted packets: times of the first and the latest record of the call */
    uint32_t packets;
    uint8_t segments; /* 1: the source may count plain segments without returning them; set by the caller */
} hg_sieve;

/* The most packets that a source only counts in one call, so that the caller regains control regularly. */
#define HG_SIEVE_LIMIT 65536u

/* Offsets of the IPv4 and TCP headers without options in an Ethernet frame, and the end of the TCP header. */
enum {
    PLAIN_IP_AT = ETHERNET_HEADER,
    PLAIN_TCP_AT = PLAIN_IP_AT + HG_IPV4_HEADER,
    HG_SIEVE_BYTES = PLAIN_TCP_AT + HG_TCP_HEADER
};

/* The bytes after the Ethernet addresses: the EtherType, and the first byte of the IPv4 header. */
#define PLAIN_START ((uint32_t)ETHERTYPE_IPV4 << 16 | (uint32_t)IPV4_PLAIN << 8)
#define PLAIN_START_MASK 0xFFFFFF00u

/* 1 when an Ethernet frame contains unfragmented IPv4 without options, and a complete TCP header with
 * valid lengths and flags and without SYN. `captured` must be at least HG_SIEVE_BYTES. */
static inline uint32_t hg_is_plain_segment(const uint8_t *frame, uint32_t captured, uint32_t wire)
{
    const uint8_t *ip = frame + PLAIN_IP_AT, *tcp = frame + PLAIN_TCP_AT;
    uint32_t total = hg_be16(ip + IPV4_LENGTH_AT);
    uint32_t offset_and_flags = hg_be16(tcp + TCP_OFFSET_AT);
    uint32_t tcp_header = offset_and_flags >> 12 << 2;
    uint32_t odd = ((hg_be32(frame + ETHERTYPE_AT) & PLAIN_START_MASK) ^ PLAIN_START) |
                   ((hg_be32(ip + IPV4_FRAGMENT_AT) & IPV4_FRAGMENT_AND_PROTOCOL) ^ (uint32_t)PROTOCOL_TCP) |
                   (total > wire - PLAIN_IP_AT) | (tcp_header < HG_TCP_HEADER) | (tcp_header + HG_IPV4_HEADER > total) |
                   (tcp_header + PLAIN_TCP_AT > captured);
    return (odd == 0) & (HG_SEGMENT_TYPES >> (offset_and_flags & HG_TYPE_FLAGS) & 1u);
}

/* ---- the same test for many frames at once ----
 *
 * For sources that apply no sieve, such as pcapng and packets in memory.
 *
 * With AVX2, eight frames are examined at a time. docs/internals/speed.md has the measured rate, in the row "is it a
 * handshake?". */

/* The number of frames whose results share a byte. */
enum { HG_DETECTED_TOGETHER = 8 };

/* Sets bit i % 8 of segments[i / 8] when frame i is an Ethernet frame with a plain TCP segment
 * (hg_is_plain_segment), and clears it when it is not. `segments` has room for one bit per frame. */
typedef void (*hg_detector)(const hg_frame *frames, uint32_t count, uint8_t *segments);

/* The detector for any processor. */
void hg_detect_portable(const hg_frame *frames, uint32_t count, uint8_t *segments);
/* The fastest detector for this processor. All give the same result. */
hg_detector hg_detector_best(void);
