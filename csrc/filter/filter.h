/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * filter.h - decides from a packet alone whether its conversation passes the filter.
 */
#pragma once

#include "packet/frame.h"
#include "packet/packet.h"

/* Moves the packets that pass to the front of `packets`, in their order, and returns their number.
 * `count` is at most HG_LARGEST_BLOCK. Fragments pass; their datagram is filtered after reassembly.
 *
 * A SYN comes from the client and a SYN+ACK from the server. Any other segment may come from either, so
 * it passes if its conversation would pass with at least one of its ends as client. The filter still decides about
 * whole conversations: only a SYN or SYN+ACK that passes opens a flow, and later segments of this flow
 * pass, too. If data opens a flow because the handshake was not captured, call hg_filter_passes_from. */
uint32_t hg_filter_keep(const hg_filter *filter, hg_packet *packets, uint32_t count);

/* 1 when the packet's conversation passes, given that its sender is the server (`from_server`) or the client.
 * `filter` may be NULL. */
int hg_filter_passes_from(const hg_filter *filter, const hg_packet *packet, int from_server);
