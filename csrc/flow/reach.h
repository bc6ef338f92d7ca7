/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * reach.h - the bytes that the receiver of a direction would accept, judged by its own packets (RFC 9293, 3.10.7.4).
 *
 * A packet outside has no effect at its receiver, so it has none here. Numbers wrap around.
 */
#pragma once

#include "base/bytes.h"
#include "packet/packet.h"
#include "packet/tcp.h"

enum {
    HG_UNSCALED_WINDOW = 65535,
    HG_MOST_SCALE = 14,      /* RFC 7323, 2.3 */
    HG_UNKNOWN_SCALE = 8,    /* of a side whose SYN was not captured: windows of up to 16 MB */
    HG_REACH_BEHIND = 1 << 20, /* bytes that are sent again late, or captured late */
    HG_REACH_AHEAD = 1 << 16 /* bytes captured before the ACK that opens the window for them */
};

/* What the receiver of a direction acknowledged, and what of it may be displaced, as the receiver may not have taken
 * it: its checksum is wrong, it is that of a SYN, or it had fewer hops left than the handshake. */
typedef struct hg_reach {
    uint32_t acked; /* the next byte that it expects */
    uint32_t edge;  /* the first byte behind its window */
    uint32_t doubt; /* where HG_DOUBTED: the first byte of a doubtful segment, */
    uint32_t doubt_end; /* the one behind the last of them, */
    uint8_t doubt_hops; /* and the most hops that one had left; 0: their checksums are wrong, or they are a SYN's */
} hg_reach;

/* Takes the acknowledgement and the window of a packet of the receiver, shifted by `scale` bits. */
static inline void hg_reach_learn(hg_reach *reach, const hg_packet *packet, uint32_t scale)
{
    const uint32_t acked = hg_be32(packet->tcp + TCP_ACK_AT);
    reach->acked = acked;
    reach->edge = acked + ((uint32_t)hg_be16(packet->tcp + TCP_WINDOW_AT) << scale);
}

/* 1 when the receiver may take a segment that ends nothing. */
static inline int hg_reach_has(const hg_reach *reach, const hg_packet *packet)
{
    const int32_t beyond = (int32_t)(packet->seq - reach->edge);
    const int32_t behind = (int32_t)(reach->acked - (packet->seq + packet->payload));
    return beyond <= HG_REACH_AHEAD && behind <= HG_REACH_BEHIND;
}

/* The same for FIN and RST. They end a connection, so there is no tolerance for packets that were captured late. */
static inline int hg_reach_has_end(const hg_reach *reach, const hg_packet *packet)
{
    return (int32_t)(packet->seq - reach->edge) <= 0 && (int32_t)(reach->acked - (packet->seq + packet->payload)) <= 0;
}
