/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * tracker.c - the tables of flows and hosts.
 */
#include "flow/tracker.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "hg_layout.h"

#define FLOW_AGE_NS (900 * INT64_C(1000000000))
#define HOST_AGE_MS (120 * 60 * INT64_C(1000))

/* All that an hg_index can name, but for the ends of the lists. */
#define MOST_RECORDS (UINT32_MAX - HG_FLOW_STATES)

/* ---- hashing: keyed, so that nobody can choose packets that share a chain ----------- */

static inline uint64_t mix(uint64_t state, uint64_t word)
{
    state = (state ^ word) * HG_HASH_MULTIPLIER;
    return state ^ (state >> 32);
}

/* An IPv4 address fills half of its first word. The words of an IPv6 address are multiplied with
 * one another once each is mixed: mixed one after the other, changes of their upper bits cancel
 * under any key. */
static inline uint64_t hash_address(uint64_t key, hg_address address, uint8_t version)
{
    uint64_t state = mix(key, address.word[0]);
    return version == 4 ? state : state * mix(key << 32 | key >> 32, address.word[1]);
}

static inline uint32_t host_slot(const hg_tracker *tracker, uint64_t hash)
{
    return (uint32_t)(hash * HG_HASH_MULTIPLIER >> 32) & tracker->host_mask;
}

uint32_t hg_tracker_host_slot(const hg_tracker *tracker, hg_address address, uint8_t version)
{
    return host_slot(tracker, hash_address(tracker->hash_key, address, version));
}

/* A flow's hash is the same for both directions. It is a product, because sums of two ports at
 * one address meet whatever the key. */
void hg_tracker_locate(const hg_tracker *tracker, hg_packet *packet)
{
    uint64_t source = hash_address(tracker->hash_key, packet->source, packet->version);
    uint64_t destination = hash_address(tracker->hash_key, packet->destination, packet->version);
    uint64_t ends = (source ^ packet->source_port) * (destination ^ packet->destination_port);
    packet->flow_hash = (uint32_t)(ends * HG_HASH_MULTIPLIER >> 32);
    packet->host_slot = host_slot(tracker, source);
}

static inline int same_address(hg_address a, hg_address b)
{
    return ((a.word[0] ^ b.word[0]) | (a.word[1] ^ b.word[1])) == 0;
}

/* ---- set-up -------------------------------------------------------------------------- */

/* Small tables get eight heads a record: nearly all chains then hold nothing or what is looked
 * for, and whether one does can be foreseen. Large ones get one, for the sake of memory. */
static uint32_t chain_heads(uint32_t records)
{
    const uint32_t small = 65536, spread = 8;
    uint32_t wanted = records <= small ? records * spread : records;
    uint32_t heads = 16;
    while (heads < wanted && heads < UINT32_C(1) << 30)
        heads *= 2;
    return heads;
}

static void forget(hg_tracker *tracker)
{
    for (hg_index end = 0; end < HG_FLOW_STATES; end++)
        tracker->places[end] = (hg_flow_place){.older = end, .newer = end};
    tracker->hosts[0] = (hg_host){.older = 0, .newer = 0};
    tracker->free_flows = 0;
    tracker->next_flow = HG_FIRST_FLOW;
    tracker->next_host = HG_FIRST_HOST;
}

hg_status hg_tracker_init(hg_tracker *tracker, const hg_config *config, hg_stats *stats, hg_error *error)
{
    uint32_t flow_heads = chain_heads(config->max_connections);
    uint32_t host_heads = chain_heads(config->max_hosts);
    *tracker = (hg_tracker){
        .hash_key = config->hash_key,
        .max_flows = config->max_connections < MOST_RECORDS ? config->max_connections : MOST_RECORDS,
        .max_hosts = config->max_hosts < MOST_RECORDS ? config->max_hosts : MOST_RECORDS,
        .flow_mask = flow_heads - 1,
        .host_mask = host_heads - 1,
        .handshakes_only = !config->uptime,
        .stats = stats,
    };
    /* calloc leaves large tables untouched: memory is used as flows and hosts come. */
    tracker->flows = calloc((size_t)HG_FIRST_FLOW + tracker->max_flows, sizeof(hg_flow));
    tracker->places = calloc((size_t)HG_FIRST_FLOW + tracker->max_flows, sizeof(hg_flow_place));
    tracker->flow_heads = calloc(flow_heads, sizeof(hg_index));
    tracker->hosts = calloc((size_t)HG_FIRST_HOST + tracker->max_hosts, sizeof(hg_host));
    tracker->host_heads = calloc(host_heads, sizeof(hg_index));
    if (tracker->flows == NULL || tracker->places == NULL || tracker->flow_heads == NULL ||
        tracker->hosts == NULL || tracker->host_heads == NULL) {
        hg_tracker_clear(tracker);
        return hg_fail(error, HG_E_MEMORY, "no memory for %u connections and %u hosts",
                       config->max_connections, config->max_hosts);
    }
    forget(tracker);
    return HG_OK;
}

void hg_tracker_reset(hg_tracker *tracker)
{
    memset(tracker->flow_heads, 0, ((size_t)tracker->flow_mask + 1) * sizeof *tracker->flow_heads);
    memset(tracker->host_heads, 0, ((size_t)tracker->host_mask + 1) * sizeof *tracker->host_heads);
    forget(tracker);
}

void hg_tracker_clear(hg_tracker *tracker)
{
    free(tracker->flows);
    free(tracker->places);
    free(tracker->flow_heads);
    free(tracker->hosts);
    free(tracker->host_heads);
    *tracker = (hg_tracker){0};
}

/* ---- flows: lists and chains --------------------------------------------------------- */

static inline hg_index index_of_flow(const hg_tracker *tracker, const hg_flow *flow)
{
    return (hg_index)(flow - tracker->flows);
}

static inline void append_flow(hg_flow_place *places, hg_index index, hg_index end)
{
    hg_index newest = places[end].older;
    places[index].older = newest;
    places[index].newer = end;
    places[newest].newer = index;
    places[end].older = index;
}

static inline void remove_flow(hg_flow_place *places, hg_index index)
{
    hg_index older = places[index].older, newer = places[index].newer;
    places[older].newer = newer;
    places[newer].older = older;
}

static inline hg_index oldest_flow(const hg_tracker *tracker, hg_flow_state state)
{
    return tracker->places[state].newer;
}

static inline int has_flows(const hg_tracker *tracker, hg_flow_state state)
{
    return oldest_flow(tracker, state) >= HG_FIRST_FLOW;
}

/* Takes a flow out of its chain and its list; its record may be used again. */
static inline void unlink_flow(hg_tracker *tracker, hg_index index)
{
    hg_flow_place *places = tracker->places;
    hg_index *at = tracker->flow_heads + (places[index].hash & tracker->flow_mask);
    while (*at != index)
        at = &places[*at].chain;
    *at = places[index].chain;
    remove_flow(places, index);
}

static void close_flow(hg_tracker *tracker, hg_index index)
{
    unlink_flow(tracker, index);
    tracker->places[index].chain = tracker->free_flows;
    tracker->free_flows = index;
}

void hg_tracker_close(hg_tracker *tracker, hg_flow *flow)
{
    close_flow(tracker, index_of_flow(tracker, flow));
}

/* Capture times may run backwards; such a flow counts as just used. */
static inline int flow_is_aged(const hg_flow *flow, int64_t now_ns)
{
    return now_ns > flow->last_ns && (uint64_t)now_ns - (uint64_t)flow->last_ns > FLOW_AGE_NS;
}

static void close_aged_flow(hg_tracker *tracker, hg_index index)
{
    tracker->stats->flows_aged++;
    close_flow(tracker, index);
}

/* Two ports as one number, which is one load and one comparison. */
static inline uint32_t both(uint16_t first, uint16_t second)
{
    return (uint32_t)first | (uint32_t)second << 16;
}

/* 1 when the flow has these ends, the client named first. */
static inline int flow_is_between(const hg_flow *flow, const hg_address *client, const hg_address *server,
                                  uint32_t ports)
{
    return both(flow->client_port, flow->server_port) == ports && same_address(flow->client, *client) &&
           same_address(flow->server, *server);
}

static inline int flow_is_of(const hg_flow *flow, const hg_packet *p, int *from_client)
{
    *from_client = flow_is_between(flow, &p->source, &p->destination, both(p->source_port, p->destination_port));
    return *from_client ||
           flow_is_between(flow, &p->destination, &p->source, both(p->destination_port, p->source_port));
}

hg_flow *hg_tracker_find(hg_tracker *tracker, const hg_packet *p, int64_t now_ns, int *from_client)
{
    const hg_flow_place *places = tracker->places;
    hg_index index = tracker->flow_heads[p->flow_hash & tracker->flow_mask];
    for (; index != 0; index = places[index].chain) {
        hg_flow *flow = tracker->flows + index;
        if (places[index].hash != p->flow_hash || flow->version != p->version || !flow_is_of(flow, p, from_client))
            continue;
        if (!flow_is_aged(flow, now_ns))
            return flow;
        close_aged_flow(tracker, index);
        return NULL;
    }
    return NULL;
}

static inline int close_oldest_if_aged(hg_tracker *tracker, hg_flow_state state, int64_t now_ns)
{
    hg_index oldest = oldest_flow(tracker, state);
    if (oldest < HG_FIRST_FLOW || !flow_is_aged(tracker->flows + oldest, now_ns))
        return 0;
    close_aged_flow(tracker, oldest);
    return 1;
}

/* Drops the flows at the heads of the lists that nobody used for long; 0 if there were none. */
static inline int close_aged_flows(hg_tracker *tracker, int64_t now_ns)
{
    return close_oldest_if_aged(tracker, HG_SYN_SENT, now_ns) |
           close_oldest_if_aged(tracker, HG_SYN_RECEIVED, now_ns) |
           close_oldest_if_aged(tracker, HG_ESTABLISHED, now_ns);
}

/* The state of which the oldest flow has to go. Of handshakes alone answered flows are not known to
 * end, and tell nothing more: they go by age with those that wait for their answer. */
static inline hg_flow_state state_to_evict(const hg_tracker *tracker)
{
    int waits = has_flows(tracker, HG_SYN_SENT), answered = has_flows(tracker, HG_SYN_RECEIVED);
    if (waits && answered && tracker->handshakes_only) {
        const hg_flow *flows = tracker->flows;
        return flows[oldest_flow(tracker, HG_SYN_RECEIVED)].last_ns <= flows[oldest_flow(tracker, HG_SYN_SENT)].last_ns
                   ? HG_SYN_RECEIVED
                   : HG_SYN_SENT;
    }
    if (waits)
        return HG_SYN_SENT;
    return answered ? HG_SYN_RECEIVED : HG_ESTABLISHED; /* the table is full */
}

/* The record of the flow that has to go, taken out of the tables. */
static inline hg_index evict_flow(hg_tracker *tracker)
{
    hg_flow_state state = state_to_evict(tracker);
    if (state == HG_ESTABLISHED)
        tracker->stats->flows_evicted_established++;
    else
        tracker->stats->flows_evicted_half_open++;
    hg_index index = oldest_flow(tracker, state);
    unlink_flow(tracker, index);
    return index;
}

/* A record to use. When all are taken, flows that aged make room before live ones do. */
static inline hg_index free_flow(hg_tracker *tracker, int64_t now_ns)
{
    if (tracker->free_flows == 0) {
        if (tracker->next_flow - HG_FIRST_FLOW < tracker->max_flows)
            return tracker->next_flow++;
        if (!close_aged_flows(tracker, now_ns))
            return evict_flow(tracker);
    }
    hg_index index = tracker->free_flows;
    tracker->free_flows = tracker->places[index].chain;
    return index;
}

hg_flow *hg_tracker_open(hg_tracker *tracker, const hg_packet *packet, int64_t now_ns, int from_server)
{
    hg_index index = free_flow(tracker, now_ns);
    hg_index *head = tracker->flow_heads + (packet->flow_hash & tracker->flow_mask);
    hg_flow_place *places = tracker->places;
    hg_flow *flow = tracker->flows + index;
    const hg_address *client = from_server ? &packet->destination : &packet->source;
    const hg_address *server = from_server ? &packet->source : &packet->destination;
    *flow = (hg_flow){
        .client = *client,
        .server = *server,
        .client_port = from_server ? packet->destination_port : packet->source_port,
        .server_port = from_server ? packet->source_port : packet->destination_port,
        .last_ns = now_ns,
        .version = packet->version,
        .state = HG_SYN_SENT,
    };
    places[index].hash = packet->flow_hash;
    places[index].chain = *head;
    *head = index;
    append_flow(places, index, HG_SYN_SENT);
    tracker->stats->flows++;
    return flow;
}

void hg_tracker_advance(hg_tracker *tracker, hg_flow *flow, hg_flow_state state)
{
    hg_index index = index_of_flow(tracker, flow);
    remove_flow(tracker->places, index);
    flow->state = (uint8_t)state;
    append_flow(tracker->places, index, state);
}

void hg_tracker_touch(hg_tracker *tracker, hg_flow *flow, int64_t now_ns)
{
    flow->last_ns = now_ns;
    if (flow->state == HG_ESTABLISHED && tracker->places[HG_ESTABLISHED].older != index_of_flow(tracker, flow))
        hg_tracker_advance(tracker, flow, HG_ESTABLISHED);
}

/* ---- hosts --------------------------------------------------------------------------- */

#define FIRST_STORED_MS (-(INT64_C(1) << 47)) /* also stands for never */

static inline int64_t stored_ms(const hg_host *host, int syn_ack)
{
    return (int64_t)((uint64_t)host->ms_high[syn_ack] << 32 | host->ms_low[syn_ack]) + FIRST_STORED_MS;
}

static inline void store_reference(hg_host *host, int syn_ack, hg_reference reference)
{
    uint64_t ms = (uint64_t)(reference.ms - FIRST_STORED_MS);
    host->ts[syn_ack] = reference.ts;
    host->ms_low[syn_ack] = (uint32_t)ms;
    host->ms_high[syn_ack] = (uint16_t)(ms >> 32);
}

static inline int64_t host_seen_ms(const hg_host *host)
{
    int64_t syn = stored_ms(host, 0), syn_ack = stored_ms(host, 1);
    return syn > syn_ack ? syn : syn_ack;
}

static inline void append_host(hg_host *hosts, hg_index index)
{
    hg_index newest = hosts[0].older;
    hosts[index].older = newest;
    hosts[index].newer = 0;
    hosts[newest].newer = index;
    hosts[0].older = index;
}

static inline void remove_host(hg_host *hosts, hg_index index)
{
    hg_index older = hosts[index].older, newer = hosts[index].newer;
    hosts[older].newer = newer;
    hosts[newer].older = older;
}

hg_host *hg_tracker_host(const hg_tracker *tracker, const hg_packet *packet)
{
    hg_index index = tracker->host_heads[packet->host_slot];
    for (; index != 0; index = tracker->hosts[index].chain) {
        hg_host *host = tracker->hosts + index;
        if (same_address(host->address, packet->source) && host->version == packet->version)
            return host;
    }
    return NULL;
}

hg_reference hg_host_reference(const hg_host *host, int syn_ack)
{
    return (hg_reference){.ms = stored_ms(host, syn_ack), .ts = host->ts[syn_ack]};
}

/* Takes a host out of its chain and the list; its record may be used again. */
static inline void unlink_host(hg_tracker *tracker, hg_index index)
{
    hg_host *hosts = tracker->hosts;
    hg_index *at = tracker->host_heads + hg_tracker_host_slot(tracker, hosts[index].address, hosts[index].version);
    while (*at != index)
        at = &hosts[*at].chain;
    *at = hosts[index].chain;
    remove_host(hosts, index);
}

/* The host that stands so many records behind another in the table, which begins again at its end. */
static inline const hg_host *host_behind(const hg_tracker *tracker, hg_index index, uint32_t records)
{
    const hg_index last = tracker->next_host - 1;
    hg_index behind = index + records <= last ? index + records : index + records - last;
    return tracker->hosts + (behind <= last ? behind : last);
}

/* Asks the cache for what the next evictions will touch. Records are made in the order of the table and
 * mostly forgotten in that order, so those behind the one that had to go are likely to be next. In a
 * flood with ten thousand hosts this spares 4 of 30 ns. */
static inline void expect_eviction(const hg_tracker *tracker, hg_index evicted)
{
    const hg_host *next = host_behind(tracker, evicted, 6);
    __builtin_prefetch(tracker->host_heads + hg_tracker_host_slot(tracker, next->address, next->version));
    __builtin_prefetch(host_behind(tracker, evicted, 12));
}

/* A record to use: of a host that aged, a new one, or that of the host not seen for longest. */
static inline hg_index free_host(hg_tracker *tracker, int64_t now_ms)
{
    hg_index oldest = tracker->hosts[0].newer;
    int aged = oldest != 0 && now_ms - host_seen_ms(tracker->hosts + oldest) > HOST_AGE_MS;
    if (!aged && tracker->next_host - HG_FIRST_HOST < tracker->max_hosts)
        return tracker->next_host++;
    if (aged)
        tracker->stats->hosts_aged++;
    else
        tracker->stats->hosts_evicted++;
    unlink_host(tracker, oldest);
    expect_eviction(tracker, oldest);
    return oldest;
}

static inline hg_host *new_host(hg_tracker *tracker, const hg_packet *packet, int64_t now_ms)
{
    hg_index index = free_host(tracker, now_ms);
    hg_index *head = tracker->host_heads + packet->host_slot;
    hg_host *host = tracker->hosts + index;
    *host = (hg_host){
        .address = packet->source,
        .version = packet->version,
        .chain = *head,
        .first_seen = now_ms > 0 ? (uint32_t)(now_ms / 1000) : 0,
    };
    *head = index;
    append_host(tracker->hosts, index);
    tracker->stats->hosts++;
    return host;
}

void hg_tracker_remember(hg_tracker *tracker, const hg_packet *packet, hg_host *host, int syn_ack,
                         hg_reference reference)
{
    if (host == NULL) {
        if (reference.ts == 0)
            return;
        host = new_host(tracker, packet, reference.ms);
    } else if (host->newer != 0) {
        hg_index index = (hg_index)(host - tracker->hosts);
        remove_host(tracker->hosts, index);
        append_host(tracker->hosts, index);
    }
    store_reference(host, syn_ack, reference);
}

/* ---- caches -------------------------------------------------------------------------- */

void hg_tracker_prefetch_heads(const hg_tracker *tracker, const hg_packet *packet)
{
    __builtin_prefetch(tracker->flow_heads + (packet->flow_hash & tracker->flow_mask));
    __builtin_prefetch(tracker->host_heads + packet->host_slot);
}

void hg_tracker_prefetch_records(const hg_tracker *tracker, const hg_packet *packet)
{
    hg_index flow = tracker->flow_heads[packet->flow_hash & tracker->flow_mask];
    hg_index host = tracker->host_heads[packet->host_slot];
    /* Without asking whether there is one: the ends of the lists are at 0. */
    __builtin_prefetch(tracker->places + flow);
    __builtin_prefetch(tracker->flows + flow);
    __builtin_prefetch(tracker->hosts + host);
}
