/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * link.c - headers of links, and the headers between them and IP; who sent a frame.
 *
 * https://www.tcpdump.org/linktypes.html describes the headers of links.
 */
#include "packet/link.h"

#include "packet/headers.h"

/* ---- headers after an EtherType -------------------------------------------------------------- */

/* PPPoE (RFC 2516): version and type, code, session, length. */
enum { PPPOE_HEADER = 6, PPPOE_VERSION_AT = 0, PPPOE_CODE_AT = 1, PPPOE_VERSION = 0x11, PPPOE_SESSION = 0 };

/* Cisco Metadata, which carries the security group of TrustSec: version, length, options, an EtherType. */
enum {
    METADATA_VERSION_AT = 0,
    METADATA_LENGTH_AT = 1,
    METADATA_OPTIONS_AT = 2,
    METADATA_VERSION = 1,
    METADATA_UNIT = 8
};

/* Whether an IP header that may begin at `view` states exactly the length of the rest. */
static int fills_ip(const hg_view *view)
{
    if (view->captured < HG_IPV4_HEADER)
        return 0;
    const uint32_t length = hg_ip_version(view) == 6 ? HG_IPV6_HEADER + hg_be16(view->data + IPV6_LENGTH_AT)
                                                     : hg_be16(view->data + IPV4_LENGTH_AT);
    return length == view->wire;
}

/* Labels do not state their content. The first half byte decides as an IP version (RFC 4928); 0 begins a control word
 * before Ethernet, or a MAC. A MAC may also begin with 4 or 6: then the length of the supposed IP packet, or the
 * frame's EtherType, decides. */
hg_drop hg_strip_mpls(hg_view *view, hg_content *next)
{
    enum { CONTROL_WORD = 4 }; /* RFC 4385 */
    if (!hg_skip_labels(view))
        return HG_DROP_TRUNCATED;
    const hg_drop drop = hg_expect_ip(view, next);
    if (drop == HG_DROP_NONE && fills_ip(view))
        return drop;
    const int has_word =
        drop == HG_DROP_NOT_IP && hg_ip_version(view) == 0 && hg_holds_ip(view, CONTROL_WORD, LINKTYPE_ETHERNET);
    if (!has_word && !hg_holds_ip(view, 0, LINKTYPE_ETHERNET))
        return drop;
    if (has_word)
        hg_take(view, CONTROL_WORD);
    next->tunnel = HG_TUNNEL_MPLS;
    return hg_next_is_ethernet(next);
}

/* Version and type are 1; code 0 marks the data of a session (RFC 2516 section 4). */
hg_drop hg_strip_pppoe(hg_view *view, hg_content *next)
{
    const uint8_t *header = view->data;
    if (!hg_take(view, PPPOE_HEADER))
        return HG_DROP_TRUNCATED;
    if (header[PPPOE_VERSION_AT] != PPPOE_VERSION)
        return HG_DROP_BAD_LINK_HEADER;
    return header[PPPOE_CODE_AT] == PPPOE_SESSION ? hg_strip_ppp(view, next) : HG_DROP_NOT_IP;
}

/* After organisation 0, SNAP has an EtherType (RFC 1042); after any other, a protocol number of that organisation. The
 * number of `next` is the one in place of the EtherType. In 802.3 it counts the bytes of data, after which padding may
 * follow. Linux cooked headers have a small constant there, which is no length. IPv4 may follow LLC without SNAP. */
hg_drop hg_strip_llc(hg_view *view, hg_content *next)
{
    enum { LLC_HEADER = 3, LLC_IP = 0x0606, LLC_UNNUMBERED = 0x03 };
    const uint8_t *header = view->data;
    const uint32_t wire = view->wire, length = (uint32_t)next->number;
    if (view->captured >= LLC_HEADER && hg_be16(header) == LLC_IP && header[2] == LLC_UNNUMBERED) {
        hg_take(view, LLC_HEADER);
        return hg_next_is(next, HG_SPACE_IP, ETHERTYPE_IPV4);
    }
    if (!hg_take(view, SNAP_HEADER))
        return HG_DROP_TRUNCATED;
    if (hg_be32(header) >> 8 != SNAP_PREFIX)
        return HG_DROP_NOT_IP;
    const uint32_t protocol = hg_be16(header + SNAP_TYPE_AT);
    const uint64_t organisation = hg_be32(header + SNAP_ORGANISATION_AT) >> 8;
    if (organisation == 0)
        return hg_next_is_ethertype(next, protocol);
    if (length > SNAP_HEADER && length < wire)
        hg_limit(view, length - SNAP_HEADER);
    return hg_next_is(next, HG_SPACE_SNAP, organisation << 16 | protocol);
}

/* The length counts units of 8 bytes, from the version to the end of the EtherType after the options. */
hg_drop hg_strip_metadata(hg_view *view, hg_content *next)
{
    const uint8_t *header = view->data;
    if (view->captured < METADATA_OPTIONS_AT)
        return HG_DROP_TRUNCATED;
    uint32_t length = header[METADATA_LENGTH_AT] * (uint32_t)METADATA_UNIT;
    if (header[METADATA_VERSION_AT] != METADATA_VERSION || length == 0)
        return HG_DROP_BAD_LINK_HEADER;
    if (!hg_take(view, length))
        return HG_DROP_TRUNCATED;
    return hg_next_is_ethertype(next, hg_be16(header + length - 2));
}

/* Version 2 of WCCP has a header of four bytes before IP (draft-mclaggan-wccp-v2rev1, 4.12); version 1 has none. */
hg_drop hg_strip_wccp(hg_view *view, hg_content *next)
{
    enum { WCCP_HEADER = 4 };
    const hg_drop drop = hg_expect_ip(view, next);
    return drop == HG_DROP_NOT_IP && hg_take(view, WCCP_HEADER) ? hg_expect_ip(view, next) : drop;
}

/* MACsec (IEEE 802.1AE, 9.3): flags, short length, packet number, and with SC the channel. An integrity check value
 * follows the content. */
hg_drop hg_strip_macsec(hg_view *view, hg_content *next)
{
    enum { TAG = 6, CHANNEL = 8, HAS_CHANNEL = 0x20, ENCRYPTED = 0x08, CHANGED = 0x04 };
    const uint8_t *tag = view->data;
    if (!hg_take(view, TAG))
        return HG_DROP_TRUNCATED;
    if ((tag[0] & (ENCRYPTED | CHANGED)) != 0)
        return HG_DROP_ENCRYPTED;
    if ((tag[0] & HAS_CHANNEL) != 0 && !hg_take(view, CHANNEL))
        return HG_DROP_TRUNCATED;
    const uint8_t *ethertype = view->data;
    return hg_take(view, 2) ? hg_next_is_ethertype(next, hg_be16(ethertype)) : HG_DROP_TRUNCATED;
}

/* Provider Backbone Bridges (IEEE 802.1Q, 9.7): flags, 24 bits of the service's number, then the customer's frame. */
hg_drop hg_strip_pbb(hg_view *view, hg_content *next)
{
    enum { TAG = 4, SERVICE = 0xFFFFFF };
    const uint8_t *tag = view->data;
    if (!hg_take(view, TAG))
        return HG_DROP_TRUNCATED;
    next->network = hg_be32(tag) & SERVICE;
    return hg_next_is_ethernet(next);
}

hg_drop hg_next_is_numbered(hg_content *next, uint8_t protocol)
{
    static const uint16_t ETHERTYPES[] = {
        [1] = ETHERTYPE_IPV4, [2] = ETHERTYPE_IPV6, [4] = ETHERTYPE_NSH, [5] = ETHERTYPE_MPLS};
    enum { ETHERNET = 3 };
    if (protocol == ETHERNET)
        return hg_next_is_ethernet(next);
    if (protocol >= sizeof ETHERTYPES / sizeof *ETHERTYPES || ETHERTYPES[protocol] == 0)
        return HG_DROP_NOT_IP;
    return hg_next_is_ethertype(next, ETHERTYPES[protocol]);
}

/* NSH (RFC 8300, 2.2): version, flags, TTL and the length in words, the type of the metadata, a protocol. */
hg_drop hg_strip_nsh(hg_view *view, hg_content *next)
{
    enum { LEAST = 8, VERSION_SHIFT = 6, LENGTH = 0x3F, PROTOCOL_AT = 3 };
    const uint8_t *header = view->data;
    if (view->captured < LEAST)
        return HG_DROP_TRUNCATED;
    const uint32_t length = (hg_be16(header) & (uint32_t)LENGTH) * 4;
    if (header[0] >> VERSION_SHIFT != 0 || length < LEAST)
        return HG_DROP_BAD_LINK_HEADER;
    return hg_take(view, length) ? hg_next_is_numbered(next, header[PROTOCOL_AT]) : HG_DROP_TRUNCATED;
}

/* Arista's time stamp: subtype 1, a version with the size in its lower byte (0x10: 8 bytes, 0x20: 6), the time. */
hg_drop hg_strip_arista(hg_view *view, hg_content *next)
{
    enum { FIXED = 4, SUBTYPE = 1, SIZE_AT = 3, LONG = 0x10, SHORT = 0x20 };
    const uint8_t *header = view->data;
    if (!hg_take(view, FIXED))
        return HG_DROP_TRUNCATED;
    if (hg_be16(header) != SUBTYPE || (header[SIZE_AT] != LONG && header[SIZE_AT] != SHORT))
        return HG_DROP_NOT_IP;
    const uint32_t stamp = header[SIZE_AT] == LONG ? 8 : 6;
    return hg_take(view, stamp + 2) ? hg_next_is_ethertype(next, hg_be16(header + FIXED + stamp)) : HG_DROP_TRUNCATED;
}

/* ---- headers of links ------------------------------------------------------------------------------ */

/* PPP in HDLC framing (RFC 1662), and Cisco's HDLC. */
enum { HDLC_ADDRESS_AT = 0, PPP_FRAMING = 2, PPP_ADDRESS_CONTROL = 0xFF03 };
enum { CISCO_HEADER = 4, CISCO_UNICAST = 0x0F, CISCO_MULTICAST = 0x8F };

/* The header of NULL and LOOP: an address family. */
enum { FAMILY_BYTES = 4 };

/* The header of OpenBSD's pf log. */
enum { PFLOG_LENGTH_AT = 0, PFLOG_FAMILY_AT = 1, PFLOG_LEAST_LENGTH = 45 };

/* RFC 3518: flags, and the kind of frame. Padding and a checksum may follow it. */
static hg_drop strip_bridged_ppp(hg_view *view, hg_content *next)
{
    enum { FIXED = 2, ETHERNET = 1 };
    const uint8_t *header = view->data;
    if (!hg_take(view, FIXED))
        return HG_DROP_TRUNCATED;
    return header[1] == ETHERNET ? hg_next_is_ethernet(next) : HG_DROP_NOT_IP;
}

/* RFC 1990: bits of the first and of the last fragment, and a number of 24 bits; then PPP from its protocol on. */
static hg_drop strip_multilink(hg_view *view, hg_content *next)
{
    enum { FIXED = 4, WHOLE = 0xC0 };
    const uint8_t *header = view->data;
    if (!hg_take(view, FIXED))
        return HG_DROP_TRUNCATED;
    return (header[0] & WHOLE) == WHOLE ? hg_next_is(next, HG_SPACE_LINKTYPE, LINKTYPE_PPP) : HG_DROP_FRAGMENT;
}

/* Address and control bytes are present unless both ends agreed to omit them. The protocol field is one byte when
 * compressed (its low bit set, RFC 1661 section 2). */
hg_drop hg_strip_ppp(hg_view *view, hg_content *next)
{
    if (view->captured >= PPP_FRAMING && hg_be16(view->data) == PPP_ADDRESS_CONTROL)
        hg_take(view, PPP_FRAMING);
    const uint8_t *field = view->data;
    if (view->captured < 1 || !hg_take(view, (field[0] & 1) != 0 ? 1 : 2))
        return HG_DROP_TRUNCATED;
    const uint32_t protocol = (field[0] & 1) != 0 ? field[0] : hg_be16(field);
    hg_next_is(next, protocol == PPP_IPV4 || protocol == PPP_IPV6 ? HG_SPACE_IP : HG_SPACE_PPP, protocol);
    switch (protocol) {
    case PPP_MPLS:
    case PPP_MPLS_MULTICAST:
        return hg_next_is(next, HG_SPACE_ETHERTYPE, ETHERTYPE_MPLS);
    case PPP_BRIDGED:
        return strip_bridged_ppp(view, next);
    case PPP_MULTILINK:
        return strip_multilink(view, next);
    default:
        return HG_DROP_NONE;
    }
}

/* pppd puts the direction in place of the address byte. */
hg_drop hg_strip_pppd(hg_view *view, hg_content *next)
{
    if (view->captured >= PPP_FRAMING && view->data[1] == (PPP_ADDRESS_CONTROL & 0xFF))
        hg_take(view, PPP_FRAMING);
    return hg_strip_ppp(view, next);
}

/* Cisco HDLC and PPP share their link types; the address, which is no protocol of PPP, distinguishes them. */
hg_drop hg_strip_hdlc(hg_view *view, hg_content *next)
{
    if (view->captured >= CISCO_HEADER &&
        (view->data[HDLC_ADDRESS_AT] == CISCO_UNICAST || view->data[HDLC_ADDRESS_AT] == CISCO_MULTICAST))
        return hg_next_is(next, HG_SPACE_LINKTYPE, LINKTYPE_C_HDLC);
    return hg_strip_ppp(view, next);
}

/* IPv4 is 2 everywhere; IPv6 is 10 on Linux, and 24, 28 or 30 on the BSDs and macOS. */
static hg_drop next_is_family(hg_content *next, uint32_t family)
{
    hg_next_is(next, HG_SPACE_IP, family);
    const int is_ip = family == 2 || family == 10 || family == 24 || family == 28 || family == 30;
    return is_ip ? HG_DROP_NONE : HG_DROP_NOT_IP;
}

/* NULL has the address family in the byte order of the capturing host, LOOP in network order. */
hg_drop hg_strip_address_family(hg_view *view, hg_content *next)
{
    const uint8_t *header = view->data;
    if (!hg_take(view, FAMILY_BYTES))
        return HG_DROP_TRUNCATED;
    uint32_t family = hg_le32(header);
    return next_is_family(next, family > 0xFFFF ? hg_be32(header) : family);
}

/* A pseudo-header of direction and compression, which some programs omit. */
hg_drop hg_strip_slip(hg_view *view, hg_content *next)
{
    enum { SLIP_HEADER = 16 };
    const hg_drop drop = hg_expect_ip(view, next);
    return drop == HG_DROP_NOT_IP && hg_take(view, SLIP_HEADER) ? hg_expect_ip(view, next) : drop;
}

/* The header begins with its length (without padding) and the address family. Every version since 2002
 * has the 45 bytes up to the direction, and padding to whole words. */
hg_drop hg_strip_pflog(hg_view *view, hg_content *next)
{
    const uint8_t *header = view->data;
    if (view->captured <= PFLOG_FAMILY_AT)
        return HG_DROP_TRUNCATED;
    if (header[PFLOG_LENGTH_AT] < PFLOG_LEAST_LENGTH)
        return HG_DROP_BAD_LINK_HEADER;
    if (!hg_take(view, (header[PFLOG_LENGTH_AT] + 3u) & ~3u))
        return HG_DROP_TRUNCATED;
    return next_is_family(next, header[PFLOG_FAMILY_AT]);
}

/* Cooked headers state the kind of the interface. The frames of some kinds begin with a header of their own, and the
 * protocol field has another meaning. */
static uint32_t cooked_linktype(uint32_t hardware)
{
    switch (hardware) { /* ARPHRD_ numbers of Linux */
    case 770:
        return LINKTYPE_FRELAY;
    case 801:
        return LINKTYPE_IEEE802_11;
    case 802:
        return LINKTYPE_IEEE802_11_PRISM;
    case 803:
        return LINKTYPE_IEEE802_11_RADIOTAP;
    default:
        return LINKTYPE_NULL;
    }
}

hg_drop hg_strip_cooked(hg_view *view, hg_content *next)
{
    enum { COOKED_ETHERNET = 3, COOKED_PPP = 7 };
    const int is_first = next->number == LINKTYPE_LINUX_SLL;
    const uint8_t *header = view->data;
    if (!hg_take(view, is_first ? SLL_HEADER : SLL2_HEADER))
        return HG_DROP_TRUNCATED;
    const uint32_t own = cooked_linktype(hg_be16(header + (is_first ? SLL_HARDWARE_AT : SLL2_HARDWARE_AT)));
    if (own != LINKTYPE_NULL)
        return hg_next_is(next, HG_SPACE_LINKTYPE, own);
    const uint32_t protocol = hg_be16(header + (is_first ? SLL_TYPE_AT : SLL2_TYPE_AT));
    if (protocol == COOKED_ETHERNET)
        return hg_next_is_ethernet(next);
    if (protocol == COOKED_PPP)
        return hg_next_is(next, HG_SPACE_LINKTYPE, LINKTYPE_PPP);
    return hg_next_is_ethertype(next, protocol);
}

/* macOS: the length of the header, the type of the record (1: a packet), the link type of what follows, and more. */
hg_drop hg_strip_pktap(hg_view *view, hg_content *next)
{
    enum { TYPE_AT = 4, LINKTYPE_AT = 8, LEAST = 12, PACKET = 1 };
    const uint8_t *header = view->data;
    if (view->captured < LEAST)
        return HG_DROP_TRUNCATED;
    const uint32_t length = hg_le32(header), linktype = hg_le32(header + LINKTYPE_AT);
    if (length < LEAST || hg_le32(header + TYPE_AT) != PACKET)
        return HG_DROP_BAD_LINK_HEADER;
    hg_next_is(next, HG_SPACE_LINKTYPE, linktype);
    return hg_take(view, length) ? HG_DROP_NONE : HG_DROP_TRUNCATED;
}

/* Endace's records: a time stamp, the type with a flag for extension headers (8 bytes each), flags, three lengths. The
 * types of Ethernet have two more bytes, those of several channels four. */
hg_drop hg_strip_erf(hg_view *view, hg_content *next)
{
    enum { RECORD = 16, TYPE_AT = 8, MORE = 0x80, EXTENSION = 8 };
    static const uint8_t ETHERNET[] = {2, 11, 16, 20}, HDLC[] = {1, 10, 15, 19}, CHANNELS[] = {5, 17};
    const uint8_t *header = view->data;
    if (!hg_take(view, RECORD))
        return HG_DROP_TRUNCATED;
    const uint8_t type = header[TYPE_AT] & (uint8_t)~MORE;
    for (uint8_t more = header[TYPE_AT]; (more & MORE) != 0;) {
        const uint8_t *extension = view->data;
        if (!hg_take(view, EXTENSION))
            return HG_DROP_TRUNCATED;
        more = extension[0];
    }
    if (memchr(ETHERNET, type, sizeof ETHERNET) != NULL)
        return hg_take(view, 2) ? hg_next_is_ethernet(next) : HG_DROP_TRUNCATED;
    const int has_channel = memchr(CHANNELS, type, sizeof CHANNELS) != NULL;
    if (has_channel && !hg_take(view, 4))
        return HG_DROP_TRUNCATED;
    if (has_channel || memchr(HDLC, type, sizeof HDLC) != NULL)
        return hg_next_is(next, HG_SPACE_LINKTYPE, LINKTYPE_PPP_HDLC);
    hg_next_is(next, HG_SPACE_IP, type);
    return type == 22 || type == 23 ? HG_DROP_NONE : HG_DROP_NOT_IP; /* IPv4, IPv6 */
}

/* Linux's netfilter log: family, version, resource, then attributes of a length (with its own four bytes, without the
 * padding to whole words), a type and a value, in the byte order of the capturing host. */
hg_drop hg_strip_nflog(hg_view *view, hg_content *next)
{
    enum { FIXED = 4, ATTRIBUTE = 4, TYPE = 0x7FFF, PAYLOAD = 9, KNOWN = 256 };
    if (!hg_take(view, FIXED))
        return HG_DROP_TRUNCATED;
    while (view->captured >= ATTRIBUTE) {
        const uint8_t *attribute = view->data;
        const int is_little = (hg_le16(attribute + 2) & TYPE) < KNOWN;
        const uint32_t length = is_little ? hg_le16(attribute) : hg_be16(attribute);
        const uint32_t type = (is_little ? hg_le16(attribute + 2) : hg_be16(attribute + 2)) & (uint32_t)TYPE;
        if (length < ATTRIBUTE)
            return HG_DROP_BAD_LINK_HEADER;
        hg_take(view, ATTRIBUTE);
        if (type == PAYLOAD)
            return hg_expect_ip(view, next);
        if (!hg_take(view, ((length + 3) & ~3u) - ATTRIBUTE))
            return HG_DROP_TRUNCATED;
    }
    return HG_DROP_TRUNCATED;
}
