/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * fact.h - the interface of facts about hosts, such as the keys of their SSH servers. The table of hosts does not know
 * individual facts: it calls them through hg_facts, which csrc/records/facts.c defines.
 *
 *     a row, or what lies between rows ──▶ its host in the table ──▶ `on` of each fact that subscribes, in order
 */
#pragma once

#include "hg_host_events.h"
#include "hosts/change_rows.h"

/* Kinds of events beside rows (host_events.csv): HG_ON_COMPLETED and so on. */
typedef enum hg_host_event_kind {
    HG_ON_ROWS = HG_EVENT_KINDS - 1,
#define HG_KIND(constant, text) HG_ON_##constant,
    HG_HOST_EVENTS_ROWS(HG_KIND)
#undef HG_KIND
        HG_HOST_EVENT_KINDS
} hg_host_event_kind;

/* The rows that a fact may subscribe to, as bits. */
#define HG_ROW_EVENTS ((UINT64_C(1) << HG_EVENT_KINDS) - 1)

/* What facts are told: a row and its host, or what host_events.csv lists. The members from `announcement` on have a
 * value for the kinds that it names. */
typedef struct hg_host_event {
    hg_hosts *hosts;
    const hg_batch *batch; /* of a row, as are the members up to `within` */
    hg_row of;
    uint8_t event; /* hg_event of a row, or hg_host_event_kind */
    uint8_t role; /* of the sender: HG_ROLE_CLIENT, HG_ROLE_SERVER */
    int8_t contradicts; /* 1: the system that the sender claims contradicts its SYN; -1: not judged yet */
    hg_index index; /* the host's index */
    hg_host_entry *host;
    hg_index asker; /* of a request on the link: the host that counts it, by the frame's MAC; 0: none */
    hg_index peer; /* the receiver, if a fact made a finding about it; 0: none */
    uint32_t name; /* number of the system's or tool's name in a handshake; 0: none */
    uint64_t untracked; /* hg_hosts.untracked before the row */
    hg_announcement_row announcement; /* if the row is an announcement; its `mac` is `station` */
    uint8_t station[HG_STATION];
    hg_tunnel_id within_id;
    const hg_tunnel_id *within; /* of an announcement: `within_id`, or NULL as in hg_host_id */
    int is_of_sender, is_about_none; /* of an announcement: 1: it is about the address that sent it, or about no host */
    uint32_t at, before; /* rows: where findings are noted, and the last one up to the event */
    int64_t from_ns, until_ns;
    const hg_completion *completion;
    const hg_open_handshake *handshake;
    const hg_stealth *stealth;
    const hg_sender *sender;
} hg_host_event;

/* How many records of a pool a host has, if the table returns them to the pool when it evicts the host. With
 * HG_FORGOTTEN_BY_FACT, `forget` returns them. */
typedef enum hg_pool_use { HG_FORGOTTEN_BY_FACT, HG_ONE_RECORD, HG_RECORD_LIST } hg_pool_use;

/* A pool of records that only this fact uses. */
typedef struct hg_fact_pool {
    size_t place; /* offset of the hg_pool in hg_hosts */
    uint32_t bytes; /* size of a record; 0 ends the list of pools */
    uint8_t limit; /* hg_pool_limit */
    uint8_t use; /* hg_pool_use */
    uint8_t grows; /* whether the hash table grows (hg_chains_init) */
    /* Offset in hg_host_extra of the number of the host's record, or of the first in its list. HG_IN_DATA: the fact's
     * data begin with it. Not used with HG_FORGOTTEN_BY_FACT. */
    uint32_t number;
    size_t chains; /* offset in hg_hosts of the hash table of the records; 0: there is none */
    size_t link; /* offset in a record of the number of the next one in its chain */
    hg_record_hash *hash;
} hg_fact_pool;

enum { HG_IN_DATA = UINT16_MAX };

/* The largest number of records: as many as hosts; one for each role of a host; several times as many as hosts; or
 * fewer, for large records. */
typedef enum hg_pool_limit { HG_AS_HOSTS, HG_AS_ROLES, HG_AS_DETAILS, HG_AS_WATCHED } hg_pool_limit;

/* A list of pools. The next three macros make its items. */
#define HG_FACT_POOLS(...) \
    (const hg_fact_pool[]) \
    {                      \
        __VA_ARGS__, {0}   \
    }
#define HG_FACT_POOL(pool, type, limit) {offsetof(hg_hosts, pool), sizeof(type), limit, .chains = 0}
#define HG_HELD_POOL(pool, type, limit, use, number) \
    {offsetof(hg_hosts, pool), sizeof(type), limit, use, 0, number, .chains = 0}
#define HG_HASHED_POOL(pool, type, limit, chains, grows, hash)                                                       \
    {offsetof(hg_hosts, pool),      sizeof(type), limit, HG_FORGOTTEN_BY_FACT, grows, 0, offsetof(hg_hosts, chains), \
     offsetof(type, next_in_chain), hash}

/* A function that is not needed is NULL. */
typedef struct hg_fact {
    uint32_t bytes; /* of its data for each host, zeroed at first; see hg_fact_take */
    uint64_t events; /* what it is told, as bits by hg_event and hg_host_event_kind */
    const hg_fact_pool *pools;
    size_t memory; /* offset in hg_hosts of a pointer to the fact's memory, which the table frees; 0: none */
    int (*init)(hg_hosts *hosts); /* 0: no memory */
    void (*on)(hg_host_event *event);
    void (*write)(hg_writer *to, const hg_host_view *view); /* writes lines of the host's text: hg_host_write_line */
    /* Returns the records of a host to the pools. Called when a host with a hg_host_extra is evicted. */
    void (*forget)(hg_hosts *hosts, const hg_host_entry *host);
    void (*free)(hg_hosts *hosts); /* before the pools are freed; also after a failed `init` */
} hg_fact;

/* X(name) for each fact, in the order in which they take a row. The file of a fact defines hg_fact_<name>. */
/* clang-format off */
#define HG_EACH_FACT(X) \
    X(handshakes) X(sightings) X(changes) X(targets) X(announcements) X(sent_texts) X(devices) X(related) \
    X(watch) X(services) X(peers) X(cryptography) X(support) X(clocks) X(internal_services) \
    X(logins) X(stealth) X(floods) X(protocols) X(repeated_names) X(answered_names) X(middleboxes) X(local) \
    X(reports)
/* clang-format on */

typedef enum hg_fact_id {
#define HG_ID(name) HG_FACT_##name,
    HG_EACH_FACT(HG_ID)
#undef HG_ID
        HG_FACTS
} hg_fact_id;

#define HG_DECLARE(name) extern const hg_fact hg_fact_##name;
HG_EACH_FACT(HG_DECLARE)
#undef HG_DECLARE
extern const hg_fact *const hg_facts[]; /* all facts by hg_fact_id; NULL ends the list */

_Static_assert(HG_HOST_EVENT_KINDS <= 64 && HG_FACTS <= 32, "bits of hg_fact.events and hg_hosts.takers");
_Static_assert(HG_FACTS <= sizeof((hg_hosts){0}.fact_places) / sizeof(uint16_t), "each fact has a place");

static inline hg_pool *hg_fact_pool_in(hg_hosts *hosts, const hg_fact_pool *pool)
{
    return (hg_pool *)(void *)((uint8_t *)hosts + pool->place);
}

/* Tells the facts that subscribe to it; with the option `only_changes`, p0f's scores alone. */
void hg_hosts_tell(hg_host_event *event);

/* The host's data of a fact with `bytes`, created if missing; NULL: no room. hg_fact_read does not create it. */
void *hg_fact_take(hg_hosts *hosts, hg_host_entry *host, hg_fact_id fact);
void *hg_fact_read(const hg_hosts *hosts, const hg_host_entry *host, hg_fact_id fact);

static inline int64_t hg_row_time(const hg_host_event *row)
{
    return row->batch->columns.time_ns[row->of.index];
}

/* Whether a SYN repeats an earlier one of the connection, perhaps with fewer options. */
static inline int hg_row_is_retry(const hg_host_event *row)
{
    const hg_columns *c = &row->batch->columns;
    return row->event == HG_EVENT_SYN && c->flow[row->of.index] != c->packet_number[row->of.index];
}

/* Whether the row may be forged, although its host completed handshakes. Such a row adds names, but replaces no fact
 * and causes no finding. */
static inline int hg_row_is_weak(const hg_host_event *row)
{
    return hg_is_proven(row->host) && row->batch->columns.scope[row->of.index] < HG_SCOPE_HANDSHAKE;
}

/* Whether the host sent the row's packet: an announcement may describe another host than its sender. */
static inline int hg_row_is_of_sender(const hg_host_event *row)
{
    return memcmp(&row->host->address, row->batch->columns.src_ip[row->of.index], sizeof row->host->address) == 0;
}

/* Counts a packet for whose host, name or port there is no room. */
void hg_row_leave_out(const hg_host_event *row);

/* The last row up to the present packet of the batch, for events that no row shows; HG_NO_ROW: none. */
uint32_t hg_host_row_before(const hg_hosts *hosts);

/* Asks for `judge` at this time or before. */
static inline void hg_hosts_await(hg_hosts *hosts, int64_t due_ns)
{
    due_ns -= due_ns == INT64_MAX; /* which says that nothing waits */
    hosts->judge_due_ns = due_ns < hosts->judge_due_ns ? due_ns : hosts->judge_due_ns;
}

/* Judges what is due at `now_ns`, after the rows of the batch added last. */
void hg_hosts_judge_after(hg_hosts *hosts, const hg_batch *batch, int64_t now_ns);
