/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * filter.h - decides from a packet alone whether its conversation passes the filter.
 */
#pragma once

#include "packet/frame.h"
#include "packet/packet.h"

/* Keeps those of the first `count` packets that pass, in their order, at the front of
 * `packets`, and returns their number. `count` is HG_LARGEST_BLOCK at most.
 *
 * A SYN comes from the client and a SYN+ACK from the server. Of any other segment it is not
 * known who is the client, so it passes when its conversation would pass in either order. The
 * decision is the same for the whole conversation: a flow is opened by a SYN or SYN+ACK that
 * passed, so one of the two orders is the flow's, and every later segment of it passes. A flow that a
 * message opens asks hg_filter_passes_from. */
uint32_t hg_filter_keep(const hg_filter *filter, hg_packet *packets, uint32_t count);

/* 1 when the packet's conversation passes, now that its sender is known to be the server, or else the
 * client. `filter` may be NULL. */
int hg_filter_passes_from(const hg_filter *filter, const hg_packet *packet, int from_server);
