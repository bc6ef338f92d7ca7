/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * udp.h - the UDP header (RFC 768), and what its ports say it carries.
 */
#ifndef HG_UDP_H
#define HG_UDP_H

#include "base/bytes.h"
#include "packet/packet.h"
#include "packet/view.h"

enum { HG_UDP_HEADER = 8 };

/* Offsets into the header. */
enum { UDP_SOURCE_AT = 0, UDP_DESTINATION_AT = 2, UDP_LENGTH_AT = 4, UDP_PORTS_END = 4 };

/* The tunnel that the ports of a UDP header name. Teredo's server and relays answer from its
 * port; all others are only sent to. */
static inline hg_tunnel hg_tunnel_of_ports(const uint8_t *udp)
{
    switch (hg_be16(udp + UDP_DESTINATION_AT)) {
    case HG_PORT_VXLAN:
    case HG_PORT_VXLAN_OLD:
        return HG_TUNNEL_VXLAN;
    case HG_PORT_GENEVE:
        return HG_TUNNEL_GENEVE;
    case HG_PORT_GTPU:
        return HG_TUNNEL_GTPU;
    case HG_PORT_TEREDO:
        return HG_TUNNEL_TEREDO;
    default:
        return hg_be16(udp + UDP_SOURCE_AT) == HG_PORT_TEREDO ? HG_TUNNEL_TEREDO : HG_TUNNEL_NONE;
    }
}

/* 1 when behind the UDP header at `view` a VXLAN header and all up to an IP header were captured; only the
 * first half byte of that is looked at. In udp_tunnel.c. */
int hg_vxlan_holds_ip(const hg_view *view);

/* 1 unless the first byte shows that it is no header of `tunnel`: its port may also be that of a client of
 * QUIC, whose packets have the bit 0x40, or of DTLS. VXLAN has the flag of a valid number; that bit is
 * reserved in it, so with it only a packet inside proves that it is VXLAN. GENEVE has version 0, GTP-U
 * version 1 and the bit that distinguishes it from GTP'; Teredo begins with an indication, whose first byte is 0, or
 * with IPv6. */
static inline int hg_may_be_tunnel(hg_tunnel tunnel, const hg_view *view)
{
    if (view->captured <= HG_UDP_HEADER)
        return 1;
    uint8_t first = view->data[HG_UDP_HEADER];
    switch (tunnel) {
    case HG_TUNNEL_VXLAN:
        return (first & 0x48) == 0x08 || ((first & 0x48) == 0x48 && hg_vxlan_holds_ip(view));
    case HG_TUNNEL_GENEVE:
        return first >> 6 == 0;
    case HG_TUNNEL_GTPU:
        return first >> 4 == 3;
    default:
        return first == 0 || first >> 4 == 6;
    }
}

/* 1 when `view` begins with ports of UDP that are those of a tunnel, and may be one. */
static inline int hg_is_udp_tunnel(const hg_view *view)
{
    hg_tunnel tunnel = view->captured < UDP_PORTS_END ? HG_TUNNEL_NONE : hg_tunnel_of_ports(view->data);
    return tunnel != HG_TUNNEL_NONE && hg_may_be_tunnel(tunnel, view);
}

/* Reads the UDP header at `view` into `packet`: HG_PARSED_DATAGRAM, or HG_DROP_NOT_TCP where its length
 * does not fit. */
hg_drop hg_udp_parse(const hg_view *view, hg_packet *packet);
/* Why a fragment is not taken: a later one of IPv4 shows not even whether it is a tunnel's. */
static inline hg_drop hg_fragment_drop(const hg_packet *packet)
{
    return packet->version == 4 ? HG_DROP_NOT_TCP : HG_DROP_FRAGMENT;
}

/* The same of a fragment, whose `place` is that of hg_packet; hg_fragment_drop where it cannot be. */
hg_drop hg_udp_parse_fragment(const hg_view *view, uint32_t place, hg_packet *packet);

#endif
