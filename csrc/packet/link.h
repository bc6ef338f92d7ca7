/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * link.h - headers of links, and the headers between them and IP: functions for the table of wrappings (hg_strip).
 */
#pragma once

#include "packet/content.h"

/* LLC and SNAP: three constant bytes, an organisation, an EtherType. */
enum { SNAP_HEADER = 8, SNAP_ORGANISATION_AT = 3, SNAP_TYPE_AT = 6, SNAP_PREFIX = 0xAAAA03 };

/* ---- headers of links, by link type ---- */

hg_strip hg_strip_address_family, hg_strip_slip, hg_strip_ppp, hg_strip_hdlc, hg_strip_rfc1483, hg_strip_frame_relay,
    hg_strip_cooked, hg_strip_pflog, hg_strip_pktap, hg_strip_erf, hg_strip_nflog, hg_strip_wifi, hg_strip_ppi,
    hg_strip_sunatm, hg_strip_docsis, hg_strip_pppd;

/* ---- headers after an EtherType ---- */

hg_strip hg_strip_llc, hg_strip_wccp, hg_strip_mpls, hg_strip_pppoe, hg_strip_macsec, hg_strip_pbb, hg_strip_metadata,
    hg_strip_nsh, hg_strip_arista;

/* Sets what follows NSH or VXLAN-GPE, which share the numbers (RFC 8300, 2.2; draft-ietf-nvo3-vxlan-gpe, 3.2). */
hg_drop hg_next_is_numbered(hg_content *next, uint8_t protocol);

static inline int hg_is_tag(uint32_t type)
{
    return type == ETHERTYPE_VLAN || type == ETHERTYPE_QINQ || type == 0x9100 || type == 0x9200 || type == 0x9300;
}

/* Finds the offset of the sender's address in an 802.11 frame, even if the address was not captured. 0: a header before
 * it is damaged or cut. */
int hg_wifi_source_at(const hg_frame *frame, uint32_t *at);
