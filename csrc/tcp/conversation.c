/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "tcp/conversation.h"

#include "base/bytes.h"

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

/* The packet at hand, and the flow that it belongs to. */
typedef struct context {
    const hg_packet *packet;
    int64_t time_ns;
    hg_flow *flow;   /* NULL: none is known */
    int from_client; /* of that flow */
} context;

/* Milliseconds since the epoch, rounded down. Times are made positive first, and 64 ns at a time so
 * that this does not overflow; the division of negative numbers takes three times as long. */
static inline int64_t floor_ms(int64_t time_ns)
{
    const uint64_t unit = 15625, ms = (UINT64_C(1) << 57) / unit + 1; /* 64 ns, and ms that make it positive */
    uint64_t positive = ((uint64_t)time_ns ^ UINT64_C(1) << 63) >> 6;
    return (int64_t)((positive + ms * unit - (UINT64_C(1) << 57)) / unit - ms);
}

/* One reading a side and flow. A SYN whose clock makes no sense settles nothing: the
 * reference may be another system's behind the same address. Returns the event's bit, or 0. */
static uint8_t read_uptime(const context *now, int server, const hg_host *host, uint32_t ts, hg_uptime *uptime)
{
    uint8_t *clock = server ? &now->flow->server_clock : &now->flow->client_clock;
    if (ts == 0 || *clock != HG_CLOCK_OPEN)
        return 0;
    hg_reference reference = hg_host_reference(host, server);
    int64_t now_ms = floor_ms(now->time_ns);
    hg_clock found = hg_uptime_read(reference, ts, now_ms, uptime);
    if (found == HG_CLOCK_BAD && now->packet->type == HG_SYN)
        return 0;
    *clock = (uint8_t)found;
    if (found != HG_CLOCK_READ)
        return 0;
    uptime->doubt = (uint8_t)hg_uptime_doubt(host, uptime, reference, ts, now_ms);
    return server ? 1 << HG_EVENT_SERVER_UPTIME : 1 << HG_EVENT_CLIENT_UPTIME;
}

/* ---- SYN and SYN+ACK --------------------------------------------------------------------- */

/* What follows a handshake packet's own row. A userland tool speaks for itself, not for the
 * host, so it gives neither an MTU nor a clock. */
static inline uint8_t tell_host_facts(hg_conversations *c, const context *now, int server,
                                      const hg_handshake *handshake, hg_uptime *uptime)
{
    const hg_observation *o = &handshake->observation;
    if (handshake->userland) {
        *(server ? &now->flow->server_clock : &now->flow->client_clock) = HG_CLOCK_BAD;
        return 0;
    }
    uint8_t events = o->mss != 0 ? 1 << HG_EVENT_MTU : 0;
    if (!c->uptime)
        return events;
    hg_host *host = hg_tracker_host(&c->tracker, now->packet);
    hg_reference own = {.ms = floor_ms(now->time_ns), .ts = o->ts1};
    if (host != NULL) {
        if (!host->scattered && !hg_clocks_agree(hg_host_reference(host, server), own.ts, own.ms))
            host->scattered = 1;
        events |= read_uptime(now, server, host, o->ts1, uptime);
    }
    hg_tracker_remember(&c->tracker, now->packet, host, server, own);
    return events;
}

/* 1 when the SYN was seen before in its flow. A flow of another one on the same ports is over. */
static int is_known_syn(hg_conversations *c, context *now)
{
    hg_flow *flow = now->flow;
    if (now->from_client && flow->syn_seen && flow->client_seq == now->packet->seq) {
        c->tracker.stats->retransmissions++;
        hg_tracker_touch(&c->tracker, flow, now->time_ns);
        return 1;
    }
    c->tracker.stats->flows_replaced++;
    hg_tracker_close(&c->tracker, flow);
    now->flow = NULL;
    return 0;
}

/* 1 when the SYN+ACK tells nothing new. */
static int is_known_syn_ack(hg_conversations *c, const context *now)
{
    hg_tracker_touch(&c->tracker, now->flow, now->time_ns);
    if (now->from_client)
        return 1;
    if (now->flow->state == HG_SYN_SENT)
        return 0;
    c->tracker.stats->retransmissions++;
    return 1;
}

/* Opens the flow of a handshake packet; with its SYN+ACK when its SYN was not seen. */
static inline hg_flow *begin(hg_conversations *c, const context *now, int server)
{
    hg_flow *flow = hg_tracker_open(&c->tracker, now->packet, now->time_ns, server);
    flow->syn_seen = !server;
    flow->client_seq = server ? 0 : now->packet->seq;
    flow->client_next = server ? hg_be32(now->packet->tcp + 8) /* what it acknowledges */ : now->packet->seq + 1;
    c->tracker.stats->syn_acks_without_syn += (uint64_t)server;
    return flow;
}

static inline hg_outcome take_handshake(hg_conversations *c, context *now, hg_handshake *handshake,
                                        hg_uptime *uptime)
{
    int server = now->packet->type != HG_SYN;
    if (now->flow != NULL && (server ? is_known_syn_ack(c, now) : is_known_syn(c, now)))
        return (hg_outcome){0};
    if (now->flow == NULL)
        now->flow = begin(c, now, server);
    hg_flow *flow = now->flow;
    if (server) {
        hg_tracker_advance(&c->tracker, flow, HG_SYN_RECEIVED);
        flow->server_next = now->packet->seq + 1;
        /* Only now is the client's MSS known; it comes last in the order of divisors. */
        hg_matcher_learn_peer(c->database, handshake, flow->client_mss);
    } else {
        flow->client_mss = handshake->observation.mss;
    }
    uint8_t own = server ? 1 << HG_EVENT_SYN_ACK : 1 << HG_EVENT_SYN;
    uint8_t facts = tell_host_facts(c, now, server, handshake, uptime);
    return (hg_outcome){.events = own | facts, .from_server = (uint8_t)server, .syn_seen = flow->syn_seen};
}

/* ---- ACK, FIN and RST -------------------------------------------------------------------- */

/* Reads clocks, follows the sequence numbers, ends the flow. */
static inline hg_outcome take_segment(hg_conversations *c, const context *now, hg_uptime *uptime)
{
    const hg_packet *packet = now->packet;
    hg_flow *flow = now->flow;
    if (flow == NULL)
        return (hg_outcome){0};
    int server = !now->from_client;
    int ends = (packet->type & (HG_FIN | HG_RST)) != 0;
    uint32_t *next = server ? &flow->server_next : &flow->client_next;
    uint8_t clock = server ? flow->server_clock : flow->client_clock;
    int known = !server || flow->state != HG_SYN_SENT;
    int in_sequence = known && packet->seq == *next;
    uint8_t events = 0;
    if ((ends || in_sequence) && clock == HG_CLOCK_OPEN) {
        const hg_host *host = hg_tracker_host(&c->tracker, packet);
        if (host != NULL)
            events = read_uptime(now, server, host, hg_own_timestamp(packet), uptime);
    }
    hg_outcome outcome = {.events = events, .from_server = (uint8_t)server};
    if (ends) {
        c->tracker.stats->flows_closed++;
        hg_tracker_close(&c->tracker, flow);
        return outcome;
    }
    if (in_sequence) {
        *next += packet->payload;
        if (flow->state == HG_SYN_RECEIVED)
            hg_tracker_advance(&c->tracker, flow, HG_ESTABLISHED);
    }
    hg_tracker_touch(&c->tracker, flow, now->time_ns);
    return outcome;
}

hg_outcome hg_converse(hg_conversations *c, const hg_packet *packet, int64_t time_ns, hg_handshake *handshake,
                       hg_uptime *uptime)
{
    int handshakes = hg_is_handshake(packet);
    if (!handshakes && !c->uptime) /* the sieve or the kernel's filter may have kept some of them away */
        return (hg_outcome){0};
    context now = {.packet = packet, .time_ns = time_ns};
    now.flow = hg_tracker_find(&c->tracker, packet, time_ns, &now.from_client);
    return handshakes ? take_handshake(c, &now, handshake, uptime) : take_segment(c, &now, uptime);
}
