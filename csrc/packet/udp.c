/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * udp.c - the UDP header (RFC 768).
 */
#include "packet/udp.h"

hg_drop hg_udp_parse(const hg_view *view, hg_packet *packet)
{
    const uint8_t *header = view->data;
    if (view->captured < HG_UDP_HEADER)
        return HG_DROP_NOT_TCP;
    uint32_t length = hg_be16(header + UDP_LENGTH_AT);
    if (length < HG_UDP_HEADER || length > view->wire)
        return HG_DROP_NOT_TCP;
    packet->type = 0;
    packet->data = header + HG_UDP_HEADER;
    packet->reader = packet->fragment = 0;
    packet->source_port = hg_be16(header + UDP_SOURCE_AT);
    packet->destination_port = hg_be16(header + UDP_DESTINATION_AT);
    packet->peek = 0;
    packet->options_length = 0;
    packet->payload = length - HG_UDP_HEADER;
    packet->header_bytes = (uint16_t)(packet->header_bytes + HG_UDP_HEADER);
    return HG_PARSED_DATAGRAM;
}

hg_drop hg_udp_parse_fragment(const hg_view *view, uint32_t place, hg_packet *packet)
{
    const uint8_t *data = view->data;
    const uint32_t first = place & ~(uint32_t)HG_MORE_FRAGMENTS;
    const int has_more = (place & HG_MORE_FRAGMENTS) != 0;
    const int has_ports = first == 0 && view->captured >= HG_UDP_HEADER;
    if (first + view->wire > HG_MOST_DATAGRAM || (has_more && (view->wire == 0 || view->wire % HG_FRAGMENT_UNIT != 0)))
        return hg_fragment_drop(packet);
    packet->type = packet->reader = packet->options_length = 0;
    packet->fragment = 1;
    packet->data = data;
    packet->place = place;
    packet->payload = view->wire;
    packet->source_port = has_ports ? hg_be16(data + UDP_SOURCE_AT) : 0;
    packet->destination_port = has_ports ? hg_be16(data + UDP_DESTINATION_AT) : 0;
    return HG_PARSED_DATAGRAM;
}
