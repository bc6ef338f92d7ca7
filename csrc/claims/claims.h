/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * claims.h - who has an address, and what stations state about addresses, routers and the segment.
 */
#pragma once

#include "news/watch.h"

/* What the address is, in a word; NULL: no gateway and no server. */
const char *hg_watch_role_of(const hg_hosts *hosts, const hg_known_item *one, const hg_host_id *id);
/* Notes that the address is a gateway's, if a lease names it or its own MAC advertised it. `one` may be NULL. */
void hg_watch_note_gateway(const hg_hosts *hosts, hg_known_item *one, const hg_tunnel_id *within);
/* The host whose station has the address by its packets; 0: none is known. */
hg_index hg_watch_user(const hg_hosts *hosts, const hg_host_id *id);
/* Whether the station has the address by its packets, and no other had it for five minutes. */
int hg_watch_uses(const hg_hosts *hosts, const hg_host_id *id, const uint8_t *station, int64_t time_ns);
/* Takes a statement about a known address. */
void hg_watch_statement(hg_hosts *hosts, uint32_t row, hg_known_item *one, const hg_announcer *from);
/* So many addresses has a gateway that answers for others. */
uint32_t hg_watch_proxied(uint8_t version);
/* Whether the packet answers who has the address: a proxy never asks with another station's address. */
int hg_watch_may_be_proxy(const hg_announcer *from);
/* Takes a claim of an address, whose item is `address`. It is news now, or `waits` a minute. */
void hg_watch_claim_address(hg_hosts *hosts, uint32_t row, const hg_announcer *from, const hg_watched *address,
                            int64_t unseen_ns, int waits);
/* Whether a claim or move of an address is an event; `role`: see hg_watch_role_of. `is_again`: the one before was. */
int hg_watch_may_report(hg_hosts *hosts, const hg_known_item *one, const char *role, const uint8_t *mac,
                        int64_t time_ns, int64_t unseen_ns, int is_again);
/* Reports claims that waited until now. */
void hg_watch_judge_claims(hg_hosts *hosts, int64_t now_ns, uint32_t before);
/* Notes that the address is a gateway's. */
void hg_watch_gateway(hg_hosts *hosts, const hg_host_id *id);
/* Whether the MAC has the address of a gateway. */
int hg_watch_has_gateway(const hg_hosts *hosts, const uint8_t *mac);
/* Looks for news in an advertisement of a known router: `from` sent the frame, the message is of the MAC `named`. */
void hg_watch_router(hg_hosts *hosts, uint32_t row, const hg_announcer *from, const uint8_t *named,
                     const uint8_t *address, uint16_t lifetime);
/* Looks for news in a packet: a new or returning MAC, or a new holder of an address. `address` is the sender's; NULL:
 * the packet does not show it. */
void hg_watch_packet(hg_hosts *hosts, uint32_t row, const hg_announcer *from, const uint8_t *address, uint8_t version);
/* Takes a lease to `from` by the station `from->sender` of an address that others use. */
void hg_watch_lease(hg_hosts *hosts, uint32_t row, const hg_announcer *from, const uint8_t *address, uint8_t version);
/* Looks for a new holder of an address in a packet that names a MAC which did not send it, or that no station has. */
void hg_watch_named(hg_hosts *hosts, uint32_t row, const hg_announcer *from, const uint8_t *address, uint8_t version);
/* Takes the sender as a router or a DHCP server; `address`: see hg_watch_packet. */
void hg_watch_role(hg_hosts *hosts, uint32_t row, const hg_announcer *from, const uint8_t *address, uint8_t version,
                   hg_device_change role);
/* Looks for news in what a DHCP server or a router states about the segment. */
void hg_watch_statements(hg_hosts *hosts, const hg_batch *batch, hg_row row);
/* Looks for news in a redirect in the name of a gateway. */
void hg_watch_redirect(hg_hosts *hosts, uint32_t row, const hg_announcer *from, const uint8_t *target, uint8_t version);
