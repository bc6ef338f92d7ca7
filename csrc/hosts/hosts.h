/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * hosts.h - the table of hosts: the results of all readers, by address and tunnel.
 *
 *     rows of batches, in order ──▶ hosts (a hash table, in the order of appearance)
 *                                     └──▶ sightings, ports, clocks: from pools with their own bounds
 *
 * Rows are added in their final order, so the result does not depend on the number of workers or the size of batches.
 */
#pragma once

#include <pthread.h>

#include "answers/cache.h"
#include "base/findings.h"
#include "devices/conclusion.h"
#include "filter/networks.h"
#include "flow/identity.h"
#include "hg_columns.h"
#include "hg_support.h"
#include "hosts/clock.h"
#include "hosts/names.h"

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
} hg_target;

/* The targets of a host that has two or more. A set that cannot grow keeps a sample: every second target, every fourth,
 * and so on. A target's hash alone decides whether it is kept, so the counts times 2^level estimate all targets. A set
 * is one allocation outside the pools, because it is thinned, moved and freed as a whole. All sets share one limit. */
typedef struct hg_targets {
    uint32_t owner; /* index of the host; 0: the record is free */
    uint32_t places; /* of the hash table `at` */
    hg_target *at;  /* at least half of its places are free */
    uint32_t used;
    uint32_t open;  /* targets without an answer */
    uint32_t fresh; /* new targets since the last check for a scan */
    uint32_t level; /* one target in 2^level is kept */
    uint32_t refused; /* targets that refused a SYN */
    uint32_t completed; /* targets with a completed handshake */
    uint32_t credit; /* budget for extra checks; a check costs one per target, each SYN adds some */
    uint32_t is_due; /* 1: a connection was completed or closed without data since the last extra check */
} hg_targets;

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
    uint32_t strangers; /* addresses outside the local networks that it sent frames of */
    uint8_t mac[HG_STATION];
    uint8_t was_gateway; /* 1: it sent for enough remote addresses in the conclusion before */
} hg_frame_mac;
/* The packets of a host outside tunnels. The record has the number of its host. */
typedef struct hg_host_sender {
    uint64_t packets;
    uint32_t uses; /* first hg_host_use */
    uint32_t mac;  /* number of the hg_frame_mac of its first frames; 0: unknown */
    uint8_t nearness; /* hg_nearness */
    uint8_t is_far : 1; /* HG_SENDER_IS_FAR */
    uint8_t has_other_mac : 1; /* 1: other MACs sent frames of the address, too */
    uint8_t is_near : 1; /* 1: no router forwarded a packet that came from `mac` */
    uint8_t is_settled : 1; /* 1: two frames came from `mac` */
    uint8_t is_mixed : 1; /* 1: another MAC sent before it was settled: the station is not known */
    uint8_t hidden : 2; /* hg_hidden */
    uint8_t is_odd : 1; /* 1: the number of the source that it sent in last is odd */
    uint8_t other[HG_MAC_LENGTH]; /* the latest other MAC that used or stated the address, but does not have it */
} hg_host_sender;

/* ---- announcements of a host ---- */

enum {
    HG_DEVICE_CLAIMS = 16, /* per host */
    HG_DEVICE_DATAGRAMS = 4,
    HG_DEVICE_HOSTS = 8 /* most hosts with one MAC that share claims; a MAC with more counts as a router's */
};
_Static_assert((int)HG_DEVICE_READINGS >= HG_DEVICE_CLAIMS * HG_DEVICE_HOSTS, "all claims find room");

/* The announcements of a host, and its MAC. */
typedef struct hg_device {
    uint32_t next_in_chain; /* next device in the hash chain of its MAC */
    uint32_t host; /* index */
    uint32_t claims; /* number of the first hg_device_claim; 0: none */
    uint8_t mac[HG_STATION];
    uint8_t has_mac; /* 1: `mac` is set */
    uint8_t mac_scope; /* the highest hg_scope of packets that show `mac`; HG_SCOPE_NONE: only its frames do */
    uint8_t mac_votes; /* packets with `mac`, up to a limit */
    uint8_t rival_votes; /* packets with `rival`, which may replace `mac`, minus packets with other MACs */
    uint8_t rival[HG_MAC_LENGTH];
    uint8_t has_received; /* 1: the sender of `mac` acknowledged what it had received */
    uint8_t is_router;   /* the host announced itself as a router */
    int64_t mac_ns;      /* when `mac` was last seen with the address */
    int64_t lease_ns, lease_until_ns; /* when the latest lease of `mac` began and ends; an end of 0: none was seen */
    uint32_t lease_address; /* the IPv4 address of this lease */
    uint32_t asker;      /* index of the host with `mac` that all requests of the MAC count for; 0: not chosen */
    uint32_t datagrams[HG_DEVICE_DATAGRAMS]; /* of its latest announcements, as in hg_device_columns */
    uint32_t host_name;  /* number of the name that it gave itself; 0: none, or names are not shown */
    uint8_t is_disputed; /* another MAC claimed the address too: */
    uint8_t claimant[HG_MAC_LENGTH]; /* the latest such MAC */
    uint32_t surplus;    /* hosts whose `is_surplus` is set with the same MAC, as hg_frames_conclude counts them */
    uint8_t is_surplus;  /* 1: `mac` has HG_MAC_ADDRESSES addresses already; then the device is in no chain of MACs */
    uint8_t by_frames, by_lease; /* 1: its packets' frames, a lease beyond a router show that `mac` is its own */
    uint8_t was_by_frames, is_behind, is_apart; /* `by_frames` of the conclusion before; see facts/machines.h */
    /* 1: a lease named the host as a router; SSDP announced a device there; the lease's server leased other addresses
     */
    uint8_t is_gateway, is_described, is_lease_known;
} hg_device;

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

typedef struct hg_host_view hg_host_view; /* facts/write.h */
typedef struct hg_middlebox hg_middlebox; /* facts/conclusion.h */
typedef struct hg_open_handshake hg_open_handshake; /* facts/handshakes.h */
typedef struct hg_open_syn hg_open_syn; /* facts/targets.c */
typedef struct hg_guessing hg_guessing; /* facts/logins.c */
typedef struct hg_floods hg_floods; /* facts/floods.c */
typedef struct hg_known_claim hg_known_claim; /* facts/known_claims.c */
typedef struct hg_known_label hg_known_label; /* facts/naming.c */
typedef struct hg_open_request hg_open_request; /* facts/services.c */

enum { HG_CHANGE_VALUE = 64 /* most bytes of a device's value in a row */ };
typedef struct hg_watch hg_watch; /* facts/watch.c */

/* A row to insert: a change, a finding or news about a device. */
typedef struct hg_change_row {
    hg_change change;
    uint8_t *shared; /* values of the shared columns, HG_SHARED_BYTES; NULL: copied from `row` */
    uint32_t row; /* the row after which it is inserted; UINT32_MAX: before the first row, and `shared` is set */
    uint8_t is_reported; /* 1: in huginn's own formats too; 0: only in p0f's log */
    uint8_t event; /* hg_event */
    uint8_t finding; /* hg_host_finding */
    uint8_t handshake; /* hg_finding_handshake */
    uint8_t finding_mac[HG_MAC_LENGTH]; /* zeros: not known */
    hg_devices_values news; /* of HG_EVENT_DEVICE_CHANGE */
    uint16_t value_bytes;
    uint8_t values[(HG_DEVICE_VALUES + 3) * (2 + HG_CHANGE_VALUE)]; /* of the device, encoded as in announced.h */
} hg_change_row;

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

enum { HG_MOST_ANNOUNCED_LOCAL = 16, HG_MOST_GATEWAYS = 8 };

/* The pools of the table: name, type of the records, and their largest number, for `most` hosts. */
#define HG_HOST_POOLS(POOL)               \
    POOL(known, hg_host_entry, most)      \
    POOL(seen, hg_sighting, details)      \
    POOL(ports, hg_host_port, details)    \
    POOL(tunnels, hg_tunnel_id, most + 1) \
    POOL(senders, hg_host_sender, most)   \
    POOL(uses, hg_host_use, details)      \
    POOL(frame_macs, hg_frame_mac, watched)

struct hg_hosts {
#define HG_POOL(pool, type, limit) hg_pool pool;
    HG_HOST_POOLS(HG_POOL)
#undef HG_POOL
    hg_pool extra; /* hg_host_extra, then the data of facts with `bytes` */
    uint32_t extra_bytes;
    uint16_t fact_places[32]; /* by hg_fact_id: where its data begin in a record of `extra` */
    uint32_t takers[HG_EVENT_KINDS]; /* by hg_event: the facts that take its rows, as bits by hg_fact_id */
    /* Pools of facts; see hg_fact_pool. */
    hg_pool clocks, systems, scores, traits, responses, targets, services, peers, leases, host_keys, devices,
        device_claims, bindings, called_servers, logins, stealth, stations;
    pthread_mutex_t lock; /* held by hg_hosts_add, and by functions for other threads, such as hg_hosts_answer */
    hg_chains host_key_chains, station_chains;
    uint32_t target_places; /* of all hosts */
    hg_index target_eviction_cursor; /* where the search for targets to evict continues */
    hg_chains binding_chains, mac_chains; /* by MAC; of devices */
    hg_chains chains, frame_mac_chains; /* of hosts */
    struct hg_system_device *system_devices; /* what systems say (facts/device_conclusion.c) */
    hg_hosts_options options;
    uint64_t hash_key;
    hg_index touched_first, touched_last; /* list of hosts changed since hg_hosts_changed returned them */
    uint64_t segments[HG_KNOWN_SEGMENTS]; /* the first ones of hosts; 0: none */
    uint32_t sent; /* hosts with HG_HOST_SENT */
    hg_index eviction_cursor; /* where the search for a host to evict continues */
    uint8_t forgets; /* 1: a full table evicts any hosts; 0: only hosts without HG_HOST_SENT */
    uint16_t database_number; /* of the current database; counts each hg_hosts_use */
    uint8_t local_is_stated; /* 1: the user set `local` */
    hg_networks local;
    hg_network announced_local[HG_MOST_ANNOUNCED_LOCAL]; /* networks that routers and leases announced */
    uint32_t announced_local_count;
    uint32_t gateway_count; /* so far; later ones replace the first */
    hg_address gateways[HG_MOST_GATEWAYS]; /* IPv4 routers named in leases that were no hosts then */
    const hg_database *database;
    hg_names names;
    hg_answer_cache answers; /* `number` of an entry: number of its name in `names` */
    /* The next seven are allocated on first use, NULL before. */
    hg_known_claim *known_claims; /* claims found in the latest texts of devices */
    hg_known_label *labels; /* by label of the database */
    hg_open_handshake *open_handshakes; /* the latest handshakes that are not completed */
    struct hg_sweeper *sweepers; /* hosts with requests on the link to be judged (facts/reports.c), or NULL */
    int64_t judge_due_ns; /* when a fact is to judge next (hg_fact.judge); INT64_MAX: nothing waits */
    int64_t source_ns, period_ns, period_due_ns; /* of judge_period in facts/reports.c */
    struct hg_open_call *open_calls; /* of facts/internal_services.c, or NULL */
    hg_open_syn *open_syns; /* the first SYNs of the latest connections, if findings are reported */
    hg_guessing *guessing; /* clients whose logins servers refused lately */
    hg_floods *floods; /* answered SYNs that are followed */
    hg_open_request *open_requests; /* the latest requests that name a server */
    hg_middlebox *middleboxes; /* found by hg_hosts_conclude, by rising `answer` */
    uint32_t middlebox_count;
    uint64_t left_out, forgotten, untracked, period_number /* of judge_period */;
    uint64_t last_left_out; /* number of the packet that `left_out` counted last */
    hg_change_row *change_rows; /* of the latest batch, by rising row */
    uint32_t change_row_count, change_row_room;
    uint64_t reported[HG_EVENT_KINDS]; /* by event: changes, findings and news reported so far */
    uint64_t news_left_out, attempts_displaced; /* see hg_stats */
    hg_source_clock clock;
    hg_relayed relayed[HG_RELAYED];
    hg_watch *watch; /* NULL: news about devices are not wanted */
    hg_completed *completed; /* findings first made in the latest batch, each with the row that triggered it */
    uint32_t completed_count, completed_room, open_call_count;
    const hg_batch *batch; /* that is being added */
    hg_index *row_hosts; /* the host of each row of the latest batch, 0: none */
    struct hg_late_host *doubts; /* hosts that a packet will show, the next one last (hosts/holders.c) */
    uint32_t row_room, doubt_count, doubt_room;
};

static inline int hg_hosts_are_full(const hg_hosts *hosts)
{
    return hosts->known.used >= hosts->known.limit;
}

static inline hg_host_entry *hg_host_at(const hg_hosts *hosts, hg_index index)
{
    return hg_pool_at(&hosts->known, index);
}

static inline hg_host_extra *hg_host_extra_of(const hg_hosts *hosts, const hg_host_entry *host)
{
    return hg_pool_at(&hosts->extra, host->extra);
}

/* The host's further data, read-only; zeros if it has none. */
static inline const hg_host_extra *hg_host_read_extra(const hg_hosts *hosts, const hg_host_entry *host)
{
    static const hg_host_extra NONE;
    return host->extra == 0 ? &NONE : hg_host_extra_of(hosts, host);
}

static inline int hg_is_proven(const hg_host_entry *host)
{
    return (host->flags & HG_HOST_PROVEN) != 0;
}

/* Whether its packets passed routers. */
static inline int hg_host_is_routed(const hg_host_entry *host)
{
    return (host->flags & HG_HOST_DISTANCE) != 0 && host->distance > 0;
}

/* The host's further data, created if missing; NULL: no room. */
static inline hg_host_extra *hg_host_take_extra(hg_hosts *hosts, hg_host_entry *host)
{
    return hg_pool_get_or_take(&hosts->extra, &host->extra);
}

/* NULL: the host is neither in a tunnel nor in a segment with a number. */
static inline const hg_tunnel_id *hg_host_tunnel(const hg_hosts *hosts, const hg_host_entry *host)
{
    return host->in_tunnel == 0 ? NULL : hg_pool_at(&hosts->tunnels, hg_host_extra_of(hosts, host)->tunnel);
}

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

/* Whole seconds since the epoch, within 32 bits. */
static inline uint32_t hg_seconds_of(int64_t time_ns)
{
    const int64_t seconds = time_ns < 0 ? 0 : time_ns / INT64_C(1000000000);
    return seconds > UINT32_MAX ? UINT32_MAX : (uint32_t)seconds;
}

/* Whether the address is ::1 or in 127.0.0.0/8. Every machine has these, so many systems may send from them. */
int hg_is_loopback(const hg_host_entry *host);
/* Whether the host is in a tunnel, not only in a segment. */
static inline int hg_host_in_tunnel(const hg_hosts *hosts, const hg_host_entry *host)
{
    return host->in_tunnel && hg_host_tunnel(hosts, host)->kind != HG_TUNNEL_NONE;
}

/* The number of the host's segment. */
static inline uint16_t hg_host_segment(const hg_hosts *hosts, const hg_host_entry *host)
{
    return hg_segment_number(hg_host_tunnel(hosts, host));
}

/* The index of a host; 0: not found. */
hg_index hg_host_find(const hg_hosts *hosts, hg_host_id id);
/* The same; an address that has neither tunnel nor segment is looked for in segments, too. */
hg_index hg_host_find_any(const hg_hosts *hosts, hg_host_id id);
/* Prefetches the table entries of rows a little after `row`. */
void hg_host_prefetch(const hg_hosts *hosts, const hg_columns *columns, uint32_t row, uint32_t rows);
/* The host, created if missing; 0: no room. `is_weak`: the host is known only from an announcement, which one packet
 * can forge. Such hosts are evicted for hosts that sent other packets, never the other way round. */
hg_index hg_host_take(hg_hosts *hosts, hg_host_id id, int64_t time_ns, int is_weak);
/* Marks a host that sent more than an announcement. */
void hg_host_note_sent(hg_hosts *hosts, hg_host_entry *host);
/* Adds the host to the list of changed hosts, unless it is already there. */
void hg_host_touch(hg_hosts *hosts, hg_index index);

/* The packets of a host; zeros if none were counted. Without its `index` (0), it is searched for. */
const hg_host_sender *hg_host_sender_of(const hg_hosts *hosts, const hg_host_entry *host, hg_index index);
/* The frames from a MAC; NULL: none were counted. */
hg_frame_mac *hg_frame_mac_find(const hg_hosts *hosts, const uint8_t *mac);

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
enum { HG_NO_ROW = UINT32_MAX };
/* Notes new findings about a host (bits by hg_host_finding), and the row that triggered them, or HG_NO_ROW. */
void hg_host_add_findings(hg_hosts *hosts, hg_index index, uint32_t row, uint64_t findings);
/* Takes back one handshake at a port, and the port with the last one. */
void hg_host_forget_port(hg_hosts *hosts, hg_host_entry *host, uint8_t role, uint16_t port);
void hg_host_note_link(hg_host_entry *host, uint8_t role, uint32_t mtu, uint32_t link);
/* Forgets ports and link. */
void hg_host_forget_ports(hg_hosts *hosts, hg_host_entry *host);
/* Notes a change that a row shows. 0: no memory. */
int hg_host_note_change(hg_hosts *hosts, uint32_t row, const hg_change *change, int is_reported);
/* Adds a row of news, which the caller fills in, after an announcement or with own shared columns. NULL: no memory. */
hg_change_row *hg_host_note_device(hg_hosts *hosts, uint32_t row, hg_device_change change, const uint8_t *shared);
/* Where a finding is reported: after the row of the packet that shows it, or, if it has none, after the row before. */
typedef struct hg_finding_place {
    int64_t time_ns;
    uint32_t row;
    const uint8_t *shared; /* the event's shared columns, HG_SHARED_BYTES; NULL: the row's values */
    const uint8_t *mac; /* of the host that it is about; NULL: not known */
} hg_finding_place;
/* Makes a row for a finding; `handshake`: hg_finding_handshake. 0: no memory. */
int hg_host_note_finding(hg_hosts *hosts, uint32_t finding, uint8_t handshake, const hg_finding_place *now);
/* Forgets the changes and findings of the previous batch. */
void hg_hosts_begin_changes(hg_hosts *hosts);
/* Copies the batch added last, with each change after the row that shows it. `*out` (or NULL) is replaced. */
hg_status hg_hosts_insert_changes(const hg_hosts *hosts, const hg_batch *batch, hg_batch **out, hg_error *error);
/* Returns the host's records to the pools. */
void hg_host_release(hg_hosts *hosts, hg_host_entry *host);
