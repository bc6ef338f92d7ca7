/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * ethertype.h - from an EtherType, LLC, PPP or PPPoE to the IP header.
 *
 * Each function moves `view` to the IP header, or says why there is none.
 */
#pragma once

#include "base/bytes.h"
#include "packet/linktype.h"
#include "packet/view.h"

/* Over tags, Cisco Metadata, labels, PPPoE and LLC/SNAP. With HG_DROP_NOT_IP `view` may stand before what there is in
 * place of IP, and names its protocol. */
hg_drop hg_strip_shims(uint32_t ethertype, hg_view *view);

/* `view` begins after an EtherType. Usually the IP header follows immediately. */
static inline hg_drop hg_strip_ethertype(uint32_t ethertype, hg_view *view)
{
    if (ethertype == ETHERTYPE_IPV4 || ethertype == ETHERTYPE_IPV6)
        return HG_DROP_NONE;
    return hg_strip_shims(ethertype, view);
}

/* A header of `length` bytes whose EtherType is at offset `at`. */
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

/* For headers that do not name what they carry: the first half byte decides; in IP it is the version. */
hg_drop hg_expect_ip(const hg_view *view);
