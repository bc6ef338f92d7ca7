/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * strip.h - steps over headers that several layers share.
 *
 *     link.c ───────┬─▶ ethertype.c: from an EtherType to the IP header
 *     wifi.c ───────┤
 *     gre.c ────────┤
 *     udp_tunnel.c ─┘
 */
#ifndef HG_STRIP_H
#define HG_STRIP_H

#include "bytes.h"
#include "linktype.h"
#include "packet.h"

/* Moves `view` on by `bytes`; 0 when fewer were captured. */
static inline int hg_take(hg_view *view, uint32_t bytes)
{
    if (view->captured < bytes)
        return 0;
    view->data += bytes;
    view->captured -= bytes;
    view->wire -= bytes;
    return 1;
}

/* Ends `view` after `bytes`, which must not be more than were on the wire. */
static inline void hg_limit(hg_view *view, uint32_t bytes)
{
    view->wire = bytes;
    if (view->captured > bytes)
        view->captured = bytes;
}

/* Over tags, labels, PPPoE and LLC/SNAP. */
hg_drop hg_strip_shims(uint32_t ethertype, hg_view *view);

/* From behind an EtherType to the IP header, which mostly is there already. */
static inline hg_drop hg_strip_ethertype(uint32_t ethertype, hg_view *view)
{
    if (ethertype == ETHERTYPE_IPV4 || ethertype == ETHERTYPE_IPV6)
        return HG_DROP_NONE;
    return hg_strip_shims(ethertype, view);
}

/* A header of `length` bytes whose EtherType stands at `at`. */
static inline hg_drop hg_strip_header(hg_view *view, uint32_t length, uint32_t at)
{
    const uint8_t *header = view->data;
    if (!hg_take(view, length))
        return HG_DROP_TRUNCATED;
    return hg_strip_ethertype(hg_be16(header + at), view);
}

/* LLC and SNAP (RFC 1042) with an EtherType, and what follows. */
hg_drop hg_strip_llc(hg_view *view);

/* PPP from its protocol field on. */
hg_drop hg_strip_ppp(hg_view *view);

/* Six bytes of PPPoE, and PPP. */
hg_drop hg_strip_pppoe(hg_view *view);

/* Nothing says what follows but the first half byte, which is the version in IP. */
hg_drop hg_expect_ip(const hg_view *view);

/* Link types 105, 119, 127, 163 and 192: 802.11 with or without a radio header before it. */
hg_drop hg_wifi_strip(uint32_t linktype, hg_view *view);

#endif
