/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * tunnel_content.h - definitions shared by the readers of tunnels.
 */
#pragma once

#include "packet/ethertype.h"
#include "packet/link.h"

/* Why `view` has fewer than `bytes`: the packet was cut when it was captured, or is no such header. */
static inline hg_drop hg_no_room(const hg_view *view, uint32_t bytes)
{
    return view->wire < bytes ? HG_DROP_NOT_TCP : HG_DROP_TRUNCATED;
}

/* What an EtherType says of the content. */
static inline hg_drop hg_strip_content(uint32_t ethertype, hg_view *view)
{
    if (ethertype == ETHERTYPE_ETHERNET)
        return hg_link_strip(LINKTYPE_ETHERNET, view);
    return hg_strip_ethertype(ethertype, view);
}
