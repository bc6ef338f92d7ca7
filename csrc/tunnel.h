/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * tunnel.h - packets inside packets.
 */
#ifndef HG_TUNNEL_H
#define HG_TUNNEL_H

#include "packet.h"

/* IP protocols that carry IP, all of them or on some ports. */
enum { PROTOCOL_IPV4 = 4, PROTOCOL_TCP = 6, PROTOCOL_UDP = 17, PROTOCOL_IPV6 = 41, PROTOCOL_GRE = 47 };

static inline int hg_may_tunnel(uint8_t protocol)
{
    return protocol == PROTOCOL_IPV4 || protocol == PROTOCOL_UDP || protocol == PROTOCOL_IPV6 ||
           protocol == PROTOCOL_GRE;
}

/* 1 when `view` begins with a UDP header whose ports are those of a tunnel. */
int hg_is_tunnel_port(const hg_view *view);

/* Moves `view` from behind an IP header of `version`, which names `protocol`, to the IP header
 * inside. HG_DROP_NOT_TCP: it is no tunnel. `*kind` is set once the kind is known. */
hg_drop hg_tunnel_strip(uint8_t protocol, uint8_t version, hg_view *view, uint8_t *kind);

/* A frame through all its layers, tunnels too when `decapsulate` is set; `packet` is that of
 * the innermost one. */
hg_drop hg_layers_parse(const hg_frame *frame, int decapsulate, hg_packet *packet);

#endif
