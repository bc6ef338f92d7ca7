/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * openvpn.h - finds TLS in OpenVPN's control channel, over UDP and TCP, unless it is encrypted (tls-crypt).
 */
#pragma once

#include <stdint.h>

/* The operation and key of a packet, its first byte: 8 is the lowest operation, 1, with key 0. */
enum { HG_OPENVPN_OPERATION_SHIFT = 3, HG_OPENVPN_CONTROL = 4 };

/* Returns the offset of the TLS record that holds a ClientHello or ServerHello in the packet at `data`, of which
 * `length` bytes were captured; 0: none. The packet begins with its operation, also over TCP. */
uint32_t hg_openvpn_record(const uint8_t *data, uint32_t length);
