/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * udp_tunnel.h - tunnels over UDP.
 */
#ifndef HG_UDP_TUNNEL_H
#define HG_UDP_TUNNEL_H

#include "packet/view.h"

/* Moves `view` from the UDP header, whose ports are those of a tunnel, to the IP header inside,
 * and sets the kind of tunnel. */
hg_drop hg_udp_tunnel_strip(hg_view *view, uint8_t *kind);

#endif
