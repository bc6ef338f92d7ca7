/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * tunnel.h - packets inside packets.
 */
#pragma once

#include "packet/frame.h"
#include "packet/packet.h"

/* Moves `view`, which begins after an IP header that is in `packet` and names `protocol`, through
 * all tunnels to the TCP or UDP header of the innermost packet, which is then in `packet`. `reads` is as
 * for hg_packet_parse. `layers` are filled as far as it goes. */
hg_drop hg_tunnels_walk(hg_view *view, hg_packet *packet, int reads, uint8_t *protocol,
                        hg_tunnel_layer layers[HG_MOST_TUNNELS]);
/* The tunnels of a frame whose packet was parsed; returns how many there are. */
uint32_t hg_tunnels_trace(const hg_frame *frame, hg_tunnel_layer layers[HG_MOST_TUNNELS]);
