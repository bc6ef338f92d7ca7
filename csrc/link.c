/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * link.c - link headers: where the IP header begins.
 *
 * Header forms are those of https://www.tcpdump.org/linktypes.html.
 */
#include "bytes.h"
#include "linktype.h"
#include "packet.h"

/* Tags, labels and PPPoE headers in one frame; more is an attack or nonsense. */
enum { MAX_SHIMS = 16 };

static int take(hg_view *view, uint32_t bytes)
{
    if (view->captured < bytes)
        return 0;
    view->data += bytes;
    view->captured -= bytes;
    view->wire -= bytes;
    return 1;
}

/* An MPLS stack says nothing of what it carries: the version nibble decides (RFC 4928). */
static hg_drop strip_mpls(hg_view *view)
{
    for (int shim = 0; shim < MAX_SHIMS; shim++) {
        const uint8_t *label = view->data;
        if (!take(view, 4))
            return HG_DROP_TRUNCATED;
        if ((label[2] & 1) != 0) { /* bottom of the stack */
            if (view->captured == 0)
                return HG_DROP_TRUNCATED;
            uint8_t nibble = view->data[0] >> 4;
            return nibble == 4 || nibble == 6 ? HG_DROP_NONE : HG_DROP_NOT_IP;
        }
    }
    return HG_DROP_BAD_LINK_HEADER;
}

/* The protocol field of PPP, one byte when compressed (its low bit set, RFC 1661 section 2). */
static hg_drop strip_ppp_protocol(hg_view *view)
{
    if (view->captured < 1)
        return HG_DROP_TRUNCATED;
    uint32_t protocol = view->data[0];
    if ((protocol & 1) != 0) {
        take(view, 1);
    } else {
        if (view->captured < 2)
            return HG_DROP_TRUNCATED;
        protocol = hg_be16(view->data);
        take(view, 2);
    }
    if (protocol == PPP_MPLS)
        return strip_mpls(view);
    return protocol == PPP_IPV4 || protocol == PPP_IPV6 ? HG_DROP_NONE : HG_DROP_NOT_IP;
}

/* Address and control bytes are there unless they were negotiated away. */
static hg_drop strip_ppp(hg_view *view)
{
    if (view->captured >= 2 && view->data[0] == 0xFF && view->data[1] == 0x03)
        take(view, 2);
    return strip_ppp_protocol(view);
}

/* Cisco HDLC shares link type 50 with PPP: address 0x0F or 0x8F, control 0, an EtherType. */
static hg_drop strip_ethertype(uint32_t ethertype, hg_view *view);

static hg_drop strip_ppp_hdlc(hg_view *view)
{
    if (view->captured >= 4 && (view->data[0] == 0x0F || view->data[0] == 0x8F)) {
        uint32_t ethertype = hg_be16(view->data + 2);
        take(view, 4);
        return strip_ethertype(ethertype, view);
    }
    return strip_ppp(view);
}

/* Six bytes of PPPoE (version and type 1, code 0 for a session), then the PPP protocol. */
static hg_drop strip_pppoe(hg_view *view)
{
    const uint8_t *header = view->data;
    if (!take(view, 6))
        return HG_DROP_TRUNCATED;
    if (header[0] != 0x11)
        return HG_DROP_BAD_LINK_HEADER;
    return header[1] == 0 ? strip_ppp_protocol(view) : HG_DROP_NOT_IP;
}

static hg_drop strip_ethertype(uint32_t ethertype, hg_view *view)
{
    for (int shim = 0; shim < MAX_SHIMS; shim++) {
        switch (ethertype) {
        case ETHERTYPE_IPV4:
        case ETHERTYPE_IPV6:
            return HG_DROP_NONE;
        case ETHERTYPE_VLAN:
        case ETHERTYPE_QINQ:
        case ETHERTYPE_QINQ_OLD: {
            const uint8_t *tag = view->data;
            if (!take(view, 4))
                return HG_DROP_TRUNCATED;
            ethertype = hg_be16(tag + 2);
            break;
        }
        case ETHERTYPE_MPLS:
        case ETHERTYPE_MPLS_MULTICAST:
            return strip_mpls(view);
        case ETHERTYPE_PPPOE:
            return strip_pppoe(view);
        default:
            return HG_DROP_NOT_IP;
        }
    }
    return HG_DROP_BAD_LINK_HEADER;
}

/* A header of `length` bytes whose EtherType stands at `at`. */
static hg_drop strip_header_with_ethertype(hg_view *view, uint32_t length, uint32_t at)
{
    const uint8_t *header = view->data;
    if (!take(view, length))
        return HG_DROP_TRUNCATED;
    return strip_ethertype(hg_be16(header + at), view);
}

/* Address families of NULL and LOOP: 2 is IPv4 everywhere, IPv6 is 10 on Linux, 24, 28 and
 * 30 on the BSDs and macOS. NULL is in the byte order of whoever captured. */
static hg_drop strip_address_family(hg_view *view)
{
    const uint8_t *header = view->data;
    if (!take(view, 4))
        return HG_DROP_TRUNCATED;
    uint32_t family = hg_le32(header);
    if (family > 0xFFFF)
        family = hg_be32(header);
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

hg_drop hg_link_strip(uint32_t linktype, hg_view *view)
{
    switch (linktype) {
    case LINKTYPE_ETHERNET:
        return strip_header_with_ethertype(view, ETHERNET_HEADER, ETHERTYPE_AT);
    case LINKTYPE_RAW:
    case LINKTYPE_RAW_BSD:
    case LINKTYPE_RAW_OPENBSD:
    case LINKTYPE_IPV4:
    case LINKTYPE_IPV6:
        return HG_DROP_NONE;
    case LINKTYPE_LINUX_SLL:
        return strip_header_with_ethertype(view, 16, 14);
    case LINKTYPE_LINUX_SLL2:
        return strip_header_with_ethertype(view, 20, 0);
    case LINKTYPE_NULL:
    case LINKTYPE_LOOP:
        return strip_address_family(view);
    case LINKTYPE_PPP:
        return strip_ppp(view);
    case LINKTYPE_PPP_HDLC:
        return strip_ppp_hdlc(view);
    case LINKTYPE_PPP_ETHER:
        return strip_pppoe(view);
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
        {LINKTYPE_RAW_BSD, "RAW (12)"},
        {LINKTYPE_RAW_OPENBSD, "RAW (14)"},
        {LINKTYPE_PPP_HDLC, "PPP_HDLC"},
        {LINKTYPE_PPP_ETHER, "PPP_ETHER"},
        {LINKTYPE_RAW, "RAW"},
        {LINKTYPE_LOOP, "LOOP"},
        {LINKTYPE_LINUX_SLL, "LINUX_SLL"},
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
