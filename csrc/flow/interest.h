/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * interest.h - what may be left away because no reader needs it.
 *
 * The readers that are switched on say once what they need (hg_interest in huginn.h). Whatever
 * leaves out packets or bytes asks here: the sieve and the detector, the reduction of archives, the
 * policy of the table of flows, and through huginn.h the kernel's filter and the snap length.
 */
#ifndef HG_INTEREST_H
#define HG_INTEREST_H

#include "packet/parse.h"

/* 1 when packets other than handshakes are needed. */
static inline int hg_interest_segments(const hg_interest *interest)
{
    return (interest->timestamps | interest->flow_ends | interest->segments) != 0 || interest->stream_bytes > 0;
}

/* 1 when datagrams of UDP are read. */
static inline int hg_interest_datagrams(const hg_interest *interest)
{
    return interest->udp || interest->udp_ports[0] != 0;
}

/* 1 when a parsed packet is needed. */
static inline int hg_interest_packet(const hg_interest *interest, const hg_packet *packet)
{
    return hg_is_handshake(packet) || hg_is_datagram(packet) || hg_interest_segments(interest);
}

/* Bytes of the packet's frame that are needed, from its first one on. */
static inline uint32_t hg_interest_bytes(const hg_interest *interest, const hg_packet *packet, const hg_frame *frame)
{
    const uint8_t *begin;
    uint32_t data = hg_packet_data(packet, frame, &begin), headers = (uint32_t)(begin - frame->data);
    int cut = data > interest->stream_bytes && !interest->whole_streams && !hg_is_datagram(packet);
    return headers + (cut ? interest->stream_bytes : data);
}

#endif
