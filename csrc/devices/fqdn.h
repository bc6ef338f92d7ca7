/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * fqdn.h - the full name of a DHCP client.
 */
#pragma once

#include "devices/announcing.h"

/* Announces a name and its first label. The name is text or, if `is_encoded`, labels that each begin with their length
 * (RFC 1035, without pointers). */
void hg_say_fqdn(hg_announcing *to, const uint8_t *name, uint32_t length, int is_encoded);
