/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * link.h - link headers: where the IP header begins, and who sent the frame.
 */
#pragma once

#include "base/bytes.h"
#include "packet/frame.h"
#include "packet/linktype.h"

/* Moves `view` from the link header to the IP header, or returns why there is none. The functions below do the same for
 * single headers. */
hg_drop hg_link_strip(uint32_t linktype, hg_view *view);

/* Skips VLAN tags, Cisco Metadata, MPLS labels, PPPoE and LLC/SNAP. With HG_DROP_NOT_IP, `view` may be at the payload in
 * place of IP, and `link_protocol` is its protocol. */
hg_drop hg_strip_shims(uint32_t ethertype, hg_view *view);

/* `view` begins after an EtherType. Usually the IP header follows immediately. */
static inline hg_drop hg_strip_ethertype(uint32_t ethertype, hg_view *view)
{
    if (ethertype == ETHERTYPE_IPV4 || ethertype == ETHERTYPE_IPV6)
        return HG_DROP_NONE;
    return hg_strip_shims(ethertype, view);
}

/* Skips LLC and SNAP (RFC 1042) with an EtherType, and the headers after it. */
hg_drop hg_strip_llc(hg_view *view);
/* For link headers without a protocol field: the first half byte, the IP version, decides. */
hg_drop hg_expect_ip(const hg_view *view);
/* 802.11 with or without a radio header before it: link types 105, 119, 127, 163 and 192. */
hg_drop hg_wifi_strip(uint32_t linktype, hg_view *view);
/* Finds the offset of the sender's address in an 802.11 frame. 0: there is none. */
int hg_wifi_source_at(const hg_frame *frame, uint32_t *at);

/* The sender's MAC of a frame: of Ethernet, of Linux cooked captures, and of 802.11. 0: the link has none, or it was not
 * captured. */
int hg_source_mac(const hg_frame *frame, uint8_t mac[HG_MAC_LENGTH]);
