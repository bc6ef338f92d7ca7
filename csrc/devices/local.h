/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * local.h - local networks and hosts.
 */
#pragma once

#include "hosts/hosts.h"

/* The local networks are at first the loopback, private, link-local and unique local addresses. */
int hg_begins_with(const uint8_t *address, const hg_network *network);
int hg_address_is_local(const hg_hosts *hosts, const uint8_t *address, uint8_t version);
/* Whether a host is in a local network, has no IP address, or its own MAC was seen on the link. If the user stated the
 * local networks, the MAC does not count. */
int hg_host_is_local(const hg_hosts *hosts, const hg_host_entry *host);
/* Whether an address is of a local network, or of a known host that is local. */
int hg_id_is_local(const hg_hosts *hosts, hg_host_id id);

/* Notes a network that a station announced as local. Networks larger than /16 (IPv6: /48) are ignored. 0: no room. */
int hg_local_note(hg_hosts *hosts, const hg_network *network);
