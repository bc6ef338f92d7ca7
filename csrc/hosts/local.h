/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * local.h - which hosts belong to the captured networks.
 */
#pragma once

#include "hosts/hosts.h"

/* Private, link-local and unique local addresses. 0: no memory. */
int hg_local_init(hg_hosts *hosts);
int hg_begins_with(const uint8_t *address, const hg_network *network);
/* Whether an address is in a local network. */
int hg_address_is_local(const hg_hosts *hosts, const uint8_t *address, uint8_t version);
/* Whether a host is in a local network, or its own MAC was seen on the link. Networks that the user stated decide alone. */
int hg_host_is_local(const hg_hosts *hosts, const hg_host_entry *host);

/* A station of the link announces a network. Larger ones than sites have are not believed. 0: there was no room. */
int hg_local_note(hg_hosts *hosts, const hg_network *network);
