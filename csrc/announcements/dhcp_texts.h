/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * dhcp_texts.h - writes announcements that DHCP and DHCPv6 have in common.
 */
#pragma once

#include "announcements/announcing.h"

/* Announces a name and its first label. The name is text or, if `is_encoded`, labels that each begin with their length
 * (RFC 1035, without pointers). */
void hg_announce_fqdn(hg_announcing *to, const uint8_t *name, uint32_t length, int is_encoded);
/* Announces a vendor: its IANA enterprise number, and a text unless `length` is 0. */
void hg_announce_vendor(hg_announcing *to, uint32_t enterprise, const uint8_t *text, uint32_t length);
/* Adds a number to the open record, a list with commas between the numbers. */
void hg_announce_list_item(hg_announcing *to, uint32_t number, int is_first);
