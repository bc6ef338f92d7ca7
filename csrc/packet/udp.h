/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * udp.h - the UDP header (RFC 768).
 */
#pragma once

#include "base/bytes.h"
#include "packet/packet.h"

enum { HG_UDP_HEADER = 8 };

/* Offsets into the header. */
enum { UDP_SOURCE_AT = 0, UDP_DESTINATION_AT = 2, UDP_LENGTH_AT = 4, UDP_PORTS_END = 4 };

/* The drop of a fragment that is not read. In IPv4 it counts as not TCP, because a later fragment does not even show
 * whether it belongs to a tunnel. */
static inline hg_drop hg_fragment_drop(const hg_packet *packet)
{
    return packet->version == 4 ? HG_DROP_NOT_TCP : HG_DROP_FRAGMENT;
}
