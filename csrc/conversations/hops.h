/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * hops.h - judges segments by the hops that they have left.
 */
#pragma once

#include "conversations/readers.h"

/* The anomaly, if it is there. */
#define HG_IF(condition, NAME) ((condition) ? HG_ANOMALY(NAME) : 0)

/* 1 when the side's SYN or SYN+ACK was captured. */
static inline int hg_is_shown(const hg_flow *flow, const hg_flow_notes *notes, int side)
{
    return flow->fresh ? (side == 0 ? flow->syn_seen : flow->state != HG_SYN_SENT) : notes->hops[side] != HG_NO_HOPS;
}

/* LOW_TTL or TTL_TOO_LOW, or 0: compares the hops that a segment has left with the distance of its receiver, which
 * follows from the receiver's own packets. A sender's handshake shows how many hops are enough. */
static inline uint32_t hg_judge_hops(const hg_flow *flow, const hg_flow_notes *notes, const hg_packet *packet, int side)
{
    const uint8_t hops = hg_packet_hops(packet);
    if (hops > HG_MANY_HOPS)
        return 0;
    const int is_known = hg_is_shown(flow, notes, side);
    if (is_known && hops >= notes->hops[side])
        return 0;
    const uint8_t distance = hg_is_shown(flow, notes, !side) ? hg_guess_distance(notes->hops[!side]) : UINT8_MAX;
    if (distance > HG_MOST_DISTANCE)
        return HG_IF(is_known ? hops < HG_MOST_DISTANCE : hops < HG_FEW_HOPS && (notes->few >> side & 1) != 0, LOW_TTL);
    if (hops > distance + HG_ROUTES_DIFFER)
        return 0;
    return hops > distance ? HG_ANOMALY(LOW_TTL) : HG_ANOMALY(TTL_TOO_LOW);
}
