/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * ip.h - IPv4 (RFC 791) and IPv6 (RFC 8200) headers.
 */
#ifndef HG_IP_H
#define HG_IP_H

#include "packet/packet.h"
#include "packet/view.h"

/* IP protocols that are read: TCP, and those that carry IP, all of them or on some ports. */
enum { PROTOCOL_IPV4 = 4, PROTOCOL_TCP = 6, PROTOCOL_UDP = 17, PROTOCOL_IPV6 = 41, PROTOCOL_GRE = 47 };

/* Offsets into the IPv4 header. */
enum {
    IPV4_TOS_AT = 1,
    IPV4_LENGTH_AT = 2,
    IPV4_ID_AT = 4,
    IPV4_FRAGMENT_AT = 6, /* three flags, then the offset */
    IPV4_TTL_AT = 8,
    IPV4_PROTOCOL_AT = 9,
    IPV4_SOURCE_AT = 12,
    IPV4_DESTINATION_AT = 16
};

/* Offsets into the IPv6 header. */
enum {
    IPV6_LENGTH_AT = 4,
    IPV6_NEXT_AT = 6,
    IPV6_HOPS_AT = 7,
    IPV6_SOURCE_AT = 8,
    IPV6_DESTINATION_AT = 24
};

/* Reads the IP header at `view` into `packet` and moves `view` to what it carries; its `wire`
 * is then the length of that. `*protocol` is TCP, or with `tunnels` one that may be a tunnel. */
hg_drop hg_ip_parse(hg_view *view, int tunnels, hg_packet *packet, uint8_t *protocol);

#endif
