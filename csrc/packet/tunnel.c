/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * tunnel.c - headers of tunnels in IP and UDP.
 *
 * GRE (RFC 2784, 2890; routing of RFC 1701) with ERSPAN, PPTP (RFC 2637) and MikroTik's EoIP; VXLAN (RFC 7348) and
 * VXLAN-GPE, GENEVE (RFC 8926), GTP-U (3GPP TS 29.281), Teredo (RFC 4380), L2TP (RFC 2661, 3931), LISP (RFC 9300),
 * CAPWAP (RFC 5415), TZSP, and HP's remote mirroring.
 */
#include "packet/tunnel.h"

#include "packet/link.h"

/* ---- GRE and ERSPAN -------------------------------------------------------------------------- */

/* The header: flags and version, the protocol, then the options that the flags announce. */
enum { GRE_HEADER = 4, GRE_FLAGS_AT = 0, GRE_PROTOCOL_AT = 2, GRE_OPTION = 4 };

enum {
    GRE_CHECKSUM = 0x8000,
    GRE_ROUTING = 0x4000,
    GRE_KEY = 0x2000,
    GRE_SEQUENCE = 0x1000,
    GRE_ACKNOWLEDGMENT = 0x0080, /* in version 1 */
    GRE_VERSION = 0x0007
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
            return hg_short_drop(view, ROUTE_ENTRY);
        uint32_t length = entry[ROUTE_LENGTH_AT];
        if (hg_be16(entry + ROUTE_FAMILY_AT) == 0 && length == 0)
            return HG_DROP_NONE;
        if (!hg_take(view, length))
            return hg_short_drop(view, length);
    }
    return HG_DROP_BAD_LINK_HEADER;
}

/* Types I and II of ERSPAN share an EtherType. Only type II has GRE sequence numbers and its own header. */
static hg_drop strip_erspan(hg_view *view, int numbered, hg_content *next)
{
    const uint8_t *header = view->data;
    next->tunnel = HG_TUNNEL_ERSPAN;
    if (numbered) {
        if (!hg_take(view, ERSPAN_2_HEADER))
            return hg_short_drop(view, ERSPAN_2_HEADER);
        if (header[ERSPAN_VERSION_AT] >> 4 != ERSPAN_2_VERSION)
            return HG_DROP_NOT_TCP;
    }
    return hg_next_is_ethernet(next);
}

static hg_drop strip_erspan_3(hg_view *view, hg_content *next)
{
    const uint8_t *header = view->data;
    next->tunnel = HG_TUNNEL_ERSPAN;
    if (!hg_take(view, ERSPAN_3_HEADER))
        return hg_short_drop(view, ERSPAN_3_HEADER);
    if (header[ERSPAN_VERSION_AT] >> 4 != ERSPAN_3_VERSION)
        return HG_DROP_NOT_TCP;
    if ((header[ERSPAN_3_FLAGS_AT] & ERSPAN_3_MORE) != 0 && !hg_take(view, ERSPAN_3_SUBHEADER))
        return hg_short_drop(view, ERSPAN_3_SUBHEADER);
    switch (header[ERSPAN_3_TYPE_AT] >> 2 & 0x1F) {
    case ERSPAN_3_ETHERNET:
        return hg_next_is_ethernet(next);
    case ERSPAN_3_IP:
        return hg_next_is(next, HG_SPACE_IP, 0);
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

/* Version 1: PPTP has a length and a call number, which differs for each direction, then two numbers; without the first
 * one it carries no data. EoIP has a length and the number of the tunnel. */
static hg_drop strip_gre_1(hg_view *view, uint32_t flags, uint32_t protocol, hg_content *next)
{
    enum { FIXED = 4, TUNNEL_AT = 2 };
    const uint8_t *header = view->data;
    const uint32_t numbers =
        options_length(flags & GRE_SEQUENCE) + ((flags & GRE_ACKNOWLEDGMENT) != 0 ? (uint32_t)GRE_OPTION : 0);
    if (!hg_take(view, FIXED + numbers))
        return hg_short_drop(view, FIXED + numbers);
    if (protocol == ETHERTYPE_EOIP && flags == (GRE_KEY | 1)) {
        next->tunnel = HG_TUNNEL_EOIP;
        next->network = hg_le16(header + TUNNEL_AT);
        return hg_next_is_ethernet(next);
    }
    next->tunnel = HG_TUNNEL_PPTP;
    hg_next_is(next, HG_SPACE_LINKTYPE, LINKTYPE_PPP);
    return protocol == ETHERTYPE_PPP && (flags & GRE_SEQUENCE) != 0 ? HG_DROP_NONE : HG_DROP_NOT_TCP;
}

hg_drop hg_strip_gre(hg_view *view, hg_content *next)
{
    const uint8_t *header = view->data;
    if (!hg_take(view, GRE_HEADER))
        return hg_short_drop(view, GRE_HEADER);
    uint32_t flags = hg_be16(header + GRE_FLAGS_AT), protocol = hg_be16(header + GRE_PROTOCOL_AT);
    if ((flags & GRE_VERSION) != 0)
        return (flags & GRE_VERSION) == 1 ? strip_gre_1(view, flags, protocol, next) : HG_DROP_NOT_TCP;
    uint32_t options = options_length(flags);
    if (!hg_take(view, options))
        return hg_short_drop(view, options);
    if ((flags & GRE_KEY) != 0) /* it follows checksum and offset */
        next->network = hg_be32(header + GRE_HEADER + ((flags & (GRE_CHECKSUM | GRE_ROUTING)) != 0 ? GRE_OPTION : 0));
    hg_drop drop = (flags & GRE_ROUTING) != 0 ? strip_routes(view) : HG_DROP_NONE;
    if (drop != HG_DROP_NONE)
        return drop;
    if (protocol == ETHERTYPE_ERSPAN)
        return strip_erspan(view, (flags & GRE_SEQUENCE) != 0, next);
    return protocol == ETHERTYPE_ERSPAN_3 ? strip_erspan_3(view, next) : hg_next_is_ethertype(next, protocol);
}

/* ---- L2TP -------------------------------------------------------------------------------------- */

/* Version 3. The session is followed by a cookie of 0, 4 or 8 bytes, and perhaps by 4 bytes for numbers; both ends know
 * their length. So the content shows where it begins: a frame of Ethernet, or of PPP, with IP. Session 0 is a control
 * message. */
hg_drop hg_strip_l2tp3(hg_view *view, hg_content *next)
{
    enum { SESSION = 4, STEP = 4, MOST = 12, FRAMED_PPP = 0xFF03 };
    const uint8_t *session = view->data;
    if (!hg_take(view, SESSION))
        return hg_short_drop(view, SESSION);
    for (uint32_t at = 0; hg_be32(session) != 0 && at <= MOST && at + STEP < view->captured; at += STEP) {
        const int is_ppp = hg_be16(view->data + at) == FRAMED_PPP && hg_holds_ip(view, at, LINKTYPE_PPP);
        if (!is_ppp && !hg_holds_ip(view, at, LINKTYPE_ETHERNET))
            continue;
        hg_take(view, at);
        return hg_next_is(next, HG_SPACE_LINKTYPE, is_ppp ? LINKTYPE_PPP : LINKTYPE_ETHERNET);
    }
    return HG_DROP_NOT_TCP;
}

/* Over UDP: flags and the version, then perhaps a length, the tunnel and session, perhaps two numbers, and an offset
 * with as many bytes of padding. */
hg_drop hg_strip_l2tp(hg_view *view, hg_content *next)
{
    enum { FLAGS = 2, CONTROL = 0x8000, LENGTH = 0x4000, NUMBERED = 0x0800, OFFSET = 0x0200, RESERVED = 0x34F0 };
    enum { VERSION = 0x000F, IDS = 4, RESERVED_3 = 2 };
    const uint8_t *header = view->data;
    if (!hg_take(view, FLAGS))
        return hg_short_drop(view, FLAGS);
    const uint32_t flags = hg_be16(header), version = flags & VERSION;
    if ((flags & (CONTROL | RESERVED)) != 0 || (version != 2 && version != 3))
        return HG_DROP_NOT_TCP;
    if (version == 3)
        return hg_take(view, RESERVED_3) ? hg_strip_l2tp3(view, next) : hg_short_drop(view, RESERVED_3);
    const uint32_t rest = IDS + ((flags & LENGTH) != 0 ? 2u : 0u) + ((flags & NUMBERED) != 0 ? 4u : 0u);
    const int has_offset = (flags & OFFSET) != 0;
    if (!hg_take(view, rest + (has_offset ? 2u : 0u)))
        return hg_short_drop(view, rest);
    if (has_offset && !hg_take(view, hg_be16(view->data - 2)))
        return HG_DROP_TRUNCATED;
    return hg_next_is(next, HG_SPACE_LINKTYPE, LINKTYPE_PPP);
}

/* ---- over UDP -------------------------------------------------------------------------------- */

/* Lengths of headers, offsets into them, and expected values. */
enum { NETWORK_AT = 4 /* the network number of VXLAN and GENEVE, 24 bits */, GPE_PORT = 4790 };
enum {
    VXLAN_HEADER = 8,
    VXLAN_FLAGS_AT = 0,
    VXLAN_NETWORK = 0x08, /* the network number is valid */
    QUIC_BIT = 0x40,
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

/* The network number of VXLAN and GENEVE, if it was captured. */
static uint32_t network_number(const hg_view *view)
{
    return view->captured < VXLAN_HEADER ? 0 : hg_be32(view->data + NETWORK_AT) >> 8;
}

/* An Ethernet frame follows the header, or in VXLAN-GPE what the header states. Reserved bits are ignored, as RFC 7348
 * requires. So on the port of VXLAN the header states IP only if an IP header follows. With the bit of QUIC packets,
 * only a frame with IP proves that the datagram is VXLAN. */
hg_drop hg_strip_vxlan(hg_view *view, hg_content *next)
{
    const uint8_t *header = view->data, flags = view->captured > 0 ? header[VXLAN_FLAGS_AT] : VXLAN_NETWORK;
    const int is_gpe_port = next->number == GPE_PORT, is_gpe = (flags & VXLAN_GPE) == VXLAN_GPE_SET;
    if ((flags & VXLAN_NETWORK) == 0)
        return HG_DROP_NOT_TCP;
    next->network = network_number(view);
    if (!hg_take(view, VXLAN_HEADER))
        return (flags & QUIC_BIT) != 0 ? HG_DROP_NOT_TCP : hg_short_drop(view, VXLAN_HEADER);
    const uint8_t stated = header[VXLAN_NEXT_AT];
    const uint32_t version = view->captured == 0 ? 0 : hg_ip_version(view);
    if (is_gpe && ((stated == VXLAN_NEXT_IPV4 && version == 4) || (stated == VXLAN_NEXT_IPV6 && version == 6)))
        return hg_next_is(next, HG_SPACE_IP, 0);
    if (is_gpe && is_gpe_port)
        return hg_next_is_numbered(next, stated);
    if ((flags & QUIC_BIT) != 0 && !hg_holds_ip(view, 0, LINKTYPE_ETHERNET))
        return HG_DROP_NOT_TCP;
    return hg_next_is_ethernet(next);
}

/* The header: version 0 and the length of the options, flags, EtherType, network, options. */
hg_drop hg_strip_geneve(hg_view *view, hg_content *next)
{
    const uint8_t *header = view->data;
    if (view->captured > 0 && header[GENEVE_OPTIONS_AT] >> 6 != 0)
        return HG_DROP_NOT_TCP;
    next->network = network_number(view);
    if (!hg_take(view, GENEVE_HEADER))
        return hg_short_drop(view, GENEVE_HEADER);
    uint32_t options = (header[GENEVE_OPTIONS_AT] & (uint32_t)GENEVE_OPTIONS) * 4;
    if (!hg_take(view, options))
        return hg_short_drop(view, options);
    return hg_next_is_ethertype(next, hg_be16(header + GENEVE_PROTOCOL_AT));
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
            return hg_short_drop(view, 1);
        uint32_t length = extension[GTPU_EXTENSION_LENGTH_AT] * 4u;
        if (length == 0)
            return HG_DROP_NOT_TCP;
        if (!hg_take(view, length))
            return hg_short_drop(view, length);
        next = extension[length - 1];
    }
    return HG_DROP_NONE;
}

/* The length field counts the bytes after the first eight. The first byte has version 1, and the bit that distinguishes
 * GTP from GTP'. */
hg_drop hg_strip_gtpu(hg_view *view, hg_content *next)
{
    const uint8_t *header = view->data;
    if (view->captured > 0 && header[GTPU_FLAGS_AT] >> 4 != 3)
        return HG_DROP_NOT_TCP;
    if (!hg_take(view, GTPU_HEADER))
        return hg_short_drop(view, GTPU_HEADER);
    uint32_t length = hg_be16(header + GTPU_LENGTH_AT);
    if (header[GTPU_MESSAGE_AT] != GTPU_G_PDU || length > view->wire)
        return HG_DROP_NOT_TCP;
    hg_limit(view, length);
    if ((header[GTPU_FLAGS_AT] & GTPU_ANY_OPTION) != 0) {
        if (!hg_take(view, GTPU_OPTIONS))
            return hg_short_drop(view, GTPU_OPTIONS);
        uint8_t next = (header[GTPU_FLAGS_AT] & GTPU_EXTENSIONS) != 0 ? header[GTPU_NEXT_AT] : 0;
        hg_drop drop = strip_gtpu_extensions(view, next);
        if (drop != HG_DROP_NONE)
            return drop;
    }
    const hg_drop drop = hg_expect_ip(view, next); /* sessions of 5G may carry Ethernet */
    return drop == HG_DROP_NOT_IP && hg_holds_ip(view, 0, LINKTYPE_ETHERNET) ? hg_next_is_ethernet(next) : drop;
}

/* Skips two optional indications, in this order. Authentication: bytes 0 and 1, two length bytes, as many bytes
 * as their sum, a nonce of 8 bytes, a confirmation of 1 byte. Origin: bytes 0 and 0, a port, an address. */
hg_drop hg_strip_teredo(hg_view *view, hg_content *next)
{
    const uint8_t *header = view->data;
    if (view->captured >= TEREDO_LENGTHS_END && hg_be16(header + TEREDO_INDICATOR_AT) == TEREDO_AUTHENTICATION) {
        uint32_t length = TEREDO_LENGTHS_END + (uint32_t)header[TEREDO_ID_LENGTH_AT] + header[TEREDO_VALUE_LENGTH_AT] +
                          TEREDO_NONCE_AND_CONFIRMATION;
        if (!hg_take(view, length))
            return hg_short_drop(view, length);
        header = view->data;
    }
    if (view->captured >= TEREDO_INDICATOR && hg_be16(header + TEREDO_INDICATOR_AT) == TEREDO_ORIGIN &&
        !hg_take(view, TEREDO_ORIGIN_LENGTH))
        return hg_short_drop(view, TEREDO_ORIGIN_LENGTH);
    if (view->captured < 1)
        return hg_short_drop(view, 1);
    hg_next_is(next, HG_SPACE_IP, 0);
    return hg_ip_version(view) == 6 ? HG_DROP_NONE : HG_DROP_NOT_TCP;
}

/* Flags, a nonce or map version, and an instance or status bits; then IP. */
hg_drop hg_strip_lisp(hg_view *view, hg_content *next)
{
    enum { LISP_HEADER = 8 };
    if (!hg_take(view, LISP_HEADER))
        return hg_short_drop(view, LISP_HEADER);
    return hg_expect_ip(view, next) == HG_DROP_NOT_IP ? HG_DROP_NOT_TCP : hg_expect_ip(view, next);
}

/* A preamble of version and type (1: DTLS), the length of the header in words, and flags: content in its own format
 * (802.11) instead of 802.3, fragment, and keep-alive. */
hg_drop hg_strip_capwap(hg_view *view, hg_content *next)
{
    enum { LEAST = 8, LENGTH_SHIFT = 19, LENGTH = 0x1F, WORD_FLAGS = 0xFFFFFF, NATIVE = 0x100, FRAGMENT = 0x80 };
    enum { KEEP_ALIVE = 0x08, VERSION_AND_DATA = 0x0F };
    const uint8_t *header = view->data;
    if (view->captured < LEAST)
        return hg_short_drop(view, LEAST);
    const uint32_t word = hg_be32(header) & WORD_FLAGS, length = (word >> LENGTH_SHIFT & LENGTH) * 4;
    if (header[0] != 0 || length < LEAST || (word & KEEP_ALIVE) != 0)
        return HG_DROP_NOT_TCP;
    if (!hg_take(view, length))
        return hg_short_drop(view, length);
    if ((word & FRAGMENT) != 0)
        return HG_DROP_FRAGMENT;
    if ((word & NATIVE) == 0)
        return hg_next_is_ethernet(next);
    const int is_data = view->captured > 0 && (view->data[0] & VERSION_AND_DATA) == 0x08;
    const int is_swapped = !is_data && view->captured > 1 && (view->data[1] & VERSION_AND_DATA) == 0x08;
    next->number = is_swapped ? HG_WIFI_SWAPPED : (uint32_t)LINKTYPE_IEEE802_11;
    return hg_strip_wifi(view, next);
}

/* HP ProCurve's encapsulated remote mirroring. */
hg_drop hg_strip_hp_erm(hg_view *view, hg_content *next)
{
    enum { ERM_HEADER = 12 };
    if (!hg_take(view, ERM_HEADER))
        return hg_short_drop(view, ERM_HEADER);
    return hg_holds_ip(view, 0, LINKTYPE_ETHERNET) ? hg_next_is_ethernet(next) : HG_DROP_NOT_TCP;
}

/* TaZmen Sniffer Protocol: version 1, a type below 2 for packets, what the content is, then tags: 0 is padding, 1 the
 * end, others have a length. */
hg_drop hg_strip_tzsp(hg_view *view, hg_content *next)
{
    enum { FIXED = 4, VERSION = 1, SENT = 1, CONTENT_AT = 2, PADDING = 0, END = 1 };
    static const uint8_t LINKTYPES[128] = {[1] = LINKTYPE_ETHERNET,
                                           [2] = 6,
                                           [3] = 8,
                                           [4] = LINKTYPE_PPP,
                                           [5] = 10,
                                           [7] = LINKTYPE_RAW,
                                           [18] = LINKTYPE_IEEE802_11,
                                           [119] = LINKTYPE_IEEE802_11_PRISM,
                                           [127] = LINKTYPE_IEEE802_11_AVS};
    const uint8_t *header = view->data;
    if (!hg_take(view, FIXED))
        return hg_short_drop(view, FIXED);
    if (header[0] != VERSION || header[1] > SENT)
        return HG_DROP_NOT_TCP;
    for (uint8_t tag = PADDING; tag != END;) {
        const uint8_t *at = view->data;
        if (!hg_take(view, 1))
            return hg_short_drop(view, 1);
        tag = at[0];
        if (tag > END && (!hg_take(view, 1) || !hg_take(view, at[1])))
            return hg_short_drop(view, 1);
    }
    const uint32_t content = hg_be16(header + CONTENT_AT);
    if (content >= sizeof LINKTYPES || LINKTYPES[content] == 0)
        return HG_DROP_NOT_IP;
    return hg_next_is(next, HG_SPACE_LINKTYPE, LINKTYPES[content]);
}
