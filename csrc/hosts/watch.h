/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * watch.h - news about the devices of the captured segment.
 *
 *     MAC      -> when it was seen last, and what it did before
 *     address  -> the MAC that has it, and the one that had it before
 *     MAC, kind of announcement, field -> a digest of the value
 *
 * Only frames of the link count: a connection does not prove the MAC of its end.
 *
 * The first MACs of a flood are news, and the rest is neither kept nor news, so that it displaces nothing; a device
 * among them is news with a later packet. The first takeover of an address by a MAC in an hour is news, so that a
 * gateway which answers for everyone is one event.
 */
#pragma once

#include "devices/announced.h"
#include "hosts/devices.h"

void hg_watch_free(hg_hosts *hosts);
/* A packet of a MAC. `address`: it is the sender's; NULL: the packet does not show it. */
void hg_watch_packet(hg_hosts *hosts, uint32_t row, const hg_announcer *from, const uint8_t *address, uint8_t version);
/* A text of an announcement, by which a router may announce itself. */
void hg_watch_text(hg_hosts *hosts, uint32_t row, const hg_announcer *from, const hg_announcement_text *said);
/* A message of a DHCP server. */
void hg_watch_server(hg_hosts *hosts, const hg_batch *batch, hg_row row);
/* What an announcement of a MAC states. */
void hg_watch_claim(hg_hosts *hosts, uint32_t row, const hg_device_claim *claim);
