/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * tunnel.c - from an IP header that carries a packet to the packet's own.
 *
 *     IP ─┬─▶ TCP, UDP
 *      ▲  └─▶ GRE (gre.c), UDP (udp_tunnel.c), IP in IP ─┐
 *      └─────────────── at most MAX_TUNNELS times ───────┘
 */
#include "packet/tunnel.h"

#include "packet/gre.h"
#include "packet/ip.h"
#include "packet/udp_tunnel.h"

/* Packets in more tunnels than this are not read: they are an attack or a loop. */
enum { MAX_TUNNELS = 4 };

/* From the end of an IP header of `version` to the header inside. HG_DROP_NOT_TCP: it is no tunnel. */
static hg_drop enter(uint8_t protocol, uint8_t version, hg_view *view, uint8_t *kind)
{
    switch (protocol) {
    case PROTOCOL_GRE:
        return hg_gre_strip(view, kind);
    case PROTOCOL_UDP:
        return hg_udp_tunnel_strip(view, kind);
    case PROTOCOL_IPV6:
        *kind = version == 4 ? HG_TUNNEL_6IN4 : HG_TUNNEL_IPIP;
        return HG_DROP_NONE;
    default:
        *kind = HG_TUNNEL_IPIP;
        return HG_DROP_NONE;
    }
}

static int is_tunnel(const hg_view *view, int reads, uint8_t protocol)
{
    if (protocol == PROTOCOL_UDP)
        return (reads & HG_READ_TUNNELS) != 0 && hg_is_udp_tunnel(view);
    return protocol != PROTOCOL_TCP;
}

hg_drop hg_tunnels_walk(hg_view *view, hg_packet *packet, int reads, uint8_t *protocol)
{
    for (int tunnels = 1; is_tunnel(view, reads, *protocol); tunnels++) {
        uint8_t kind = HG_TUNNEL_NONE;
        hg_drop drop = tunnels <= MAX_TUNNELS ? enter(*protocol, packet->version, view, &kind) : HG_DROP_NOT_TCP;
        if (packet->tunnel == HG_TUNNEL_NONE)
            packet->tunnel = kind;
        if (drop == HG_DROP_NONE)
            drop = hg_ip_parse(view, tunnels < MAX_TUNNELS ? reads : reads & ~HG_READ_TUNNELS, packet, protocol);
        if (drop != HG_DROP_NONE)
            return drop;
    }
    return HG_DROP_NONE;
}
