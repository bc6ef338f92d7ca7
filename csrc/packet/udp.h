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

/* 1 when `view` begins with ports of UDP that are those of a tunnel. */
static inline int hg_is_tunnel_port(const hg_view *view)
{
    return view->captured >= UDP_PORTS_END && hg_tunnel_of_ports(view->data) != HG_TUNNEL_NONE;
}

/* Reads the UDP header at `view` into `packet`: HG_PARSED_DATAGRAM, or HG_DROP_NOT_TCP where its length
 * does not fit. */
hg_drop hg_udp_parse(const hg_view *view, hg_packet *packet);

#endif
