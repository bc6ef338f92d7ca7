/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * wifi.c - IEEE 802.11 frames, and the headers that radios put before them.
 *
 * Multi-byte fields of 802.11, radiotap and PPI are little-endian.
 */
#include "packet/link.h"

/* Bits of radiotap's Flags field, which describe the frame after the radio header. */
enum { RADIO_FCS = 0x10, RADIO_PADDED = 0x20, RADIO_BAD_FCS = 0x40 };

/* The first bytes of radiotap and PPI: a version, padding or flags, the header's length, then a word whose
 * meaning differs. */
enum { RADIO_VERSION_AT = 0, RADIO_LENGTH_AT = 2, RADIO_WORD_AT = 4, RADIO_LEAST_LENGTH = 8 };

enum { RADIOTAP_PRESENT_AT = RADIO_WORD_AT, RADIOTAP_FIELDS_AT = 8, TSFT_BYTES = 8 };
enum { PPI_LINKTYPE_AT = RADIO_WORD_AT };

/* The Prism header, and the AVS header of wlan-ng, which is big-endian. */
enum { PRISM_HEADER = 144, AVS_VERSION_AT = 0, AVS_LENGTH_AT = 4, AVS_FIRST_BYTES = 8, AVS_HEADER = 64 };

enum { RADIOTAP_TSFT = 1u << 0, RADIOTAP_FLAGS = 1u << 1, RADIOTAP_MORE = 1u << 31 };

/* 802.11. Frame control, two bytes: version, type and subtype, then flags. */
enum { FRAME_TYPE_AT = 0, FRAME_FLAGS_AT = 1, FRAME_CONTROL = 2 };
enum { VERSION_MASK = 0x03, TYPE_MASK = 0x0C, TYPE_DATA = 0x08, WITHOUT_DATA = 0x40, WITH_QOS = 0x80 };
enum { FROM_DS = 0x02, BOTH_DS = 0x03, MORE_FRAGMENTS = 0x04, PROTECTED = 0x40, WITH_HT_CONTROL = 0x80 };

enum { HEADER = 24, SEQUENCE_CONTROL_AT = 22, FOURTH_ADDRESS = 6, QOS_CONTROL = 2, HT_CONTROL = 4 };
enum { A_MSDU = 0x80, MESH_CONTROL = 0x01 }; /* bits of the two bytes of QoS control */
enum { A_MSDU_SUBFRAME = 14 };                /* destination, source, length */
enum { FRAGMENT_NUMBER = 0x0F, FCS = 4 };

/* Reads the Flags field of radiotap. It follows the presence words, and the aligned 8-byte TSFT if there is
 * one. `*flags` is 0 if there is no such field. */
static hg_drop radiotap_flags(const uint8_t *header, uint32_t length, uint8_t *flags)
{
    uint32_t present = hg_le32(header + RADIOTAP_PRESENT_AT), at = RADIOTAP_FIELDS_AT;
    for (uint32_t more = present; (more & RADIOTAP_MORE) != 0; at += 4) {
        if (at + 4 > length)
            return HG_DROP_BAD_LINK_HEADER;
        more = hg_le32(header + at);
    }
    *flags = 0;
    if ((present & RADIOTAP_FLAGS) == 0)
        return HG_DROP_NONE;
    if ((present & RADIOTAP_TSFT) != 0)
        at = ((at + 7) & ~7u) + TSFT_BYTES;
    if (at >= length)
        return HG_DROP_BAD_LINK_HEADER;
    *flags = header[at];
    return HG_DROP_NONE;
}

/* Radiotap and PPI begin in the same way: version 0, one byte, the length of the header (2 bytes), a word. */
static hg_drop check_radio_header(const hg_view *view, uint32_t *length)
{
    if (view->captured < RADIO_LEAST_LENGTH)
        return HG_DROP_TRUNCATED;
    *length = hg_le16(view->data + RADIO_LENGTH_AT);
    return view->data[RADIO_VERSION_AT] != 0 || *length < RADIO_LEAST_LENGTH ? HG_DROP_BAD_LINK_HEADER : HG_DROP_NONE;
}

static hg_drop strip_radiotap(hg_view *view, uint8_t *flags)
{
    const uint8_t *header = view->data;
    uint32_t length;
    hg_drop drop = check_radio_header(view, &length);
    if (drop != HG_DROP_NONE)
        return drop;
    if (!hg_take(view, length))
        return HG_DROP_TRUNCATED;
    return radiotap_flags(header, length, flags);
}

/* The AVS header of wlan-ng is big-endian and has its length in the second word. */
static hg_drop strip_avs(hg_view *view)
{
    if (view->captured < AVS_FIRST_BYTES)
        return HG_DROP_TRUNCATED;
    uint32_t length = hg_be32(view->data + AVS_LENGTH_AT);
    if (length < AVS_HEADER)
        return HG_DROP_BAD_LINK_HEADER;
    return hg_take(view, length) ? HG_DROP_NONE : HG_DROP_TRUNCATED;
}

/* The old Prism header has a fixed length; some drivers use the same link type for AVS. */
static hg_drop strip_prism(hg_view *view)
{
    if (view->captured >= 4 && (hg_be32(view->data + AVS_VERSION_AT) & 0xFFFFF000u) == 0x80211000u)
        return strip_avs(view);
    return hg_take(view, PRISM_HEADER) ? HG_DROP_NONE : HG_DROP_TRUNCATED;
}

hg_drop hg_strip_ppi(hg_view *view, hg_content *next)
{
    uint32_t length;
    hg_drop drop = check_radio_header(view, &length);
    if (drop != HG_DROP_NONE)
        return drop;
    hg_next_is(next, HG_SPACE_LINKTYPE, hg_le32(view->data + PPI_LINKTYPE_AT));
    if (next->number != LINKTYPE_IEEE802_11 && next->number != LINKTYPE_ETHERNET)
        return HG_DROP_UNSUPPORTED_LINKTYPE;
    return hg_take(view, length) ? HG_DROP_NONE : HG_DROP_TRUNCATED;
}

/* Removes the frame check sequence, and drops frames that were damaged on the air: they would give wrong
 * fingerprints. */
static hg_drop strip_fcs(hg_view *view, uint8_t flags)
{
    if ((flags & RADIO_BAD_FCS) != 0)
        return HG_DROP_BAD_LINK_HEADER;
    if ((flags & RADIO_FCS) == 0)
        return HG_DROP_NONE;
    if (view->wire < FCS)
        return HG_DROP_BAD_LINK_HEADER;
    hg_limit(view, view->wire - FCS);
    return HG_DROP_NONE;
}

/* One packet of an A-MSDU (several packets in one frame) is read, because a frame counts as one packet: the first one
 * with IP, or the first one. */
static hg_drop strip_subframe_headers(hg_view *view)
{
    enum { LENGTH_AT = 12, SNAP = 8, TYPE_AT = A_MSDU_SUBFRAME + SNAP - 2 };
    hg_view at = *view;
    while (at.captured >= A_MSDU_SUBFRAME + SNAP) {
        const uint32_t ethertype = hg_be16(at.data + TYPE_AT);
        if (ethertype == ETHERTYPE_IPV4 || ethertype == ETHERTYPE_IPV6) {
            *view = at;
            break;
        }
        if (!hg_take(&at, (A_MSDU_SUBFRAME + hg_be16(at.data + LENGTH_AT) + 3u) & ~3u))
            break;
    }
    return hg_take(view, A_MSDU_SUBFRAME) ? HG_DROP_NONE : HG_DROP_TRUNCATED;
}

/* The control field of a mesh: flags, with the number of addresses that follow, TTL, a sequence number of four bytes.
 * Elsewhere the bit that announces it has another meaning; but LLC begins with a larger byte than these flags. */
static int skip_mesh_control(hg_view *view)
{
    enum { FIXED = 6, MOST_ADDRESSES = 2 };
    if (view->captured == 0 || view->data[0] > MOST_ADDRESSES)
        return 1;
    return hg_take(view, FIXED + view->data[0] * (uint32_t)HG_MAC_LENGTH);
}

static hg_drop strip_802_11(hg_view *view, uint8_t radio, int is_swapped)
{
    const uint8_t *header = view->data;
    if (view->captured < FRAME_CONTROL)
        return HG_DROP_TRUNCATED;
    const uint8_t type = header[is_swapped ? FRAME_FLAGS_AT : FRAME_TYPE_AT];
    const uint8_t flags = header[is_swapped ? FRAME_TYPE_AT : FRAME_FLAGS_AT];
    if ((type & VERSION_MASK) != 0)
        return HG_DROP_BAD_LINK_HEADER;
    if ((type & TYPE_MASK) != TYPE_DATA || (type & WITHOUT_DATA) != 0)
        return HG_DROP_NOT_IP;
    if ((flags & PROTECTED) != 0)
        return HG_DROP_ENCRYPTED;
    uint32_t length = HEADER, qos_at = 0;
    if ((flags & BOTH_DS) == BOTH_DS)
        length += FOURTH_ADDRESS;
    if ((type & WITH_QOS) != 0) {
        qos_at = length;
        length += QOS_CONTROL + ((flags & WITH_HT_CONTROL) != 0 ? HT_CONTROL : 0u);
    }
    if ((radio & RADIO_PADDED) != 0)
        length = (length + 3) & ~3u;
    if (!hg_take(view, length))
        return HG_DROP_TRUNCATED;
    if ((flags & MORE_FRAGMENTS) != 0 || (header[SEQUENCE_CONTROL_AT] & FRAGMENT_NUMBER) != 0)
        return HG_DROP_FRAGMENT;
    const int is_group = qos_at != 0 && (header[qos_at] & A_MSDU) != 0;
    const hg_drop drop = is_group ? strip_subframe_headers(view) : HG_DROP_NONE;
    const int may_be_mesh =
        drop == HG_DROP_NONE && qos_at != 0 && (flags & FROM_DS) != 0 && (header[qos_at + 1] & MESH_CONTROL) != 0;
    return may_be_mesh && !skip_mesh_control(view) ? HG_DROP_TRUNCATED : drop;
}

static hg_drop strip_radio(uint32_t linktype, hg_view *view, uint8_t *flags)
{
    switch (linktype) {
    case LINKTYPE_IEEE802_11_RADIOTAP:
        return strip_radiotap(view, flags);
    case LINKTYPE_IEEE802_11_PRISM:
        return strip_prism(view);
    case LINKTYPE_IEEE802_11_AVS:
        return strip_avs(view);
    default:
        return HG_DROP_NONE;
    }
}

hg_drop hg_strip_wifi(hg_view *view, hg_content *next)
{
    const int is_swapped = next->number == HG_WIFI_SWAPPED;
    uint8_t flags = 0;
    hg_drop drop = strip_radio((uint32_t)next->number, view, &flags);
    if (drop == HG_DROP_NONE)
        drop = strip_fcs(view, flags);
    hg_next_is(next, HG_SPACE_ETHERTYPE, ETHERTYPE_LLC);
    return drop == HG_DROP_NONE ? strip_802_11(view, flags, is_swapped) : drop;
}

/* The bits To DS and From DS show which address is the sender's: address 3 if only From DS is set, address 4 if both
 * are set, otherwise address 2. In a mesh, a station may have passed the frame on for a sender behind it: 0. */
int hg_wifi_source_at(const hg_frame *frame, uint32_t *at)
{
    enum { ADDRESS_2 = 10, ADDRESS_3 = 16, ADDRESS_4 = 24 };
    hg_view view = {.data = frame->data, .captured = frame->captured, .wire = frame->wire};
    hg_content next = {.number = frame->linktype};
    uint8_t flags = 0;
    if (next.number == LINKTYPE_PPI && hg_strip_ppi(&view, &next) != HG_DROP_NONE)
        return 0;
    if (frame->linktype == LINKTYPE_PPI && next.number != LINKTYPE_IEEE802_11)
        return 0;
    if (strip_radio(frame->linktype, &view, &flags) != HG_DROP_NONE || view.captured < FRAME_CONTROL ||
        (flags & RADIO_BAD_FCS) != 0 || (view.data[FRAME_TYPE_AT] & (VERSION_MASK | TYPE_MASK)) != TYPE_DATA)
        return 0;
    const uint8_t ways = view.data[FRAME_FLAGS_AT] & BOTH_DS;
    const uint32_t qos_at = ways == BOTH_DS ? HEADER + FOURTH_ADDRESS : HEADER;
    if ((ways & FROM_DS) != 0 && (view.data[FRAME_TYPE_AT] & WITH_QOS) != 0 && view.captured > qos_at + 1 &&
        (view.data[qos_at + 1] & MESH_CONTROL) != 0)
        return 0;
    *at = (uint32_t)(view.data - frame->data) + (ways == BOTH_DS ? ADDRESS_4 : ways == FROM_DS ? ADDRESS_3 : ADDRESS_2);
    return 1;
}
