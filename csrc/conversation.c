/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "conversation.h"

#include "bytes.h"

hg_status hg_conversations_init(hg_conversations *c, const hg_config *config, const hg_database *database,
                                hg_stats *stats, hg_error *error)
{
    *c = (hg_conversations){.database = database, .uptime = config->uptime};
    return hg_tracker_init(&c->tracker, config, stats, error);
}

void hg_conversations_clear(hg_conversations *c)
{
    hg_tracker_clear(&c->tracker);
}

/* The packet at hand: when it came, and what follows from it. */
typedef struct occasion {
    const hg_packet *packet;
    int64_t time_ns;
    hg_outcome outcome;
    hg_uptime *uptime;
} occasion;

static int64_t floor_ms(int64_t time_ns)
{
    int64_t ms = time_ns / 1000000;
    return time_ns % 1000000 < 0 ? ms - 1 : ms;
}

static inline void tell(hg_conversations *c, occasion *now, hg_event event)
{
    now->outcome.rows++;
    now->outcome.events |= (uint8_t)(1u << event);
    c->tracker.stats->events[event]++;
}

/* One reading a side and flow. A SYN whose clock makes no sense settles nothing: the
 * reference may be another system's behind the same address. */
static void tell_uptime(hg_conversations *c, hg_flow *flow, const hg_host *host, occasion *now, uint32_t ts)
{
    int server = now->outcome.from_server;
    uint8_t *clock = server ? &flow->server_clock : &flow->client_clock;
    if (ts == 0 || *clock != HG_CLOCK_OPEN)
        return;
    hg_reference reference = hg_host_reference(host, server);
    int64_t now_ms = floor_ms(now->time_ns);
    hg_clock found = hg_uptime_read(reference, ts, now_ms, now->uptime);
    if (found == HG_CLOCK_BAD && now->packet->type == HG_SYN)
        return;
    *clock = (uint8_t)found;
    if (found != HG_CLOCK_READ)
        return;
    now->uptime->doubt = (uint8_t)hg_uptime_doubt(host, now->uptime, reference, ts, now_ms);
    tell(c, now, server ? HG_EVENT_SERVER_UPTIME : HG_EVENT_CLIENT_UPTIME);
}

/* What follows a handshake packet's own row. A userland tool speaks for itself, not for the
 * host, so it gives neither an MTU nor a clock. */
static inline void tell_host_facts(hg_conversations *c, hg_flow *flow, occasion *now,
                                   const hg_handshake *handshake)
{
    const hg_observation *o = &handshake->observation;
    int server = now->outcome.from_server;
    if (handshake->userland) {
        *(server ? &flow->server_clock : &flow->client_clock) = HG_CLOCK_BAD;
        return;
    }
    if (o->mss != 0)
        tell(c, now, HG_EVENT_MTU);
    if (!c->uptime)
        return;
    hg_host *host = hg_tracker_host(&c->tracker, now->packet);
    hg_reference own = {.ms = floor_ms(now->time_ns), .ts = o->ts1};
    if (host != NULL) {
        if (!host->scattered && !hg_clocks_agree(hg_host_reference(host, server), own.ts, own.ms))
            host->scattered = 1;
        tell_uptime(c, flow, host, now, o->ts1);
    }
    hg_tracker_remember(&c->tracker, now->packet, host, server, own);
}

static void take_syn(hg_conversations *c, occasion *now, const hg_handshake *handshake)
{
    const hg_packet *packet = now->packet;
    int from_client;
    hg_flow *flow = hg_tracker_find(&c->tracker, packet, now->time_ns, &from_client);
    if (flow != NULL) {
        if (from_client && flow->syn_seen && flow->client_seq == packet->seq) {
            c->tracker.stats->retransmissions++;
            hg_tracker_touch(&c->tracker, flow, now->time_ns);
            return;
        }
        c->tracker.stats->flows_replaced++;
        hg_tracker_close(&c->tracker, flow);
    }
    flow = hg_tracker_open(&c->tracker, packet, now->time_ns, 0);
    flow->syn_seen = 1;
    flow->client_seq = packet->seq;
    flow->client_next = packet->seq + 1;
    flow->client_mss = handshake->observation.mss;
    now->outcome.syn_seen = 1;
    tell(c, now, HG_EVENT_SYN);
    tell_host_facts(c, flow, now, handshake);
}

/* The flow that a SYN+ACK answers, opened here when its SYN was not seen; NULL when the
 * packet tells nothing new. */
static hg_flow *flow_of_syn_ack(hg_conversations *c, const occasion *now)
{
    const hg_packet *packet = now->packet;
    int from_client;
    hg_flow *flow = hg_tracker_find(&c->tracker, packet, now->time_ns, &from_client);
    if (flow == NULL) {
        c->tracker.stats->syn_acks_without_syn++;
        flow = hg_tracker_open(&c->tracker, packet, now->time_ns, 1);
        flow->client_next = hg_be32(packet->tcp + 8); /* what it acknowledges */
        return flow;
    }
    hg_tracker_touch(&c->tracker, flow, now->time_ns);
    if (from_client)
        return NULL;
    if (flow->state != HG_SYN_SENT) {
        c->tracker.stats->retransmissions++;
        return NULL;
    }
    return flow;
}

static void take_syn_ack(hg_conversations *c, occasion *now, hg_handshake *handshake)
{
    hg_flow *flow = flow_of_syn_ack(c, now);
    if (flow == NULL)
        return;
    hg_tracker_advance(&c->tracker, flow, HG_SYN_RECEIVED);
    flow->server_next = now->packet->seq + 1;
    now->outcome.from_server = 1;
    now->outcome.syn_seen = flow->syn_seen;
    /* Only now is the client's MSS known; it comes last in the order of divisors. */
    hg_matcher_learn_peer(c->database, handshake, flow->client_mss);
    tell(c, now, HG_EVENT_SYN_ACK);
    tell_host_facts(c, flow, now, handshake);
}

/* ACK, FIN and RST: read clocks, follow the sequence numbers, end the flow. */
static void take_segment(hg_conversations *c, occasion *now)
{
    const hg_packet *packet = now->packet;
    int from_client;
    hg_flow *flow = hg_tracker_find(&c->tracker, packet, now->time_ns, &from_client);
    if (flow == NULL)
        return;
    now->outcome.from_server = !from_client;
    int ends = (packet->type & (HG_FIN | HG_RST)) != 0;
    uint32_t *next = from_client ? &flow->client_next : &flow->server_next;
    const uint8_t *clock = from_client ? &flow->client_clock : &flow->server_clock;
    int known = from_client || flow->state != HG_SYN_SENT;
    int in_sequence = known && packet->seq == *next;
    if ((ends || in_sequence) && *clock == HG_CLOCK_OPEN) {
        const hg_host *host = hg_tracker_host(&c->tracker, packet);
        if (host != NULL)
            tell_uptime(c, flow, host, now, hg_own_timestamp(packet));
    }
    if (ends) {
        c->tracker.stats->flows_closed++;
        hg_tracker_close(&c->tracker, flow);
        return;
    }
    if (in_sequence) {
        *next += packet->payload;
        if (flow->state == HG_SYN_RECEIVED)
            hg_tracker_advance(&c->tracker, flow, HG_ESTABLISHED);
    }
    hg_tracker_touch(&c->tracker, flow, now->time_ns);
}

hg_outcome hg_converse(hg_conversations *c, const hg_packet *packet, int64_t time_ns, hg_handshake *handshake,
                       hg_uptime *uptime)
{
    occasion now = {.packet = packet, .time_ns = time_ns, .uptime = uptime};
    switch (packet->type) {
    case HG_SYN:
        take_syn(c, &now, handshake);
        break;
    case HG_SYN | HG_ACK:
        take_syn_ack(c, &now, handshake);
        break;
    default:
        if (c->uptime) /* else the sieve or the kernel's filter may have kept some of them away */
            take_segment(c, &now);
        break;
    }
    return now.outcome;
}
