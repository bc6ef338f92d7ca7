/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * devices.h - the announcements of hosts, and the device that follows from them.
 *
 * Any station of the link can make up announcements: each kind counts once, a claim of a lower scope never replaces
 * one of a higher scope, and contradictions are kept. Hosts with the same MAC share the claims that came from the link,
 * except behind a router.
 */
#pragma once

#include "devices/announced.h"
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

/* ---- which addresses a MAC had, or claimed to have ----
 *
 * They outlive the hosts with these addresses, and decide nothing: a forged one stands beside the true one. Their number
 * is bounded; the least recently seen of a few sampled ones is evicted. */

enum { HG_MAC_ADDRESSES = 256 /* of one MAC that are kept */ };

typedef struct hg_binding {
    uint32_t chain; /* bindings whose MACs have one hash, the latest first */
    hg_address address;
    int64_t first_ns;
    int64_t last_ns;
    uint8_t mac[HG_MAC_LENGTH];
    uint8_t version;
} hg_binding;

/* Notes a packet that ties an address to a MAC. 0: another binding was lost, or there was no room. */
int hg_binding_note(hg_hosts *hosts, const uint8_t *mac, hg_address address, uint8_t version, int64_t time_ns);
/* The binding of a MAC after another one; `after` NULL: its first one. NULL: none. */
hg_binding *hg_binding_next(const hg_hosts *hosts, const uint8_t *mac, const hg_binding *after);

/* ---- rows of announcements ---- */

/* Whether a row says something of a host; if so, what. */
int hg_announcement_counts(const hg_hosts *hosts, const hg_batch *batch, hg_row row, hg_announcement_row *out);
/* The host that such a row is about; 0: there is no room for it. */
hg_index hg_take_announcer(hg_hosts *hosts, const hg_batch *batch, hg_row row, const hg_announcement_row *of);
/* What the row says of it. Without room it is counted as untracked. */
int hg_take_announcement(hg_hosts *hosts, const hg_batch *batch, hg_row row, const hg_announcement_row *of, hg_index index);
/* The name of a service that a host calls. */
void hg_take_call(hg_hosts *hosts, hg_index index, hg_span name, int64_t time_ns);
/* The User-Agent or Server of a message, unless that is doubtful, its headers contradict it, or the host passed it on for
 * another one. */
void hg_take_software(hg_hosts *hosts, hg_index index, hg_row row, int is_doubtful);
/* Forgets what the latest texts claim: the database changes. */
void hg_known_claims_forget(hg_hosts *hosts);

/* ---- news about the devices of the captured segment ----
 *
 *     MAC      -> when it was seen last, and what it did before
 *     address  -> the MAC that has it, and the one that had it before
 *     MAC, kind of announcement, field -> a digest of the value
 *
 * Only frames of the link count: a connection does not prove the MAC of its end.
 *
 * The first MACs of a flood are news, and the rest is neither kept nor news, so that it displaces nothing; a device
 * among them is news with a later packet. The first takeover of an address by a MAC in an hour is news, so that a
 * gateway which answers for everyone is one event. */

void hg_watch_free(hg_hosts *hosts);
/* A packet of a MAC. `address`: it is the sender's; NULL: the packet does not show it. */
void hg_watch_packet(hg_hosts *hosts, uint32_t row, const hg_announcer *from, const uint8_t *address, uint8_t version);
/* A text of an announcement, by which a router may announce itself. */
void hg_watch_text(hg_hosts *hosts, uint32_t row, const hg_announcer *from, const hg_announcement_text *said);
/* A message of a DHCP server. */
void hg_watch_server(hg_hosts *hosts, const hg_batch *batch, hg_row row);
/* What an announcement of a MAC states. */
void hg_watch_claim(hg_hosts *hosts, uint32_t row, const hg_device_claim *claim);
