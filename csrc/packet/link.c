/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * link.c - link headers: where the IP header begins.
 *
 * Header forms are those of https://www.tcpdump.org/linktypes.html.
 */
#include "packet/link.h"

#include "packet/ethertype.h"
#include "packet/wifi.h"

/* PPP in HDLC framing (RFC 1662), and Cisco's HDLC. */
enum { HDLC_ADDRESS_AT = 0, HDLC_CONTROL_AT = 1, PPP_FRAMING = 2, PPP_ADDRESS = 0xFF, PPP_CONTROL = 0x03 };
enum { CISCO_HEADER = 4, CISCO_TYPE_AT = 2, CISCO_UNICAST = 0x0F, CISCO_MULTICAST = 0x8F };

/* What Linux puts in place of the header of a link, in two versions. */
enum { SLL_HEADER = 16, SLL_TYPE_AT = 14, SLL2_HEADER = 20, SLL2_TYPE_AT = 0 };

/* The address family of NULL and LOOP. */
enum { FAMILY_BYTES = 4 };

/* The header of OpenBSD's pf log. */
enum { PFLOG_LENGTH_AT = 0, PFLOG_FAMILY_AT = 1, PFLOG_LEAST_LENGTH = 45 };

/* FDDI: frame control (class, address length, LLC: 0101) and two addresses. */
enum { FDDI_HEADER = 13, FDDI_CONTROL_AT = 0, FDDI_CLASS = 0xF0, FDDI_LLC = 0x50 };

/* Address and control bytes are there unless they were negotiated away. */
static hg_drop strip_ppp_frame(hg_view *view)
{
    if (view->captured >= PPP_FRAMING && view->data[HDLC_ADDRESS_AT] == PPP_ADDRESS &&
        view->data[HDLC_CONTROL_AT] == PPP_CONTROL)
        hg_take(view, PPP_FRAMING);
    return hg_strip_ppp(view);
}

/* Address, control 0, an EtherType. */
static hg_drop strip_cisco_hdlc(hg_view *view)
{
    return hg_strip_header(view, CISCO_HEADER, CISCO_TYPE_AT);
}

/* Cisco HDLC and PPP share this link type; the address distinguishes them. */
static hg_drop strip_ppp_hdlc(hg_view *view)
{
    if (view->captured >= CISCO_HEADER &&
        (view->data[HDLC_ADDRESS_AT] == CISCO_UNICAST || view->data[HDLC_ADDRESS_AT] == CISCO_MULTICAST))
        return strip_cisco_hdlc(view);
    return strip_ppp_frame(view);
}

/* 2 is IPv4 everywhere, IPv6 is 10 on Linux, 24, 28 and 30 on the BSDs and macOS. */
static hg_drop check_family(uint32_t family)
{
    switch (family) {
    case 2:
    case 10:
    case 24:
    case 28:
    case 30:
        return HG_DROP_NONE;
    default:
        return HG_DROP_NOT_IP;
    }
}

/* The address family of NULL and LOOP; NULL is in the byte order of the capturing host. */
static hg_drop strip_address_family(hg_view *view)
{
    const uint8_t *header = view->data;
    if (!hg_take(view, FAMILY_BYTES))
        return HG_DROP_TRUNCATED;
    uint32_t family = hg_le32(header);
    return check_family(family > 0xFFFF ? hg_be32(header) : family);
}

/* The header's length without padding, then the address family. Every version of the header
 * since 2002 has the 45 bytes up to the direction, and pads to whole words. */
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

/* Then LLC (RFC 1188). */
static hg_drop strip_fddi(hg_view *view)
{
    const uint8_t *header = view->data;
    if (!hg_take(view, FDDI_HEADER))
        return HG_DROP_TRUNCATED;
    return (header[FDDI_CONTROL_AT] & FDDI_CLASS) == FDDI_LLC ? hg_strip_llc(view) : HG_DROP_NOT_IP;
}

hg_drop hg_link_strip(uint32_t linktype, hg_view *view)
{
    switch (linktype) {
    case LINKTYPE_ETHERNET:
        return hg_strip_header(view, ETHERNET_HEADER, ETHERTYPE_AT);
    case LINKTYPE_RAW:
    case LINKTYPE_RAW_BSD:
    case LINKTYPE_RAW_OPENBSD:
    case LINKTYPE_IPV4:
    case LINKTYPE_IPV6:
        return HG_DROP_NONE;
    case LINKTYPE_LINUX_SLL:
        return hg_strip_header(view, SLL_HEADER, SLL_TYPE_AT);
    case LINKTYPE_LINUX_SLL2:
        return hg_strip_header(view, SLL2_HEADER, SLL2_TYPE_AT);
    case LINKTYPE_NULL:
    case LINKTYPE_LOOP:
        return strip_address_family(view);
    case LINKTYPE_PPP:
        return strip_ppp_frame(view);
    case LINKTYPE_PPP_HDLC:
        return strip_ppp_hdlc(view);
    case LINKTYPE_PPP_ETHER:
        return hg_strip_pppoe(view);
    case LINKTYPE_C_HDLC:
        return strip_cisco_hdlc(view);
    case LINKTYPE_FDDI:
        return strip_fddi(view);
    case LINKTYPE_PFLOG:
        return strip_pflog(view);
    case LINKTYPE_IEEE802_11:
    case LINKTYPE_IEEE802_11_PRISM:
    case LINKTYPE_IEEE802_11_RADIOTAP:
    case LINKTYPE_IEEE802_11_AVS:
    case LINKTYPE_PPI:
        return hg_wifi_strip(linktype, view);
    default:
        return HG_DROP_UNSUPPORTED_LINKTYPE;
    }
}

int hg_linktype_list(uint32_t i, uint32_t *linktype, const char **name)
{
    static const struct {
        uint32_t number;
        const char *name;
    } KNOWN[] = {
        {LINKTYPE_NULL, "NULL"},
        {LINKTYPE_ETHERNET, "ETHERNET"},
        {LINKTYPE_PPP, "PPP"},
        {LINKTYPE_FDDI, "FDDI"},
        {LINKTYPE_RAW_BSD, "RAW (12)"},
        {LINKTYPE_RAW_OPENBSD, "RAW (14)"},
        {LINKTYPE_PPP_HDLC, "PPP_HDLC"},
        {LINKTYPE_PPP_ETHER, "PPP_ETHER"},
        {LINKTYPE_RAW, "RAW"},
        {LINKTYPE_C_HDLC, "C_HDLC"},
        {LINKTYPE_IEEE802_11, "IEEE802_11"},
        {LINKTYPE_LOOP, "LOOP"},
        {LINKTYPE_LINUX_SLL, "LINUX_SLL"},
        {LINKTYPE_PFLOG, "PFLOG"},
        {LINKTYPE_IEEE802_11_PRISM, "IEEE802_11_PRISM"},
        {LINKTYPE_IEEE802_11_RADIOTAP, "IEEE802_11_RADIOTAP"},
        {LINKTYPE_IEEE802_11_AVS, "IEEE802_11_AVS"},
        {LINKTYPE_PPI, "PPI"},
        {LINKTYPE_IPV4, "IPV4"},
        {LINKTYPE_IPV6, "IPV6"},
        {LINKTYPE_LINUX_SLL2, "LINUX_SLL2"},
    };
    if (i >= sizeof KNOWN / sizeof KNOWN[0])
        return 0;
    *linktype = KNOWN[i].number;
    *name = KNOWN[i].name;
    return 1;
}

int hg_linktype_supported(uint32_t linktype)
{
    uint32_t known;
    const char *name;
    for (uint32_t i = 0; hg_linktype_list(i, &known, &name); i++)
        if (known == linktype)
            return 1;
    return 0;
}
