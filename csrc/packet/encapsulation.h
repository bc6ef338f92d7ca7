/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * encapsulation.h - headers of tunnels. Those over UDP: by the ports and the first byte, then the whole header.
 */
#pragma once

#include "packet/frame.h"
#include "packet/packet.h"
#include "packet/udp.h"

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

/* 1 unless the first byte shows that it is no header of `tunnel`: its port may also be that of a client of
 * QUIC, whose packets have the bit 0x40, or of DTLS. VXLAN has the flag of a valid number; that bit is
 * reserved in it, so with it only a packet inside proves that it is VXLAN. GENEVE has version 0, GTP-U
 * version 1 and the bit that distinguishes it from GTP'; Teredo begins with an indication, whose first byte is 0, or
 * with IPv6. */
int hg_may_be_tunnel(hg_tunnel tunnel, const hg_view *view);

/* 1 if `view` begins with UDP ports of a tunnel, and may be one. */
static inline int hg_is_udp_tunnel(const hg_view *view)
{
    hg_tunnel tunnel = view->captured < UDP_PORTS_END ? HG_TUNNEL_NONE : hg_tunnel_of_ports(view->data);
    return tunnel != HG_TUNNEL_NONE && hg_may_be_tunnel(tunnel, view);
}

/* Moves `view` from the UDP header, whose ports are those of a tunnel, to the IP header inside,
 * and fills `kind` and `network` of its layer. */
hg_drop hg_udp_tunnel_strip(hg_view *view, hg_tunnel_layer *layer);
/* The same from the header of GRE. */
hg_drop hg_gre_strip(hg_view *view, hg_tunnel_layer *layer);
