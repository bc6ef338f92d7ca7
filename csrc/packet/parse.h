/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * parse.h - from a captured frame to a TCP segment or a UDP datagram, one layer a file.
 *
 *     frame ──link.c──▶ IP header ──ip.c──▶ TCP, UDP ──────────────────▶ packet
 *       │                   ▲        └─▶ tunnel.c ─┐                   ▲
 *       │                   └──────────────────────┘                   │
 *       └─────────── parse.c: the common form, at once ────────────────┘
 *
 * Each layer checks every length before it reads, and
 * returns an hg_drop that says why it stopped.
 */
#pragma once

#include "packet/frame.h"
#include "packet/packet.h"
#include "packet/udp.h"

/* Reads all layers of a frame. `reads`: HG_READ_TUNNELS, the packet inside tunnels in place of the outer
 * one; HG_READ_DATAGRAMS, what else is UDP, for which HG_PARSED_DATAGRAM is returned. Without that it is
 * HG_DROP_NOT_TCP. HG_READ_FRAGMENTS: the same for fragments of UDP. HG_READ_LINK: HG_PARSED_DATAGRAM also for frames without IP whose
 * protocol is known, HG_DROP_NOT_IP without, and for Neighbor Discovery. */
hg_drop hg_packet_parse(const hg_frame *frame, int reads, hg_packet *packet);
/* The same without the short way. */
hg_drop hg_layers_parse(const hg_frame *frame, int reads, hg_packet *packet);

/* The data of the packet that were captured, and how many bytes: a snap length cuts them, padding of the
 * link follows them. */
static inline uint32_t hg_packet_data(const hg_packet *packet, const hg_frame *frame, const uint8_t **data)
{
    *data = hg_is_datagram(packet) ? packet->data : hg_tcp_options(packet) + packet->options_length;
    uint32_t left = frame->captured - (uint32_t)(*data - frame->data);
    return left < packet->payload ? left : packet->payload;
}
