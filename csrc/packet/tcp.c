/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * tcp.c - the TCP header (RFC 9293).
 */
#include "packet/tcp.h"

#include "base/bytes.h"

hg_drop hg_tcp_parse(const hg_view *view, hg_packet *packet)
{
    const uint8_t *header = view->data;
    if (view->wire < HG_TCP_HEADER) /* the IP header's lengths leave no room for one */
        return HG_DROP_BAD_IP_HEADER;
    if (view->captured < HG_TCP_HEADER)
        return HG_DROP_TRUNCATED;
    uint32_t header_length = hg_tcp_header_length(header);
    if (header_length < HG_TCP_HEADER || header_length > view->wire)
        return HG_DROP_BAD_TCP_HEADER;
    if (header_length > view->captured)
        return HG_DROP_TRUNCATED;
    packet->type = header[TCP_FLAGS_AT] & HG_TYPE_FLAGS;
    if (!hg_type_is_sane(packet->type))
        return HG_DROP_BAD_FLAGS;
    packet->tcp = header;
    packet->source_port = hg_be16(header + TCP_SOURCE_AT);
    packet->destination_port = hg_be16(header + TCP_DESTINATION_AT);
    packet->seq = hg_be32(header + TCP_SEQ_AT);
    packet->options_length = (uint8_t)(header_length - HG_TCP_HEADER);
    packet->payload = view->wire - header_length;
    packet->header_bytes = (uint16_t)(packet->header_bytes + header_length);
    return HG_DROP_NONE;
}
