/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * tunnel.h - packets inside packets.
 */
#pragma once

#include "packet/frame.h"
#include "packet/packet.h"

/* Moves `view` through all tunnels to the TCP or UDP header of the innermost packet. Before the call, `packet`
 * holds the outer IP header, whose payload has the protocol `*protocol` and begins at `view`; afterwards, the
 * innermost one. `reads` is as for hg_packet_parse. `layers` gets the tunnels passed, even after a failure. */
hg_drop hg_tunnels_walk(hg_view *view, hg_packet *packet, int reads, uint8_t *protocol,
                        hg_tunnel_layer layers[HG_MOST_TUNNELS]);
/* Writes the tunnels of a frame whose packet was parsed, and returns their number. */
uint32_t hg_tunnels_trace(const hg_frame *frame, hg_tunnel_layer layers[HG_MOST_TUNNELS]);
