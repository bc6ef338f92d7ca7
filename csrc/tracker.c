/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * tracker.c - the tables of flows and hosts.
 */
#include "tracker.h"

#include <stdlib.h>
#include <string.h>

#include "error.h"

#define FLOW_AGE_NS (900 * INT64_C(1000000000))
#define HOST_AGE_MS (120 * 60 * INT64_C(1000))

/* ---- hashing: keyed, so that nobody can choose packets that share a chain ----------- */

static inline uint64_t mix(uint64_t state, uint64_t word)
{
    state = (state ^ word) * HG_HASH_MULTIPLIER;
    return state ^ (state >> 32);
}

/* An address with a port, or 0 for the host itself. An IPv4 address leaves the upper half of
 * its first word free for the port. */
static inline uint64_t hash_endpoint(uint64_t key, hg_address address, uint16_t port, uint8_t version)
{
    uint64_t state = mix(key, address.word[0] ^ (uint64_t)port << 32);
    return version == 4 ? state : mix(state, address.word[1]) ^ port;
}

/* The same for both directions of a conversation. */
static inline uint32_t flow_slot(const hg_tracker *tracker, const hg_packet *p)
{
    uint64_t both = hash_endpoint(tracker->hash_key, p->source, p->source_port, p->version) +
                    hash_endpoint(tracker->hash_key, p->destination, p->destination_port, p->version);
    return (uint32_t)(both * HG_HASH_MULTIPLIER >> 32) & tracker->flow_mask;
}

static inline uint32_t host_slot(const hg_tracker *tracker, hg_address address, uint8_t version)
{
    uint64_t hash = hash_endpoint(tracker->hash_key, address, 0, version) * HG_HASH_MULTIPLIER;
    return (uint32_t)(hash >> 32) & tracker->host_mask;
}

void hg_tracker_locate(const hg_tracker *tracker, hg_packet *packet)
{
    packet->flow_slot = flow_slot(tracker, packet);
    packet->host_slot = host_slot(tracker, packet->source, packet->version);
    __builtin_prefetch(tracker->flow_heads + packet->flow_slot);
    __builtin_prefetch(tracker->host_heads + packet->host_slot);
}

static inline int same_address(hg_address a, hg_address b)
{
    return ((a.word[0] ^ b.word[0]) | (a.word[1] ^ b.word[1])) == 0;
}

/* ---- set-up -------------------------------------------------------------------------- */

static uint32_t chain_heads(uint32_t records)
{
    uint32_t heads = 16;
    while (heads < records && heads < UINT32_C(1) << 30)
        heads *= 2;
    return heads;
}

hg_status hg_tracker_init(hg_tracker *tracker, const hg_config *config, hg_stats *stats, hg_error *error)
{
    uint32_t flow_heads = chain_heads(config->max_connections);
    uint32_t host_heads = chain_heads(config->max_hosts);
    *tracker = (hg_tracker){
        .hash_key = config->hash_key,
        .max_flows = config->max_connections,
        .max_hosts = config->max_hosts,
        .flow_mask = flow_heads - 1,
        .host_mask = host_heads - 1,
        .stats = stats,
    };
    /* calloc leaves large tables untouched: memory is used as flows and hosts come. */
    tracker->flows = calloc(config->max_connections, sizeof(hg_flow));
    tracker->flow_heads = calloc(flow_heads, sizeof(hg_link));
    tracker->hosts = calloc(config->max_hosts, sizeof(hg_host));
    tracker->host_heads = calloc(host_heads, sizeof(hg_link));
    if (tracker->flows == NULL || tracker->flow_heads == NULL || tracker->hosts == NULL ||
        tracker->host_heads == NULL) {
        hg_tracker_clear(tracker);
        return hg_fail(error, HG_E_MEMORY, "out of memory for %u connections and %u hosts",
                       config->max_connections, config->max_hosts);
    }
    return HG_OK;
}

void hg_tracker_clear(hg_tracker *tracker)
{
    free(tracker->flows);
    free(tracker->flow_heads);
    free(tracker->hosts);
    free(tracker->host_heads);
    *tracker = (hg_tracker){0};
}

/* ---- flows: lists and chains --------------------------------------------------------- */

static inline hg_flow *flow_at(const hg_tracker *tracker, hg_link link)
{
    return link == 0 ? NULL : tracker->flows + (link - 1);
}

static inline hg_link link_of_flow(const hg_tracker *tracker, const hg_flow *flow)
{
    return (hg_link)(flow - tracker->flows) + 1;
}

static void flow_append(hg_tracker *tracker, hg_flow *flow)
{
    hg_list *list = tracker->flow_lists + flow->state;
    hg_link link = link_of_flow(tracker, flow);
    flow->older = list->newest;
    flow->newer = 0;
    if (list->newest != 0)
        flow_at(tracker, list->newest)->newer = link;
    else
        list->oldest = link;
    list->newest = link;
}

static void flow_remove(hg_tracker *tracker, hg_flow *flow)
{
    hg_list *list = tracker->flow_lists + flow->state;
    if (flow->older != 0)
        flow_at(tracker, flow->older)->newer = flow->newer;
    else
        list->oldest = flow->newer;
    if (flow->newer != 0)
        flow_at(tracker, flow->newer)->older = flow->older;
    else
        list->newest = flow->older;
}

void hg_tracker_close(hg_tracker *tracker, hg_flow *flow)
{
    hg_link link = link_of_flow(tracker, flow);
    hg_link *at = tracker->flow_heads + flow->slot;
    while (*at != link)
        at = &flow_at(tracker, *at)->chain;
    *at = flow->chain;
    flow_remove(tracker, flow);
    flow->chain = tracker->free_flows;
    tracker->free_flows = link;
}

/* Capture times may run backwards; such a flow counts as just used. */
static inline int flow_is_aged(const hg_flow *flow, int64_t now_ns)
{
    return now_ns > flow->last_ns && (uint64_t)now_ns - (uint64_t)flow->last_ns > FLOW_AGE_NS;
}

static void close_aged_flow(hg_tracker *tracker, hg_flow *flow)
{
    tracker->stats->flows_aged++;
    hg_tracker_close(tracker, flow);
}

/* 1 when the flow has these ends, the client named first. */
static inline int flow_is_between(const hg_flow *flow, const hg_address *client, uint16_t client_port,
                                  const hg_address *server, uint16_t server_port)
{
    return flow->client_port == client_port && flow->server_port == server_port &&
           same_address(flow->client, *client) && same_address(flow->server, *server);
}

hg_flow *hg_tracker_find(hg_tracker *tracker, const hg_packet *p, int64_t now_ns, int *from_client)
{
    hg_flow *flow = flow_at(tracker, tracker->flow_heads[p->flow_slot]);
    for (; flow != NULL; flow = flow_at(tracker, flow->chain)) {
        if (flow->version != p->version)
            continue;
        *from_client =
            flow_is_between(flow, &p->source, p->source_port, &p->destination, p->destination_port);
        if (!*from_client &&
            !flow_is_between(flow, &p->destination, p->destination_port, &p->source, p->source_port))
            continue;
        if (!flow_is_aged(flow, now_ns))
            return flow;
        close_aged_flow(tracker, flow);
        return NULL;
    }
    return NULL;
}

static void evict_flow(hg_tracker *tracker)
{
    for (int state = HG_SYN_SENT; state < HG_FLOW_STATES; state++) {
        hg_flow *oldest = flow_at(tracker, tracker->flow_lists[state].oldest);
        if (oldest == NULL)
            continue;
        if (state == HG_ESTABLISHED)
            tracker->stats->flows_evicted_established++;
        else
            tracker->stats->flows_evicted_half_open++;
        hg_tracker_close(tracker, oldest);
        return;
    }
}

/* Drops the flows at the heads of the lists that nobody used for long; 0 if there were none. */
static int close_aged_flows(hg_tracker *tracker, int64_t now_ns)
{
    int closed = 0;
    for (int state = HG_SYN_SENT; state < HG_FLOW_STATES; state++) {
        hg_flow *oldest = flow_at(tracker, tracker->flow_lists[state].oldest);
        if (oldest != NULL && flow_is_aged(oldest, now_ns)) {
            close_aged_flow(tracker, oldest);
            closed = 1;
        }
    }
    return closed;
}

/* A record to use. When all are taken, flows that aged make room before live ones do. */
static hg_flow *free_flow(hg_tracker *tracker, int64_t now_ns)
{
    if (tracker->free_flows == 0) {
        if (tracker->flows_touched < tracker->max_flows)
            return tracker->flows + tracker->flows_touched++;
        if (!close_aged_flows(tracker, now_ns))
            evict_flow(tracker);
    }
    hg_flow *flow = flow_at(tracker, tracker->free_flows);
    tracker->free_flows = flow->chain;
    return flow;
}

hg_flow *hg_tracker_open(hg_tracker *tracker, const hg_packet *packet, int64_t now_ns, int from_server)
{
    hg_flow *flow = free_flow(tracker, now_ns);
    hg_link *head = tracker->flow_heads + packet->flow_slot;
    *flow = (hg_flow){
        .client = from_server ? packet->destination : packet->source,
        .server = from_server ? packet->source : packet->destination,
        .client_port = from_server ? packet->destination_port : packet->source_port,
        .server_port = from_server ? packet->source_port : packet->destination_port,
        .slot = packet->flow_slot,
        .chain = *head,
        .last_ns = now_ns,
        .version = packet->version,
        .state = HG_SYN_SENT,
    };
    *head = link_of_flow(tracker, flow);
    flow_append(tracker, flow);
    tracker->stats->flows++;
    return flow;
}

void hg_tracker_advance(hg_tracker *tracker, hg_flow *flow, hg_flow_state state)
{
    flow_remove(tracker, flow);
    flow->state = (uint8_t)state;
    flow_append(tracker, flow);
}

void hg_tracker_touch(hg_tracker *tracker, hg_flow *flow, int64_t now_ns)
{
    flow->last_ns = now_ns;
    if (flow->state == HG_ESTABLISHED && flow->newer != 0)
        hg_tracker_advance(tracker, flow, HG_ESTABLISHED);
}

/* ---- hosts --------------------------------------------------------------------------- */

static inline hg_host *host_at(const hg_tracker *tracker, hg_link link)
{
    return link == 0 ? NULL : tracker->hosts + (link - 1);
}

static inline int64_t host_seen_ms(const hg_host *host)
{
    return host->syn_ms > host->syn_ack_ms ? host->syn_ms : host->syn_ack_ms;
}

static void host_append(hg_tracker *tracker, hg_host *host)
{
    hg_list *list = &tracker->host_list;
    hg_link link = (hg_link)(host - tracker->hosts) + 1;
    host->older = list->newest;
    host->newer = 0;
    if (list->newest != 0)
        host_at(tracker, list->newest)->newer = link;
    else
        list->oldest = link;
    list->newest = link;
}

static void host_remove(hg_tracker *tracker, hg_host *host)
{
    hg_list *list = &tracker->host_list;
    if (host->older != 0)
        host_at(tracker, host->older)->newer = host->newer;
    else
        list->oldest = host->newer;
    if (host->newer != 0)
        host_at(tracker, host->newer)->older = host->older;
    else
        list->newest = host->older;
}

hg_host *hg_tracker_host(const hg_tracker *tracker, const hg_packet *packet)
{
    hg_host *host = host_at(tracker, tracker->host_heads[packet->host_slot]);
    while (host != NULL && (!same_address(host->address, packet->source) || host->version != packet->version))
        host = host_at(tracker, host->chain);
    return host;
}

hg_reference hg_host_reference(const hg_host *host, int syn_ack)
{
    return syn_ack ? (hg_reference){host->syn_ack_ms, host->syn_ack_ts}
                   : (hg_reference){host->syn_ms, host->syn_ts};
}

static void forget_host(hg_tracker *tracker, hg_host *host)
{
    hg_link link = (hg_link)(host - tracker->hosts) + 1;
    hg_link *at = tracker->host_heads + host_slot(tracker, host->address, (uint8_t)host->version);
    while (*at != link)
        at = &host_at(tracker, *at)->chain;
    *at = host->chain;
    host_remove(tracker, host);
    host->chain = tracker->free_hosts;
    tracker->free_hosts = link;
}

static hg_host *free_host(hg_tracker *tracker, int64_t now_ms)
{
    hg_host *oldest = host_at(tracker, tracker->host_list.oldest);
    if (oldest != NULL && now_ms - host_seen_ms(oldest) > HOST_AGE_MS) {
        tracker->stats->hosts_aged++;
        forget_host(tracker, oldest);
    }
    if (tracker->free_hosts == 0) {
        if (tracker->hosts_touched < tracker->max_hosts)
            return tracker->hosts + tracker->hosts_touched++;
        tracker->stats->hosts_evicted++;
        forget_host(tracker, oldest);
    }
    hg_host *host = host_at(tracker, tracker->free_hosts);
    tracker->free_hosts = host->chain;
    return host;
}

#define NEVER_MS (INT64_MIN / 2)

static hg_host *new_host(hg_tracker *tracker, const hg_packet *packet, int64_t now_ms)
{
    hg_host *host = free_host(tracker, now_ms);
    hg_link *head = tracker->host_heads + packet->host_slot;
    *host = (hg_host){
        .address = packet->source,
        .version = packet->version,
        .chain = *head,
        .syn_ms = NEVER_MS,
        .syn_ack_ms = NEVER_MS,
    };
    *head = (hg_link)(host - tracker->hosts) + 1;
    host_append(tracker, host);
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
        host_remove(tracker, host);
        host_append(tracker, host);
    }
    if (syn_ack) {
        host->syn_ack_ms = reference.ms;
        host->syn_ack_ts = reference.ts;
    } else {
        host->syn_ms = reference.ms;
        host->syn_ts = reference.ts;
    }
}

/* ---- caches -------------------------------------------------------------------------- */

void hg_tracker_prefetch(const hg_tracker *tracker, const hg_packet *packet)
{
    hg_link flow = tracker->flow_heads[packet->flow_slot];
    hg_link host = tracker->host_heads[packet->host_slot];
    if (flow != 0)
        __builtin_prefetch(tracker->flows + (flow - 1));
    if (host != 0)
        __builtin_prefetch(tracker->hosts + (host - 1));
}
