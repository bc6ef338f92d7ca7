/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * tunnel_kinds.h - the readers of the single tunnels; for tunnel.c and for them.
 */
#ifndef HG_TUNNEL_KINDS_H
#define HG_TUNNEL_KINDS_H

#include "linktype.h"
#include "strip.h"
#include "tunnel.h"

/* Each moves `view` from its own header to the IP header inside, and tells its kind. Of UDP the
 * ports are those of a tunnel. */
hg_drop hg_gre_strip(hg_view *view, uint8_t *kind);
hg_drop hg_udp_tunnel_strip(hg_view *view, uint8_t *kind);

/* Why `view` has no `bytes`: it was cut on its way here, or is no such header at all. */
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

#endif
