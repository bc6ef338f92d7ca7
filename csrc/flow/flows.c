/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * flows.c - the table of flows.
 */
#include "flow/flows.h"

#include "base/memory.h"
#include "flow/hash.h"
#include "flow/reach.h"

#define FLOW_AGE_NS (900 * INT64_C(1000000000))
#define BACK_NS UINT64_C(1000000000) /* packets of several queues are less out of order */
#define ANSWER_NS INT64_C(50000000) /* most handshakes go on sooner */

/* The most flows: every value of hg_index, except the ends of the lists. */
#define MOST_FLOWS (UINT32_MAX - HG_FLOW_STATES)

/* ---- set-up -------------------------------------------------------------------------- */

static void forget(hg_flows *flows)
{
    for (hg_index end = 0; end < HG_FLOW_STATES; end++)
        flows->places[end] = (hg_flow_place){.older = end, .newer = end};
    flows->free = 0;
    flows->next = HG_FIRST_FLOW;
    flows->opened_ns = INT64_MIN;
}

hg_status hg_flows_init(hg_flows *flows, const hg_config *config, int by_age, hg_stats *stats, hg_error *error)
{
    uint32_t heads = hg_chain_heads(config->max_connections);
    *flows = (hg_flows){
        .hash_key = config->hash_key,
        .capacity = config->max_connections < MOST_FLOWS ? config->max_connections : MOST_FLOWS,
        .mask = heads - 1,
        .by_age = (uint8_t)by_age,
        .stats = stats,
    };
    flows->records = hg_zeroed((size_t)HG_FIRST_FLOW + flows->capacity, sizeof(hg_flow));
    flows->places = hg_zeroed((size_t)HG_FIRST_FLOW + flows->capacity, sizeof(hg_flow_place));
    flows->heads = hg_zeroed(heads, sizeof(hg_index));
    if (flows->records == NULL || flows->places == NULL || flows->heads == NULL) {
        hg_flows_clear(flows);
        return hg_fail(error, HG_E_MEMORY, "no memory for %u connections", config->max_connections);
    }
    forget(flows);
    return HG_OK;
}

void hg_flows_reset(hg_flows *flows)
{
    memset(flows->heads, 0, ((size_t)flows->mask + 1) * sizeof *flows->heads);
    forget(flows);
}

void hg_flows_clear(hg_flows *flows)
{
    hg_zeroed_free(flows->records);
    hg_zeroed_free(flows->places);
    hg_zeroed_free(flows->heads);
    *flows = (hg_flows){0};
}

/* ---- lists and chains --------------------------------------------------------- */

static inline hg_index oldest_flow(const hg_flows *flows, hg_flow_state state)
{
    return flows->places[state].newer;
}

static inline int has_flows(const hg_flows *flows, hg_flow_state state)
{
    return oldest_flow(flows, state) >= HG_FIRST_FLOW;
}

static __attribute__((cold, noinline)) void end_rivalry(hg_flow *records, hg_flow_place *places, hg_index index)
{
    hg_index before = index;
    while (places[before].rival != index)
        before = places[before].rival;
    places[before].rival = places[index].rival;
    if (places[before].rival == before)
        records[before].reached &= (uint8_t)~HG_HAS_RIVAL;
}

/* Removes a flow from its chain and its list. Its record can then be used again. */
static inline void unlink_flow(hg_flows *flows, hg_index index)
{
    hg_flow_place *places = flows->places;
    if (flows->listener.ended != NULL && !flows->records[index].fresh)
        flows->listener.ended(flows->listener.state, index);
    if (__builtin_expect(flows->records[index].reached & HG_HAS_RIVAL, 0))
        end_rivalry(flows->records, places, index);
    hg_index *at = flows->heads + (flows->records[index].hash & flows->mask);
    while (*at != index)
        at = &places[*at].chain;
    *at = places[index].chain;
    HG_LIST_REMOVE(places, index);
}

static __attribute__((noinline)) void close_flow(hg_flows *flows, hg_index index)
{
    unlink_flow(flows, index);
    flows->places[index].chain = flows->free;
    flows->free = index;
}

/* Hides a flow whose bytes wait: packets between its ends have another hash. The low bits stay, so it stays in its
 * chain. */
static __attribute__((cold, noinline)) void hide_flow(hg_flows *flows, hg_flow *flow)
{
    if ((flow->reached & HG_HAS_RIVAL) != 0)
        end_rivalry(flows->records, flows->places, hg_flow_index(flows, flow));
    flow->reached &= (uint8_t)~HG_HAS_RIVAL;
    flow->hash ^= ~flows->mask;
    hg_flows_advance(flows, flow, HG_FINISHED);
}

void hg_flows_close(hg_flows *flows, hg_flow *flow)
{
    if (hg_flow_waits(flows, flow))
        hide_flow(flows, flow);
    else
        close_flow(flows, hg_flow_index(flows, flow));
}

void hg_flows_add_rival(hg_flows *flows, hg_index one, hg_index added)
{
    flows->places[added].rival = hg_flow_index(flows, hg_flows_rival(flows, flows->records + one));
    flows->places[one].rival = added;
    flows->records[one].reached |= HG_HAS_RIVAL;
    flows->records[added].reached |= HG_HAS_RIVAL;
}

/* Whether the flow was unused for more than `span_ns`. Capture times may run backwards; then the flow counts as just
 * used. The first comparison is false for nearly all flows. */
static inline int is_unused_for(const hg_flow *flow, int64_t now_ns, int64_t span_ns)
{
    return (uint64_t)now_ns - (uint64_t)flow->last_ns > (uint64_t)span_ns && now_ns > flow->last_ns;
}

static inline int flow_is_aged(const hg_flow *flow, int64_t now_ns)
{
    return is_unused_for(flow, now_ns, FLOW_AGE_NS);
}

static __attribute__((cold, noinline)) void close_aged_flow(hg_flows *flows, hg_flow *flow)
{
    flows->stats->flows_aged += flow->state != HG_FINISHED;
    hg_flows_close(flows, flow);
}

/* Two ports as one number, so that one load and one comparison suffice. */
static inline uint32_t port_pair(uint16_t first, uint16_t second)
{
    return (uint32_t)first | (uint32_t)second << 16;
}

/* 1 when the flow has this client and this server. */
static inline int flow_is_between(const hg_flow *flow, const hg_address *client, const hg_address *server,
                                  uint32_t ports)
{
    return port_pair(flow->client_port, flow->server_port) == ports && hg_same_address(flow->client, *client) &&
           hg_same_address(flow->server, *server);
}

static inline int flow_is_of(const hg_flow *flow, const hg_packet *p, int *from_client)
{
    *from_client = flow_is_between(flow, &p->source, &p->destination, port_pair(p->source_port, p->destination_port));
    return *from_client ||
           flow_is_between(flow, &p->destination, &p->source, port_pair(p->destination_port, p->source_port));
}

static inline __attribute__((always_inline)) hg_index find(hg_flows *flows, const hg_packet *p, int64_t now_ns,
                                                           hg_flow **found, int *from_client)
{
    const hg_flow_place *places = flows->places;
    hg_index index = flows->heads[p->flow_hash & flows->mask];
    while (index != 0) {
        hg_flow *flow = flows->records + index;
        const hg_index at = index;
        index = places[at].chain;
        if (flow->hash != p->flow_hash || !flow_is_of(flow, p, from_client))
            continue;
        *found = flow;
        if (!flow_is_aged(flow, now_ns))
            return at;
        close_aged_flow(flows, flow); /* its rivals may follow */
    }
    *found = NULL;
    return 0;
}

static inline int close_oldest_if_aged(hg_flows *flows, hg_flow_state state, int64_t now_ns)
{
    hg_index oldest = oldest_flow(flows, state);
    if (oldest < HG_FIRST_FLOW || !flow_is_aged(flows->records + oldest, now_ns))
        return 0;
    flows->stats->flows_aged++;
    close_flow(flows, oldest); /* hg_flows_leaving had its bytes read before */
    return 1;
}

/* Closes the oldest flow of each list if it was unused for too long. 0: no flow was closed. */
static inline int close_aged_flows(hg_flows *flows, int64_t now_ns)
{
    return close_oldest_if_aged(flows, HG_SYN_SENT, now_ns) | close_oldest_if_aged(flows, HG_SYN_RECEIVED, now_ns) |
           close_oldest_if_aged(flows, HG_ESTABLISHED, now_ns);
}

/* The state whose oldest flow is evicted. If only handshakes are read (`by_age`), the ends of answered flows are not
 * seen and their later packets have no use, so answered and unanswered flows are evicted by age alone. */
static inline __attribute__((always_inline)) hg_flow_state state_to_evict(const hg_flows *flows, int64_t now_ns)
{
    int waits = has_flows(flows, HG_SYN_SENT), answered = has_flows(flows, HG_SYN_RECEIVED);
    if (waits && answered) {
        const hg_flow *first = flows->records + oldest_flow(flows, HG_SYN_RECEIVED);
        const hg_flow *second = flows->records + oldest_flow(flows, HG_SYN_SENT);
        const int goes = flows->by_age
                             ? first->last_ns <= second->last_ns
                             : is_unused_for(first, now_ns, ANSWER_NS) && !is_unused_for(second, now_ns, ANSWER_NS);
        return goes ? HG_SYN_RECEIVED : HG_SYN_SENT;
    }
    if (waits)
        return HG_SYN_SENT;
    return answered ? HG_SYN_RECEIVED : HG_ESTABLISHED; /* which is not empty, because the table is full */
}

/* Evicts a flow and returns its record. */
static inline hg_index evict_flow(hg_flows *flows, int64_t now_ns)
{
    hg_flow_state state = state_to_evict(flows, now_ns);
    if (state == HG_ESTABLISHED)
        flows->stats->flows_evicted_established++;
    else
        flows->stats->flows_evicted_half_open++;
    hg_index index = oldest_flow(flows, state);
    unlink_flow(flows, index);
    return index;
}

/* Returns a free record. If there is none, evicts a finished flow, else closes aged flows, else evicts a live flow. */
static inline hg_index free_flow(hg_flows *flows, int64_t now_ns)
{
    if (flows->free == 0) {
        if (flows->next - HG_FIRST_FLOW < flows->capacity)
            return flows->next++;
        if (has_flows(flows, HG_FINISHED)) {
            hg_index index = oldest_flow(flows, HG_FINISHED);
            unlink_flow(flows, index);
            return index;
        }
        if (!close_aged_flows(flows, now_ns))
            return evict_flow(flows, now_ns);
    }
    hg_index index = flows->free;
    flows->free = flows->places[index].chain;
    return index;
}

uint32_t hg_flows_leaving(const hg_flows *flows, int64_t now_ns, hg_index out[HG_FLOW_STATES])
{
    uint32_t count = 0;
    if (flows->free != 0 || flows->next - HG_FIRST_FLOW < flows->capacity)
        return 0;
    out[0] = oldest_flow(flows, HG_FINISHED);
    if (has_flows(flows, HG_FINISHED))
        return 1;
    for (hg_flow_state state = HG_SYN_SENT; state < HG_FINISHED; state++)
        if (has_flows(flows, state) && flow_is_aged(flows->records + oldest_flow(flows, state), now_ns))
            out[count++] = oldest_flow(flows, state);
    if (count == 0)
        out[count++] = oldest_flow(flows, state_to_evict(flows, now_ns));
    return count;
}

static inline __attribute__((always_inline)) hg_index open_flow(hg_flows *flows, const hg_packet *packet,
                                                                int64_t now_ns, uint64_t first_packet, int from_server)
{
    hg_index index = free_flow(flows, now_ns);
    hg_index *head = flows->heads + (packet->flow_hash & flows->mask);
    hg_flow_place *places = flows->places;
    hg_flow *flow = flows->records + index;
    const hg_address *client = from_server ? &packet->destination : &packet->source;
    const hg_address *server = from_server ? &packet->source : &packet->destination;
    *flow = (hg_flow){
        .client = *client,
        .server = *server,
        .client_port = from_server ? packet->destination_port : packet->source_port,
        .server_port = from_server ? packet->source_port : packet->destination_port,
        .last_ns = now_ns,
        .first_packet = first_packet,
        .hash = packet->flow_hash,
        .version = packet->version,
        .state = HG_SYN_SENT,
        .syn_seen = !from_server,
        .fresh = 1,
        .scale = {HG_UNKNOWN_SCALE, HG_UNKNOWN_SCALE},
    };
    places[index].chain = *head;
    *head = index;
    HG_LIST_APPEND(places, index, HG_SYN_SENT);
    flows->stats->flows++;
    if (__builtin_expect(now_ns < flows->opened_ns, 0) && (uint64_t)flows->opened_ns - (uint64_t)now_ns >= BACK_NS)
        flows->stats->flows_back_in_time++;
    flows->opened_ns = now_ns;
    return index;
}

/* Find and open exist several times. The first function of each has only one caller, on the path of every packet, and
 * is inlined there. */

hg_flow *hg_flows_find(hg_flows *flows, const hg_packet *packet, int64_t now_ns, int *from_client)
{
    hg_flow *flow;
    find(flows, packet, now_ns, &flow, from_client);
    return flow;
}

/* Inlined into its callers by link-time optimisation, because it is on the path of every packet. */
inline __attribute__((always_inline)) hg_index hg_flows_find_for_readers(hg_flows *flows, const hg_packet *packet,
                                                                         int64_t now_ns, hg_flow **flow,
                                                                         int *from_client)
{
    return find(flows, packet, now_ns, flow, from_client);
}

__attribute__((cold)) hg_flow *hg_flows_find_cold(hg_flows *flows, const hg_packet *packet, int64_t now_ns,
                                                  int *from_client)
{
    hg_flow *flow;
    find(flows, packet, now_ns, &flow, from_client);
    return flow;
}

hg_index hg_flows_open(hg_flows *flows, const hg_packet *packet, int64_t now_ns, uint64_t first_packet, int from_server)
{
    return open_flow(flows, packet, now_ns, first_packet, from_server);
}

__attribute__((cold)) hg_index hg_flows_open_cold(hg_flows *flows, const hg_packet *packet, int64_t now_ns,
                                                  uint64_t first_packet, int from_server)
{
    return open_flow(flows, packet, now_ns, first_packet, from_server);
}

void hg_flows_advance(hg_flows *flows, hg_flow *flow, hg_flow_state state)
{
    hg_index index = hg_flow_index(flows, flow);
    HG_LIST_REMOVE(flows->places, index);
    flow->state = (uint8_t)state;
    HG_LIST_APPEND(flows->places, index, state);
}

void hg_flows_touch(hg_flows *flows, hg_flow *flow, int64_t now_ns)
{
    flow->last_ns = now_ns;
    if (flow->state == HG_ESTABLISHED && flows->places[HG_ESTABLISHED].older != hg_flow_index(flows, flow))
        hg_flows_advance(flows, flow, HG_ESTABLISHED);
}

/* ---- saving and loading: each flow is in one list, or free ----------------------------------- */

#define STATE_MAGIC UINT64_C(0x34574f4c464748)

typedef struct flows_header {
    uint64_t magic;
    uint64_t hash_key;
    uint32_t capacity;
    hg_index next;
    uint64_t free;
    int64_t opened_ns;
} flows_header;

/* Puts the flows of one list into hash chains. 0: the list is damaged. */
static int chain_flows(hg_flows *flows, uint32_t state, uint8_t *met)
{
    hg_flow_place *places = flows->places;
    hg_index before = state;
    for (hg_index index = places[state].newer; index != state; index = places[index].newer) {
        if (!hg_mark(met, index, HG_FIRST_FLOW, flows->next))
            return 0;
        const hg_flow *flow = flows->records + index;
        if (places[index].older != before || flow->state != state || (flow->version != 4 && flow->version != 6) ||
            flow->scale[0] > HG_MOST_SCALE || flow->scale[1] > HG_MOST_SCALE)
            return 0;
        hg_index *head = flows->heads + (flow->hash & flows->mask);
        places[index].chain = *head;
        *head = index;
        before = index;
    }
    return places[state].older == before;
}

static int check_free_flows(const hg_flows *flows, uint8_t *met)
{
    for (hg_index index = flows->free; index != 0; index = flows->places[index].chain)
        if (!hg_mark(met, index, HG_FIRST_FLOW, flows->next))
            return 0;
    return 1;
}

/* 1 when the flow's rivals are live flows and form a ring. `met` marks the live flows. */
static int is_ring(const hg_flows *flows, const uint8_t *met, hg_index index)
{
    hg_index at = index;
    for (uint32_t count = 1; count <= HG_MOST_RIVALS; count++) {
        at = flows->places[at].rival;
        if (at == index)
            return count > 1;
        if (at < HG_FIRST_FLOW || at >= flows->next || !met[at] || (flows->records[at].reached & HG_HAS_RIVAL) == 0)
            return 0;
    }
    return 0;
}

static int check_rivals(const hg_flows *flows, const uint8_t *met)
{
    for (hg_index index = HG_FIRST_FLOW; index < flows->next; index++)
        if (met[index] && (flows->records[index].reached & HG_HAS_RIVAL) != 0 && !is_ring(flows, met, index))
            return 0;
    return 1;
}

/* Puts all flows into hash chains. 1: each record is in one list or free. `met` must hold a zero for each record. */
static int link_records(hg_flows *flows, uint8_t *met)
{
    for (uint32_t state = 0; state < HG_FLOW_STATES; state++)
        if (!chain_flows(flows, state, met))
            return 0;
    return check_rivals(flows, met) && check_free_flows(flows, met) &&
           memchr(met + HG_FIRST_FLOW, 0, flows->next - HG_FIRST_FLOW) == NULL;
}

void hg_flows_transfer(hg_flows *flows, hg_saved *saved)
{
    flows_header header = {STATE_MAGIC, flows->hash_key, flows->capacity, flows->next, flows->free, flows->opened_ns};
    hg_transfer(saved, &header, sizeof header);
    hg_saved_check(saved, header.magic == STATE_MAGIC, "no saved state, or one of another build");
    hg_saved_check(saved, header.hash_key == flows->hash_key && header.capacity == flows->capacity,
                   HG_SAVED_OTHER_TABLES);
    if (!hg_saved_check(saved, header.next >= HG_FIRST_FLOW && header.next - HG_FIRST_FLOW <= header.capacity,
                        HG_SAVED_DAMAGED))
        return;
    flows->free = (hg_index)header.free;
    flows->next = header.next;
    flows->opened_ns = header.opened_ns;
    hg_transfer(saved, flows->records, flows->next * sizeof *flows->records); /* with the ends of the lists */
    hg_transfer(saved, flows->places, flows->next * sizeof *flows->places);
    uint8_t *met = hg_saved_marks(saved, flows->next);
    if (met != NULL)
        hg_saved_check(saved, link_records(flows, met), HG_SAVED_DAMAGED);
    free(met);
}
