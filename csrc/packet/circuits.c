/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * circuits.c - headers of ATM, frame relay, and cable modems.
 */
#include "packet/link.h"

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
