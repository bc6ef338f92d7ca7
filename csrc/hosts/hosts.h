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

#include "base/findings.h"
#include "filter/networks.h"
#include "flow/identity.h"
#include "hg_columns.h"
#include "hg_support.h"
#include "hosts/clock.h"
#include "hosts/device.h"
#include "hosts/host.h"
#include "hosts/names.h"
#include "names/cache.h"

typedef struct hg_host_view hg_host_view; /* views/view.h */
typedef struct hg_middlebox hg_middlebox; /* systems/conclusion.h */
typedef struct hg_open_handshake hg_open_handshake; /* handshakes/handshakes.h */
typedef struct hg_open_syn hg_open_syn; /* attacks/targets.c */
typedef struct hg_guessing hg_guessing; /* attacks/logins.c */
typedef struct hg_floods hg_floods; /* attacks/floods.c */
typedef struct hg_known_claim hg_known_claim; /* statements/known_claims.c */
typedef struct hg_known_label hg_known_label; /* sightings/naming.c */
typedef struct hg_open_request hg_open_request; /* uses/services.c */
typedef struct hg_change_row hg_change_row; /* hosts/change_rows.h */
typedef struct hg_watch hg_watch; /* news/watch.h */

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
    uint32_t takers[64]; /* by kind of event: the facts that subscribe to it, as bits by hg_fact_id */
    /* Pools of facts; see hg_fact_pool. */
    hg_pool clocks, systems, scores, traits, responses, targets, services, peers, leases, host_keys, devices,
        device_claims, bindings, called_servers, logins, stealth, stations, clients;
    pthread_mutex_t lock; /* held by hg_hosts_add, and by functions for other threads, such as hg_hosts_answer */
    hg_chains host_key_chains, station_chains, client_chains;
    uint32_t target_places; /* of all hosts */
    hg_index target_eviction_cursor; /* where the search for targets to evict continues */
    hg_chains binding_chains, mac_chains; /* by MAC; of devices */
    hg_chains chains, frame_mac_chains; /* of hosts */
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
    struct hg_sweeper *sweepers; /* hosts with requests on the link to be judged (findings/reports.c), or NULL */
    int64_t judge_due_ns; /* when a fact is to judge next (hg_fact.judge); INT64_MAX: nothing waits */
    int64_t source_ns, period_ns, period_due_ns; /* of judge_period in findings/reports.c */
    struct hg_open_call *open_calls; /* of findings/internal_services.c, or NULL */
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

/* Whole seconds since the epoch, within 32 bits. */
static inline uint32_t hg_seconds_of(int64_t time_ns)
{
    const int64_t seconds = time_ns < 0 ? 0 : time_ns / INT64_C(1000000000);
    return seconds > UINT32_MAX ? UINT32_MAX : (uint32_t)seconds;
}

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

/* Returns the host's records to the pools. */
void hg_host_release(hg_hosts *hosts, hg_host_entry *host);
