/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * udp_tunnel.c - VXLAN (RFC 7348), GENEVE (RFC 8926), GTP-U (3GPP TS 29.281) and Teredo
 * (RFC 4380): told by the port, and believed when the header fits.
 */
#include "packet/udp_tunnel.h"

#include "packet/tunnel_content.h"
#include "packet/udp.h"

/* Eight bytes, one of whose flags says that the network's number is valid; then Ethernet. */
static hg_drop strip_vxlan(hg_view *view)
{
    const uint8_t *header = view->data;
    if (!hg_take(view, 8))
        return hg_no_room(view, 8);
    if ((header[0] & 0x08) == 0)
        return HG_DROP_NOT_TCP;
    return hg_link_strip(LINKTYPE_ETHERNET, view);
}

/* Version (2 bits), length of the options in words (6), flags, EtherType, network, options. */
static hg_drop strip_geneve(hg_view *view)
{
    const uint8_t *header = view->data;
    if (!hg_take(view, 8))
        return hg_no_room(view, 8);
    if (header[0] >> 6 != 0)
        return HG_DROP_NOT_TCP;
    uint32_t options = (header[0] & 0x3Fu) * 4;
    if (!hg_take(view, options))
        return hg_no_room(view, options);
    return hg_strip_content(hg_be16(header + 2), view);
}

/* Each: its length in words, content, kind of the next one (0: none). */
static hg_drop strip_gtpu_extensions(hg_view *view, uint8_t next)
{
    enum { MAX_EXTENSIONS = 8 };
    for (int count = 0; next != 0; count++) {
        if (count == MAX_EXTENSIONS)
            return HG_DROP_BAD_LINK_HEADER;
        const uint8_t *extension = view->data;
        if (view->captured < 1)
            return hg_no_room(view, 1);
        uint32_t length = extension[0] * 4u;
        if (length == 0)
            return HG_DROP_NOT_TCP;
        if (!hg_take(view, length))
            return hg_no_room(view, length);
        next = extension[length - 1];
    }
    return HG_DROP_NONE;
}

/* Version 1, not GTP', and the message that carries a packet. The length counts from behind
 * the first eight bytes. Four more follow when any of the last three flags is set. */
static hg_drop strip_gtpu(hg_view *view)
{
    enum { VERSION_AND_TYPE = 0xF0, OURS = 0x30, G_PDU = 255 };
    enum { EXTENSIONS = 0x04, ANY_OPTION = 0x07 };
    const uint8_t *header = view->data;
    if (!hg_take(view, 8))
        return hg_no_room(view, 8);
    uint32_t length = hg_be16(header + 2);
    if ((header[0] & VERSION_AND_TYPE) != OURS || header[1] != G_PDU || length > view->wire)
        return HG_DROP_NOT_TCP;
    hg_limit(view, length);
    if ((header[0] & ANY_OPTION) != 0) {
        if (!hg_take(view, 4))
            return hg_no_room(view, 4);
        uint8_t next = (header[0] & EXTENSIONS) != 0 ? header[11] : 0;
        hg_drop drop = strip_gtpu_extensions(view, next);
        if (drop != HG_DROP_NONE)
            return drop;
    }
    return hg_expect_ip(view);
}

/* Authentication: 0, 1, two lengths, so many bytes, a nonce of 8, a confirmation of 1.
 * Origin: 0, 0, a port, an address. Both are optional, in this order. */
static hg_drop strip_teredo(hg_view *view)
{
    enum { AUTHENTICATION = 1, ORIGIN = 0, ORIGIN_LENGTH = 8 };
    const uint8_t *header = view->data;
    if (view->captured >= 4 && hg_be16(header) == AUTHENTICATION) {
        uint32_t length = 4u + header[2] + header[3] + 9u;
        if (!hg_take(view, length))
            return hg_no_room(view, length);
        header = view->data;
    }
    if (view->captured >= 2 && hg_be16(header) == ORIGIN && !hg_take(view, ORIGIN_LENGTH))
        return hg_no_room(view, ORIGIN_LENGTH);
    if (view->captured < 1)
        return hg_no_room(view, 1);
    return view->data[0] >> 4 == 6 ? HG_DROP_NONE : HG_DROP_NOT_TCP;
}

hg_drop hg_udp_tunnel_strip(hg_view *view, uint8_t *kind)
{
    const uint8_t *header = view->data;
    if (view->captured < HG_UDP_HEADER)
        return hg_no_room(view, HG_UDP_HEADER);
    uint32_t length = hg_be16(header + UDP_LENGTH_AT);
    if (length < HG_UDP_HEADER || length > view->wire)
        return HG_DROP_NOT_TCP;
    hg_limit(view, length);
    hg_take(view, HG_UDP_HEADER);
    *kind = (uint8_t)hg_tunnel_of_ports(header);
    switch (*kind) {
    case HG_TUNNEL_VXLAN:
        return strip_vxlan(view);
    case HG_TUNNEL_GENEVE:
        return strip_geneve(view);
    case HG_TUNNEL_GTPU:
        return strip_gtpu(view);
    default:
        return strip_teredo(view);
    }
}
