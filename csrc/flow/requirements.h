/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * requirements.h - which packets and bytes may be left out because no reader needs them.
 *
 * The active readers state their needs once (hg_requirements in huginn.h). All code that leaves out packets or bytes
 * asks here: the sieve and the detector, the reduction of archives, the policy of the flow table, and through huginn.h
 * the kernel's filter and the snap length.
 */
#pragma once

#include "packet/parse.h"

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

/* Bytes of the packet's frame that are needed, from its first one on. */
static inline uint32_t hg_needed_bytes(const hg_requirements *of, const hg_packet *packet, const hg_frame *frame)
{
    const uint8_t *begin;
    uint32_t data = hg_packet_data(packet, frame, &begin), headers = (uint32_t)(begin - frame->data);
    int cut = data > of->stream_bytes && !of->whole_streams && !hg_is_datagram(packet);
    return headers + (cut ? of->stream_bytes : data);
}
