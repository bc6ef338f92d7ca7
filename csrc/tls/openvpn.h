/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * openvpn.h - finds TLS in OpenVPN's control channel, over UDP and TCP, unless it is encrypted (tls-crypt).
 */
#pragma once

#include "base/bytes.h"

/* The operation and key of a packet, its first byte: 8 is the lowest operation, 1, with key 0. */
enum { HG_OPENVPN_OPERATION_SHIFT = 3, HG_OPENVPN_CONTROL = 4 };

/* Returns the offset of the TLS record that holds a ClientHello or ServerHello in the packet at `data`, of which
 * `length` bytes were captured; 0: none. The packet begins with its operation, also over TCP. */
uint32_t hg_openvpn_record(const uint8_t *data, uint32_t length);

/* The most packets after the first one that a hello may be in: older versions put 100 bytes into each. */
enum { HG_OPENVPN_MOST_PIECES = 160 };

/* The number of the packet whose content begins at `content`. The next packet of its sender has the next number. */
static inline uint32_t hg_openvpn_number(const uint8_t *content)
{
    return hg_be32(content - sizeof(uint32_t));
}

/* Returns the offset of the content in a control packet with one of the HG_OPENVPN_MOST_PIECES numbers after `first`;
 * 0: it is none. A session's first hello is in packet 1 or a little later, so with `first` 0 few other datagrams
 * pass. */
uint32_t hg_openvpn_piece(const uint8_t *data, uint32_t length, uint32_t first);
