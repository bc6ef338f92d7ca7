/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * link.h - headers of links, and the headers between them and IP: functions for the table of wrappings (hg_strip). Also
 * who sent a frame.
 */
#pragma once

#include "packet/content.h"

/* LLC and SNAP: three constant bytes, an organisation, an EtherType. */
enum { SNAP_HEADER = 8, SNAP_ORGANISATION_AT = 3, SNAP_TYPE_AT = 6, SNAP_PREFIX = 0xAAAA03 };

/* ---- headers of links, by link type ---- */

hg_strip hg_strip_address_family, hg_strip_slip, hg_strip_ppp, hg_strip_hdlc, hg_strip_fddi, hg_strip_rfc1483,
    hg_strip_frame_relay, hg_strip_cooked, hg_strip_pflog, hg_strip_pktap, hg_strip_juniper, hg_strip_erf,
    hg_strip_nflog, hg_strip_wifi, hg_strip_ppi, hg_strip_token_ring, hg_strip_arcnet, hg_strip_sunatm, hg_strip_mfr,
    hg_strip_docsis, hg_strip_pppd;

/* ---- headers after an EtherType ---- */

hg_strip hg_strip_llc, hg_strip_wccp, hg_strip_mpls, hg_strip_pppoe, hg_strip_macsec, hg_strip_pbb,
    hg_strip_metadata, hg_strip_nsh, hg_strip_arista;

/* Sets what follows NSH or VXLAN-GPE, which share the numbers (RFC 8300, 2.2; draft-ietf-nvo3-vxlan-gpe, 3.2). */
hg_drop hg_next_is_numbered(hg_content *next, uint8_t protocol);

/* ---- the sender ---- */

/* Finds the offset of the sender's address in an 802.11 frame, even if the address was not captured. 0: a header before
 * it is damaged or cut. */
int hg_wifi_source_at(const hg_frame *frame, uint32_t *at);

static inline int hg_is_tag(uint32_t type)
{
    return type == ETHERTYPE_VLAN || type == ETHERTYPE_QINQ || type == 0x9100 || type == 0x9200 || type == 0x9300;
}

/* As hg_has_label, for frames that do not hold IP or ARP at once. */
int hg_finds_label(const hg_frame *frame);

/* Whether a frame has an MPLS label, perhaps behind VLAN tags: a router sent it on behalf of hosts elsewhere. */
static inline int hg_has_label(const hg_frame *frame)
{
    enum { TYPE_4 = 0x08, TYPE_6 = 0x86 }; /* first bytes */
    return frame->linktype == LINKTYPE_ETHERNET && frame->captured >= ETHERNET_HEADER &&
           frame->data[ETHERTYPE_AT] != TYPE_4 && frame->data[ETHERTYPE_AT] != TYPE_6 && hg_finds_label(frame);
}

/* The VLAN tags of a frame (the lower 24 bits), and the interface of a Linux cooked capture; 0: neither. Stations of
 * two segments are no neighbours. */
uint64_t hg_segment_of(const hg_frame *frame);

/* Finds the MAC of a frame's sender in Ethernet (also in PKTAP, ERF and Juniper's records), Linux cooked captures and
 * 802.11. 0: the frame has none, it was not captured, or it consists of zeros. */
int hg_source_mac(const hg_frame *frame, uint8_t mac[HG_MAC_LENGTH]);
