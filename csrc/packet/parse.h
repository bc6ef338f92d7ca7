/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * parse.h - from a captured frame to a TCP packet, one layer a file.
 *
 *     frame ──link.c──▶ IP header ──ip.c──▶ TCP header ──tcp.c──▶ packet
 *       │                   ▲        └─▶ tunnel.c ─┐                ▲
 *       │                   └──────────────────────┘                │
 *       └────────── parse.c: the common forms in one go ────────────┘
 *
 * layers.c takes a frame along the upper way.
 * Each layer checks every length it needs before it reads and says with an hg_drop why it
 * stopped.
 */
#ifndef HG_PARSE_H
#define HG_PARSE_H

#include "packet/frame.h"
#include "packet/packet.h"

/* Reads all layers of a frame; with `decapsulate` the packet inside tunnels in place of the outer
 * one. */
hg_drop hg_packet_parse(const hg_frame *frame, int decapsulate, hg_packet *packet);

#endif
