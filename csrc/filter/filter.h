/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * filter.h - decides from a packet alone whether its conversation passes the filter.
 */
#pragma once

#include "packet/frame.h"
#include "packet/packet.h"

/* Moves the packets that pass, of the first `count`, to the front of `packets`, in their order, and
 * returns their number. `count` is HG_LARGEST_BLOCK at most.
 *
 * A SYN comes from the client and a SYN+ACK from the server. For any other segment the client is not
 * known, so the segment passes if its conversation would pass with either end as client. The decision is
 * still the same for a whole conversation: a SYN or SYN+ACK that passed opened its flow, so every later
 * segment passes, too. For a flow that a message opens, call hg_filter_passes_from. */
uint32_t hg_filter_keep(const hg_filter *filter, hg_packet *packets, uint32_t count);

/* 1 when the packet's conversation passes, given that its sender is the server (`from_server`) or the client.
 * `filter` may be NULL. */
int hg_filter_passes_from(const hg_filter *filter, const hg_packet *packet, int from_server);
