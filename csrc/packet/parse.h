/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * parse.h - parses a captured frame into a TCP segment or a UDP datagram; each layer has its own file.
 *
 *     frame ──link.c──▶ IP header ──ip.c──▶ TCP, UDP ──────────────────▶ packet
 *       │                   ▲        └─▶ tunnel.c ─┐                   ▲
 *       │                   └──────────────────────┘                   │
 *       └─────────── parse.c: the common form, at once ────────────────┘
 *
 * Each layer checks every length before it reads, and returns an hg_drop that says why it stopped.
 */
#pragma once

#include "packet/frame.h"
#include "packet/packet.h"
#include "packet/udp.h"

/* Parses all layers of a frame. Bits in `reads`:
 *   HG_READ_TUNNELS    parses the packet inside tunnels, not the outer one
 *   HG_READ_DATAGRAMS  returns HG_PARSED_DATAGRAM for other UDP, which is HG_DROP_NOT_TCP without the bit
 *   HG_READ_FRAGMENTS  does the same for fragments of UDP
 *   HG_READ_LINK       returns HG_PARSED_DATAGRAM for Neighbor Discovery, and for frames without IP whose
 *                      protocol is known; such frames are HG_DROP_NOT_IP without the bit */
hg_drop hg_packet_parse(const hg_frame *frame, int reads, hg_packet *packet);
/* The same without the shortcut for the common form. */
hg_drop hg_layers_parse(const hg_frame *frame, int reads, hg_packet *packet);

/* Gives the packet's captured data and returns its length. A snap length may have cut the data; padding of the link may
 * follow it. */
static inline uint32_t hg_packet_data(const hg_packet *packet, const hg_frame *frame, const uint8_t **data)
{
    *data = hg_is_datagram(packet) ? packet->data : hg_tcp_options(packet) + packet->options_length;
    uint32_t left = frame->captured - (uint32_t)(*data - frame->data);
    return left < packet->payload ? left : packet->payload;
}

/* ---- which packets and bytes may be left out because no reader needs them ----
 *
 * The active readers state their needs once (hg_requirements in huginn.h). All code that leaves out packets or bytes
 * asks here: the sieve and the detector, the reduction of archives, the policy of the flow table, and through huginn.h
 * the kernel's filter and the snap length. */

/* 1 when packets other than handshakes are needed. */
static inline int hg_needs_segments(const hg_requirements *of)
{
    return (of->timestamps | of->flow_ends | of->segments) != 0 || of->stream_bytes > 0;
}

/* 1 when datagrams of UDP are read. */
static inline int hg_needs_datagrams(const hg_requirements *of)
{
    return of->udp || of->udp_ports[0] != 0;
}

/* 1 when a parsed packet is needed. */
static inline int hg_needs_packet(const hg_requirements *of, const hg_packet *packet)
{
    return hg_is_handshake(packet) || hg_is_datagram(packet) || hg_needs_segments(of);
}

/* How many bytes at the beginning of the packet's frame are needed. */
static inline uint32_t hg_needed_bytes(const hg_requirements *of, const hg_packet *packet, const hg_frame *frame)
{
    const uint8_t *begin;
    uint32_t data = hg_packet_data(packet, frame, &begin), headers = (uint32_t)(begin - frame->data);
    int cut = data > of->stream_bytes && !of->whole_streams && !hg_is_datagram(packet);
    return headers + (cut ? of->stream_bytes : data);
}
