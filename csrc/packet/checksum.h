/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * checksum.h - the checksum of a TCP segment (RFC 9293, 3.1; RFC 1071).
 */
#pragma once

#include "packet/packet.h"

/* 1 when the checksum of a segment is right. `data` are its `packet->payload` bytes, all of which were captured. */
int hg_checksum_is_right(const hg_packet *packet, const uint8_t *data);
