/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * tunnel.c - skips the headers of tunnels, and finds the innermost packet.
 *
 *     IP ─┬─▶ TCP, UDP
 *      ▲  └─▶ GRE, UDP, IP in IP ───────────┐
 *      └──── at most HG_MOST_TUNNELS times ─┘
 *
 * Tunnels: GRE (RFC 2784, 2890; routing of RFC 1701), ERSPAN over GRE, VXLAN (RFC 7348),
 * GENEVE (RFC 8926), GTP-U (3GPP TS 29.281) and Teredo (RFC 4380). The port determines the kind of a tunnel over UDP.
 * hg_is_udp_tunnel checks its first byte; the functions that skip headers check the rest.
 */
#include "packet/tunnel.h"

#include "packet/link.h"

/* The reason why fewer than `bytes` were captured: the capture cut the packet, or the packet is no such tunnel. */
static hg_drop short_drop(const hg_view *view, uint32_t bytes)
{
    return view->wire < bytes ? HG_DROP_NOT_TCP : HG_DROP_TRUNCATED;
}

/* Moves `view`, which is at content of this EtherType, to the IP header in it. */
static hg_drop strip_content(uint32_t ethertype, hg_view *view)
{
    if (ethertype == ETHERTYPE_ETHERNET)
        return hg_link_strip(LINKTYPE_ETHERNET, view);
    return hg_strip_ethertype(ethertype, view);
}

/* ---- GRE and ERSPAN -------------------------------------------------------------------------- */

/* The header: flags and version, the protocol, then the options that the flags announce. */
enum { GRE_HEADER = 4, GRE_FLAGS_AT = 0, GRE_PROTOCOL_AT = 2, GRE_OPTION = 4 };

enum {
    GRE_CHECKSUM = 0x8000,
    GRE_ROUTING = 0x4000,
    GRE_KEY = 0x2000,
    GRE_SEQUENCE = 0x1000,
    GRE_VERSION = 0x0007 /* PPTP has version 1 (RFC 2637) */
};

/* A source route entry: family, offset, length, then that many bytes. */
enum { ROUTE_ENTRY = 4, ROUTE_FAMILY_AT = 0, ROUTE_LENGTH_AT = 3, MAX_ROUTES = 16 };

/* ERSPAN. The version is the upper half of the first byte. The last two bytes of type III: P (1 bit),
 * frame type (5), hardware (6), direction (1), granularity (2), and whether 8 more bytes follow (1). */
enum { ERSPAN_VERSION_AT = 0, ERSPAN_2_HEADER = 8, ERSPAN_2_VERSION = 1 };
enum {
    ERSPAN_3_HEADER = 12,
    ERSPAN_3_VERSION = 2,
    ERSPAN_3_TYPE_AT = 10,
    ERSPAN_3_FLAGS_AT = 11,
    ERSPAN_3_MORE = 0x01,
    ERSPAN_3_SUBHEADER = 8,
    ERSPAN_3_ETHERNET = 0,
    ERSPAN_3_IP = 2
};

/* Skips the source route entries; the last one has family 0 and length 0. */
static hg_drop strip_routes(hg_view *view)
{
    for (int route = 0; route < MAX_ROUTES; route++) {
        const uint8_t *entry = view->data;
        if (!hg_take(view, ROUTE_ENTRY))
            return short_drop(view, ROUTE_ENTRY);
        uint32_t length = entry[ROUTE_LENGTH_AT];
        if (hg_be16(entry + ROUTE_FAMILY_AT) == 0 && length == 0)
            return HG_DROP_NONE;
        if (!hg_take(view, length))
            return short_drop(view, length);
    }
    return HG_DROP_BAD_LINK_HEADER;
}

/* Types I and II of ERSPAN share an EtherType. Only type II has GRE sequence numbers and its own header. */
static hg_drop strip_erspan(hg_view *view, int numbered)
{
    const uint8_t *header = view->data;
    if (numbered) {
        if (!hg_take(view, ERSPAN_2_HEADER))
            return short_drop(view, ERSPAN_2_HEADER);
        if (header[ERSPAN_VERSION_AT] >> 4 != ERSPAN_2_VERSION)
            return HG_DROP_NOT_TCP;
    }
    return hg_link_strip(LINKTYPE_ETHERNET, view);
}

static hg_drop strip_erspan_3(hg_view *view)
{
    const uint8_t *header = view->data;
    if (!hg_take(view, ERSPAN_3_HEADER))
        return short_drop(view, ERSPAN_3_HEADER);
    if (header[ERSPAN_VERSION_AT] >> 4 != ERSPAN_3_VERSION)
        return HG_DROP_NOT_TCP;
    if ((header[ERSPAN_3_FLAGS_AT] & ERSPAN_3_MORE) != 0 && !hg_take(view, ERSPAN_3_SUBHEADER))
        return short_drop(view, ERSPAN_3_SUBHEADER);
    switch (header[ERSPAN_3_TYPE_AT] >> 2 & 0x1F) {
    case ERSPAN_3_ETHERNET:
        return hg_link_strip(LINKTYPE_ETHERNET, view);
    case ERSPAN_3_IP:
        return HG_DROP_NONE;
    default:
        return HG_DROP_NOT_IP;
    }
}

/* Checksum and offset share one field, which is present if either is used. */
static uint32_t options_length(uint32_t flags)
{
    return ((flags & (GRE_CHECKSUM | GRE_ROUTING)) != 0 ? (uint32_t)GRE_OPTION : 0) +
           ((flags & GRE_KEY) != 0 ? (uint32_t)GRE_OPTION : 0) +
           ((flags & GRE_SEQUENCE) != 0 ? (uint32_t)GRE_OPTION : 0);
}

/* Moves `view` from a GRE header to the IP header inside. Sets `kind` of `layer`, and `network` if the tunnel has one. */
static hg_drop strip_gre(hg_view *view, hg_tunnel_layer *layer)
{
    const uint8_t *header = view->data;
    if (!hg_take(view, GRE_HEADER))
        return short_drop(view, GRE_HEADER);
    uint32_t flags = hg_be16(header + GRE_FLAGS_AT), protocol = hg_be16(header + GRE_PROTOCOL_AT);
    if ((flags & GRE_VERSION) != 0)
        return HG_DROP_NOT_TCP;
    uint32_t options = options_length(flags);
    if (!hg_take(view, options))
        return short_drop(view, options);
    if ((flags & GRE_KEY) != 0) /* it follows checksum and offset */
        layer->network = hg_be32(header + GRE_HEADER + ((flags & (GRE_CHECKSUM | GRE_ROUTING)) != 0 ? GRE_OPTION : 0));
    hg_drop drop = (flags & GRE_ROUTING) != 0 ? strip_routes(view) : HG_DROP_NONE;
    if (drop != HG_DROP_NONE)
        return drop;
    layer->kind = HG_TUNNEL_ERSPAN;
    if (protocol == ETHERTYPE_ERSPAN)
        return strip_erspan(view, (flags & GRE_SEQUENCE) != 0);
    if (protocol == ETHERTYPE_ERSPAN_3)
        return strip_erspan_3(view);
    layer->kind = HG_TUNNEL_GRE;
    return strip_content(protocol, view);
}

/* ---- over UDP -------------------------------------------------------------------------------- */

/* Lengths of headers, offsets into them, and expected values. */
enum { NETWORK_AT = 4 /* the network number of VXLAN and GENEVE, 24 bits */ };
enum {
    VXLAN_HEADER = 8,
    VXLAN_FLAGS_AT = 0,
    VXLAN_NEXT_AT = 3,
    VXLAN_GPE = 0x34,     /* version and the flag P */
    VXLAN_GPE_SET = 0x04, /* version 0, P */
    VXLAN_NEXT_IPV4 = 1,
    VXLAN_NEXT_IPV6 = 2
};
enum {
    GENEVE_HEADER = 8,
    GENEVE_OPTIONS_AT = 0, /* version (2 bits), length of the options in words (6) */
    GENEVE_OPTIONS = 0x3F,
    GENEVE_PROTOCOL_AT = 2
};
enum {
    GTPU_HEADER = 8,
    GTPU_FLAGS_AT = 0,
    GTPU_ANY_OPTION = 0x07,
    GTPU_EXTENSIONS = 0x04,
    GTPU_MESSAGE_AT = 1,
    GTPU_G_PDU = 255, /* the message that carries a packet */
    GTPU_LENGTH_AT = 2,
    GTPU_OPTIONS = 4, /* present if any of the three flags is set */
    GTPU_NEXT_AT = 11,
    GTPU_EXTENSION_LENGTH_AT = 0
};
enum {
    TEREDO_INDICATOR_AT = 0,
    TEREDO_INDICATOR = 2,
    TEREDO_ORIGIN = 0,
    TEREDO_ORIGIN_LENGTH = 8,
    TEREDO_AUTHENTICATION = 1,
    TEREDO_ID_LENGTH_AT = 2,
    TEREDO_VALUE_LENGTH_AT = 3,
    TEREDO_LENGTHS_END = 4,
    TEREDO_NONCE_AND_CONFIRMATION = 9
};

/* The IP version that a VXLAN-GPE header states (draft-ietf-nvo3-vxlan-gpe), or 0. */
static uint32_t vxlan_ip_version(const uint8_t *header)
{
    const uint8_t next = header[VXLAN_NEXT_AT];
    if ((header[VXLAN_FLAGS_AT] & VXLAN_GPE) != VXLAN_GPE_SET)
        return 0;
    return next == VXLAN_NEXT_IPV4 ? 4 : next == VXLAN_NEXT_IPV6 ? 6 : 0;
}

/* The header has eight bytes; an Ethernet frame follows. Reserved bits are ignored, as RFC 7348 requires, unless they
 * state IP (VXLAN-GPE) and an IP header follows. */
static hg_drop strip_vxlan(hg_view *view)
{
    const uint8_t *header = view->data;
    if (!hg_take(view, VXLAN_HEADER))
        return short_drop(view, VXLAN_HEADER);
    uint32_t version = vxlan_ip_version(header);
    if (version != 0 && view->captured > 0 && hg_ip_version(view) == version)
        return HG_DROP_NONE;
    return hg_link_strip(LINKTYPE_ETHERNET, view);
}

/* 1 if a VXLAN header follows the UDP header at `udp`, and everything up to an IP header inside was captured. Only the
 * version of that IP header is checked. */
static int vxlan_holds_ip(const hg_view *udp)
{
    hg_view view = *udp;
    return hg_take(&view, HG_UDP_HEADER) && strip_vxlan(&view) == HG_DROP_NONE && hg_expect_ip(&view) == HG_DROP_NONE;
}

int hg_may_be_tunnel(hg_tunnel tunnel, const hg_view *view)
{
    if (view->captured <= HG_UDP_HEADER)
        return 1;
    uint8_t first = view->data[HG_UDP_HEADER];
    switch (tunnel) {
    case HG_TUNNEL_VXLAN:
        return (first & 0x48) == 0x08 || ((first & 0x48) == 0x48 && vxlan_holds_ip(view));
    case HG_TUNNEL_GENEVE:
        return first >> 6 == 0;
    case HG_TUNNEL_GTPU:
        return first >> 4 == 3;
    default:
        return first == 0 || first >> 4 == 6;
    }
}

/* The header: version 0 and the length of the options, flags, EtherType, network, options. */
static hg_drop strip_geneve(hg_view *view)
{
    const uint8_t *header = view->data;
    if (!hg_take(view, GENEVE_HEADER))
        return short_drop(view, GENEVE_HEADER);
    uint32_t options = (header[GENEVE_OPTIONS_AT] & (uint32_t)GENEVE_OPTIONS) * 4;
    if (!hg_take(view, options))
        return short_drop(view, options);
    return strip_content(hg_be16(header + GENEVE_PROTOCOL_AT), view);
}

/* Skips the extensions. Each has its length in words, content, and the type of the next one (0: none). */
static hg_drop strip_gtpu_extensions(hg_view *view, uint8_t next)
{
    enum { MAX_EXTENSIONS = 8 };
    for (int count = 0; next != 0; count++) {
        if (count == MAX_EXTENSIONS)
            return HG_DROP_BAD_LINK_HEADER;
        const uint8_t *extension = view->data;
        if (view->captured < 1)
            return short_drop(view, 1);
        uint32_t length = extension[GTPU_EXTENSION_LENGTH_AT] * 4u;
        if (length == 0)
            return HG_DROP_NOT_TCP;
        if (!hg_take(view, length))
            return short_drop(view, length);
        next = extension[length - 1];
    }
    return HG_DROP_NONE;
}

/* The length field counts the bytes after the first eight. */
static hg_drop strip_gtpu(hg_view *view)
{
    const uint8_t *header = view->data;
    if (!hg_take(view, GTPU_HEADER))
        return short_drop(view, GTPU_HEADER);
    uint32_t length = hg_be16(header + GTPU_LENGTH_AT);
    if (header[GTPU_MESSAGE_AT] != GTPU_G_PDU || length > view->wire)
        return HG_DROP_NOT_TCP;
    hg_limit(view, length);
    if ((header[GTPU_FLAGS_AT] & GTPU_ANY_OPTION) != 0) {
        if (!hg_take(view, GTPU_OPTIONS))
            return short_drop(view, GTPU_OPTIONS);
        uint8_t next = (header[GTPU_FLAGS_AT] & GTPU_EXTENSIONS) != 0 ? header[GTPU_NEXT_AT] : 0;
        hg_drop drop = strip_gtpu_extensions(view, next);
        if (drop != HG_DROP_NONE)
            return drop;
    }
    return hg_expect_ip(view);
}

/* Skips two optional indications, in this order. Authentication: bytes 0 and 1, two length bytes, as many bytes
 * as their sum, a nonce of 8 bytes, a confirmation of 1 byte. Origin: bytes 0 and 0, a port, an address. */
static hg_drop strip_teredo(hg_view *view)
{
    const uint8_t *header = view->data;
    if (view->captured >= TEREDO_LENGTHS_END &&
        hg_be16(header + TEREDO_INDICATOR_AT) == TEREDO_AUTHENTICATION) {
        uint32_t length = TEREDO_LENGTHS_END + (uint32_t)header[TEREDO_ID_LENGTH_AT] +
                          header[TEREDO_VALUE_LENGTH_AT] + TEREDO_NONCE_AND_CONFIRMATION;
        if (!hg_take(view, length))
            return short_drop(view, length);
        header = view->data;
    }
    if (view->captured >= TEREDO_INDICATOR && hg_be16(header + TEREDO_INDICATOR_AT) == TEREDO_ORIGIN &&
        !hg_take(view, TEREDO_ORIGIN_LENGTH))
        return short_drop(view, TEREDO_ORIGIN_LENGTH);
    if (view->captured < 1)
        return short_drop(view, 1);
    return hg_ip_version(view) == 6 ? HG_DROP_NONE : HG_DROP_NOT_TCP;
}

/* As strip_gre, from the UDP header of a tunnel. */
static hg_drop strip_udp(hg_view *view, hg_tunnel_layer *layer)
{
    const uint8_t *header = view->data;
    if (view->captured < HG_UDP_HEADER)
        return short_drop(view, HG_UDP_HEADER);
    uint32_t length = hg_be16(header + UDP_LENGTH_AT);
    if (length < HG_UDP_HEADER || length > view->wire)
        return HG_DROP_NOT_TCP;
    hg_limit(view, length);
    hg_take(view, HG_UDP_HEADER);
    layer->kind = (uint8_t)hg_tunnel_of_ports(header);
    if ((layer->kind == HG_TUNNEL_VXLAN || layer->kind == HG_TUNNEL_GENEVE) && view->captured >= VXLAN_HEADER)
        layer->network = hg_be32(view->data + NETWORK_AT) >> 8;
    switch (layer->kind) {
    case HG_TUNNEL_VXLAN:
        return strip_vxlan(view);
    case HG_TUNNEL_GENEVE:
        return strip_geneve(view);
    case HG_TUNNEL_GTPU:
        return strip_gtpu(view);
    default:
        return strip_teredo(view);
    }
}

/* ---- the innermost packet ------------------------------------------------------------------------ */

/* Moves `view`, which is at the payload of an IP header of `version`, to the IP header inside. HG_DROP_NOT_TCP: the
 * payload is no tunnel. */
static hg_drop enter_tunnel(uint8_t protocol, uint8_t version, hg_view *view, hg_tunnel_layer *layer)
{
    switch (protocol) {
    case PROTOCOL_GRE:
        return strip_gre(view, layer);
    case PROTOCOL_UDP:
        return strip_udp(view, layer);
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
