/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * flows.h - the conversations that are remembered between packets: their ends, state and age.
 *
 * The table is bounded and allocated once; nothing is allocated per packet. It is a hash table
 * with chains, whose records also stand in lists ordered by age. A list is a ring that its end
 * closes, so that neither its first nor its last record is a special case:
 *
 *     end ─newer▶ oldest ─newer▶ … ─newer▶ newest ─newer▶ end
 *
 *     SYN_SENT ─▶ SYN_RECEIVED ─▶ ESTABLISHED    one list a state; when the table is full, the
 *             oldest of the first list that is not empty is evicted, so that a flood of SYNs
 *             cannot push out conversations that really took place
 *
 * A flow knows nothing of its content. Readers keep their data in their own arrays, at the flow's index.
 */
#pragma once

#include "base/prefetch.h"
#include "flow/index.h"
#include "packet/packet.h"
#include "base/saved.h"

typedef enum hg_flow_state {
    HG_SYN_SENT = 0,     /* no SYN+ACK seen */
    HG_SYN_RECEIVED = 1, /* a SYN+ACK, but nothing in sequence after it */
    HG_ESTABLISHED = 2,
    HG_FINISHED = 3, /* it ended; readers of bytes may still miss some. First to make room */
    HG_FLOW_STATES = 4
} hg_flow_state;

enum { HG_FIRST_FLOW = HG_FLOW_STATES };

/* The links of a flow, separate from its data: failed lookups and list changes touch only these 16 bytes. A thousand
 * of them stay in the L1 cache. */
typedef struct hg_flow_place {
    uint32_t hash; /* of both ends; its low bits choose the chain */
    hg_index chain;
    hg_index older;
    hg_index newer;
} hg_flow_place;

typedef struct hg_flow {
    hg_address client;
    hg_address server;
    int64_t last_ns;       /* time of its last packet */
    uint64_t first_packet; /* number of its first packet, by which its events are joined */
    uint16_t client_port;
    uint16_t server_port;
    uint8_t version;
    uint8_t state; /* hg_flow_state */
    uint8_t syn_seen; /* 0 when the flow began with its SYN+ACK */
    uint8_t fresh;    /* 1 until readers of bytes keep state of it */
    uint8_t reached;  /* HG_REACHED, HG_READ and HG_DOUBTED of each direction, and HG_HAS_RIVAL */
    uint8_t scale[2]; /* bits by which the windows of client and server are shifted */
    uint8_t marks;    /* HG_UNCHECKED of each direction, HG_COMPLETED and HG_DISPUTED */
    hg_index rival;   /* the other flow between the same ports while one of the two may be spoofed; or 0 */
} hg_flow;

_Static_assert(sizeof(hg_flow) == 64, "a flow is as large as a cache line");

/* Bits for the directions of a flow, the client's first: its reach is known; readers of bytes still want its data. */
enum { HG_REACHED = 1, HG_REACHED_BOTH = 3, HG_READ = 4, HG_READ_BOTH = 12 };

/* The direction has bytes of a doubtful segment (hg_reach); shifted like the others. */
enum { HG_DOUBTED = 32 };

/* Marks: each SYN or SYN+ACK of the direction had a wrong checksum (shifted like the others); the client acknowledged the
 * server's answer; there were several such answers. */
enum { HG_UNCHECKED = 1, HG_COMPLETED = 4, HG_DISPUTED = 8 };

/* A flow whose packets have to be judged before they count. */
enum { HG_HAS_RIVAL = 16, HG_JUDGED = HG_READ_BOTH | HG_HAS_RIVAL };

/* Called when a flow that is not fresh ends, for any reason: others may keep data at its index. */
typedef struct hg_flow_listener {
    void (*ended)(void *state, hg_index flow);
    void *state;
} hg_flow_listener;

/* A hash table of its own: workers read its heads ahead of each packet, and all memory is taken at the start. */
typedef struct hg_flows {
    /* Never changed, and read by all workers. */
    uint8_t apart_before[HG_APART];
    hg_flow *records;
    hg_flow_place *places; /* links of the flows, by index; the entry of a state is the end of its list */
    hg_index *heads;
    uint64_t hash_key;
    uint32_t capacity;
    uint32_t mask;
    uint8_t by_age; /* 1: half-open and answered flows make room by age alone */
    uint8_t apart[HG_APART];
    hg_stats *stats; /* a sensor exchanges it: each of its workers has its own */
    hg_flow_listener listener;
    hg_index free; /* chained records that were used before */
    hg_index next; /* never used so far, as all after it: untouched memory */
} hg_flows;

/* Allocates the table. `by_age`: the ends of flows may not be seen. `stats` is where openings,
 * evictions and the like are counted. */
hg_status hg_flows_init(hg_flows *flows, const hg_config *config, int by_age, hg_stats *stats, hg_error *error);
void hg_flows_clear(hg_flows *flows);
/* Forgets all flows, without notifying anybody. */
void hg_flows_reset(hg_flows *flows);

/* 1 when both sides of a live flow were seen. */
static inline int hg_flow_has_both_sides(const hg_flow *flow)
{
    return (flow->syn_seen && flow->state != HG_SYN_SENT) || (flow->reached & HG_REACHED_BOTH) == HG_REACHED_BOTH;
}

static inline hg_index hg_flow_index(const hg_flows *flows, const hg_flow *flow)
{
    return (hg_index)(flow - flows->records);
}

/* Ask the cache for the place of a packet's flow some packets before it is needed: first for the
 * head of the chain, then for the first record. Only before the packet is looked up:
 * asked for earlier, the lines are taken from the worker that is writing them (13.3 M SYNs a second
 * with two workers, against 14.6). */
static inline void hg_flows_prefetch_head(const hg_flows *flows, const hg_packet *packet)
{
    hg_prefetch_line(flows->heads + (packet->flow_hash & flows->mask));
}

/* Returns the index that it prefetched: 0 if there is none, which is also the end of a list. */
static inline hg_index hg_flows_prefetch_record(const hg_flows *flows, const hg_packet *packet)
{
    hg_index flow = flows->heads[packet->flow_hash & flows->mask];
    hg_prefetch_line(flows->places + flow);
    hg_prefetch_line(flows->records + flow);
    return flow;
}

/* The live flow of the packet's addresses and ports in either direction, or NULL.
 * `*from_client` says who sent the packet. A flow unused for 900 s is dropped here. */
hg_flow *hg_flows_find(hg_flows *flows, const hg_packet *packet, int64_t now_ns, int *from_client);

/* A new flow whose client is the packet's source (or its destination, when `from_server`), and
 * whose first packet has the number `first_packet`; room is made when the table is full. */
hg_index hg_flows_open(hg_flows *flows, const hg_packet *packet, int64_t now_ns, uint64_t first_packet,
                       int from_server);
/* What hg_flows_find and hg_flows_open do, where bytes are read. Apart, so that the compiler keeps those
 * in line with the path that every packet takes where they are not. */
void hg_flows_find_again(hg_flows *flows, const hg_packet *packet, int64_t now_ns, hg_flow **flow, int *from_client);
/* hg_flows_find for rare events, so that those stay where they are compiled in. */
hg_flow *hg_flows_find_later(hg_flows *flows, const hg_packet *packet, int64_t now_ns, int *from_client);
hg_index hg_flows_open_later(hg_flows *flows, const hg_packet *packet, int64_t now_ns, uint64_t first_packet,
                             int from_server);
void hg_flows_advance(hg_flows *flows, hg_flow *flow, hg_flow_state state);
/* Moves an established flow after the others: it was used last. */
void hg_flows_touch(hg_flows *flows, hg_flow *flow, int64_t now_ns);
void hg_flows_close(hg_flows *flows, hg_flow *flow);
/* Two flows between the same ports: until one is closed, hg_flows_find gives either of them. */
void hg_flows_make_rivals(hg_flows *flows, hg_index one, hg_index other);

/* ---- the table as bytes, so that another may continue with it ----
 *
 *     header   key, sizes
 *     flows    records ever used, then their places, the ends of the lists first
 *
 * Chains are not saved: they follow from the records. The bytes are those of this machine's
 * memory, so they are for processes of one kind of machine and one build. */

/* Loads into a table without flows. HG_E_ARGUMENT: the bytes are damaged, or of a table of another size or hash key.
 * Every reference in them is checked. */
void hg_flows_transfer(hg_flows *flows, hg_saved *saved);
