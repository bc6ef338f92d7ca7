/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * layers.c - a frame through its layers, one after the other. In a file of its own, so
 * that the short way in parse.c needs no stack frame for this one.
 */
#include "packet/layers.h"

#include "packet/ip.h"
#include "packet/link.h"
#include "packet/tcp.h"
#include "packet/tunnel.h"
#include "packet/udp.h"

/* A frame without IP whose protocol is known, or that is read like one; `ip` is its IP header, or its data. */
static hg_drop parse_link(const hg_view *view, const uint8_t *ip, uint64_t link_protocol, hg_packet *packet)
{
    packet->source = packet->destination = (hg_address){{0, 0}};
    packet->ip = ip;
    packet->data = view->data;
    packet->link_protocol = link_protocol;
    packet->type = packet->version = packet->options_length = packet->reader = packet->fragment = 0;
    packet->source_port = packet->destination_port = packet->header_bytes = 0;
    packet->peek = 0;
    packet->payload = view->wire;
    return HG_PARSED_DATAGRAM;
}

/* ICMPv6 is read only where it is Neighbor Discovery. */
static hg_drop parse_icmp6(const hg_view *view, hg_packet *packet)
{
    enum { FIRST_TYPE = 133, LAST_TYPE = 136 };
    if (view->captured == 0 || view->data[0] < FIRST_TYPE || view->data[0] > LAST_TYPE)
        return HG_DROP_NOT_TCP;
    return parse_link(view, packet->ip, HG_LINK_NEIGHBOR, packet);
}

hg_drop hg_layers_parse(const hg_frame *frame, int reads, hg_packet *packet)
{
    hg_view view = {.data = frame->data, .captured = frame->captured, .wire = frame->wire};
    uint8_t protocol = PROTOCOL_TCP;
    hg_tunnel_layer layers[HG_MOST_TUNNELS];
    packet->tunnel = HG_TUNNEL_NONE;
    hg_drop drop = hg_link_strip(frame->linktype, &view);
    if (drop == HG_DROP_NOT_IP && view.link_protocol != 0 && (reads & HG_READ_LINK) != 0)
        return parse_link(&view, view.data, view.link_protocol, packet);
    if (drop == HG_DROP_NONE)
        drop = hg_ip_parse(&view, reads, packet, &protocol);
    if (drop == HG_DROP_NONE && protocol == PROTOCOL_ICMP6)
        return parse_icmp6(&view, packet);
    if (drop == HG_DROP_NONE && protocol != PROTOCOL_TCP)
        drop = hg_tunnels_walk(&view, packet, reads & ~HG_READ_LINK, &protocol, layers);
    if (drop != HG_DROP_NONE)
        return drop;
    return protocol == PROTOCOL_TCP ? hg_tcp_parse(&view, packet) : hg_udp_parse(&view, packet);
}
