/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * parse.c - a frame through all layers, with a short way for the most frequent form.
 */
#include "packet/parse.h"

#include "packet/ip.h"
#include "packet/layers.h"
#include "packet/linktype.h"
#include "packet/tcp.h"

enum { PLAIN_HEADERS = HG_IPV4_HEADER + HG_TCP_HEADER };

/* IPv4 without options and fragments from `at` on, TCP with sane lengths and flags: all conditions in one
 * branch, which is rarely mispredicted. A frame that fails it goes through the layers, which
 * give the same result or the reason why there is none. 1 when `packet` was filled. PLAIN_HEADERS were captured;
 * `at` is constant in each call. */
static inline __attribute__((always_inline)) int parse_plain_ipv4(const hg_frame *frame, uint32_t at, hg_packet *packet)
{
    const uint8_t *ip = frame->data + at, *tcp = ip + HG_IPV4_HEADER;
    uint32_t total = hg_be16(ip + IPV4_LENGTH_AT);
    uint32_t tcp_length = hg_tcp_header_length(tcp);
    uint32_t type = tcp[TCP_FLAGS_AT] & HG_TYPE_FLAGS;
    uint32_t headers = HG_IPV4_HEADER + tcp_length;
    /* A difference is negative (its highest bit is set) where a length does not fit. */
    uint32_t lacks = (frame->wire - at - total) | (tcp_length - HG_TCP_HEADER) | (total - headers) |
                     (frame->captured - at - headers);
    uint32_t odd = (lacks >> 31) | (ip[IPV4_IHL_AT] ^ (uint32_t)IPV4_PLAIN) |
                   ((hg_be32(ip + IPV4_FRAGMENT_AT) & IPV4_FRAGMENT_AND_PROTOCOL) ^ (uint32_t)PROTOCOL_TCP) |
                   !hg_type_is_sane(type);
    if (odd != 0)
        return 0;
    packet->source = hg_ipv4_address(ip + IPV4_SOURCE_AT);
    packet->destination = hg_ipv4_address(ip + IPV4_DESTINATION_AT);
    packet->ip = ip;
    packet->tcp = tcp;
    packet->seq = hg_be32(tcp + TCP_SEQ_AT);
    packet->payload = total - headers;
    packet->source_port = hg_be16(tcp + TCP_SOURCE_AT);
    packet->destination_port = hg_be16(tcp + TCP_DESTINATION_AT);
    packet->header_bytes = (uint16_t)headers;
    packet->options_length = (uint8_t)(tcp_length - HG_TCP_HEADER);
    packet->type = (uint8_t)type;
    packet->version = 4;
    packet->tunnel = HG_TUNNEL_NONE;
    return 1;
}

/* The same of a frame without tags. */
static inline int parse_plain(const hg_frame *frame, hg_packet *packet)
{
    if (frame->linktype == LINKTYPE_ETHERNET)
        return frame->captured >= ETHERNET_HEADER + PLAIN_HEADERS &&
               hg_be16(frame->data + ETHERTYPE_AT) == ETHERTYPE_IPV4 &&
               parse_plain_ipv4(frame, ETHERNET_HEADER, packet);
    return frame->linktype == LINKTYPE_RAW && frame->captured >= PLAIN_HEADERS && parse_plain_ipv4(frame, 0, packet);
}

hg_drop hg_packet_parse(const hg_frame *frame, int reads, hg_packet *packet)
{
    if (parse_plain(frame, packet))
        return HG_DROP_NONE;
    if (frame->linktype == HG_LINKTYPE_FILTERED)
        return HG_DROP_FILTERED;
    return hg_layers_parse(frame, reads, packet);
}
