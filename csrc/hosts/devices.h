/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * devices.h - the announcements of hosts, and the device that follows from them.
 *
 * Any station of the link can make up announcements: each kind counts once, a claim of a lower scope never replaces
 * one of a higher scope, and contradictions are kept. Hosts with the same MAC share the claims that came from the link,
 * except behind a router.
 */
#pragma once

#include "hosts/hosts.h"

/* Who sent an announcement. */
typedef struct hg_announcer {
    const uint8_t *mac; /* NULL: not known */
    uint8_t scope;      /* hg_scope */
    uint8_t must_wait;  /* 1: an address that another MAC has is its own when that one falls silent */
    int64_t time_ns;
} hg_announcer;

/* The device with a MAC after one, the first after NULL; NULL: none. */
const hg_device *hg_device_next_with(const hg_hosts *hosts, const uint8_t *mac, const hg_device *after);
/* Gives back its record and claims. */
void hg_device_release(hg_hosts *hosts, uint32_t number);
/* The host with a MAC, which is made if there is none. 0: there was no room. */
hg_index hg_device_host(hg_hosts *hosts, const uint8_t *mac, int64_t time_ns);
/* The host for the claims of a MAC that leased an address: the host with the address, unless another MAC has it.
 * Until packets with the address are seen, a MAC has one such host at most. 0: there was no room. */
hg_index hg_device_lease(hg_hosts *hosts, const hg_announcer *from, const hg_address *address, uint8_t version);
/* Notes the MAC of a host. One of a higher scope replaces that before; one of the same scope does when it has more
 * packets of late. 0: there was no room. */
int hg_device_note_mac(hg_hosts *hosts, hg_index index, const hg_announcer *from);
/* Whether the sender is the device of a host, as far as its MAC shows. */
int hg_device_hears(const hg_hosts *hosts, hg_index index, const hg_announcer *from);
/* The host announces itself as a router. */
void hg_device_note_router(hg_hosts *hosts, hg_index index);
/* Why a MAC belongs to a gateway, in words; NULL: it does not. */
const char *hg_mac_gateway(const hg_hosts *hosts, const uint8_t *mac);
/* Whether it asks for stations of the link because others need them: it is a gateway or a DHCP server. */
int hg_host_asks_for_others(const hg_hosts *hosts, const hg_host_entry *host);
/* Adds the content of an announcement. 0: no room. */
int hg_device_say(hg_hosts *hosts, hg_index index, const hg_device_claim *claim);
/* The device of a host; NULL: it announced nothing. */
const hg_device *hg_device_of(const hg_hosts *hosts, const hg_host_entry *host);
/* Whether a host without an address is known by one that has an address. */
int hg_device_is_shadow(const hg_hosts *hosts, const hg_host_entry *host);
/* The device that all announcements of a host describe, and of others with its MAC. */
void hg_device_judge(const hg_hosts *hosts, const hg_host_entry *host, hg_device_verdict *out);
/* Devices by type, those with one MAC once. */
void hg_devices_count(const hg_hosts *hosts, uint64_t counts[HG_DEVICE_TYPE_COUNT]);
const char *hg_device_type(uint32_t number);
