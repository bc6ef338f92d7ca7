/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * dhcp_texts.h - functions for announcements that DHCP and DHCPv6 share.
 */
#pragma once

#include "devices/announcing.h"

/* Announces a name and its first label. The name is text or, if `is_encoded`, labels that each begin with their length
 * (RFC 1035, without pointers). */
void hg_say_fqdn(hg_announcing *to, const uint8_t *name, uint32_t length, int is_encoded);
/* Announces a vendor: an enterprise number of the IANA, alone or with a text. */
void hg_say_vendor(hg_announcing *to, uint32_t enterprise, const uint8_t *text, uint32_t length);
/* Adds a number to the open record, which holds a list of them. */
void hg_say_number(hg_announcing *to, uint32_t number, int is_first);
