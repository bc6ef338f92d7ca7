/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * host.h - what the table keeps of one host.
 */
#pragma once

#include "announcements/conclusion.h"
#include "base/findings.h"
#include "flow/index.h"
#include "hg_columns.h"
#include "hosts/device.h"

enum { HG_ROLES = 2, HG_KNOWN_SEGMENTS = 64 /* in which an address or MAC is looked for */ };

/* The name of a system. */
typedef struct hg_system_name {
    uint32_t name;   /* hash; 0: unknown */
    uint16_t stacks; /* 0: unknown */
} hg_system_name;

/* A name that a source gave a host. A host has a list of them; a new one is appended, or replaces a weaker one. */
typedef struct hg_sighting {
    uint32_t next; /* number of the next sighting of the host; 0: the last one */
    uint32_t name; /* number in hg_hosts.names */
    int64_t first_ns;
    int64_t last_ns;
    uint32_t packets;
    uint8_t source; /* hg_host_source */
    uint8_t scope;  /* the highest hg_scope of its packets */
} hg_sighting;

/* A port that the host, as a client, connects to; or, as a server, answers from. */
typedef struct hg_host_port {
    uint32_t next;   /* number of the next port of the host; 0: the last one */
    uint32_t count;  /* handshakes */
    uint32_t last_s; /* time of the latest one, in seconds since the epoch */
    uint16_t port;
    uint8_t role;    /* HG_ROLE_CLIENT, HG_ROLE_SERVER */
} hg_host_port;

/* ---- targets of a host ---- */

/* An address and port that a host sent SYNs to, or an address that it asked for by ARP or Neighbor Discovery. */
typedef struct hg_target {
    uint64_t key;     /* hash of the address; for SYNs, its lower 16 bits are the port; 0: none */
    int64_t first_ns; /* time of the first SYN or request */
    uint32_t tries;   /* SYNs without retransmissions, or requests */
    uint8_t answered;
    uint8_t link;          /* IP version of the address requested on the link; 0: a target of SYNs */
    uint8_t refused : 1;   /* by an RST: counts as unanswered without a further wait */
    uint8_t completed : 1; /* the host completed a handshake with it, so the host itself sent the SYN */
    uint8_t probed : 1;    /* the host completed a connection and closed it without sending a byte */
    uint8_t used : 1;      /* the host also sent data to it, or probed it again, as health checks do */
    uint8_t is_led : 1;    /* a web page may have named it: a browser of the host's spoke in the minute before */
    uint8_t browses : 1;   /* the first target of a host: a browser of the host's spoke */
} hg_target;

/* ---- the packets of a host, of any protocol ---- */
enum { HG_HOST_USES = 16 /* per host */ };

/* A protocol that the host uses, with the port if it is a server. */
typedef struct hg_host_use {
    uint32_t next; /* number of the next use of the host; 0: the last one */
    uint16_t server_port; /* 0: none below 1024 */
    uint8_t protocol;
} hg_host_use;

/* A MAC that sent the frames of hosts. */
typedef struct hg_frame_mac {
    uint32_t next_in_chain;
    uint32_t hosts; /* hosts that refer to it; the record is freed with the last one */
    /* The next four count hosts by address, in the latest hg_hosts_conclude. */
    uint32_t locals[2]; /* IPv4, IPv6; without link-local addresses */
    uint32_t remotes[2];
    uint32_t link_locals[2];
    uint32_t of_others; /* local hosts whose device has not this MAC */
    hg_index latest; /* the host that sent last */
    uint32_t strangers; /* addresses outside the local networks that it sent frames of */
    uint8_t mac[HG_STATION];
    uint8_t was_gateway; /* 1: it sent for enough remote addresses in the conclusion before */
} hg_frame_mac;
/* The packets of a host outside tunnels. The record has the number of its host. */
typedef struct hg_host_sender {
    uint64_t packets;
    uint32_t uses; /* first hg_host_use */
    uint32_t mac;  /* number of the hg_frame_mac of its first frames; 0: unknown */
    uint8_t nearness : 7; /* hg_nearness */
    uint8_t is_together : 1; /* 1: another host of its MAC sent at the same time (hg_host_note_turn) */
    uint8_t is_far : 1; /* HG_SENDER_IS_FAR */
    uint8_t has_other_mac : 1; /* 1: other MACs sent frames of the address, too */
    uint8_t is_near : 1; /* 1: no router forwarded a packet that came from `mac` */
    uint8_t is_settled : 1; /* 1: two frames came from `mac` */
    uint8_t is_mixed : 1; /* 1: another MAC sent before it was settled: the station is not known */
    uint8_t hidden : 2; /* hg_hidden */
    uint8_t is_odd : 1; /* 1: the number of the source that it sent in last is odd */
    uint8_t other[HG_MAC_LENGTH]; /* the latest other MAC that used or stated the address, but does not have it */
} hg_host_sender;

/* ---- the host ---- */

/* Further data of a host that does more than send a SYN: mostly numbers of records in the pools, 0 for none. */
typedef struct hg_host_extra {
    uint32_t clock; /* hg_host_clock */
    uint32_t systems; /* hg_systems */
    uint32_t scores; /* hg_scores of all packets */
    uint32_t syn_ack; /* hg_syn_traits of the latest SYN+ACK */
    uint32_t response; /* hg_response_traits of the latest HTTP response */
    uint32_t targets; /* hg_targets, if the host has two or more targets */
    uint32_t answer_low; /* hash of the signature of the first SYN+ACK that names a system */
    uint32_t answer_high;
    uint32_t device; /* hg_device */
    uint32_t tunnel; /* hg_tunnel_id, for a host in a tunnel */
    /* The next three describe completed handshakes, so only proven hosts have them. */
    uint32_t own_scores;
    uint32_t own_traits[HG_ROLES]; /* hg_syn_traits of the latest SYN and SYN+ACK */
    hg_system_name own_system; /* the latest name */
    uint32_t leases; /* hg_host_lease: addresses that it leased as a DHCP server or relay */
    uint32_t host_keys; /* hg_ssh_key: the keys of its SSH servers */
    int16_t answer_distance; /* hops, of the same SYN+ACK as `answer_low` */
    uint32_t reported; /* findings already reported as an event, bits by hg_stored_finding */
    uint64_t stated; /* bits by hg_host_finding: see hg_hosts_state */
    uint8_t is_scanner; /* 1: a scan was reported with HG_HANDSHAKE_COMPLETED */
    uint8_t weak_ssh; /* 1: an SSH server offered only SSH 1, SHA-1 key exchanges or CBC ciphers */
} hg_host_extra;

/* The identity of a host: its address, and the tunnel that it is in. */
typedef struct hg_host_id {
    hg_address address;
    const hg_tunnel_id *tunnel; /* or the segment; NULL: neither */
    uint8_t version; /* 0: the address is a MAC */
} hg_host_id;

/* One host. Data that only some hosts have are in the pools. */
typedef struct hg_host_entry {
    hg_address address;
    int64_t first_ns;
    int64_t last_ns;
    uint32_t syns; /* that it sent, except SYNs made by tools */
    uint32_t syn_acks;
    uint32_t connections; /* SYNs and SYN+ACKs, without repeated SYNs */
    uint32_t contradictions; /* messages whose claimed system contradicts the SYN */
    uint32_t sightings, ports; /* first records of the lists; 0: empty */
    uint32_t extra; /* hg_host_extra; 0: none */
    uint32_t syn; /* hg_syn_traits of the latest SYN */
    uint32_t system_name; /* the latest hg_system_name.name */
    uint32_t link; /* the link that the MTU shows: number of its name; 0: none */
    uint32_t mtu; /* 0: unknown */
    hg_index next_in_chain;
    hg_index touched; /* next in the list of changed hosts; its own index: it is the last; 0: it is not in the list */
    uint32_t findings; /* bits by hg_stored_finding */
    int16_t distance; /* hops, of the latest handshake */
    uint16_t system_stacks; /* the latest hg_system_name.stacks */
    uint16_t lowest_port; /* lowest source port of its SYNs; UINT16_MAX: none */
    uint8_t version;
    uint8_t flags; /* bits HG_HOST_DISTANCE to HG_HOST_PROVEN */
    uint8_t language; /* hg_language_name */
    uint8_t near; /* fewest hops of packets with a reliable TTL, `far` the most; near > far: no such packet */
    uint8_t far;
    uint8_t quality : 2; /* match of the latest system name: 1 fuzzy, 2 generic, 3 both */
    /* the latest HTTP message: 1 claims another system than the SYN, 2 is not from the program it states */
    uint8_t dishonest : 2;
    uint8_t in_tunnel : 1; /* 1: see hg_host_tunnel; also for a segment */
    uint8_t shares_mac : 1; /* 1: when it got its MAC, another host had it */
    uint8_t is_cut : 1; /* 1: some names or ports were not kept */
    uint8_t has_others : 1; /* 1: the address has had other hosts */
    uint16_t client_versions, server_versions; /* TLS versions, bits by hg_tls_place; of servers also HG_WEAK_CIPHER */
    hg_target target; /* the first target */
} hg_host_entry;

/* Bits of hg_host_entry.flags. */
enum {
    HG_HOST_DISTANCE = 1 /* `distance` is set */,
    HG_HOST_ANSWERS = 2 /* the `answer_` members of hg_host_extra are set */,
    HG_HOST_OLD_LINK = 4 /* the current `mtu` has no name; `link` (if not 0) belongs to an earlier one */,
    HG_HOST_POST_QUANTUM = 8 /* it sent a ClientHello with a post-quantum key share */,
    HG_HOST_OWN_LINK = 16 /* `mtu` comes from its SYN: a client's MSS shows its own link */,
    HG_HOST_SENT = 32 /* it sent more than announcements; see hg_host_take */,
    HG_HOST_LEASED = 64 /* it leased its address, but sent no packet from it yet */,
    HG_HOST_PROVEN = 128 /* it completed a handshake; see handshakes.h */
};

_Static_assert(sizeof(hg_host_entry) == 128 && sizeof(hg_sighting) == 32,
               "a million hosts with one SYN each must fit into 256 MB");

/* Whether the address is ::1 or in 127.0.0.0/8. Every machine has these, so many systems may send from them. */
int hg_is_loopback(const hg_host_entry *host);
