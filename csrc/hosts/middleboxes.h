/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * middleboxes.h - middleboxes that answer in the place of many hosts.
 *
 * Unrelated networks run different systems at different distances. If many of them answer with one signature from one
 * distance, a single middlebox on the path answers for them.
 */
#pragma once

#include "hosts/hosts.h"

/* How a host answers, and how many addresses and large networks (/8 of IPv4, /16 of IPv6) do so. */
struct hg_middlebox {
    uint64_t answer; /* the signature without its TTL */
    int16_t distance;
    uint32_t addresses;
    uint32_t networks;
};

/* The middlebox that answers for a host, NULL: none, as far as hg_hosts_conclude found out. */
const hg_middlebox *hg_middlebox_of(const hg_hosts *hosts, const hg_host_entry *host);
