/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * content.h - what follows a header in a frame, and the functions that skip headers around IP.
 */
#pragma once

#include "base/bytes.h"
#include "packet/frame.h"
#include "packet/linktype.h"
#include "packet/packet.h"

/* What follows in a frame: one of the numbers of hg_space, or an IP header. */
typedef struct hg_content {
    uint64_t number;  /* in `space`; of SNAP: the organisation in the upper bits, its protocol in the lower 16 */
    uint32_t network; /* as in hg_tunnel_layer */
    uint8_t space;    /* hg_space */
    uint8_t tunnel;   /* hg_tunnel: of the wrapping before it */
} hg_content;

/* Skips a header: moves `view` to its content. `*next` is the header on the call, with the `tunnel` of its row, and its
 * content afterwards. HG_DROP_NOT_TCP: the packet does not contain this header, although its number says so. */
typedef hg_drop hg_strip(hg_view *view, hg_content *next);

/* Sets what follows; the functions that skip headers use these. They return HG_DROP_NONE. */
static inline hg_drop hg_next_is(hg_content *next, hg_space space, uint64_t number)
{
    next->space = (uint8_t)space;
    next->number = number;
    return HG_DROP_NONE;
}

static inline hg_drop hg_next_is_ethertype(hg_content *next, uint32_t ethertype)
{
    const int is_ip = ethertype == ETHERTYPE_IPV4 || ethertype == ETHERTYPE_IPV6;
    return hg_next_is(next, is_ip ? HG_SPACE_IP : HG_SPACE_ETHERTYPE, ethertype);
}

static inline hg_drop hg_next_is_ethernet(hg_content *next)
{
    return hg_next_is(next, HG_SPACE_LINKTYPE, LINKTYPE_ETHERNET);
}

/* For headers without a protocol field: IP follows if the first half byte at `view` is a version of IP. */
static inline hg_drop hg_expect_ip(const hg_view *view, hg_content *next)
{
    if (view->captured == 0)
        return HG_DROP_TRUNCATED;
    const uint32_t version = hg_ip_version(view);
    hg_next_is(next, HG_SPACE_IP, 0);
    return version == 4 || version == 6 ? HG_DROP_NONE : HG_DROP_NOT_IP;
}

/* The reason why fewer than `bytes` were captured: the capture cut the packet, or the packet has no such header. */
static inline hg_drop hg_short_drop(const hg_view *view, uint32_t bytes)
{
    return view->wire < bytes ? HG_DROP_NOT_TCP : HG_DROP_TRUNCATED;
}

/* For headers that do not state their content: 1 if a header of `linktype`, LINKTYPE_ETHERNET or LINKTYPE_PPP, begins
 * `at` bytes into `view`, and IP follows it, perhaps after further wrappings; or labels, after which IP, a control word
 * or a MAC may follow. Defined in wrapping.c. */
int hg_holds_ip(const hg_view *view, uint32_t at, uint32_t linktype);

/* Moves `view` behind MPLS labels (RFC 3032). 0: the last label was not captured. */
static inline int hg_skip_labels(hg_view *view)
{
    enum { LABEL = 4, BOTTOM_AT = 2, BOTTOM = 0x01 };
    const uint8_t *label;
    do {
        label = view->data;
        if (!hg_take(view, LABEL))
            return 0;
    } while ((label[BOTTOM_AT] & BOTTOM) == 0);
    return 1;
}
