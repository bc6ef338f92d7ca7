/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * tcp.h - the TCP header (RFC 9293), and the checksum of a segment (3.1; RFC 1071).
 */
#pragma once

#include "packet/packet.h"

/* Offsets into the header. */
enum {
    TCP_SOURCE_AT = 0,
    TCP_DESTINATION_AT = 2,
    TCP_SEQ_AT = 4,
    TCP_ACK_AT = 8,
    TCP_OFFSET_AT = 12, /* the header's length in 32-bit words, in the upper half byte */
    TCP_FLAGS_AT = 13,
    TCP_WINDOW_AT = 14,
    TCP_URGENT_AT = 18
};

/* The length of the header at `tcp` in bytes, as the header states it. */
static inline uint32_t hg_tcp_header_length(const uint8_t *tcp)
{
    return (tcp[TCP_OFFSET_AT] >> 4) * 4u;
}

/* 1 when the checksum of a segment is right. `data` points to its `packet->payload` bytes, all of which must be
 * captured. */
int hg_checksum_is_right(const hg_packet *packet, const uint8_t *data);
