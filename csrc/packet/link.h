/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * link.h - link headers: where the IP header begins, and who sent the frame.
 */
#pragma once

#include "base/bytes.h"
#include "packet/frame.h"
#include "packet/linktype.h"

/* Moves `view` from the link header to the IP header, or returns the reason why there is none. The other strip
 * functions do this for some of the headers. */
hg_drop hg_link_strip(uint32_t linktype, hg_view *view);

/* Skips VLAN tags, Cisco Metadata, MPLS labels, PPPoE and LLC/SNAP. `view` begins after the EtherType `ethertype`.
 * HG_DROP_NOT_IP: there is no IP header; if an EtherType or SNAP names another protocol, `view->link_protocol` becomes
 * that protocol, and `view` is at its payload. */
hg_drop hg_strip_shims(uint32_t ethertype, hg_view *view);

/* As hg_strip_shims, without a call if the IP header follows immediately, which is the usual case. */
static inline hg_drop hg_strip_ethertype(uint32_t ethertype, hg_view *view)
{
    if (ethertype == ETHERTYPE_IPV4 || ethertype == ETHERTYPE_IPV6)
        return HG_DROP_NONE;
    return hg_strip_shims(ethertype, view);
}

/* Skips LLC and SNAP (RFC 1042), and the headers between their EtherType and the IP header. */
hg_drop hg_strip_llc(hg_view *view);
/* For headers without a protocol field: checks whether the first half byte at `view` is a version of IP. */
hg_drop hg_expect_ip(const hg_view *view);
/* Skips an 802.11 header, the radio header before it (if any), and LLC and SNAP after it. For link types 105, 119, 127,
 * 163 and 192. */
hg_drop hg_wifi_strip(uint32_t linktype, hg_view *view);
/* Finds the offset of the sender's address in an 802.11 frame, even if the address was not captured. 0: a header before
 * it is damaged or cut. */
int hg_wifi_source_at(const hg_frame *frame, uint32_t *at);

/* Finds the MAC of a frame's sender in Ethernet, Linux cooked captures and 802.11. 0: the frame has none, it was not
 * captured, or it consists of zeros. */
int hg_source_mac(const hg_frame *frame, uint8_t mac[HG_MAC_LENGTH]);
