/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * tcp.c - the TCP header (RFC 9293).
 */
#include "bytes.h"
#include "packet.h"

enum { TCP_HEADER = 20 };
enum { TCP_ECE = 0x40, TCP_CWR = 0x80, TCP_NS = 0x01 }; /* NS: lowest bit beside the data offset */

/* SYN, FIN and RST exclude each other, and one of them or ACK must be there. */
static int flags_are_sane(uint8_t type)
{
    int exclusive = ((type & HG_SYN) != 0) + ((type & HG_FIN) != 0) + ((type & HG_RST) != 0);
    return type != 0 && exclusive <= 1;
}

static uint32_t tcp_quirks(const uint8_t *header, uint8_t type)
{
    uint8_t flags = header[13];
    uint32_t ack = hg_be32(header + 8);
    uint32_t quirks = 0;
    if ((flags & (TCP_ECE | TCP_CWR)) != 0 || (header[12] & TCP_NS) != 0)
        quirks |= HG_QUIRK_ECN;
    if (hg_be32(header + 4) == 0)
        quirks |= HG_QUIRK_SEQ_MINUS;
    if ((type & HG_ACK) != 0)
        quirks |= ack == 0 ? HG_QUIRK_ACK_MINUS : 0u;
    else if (ack != 0 && (type & HG_RST) == 0)
        quirks |= HG_QUIRK_ACK_PLUS;
    if ((flags & HG_URG) != 0)
        quirks |= HG_QUIRK_URGF_PLUS;
    else if (hg_be16(header + 18) != 0)
        quirks |= HG_QUIRK_UPTR_PLUS;
    return (flags & HG_PSH) != 0 ? quirks | HG_QUIRK_PUSHF_PLUS : quirks;
}

hg_drop hg_tcp_parse(const hg_view *view, hg_packet *packet)
{
    const uint8_t *header = view->data;
    if (view->wire < TCP_HEADER)
        return HG_DROP_BAD_TCP_HEADER;
    if (view->captured < TCP_HEADER)
        return HG_DROP_TRUNCATED;
    uint32_t header_length = (header[12] >> 4) * 4u;
    if (header_length < TCP_HEADER || header_length > view->wire)
        return HG_DROP_BAD_TCP_HEADER;
    if (header_length > view->captured)
        return HG_DROP_TRUNCATED;
    packet->type = header[13] & (HG_SYN | HG_ACK | HG_FIN | HG_RST);
    if (!flags_are_sane(packet->type))
        return HG_DROP_BAD_FLAGS;
    packet->source_port = hg_be16(header);
    packet->destination_port = hg_be16(header + 2);
    packet->seq = hg_be32(header + 4);
    packet->ack = hg_be32(header + 8);
    packet->window = hg_be16(header + 14);
    packet->quirks |= tcp_quirks(header, packet->type);
    packet->options = header + TCP_HEADER;
    packet->options_length = (uint8_t)(header_length - TCP_HEADER);
    packet->payload = view->wire - header_length;
    packet->header_bytes = (uint16_t)(packet->header_bytes + header_length);
    return HG_DROP_NONE;
}

hg_drop hg_packet_parse(const hg_frame *frame, hg_packet *packet)
{
    hg_view view = {.data = frame->data, .captured = frame->captured, .wire = frame->wire};
    hg_drop drop = hg_link_strip(frame->linktype, &view);
    if (drop == HG_DROP_NONE)
        drop = hg_ip_parse(&view, packet);
    if (drop == HG_DROP_NONE)
        drop = hg_tcp_parse(&view, packet);
    return drop;
}
