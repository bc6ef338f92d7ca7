/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * sender.h - who sent a frame: the MAC and the segment.
 */
#pragma once

#include "packet/link.h"

/* As hg_has_label, for frames that do not hold IP or ARP at once. */
int hg_finds_label(const hg_frame *frame);

/* Whether a frame has an MPLS label, perhaps behind VLAN tags: a router sent it on behalf of hosts elsewhere. */
static inline int hg_has_label(const hg_frame *frame)
{
    enum { TYPE_4 = 0x08, TYPE_6 = 0x86 }; /* first bytes */
    return frame->linktype == LINKTYPE_ETHERNET && frame->captured >= ETHERNET_HEADER &&
           frame->data[ETHERTYPE_AT] != TYPE_4 && frame->data[ETHERTYPE_AT] != TYPE_6 && hg_finds_label(frame);
}

/* The two outer VLAN tags of a frame (the lower 24 bits), and the interface of a Linux cooked capture; 0: neither.
 * Stations of two segments are no neighbours. */
uint64_t hg_segment_of(const hg_frame *frame);

/* Finds the MAC of a frame's sender in Ethernet (also in PKTAP, ERF and Juniper's records), Linux cooked captures and
 * data frames of 802.11. 0: the frame has none, it was not captured, or it consists of zeros. */
int hg_source_mac(const hg_frame *frame, uint8_t mac[HG_MAC_LENGTH]);
