/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * tunnel.h - tunnels, and the innermost packet in them. Ports and the first byte show whether a datagram can be a
 * tunnel; the tunnel's whole header is read only if it can.
 */
#pragma once

#include "packet/headers.h"

/* The kind of tunnel that the ports of a UDP header indicate. Teredo's servers and relays also send
 * from Teredo's port; other tunnels use their port only as destination. */
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

/* 0 when the first byte after the UDP header at `view` shows that the datagram is not a `tunnel`: a QUIC or DTLS client
 * may use the same port. QUIC packets have the bit 0x40. The first byte of a tunnel has:
 *
 *     VXLAN    the flag 0x08: its network number is valid. The bit 0x40 is reserved; if it is set, only an IP header
 *              inside proves that the datagram is VXLAN
 *     GENEVE   version 0
 *     GTP-U    version 1, and the bit that distinguishes it from GTP'
 *     Teredo   all bits 0 (the start of an indication), or version 6 of IP in the upper half */
int hg_may_be_tunnel(hg_tunnel tunnel, const hg_view *view);

/* 1 when the UDP header at `view` has the ports of a tunnel, and the first byte after it fits or was not captured. */
static inline int hg_is_udp_tunnel(const hg_view *view)
{
    hg_tunnel tunnel = view->captured < UDP_PORTS_END ? HG_TUNNEL_NONE : hg_tunnel_of_ports(view->data);
    return tunnel != HG_TUNNEL_NONE && hg_may_be_tunnel(tunnel, view);
}

/* Moves `view` through all tunnels to the TCP or UDP header of the innermost packet. Before the call, `packet`
 * describes the outer IP header, and `view` is at its payload of protocol `*protocol`; afterwards the same holds
 * for the innermost IP header. `reads` is as for hg_packet_parse. `layers` gets the tunnels from the outermost one
 * on; after a failure, as many as were recognised. */
hg_drop hg_tunnels_walk(hg_view *view, hg_packet *packet, int reads, uint8_t *protocol,
                        hg_tunnel_layer layers[HG_MOST_TUNNELS]);
/* Finds the tunnels of a frame whose packet was parsed, from the outermost one on, and returns their number. */
uint32_t hg_tunnels_trace(const hg_frame *frame, hg_tunnel_layer layers[HG_MOST_TUNNELS]);
