/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "conversations/scope.h"

#include "packet/sender.h"
#include "packet/linktype.h"
#include "tcp/observe.h"

/* An Ethernet frame begins with the destination. Linux cooked headers state how the frame was addressed. */
static int is_group_frame(const hg_frame *frame)
{
    enum { GROUP = 1, SLL2_KIND_AT = 10, BROADCAST = 1, MULTICAST = 2 };
    const uint32_t at = frame->linktype == LINKTYPE_LINUX_SLL ? 1 : SLL2_KIND_AT;
    switch (frame->linktype) {
    case LINKTYPE_ETHERNET:
        return frame->captured > 0 && (frame->data[0] & GROUP) != 0;
    case LINKTYPE_LINUX_SLL:
    case LINKTYPE_LINUX_SLL2:
        return frame->captured > at && (frame->data[at] == BROADCAST || frame->data[at] == MULTICAST);
    default:
        return 0;
    }
}

int hg_stays_on_link(const hg_packet *packet)
{
    enum { LINK_SCOPE = 2 };
    uint8_t from[16], to[16];
    memcpy(from, packet->source.word, sizeof from);
    memcpy(to, packet->destination.word, sizeof to);
    if (packet->version == 6)
        return (to[0] == 0xFF && (to[1] & 15) <= LINK_SCOPE) || (from[0] == 0xFE && (from[1] & 0xC0) == 0x80);
    return hg_be32(to) == UINT32_MAX || hg_be32(to) >> 8 == 0xE00000;
}

/* Whether the packet goes to a group that routers may forward, or to a subnet broadcast, which routers do not forward
 * by default (RFC 2644). */
static int is_to_group(const hg_packet *packet, const hg_frame *frame)
{
    uint8_t to[16];
    memcpy(to, packet->destination.word, sizeof to);
    return (packet->version == 6 ? to[0] == 0xFF : to[0] >> 4 == 0xE) || is_group_frame(frame);
}

hg_scope hg_scope_of_datagram(hg_proof proof, const hg_packet *packet, const hg_frame *frame)
{
    enum { UNROUTED = 255 /* no router has decremented it (RFC 5082) */ };
    if (proof != HG_PROOF_LINK && proof != HG_PROOF_NEAR)
        return HG_SCOPE_REMOTE;
    if (hg_in_tunnel(packet) || hg_shows_router(packet) || (packet->version != 0 && hg_has_label(frame)))
        return HG_SCOPE_NONE;
    if (packet->version == 0 || hg_packet_hops(packet) == UNROUTED || hg_stays_on_link(packet))
        return HG_SCOPE_SEGMENT;
    if (proof == HG_PROOF_LINK)
        return HG_SCOPE_NONE;
    return is_to_group(packet, frame) ? HG_SCOPE_SEGMENT : HG_SCOPE_REMOTE;
}
