/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * devices.h - the devices behind hosts, from their announcements: claims, MACs, the conclusion, and news.
 *
 * `mac` is a station (hosts.h): what is said in a VLAN is about stations of that VLAN only.
 *
 * Any station on the link can forge announcements. Therefore each kind of announcement counts once for the conclusion,
 * a claim of a lower scope never replaces one of a higher scope, and contradictions are kept. Hosts with the same MAC
 * share the claims that this MAC sent on the link, unless it is a router's. */
#pragma once

#include "hosts/holders.h"

/* The sender of an announcement. */
typedef struct hg_announcer {
    const uint8_t *mac; /* a station; NULL: not known */
    const hg_tunnel_id *within; /* as in hg_host_id */
    uint8_t scope;      /* hg_scope */
    uint8_t must_wait; /* 1: if another MAC of the same or a higher scope has the address, the sender's MAC gets it only
                        * after that MAC falls silent */
    uint8_t has_received; /* 1: it acknowledged what it had received, so it does have the address */
    uint8_t operation; /* hg_link_operation */
    const uint8_t
        *sender; /* the MAC of the frame, if another station sent it, as repeaters and forgers do; else NULL */
    int64_t time_ns;
} hg_announcer;

/* The device with this MAC that follows `after`, the first if `after` is NULL; NULL: no more. */
const hg_device *hg_device_next_with(const hg_hosts *hosts, const uint8_t *mac, const hg_device *after);
/* A host with this MAC; if there is none, a new one without an IP address. 0: no room. */
hg_index hg_device_host(hg_hosts *hosts, const uint8_t *mac, int64_t time_ns);
/* The host that gets the claims of a MAC to which an address was leased: the host with this address or, if that has
 * another MAC, a host with this MAC. A host that never sent from its leased address is reused for the MAC's next lease.
 * 0: no room. */
hg_index hg_device_lease(hg_hosts *hosts, const hg_announcer *from, const hg_host_id *id);
/* Notes the MAC of a host. It replaces the old MAC if its scope is higher, or if the scopes are equal and most of the
 * first packets show it. A MAC that has received, or that was seen a few times, is replaced only after five minutes of
 * silence, whatever others state; see also `must_wait`. 0: no room, or the MAC has more than HG_MAC_ADDRESSES
 * addresses: then a host without another MAC is only counted for it (`is_surplus`). */
int hg_device_note_mac(hg_hosts *hosts, hg_index index, const hg_announcer *from);
/* Whether the sender may be the host's device, by its MAC and scope. */
int hg_device_accepts(const hg_hosts *hosts, hg_index index, const hg_announcer *from);
/* Sets the MAC of a host whose MAC was not seen on the link, by the frames of its packets; NULL: none. */
void hg_device_set_frame_mac(hg_hosts *hosts, hg_index index, const uint8_t *mac);
/* Gives the address of a host that completed handshakes to the MAC of its frames: what other MACs state stays a claim,
 * except by a virtual router. 1: `mac` has the address, which another MAC claimed. */
int hg_device_prove_mac(hg_hosts *hosts, hg_index index, const uint8_t *mac);
/* Notes the latest announcement of the host's MAC, as in hg_device_columns. */
void hg_device_note_datagram(hg_hosts *hosts, hg_index index, uint32_t datagram);
/* Whether it is one of the latest. Two may be sent at once, before a repeater sends either again. */
int hg_device_sent_datagram(const hg_device *device, uint32_t datagram);
/* The host that the requests (ARP, ND) of a host's MAC count for, so that a sender with many addresses is one. */
hg_index hg_device_asker(hg_hosts *hosts, hg_index index);
/* The device of the host, created if missing; NULL: no room. */
hg_device *hg_device_take(hg_hosts *hosts, hg_index index);
/* Notes that the host announced itself as a router. */
void hg_device_note_router(hg_hosts *hosts, hg_index index);
/* Whether routers forwarded all packets of the host with this index, by their TTLs. */
int hg_host_comes_from_afar(const hg_hosts *hosts, hg_index index);
/* Whether the same holds, and the MAC that claims the host's public address is a gateway's (proxy ARP). */
int hg_host_is_behind(const hg_hosts *hosts, hg_index index, const uint8_t *mac);
/* Whether the TTL of the host's handshakes fits a neighbour. */
int hg_host_is_near(const hg_host_entry *host);
/* Whether a host whose TTLs show routers may be on the link: they show one (a hotspot's), or the user states that its
 * network is local. */
int hg_host_may_be_near(const hg_hosts *hosts, const hg_host_entry *host);
/* The reason why a MAC belongs to a gateway, as text; NULL: it does not. */
const char *hg_mac_gateway(const hg_hosts *hosts, const uint8_t *mac);
/* The first role of a device with this MAC (NULL: none) and these hosts; NULL: none is known. */
const char *hg_device_role(const hg_hosts *hosts, const uint8_t *mac, const hg_host_entry *const *members,
                           uint32_t count);
/* Counts the local addresses of others whose packets the MAC sends (NULL: 0). */
uint32_t hg_mac_sends_for(const hg_hosts *hosts, const uint8_t *mac);
/* Notes an IPv4 router named in a lease. */
void hg_note_gateway(hg_hosts *hosts, const hg_host_id *id);
/* Whether a lease names the host as a router, or the host advertised itself as one. */
int hg_host_is_named_gateway(const hg_hosts *hosts, const hg_host_entry *host);
/* Whether a host with the MAC (NULL: none) is one. */
int hg_mac_is_named_gateway(const hg_hosts *hosts, const uint8_t *mac);
/* Whether the host advertised itself as a router, or sends the packets of remote addresses: it sends ARP and ND
 * requests on behalf of others. Leases and virtual MACs prove nothing, since every station can make them up. */
int hg_host_forwards(const hg_hosts *hosts, const hg_host_entry *host);
/* Adds a claim from an announcement. 0: no room. */
int hg_device_add_claim(hg_hosts *hosts, hg_index index, const hg_device_claim *claim);
/* The scope of a device's claim, raised to HG_SCOPE_OWN if the device's own MAC sent it on the link. */
uint8_t hg_device_scope_of(const hg_device *device, const hg_device_claim *claim);
int hg_device_claims_are_equal(const hg_device_claim *one, const hg_device_claim *other);
/* Whether the device's MAC was seen on the link. */
int hg_device_is_on_link(const hg_device *device);
/* The device of a host; NULL: neither claims nor a MAC are known. */
const hg_device *hg_device_of(const hg_hosts *hosts, const hg_host_entry *host);
/* Gives the host the MAC to which its address was leased beyond a router. NULL: no room. */
hg_device *hg_device_lease_to(hg_hosts *hosts, hg_index index, const uint8_t *mac);
/* Whether the host has this MAC by a lease beyond a router. */
int hg_device_has_leased(const hg_hosts *hosts, hg_index index, const uint8_t *mac);
/* Whether the host's MAC was seen on the link and may be its own. If the host's packets passed routers, and other hosts
 * have the MAC, it belongs to a router that answered for the host (proxy ARP). The only
 * host with a MAC may be one hop away by its TTL, as a phone that shares its connection sets it. */
int hg_host_has_own_mac(const hg_hosts *hosts, const hg_host_entry *host);
/* Whether records of the host have its device's MAC: its own one, or that of a lease beyond a router. */
int hg_host_has_mac(const hg_hosts *hosts, const hg_host_entry *host);
/* This MAC; NULL: none. */
const uint8_t *hg_host_mac_of(const hg_hosts *hosts, const hg_host_entry *host);
/* Writes the list of other MACs with the DHCP client identifier or DUID of a MAC (NULL: none). */
void hg_json_related(hg_json *to, const hg_hosts *hosts, const uint8_t *mac);
/* Whether a host without an IP address has the MAC of a host with one. Then only the other host gets a record. */
int hg_device_is_shadow(const hg_hosts *hosts, const hg_host_entry *host);
/* Combines the claims of the host, the claims that other hosts with its MAC share with it (see above), and what follows
 * from the MAC of its frames and from `system`, which its packets show; empty: not known. `index`: of
 * the host, or 0. */
void hg_device_judge(const hg_hosts *hosts, const hg_host_entry *host, hg_index index, hg_span system,
                     hg_device_conclusion *out);
/* The name of a type, such as "printer"; NULL past the last. */
const char *hg_device_type(uint32_t number);

/* ---- bindings: the addresses that a MAC had, or claimed to have ----
 *
 * Bindings outlive their hosts. They do not decide which MAC a host has: a forged binding is kept beside the true one.
 * When there is no room for a new binding, a live inventory evicts the least recently seen of a few sampled ones. */

enum { HG_MAC_ADDRESSES = 256 /* kept per MAC */ };

typedef struct hg_binding {
    uint32_t next_in_chain; /* next binding in its hash chain */
    hg_address address;
    int64_t first_ns;
    int64_t last_ns;
    uint64_t segment; /* hg_segment_of */
    uint8_t mac[HG_STATION];
    uint8_t version;
    uint8_t is_by_others; /* 1: only frames of other stations stated it */
    uint8_t is_tentative; /* 1: its MAC only asked whether another station has it (RFC 4862, 5.4) */
} hg_binding;

/* The binding of this MAC (NULL: none) that follows `after`, the first if `after` is NULL; NULL: no more. */
hg_binding *hg_binding_next(const hg_hosts *hosts, const uint8_t *mac, const hg_binding *after);
/* Whether packets tied an address to a MAC over some seconds. */
int hg_binding_lasts(const hg_hosts *hosts, const uint8_t *mac, hg_address address, uint8_t version);
/* Whether a MAC had `many` addresses of an IP version in the last hour; what only others stated does not count. */
int hg_mac_has_many(const hg_hosts *hosts, const uint8_t *mac, uint8_t version, int64_t time_ns, uint32_t many);
/* Corrects times from a clock that was set back later. */
void hg_bindings_correct(hg_hosts *hosts);
/* Notes a packet that ties an address to a MAC. 0: another binding of the MAC was replaced, or no room. */
int hg_binding_note(hg_hosts *hosts, const hg_announcer *from, hg_address address, uint8_t version, uint64_t segment);
/* Notes that the MAC asked whether another station has an address. */
void hg_binding_try(hg_hosts *hosts, const hg_announcer *from, hg_address address, uint8_t version);
