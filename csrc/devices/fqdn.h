/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * fqdn.h - the full name of a client of DHCP.
 */
#pragma once

#include "devices/announcing.h"

/* A name as labels with a length each (RFC 1035, without pointers), or as text: the whole, and its first label. */
void hg_say_fqdn(hg_announcing *to, const uint8_t *name, uint32_t length, int is_encoded);
