/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * tunnel.c - which packets are tunnels, and the frame's way through its layers.
 *
 *     link ─▶ IP ─┬─▶ TCP
 *              ▲  └─▶ GRE (gre.c), UDP (udp_tunnel.c), IP in IP ─┐
 *              └─────────────── at most MAX_TUNNELS times ───────┘
 */
#include "tunnel.h"

#include "tunnel_kinds.h"

/* Of a packet that lies deeper, nothing is read: it is an attack or a loop. */
enum { MAX_TUNNELS = 4 };

hg_drop hg_tunnel_strip(uint8_t protocol, uint8_t version, hg_view *view, uint8_t *kind)
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

hg_drop hg_layers_parse(const hg_frame *frame, int decapsulate, hg_packet *packet)
{
    hg_view view = {.data = frame->data, .captured = frame->captured, .wire = frame->wire};
    hg_drop drop = hg_link_strip(frame->linktype, &view);
    uint8_t outermost = HG_TUNNEL_NONE, protocol = PROTOCOL_TCP;
    for (int left = decapsulate ? MAX_TUNNELS : 0; drop == HG_DROP_NONE; left--) {
        drop = hg_ip_parse(&view, left > 0, packet, &protocol);
        if (drop != HG_DROP_NONE || protocol == PROTOCOL_TCP)
            break;
        uint8_t kind = HG_TUNNEL_NONE;
        drop = hg_tunnel_strip(protocol, packet->version, &view, &kind);
        if (outermost == HG_TUNNEL_NONE)
            outermost = kind;
    }
    if (drop == HG_DROP_NONE)
        drop = hg_tcp_parse(&view, packet);
    packet->tunnel = outermost;
    return drop;
}

const char *hg_tunnel_name(uint32_t tunnel)
{
    static const char *const NAMES[HG_TUNNEL_KINDS] = {
        [HG_TUNNEL_NONE] = "none",     [HG_TUNNEL_VXLAN] = "vxlan", [HG_TUNNEL_GENEVE] = "geneve",
        [HG_TUNNEL_GRE] = "gre",       [HG_TUNNEL_ERSPAN] = "erspan", [HG_TUNNEL_IPIP] = "ipip",
        [HG_TUNNEL_6IN4] = "6in4",     [HG_TUNNEL_GTPU] = "gtpu",   [HG_TUNNEL_TEREDO] = "teredo",
    };
    return tunnel < HG_TUNNEL_KINDS ? NAMES[tunnel] : NULL;
}
