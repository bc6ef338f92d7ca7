/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * reach.h - the reach of a direction: the sequence numbers that its receiver accepts, according to the receiver's own
 * packets (RFC 9293, 3.10.7.4).
 *
 * The receiver ignores packets outside this range, so the core ignores them, too; it tolerates small distances, because
 * packets may be captured late. Sequence numbers wrap around.
 */
#pragma once

#include "packet/headers.h"

enum {
    HG_UNSCALED_WINDOW = 65535, /* the largest window without a scale */
    HG_MOST_SCALE = 14,      /* RFC 7323, 2.3 */
    HG_UNKNOWN_SCALE = 8,    /* assumed for a side whose SYN was not captured: windows of up to 16 MB */
    HG_REACH_BEHIND = 1 << 20, /* accepted before the range: bytes that are retransmitted or captured late */
    HG_REACH_AHEAD = 1 << 16 /* accepted after it: bytes captured before the ACK that opens the window for them */
};

/* The reach of a direction. */
typedef struct hg_reach {
    uint32_t acked; /* the next byte that the receiver expects */
    uint32_t edge;  /* the first byte after its window */
} hg_reach;

/* Updates the range from the acknowledgement and the window (shifted by `scale` bits) of a packet from the receiver. */
static inline void hg_reach_learn(hg_reach *reach, const hg_packet *packet, uint32_t scale)
{
    const uint32_t acked = hg_be32(packet->tcp + TCP_ACK_AT);
    reach->acked = acked;
    reach->edge = acked + ((uint32_t)hg_be16(packet->tcp + TCP_WINDOW_AT) << scale);
}

/* 1 when the receiver may accept a segment without FIN and RST. */
static inline int hg_reach_has(const hg_reach *reach, const hg_packet *packet)
{
    const int32_t beyond = (int32_t)(packet->seq - reach->edge);
    const int32_t behind = (int32_t)(reach->acked - (packet->seq + packet->payload));
    return beyond <= HG_REACH_AHEAD && behind <= HG_REACH_BEHIND;
}

/* 1 when no byte of the segment is after the receiver's window. */
static inline int hg_reach_has_all(const hg_reach *reach, const hg_packet *packet)
{
    const uint32_t end = packet->seq + packet->payload;
    return (int32_t)(end - reach->edge) <= 0 && (int32_t)(reach->acked - end) <= HG_REACH_BEHIND;
}

/* As hg_reach_has, for segments with FIN or RST. They end a connection, so the range is exact. */
static inline int hg_reach_has_end(const hg_reach *reach, const hg_packet *packet)
{
    return (int32_t)(packet->seq - reach->edge) <= 0 && (int32_t)(reach->acked - (packet->seq + packet->payload)) <= 0;
}
