/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * flows.h - the table of conversations: their ends, state and age.
 *
 * The table is bounded and allocated once; nothing is allocated per packet. It is a hash table
 * with chains. Its records are also in lists, ordered by age. A list is a ring that contains an
 * end record, so that its first and last records need no special code:
 *
 *     end ─newer▶ oldest ─newer▶ … ─newer▶ newest ─newer▶ end
 *
 * There is one list for each state. If the table is full, the oldest finished flow is evicted. If there is none, the
 * oldest flow of each list is closed if it was unused for 900 s. If none was, the oldest flow of the first list that
 * is not empty is evicted:
 *
 *     SYN_SENT ─▶ SYN_RECEIVED ─▶ ESTABLISHED
 *
 * So a flood of SYNs cannot evict real conversations. Where a server answers the flood, the oldest flow in SYN_RECEIVED
 * is evicted once it had time to go on; otherwise each new SYN would be evicted before its own answer.
 *
 * A flow has no data about its content. Readers keep such data in their own arrays, at the flow's index.
 */
#pragma once

#include "base/prefetch.h"
#include "flow/index.h"
#include "packet/packet.h"
#include "base/saved.h"

typedef enum hg_flow_state {
    HG_SYN_SENT = 0,     /* no SYN+ACK seen */
    HG_SYN_RECEIVED = 1, /* a SYN+ACK seen, but no packet in sequence after it */
    HG_ESTABLISHED = 2,
    HG_FINISHED = 3, /* it ended, but stream readers may still need bytes; evicted first */
    HG_FLOW_STATES = 4
} hg_flow_state;

enum { HG_FIRST_FLOW = HG_FLOW_STATES }; /* smaller indexes are the ends of the lists */

/* The links of a flow are separate from its data, so that changes of the lists touch only these 16 bytes. A thousand of
 * them fit into the L1 cache. A lookup reads the record, which is prefetched if it is its chain's first. */
typedef struct hg_flow_place {
    hg_index rival; /* with HG_HAS_RIVAL: another flow on the same addresses and ports, each of which may be spoofed;
                     * the rivals of a flow form a ring */
    hg_index chain; /* the next flow in the chain; 0: none */
    hg_index older;
    hg_index newer;
} hg_flow_place;

typedef struct hg_flow {
    hg_address client;
    hg_address server;
    int64_t last_ns; /* when it was opened or last touched (hg_flows_touch) */
    uint64_t first_packet; /* number of its first packet, which identifies the flow in events */
    uint16_t client_port;
    uint16_t server_port;
    uint8_t version;
    uint8_t state; /* hg_flow_state */
    uint8_t syn_seen; /* 0: the flow began with its SYN+ACK, or later */
    uint8_t fresh; /* 1: readers have no state for it yet */
    uint8_t reached; /* bits: HG_REACHED, HG_READ and HG_DOUBTED of each direction, HG_HAS_RIVAL and HG_REPEATS */
    uint8_t scale[2]; /* window scale (bits) of client and server */
    uint8_t marks; /* bits: HG_UNCHECKED of each direction, HG_COMPLETED and the next ones */
    uint32_t hash; /* of both ends and all tunnels; its low bits choose the chain */
} hg_flow;

_Static_assert(sizeof(hg_flow) == 64, "a flow is as large as a cache line");

/* Bits in `reached`, one for each direction; the lower one is for the client's data. HG_REACHED: the direction's
 * hg_reach is known. HG_READ: stream readers still need its data. HG_DOUBTED: it has doubtful bytes
 * (hg_streams_hold). */
enum { HG_REACHED = 1, HG_REACHED_BOTH = 3, HG_READ = 4, HG_READ_BOTH = 12, HG_DOUBTED = 32, HG_DOUBTED_BOTH = 96 };

/* Bits in `marks`. HG_UNCHECKED, one bit for each direction: all its SYNs or SYN+ACKs had wrong checksums.
 * HG_COMPLETED: the client acknowledged the server's SYN+ACK. HG_DISPUTED: different SYN+ACKs answered the SYN.
 * HG_NUMBERED: a SYN+ACK acknowledged the SYN; without that, acknowledgements prove nothing. HG_ENDED_BY_SERVER: the
 * first FIN was the server's. */
enum { HG_UNCHECKED = 1, HG_COMPLETED = 4, HG_DISPUTED = 8, HG_NUMBERED = 16, HG_ENDED_BY_SERVER = 32 };

/* Bits in `reached`. HG_HAS_RIVAL: its place has a `rival`. HG_JUDGED: if one of these bits is set,
 * hg_conversations_choose or hg_readers_judge must check the flow's packets before they have an effect. HG_REPEATS:
 * the SYN's repetition opens another flow, as in p0f, because a RST or another SYN came between. */
enum { HG_HAS_RIVAL = 16, HG_JUDGED = HG_READ_BOTH | HG_HAS_RIVAL, HG_REPEATS = 128, HG_MOST_RIVALS = 8 };

/* `ended` is called when a flow that is not fresh ends for any reason. Other modules then release their data at its
 * index. `waits`, or NULL: 1 when bytes of the flow wait for an acknowledgement. */
typedef struct hg_flow_listener {
    void (*ended)(void *state, hg_index flow);
    int (*waits)(const void *state, hg_index flow);
    void *state;
} hg_flow_listener;

/* The table does not use base/pool.h, because workers prefetch its heads before each packet, and all memory is
 * allocated at the start. */
typedef struct hg_flows {
    /* All workers read the members from here to `apart`, which never change. */
    uint8_t apart_before[HG_APART];
    hg_flow *records;
    hg_flow_place *places; /* links of the flows, by index; the entry at a state's number is the end of its list */
    hg_index *heads;
    uint64_t hash_key;
    uint32_t capacity;
    uint32_t mask;
    uint8_t by_age; /* 1: flows in SYN_SENT and SYN_RECEIVED are evicted by age alone */
    uint8_t apart[HG_APART];
    hg_stats *stats; /* a sensor replaces the pointer, because each worker has its own counters */
    hg_flow_listener listener;
    hg_index free; /* chain of freed records; 0: none */
    hg_index next; /* the first record that was never used; later ones are untouched memory */
    int64_t opened_ns; /* when the latest flow was opened; INT64_MIN: none was */
} hg_flows;

/* Allocates the table. `by_age`: 1 if only handshakes are read; then the ends of flows are not seen. `stats` counts
 * openings, evictions and similar events. */
hg_status hg_flows_init(hg_flows *flows, const hg_config *config, int by_age, hg_stats *stats, hg_error *error);
void hg_flows_clear(hg_flows *flows);
/* Forgets all flows without calling the listener. */
void hg_flows_reset(hg_flows *flows);

/* 1 when packets from both sides of a flow were seen. */
static inline int hg_flow_has_both_sides(const hg_flow *flow)
{
    return (flow->syn_seen && flow->state != HG_SYN_SENT) || (flow->reached & HG_REACHED_BOTH) == HG_REACHED_BOTH;
}

static inline hg_index hg_flow_index(const hg_flows *flows, const hg_flow *flow)
{
    return (hg_index)(flow - flows->records);
}

/* 1 when bytes of the flow wait for an acknowledgement, so that it has to stay until they are read. */
static inline int hg_flow_waits(const hg_flows *flows, const hg_flow *flow)
{
    return __builtin_expect(flow->reached & HG_DOUBTED_BOTH, 0) != 0 && !flow->fresh && flows->listener.waits != NULL &&
           flows->listener.waits(flows->listener.state, hg_flow_index(flows, flow));
}

/* The next of the flow and its rivals, which form a ring. A flow without rivals: itself. */
static inline hg_flow *hg_flows_rival(const hg_flows *flows, const hg_flow *flow)
{
    const hg_index index = hg_flow_index(flows, flow);
    return flows->records + ((flow->reached & HG_HAS_RIVAL) != 0 ? flows->places[index].rival : index);
}

/* These prefetch the memory of a packet's flow a few packets before it is needed: first the head of
 * the chain, then its first record. Prefetching earlier takes cache lines from the worker that is writing them: two
 * workers then read only 13.3 instead of 14.6 million SYNs a second. */
static inline void hg_flows_prefetch_head(const hg_flows *flows, const hg_packet *packet)
{
    hg_prefetch_line(flows->heads + (packet->flow_hash & flows->mask));
}

/* Returns the index of the prefetched record; 0, which is the end of a list, if the chain is empty. */
static inline hg_index hg_flows_prefetch_record(const hg_flows *flows, const hg_packet *packet)
{
    hg_index flow = flows->heads[packet->flow_hash & flows->mask];
    hg_prefetch_line(flows->places + flow);
    hg_prefetch_line(flows->records + flow);
    return flow;
}

/* The flow with the packet's addresses and ports in either direction, or NULL. `*from_client` becomes 1 if the client
 * sent the packet. If the flow was unused for 900 s, it is closed and NULL is returned. */
hg_flow *hg_flows_find(hg_flows *flows, const hg_packet *packet, int64_t now_ns, int *from_client);

/* Opens a flow whose client is the packet's source (or its destination, when `from_server`), and
 * whose first packet has the number `first_packet`. If the table is full, a flow is evicted. */
hg_index hg_flows_open(hg_flows *flows, const hg_packet *packet, int64_t now_ns, uint64_t first_packet,
                       int from_server);
/* As hg_flows_find, for packets of stream and datagram readers: `*flow` becomes what hg_flows_find returns, and its
 * index is returned, 0 for NULL. A second function, so that the compiler still inlines hg_flows_find for all other
 * packets. */
hg_index hg_flows_find_for_readers(hg_flows *flows, const hg_packet *packet, int64_t now_ns, hg_flow **flow,
                                   int *from_client);
/* As hg_flows_find and hg_flows_open, for rare calls. */
hg_flow *hg_flows_find_cold(hg_flows *flows, const hg_packet *packet, int64_t now_ns, int *from_client);
hg_index hg_flows_open_cold(hg_flows *flows, const hg_packet *packet, int64_t now_ns, uint64_t first_packet,
                            int from_server);
/* Lists the flows that the next one displaces from the full table, as `out`, and returns their number; 0: it is not
 * full. */
uint32_t hg_flows_leaving(const hg_flows *flows, int64_t now_ns, hg_index out[HG_FLOW_STATES]);
/* Sets a flow's state and appends it to the list of this state. */
void hg_flows_advance(hg_flows *flows, hg_flow *flow, hg_flow_state state);
/* Sets the time of a flow's latest packet. An established flow becomes its list's newest. */
void hg_flows_touch(hg_flows *flows, hg_flow *flow, int64_t now_ns);
/* Ends a flow. If its bytes wait, no packet finds it any more, but its record stays until it is evicted. */
void hg_flows_close(hg_flows *flows, hg_flow *flow);
/* Adds a flow to the rivals of another one on the same addresses and ports, at most HG_MOST_RIVALS with it.
 * hg_flows_find may return any of them. */
void hg_flows_add_rival(hg_flows *flows, hg_index one, hg_index added);

/* ---- the table as bytes, so that another engine can continue with it ----
 *
 *     header   key, sizes
 *     flows    all records that were ever used, then their places; the ends of the lists come first
 *
 * Loading builds the chains again. The bytes are a copy of this machine's memory, so only processes of the same build
 * on the same kind of machine can load them. */

/* Saves the table, or loads into a table without flows. Loading checks every reference in the bytes. HG_E_ARGUMENT: the
 * bytes are damaged, or from a table with another size or hash key. */
void hg_flows_transfer(hg_flows *flows, hg_saved *saved);
