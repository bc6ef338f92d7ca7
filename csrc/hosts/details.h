/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * details.h - names and ports of a host.
 */
#pragma once

#include "hosts/hosts.h"

/* The sighting after `seen`, the first if `seen` is NULL; NULL: no more. */
static inline hg_sighting *hg_next_sighting(const hg_hosts *hosts, const hg_host_entry *host, const hg_sighting *seen)
{
    return hg_pool_next(&hosts->seen, host->sightings, seen);
}

/* The port after `seen`, the first if `seen` is NULL; NULL: no more. */
static inline hg_host_port *hg_next_port(const hg_hosts *hosts, const hg_host_entry *host, const hg_host_port *seen)
{
    return hg_pool_next(&hosts->ports, host->ports, seen);
}

/* Whether a source's names are contradictions: between claimed and observed system, or browser and User-Agent. */
static inline int hg_is_of_mismatch(uint8_t source)
{
    return source == HG_SOURCE_TLS_CONNECTION || source == HG_SOURCE_HTTP_CONNECTION ||
           source == HG_SOURCE_CLIENT_CHECK;
}

/* Counts a name of the host; a full list loses one of a lower scope. 0: no room; 1: it had the name; 2: it is new. */
int hg_host_note_name(hg_hosts *hosts, hg_host_entry *host, uint8_t source, uint32_t name, uint8_t scope,
                      int64_t time_ns);
/* The number of the host's name from `source` with the label of `wanted`, after `*count` others; 0: all differ. */
uint32_t hg_host_label(const hg_hosts *hosts, const hg_host_entry *host, uint8_t source, const hg_host_name *wanted,
                       uint32_t *count);
/* NULL: the host has no such sighting. */
hg_sighting *hg_host_sighting(const hg_hosts *hosts, const hg_host_entry *host, uint8_t source, uint32_t name);
/* Whether the host may have one more name that senders can make up. Such names take at most half of its places. */
int hg_host_has_room_for_invented(const hg_hosts *hosts, const hg_host_entry *host);
/* Counts a handshake at a port of the host. 0: no room; but client ports beyond their limit are ignored, and give 1. */
int hg_host_note_port(hg_hosts *hosts, hg_host_entry *host, uint8_t role, uint16_t port, int64_t time_ns);
/* Whether a name contradicts another name from the host's handshakes; for a proven host, from completed ones only. */
int hg_host_has_contradicting_name(const hg_hosts *hosts, const hg_host_entry *host, uint32_t name);
/* Whether a name contradicts all systems that the source gives the host, of which one is exact and confident. */
int hg_host_contradicts_all(const hg_hosts *hosts, const hg_host_entry *host, uint32_t name, uint8_t source);
/* Takes back one handshake at a port, and the port with the last one. */
void hg_host_forget_port(hg_hosts *hosts, hg_host_entry *host, uint8_t role, uint16_t port);
void hg_host_note_link(hg_host_entry *host, uint8_t role, uint32_t mtu, uint32_t link);
/* Forgets ports and link. */
void hg_host_forget_ports(hg_hosts *hosts, hg_host_entry *host);
