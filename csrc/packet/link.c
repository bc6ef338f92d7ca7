/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * link.c - link headers: where the IP header begins.
 *
 * Header forms are those of https://www.tcpdump.org/linktypes.html.
 */
#include "packet/link.h"

#include "packet/ethertype.h"
#include "packet/wifi.h"

/* Address and control bytes are there unless they were negotiated away. */
static hg_drop strip_ppp_frame(hg_view *view)
{
    if (view->captured >= 2 && view->data[0] == 0xFF && view->data[1] == 0x03)
        hg_take(view, 2);
    return hg_strip_ppp(view);
}

/* Cisco HDLC: address 0x0F or 0x8F, control 0, an EtherType. */
static hg_drop strip_cisco_hdlc(hg_view *view)
{
    return hg_strip_header(view, 4, 2);
}

/* Cisco HDLC shares this link type with PPP; the address tells. */
static hg_drop strip_ppp_hdlc(hg_view *view)
{
    if (view->captured >= 4 && (view->data[0] == 0x0F || view->data[0] == 0x8F))
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

/* The address family of NULL and LOOP; NULL is in the byte order of whoever captured. */
static hg_drop strip_address_family(hg_view *view)
{
    const uint8_t *header = view->data;
    if (!hg_take(view, 4))
        return HG_DROP_TRUNCATED;
    uint32_t family = hg_le32(header);
    return check_family(family > 0xFFFF ? hg_be32(header) : family);
}

/* The header's length without padding, then the address family. Every version of the header
 * since 2002 has the 45 bytes up to the direction, and pads to whole words. */
static hg_drop strip_pflog(hg_view *view)
{
    enum { LEAST_LENGTH = 45 };
    const uint8_t *header = view->data;
    if (view->captured < 2)
        return HG_DROP_TRUNCATED;
    if (header[0] < LEAST_LENGTH)
        return HG_DROP_BAD_LINK_HEADER;
    if (!hg_take(view, (header[0] + 3u) & ~3u))
        return HG_DROP_TRUNCATED;
    return check_family(header[1]);
}

/* Frame control (class, address length, LLC: 0101) and two addresses, then LLC (RFC 1188). */
static hg_drop strip_fddi(hg_view *view)
{
    const uint8_t *header = view->data;
    if (!hg_take(view, 13))
        return HG_DROP_TRUNCATED;
    return (header[0] & 0xF0) == 0x50 ? hg_strip_llc(view) : HG_DROP_NOT_IP;
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
        return hg_strip_header(view, 16, 14);
    case LINKTYPE_LINUX_SLL2:
        return hg_strip_header(view, 20, 0);
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
