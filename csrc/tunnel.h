/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * tunnel.h - packets inside packets.
 */
#ifndef HG_TUNNEL_H
#define HG_TUNNEL_H

#include "bytes.h"
#include "packet.h"

/* IP protocols that carry IP, all of them or on some ports. */
enum { PROTOCOL_IPV4 = 4, PROTOCOL_TCP = 6, PROTOCOL_UDP = 17, PROTOCOL_IPV6 = 41, PROTOCOL_GRE = 47 };

static inline int hg_may_tunnel(uint8_t protocol)
{
    return protocol == PROTOCOL_IPV4 || protocol == PROTOCOL_UDP || protocol == PROTOCOL_IPV6 ||
           protocol == PROTOCOL_GRE;
}

enum {
    PORT_GTPU = 2152,
    PORT_TEREDO = 3544,
    PORT_VXLAN = 4789,
    PORT_VXLAN_OLD = 8472, /* what Linux took before there was an official one */
    PORT_GENEVE = 6081
};

/* The tunnel that the ports of a UDP header name. Teredo's server and relays answer from its
 * port; all others are only sent to. */
static inline hg_tunnel hg_tunnel_of_ports(const uint8_t *udp)
{
    switch (hg_be16(udp + 2)) {
    case PORT_VXLAN:
    case PORT_VXLAN_OLD:
        return HG_TUNNEL_VXLAN;
    case PORT_GENEVE:
        return HG_TUNNEL_GENEVE;
    case PORT_GTPU:
        return HG_TUNNEL_GTPU;
    case PORT_TEREDO:
        return HG_TUNNEL_TEREDO;
    default:
        return hg_be16(udp) == PORT_TEREDO ? HG_TUNNEL_TEREDO : HG_TUNNEL_NONE;
    }
}

/* 1 when `view` begins with ports of UDP that are those of a tunnel. */
static inline int hg_is_tunnel_port(const hg_view *view)
{
    enum { PORTS = 4 };
    return view->captured >= PORTS && hg_tunnel_of_ports(view->data) != HG_TUNNEL_NONE;
}

/* Moves `view` from behind an IP header, which is in `packet` and names `*protocol`, through all
 * tunnels to the TCP header of the innermost packet, which is then in `packet`. */
hg_drop hg_tunnels_walk(hg_view *view, hg_packet *packet, uint8_t protocol);

#endif
