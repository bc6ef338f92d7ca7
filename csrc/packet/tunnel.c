/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * tunnel.c - finds the innermost packet of tunnels.
 *
 *     IP ─┬─▶ TCP, UDP
 *      ▲  └─▶ GRE, UDP, IP in IP ───────────┐
 *      └──── at most HG_MOST_TUNNELS times ─┘
 */
#include "packet/tunnel.h"

#include "packet/encapsulation.h"
#include "packet/ip.h"
#include "packet/link.h"

/* Moves `view`, which is at the payload of an IP header of `version`, to the IP header inside. HG_DROP_NOT_TCP: the
 * payload is no tunnel. */
static hg_drop enter_tunnel(uint8_t protocol, uint8_t version, hg_view *view, hg_tunnel_layer *layer)
{
    switch (protocol) {
    case PROTOCOL_GRE:
        return hg_gre_strip(view, layer);
    case PROTOCOL_UDP:
        return hg_udp_tunnel_strip(view, layer);
    case PROTOCOL_IPV6:
        layer->kind = version == 4 ? HG_TUNNEL_6IN4 : HG_TUNNEL_IPIP;
        return HG_DROP_NONE;
    default:
        layer->kind = HG_TUNNEL_IPIP;
        return HG_DROP_NONE;
    }
}

static int is_tunnel(const hg_view *view, int reads, uint8_t protocol)
{
    if (protocol == PROTOCOL_UDP)
        return (reads & HG_READ_TUNNELS) != 0 && hg_is_udp_tunnel(view);
    return protocol != PROTOCOL_TCP;
}

hg_drop hg_tunnels_walk(hg_view *view, hg_packet *packet, int reads, uint8_t *protocol,
                        hg_tunnel_layer layers[HG_MOST_TUNNELS])
{
    for (int tunnels = 0; is_tunnel(view, reads, *protocol); tunnels++) {
        if (tunnels == HG_MOST_TUNNELS)
            return HG_DROP_NOT_TCP;
        hg_tunnel_layer *layer = layers + tunnels;
        *layer = (hg_tunnel_layer){.source = packet->source, .destination = packet->destination};
        layer->version = packet->version;
        hg_drop drop = enter_tunnel(*protocol, packet->version, view, layer);
        if (packet->tunnel == HG_TUNNEL_NONE)
            packet->tunnel = layer->kind;
        if (drop == HG_DROP_NONE)
            drop = hg_ip_parse(view, tunnels + 1 < HG_MOST_TUNNELS ? reads : reads & ~HG_READ_TUNNELS, packet, protocol);
        if (drop != HG_DROP_NONE)
            return drop;
    }
    return HG_DROP_NONE;
}

uint32_t hg_tunnels_trace(const hg_frame *frame, hg_tunnel_layer layers[HG_MOST_TUNNELS])
{
    enum { READS = HG_READ_TUNNELS | HG_READ_DATAGRAMS | HG_READ_FRAGMENTS };
    hg_view view = {.data = frame->data, .captured = frame->captured, .wire = frame->wire};
    hg_packet packet = {.tunnel = HG_TUNNEL_NONE};
    uint8_t protocol = PROTOCOL_TCP;
    memset(layers, 0, HG_MOST_TUNNELS * sizeof *layers);
    if (hg_link_strip(frame->linktype, &view) == HG_DROP_NONE &&
        hg_ip_parse(&view, READS, &packet, &protocol) == HG_DROP_NONE)
        (void)hg_tunnels_walk(&view, &packet, READS, &protocol, layers);
    uint32_t count = 0;
    while (count < HG_MOST_TUNNELS && layers[count].kind != HG_TUNNEL_NONE)
        count++;
    return count;
}
