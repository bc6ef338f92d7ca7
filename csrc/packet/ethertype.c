/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * ethertype.c - from an EtherType or a PPP protocol to the IP header.
 */
#include "packet/ethertype.h"

/* A label of MPLS (RFC 3032). */
enum { MPLS_LABEL = 4, MPLS_BOTTOM_AT = 2, MPLS_BOTTOM = 0x01 };

/* PPPoE (RFC 2516): version and type, code, session, length. */
enum { PPPOE_HEADER = 6, PPPOE_VERSION_AT = 0, PPPOE_CODE_AT = 1, PPPOE_VERSION = 0x11, PPPOE_SESSION = 0 };

/* LLC and SNAP: three bytes that are always the same, an organisation, an EtherType. */
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

/* An MPLS stack does not name what it carries: the version nibble decides (RFC 4928). */
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
hg_drop hg_strip_ppp(hg_view *view)
{
    if (view->captured < 1)
        return HG_DROP_TRUNCATED;
    uint32_t protocol = view->data[0];
    if ((protocol & 1) != 0) {
        hg_take(view, 1);
    } else {
        if (view->captured < 2)
            return HG_DROP_TRUNCATED;
        protocol = hg_be16(view->data);
        hg_take(view, 2);
    }
    if (protocol == PPP_MPLS)
        return strip_mpls(view);
    return protocol == PPP_IPV4 || protocol == PPP_IPV6 ? HG_DROP_NONE : HG_DROP_NOT_IP;
}

/* Version and type 1, code 0 for a session (RFC 2516 section 4). */
hg_drop hg_strip_pppoe(hg_view *view)
{
    const uint8_t *header = view->data;
    if (!hg_take(view, PPPOE_HEADER))
        return HG_DROP_TRUNCATED;
    if (header[PPPOE_VERSION_AT] != PPPOE_VERSION)
        return HG_DROP_BAD_LINK_HEADER;
    return header[PPPOE_CODE_AT] == PPPOE_SESSION ? hg_strip_ppp(view) : HG_DROP_NOT_IP;
}

/* SNAP with the organisation 0 holds an EtherType (RFC 1042), with another one a protocol of that organisation. */
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

/* `length` takes the place of the EtherType (802.3): padding follows that many bytes. Cooked links put a small number
 * there. */
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

/* The length counts units of 8 bytes from the version to the EtherType that follows the options. */
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

/* There is no limit on their number: each one takes bytes of the frame, so the loop ends. */
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
            return hg_strip_pppoe(view);
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
