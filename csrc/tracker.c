/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * tracker.c - the tables of flows and hosts.
 */
#include "tracker.h"

#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "hg_layout.h"

#define FLOW_AGE_NS (900 * INT64_C(1000000000))
#define HOST_AGE_MS (120 * 60 * INT64_C(1000))

/* ---- hashing: keyed, so that nobody can choose packets that share a chain ----------- */

static inline uint64_t mix(uint64_t state, uint64_t word)
{
    state = (state ^ word) * HG_HASH_MULTIPLIER;
    return state ^ (state >> 32);
}

/* An address with a port, or 0 for the host itself. An IPv4 address leaves the upper half of
 * its first word free for the port. The words of an IPv6 address are multiplied with one another
 * once each is mixed: mixed one after the other, changes of their upper bits cancel under any key. */
static inline uint64_t hash_endpoint(uint64_t key, hg_address address, uint16_t port, uint8_t version)
{
    uint64_t state = mix(key, address.word[0] ^ (uint64_t)port << 32);
    return version == 4 ? state : (state * mix(key << 32 | key >> 32, address.word[1])) ^ port;
}

/* The same for both directions of a conversation. A product, because sums of two ports at one
 * address meet whatever the key. */
static inline uint32_t hash_ends(const hg_tracker *tracker, const hg_packet *p)
{
    uint64_t both = hash_endpoint(tracker->hash_key, p->source, p->source_port, p->version) *
                    hash_endpoint(tracker->hash_key, p->destination, p->destination_port, p->version);
    return (uint32_t)(both * HG_HASH_MULTIPLIER >> 32);
}

static inline uint32_t host_slot(const hg_tracker *tracker, hg_address address, uint8_t version)
{
    uint64_t hash = hash_endpoint(tracker->hash_key, address, 0, version) * HG_HASH_MULTIPLIER;
    return (uint32_t)(hash >> 32) & tracker->host_mask;
}

uint32_t hg_tracker_host_slot(const hg_tracker *tracker, hg_address address, uint8_t version)
{
    return host_slot(tracker, address, version);
}

void hg_tracker_locate(const hg_tracker *tracker, hg_packet *packet)
{
    packet->flow_hash = hash_ends(tracker, packet);
    packet->host_slot = host_slot(tracker, packet->source, packet->version);
    __builtin_prefetch(tracker->flow_heads + (packet->flow_hash & tracker->flow_mask));
    __builtin_prefetch(tracker->host_heads + packet->host_slot);
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
        .handshakes_only = !config->uptime,
        .stats = stats,
    };
    /* calloc leaves large tables untouched: memory is used as flows and hosts come. */
    tracker->flows = calloc(config->max_connections, sizeof(hg_flow));
    tracker->places = calloc(config->max_connections, sizeof(hg_flow_place));
    tracker->flow_heads = calloc(flow_heads, sizeof(hg_link));
    tracker->hosts = calloc(config->max_hosts, sizeof(hg_host));
    tracker->host_heads = calloc(host_heads, sizeof(hg_link));
    if (tracker->flows == NULL || tracker->places == NULL || tracker->flow_heads == NULL ||
        tracker->hosts == NULL || tracker->host_heads == NULL) {
        hg_tracker_clear(tracker);
        return hg_fail(error, HG_E_MEMORY, "no memory for %u connections and %u hosts",
                       config->max_connections, config->max_hosts);
    }
    return HG_OK;
}

void hg_tracker_reset(hg_tracker *tracker)
{
    memset(tracker->flow_heads, 0, ((size_t)tracker->flow_mask + 1) * sizeof *tracker->flow_heads);
    memset(tracker->host_heads, 0, ((size_t)tracker->host_mask + 1) * sizeof *tracker->host_heads);
    memset(tracker->flow_lists, 0, sizeof tracker->flow_lists);
    tracker->host_list = (hg_list){0, 0};
    tracker->free_flows = 0;
    tracker->flows_touched = 0;
    tracker->hosts_touched = 0;
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

static inline hg_flow *flow_at(const hg_tracker *tracker, hg_link link)
{
    return tracker->flows + (link - 1);
}

static inline hg_flow_place *place_at(const hg_tracker *tracker, hg_link link)
{
    return tracker->places + (link - 1);
}

static inline hg_link link_of_flow(const hg_tracker *tracker, const hg_flow *flow)
{
    return (hg_link)(flow - tracker->flows) + 1;
}

static inline void append_flow(hg_tracker *tracker, hg_link link, uint8_t state)
{
    hg_list *list = tracker->flow_lists + state;
    hg_flow_place *place = place_at(tracker, link);
    place->older = list->newest;
    place->newer = 0;
    if (list->newest != 0)
        place_at(tracker, list->newest)->newer = link;
    else
        list->oldest = link;
    list->newest = link;
}

static inline void remove_flow(hg_tracker *tracker, hg_link link, uint8_t state)
{
    hg_list *list = tracker->flow_lists + state;
    const hg_flow_place *place = place_at(tracker, link);
    if (place->older != 0)
        place_at(tracker, place->older)->newer = place->newer;
    else
        list->oldest = place->newer;
    if (place->newer != 0)
        place_at(tracker, place->newer)->older = place->older;
    else
        list->newest = place->older;
}

/* Takes a flow out of its chain and its list; its record may be used again. */
static inline void unlink_flow(hg_tracker *tracker, hg_link link)
{
    const hg_flow_place *place = place_at(tracker, link);
    hg_link *at = tracker->flow_heads + (place->hash & tracker->flow_mask);
    while (*at != link)
        at = &place_at(tracker, *at)->chain;
    *at = place->chain;
    remove_flow(tracker, link, flow_at(tracker, link)->state);
}

static void close_link(hg_tracker *tracker, hg_link link)
{
    unlink_flow(tracker, link);
    place_at(tracker, link)->chain = tracker->free_flows;
    tracker->free_flows = link;
}

void hg_tracker_close(hg_tracker *tracker, hg_flow *flow)
{
    close_link(tracker, link_of_flow(tracker, flow));
}

/* Capture times may run backwards; such a flow counts as just used. */
static inline int flow_is_aged(const hg_flow *flow, int64_t now_ns)
{
    return now_ns > flow->last_ns && (uint64_t)now_ns - (uint64_t)flow->last_ns > FLOW_AGE_NS;
}

static void close_aged_flow(hg_tracker *tracker, hg_link link)
{
    tracker->stats->flows_aged++;
    close_link(tracker, link);
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
    hg_link link = tracker->flow_heads[p->flow_hash & tracker->flow_mask];
    for (; link != 0; link = place_at(tracker, link)->chain) {
        hg_flow *flow = flow_at(tracker, link);
        if (place_at(tracker, link)->hash != p->flow_hash || flow->version != p->version)
            continue;
        *from_client =
            flow_is_between(flow, &p->source, p->source_port, &p->destination, p->destination_port);
        if (!*from_client &&
            !flow_is_between(flow, &p->destination, p->destination_port, &p->source, p->source_port))
            continue;
        if (!flow_is_aged(flow, now_ns))
            return flow;
        close_aged_flow(tracker, link);
        return NULL;
    }
    return NULL;
}

/* Drops the flows at the heads of the lists that nobody used for long; 0 if there were none. */
static int close_aged_flows(hg_tracker *tracker, int64_t now_ns)
{
    int closed = 0;
    for (int state = HG_SYN_SENT; state < HG_FLOW_STATES; state++) {
        hg_link oldest = tracker->flow_lists[state].oldest;
        if (oldest != 0 && flow_is_aged(flow_at(tracker, oldest), now_ns)) {
            close_aged_flow(tracker, oldest);
            closed = 1;
        }
    }
    return closed;
}

/* The state of which the oldest flow has to go. Of handshakes alone answered flows are not known to
 * end, and tell nothing more: they go by age with those that wait for their answer. */
static int state_to_evict(const hg_tracker *tracker)
{
    hg_link sent = tracker->flow_lists[HG_SYN_SENT].oldest;
    hg_link answered = tracker->flow_lists[HG_SYN_RECEIVED].oldest;
    if (sent != 0 && answered != 0 && tracker->handshakes_only)
        return flow_at(tracker, answered)->last_ns <= flow_at(tracker, sent)->last_ns ? HG_SYN_RECEIVED : HG_SYN_SENT;
    if (sent != 0)
        return HG_SYN_SENT;
    return answered != 0 ? HG_SYN_RECEIVED : HG_ESTABLISHED; /* the table is full */
}

/* The record of the flow that has to go, taken out of the tables. */
static hg_link evict_flow(hg_tracker *tracker)
{
    int state = state_to_evict(tracker);
    if (state == HG_ESTABLISHED)
        tracker->stats->flows_evicted_established++;
    else
        tracker->stats->flows_evicted_half_open++;
    hg_link link = tracker->flow_lists[state].oldest;
    unlink_flow(tracker, link);
    return link;
}

/* A record to use. When all are taken, flows that aged make room before live ones do. */
static hg_link free_flow(hg_tracker *tracker, int64_t now_ns)
{
    if (tracker->free_flows == 0) {
        if (tracker->flows_touched < tracker->max_flows)
            return ++tracker->flows_touched;
        if (!close_aged_flows(tracker, now_ns))
            return evict_flow(tracker);
    }
    hg_link link = tracker->free_flows;
    tracker->free_flows = place_at(tracker, link)->chain;
    return link;
}

hg_flow *hg_tracker_open(hg_tracker *tracker, const hg_packet *packet, int64_t now_ns, int from_server)
{
    hg_link link = free_flow(tracker, now_ns);
    hg_link *head = tracker->flow_heads + (packet->flow_hash & tracker->flow_mask);
    hg_flow *flow = flow_at(tracker, link);
    *flow = (hg_flow){
        .client = from_server ? packet->destination : packet->source,
        .server = from_server ? packet->source : packet->destination,
        .client_port = from_server ? packet->destination_port : packet->source_port,
        .server_port = from_server ? packet->source_port : packet->destination_port,
        .last_ns = now_ns,
        .version = packet->version,
        .state = HG_SYN_SENT,
    };
    place_at(tracker, link)->hash = packet->flow_hash;
    place_at(tracker, link)->chain = *head;
    *head = link;
    append_flow(tracker, link, HG_SYN_SENT);
    tracker->stats->flows++;
    return flow;
}

void hg_tracker_advance(hg_tracker *tracker, hg_flow *flow, hg_flow_state state)
{
    hg_link link = link_of_flow(tracker, flow);
    remove_flow(tracker, link, flow->state);
    flow->state = (uint8_t)state;
    append_flow(tracker, link, flow->state);
}

void hg_tracker_touch(hg_tracker *tracker, hg_flow *flow, int64_t now_ns)
{
    flow->last_ns = now_ns;
    if (flow->state == HG_ESTABLISHED && place_at(tracker, link_of_flow(tracker, flow))->newer != 0)
        hg_tracker_advance(tracker, flow, HG_ESTABLISHED);
}

/* ---- hosts --------------------------------------------------------------------------- */

static inline hg_host *host_at(const hg_tracker *tracker, hg_link link)
{
    return link == 0 ? NULL : tracker->hosts + (link - 1);
}

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
    return (hg_reference){.ms = stored_ms(host, syn_ack), .ts = host->ts[syn_ack]};
}

/* Takes a host out of its chain and the list; its record may be used again. */
static void unlink_host(hg_tracker *tracker, hg_host *host)
{
    hg_link link = (hg_link)(host - tracker->hosts) + 1;
    hg_link *at = tracker->host_heads + host_slot(tracker, host->address, host->version);
    while (*at != link)
        at = &host_at(tracker, *at)->chain;
    *at = host->chain;
    host_remove(tracker, host);
}

/* The host that was not seen for longest, taken out when that is too long; or NULL. */
static hg_host *take_aged_host(hg_tracker *tracker, int64_t now_ms)
{
    hg_host *oldest = host_at(tracker, tracker->host_list.oldest);
    if (oldest == NULL || now_ms - host_seen_ms(oldest) <= HOST_AGE_MS)
        return NULL;
    tracker->stats->hosts_aged++;
    unlink_host(tracker, oldest);
    return oldest;
}

/* A record to use: of an aged host, a new one, or that of the host not seen for longest. */
static hg_host *free_host(hg_tracker *tracker, int64_t now_ms)
{
    hg_host *host = take_aged_host(tracker, now_ms);
    if (host != NULL)
        return host;
    if (tracker->hosts_touched < tracker->max_hosts)
        return tracker->hosts + tracker->hosts_touched++;
    tracker->stats->hosts_evicted++;
    host = host_at(tracker, tracker->host_list.oldest);
    unlink_host(tracker, host);
    return host;
}

static hg_host *new_host(hg_tracker *tracker, const hg_packet *packet, int64_t now_ms)
{
    hg_host *host = free_host(tracker, now_ms);
    hg_link *head = tracker->host_heads + packet->host_slot;
    *host = (hg_host){
        .address = packet->source,
        .version = packet->version,
        .chain = *head,
        .first_seen = now_ms > 0 ? (uint32_t)(now_ms / 1000) : 0,
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
    store_reference(host, syn_ack, reference);
}

/* ---- caches -------------------------------------------------------------------------- */

void hg_tracker_prefetch(const hg_tracker *tracker, const hg_packet *packet)
{
    hg_link flow = tracker->flow_heads[packet->flow_hash & tracker->flow_mask];
    hg_link host = tracker->host_heads[packet->host_slot];
    if (flow != 0) {
        __builtin_prefetch(place_at(tracker, flow));
        __builtin_prefetch(flow_at(tracker, flow));
    }
    if (host != 0)
        __builtin_prefetch(host_at(tracker, host));
}
