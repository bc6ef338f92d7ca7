/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * gre.c - GRE (RFC 2784, 2890; routing of RFC 1701) and ERSPAN, which lies in it.
 */
#include "packet/gre.h"

#include "packet/tunnel_content.h"

enum {
    GRE_CHECKSUM = 0x8000,
    GRE_ROUTING = 0x4000,
    GRE_KEY = 0x2000,
    GRE_SEQUENCE = 0x1000,
    GRE_VERSION = 0x0007 /* 1 is PPTP's (RFC 2637) */
};

enum { MAX_ROUTES = 16 };

/* Source route entries: family (2 bytes), offset, length, and so many bytes; one of family 0
 * and length 0 ends them. */
static hg_drop strip_routes(hg_view *view)
{
    for (int route = 0; route < MAX_ROUTES; route++) {
        const uint8_t *entry = view->data;
        if (!hg_take(view, 4))
            return hg_no_room(view, 4);
        if (hg_be16(entry) == 0 && entry[3] == 0)
            return HG_DROP_NONE;
        if (!hg_take(view, entry[3]))
            return hg_no_room(view, entry[3]);
    }
    return HG_DROP_BAD_LINK_HEADER;
}

/* Types I and II of ERSPAN have one EtherType: only II is numbered and has a header. */
static hg_drop strip_erspan(hg_view *view, int numbered)
{
    enum { HEADER = 8, VERSION = 1 };
    const uint8_t *header = view->data;
    if (numbered) {
        if (!hg_take(view, HEADER))
            return hg_no_room(view, HEADER);
        if (header[0] >> 4 != VERSION)
            return HG_DROP_NOT_TCP;
    }
    return hg_link_strip(LINKTYPE_ETHERNET, view);
}

/* Its last two bytes: P (1 bit), frame type (5), hardware (6), direction (1), granularity (2),
 * and whether 8 more bytes follow (1). Frame type 0 is Ethernet, 2 is IP. */
static hg_drop strip_erspan_3(hg_view *view)
{
    enum { HEADER = 12, SUBHEADER = 8, VERSION = 2, TYPE_ETHERNET = 0, TYPE_IP = 2 };
    const uint8_t *header = view->data;
    if (!hg_take(view, HEADER))
        return hg_no_room(view, HEADER);
    if (header[0] >> 4 != VERSION)
        return HG_DROP_NOT_TCP;
    if ((header[11] & 1) != 0 && !hg_take(view, SUBHEADER))
        return hg_no_room(view, SUBHEADER);
    switch (header[10] >> 2 & 0x1F) {
    case TYPE_ETHERNET:
        return hg_link_strip(LINKTYPE_ETHERNET, view);
    case TYPE_IP:
        return HG_DROP_NONE;
    default:
        return HG_DROP_NOT_IP;
    }
}

/* Checksum and offset stand together, and are there when either is used. */
static uint32_t options_length(uint32_t flags)
{
    return ((flags & (GRE_CHECKSUM | GRE_ROUTING)) != 0 ? 4u : 0u) + ((flags & GRE_KEY) != 0 ? 4u : 0u) +
           ((flags & GRE_SEQUENCE) != 0 ? 4u : 0u);
}

hg_drop hg_gre_strip(hg_view *view, uint8_t *kind)
{
    const uint8_t *header = view->data;
    if (!hg_take(view, 4))
        return hg_no_room(view, 4);
    uint32_t flags = hg_be16(header), protocol = hg_be16(header + 2);
    if ((flags & GRE_VERSION) != 0)
        return HG_DROP_NOT_TCP;
    uint32_t options = options_length(flags);
    if (!hg_take(view, options))
        return hg_no_room(view, options);
    hg_drop drop = (flags & GRE_ROUTING) != 0 ? strip_routes(view) : HG_DROP_NONE;
    if (drop != HG_DROP_NONE)
        return drop;
    *kind = HG_TUNNEL_ERSPAN;
    if (protocol == ETHERTYPE_ERSPAN)
        return strip_erspan(view, (flags & GRE_SEQUENCE) != 0);
    if (protocol == ETHERTYPE_ERSPAN_3)
        return strip_erspan_3(view);
    *kind = HG_TUNNEL_GRE;
    return hg_strip_content(protocol, view);
}
