/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * parse.h - from a captured frame to a TCP packet, one layer a file.
 *
 *     frame ──link.c──▶ IP header ──ip.c──▶ TCP header ──tcp.c──▶ packet
 *       │                   ▲        └─▶ tunnel.c ─┐                ▲
 *       │                   └──────────────────────┘                │
 *       └────────── parse.c: the common form, at once ──────────────┘
 *
 * layers.c takes a frame along the upper way. Each layer checks every length before it reads, and
 * returns an hg_drop that says why it stopped.
 */
#ifndef HG_PARSE_H
#define HG_PARSE_H

#include "packet/frame.h"
#include "packet/packet.h"

/* Reads all layers of a frame; with `decapsulate` the packet inside tunnels in place of the outer
 * one. */
hg_drop hg_packet_parse(const hg_frame *frame, int decapsulate, hg_packet *packet);

#endif
