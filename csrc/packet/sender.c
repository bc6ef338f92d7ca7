/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * sender.c - the MAC and the segment of a frame's sender.
 */
#include "packet/sender.h"

#include "packet/headers.h"

/* Ethernet: destination, source. */
enum { ETHERNET_SOURCE_AT = 6 };

static int copy_mac(const hg_frame *frame, uint32_t at, uint8_t *mac)
{
    static const uint8_t none[HG_MAC_LENGTH] = {0};
    if (at > frame->captured || frame->captured - at < HG_MAC_LENGTH)
        return 0;
    memcpy(mac, frame->data + at, HG_MAC_LENGTH);
    return memcmp(mac, none, HG_MAC_LENGTH) != 0; /* the loopback interface has zeros */
}

/* The source of an Ethernet frame behind a header that `strip` skips. */
static int copy_inner_mac(const hg_frame *frame, hg_strip *strip, uint8_t *mac)
{
    hg_view view = {frame->data, frame->captured, frame->wire};
    hg_content next = {.number = frame->linktype, .space = HG_SPACE_LINKTYPE};
    if (strip(&view, &next) != HG_DROP_NONE || next.space != HG_SPACE_LINKTYPE || next.number != LINKTYPE_ETHERNET)
        return 0;
    const hg_frame inner = {.data = view.data, .captured = view.captured};
    return copy_mac(&inner, ETHERNET_SOURCE_AT, mac);
}

/* Not inlined, so that hg_source_mac needs no stack frame for Ethernet. */
static __attribute__((noinline)) int copy_other_mac(const hg_frame *frame, uint8_t mac[HG_MAC_LENGTH])
{
    const uint8_t *data = frame->data;
    uint32_t at;
    switch (frame->linktype) {
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
    case LINKTYPE_DSA_TAG_BRCM:
    case LINKTYPE_DSA_TAG_DSA:
    case LINKTYPE_DSA_TAG_EDSA:
        return copy_mac(frame, ETHERNET_SOURCE_AT, mac);
    case LINKTYPE_PKTAP_USER:
    case LINKTYPE_PKTAP:
        return copy_inner_mac(frame, hg_strip_pktap, mac);
    case LINKTYPE_ERF:
        return copy_inner_mac(frame, hg_strip_erf, mac);
    default:
        return 0;
    }
}

int hg_source_mac(const hg_frame *frame, uint8_t mac[HG_MAC_LENGTH])
{
    return frame->linktype == LINKTYPE_ETHERNET ? copy_mac(frame, ETHERNET_SOURCE_AT, mac) : copy_other_mac(frame, mac);
}

int hg_finds_label(const hg_frame *frame)
{
    enum { TYPE_BYTES = 2, TAG_BYTES = 4, MPLS_GROUP = 0x8848 };
    uint32_t at = ETHERTYPE_AT;
    while (frame->captured >= at + TYPE_BYTES + TAG_BYTES && hg_is_tag(hg_be16(frame->data + at)))
        at += TAG_BYTES;
    const uint32_t type = hg_be16(frame->data + at);
    return type == ETHERTYPE_MPLS || type == MPLS_GROUP;
}

uint64_t hg_segment_of(const hg_frame *frame)
{
    enum { TAG = 4, TYPE_IN_TAG = 2, NUMBER = 0xFFF, NUMBER_BITS = 12, MOST_TAGS = 2, SLL2_INTERFACE_AT = 4 };
    const int is_2 = frame->linktype == LINKTYPE_LINUX_SLL2, is_ethernet = frame->linktype == LINKTYPE_ETHERNET;
    uint32_t at = is_ethernet ? ETHERNET_HEADER : is_2 ? SLL2_HEADER : SLL_HEADER, tags = 0;
    if ((!is_ethernet && !is_2 && frame->linktype != LINKTYPE_LINUX_SLL) || frame->captured < at)
        return 0;
    uint32_t type = hg_be16(frame->data + (is_ethernet ? ETHERTYPE_AT : is_2 ? SLL2_TYPE_AT : SLL_TYPE_AT));
    for (; tags <= NUMBER && hg_is_tag(type) && frame->captured - at >= TAG; at += TAG) {
        const uint32_t number = hg_be16(frame->data + at) & NUMBER; /* 0: a priority, which receivers ignore */
        tags = number == 0 ? tags : tags << NUMBER_BITS | number;
        type = hg_be16(frame->data + at + TYPE_IN_TAG);
    }
    return (is_2 ? (uint64_t)hg_be32(frame->data + SLL2_INTERFACE_AT) << MOST_TAGS * NUMBER_BITS : 0) | tags;
}
