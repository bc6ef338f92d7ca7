/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * encapsulation.h - headers of tunnels. A tunnel over UDP is recognised by its ports and first byte, then its whole
 * header is read.
 */
#pragma once

#include "packet/frame.h"
#include "packet/packet.h"
#include "packet/udp.h"

/* The tunnel to which the ports of a UDP header belong. Teredo's servers and relays also answer from
 * its port; other tunnels use their port only as destination. */
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

/* 1 unless the first byte shows that this is not a header of `tunnel`. The port may also belong to a QUIC client,
 * whose packets have the bit 0x40, or to a DTLS client. VXLAN has the flag for a valid number. In VXLAN the bit 0x40 is
 * reserved, so if it is set, only a packet inside proves that it is VXLAN. GENEVE has version 0. GTP-U has version 1 and
 * the bit that distinguishes it from GTP'. Teredo begins with an indication, whose first byte is 0, or with IPv6. */
int hg_may_be_tunnel(hg_tunnel tunnel, const hg_view *view);

/* 1 if `view` begins with the UDP ports of a tunnel and may be one. */
static inline int hg_is_udp_tunnel(const hg_view *view)
{
    hg_tunnel tunnel = view->captured < UDP_PORTS_END ? HG_TUNNEL_NONE : hg_tunnel_of_ports(view->data);
    return tunnel != HG_TUNNEL_NONE && hg_may_be_tunnel(tunnel, view);
}

/* Moves `view` from the UDP header of a tunnel to the IP header inside, and fills `kind` and
 * `network` of its layer. */
hg_drop hg_udp_tunnel_strip(hg_view *view, hg_tunnel_layer *layer);
/* The same from a GRE header. */
hg_drop hg_gre_strip(hg_view *view, hg_tunnel_layer *layer);
