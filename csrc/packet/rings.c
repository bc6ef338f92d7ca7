/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * rings.c - headers of rings, ATM, frame relay, and cable modems.
 */
#include "packet/link.h"

/* FDDI: frame control, whose upper half is 0101 for LLC frames with long addresses, and two addresses. */
enum { FDDI_HEADER = 13, FDDI_CONTROL_AT = 0, FDDI_CLASS = 0xF0, FDDI_LLC = 0x50 };

/* LLC follows the FDDI header (RFC 1188). */
hg_drop hg_strip_fddi(hg_view *view, hg_content *next)
{
    const uint8_t *header = view->data;
    if (!hg_take(view, FDDI_HEADER))
        return HG_DROP_TRUNCATED;
    hg_next_is(next, HG_SPACE_ETHERTYPE, ETHERTYPE_LLC);
    return (header[FDDI_CONTROL_AT] & FDDI_CLASS) == FDDI_LLC ? HG_DROP_NONE : HG_DROP_NOT_IP;
}

/* A frame of Ethernet, with or without its checksum, follows this organisation's numbers 1 and 7. */
enum { BRIDGED = 0x0080C2, BRIDGED_ETHERNET = 7 };

/* RFC 2684, 5: LLC and SNAP; before a bridged frame, two bytes of padding; or IP at once. */
hg_drop hg_strip_rfc1483(hg_view *view, hg_content *next)
{
    enum { PADDING = 2 };
    const hg_drop drop = hg_expect_ip(view, next);
    if (drop != HG_DROP_NOT_IP)
        return drop;
    hg_next_is(next, HG_SPACE_ETHERTYPE, ETHERTYPE_LLC);
    const uint8_t *header = view->data;
    const int is_bridged = view->captured >= SNAP_HEADER + PADDING && hg_be32(header) >> 8 == SNAP_PREFIX &&
                           hg_be32(header + SNAP_ORGANISATION_AT) >> 8 == BRIDGED &&
                           (header[SNAP_TYPE_AT + 1] | 6) == BRIDGED_ETHERNET;
    if (!is_bridged)
        return HG_DROP_NONE;
    hg_take(view, SNAP_HEADER + PADDING);
    return hg_next_is_ethernet(next);
}

/* RFC 2427: an address whose last byte is odd, a control byte, perhaps padding, and an NLPID; or Cisco's form, with an
 * EtherType after the address. NLPID 0x80 begins SNAP. */
hg_drop hg_strip_frame_relay(hg_view *view, hg_content *next)
{
    enum { MOST_ADDRESS = 4, CONTROL = 3, NLPID_IPV4 = 0xCC, NLPID_IPV6 = 0x8E, NLPID_SNAP = 0x80, SNAP_REST = 5 };
    const uint8_t *address = view->data;
    uint32_t length = 2;
    while (length < MOST_ADDRESS && view->captured >= length && (address[length - 1] & 1) == 0)
        length++;
    if (!hg_take(view, length) || view->captured < 2 + SNAP_REST)
        return HG_DROP_TRUNCATED;
    if (view->data[0] != CONTROL) {
        const uint32_t ethertype = hg_be16(view->data);
        hg_take(view, 2);
        return hg_next_is_ethertype(next, ethertype);
    }
    hg_take(view, view->data[1] == 0 ? 3 : 2);
    const uint32_t nlpid = view->data[-1];
    if (nlpid != NLPID_SNAP) {
        hg_next_is(next, HG_SPACE_IP, nlpid);
        return nlpid == NLPID_IPV4 || nlpid == NLPID_IPV6 ? HG_DROP_NONE : HG_DROP_NOT_IP;
    }
    const uint8_t *snap = view->data;
    if (!hg_take(view, SNAP_REST))
        return HG_DROP_TRUNCATED;
    if (hg_be32(snap) >> 8 == BRIDGED && (snap[4] | 6) == BRIDGED_ETHERNET)
        return hg_next_is_ethernet(next);
    return hg_next_is_ethertype(next, hg_be16(snap + 3));
}

/* IEEE 802.5: access control, frame control, two addresses. The first bit of the second one announces a route, whose
 * first byte states its length. */
hg_drop hg_strip_token_ring(hg_view *view, hg_content *next)
{
    enum { FIXED = 14, CONTROL_AT = 1, SOURCE_AT = 8, HAS_ROUTE = 0x80, LENGTH = 0x1F };
    const uint8_t *header = view->data;
    if (!hg_take(view, FIXED))
        return HG_DROP_TRUNCATED;
    hg_next_is(next, HG_SPACE_ETHERTYPE, ETHERTYPE_LLC);
    if (header[CONTROL_AT] >> 6 != 1)
        return HG_DROP_NOT_IP;
    const int has_route = (header[SOURCE_AT] & HAS_ROUTE) != 0;
    return !has_route || (view->captured > 0 && hg_take(view, view->data[0] & LENGTH)) ? HG_DROP_NONE
                                                                                       : HG_DROP_TRUNCATED;
}

/* RFC 1201: two addresses, on Linux two bytes of an offset, and the type; then a flag, which is 0 for a whole packet,
 * and a number. An exception frame has flag and number 0xFFFFFF, and all of them once more. RFC 1051: only the type. */
hg_drop hg_strip_arcnet(hg_view *view, hg_content *next)
{
    enum { IPV4_OLD = 0xF0, IPV4 = 0xD4, IPV6 = 0xC4, REST = 3, EXCEPTION = 0xFF, EXCEPTION_REST = 4 };
    const uint32_t fixed = next->number == LINKTYPE_ARCNET_BSD ? 3 : 5;
    const uint8_t *header = view->data;
    if (!hg_take(view, fixed))
        return HG_DROP_TRUNCATED;
    const uint8_t type = header[fixed - 1];
    hg_next_is(next, HG_SPACE_IP, type);
    if (type == IPV4_OLD)
        return HG_DROP_NONE;
    if (type != IPV4 && type != IPV6)
        return HG_DROP_NOT_IP;
    const uint8_t *flag = view->data;
    if (!hg_take(view, REST))
        return HG_DROP_TRUNCATED;
    if (flag[0] == EXCEPTION && !hg_take(view, EXCEPTION_REST))
        return HG_DROP_TRUNCATED;
    return flag[flag[0] == EXCEPTION ? EXCEPTION_REST : 0] == 0 ? HG_DROP_NONE : HG_DROP_FRAGMENT;
}

/* Solaris: direction and kind (1: LAN emulation, whose number of the station comes before the frame; 2: LLC), path,
 * channel. */
hg_drop hg_strip_sunatm(hg_view *view, hg_content *next)
{
    enum { FIXED = 4, KIND = 0x0F, LAN = 1, LLC = 2, STATION = 2 };
    const uint8_t *header = view->data;
    if (!hg_take(view, FIXED))
        return HG_DROP_TRUNCATED;
    if ((header[0] & KIND) == LAN)
        return hg_take(view, STATION) ? hg_next_is_ethernet(next) : HG_DROP_TRUNCATED;
    return (header[0] & KIND) == LLC ? hg_strip_rfc1483(view, next) : HG_DROP_NOT_IP;
}

/* FRF.16: bits of the first and of the last fragment, of a control message, and a number. */
hg_drop hg_strip_mfr(hg_view *view, hg_content *next)
{
    enum { FIXED = 2, BITS = 0xE0, WHOLE = 0xC0, CONTROL = 0x20 };
    const uint8_t *header = view->data;
    if (!hg_take(view, FIXED))
        return HG_DROP_TRUNCATED;
    hg_next_is(next, HG_SPACE_LINKTYPE, LINKTYPE_FRELAY);
    return (header[0] & BITS) == WHOLE ? HG_DROP_NONE : (header[0] & CONTROL) != 0 ? HG_DROP_NOT_IP : HG_DROP_FRAGMENT;
}

/* DOCSIS: frame control (upper bits 0: a packet; lowest bit: an extended header), its length, the length of the rest,
 * the extended header, a checksum; then Ethernet. */
hg_drop hg_strip_docsis(hg_view *view, hg_content *next)
{
    enum { FIXED = 6, KIND = 0xC0, EXTENDED = 0x01 };
    const uint8_t *header = view->data;
    if (!hg_take(view, FIXED))
        return HG_DROP_TRUNCATED;
    if ((header[0] & KIND) != 0)
        return HG_DROP_NOT_IP;
    if ((header[0] & EXTENDED) != 0 && !hg_take(view, header[1]))
        return HG_DROP_TRUNCATED;
    return hg_next_is_ethernet(next);
}
