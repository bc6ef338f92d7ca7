/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * link.c - link headers: where the IP header begins, and who sent the frame.
 *
 * https://www.tcpdump.org/linktypes.html describes the headers.
 */
#include "packet/link.h"

/* PPP in HDLC framing (RFC 1662), and Cisco's HDLC. */
enum { HDLC_ADDRESS_AT = 0, HDLC_CONTROL_AT = 1, PPP_FRAMING = 2, PPP_ADDRESS = 0xFF, PPP_CONTROL = 0x03 };
enum { CISCO_HEADER = 4, CISCO_TYPE_AT = 2, CISCO_UNICAST = 0x0F, CISCO_MULTICAST = 0x8F };

/* The two versions of the Linux cooked header, which replaces the link's own header in a capture. */
enum { SLL_HEADER = 16, SLL_TYPE_AT = 14, SLL2_HEADER = 20, SLL2_TYPE_AT = 0 };

/* The header of NULL and LOOP: an address family. */
enum { FAMILY_BYTES = 4 };

/* The header of OpenBSD's pf log. */
enum { PFLOG_LENGTH_AT = 0, PFLOG_FAMILY_AT = 1, PFLOG_LEAST_LENGTH = 45 };

/* FDDI: frame control, whose upper half is 0101 for LLC frames with long addresses, and two addresses. */
enum { FDDI_HEADER = 13, FDDI_CONTROL_AT = 0, FDDI_CLASS = 0xF0, FDDI_LLC = 0x50 };

/* ---- headers after an EtherType -------------------------------------------------------------- */

/* A label of MPLS (RFC 3032). */
enum { MPLS_LABEL = 4, MPLS_BOTTOM_AT = 2, MPLS_BOTTOM = 0x01 };

/* PPPoE (RFC 2516): version and type, code, session, length. */
enum { PPPOE_HEADER = 6, PPPOE_VERSION_AT = 0, PPPOE_CODE_AT = 1, PPPOE_VERSION = 0x11, PPPOE_SESSION = 0 };

/* LLC and SNAP: three constant bytes, an organisation, an EtherType. */
enum { SNAP_HEADER = 8, SNAP_ORGANISATION_AT = 3, SNAP_TYPE_AT = 6 };

/* Cisco Metadata, which carries the security group of TrustSec: version, length, options, an EtherType. */
enum {
    METADATA_VERSION_AT = 0,
    METADATA_LENGTH_AT = 1,
    METADATA_OPTIONS_AT = 2,
    METADATA_VERSION = 1,
    METADATA_UNIT = 8
};

/* A tag of IEEE 802.1Q or 802.1ad. */
enum { TAG_BYTES = 4, TAG_TYPE_AT = 2 };

hg_drop hg_expect_ip(const hg_view *view)
{
    if (view->captured == 0)
        return HG_DROP_TRUNCATED;
    uint32_t version = hg_ip_version(view);
    return version == 4 || version == 6 ? HG_DROP_NONE : HG_DROP_NOT_IP;
}

/* MPLS labels do not state their content: the first half byte after them decides, as an IP version (RFC 4928). */
static hg_drop strip_mpls(hg_view *view)
{
    for (;;) {
        const uint8_t *label = view->data;
        if (!hg_take(view, MPLS_LABEL))
            return HG_DROP_TRUNCATED;
        if ((label[MPLS_BOTTOM_AT] & MPLS_BOTTOM) != 0)
            return hg_expect_ip(view);
    }
}

/* The protocol field of PPP is one byte when compressed (its low bit set, RFC 1661 section 2). */
static hg_drop strip_ppp(hg_view *view)
{
    const uint8_t *field = view->data;
    if (view->captured < 1 || !hg_take(view, (field[0] & 1) != 0 ? 1 : 2))
        return HG_DROP_TRUNCATED;
    const uint32_t protocol = (field[0] & 1) != 0 ? field[0] : hg_be16(field);
    if (protocol == PPP_MPLS)
        return strip_mpls(view);
    return protocol == PPP_IPV4 || protocol == PPP_IPV6 ? HG_DROP_NONE : HG_DROP_NOT_IP;
}

/* Version and type are 1; code 0 marks the data of a session (RFC 2516 section 4). */
static hg_drop strip_pppoe(hg_view *view)
{
    const uint8_t *header = view->data;
    if (!hg_take(view, PPPOE_HEADER))
        return HG_DROP_TRUNCATED;
    if (header[PPPOE_VERSION_AT] != PPPOE_VERSION)
        return HG_DROP_BAD_LINK_HEADER;
    return header[PPPOE_CODE_AT] == PPPOE_SESSION ? strip_ppp(view) : HG_DROP_NOT_IP;
}

/* After organisation 0, SNAP has an EtherType (RFC 1042); after any other, a protocol number of that organisation. */
static hg_drop take_snap(hg_view *view, uint32_t *ethertype)
{
    static const uint8_t SNAP[SNAP_ORGANISATION_AT] = {0xAA, 0xAA, 0x03};
    const uint8_t *header = view->data;
    if (!hg_take(view, SNAP_HEADER))
        return HG_DROP_TRUNCATED;
    if (memcmp(header, SNAP, sizeof SNAP) != 0)
        return HG_DROP_NOT_IP;
    *ethertype = hg_be16(header + SNAP_TYPE_AT);
    const uint32_t organisation = hg_be32(header + SNAP_ORGANISATION_AT) >> 8;
    if (organisation == 0)
        return HG_DROP_NONE;
    view->link_protocol = (uint64_t)organisation << 16 | *ethertype;
    return HG_DROP_NOT_IP;
}

/* `length` is the number in place of the EtherType. In 802.3 it counts the bytes of data, after which padding may follow.
 * Linux cooked headers have a small constant there, which is no length. */
static hg_drop take_llc(hg_view *view, uint32_t length, uint32_t *ethertype)
{
    const uint32_t wire = view->wire;
    hg_drop drop = take_snap(view, ethertype);
    if (view->link_protocol != 0 && length > SNAP_HEADER && length < wire)
        hg_limit(view, length - SNAP_HEADER);
    return drop;
}

static hg_drop take_tag(hg_view *view, uint32_t *ethertype)
{
    const uint8_t *tag = view->data;
    if (!hg_take(view, TAG_BYTES))
        return HG_DROP_TRUNCATED;
    *ethertype = hg_be16(tag + TAG_TYPE_AT);
    return HG_DROP_NONE;
}

/* The length counts units of 8 bytes, from the version to the end of the EtherType after the options. */
static hg_drop take_metadata(hg_view *view, uint32_t *ethertype)
{
    const uint8_t *header = view->data;
    if (view->captured < METADATA_OPTIONS_AT)
        return HG_DROP_TRUNCATED;
    uint32_t length = header[METADATA_LENGTH_AT] * (uint32_t)METADATA_UNIT;
    if (header[METADATA_VERSION_AT] != METADATA_VERSION || length == 0)
        return HG_DROP_BAD_LINK_HEADER;
    if (!hg_take(view, length))
        return HG_DROP_TRUNCATED;
    *ethertype = hg_be16(header + length - 2);
    return HG_DROP_NONE;
}

/* The number of headers need not be limited: each one consumes bytes of the frame, so the loop ends. */
hg_drop hg_strip_shims(uint32_t ethertype, hg_view *view)
{
    hg_drop drop = HG_DROP_NONE;
    while (drop == HG_DROP_NONE) {
        switch (ethertype) {
        case ETHERTYPE_IPV4:
        case ETHERTYPE_IPV6:
            return HG_DROP_NONE;
        case ETHERTYPE_VLAN:
        case ETHERTYPE_QINQ:
        case ETHERTYPE_QINQ_OLD:
            drop = take_tag(view, &ethertype);
            break;
        case ETHERTYPE_CISCO_METADATA:
            drop = take_metadata(view, &ethertype);
            break;
        case ETHERTYPE_MPLS:
        case ETHERTYPE_MPLS_MULTICAST:
            return strip_mpls(view);
        case ETHERTYPE_PPPOE:
            return strip_pppoe(view);
        default:
            if (ethertype < ETHERTYPE_LEAST) {
                drop = take_llc(view, ethertype, &ethertype);
                break;
            }
            view->link_protocol = ethertype;
            return HG_DROP_NOT_IP;
        }
    }
    return drop;
}

hg_drop hg_strip_llc(hg_view *view)
{
    uint32_t ethertype = 0;
    hg_drop drop = take_snap(view, &ethertype);
    return drop == HG_DROP_NONE ? hg_strip_ethertype(ethertype, view) : drop;
}

/* ---- link headers --------------------------------------------------------------------------------- */

/* Skips a header of `length` bytes whose EtherType is at offset `at`. */
static hg_drop strip_header(hg_view *view, uint32_t length, uint32_t at)
{
    const uint8_t *header = view->data;
    if (!hg_take(view, length))
        return HG_DROP_TRUNCATED;
    return hg_strip_ethertype(hg_be16(header + at), view);
}

/* Address and control bytes are present unless both ends agreed to omit them. */
static hg_drop strip_ppp_frame(hg_view *view)
{
    if (view->captured >= PPP_FRAMING && view->data[HDLC_ADDRESS_AT] == PPP_ADDRESS &&
        view->data[HDLC_CONTROL_AT] == PPP_CONTROL)
        hg_take(view, PPP_FRAMING);
    return strip_ppp(view);
}

/* Cisco HDLC and PPP share this link type; the address distinguishes them. */
static hg_drop strip_ppp_hdlc(hg_view *view)
{
    if (view->captured >= CISCO_HEADER &&
        (view->data[HDLC_ADDRESS_AT] == CISCO_UNICAST || view->data[HDLC_ADDRESS_AT] == CISCO_MULTICAST))
        return strip_header(view, CISCO_HEADER, CISCO_TYPE_AT); /* address, control 0, an EtherType */
    return strip_ppp_frame(view);
}

/* IPv4 is 2 everywhere; IPv6 is 10 on Linux, and 24, 28 or 30 on the BSDs and macOS. */
static hg_drop check_family(uint32_t family)
{
    const int is_ip = family == 2 || family == 10 || family == 24 || family == 28 || family == 30;
    return is_ip ? HG_DROP_NONE : HG_DROP_NOT_IP;
}

/* NULL has the address family in the byte order of the capturing host, LOOP in network order. */
static hg_drop strip_address_family(hg_view *view)
{
    const uint8_t *header = view->data;
    if (!hg_take(view, FAMILY_BYTES))
        return HG_DROP_TRUNCATED;
    uint32_t family = hg_le32(header);
    return check_family(family > 0xFFFF ? hg_be32(header) : family);
}

/* The header begins with its length (without padding) and the address family. Every version since 2002
 * has the 45 bytes up to the direction, and padding to whole words. */
static hg_drop strip_pflog(hg_view *view)
{
    const uint8_t *header = view->data;
    if (view->captured <= PFLOG_FAMILY_AT)
        return HG_DROP_TRUNCATED;
    if (header[PFLOG_LENGTH_AT] < PFLOG_LEAST_LENGTH)
        return HG_DROP_BAD_LINK_HEADER;
    if (!hg_take(view, (header[PFLOG_LENGTH_AT] + 3u) & ~3u))
        return HG_DROP_TRUNCATED;
    return check_family(header[PFLOG_FAMILY_AT]);
}

/* LLC follows the FDDI header (RFC 1188). */
static hg_drop strip_fddi(hg_view *view)
{
    const uint8_t *header = view->data;
    if (!hg_take(view, FDDI_HEADER))
        return HG_DROP_TRUNCATED;
    return (header[FDDI_CONTROL_AT] & FDDI_CLASS) == FDDI_LLC ? hg_strip_llc(view) : HG_DROP_NOT_IP;
}

static hg_drop strip_nothing(hg_view *view)
{
    (void)view;
    return HG_DROP_NONE;
}

/* How to skip a link header: it has `bytes` bytes with an EtherType at `type_at`, or `strip` skips it. Link types with
 * neither have frames of 802.11, whose headers hg_wifi_strip skips. */
typedef struct link_form {
    const char *name;
    hg_drop (*strip)(hg_view *view);
    uint8_t bytes;
    uint8_t type_at;
} link_form;

static const link_form FORMS[] = {
    [LINKTYPE_NULL] = {.name = "NULL", .strip = strip_address_family},
    [LINKTYPE_ETHERNET] = {.name = "ETHERNET", .bytes = ETHERNET_HEADER, .type_at = ETHERTYPE_AT},
    [LINKTYPE_PPP] = {.name = "PPP", .strip = strip_ppp_frame},
    [LINKTYPE_FDDI] = {.name = "FDDI", .strip = strip_fddi},
    [LINKTYPE_RAW_BSD] = {.name = "RAW (12)", .strip = strip_nothing},
    [LINKTYPE_RAW_OPENBSD] = {.name = "RAW (14)", .strip = strip_nothing},
    [LINKTYPE_PPP_HDLC] = {.name = "PPP_HDLC", .strip = strip_ppp_hdlc},
    [LINKTYPE_PPP_ETHER] = {.name = "PPP_ETHER", .strip = strip_pppoe},
    [LINKTYPE_RAW] = {.name = "RAW", .strip = strip_nothing},
    [LINKTYPE_C_HDLC] = {.name = "C_HDLC", .bytes = CISCO_HEADER, .type_at = CISCO_TYPE_AT},
    [LINKTYPE_IEEE802_11] = {.name = "IEEE802_11"},
    [LINKTYPE_LOOP] = {.name = "LOOP", .strip = strip_address_family},
    [LINKTYPE_LINUX_SLL] = {.name = "LINUX_SLL", .bytes = SLL_HEADER, .type_at = SLL_TYPE_AT},
    [LINKTYPE_PFLOG] = {.name = "PFLOG", .strip = strip_pflog},
    [LINKTYPE_IEEE802_11_PRISM] = {.name = "IEEE802_11_PRISM"},
    [LINKTYPE_IEEE802_11_RADIOTAP] = {.name = "IEEE802_11_RADIOTAP"},
    [LINKTYPE_IEEE802_11_AVS] = {.name = "IEEE802_11_AVS"},
    [LINKTYPE_PPI] = {.name = "PPI"},
    [LINKTYPE_IPV4] = {.name = "IPV4", .strip = strip_nothing},
    [LINKTYPE_IPV6] = {.name = "IPV6", .strip = strip_nothing},
    [LINKTYPE_LINUX_SLL2] = {.name = "LINUX_SLL2", .bytes = SLL2_HEADER, .type_at = SLL2_TYPE_AT},
};

int hg_linktype_supported(uint32_t linktype)
{
    return linktype < sizeof FORMS / sizeof *FORMS && FORMS[linktype].name != NULL;
}

int hg_linktype_list(uint32_t i, uint32_t *linktype, const char **name)
{
    for (*linktype = 0; *linktype < sizeof FORMS / sizeof *FORMS; ++*linktype) {
        *name = FORMS[*linktype].name;
        if (*name != NULL && i-- == 0)
            return 1;
    }
    return 0;
}

hg_drop hg_link_strip(uint32_t linktype, hg_view *view)
{
    if (!hg_linktype_supported(linktype))
        return HG_DROP_UNSUPPORTED_LINKTYPE;
    const link_form *form = FORMS + linktype;
    if (form->bytes > 0)
        return strip_header(view, form->bytes, form->type_at);
    return form->strip != NULL ? form->strip(view) : hg_wifi_strip(linktype, view);
}

/* ---- the sender ------------------------------------------------------------------------------ */

/* Ethernet: destination, source. */
enum { ETHERNET_SOURCE_AT = 6 };

/* Linux cooked headers: the length of the address, and eight bytes for the address. */
enum { SLL_LENGTH_AT = 4, SLL_ADDRESS_AT = 6 };
enum { SLL2_LENGTH_AT = 11, SLL2_ADDRESS_AT = 12 };

static int copy_mac(const hg_frame *frame, uint32_t at, uint8_t *mac)
{
    static const uint8_t none[HG_MAC_LENGTH] = {0};
    if (at > frame->captured || frame->captured - at < HG_MAC_LENGTH)
        return 0;
    memcpy(mac, frame->data + at, HG_MAC_LENGTH);
    return memcmp(mac, none, HG_MAC_LENGTH) != 0; /* the loopback interface has zeros */
}

int hg_source_mac(const hg_frame *frame, uint8_t mac[HG_MAC_LENGTH])
{
    const uint8_t *data = frame->data;
    uint32_t at;
    switch (frame->linktype) {
    case LINKTYPE_ETHERNET:
        return copy_mac(frame, ETHERNET_SOURCE_AT, mac);
    case LINKTYPE_LINUX_SLL:
        return frame->captured > SLL_ADDRESS_AT && hg_be16(data + SLL_LENGTH_AT) == HG_MAC_LENGTH &&
               copy_mac(frame, SLL_ADDRESS_AT, mac);
    case LINKTYPE_LINUX_SLL2:
        return frame->captured > SLL2_ADDRESS_AT && data[SLL2_LENGTH_AT] == HG_MAC_LENGTH &&
               copy_mac(frame, SLL2_ADDRESS_AT, mac);
    case LINKTYPE_IEEE802_11:
    case LINKTYPE_IEEE802_11_RADIOTAP:
    case LINKTYPE_IEEE802_11_PRISM:
    case LINKTYPE_IEEE802_11_AVS:
    case LINKTYPE_PPI:
        return hg_wifi_source_at(frame, &at) && copy_mac(frame, at, mac);
    default:
        return 0;
    }
}
