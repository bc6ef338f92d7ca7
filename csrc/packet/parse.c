/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * parse.c - parses a frame layer by layer, with a shortcut for the most frequent form.
 */
#include "packet/parse.h"

#include "packet/link.h"
#include "packet/wrapping.h"

/* Where parsing stands. */
typedef struct walk {
    hg_view view;
    hg_content next; /* what `view` is at */
    hg_packet *packet;
    hg_tunnel_layer *layers;
    uint32_t tunnels; /* opened so far */
    int reads;
    uint8_t has_ends; /* 1: an IP header was parsed */
    uint8_t is_unknown; /* 1: no row of the table has the number of `next` */
} walk;

static walk begin(const hg_frame *frame, int reads, hg_packet *packet, hg_tunnel_layer layers[HG_MOST_TUNNELS])
{
    packet->tunnel = HG_TUNNEL_NONE;
    return (walk){.view = {.data = frame->data, .captured = frame->captured, .wire = frame->wire},
                  .next = {.number = frame->linktype, .space = HG_SPACE_LINKTYPE},
                  .packet = packet,
                  .layers = layers,
                  .reads = reads};
}

/* Notes the tunnel of the wrapping that was opened last. */
static void note_tunnel(walk *at)
{
    const hg_packet *packet = at->packet;
    hg_tunnel_layer *layer = at->layers + at->tunnels;
    *layer = (hg_tunnel_layer){.network = at->next.network, .kind = at->next.tunnel};
    if (at->has_ends) {
        layer->source = packet->source;
        layer->destination = packet->destination;
        layer->version = packet->version;
    }
    if (at->tunnels++ == 0)
        at->packet->tunnel = layer->kind;
}

/* Notes that `wrapping`, which `drop` came from, was opened. */
static hg_drop note_wrapping(walk *at, const hg_wrapping *wrapping, hg_drop drop)
{
    if (at->next.tunnel == HG_TUNNEL_IPIP && wrapping->number == PROTOCOL_IPV6 && at->packet->version == 4)
        at->next.tunnel = HG_TUNNEL_6IN4;
    if (at->next.tunnel == HG_TUNNEL_NONE) {
        if (at->packet->tunnel == HG_TUNNEL_NONE && hg_is_tag(wrapping->number)) /* open_ethernet leaves rare ones */
            at->packet->tunnel = HG_TUNNEL_SEGMENT;
        return drop;
    }
    if ((at->reads & HG_READ_TUNNELS) == 0 || at->tunnels == HG_MOST_TUNNELS)
        return HG_DROP_NOT_IP;
    note_tunnel(at);
    return drop;
}

/* Opens the headers of Ethernet and VLAN tags, the most frequent ones, without a look at the table. */
static void open_ethernet(walk *at)
{
    enum { TAG = 4, TYPE_IN_TAG = 2 };
    if (at->next.number != LINKTYPE_ETHERNET || at->view.captured < ETHERNET_HEADER) {
        if (at->next.number == LINKTYPE_LINUX_SLL2 || at->next.number == LINKTYPE_LINUX_SLL)
            at->packet->tunnel = HG_TUNNEL_SEGMENT;
        return;
    }
    uint32_t ethertype = hg_be16(at->view.data + ETHERTYPE_AT);
    hg_take(&at->view, ETHERNET_HEADER);
    while ((ethertype == ETHERTYPE_VLAN || ethertype == ETHERTYPE_QINQ) && at->view.captured >= TAG) {
        at->packet->tunnel = HG_TUNNEL_SEGMENT;
        ethertype = hg_be16(at->view.data + TYPE_IN_TAG);
        hg_take(&at->view, TAG);
    }
    hg_next_is_ethertype(&at->next, ethertype);
}

/* Opens wrappings up to an IP header. Their number need not be limited: each one consumes bytes of the frame, or is
 * followed by one that does, so the loop ends. */
static hg_drop open_wrappings(walk *at)
{
    hg_drop drop = HG_DROP_NONE;
    while (drop == HG_DROP_NONE && at->next.space != HG_SPACE_IP) {
        const hg_wrapping *wrapping = hg_wrapping_find(at->next.space, at->next.number);
        at->is_unknown = wrapping == NULL;
        if (wrapping == NULL)
            return at->next.space == HG_SPACE_LINKTYPE ? HG_DROP_UNSUPPORTED_LINKTYPE : HG_DROP_NOT_IP;
        drop = note_wrapping(at, wrapping, hg_wrapping_open(wrapping, &at->view, &at->next));
    }
    return drop;
}

/* Most frames have nothing around IP. */
static inline hg_drop open_to_ip(walk *at)
{
    return at->next.space == HG_SPACE_IP ? HG_DROP_NONE : open_wrappings(at);
}

static hg_drop parse_tcp(const hg_view *view, hg_packet *packet, uint8_t *has_stealth)
{
    const uint8_t *header = view->data;
    if (view->wire < HG_TCP_HEADER) /* the IP lengths leave no room for a TCP header */
        return HG_DROP_BAD_IP_HEADER;
    if (view->captured < HG_TCP_HEADER)
        return HG_DROP_TRUNCATED;
    uint32_t header_length = hg_tcp_header_length(header);
    if (header_length < HG_TCP_HEADER || header_length > view->wire)
        return HG_DROP_BAD_TCP_HEADER;
    if (header_length > view->captured)
        return HG_DROP_TRUNCATED;
    packet->type = header[TCP_FLAGS_AT] & HG_TYPE_FLAGS;
    packet->tcp = header;
    packet->source_port = hg_be16(header + TCP_SOURCE_AT);
    packet->destination_port = hg_be16(header + TCP_DESTINATION_AT);
    packet->seq = hg_be32(header + TCP_SEQ_AT);
    packet->options_length = (uint8_t)(header_length - HG_TCP_HEADER);
    packet->payload = view->wire - header_length;
    packet->header_bytes = (uint16_t)(packet->header_bytes + header_length);
    if (hg_type_is_usual(packet->type))
        return HG_DROP_NONE;
    if ((packet->type & ~HG_FIN) == 0)
        *has_stealth = 1;
    return packet->type == HG_FIN ? HG_DROP_NONE : HG_DROP_BAD_FLAGS;
}

/* Parses a UDP header: HG_PARSED_OTHER, or HG_DROP_NOT_TCP if it was not captured or states an invalid length. */
static hg_drop parse_udp(const hg_view *view, hg_packet *packet)
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
    return HG_PARSED_OTHER;
}

/* Parses a frame without IP whose protocol is known, or Neighbor Discovery, which is read in the same way. `ip`: the IP
 * header of Neighbor Discovery; otherwise the frame's data. */
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
    return HG_PARSED_OTHER;
}

/* ICMPv6 is read only if it is Neighbor Discovery, and ICMP if it names a router. */
static hg_drop parse_icmp(const hg_view *view, hg_packet *packet)
{
    enum { REDIRECT_4 = 5, ROUTER_4 = 9, FIRST_TYPE = 133, LAST_TYPE = 137 };
    const uint8_t type = view->captured == 0 ? 0 : view->data[0];
    if (packet->version == 4 ? type != REDIRECT_4 && type != ROUTER_4 : type < FIRST_TYPE || type > LAST_TYPE)
        return HG_DROP_NOT_TCP;
    return parse_link(view, packet->ip, HG_LINK_NEIGHBOR, packet);
}

/* Opens the wrapping that an IP payload of `protocol` is, with the result `*drop`. NULL: it is none, or is not to be
 * opened. */
static const hg_wrapping *open_payload(walk *at, uint8_t protocol, hg_drop *drop)
{
    if (protocol == PROTOCOL_TCP || (at->reads & HG_READ_TUNNELS) == 0)
        return NULL;
    if (protocol == PROTOCOL_UDP)
        return hg_wrapping_open_udp(&at->view, &at->next, drop);
    const hg_wrapping *wrapping = hg_wrapping_find(HG_SPACE_PROTOCOL, protocol);
    if (wrapping != NULL) {
        hg_next_is(&at->next, HG_SPACE_PROTOCOL, protocol);
        *drop = hg_wrapping_open(wrapping, &at->view, &at->next);
    }
    return wrapping;
}

/* Parses the IP header that the walk is at and, if it contains a tunnel, the packet inside. `*protocol` becomes the
 * protocol of the innermost packet: TCP, UDP, or outside tunnels ICMP and ICMPv6. */
static hg_drop parse_ip(walk *at, uint8_t *protocol)
{
    for (;;) {
        hg_drop drop = hg_ip_parse(&at->view, at->reads, at->packet, protocol);
        const hg_wrapping *wrapping = drop == HG_DROP_NONE ? open_payload(at, *protocol, &drop) : NULL;
        if (wrapping == NULL)
            return drop;
        at->has_ends = 1;
        drop = note_wrapping(at, wrapping, drop);
        if (drop == HG_DROP_NONE)
            drop = open_to_ip(at);
        if (drop != HG_DROP_NONE)
            return drop;
        at->reads &= ~(HG_READ_LINK | (at->tunnels == HG_MOST_TUNNELS ? HG_READ_TUNNELS : 0));
    }
}

/* Not inlined, so that hg_packet_parse needs no stack frame when it takes the shortcut. */
__attribute__((noinline)) hg_drop hg_layers_parse(const hg_frame *frame, hg_parsing *with, hg_packet *packet)
{
    walk at = begin(frame, with->reads, packet, with->layers);
    uint8_t protocol = PROTOCOL_TCP;
    open_ethernet(&at);
    hg_drop drop = open_to_ip(&at);
    const int is_link = at.next.space == HG_SPACE_ETHERTYPE || at.next.space == HG_SPACE_SNAP;
    if (drop == HG_DROP_NOT_IP && at.is_unknown && is_link && at.tunnels == 0 && (at.reads & HG_READ_LINK) != 0)
        return parse_link(&at.view, at.view.data, at.next.number, packet);
    if (drop != HG_DROP_NONE)
        return drop;
    if (at.tunnels != 0)
        at.reads &= ~HG_READ_LINK;
    drop = parse_ip(&at, &protocol);
    with->layers[at.tunnels].kind = HG_TUNNEL_NONE;
    if (drop != HG_DROP_NONE)
        return drop;
    if (protocol == PROTOCOL_TCP)
        return parse_tcp(&at.view, packet, &with->has_stealth);
    if (protocol != PROTOCOL_UDP) /* ICMP or ICMPv6: no others are wanted */
        return parse_icmp(&at.view, packet);
    return (at.reads & HG_READ_DATAGRAMS) != 0 ? parse_udp(&at.view, packet) : HG_DROP_NOT_TCP;
}

hg_drop hg_link_strip(uint32_t linktype, hg_view *view)
{
    hg_packet packet;
    hg_tunnel_layer layers[HG_MOST_TUNNELS];
    const hg_frame frame = {.data = view->data, .captured = view->captured, .wire = view->wire, .linktype = linktype};
    walk at = begin(&frame, HG_READ_TUNNELS, &packet, layers);
    hg_drop drop = open_to_ip(&at);
    *view = at.view;
    return drop;
}

static uint32_t key_of(uint32_t space, uint64_t number)
{
    return space << HG_LEFT_OUT_SPACE_SHIFT | (uint32_t)(number & HG_LEFT_OUT_NUMBER);
}

/* The port that names a datagram: that of a wrapping, otherwise the smaller one, which is usually the server's. */
static uint32_t port_of(const uint8_t *udp)
{
    const uint32_t source = hg_be16(udp + UDP_SOURCE_AT), destination = hg_be16(udp + UDP_DESTINATION_AT);
    const int is_sender = hg_wrapping_find(HG_SPACE_UDP, source) != NULL || source < destination;
    return is_sender && hg_wrapping_find(HG_SPACE_UDP, destination) == NULL ? source : destination;
}

uint32_t hg_left_out_key(const hg_frame *frame, int reads)
{
    hg_packet packet;
    hg_tunnel_layer layers[HG_MOST_TUNNELS];
    uint8_t protocol = PROTOCOL_TCP, has_stealth;
    walk at = begin(frame, (reads & HG_READ_TUNNELS) | HG_READ_DATAGRAMS, &packet, layers);
    hg_drop drop = open_to_ip(&at);
    if (drop == HG_DROP_NONE)
        drop = parse_ip(&at, &protocol);
    if (drop == HG_DROP_NONE && protocol == PROTOCOL_UDP && at.view.captured >= UDP_PORTS_END)
        return key_of(HG_SPACE_UDP, port_of(at.view.data));
    if (drop == HG_DROP_NONE) /* a whole segment is left out for its tunnel */
        drop = protocol == PROTOCOL_TCP ? parse_tcp(&at.view, &packet, &has_stealth) : HG_DROP_TRUNCATED;
    if (drop == HG_DROP_NONE)
        return key_of(HG_SPACE_IP, HG_DROP_FILTERED);
    const int is_unread = drop == HG_DROP_NOT_TCP || drop == HG_DROP_NOT_IP || drop == HG_DROP_UNSUPPORTED_LINKTYPE;
    if (drop == HG_DROP_NOT_TCP && at.next.space == HG_SPACE_IP)
        return protocol == PROTOCOL_UDP ? key_of(HG_SPACE_IP, HG_DROP_FRAGMENT) : key_of(HG_SPACE_PROTOCOL, protocol);
    if (!is_unread || at.next.space == HG_SPACE_IP)
        return key_of(HG_SPACE_IP, drop);
    const int is_llc = at.next.space == HG_SPACE_ETHERTYPE && at.next.number < ETHERTYPE_LEAST;
    return key_of(at.next.space, is_llc ? ETHERTYPE_LLC : at.next.number);
}

uint32_t hg_tunnels_trace(const hg_frame *frame, hg_tunnel_layer layers[HG_MOST_TUNNELS])
{
    hg_packet packet;
    uint8_t protocol = PROTOCOL_TCP;
    walk at = begin(frame, HG_READ_TUNNELS | HG_READ_DATAGRAMS | HG_READ_FRAGMENTS, &packet, layers);
    memset(layers, 0, HG_MOST_TUNNELS * sizeof *layers);
    if (open_to_ip(&at) == HG_DROP_NONE)
        (void)parse_ip(&at, &protocol);
    return at.tunnels;
}

enum { PLAIN_HEADERS = HG_IPV4_HEADER + HG_TCP_HEADER };

/* The shortcut for unfragmented IPv4 without options at offset `at`, and TCP with valid lengths and flags. All
 * conditions are in one branch, which is rarely mispredicted. 1: `packet` is filled. 0: the layers must parse the
 * frame. PLAIN_HEADERS bytes must be captured; `at` is constant in each call. */
static inline __attribute__((always_inline)) int parse_plain_ipv4(const hg_frame *frame, uint32_t at, hg_packet *packet)
{
    const uint8_t *ip = frame->data + at, *tcp = ip + HG_IPV4_HEADER;
    uint32_t total = hg_be16(ip + IPV4_LENGTH_AT);
    uint32_t tcp_length = hg_tcp_header_length(tcp);
    uint32_t type = tcp[TCP_FLAGS_AT] & HG_TYPE_FLAGS;
    uint32_t headers = HG_IPV4_HEADER + tcp_length;
    /* If a length is invalid, one of the differences is negative, so its highest bit is set. */
    uint32_t lacks = (frame->wire - at - total) | (tcp_length - HG_TCP_HEADER) | (total - headers) |
                     (frame->captured - at - headers);
    uint32_t odd = (lacks >> 31) | (ip[IPV4_IHL_AT] ^ (uint32_t)IPV4_PLAIN) |
                   ((hg_be32(ip + IPV4_FRAGMENT_AT) & IPV4_FRAGMENT_AND_PROTOCOL) ^ (uint32_t)PROTOCOL_TCP) |
                   !hg_type_is_usual(type);
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

/* The shortcut, for Ethernet without VLAN tags and for raw IP. */
static inline int parse_plain(const hg_frame *frame, hg_packet *packet)
{
    if (frame->linktype == LINKTYPE_ETHERNET)
        return frame->captured >= ETHERNET_HEADER + PLAIN_HEADERS &&
               hg_be16(frame->data + ETHERTYPE_AT) == ETHERTYPE_IPV4 &&
               parse_plain_ipv4(frame, ETHERNET_HEADER, packet);
    return frame->linktype == LINKTYPE_RAW && frame->captured >= PLAIN_HEADERS && parse_plain_ipv4(frame, 0, packet);
}

hg_drop hg_packet_parse(const hg_frame *frame, hg_parsing *with, hg_packet *packet)
{
    if (parse_plain(frame, packet))
        return HG_DROP_NONE;
    if (frame->linktype == HG_LINKTYPE_FILTERED)
        return HG_DROP_FILTERED;
    return hg_layers_parse(frame, with, packet);
}
