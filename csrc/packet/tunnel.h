/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * tunnel.h - finds the innermost packet of tunnels.
 */
#pragma once

#include "packet/frame.h"
#include "packet/packet.h"

/* Moves `view` through all tunnels to the TCP or UDP header of the innermost packet. Before the call, `packet`
 * describes the outer IP header, and `view` is at its payload of protocol `*protocol`; afterwards the same holds
 * for the innermost IP header. `reads` is as for hg_packet_parse. `layers` gets the tunnels from the outermost one
 * on; after a failure, as many as were recognised. */
hg_drop hg_tunnels_walk(hg_view *view, hg_packet *packet, int reads, uint8_t *protocol,
                        hg_tunnel_layer layers[HG_MOST_TUNNELS]);
/* Finds the tunnels of a frame whose packet was parsed, from the outermost one on, and returns their number. */
uint32_t hg_tunnels_trace(const hg_frame *frame, hg_tunnel_layer layers[HG_MOST_TUNNELS]);
