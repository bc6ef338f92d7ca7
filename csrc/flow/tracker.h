/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * tracker.h - what is remembered between packets: flows and the clocks of hosts.
 *
 * Both tables are bounded and allocated once; nothing is allocated per packet. Each is a
 * hash table with chains, whose records also stand in lists ordered by age. A list is a ring
 * that its end closes, so that neither its first nor its last record is a special case:
 *
 *     end ─newer▶ oldest ─newer▶ … ─newer▶ newest ─newer▶ end
 *
 *     flows   SYN_SENT ─▶ SYN_RECEIVED ─▶ ESTABLISHED    one list a state; when the table is
 *             full, the oldest of the first list that is not empty makes room, so that a
 *             flood of SYNs cannot push out conversations that really took place
 *     hosts   one list, longest unseen first
 */
#ifndef HG_TRACKER_H
#define HG_TRACKER_H

#include "packet/packet.h"

typedef enum hg_flow_state {
    HG_SYN_SENT = 0,     /* no SYN+ACK seen */
    HG_SYN_RECEIVED = 1, /* a SYN+ACK, but nothing in sequence after it */
    HG_ESTABLISHED = 2,
    HG_FLOW_STATES = 3
} hg_flow_state;

/* What became of the uptime of one side of a flow. */
typedef enum hg_clock { HG_CLOCK_OPEN = 0, HG_CLOCK_READ = 1, HG_CLOCK_BAD = 2 } hg_clock;

/* The index of a record in its table. Chains end with 0, which no record has: the first places
 * of a table hold the ends of its lists. */
typedef uint32_t hg_index;

enum { HG_FIRST_FLOW = HG_FLOW_STATES, HG_FIRST_HOST = 1 };

/* Where a flow stands, apart from what it is: lookups that find nothing and lists that change
 * touch these 16 bytes only. A thousand of them stay in the L1 cache. */
typedef struct hg_flow_place {
    uint32_t hash; /* of both ends; its low bits choose the chain */
    hg_index chain;
    hg_index older;
    hg_index newer;
} hg_flow_place;

typedef struct hg_flow {
    hg_address client;
    hg_address server;
    int64_t last_ns;     /* time of its last packet */
    uint32_t client_seq; /* sequence number of the SYN */
    uint32_t client_next;
    uint32_t server_next;
    uint16_t client_port;
    uint16_t server_port;
    uint16_t client_mss;
    uint8_t version;
    uint8_t state;        /* hg_flow_state */
    uint8_t syn_seen;     /* 0 when the flow began with its SYN+ACK */
    uint8_t client_clock; /* hg_clock */
    uint8_t server_clock;
    uint8_t zero;
} hg_flow;

_Static_assert(sizeof(hg_flow) == 64, "a flow is as large as a cache line");

/* A timestamp and when it was sent; ts 0 stands for none. */
typedef struct hg_reference {
    int64_t ms; /* since the epoch */
    uint32_t ts;
} hg_reference;

/* 56 bytes, so that a million hosts with their chains stay under 64 MB; hence times in parts. */
typedef struct hg_host {
    hg_address address;
    uint32_t ts[2];      /* of the last SYN and of the last SYN+ACK */
    uint32_t ms_low[2];  /* when they were sent: 48 bits, from 2^47 ms before the epoch on */
    uint16_t ms_high[2];
    uint32_t first_seen; /* seconds since the epoch */
    hg_index chain;
    hg_index older;
    hg_index newer;
    uint8_t version;
    uint8_t scattered; /* 1: its clocks differ from connection to connection */
} hg_host;

_Static_assert(sizeof(hg_host) == 56, "a million hosts are to fit into 64 MB");

/* Two cache lines, since processors fetch them in pairs. */
enum { HG_APART = 128 };

typedef struct hg_tracker {
    /* Never changed: workers read it all the time (hg_tracker_locate). It must not share a cache
     * line with what changes with every packet, which would stop them each time: two workers
     * then did half of what one does. */
    uint8_t apart_before[HG_APART];
    hg_flow *flows;
    hg_flow_place *places; /* of the flows, same index; that of a state is the end of its list */
    hg_index *flow_heads;
    hg_host *hosts; /* the first is the end of the list */
    hg_index *host_heads;
    uint64_t hash_key;
    uint32_t max_flows;
    uint32_t max_hosts;
    uint32_t flow_mask;
    uint32_t host_mask;
    uint8_t handshakes_only; /* 1: without uptimes; the ends of flows may not be seen then */
    uint8_t apart[HG_APART];
    hg_stats *stats; /* a sensor exchanges it: each of its workers has its own */
    hg_index free_flows; /* chained records that were used before */
    hg_index next_flow; /* never used so far, as all behind it: untouched memory */
    hg_index next_host;
} hg_tracker;

/* Allocates the tables. `stats` is where evictions and the like are counted. */
hg_status hg_tracker_init(hg_tracker *tracker, const hg_config *config, hg_stats *stats, hg_error *error);
void hg_tracker_clear(hg_tracker *tracker);
/* Forgets all flows and hosts. */
void hg_tracker_reset(hg_tracker *tracker);

/* Where the table of hosts holds an address: the index of its chain. */
uint32_t hg_tracker_host_slot(const hg_tracker *tracker, hg_address address, uint8_t version);

/* Computes where the tables hold what the packet concerns. Every packet goes through here before it
 * is looked up, in any order and by any worker. */
void hg_tracker_locate(const hg_tracker *tracker, hg_packet *packet);

/* Ask the cache for those places some packets before they are needed: first for the heads of the
 * chains, then for the first records. Only for whoever is about to look the packet up: asked for
 * earlier, the lines are taken from the worker that is writing them (13.3 M SYNs a second with
 * two workers, against 14.6). */
void hg_tracker_prefetch_heads(const hg_tracker *tracker, const hg_packet *packet);
void hg_tracker_prefetch_records(const hg_tracker *tracker, const hg_packet *packet);

/* The live flow of the packet's addresses and ports in either direction, or NULL.
 * `*from_client` tells who sent the packet. A flow unused for 900 s is dropped here. */
hg_flow *hg_tracker_find(hg_tracker *tracker, const hg_packet *packet, int64_t now_ns, int *from_client);

/* A new flow whose client is the packet's source (or its destination, when
 * `from_server`); room is made when the table is full. */
hg_flow *hg_tracker_open(hg_tracker *tracker, const hg_packet *packet, int64_t now_ns, int from_server);
void hg_tracker_advance(hg_tracker *tracker, hg_flow *flow, hg_flow_state state);
/* Moves an established flow behind the others: it was used last. */
void hg_tracker_touch(hg_tracker *tracker, hg_flow *flow, int64_t now_ns);
void hg_tracker_close(hg_tracker *tracker, hg_flow *flow);

/* The source of the packet, or NULL when no timestamp of it is remembered. */
hg_host *hg_tracker_host(const hg_tracker *tracker, const hg_packet *packet);
/* The timestamp that the host sent last in a SYN (`syn_ack` 0) or SYN+ACK (1). */
hg_reference hg_host_reference(const hg_host *host, int syn_ack);
/* Remembers one that the packet carries. `host` is what hg_tracker_host found for it; a
 * host is made for a timestamp other than 0. */
void hg_tracker_remember(hg_tracker *tracker, const hg_packet *packet, hg_host *host, int syn_ack,
                         hg_reference reference);

#endif
