/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * frames.h - conclusions from the frames of hosts: MACs, and which hosts are listed.
 */
#pragma once

#include "hosts/hosts.h"

/* Counts the addresses behind each MAC. A host without a MAC from ARP, Neighbor Discovery or DHCP gets the MAC of its
 * frames if that MAC sends for no other address, and no router forwarded its packets. A gateway's MAC without an
 * address becomes a host, too. */
void hg_frames_conclude(hg_hosts *hosts);
/* Whether the host has a record. A remote host of which only packets were counted has one on request. */
int hg_host_is_listed(const hg_hosts *hosts, const hg_host_entry *host);
