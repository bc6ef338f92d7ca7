/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * parse.h - parses a captured frame into a TCP segment, a datagram or a link frame. Each layer has its own file.
 *
 *     frame ─▶ wrappings ─▶ IP header ──ip.c──▶ TCP, UDP ─▶ packet
 *       │        ▲ (table)                │                     ▲
 *       │        └──── tunnels ───────────┘                     │
 *       └───────── the most common form, in one step ───────────┘
 *
 * Each layer checks every length before it reads. If it stops, it returns the reason as an hg_drop.
 */
#pragma once

#include "packet/headers.h"

/* What hg_packet_parse reads, and the tunnels of the last packet in tunnels that it parsed. */
typedef struct hg_parsing {
    int reads; /* bits, see below */
    uint8_t has_stealth; /* set to 1 by TCP packets with neither SYN, ACK nor RST */
    hg_tunnel_layer layers[HG_MOST_TUNNELS + 1]; /* from the outermost one on, then HG_TUNNEL_NONE */
} hg_parsing;

/* Parses all layers of a frame. HG_DROP_NONE: `packet` is a TCP segment. Bits in `reads`:
 *   HG_READ_TUNNELS    parses the packet inside tunnels instead of the outer one
 *   HG_READ_DATAGRAMS  returns HG_PARSED_OTHER for UDP datagrams, except tunnels that are parsed;
 *                      without the bit, they are HG_DROP_NOT_TCP
 *   HG_READ_FRAGMENTS  returns HG_PARSED_OTHER for fragments of UDP
 *   HG_READ_SEGMENTS   returns HG_PARSED_OTHER for first fragments of TCP
 *   HG_READ_LINK       returns HG_PARSED_OTHER for Neighbor Discovery, and for frames without IP whose
 *                      protocol is known; without the bit, frames without IP are HG_DROP_NOT_IP */
hg_drop hg_packet_parse(const hg_frame *frame, hg_parsing *with, hg_packet *packet);
/* As hg_packet_parse, without the shortcut for the most common form; not for filtered frames. */
hg_drop hg_layers_parse(const hg_frame *frame, hg_parsing *with, hg_packet *packet);

/* Moves `view` from the link header to the IP header, or returns the reason why there is none. */
hg_drop hg_link_strip(uint32_t linktype, hg_view *view);

/* Finds the tunnels of a frame whose packet was parsed, from the outermost one on, and returns their number. */
uint32_t hg_tunnels_trace(const hg_frame *frame, hg_tunnel_layer layers[HG_MOST_TUNNELS]);

/* What a frame holds that is not analysed, as a key: an hg_space with a number of 16 bits; or HG_SPACE_IP, which is 0,
 * with the hg_drop. `reads` is as for hg_packet_parse. */
enum { HG_LEFT_OUT_SPACE_SHIFT = 16, HG_LEFT_OUT_NUMBER = 0xFFFF };
enum { HG_LEFT_OUT_KEYS = (HG_SPACE_UDP + 1) << HG_LEFT_OUT_SPACE_SHIFT };
uint32_t hg_left_out_key(const hg_frame *frame, int reads);

/* Sets `*data` to the packet's captured data and returns its length. A snap length may have cut the data; padding of
 * the link may follow it. */
static inline uint32_t hg_packet_data(const hg_packet *packet, const hg_frame *frame, const uint8_t **data)
{
    *data = hg_is_datagram(packet) ? packet->data : hg_tcp_options(packet) + packet->options_length;
    uint32_t left = frame->captured - (uint32_t)(*data - frame->data);
    return left < packet->payload ? left : packet->payload;
}

/* ---- packets and bytes that readers need; others may be left out ----
 *
 * hg_requirements (huginn.h) has the needs of all active readers. The engine, the reduction of archives and the TCP
 * reader call these functions. Python derives the kernel's filter and the snap length from the same struct. */

/* 1 when TCP packets other than handshakes are needed. */
static inline int hg_needs_segments(const hg_requirements *needs)
{
    return (needs->timestamps | needs->flow_ends | needs->segments) != 0 || needs->stream_bytes > 0;
}

/* 1 when UDP datagrams are needed. */
static inline int hg_needs_datagrams(const hg_requirements *needs)
{
    return needs->udp || needs->udp_ports[0] != 0;
}

/* 1 when a parsed packet is needed. */
static inline int hg_needs_packet(const hg_requirements *needs, const hg_packet *packet)
{
    return hg_is_handshake(packet) || hg_is_datagram(packet) || hg_needs_segments(needs);
}

/* How many bytes at the beginning of the packet's frame are needed. */
static inline uint32_t hg_needed_bytes(const hg_requirements *needs, const hg_packet *packet, const hg_frame *frame)
{
    const uint8_t *begin;
    uint32_t data = hg_packet_data(packet, frame, &begin), headers = (uint32_t)(begin - frame->data);
    int cut = data > needs->stream_bytes && !needs->whole_streams && !hg_is_datagram(packet);
    return headers + (cut ? needs->stream_bytes : data);
}
