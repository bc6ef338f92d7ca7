/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * gre.c - GRE (RFC 2784, 2890; routing of RFC 1701) and ERSPAN, which lies in it.
 */
#include "packet/gre.h"

#include "packet/tunnel_content.h"

/* The header: flags and version, the protocol; then options as the flags say. */
enum { GRE_HEADER = 4, GRE_FLAGS_AT = 0, GRE_PROTOCOL_AT = 2, GRE_OPTION = 4 };

enum {
    GRE_CHECKSUM = 0x8000,
    GRE_ROUTING = 0x4000,
    GRE_KEY = 0x2000,
    GRE_SEQUENCE = 0x1000,
    GRE_VERSION = 0x0007 /* 1 is PPTP's (RFC 2637) */
};

/* A source route entry: family, offset, length, and so many bytes. */
enum { ROUTE_ENTRY = 4, ROUTE_FAMILY_AT = 0, ROUTE_LENGTH_AT = 3, MAX_ROUTES = 16 };

/* ERSPAN. The version is the upper half of the first byte. The last two bytes of type III: P (1 bit),
 * frame type (5), hardware (6), direction (1), granularity (2), and whether 8 more bytes follow (1). */
enum { ERSPAN_VERSION_AT = 0, ERSPAN_2_HEADER = 8, ERSPAN_2_VERSION = 1 };
enum {
    ERSPAN_3_HEADER = 12,
    ERSPAN_3_VERSION = 2,
    ERSPAN_3_TYPE_AT = 10,
    ERSPAN_3_FLAGS_AT = 11,
    ERSPAN_3_MORE = 0x01,
    ERSPAN_3_SUBHEADER = 8,
    ERSPAN_3_ETHERNET = 0,
    ERSPAN_3_IP = 2
};

/* An entry of family 0 and length 0 is the last one. */
static hg_drop strip_routes(hg_view *view)
{
    for (int route = 0; route < MAX_ROUTES; route++) {
        const uint8_t *entry = view->data;
        if (!hg_take(view, ROUTE_ENTRY))
            return hg_no_room(view, ROUTE_ENTRY);
        uint32_t length = entry[ROUTE_LENGTH_AT];
        if (hg_be16(entry + ROUTE_FAMILY_AT) == 0 && length == 0)
            return HG_DROP_NONE;
        if (!hg_take(view, length))
            return hg_no_room(view, length);
    }
    return HG_DROP_BAD_LINK_HEADER;
}

/* Types I and II of ERSPAN have one EtherType: only II is numbered and has a header. */
static hg_drop strip_erspan(hg_view *view, int numbered)
{
    const uint8_t *header = view->data;
    if (numbered) {
        if (!hg_take(view, ERSPAN_2_HEADER))
            return hg_no_room(view, ERSPAN_2_HEADER);
        if (header[ERSPAN_VERSION_AT] >> 4 != ERSPAN_2_VERSION)
            return HG_DROP_NOT_TCP;
    }
    return hg_link_strip(LINKTYPE_ETHERNET, view);
}

static hg_drop strip_erspan_3(hg_view *view)
{
    const uint8_t *header = view->data;
    if (!hg_take(view, ERSPAN_3_HEADER))
        return hg_no_room(view, ERSPAN_3_HEADER);
    if (header[ERSPAN_VERSION_AT] >> 4 != ERSPAN_3_VERSION)
        return HG_DROP_NOT_TCP;
    if ((header[ERSPAN_3_FLAGS_AT] & ERSPAN_3_MORE) != 0 && !hg_take(view, ERSPAN_3_SUBHEADER))
        return hg_no_room(view, ERSPAN_3_SUBHEADER);
    switch (header[ERSPAN_3_TYPE_AT] >> 2 & 0x1F) {
    case ERSPAN_3_ETHERNET:
        return hg_link_strip(LINKTYPE_ETHERNET, view);
    case ERSPAN_3_IP:
        return HG_DROP_NONE;
    default:
        return HG_DROP_NOT_IP;
    }
}

/* Checksum and offset share a field, which is there when either is used. */
static uint32_t options_length(uint32_t flags)
{
    return ((flags & (GRE_CHECKSUM | GRE_ROUTING)) != 0 ? (uint32_t)GRE_OPTION : 0) +
           ((flags & GRE_KEY) != 0 ? (uint32_t)GRE_OPTION : 0) +
           ((flags & GRE_SEQUENCE) != 0 ? (uint32_t)GRE_OPTION : 0);
}

hg_drop hg_gre_strip(hg_view *view, hg_tunnel_layer *layer)
{
    const uint8_t *header = view->data;
    if (!hg_take(view, GRE_HEADER))
        return hg_no_room(view, GRE_HEADER);
    uint32_t flags = hg_be16(header + GRE_FLAGS_AT), protocol = hg_be16(header + GRE_PROTOCOL_AT);
    if ((flags & GRE_VERSION) != 0)
        return HG_DROP_NOT_TCP;
    uint32_t options = options_length(flags);
    if (!hg_take(view, options))
        return hg_no_room(view, options);
    if ((flags & GRE_KEY) != 0) /* behind checksum and offset */
        layer->network = hg_be32(header + GRE_HEADER + ((flags & (GRE_CHECKSUM | GRE_ROUTING)) != 0 ? GRE_OPTION : 0));
    hg_drop drop = (flags & GRE_ROUTING) != 0 ? strip_routes(view) : HG_DROP_NONE;
    if (drop != HG_DROP_NONE)
        return drop;
    layer->kind = HG_TUNNEL_ERSPAN;
    if (protocol == ETHERTYPE_ERSPAN)
        return strip_erspan(view, (flags & GRE_SEQUENCE) != 0);
    if (protocol == ETHERTYPE_ERSPAN_3)
        return strip_erspan_3(view);
    layer->kind = HG_TUNNEL_GRE;
    return hg_strip_content(protocol, view);
}
