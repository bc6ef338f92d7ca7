/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * ip.c - IPv4 (RFC 791) and IPv6 (RFC 8200) headers, and fragments of UDP.
 */
#include "packet/headers.h"
#include "packet/wrapping.h"

/* Types of extension headers. All but fragment headers are skipped, up to MAX_EXTENSIONS: as many as fit into 1,500
 * bytes, because systems accept them. */
enum {
    NEXT_HOP_BY_HOP = 0,
    NEXT_ROUTING = 43,
    NEXT_FRAGMENT = 44,
    NEXT_DESTINATION = 60,
    NEXT_MOBILITY = 135,
    NEXT_HIP = 139,
    NEXT_SHIM6 = 140,
    MAX_EXTENSIONS = 182
};

/* Narrows `view` to an IP datagram of `length` bytes. If the capture states a shorter frame, the frame counts as
 * cut by the capturing program, and the datagram is read as far as it was captured. */
static void limit_to(hg_view *view, uint32_t length)
{
    if (length > view->wire)
        view->wire = length;
    else
        hg_limit(view, length);
}

static int is_wanted(uint8_t protocol, int reads)
{
    if (protocol == PROTOCOL_TCP || (protocol == PROTOCOL_UDP && (reads & (HG_READ_DATAGRAMS | HG_READ_TUNNELS)) != 0))
        return 1;
    return (reads & HG_READ_TUNNELS) != 0 && hg_wrapping_find(HG_SPACE_PROTOCOL, protocol) != NULL;
}

/* The `place` of a fragment, as in hg_packet. */
static uint32_t ipv4_place(uint32_t fragment)
{
    return (fragment & IPV4_OFFSET) * HG_FRAGMENT_UNIT +
           ((fragment & IPV4_MORE_FRAGMENTS) != 0 ? HG_MORE_FRAGMENTS : 0);
}

static hg_drop fill_fragment(const hg_view *view, uint32_t place, int has_ports, uint8_t reader, hg_packet *packet)
{
    packet->type = packet->options_length = 0;
    packet->fragment = 1;
    packet->reader = reader;
    packet->data = view->data;
    packet->place = place;
    packet->payload = view->wire;
    packet->source_port = has_ports ? hg_be16(view->data + TCP_SOURCE_AT) : 0; /* in UDP at the same place */
    packet->destination_port = has_ports ? hg_be16(view->data + TCP_DESTINATION_AT) : 0;
    return HG_PARSED_OTHER;
}

/* Parses a fragment of UDP, if fragments are read; `place` is as in hg_packet. Returns hg_fragment_drop if its offset
 * or length is invalid. Only the first fragment of a datagram has ports, so only that one can be recognised as a
 * tunnel: HG_DROP_FRAGMENT. */
static hg_drop parse_udp_fragment(const hg_view *view, int reads, uint32_t place, hg_packet *packet)
{
    const uint8_t *data = view->data;
    const hg_view whole = {.data = data, .captured = view->captured, .wire = HG_MOST_DATAGRAM};
    if (place == HG_MORE_FRAGMENTS && (reads & HG_READ_TUNNELS) != 0 && hg_is_wrapping_udp(&whole))
        return HG_DROP_FRAGMENT;
    if ((reads & HG_READ_FRAGMENTS) == 0)
        return HG_DROP_NOT_TCP;
    const uint32_t first = place & ~(uint32_t)HG_MORE_FRAGMENTS;
    const int has_more = (place & HG_MORE_FRAGMENTS) != 0;
    const int has_ports = first == 0 && view->captured >= HG_UDP_HEADER;
    if (first + view->wire > HG_MOST_DATAGRAM || (has_more && (view->wire == 0 || view->wire % HG_FRAGMENT_UNIT != 0)))
        return hg_fragment_drop(packet);
    return fill_fragment(view, place, has_ports, 0, packet);
}

/* Parses the first fragment of a TCP segment, which has the ports and numbers. It is not joined with the others. */
static hg_drop parse_tcp_fragment(const hg_view *view, int reads, uint32_t place, hg_packet *packet)
{
    if ((reads & HG_READ_SEGMENTS) == 0 || place != HG_MORE_FRAGMENTS || view->captured < HG_FRAGMENT_UNIT)
        return HG_DROP_FRAGMENT;
    return fill_fragment(view, place, 1, HG_TCP_FRAGMENT, packet);
}

static hg_drop parse_fragment(const hg_view *view, int reads, uint32_t place, uint8_t protocol, hg_packet *packet)
{
    return protocol == PROTOCOL_TCP ? parse_tcp_fragment(view, reads, place, packet)
                                    : parse_udp_fragment(view, reads, place, packet);
}

/* The length of the extension header of type `next`; 0: such a header is not skipped. */
static uint32_t extension_length(uint8_t next, const uint8_t *header)
{
    switch (next) {
    case NEXT_HOP_BY_HOP:
    case NEXT_ROUTING:
    case NEXT_DESTINATION:
    case NEXT_MOBILITY:
    case NEXT_HIP:
    case NEXT_SHIM6:
        return LEAST_EXTENSION + header[EXTENSION_LENGTH_AT] * 8u;
    case PROTOCOL_AUTHENTICATION:
        return LEAST_EXTENSION + header[EXTENSION_LENGTH_AT] * 4u; /* RFC 4302: words, minus two */
    default:
        return 0;
    }
}

static int is_extension(uint8_t next)
{
    static const uint8_t lengths[2] = {0, 0};
    return extension_length(next, lengths) != 0;
}

/* Skips an extension header and adds its length to `*walked`. `*next` is its type, and becomes the type of the next. */
static hg_drop skip_extension(hg_view *view, uint8_t *next, uint32_t *walked)
{
    if (view->captured < LEAST_EXTENSION)
        return view->wire < LEAST_EXTENSION ? HG_DROP_BAD_IP_HEADER : HG_DROP_TRUNCATED;
    uint32_t length = extension_length(*next, view->data);
    if (length > view->wire)
        return HG_DROP_BAD_IP_HEADER;
    *next = view->data[EXTENSION_NEXT_AT];
    if (!hg_take(view, length))
        return HG_DROP_TRUNCATED;
    *walked += length;
    return HG_DROP_NONE;
}

hg_drop hg_ipv6_walk(hg_view *view, uint8_t *next, uint32_t *walked)
{
    for (int count = 0; is_extension(*next); count++) {
        if (count == MAX_EXTENSIONS)
            return HG_DROP_BAD_IP_HEADER;
        hg_drop drop = skip_extension(view, next, walked);
        if (drop != HG_DROP_NONE)
            return drop;
    }
    return *next == NEXT_FRAGMENT ? HG_DROP_FRAGMENT : HG_DROP_NONE;
}

/* Whether the packet holds a UDP datagram that is no tunnel, and nothing else of UDP is read: a short way for the most
 * frequent packets that are not TCP. */
static int is_unread_datagram(const hg_view *view, uint32_t header_length, uint8_t protocol, int reads)
{
    hg_view inside = *view;
    return protocol == PROTOCOL_UDP && (reads & HG_READ_DATAGRAMS) == 0 && hg_take(&inside, header_length) &&
           !hg_is_wrapping_udp(&inside);
}

static hg_drop parse_ipv4(hg_view *view, int reads, hg_packet *packet, uint8_t *protocol)
{
    const uint8_t *header = view->data;
    uint32_t header_length = hg_ipv4_header_length(header);
    uint32_t claimed = hg_be16(header + IPV4_LENGTH_AT);
    uint32_t total_length = claimed != 0 ? claimed : view->wire; /* 0: the network card sets it after the capture */
    if (header_length < HG_IPV4_HEADER || total_length < header_length)
        return HG_DROP_BAD_IP_HEADER;
    limit_to(view, total_length);
    *protocol = header[IPV4_PROTOCOL_AT];
    if (!is_wanted(*protocol, reads) && *protocol != PROTOCOL_AUTHENTICATION &&
        !(*protocol == PROTOCOL_ICMP && (reads & HG_READ_LINK) != 0))
        return HG_DROP_NOT_TCP;
    uint32_t fragment = hg_be16(header + IPV4_FRAGMENT_AT) & IPV4_IS_FRAGMENT;
    if (fragment != 0 && *protocol != PROTOCOL_UDP && (*protocol != PROTOCOL_TCP || (reads & HG_READ_SEGMENTS) == 0))
        return HG_DROP_FRAGMENT;
    if (fragment == 0 && is_unread_datagram(view, header_length, *protocol, reads))
        return HG_DROP_NOT_TCP;
    if (!hg_take(view, header_length))
        return HG_DROP_TRUNCATED;
    if (*protocol == PROTOCOL_AUTHENTICATION) { /* not counted in `header_bytes`, which tell the MTU and IP options */
        uint32_t skipped = 0;
        hg_drop drop = skip_extension(view, protocol, &skipped);
        if (drop != HG_DROP_NONE || !is_wanted(*protocol, reads))
            return drop != HG_DROP_NONE ? drop : HG_DROP_NOT_TCP;
    }
    packet->version = 4;
    packet->ip = header;
    packet->source = hg_ipv4_address(header + IPV4_SOURCE_AT);
    packet->destination = hg_ipv4_address(header + IPV4_DESTINATION_AT);
    packet->header_bytes = (uint16_t)header_length;
    return fragment == 0 ? HG_DROP_NONE : parse_fragment(view, reads, ipv4_place(fragment), *protocol, packet);
}

/* Skips the fragment headers of a packet that is whole (RFC 6946), and the headers after them. Neighbor Discovery does
 * not count behind such a header (RFC 6980): HG_DROP_FRAGMENT. */
static hg_drop skip_whole(hg_view *view, uint8_t *next, uint32_t *walked)
{
    hg_drop drop = HG_DROP_FRAGMENT;
    while (drop == HG_DROP_FRAGMENT && view->captured >= HG_IPV6_FRAGMENT_HEADER &&
           (hg_be16(view->data + IPV6_FRAGMENT_OFFSET_AT) & (IPV6_FRAGMENT_OFFSET | IPV6_MORE_FRAGMENTS)) == 0) {
        *next = view->data[EXTENSION_NEXT_AT];
        hg_take(view, HG_IPV6_FRAGMENT_HEADER);
        *walked += HG_IPV6_FRAGMENT_HEADER;
        drop = hg_ipv6_walk(view, next, walked);
    }
    return drop == HG_DROP_NONE && *next == PROTOCOL_ICMP6 ? HG_DROP_FRAGMENT : drop;
}

/* Parses a fragment of UDP or TCP, if such fragments are read. */
static hg_drop parse_ipv6_fragment(hg_view *view, int reads, hg_packet *packet, uint8_t *protocol, uint32_t *walked)
{
    const uint8_t *header = view->data;
    if ((reads & (HG_READ_FRAGMENTS | HG_READ_SEGMENTS)) == 0)
        return HG_DROP_FRAGMENT;
    if (!hg_take(view, HG_IPV6_FRAGMENT_HEADER))
        return HG_DROP_TRUNCATED;
    *walked += HG_IPV6_FRAGMENT_HEADER;
    *protocol = header[EXTENSION_NEXT_AT];
    if (*protocol != PROTOCOL_TCP && (*protocol != PROTOCOL_UDP || (reads & HG_READ_FRAGMENTS) == 0))
        return HG_DROP_FRAGMENT;
    const uint32_t fragment = hg_be16(header + IPV6_FRAGMENT_OFFSET_AT);
    const uint32_t more = (fragment & IPV6_MORE_FRAGMENTS) != 0 ? HG_MORE_FRAGMENTS : 0;
    return parse_fragment(view, reads, (fragment & IPV6_FRAGMENT_OFFSET) + more, *protocol, packet);
}

static hg_drop parse_ipv6(hg_view *view, int reads, hg_packet *packet, uint8_t *protocol)
{
    const uint8_t *header = view->data;
    if (view->captured < HG_IPV6_HEADER)
        return HG_DROP_TRUNCATED;
    uint32_t payload_length = hg_be16(header + IPV6_LENGTH_AT);
    if (payload_length != 0) /* 0: longer than 65,535 bytes (RFC 2675, and large segments of Linux) */
        limit_to(view, payload_length + HG_IPV6_HEADER);
    uint32_t header_length = HG_IPV6_HEADER;
    hg_take(view, HG_IPV6_HEADER);
    packet->version = 6;
    packet->ip = header;
    memcpy(packet->source.word, header + IPV6_SOURCE_AT, sizeof packet->source.word);
    memcpy(packet->destination.word, header + IPV6_DESTINATION_AT, sizeof packet->destination.word);
    *protocol = header[IPV6_NEXT_AT];
    if (*protocol != PROTOCOL_TCP) {
        hg_drop drop = hg_ipv6_walk(view, protocol, &header_length);
        if (drop == HG_DROP_FRAGMENT)
            drop = skip_whole(view, protocol, &header_length);
        if (drop == HG_DROP_FRAGMENT && *protocol == NEXT_FRAGMENT)
            drop = parse_ipv6_fragment(view, reads, packet, protocol, &header_length);
        if (drop != HG_DROP_NONE)
            return drop;
        if (!is_wanted(*protocol, reads) && !(*protocol == PROTOCOL_ICMP6 && (reads & HG_READ_LINK) != 0))
            return HG_DROP_NOT_TCP;
    }
    packet->header_bytes = (uint16_t)header_length;
    return HG_DROP_NONE;
}

hg_drop hg_ip_parse(hg_view *view, int reads, hg_packet *packet, uint8_t *protocol)
{
    if (view->captured < HG_IPV4_HEADER) /* also too short for IPv6 */
        return HG_DROP_TRUNCATED;
    switch (hg_ip_version(view)) {
    case 4:
        return parse_ipv4(view, reads, packet, protocol);
    case 6:
        return parse_ipv6(view, reads, packet, protocol);
    default:
        return HG_DROP_BAD_IP_HEADER;
    }
}
