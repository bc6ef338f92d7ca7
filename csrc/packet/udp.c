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
    packet->reader = 0;
    packet->source_port = hg_be16(header + UDP_SOURCE_AT);
    packet->destination_port = hg_be16(header + UDP_DESTINATION_AT);
    packet->sight = 0;
    packet->options_length = 0;
    packet->payload = length - HG_UDP_HEADER;
    packet->header_bytes = (uint16_t)(packet->header_bytes + HG_UDP_HEADER);
    return HG_PARSED_DATAGRAM;
}
