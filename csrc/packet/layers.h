/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * layers.h - a frame through its layers, one after the other.
 */
#pragma once

#include "packet/frame.h"
#include "packet/packet.h"

/* What hg_packet_parse does, without its short way. */
hg_drop hg_layers_parse(const hg_frame *frame, int reads, hg_packet *packet);
