/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "tcp/conversation.h"

#include "base/memory.h"

hg_status hg_conversations_init(hg_conversations *c, const hg_config *config, const hg_database *database,
                                const hg_requirements *requirements, hg_stats *stats, hg_error *error)
{
    *c = (hg_conversations){.database = database, .requirements = *requirements};
    c->requirements.segments = 0; /* the reader of segments gets them separately (blocks/converse.c) */
    c->reported = config->protocols >> HG_PROTOCOL_TCP & 1 ? 0xFF : 0;
    hg_status status = hg_flows_init(&c->flows, config, !c->requirements.flow_ends, stats, error);
    if (status == HG_OK)
        status = hg_clocks_init(&c->clocks, config, stats, error);
    if (status == HG_OK)
        c->tcp_flows = hg_zeroed((size_t)HG_FIRST_FLOW + c->flows.capacity, sizeof *c->tcp_flows);
    if (status == HG_OK && c->requirements.stream_bytes > 0)
        c->ended = hg_zeroed(HG_ENDED_CONNECTIONS, sizeof *c->ended);
    if (status == HG_OK && (c->tcp_flows == NULL || (c->ended == NULL && c->requirements.stream_bytes > 0)))
        status = hg_fail(error, HG_E_MEMORY, "no memory for %u connections", config->max_connections);
    if (status != HG_OK)
        hg_conversations_clear(c);
    return status;
}

void hg_conversations_clear(hg_conversations *c)
{
    hg_flows_clear(&c->flows);
    hg_clocks_clear(&c->clocks);
    hg_zeroed_free(c->tcp_flows);
    hg_zeroed_free(c->ended);
    c->tcp_flows = NULL;
    c->ended = NULL;
}

void hg_conversations_reset(hg_conversations *c)
{
    hg_flows_reset(&c->flows);
    hg_clocks_reset(&c->clocks);
    if (c->ended != NULL)
        memset(c->ended, 0, HG_ENDED_CONNECTIONS * sizeof *c->ended);
}

/* The current packet and its flow. Only inlined functions take a context's address, so its members stay in
 * registers. */
typedef struct context {
    const hg_packet *packet;
    const hg_frame *frame; /* the frame that contains the packet */
    int64_t time_ns;
    hg_flow *flow;    /* NULL: none */
    hg_tcp_flow *tcp; /* of that flow */
    int from_client;  /* 1: the flow's client sent the packet */
    int stays_open;   /* 1: the packet's FIN or RST ends nothing */
    hg_index earlier; /* the earlier flow that stays on the ports of this SYN; 0: none */
} context;

static inline uint8_t *clock_of(hg_tcp_flow *tcp, int server)
{
    return server ? &tcp->server_clock : &tcp->client_clock;
}

/* Computes at most one uptime per side and flow. A SYN whose clock has no plausible rate decides nothing, because the
 * earlier timestamp may be from another system behind the same address. Returns the event's bit, or 0. */
static uint8_t read_uptime(const hg_packet *packet, hg_reference own, int server, uint8_t *clock, const hg_host *host,
                           hg_uptime *uptime)
{
    if (own.ts == 0 || *clock != HG_CLOCK_OPEN)
        return 0;
    hg_clock found = hg_uptime_read(hg_host_reference(host, server), own.ts, own.ms, uptime);
    if (found == HG_CLOCK_BAD && packet->type == HG_SYN)
        return 0;
    *clock = (uint8_t)found;
    if (found != HG_CLOCK_READ)
        return 0;
    return server ? 1 << HG_EVENT_SERVER_UPTIME : 1 << HG_EVENT_CLIENT_UPTIME;
}

/* Sets the doubt about an uptime. A separate function, so that it costs packets without an uptime nothing. */
static __attribute__((cold, noinline)) void judge_uptime(const hg_conversations *c, const hg_packet *packet,
                                                         hg_reference own, int server, hg_host *host, hg_uptime *uptime)
{
    const hg_clock_reading reading = {hg_host_reference(host, server), own, packet->destination, server};
    hg_uptime_judge(c->database, host, &reading, uptime);
}

/* ---- SYN and SYN+ACK --------------------------------------------------------------------- */

/* Compares the timestamp of a handshake packet with an earlier one of the host. Returns the event's bit, or 0. */
static uint8_t read_handshake(const hg_conversations *c, const hg_packet *packet, hg_reference own, uint8_t *clock,
                              hg_host *host, hg_uptime *uptime)
{
    const int server = packet->type != HG_SYN;
    hg_uptime_follow(host, hg_host_reference(host, server), own, server);
    const uint8_t events = read_uptime(packet, own, server, clock, host, uptime);
    if (events != 0)
        judge_uptime(c, packet, own, server, host, uptime);
    return events;
}

/* The signature in the form that a host record keeps. */
static inline uint16_t signature_of(const hg_handshake *handshake)
{
    const uint32_t found = handshake->match.signature;
    return (uint16_t)(found < HG_NO_HOST_SIGNATURE ? found : HG_NO_HOST_SIGNATURE);
}

/* The further events of a handshake packet. A packet of a userland tool describes the tool and not the host, so it
 * gives neither an MTU nor a clock. */
static inline uint8_t take_host_facts(hg_conversations *c, const context *now, int server,
                                      const hg_handshake *handshake, hg_uptime *uptime)
{
    const hg_observation *o = &handshake->observation;
    if (handshake->userland) {
        *clock_of(now->tcp, server) = HG_CLOCK_BAD;
        return 0;
    }
    uint8_t events = o->mss != 0 ? 1 << HG_EVENT_MTU : 0;
    if (!c->requirements.timestamps)
        return events;
    hg_host *host = hg_clocks_find(&c->clocks, now->packet);
    const hg_reference own = {.ms = hg_floor_ms(now->time_ns), .ts = o->ts1};
    if (host != NULL) {
        host->signature = signature_of(handshake);
        events |= read_handshake(c, now->packet, own, clock_of(now->tcp, server), host, uptime);
    }
    hg_clocks_remember(&c->clocks, now->packet, host, server, own, signature_of(handshake));
    return events;
}

/* 1 when a SYN has the number of the flow's SYN. */
static inline int is_same_syn(const hg_conversations *c, const hg_flow *flow, const hg_packet *packet)
{
    return flow->syn_seen && c->tcp_flows[hg_flow_index(&c->flows, flow)].client_seq == packet->seq;
}

/* Called for a new SYN on the ports of a flow. Anyone can forge a SYN, so the flow stays if both of its sides were
 * seen, if readers have its data, or if it consists of a SYN only, until hg_conversations_choose has decided. Otherwise
 * it ends. Returns the index of the flow that stays, or 0. */
static __attribute__((cold, noinline)) hg_index keep_earlier(hg_conversations *c, hg_flow *flow,
                                                             const hg_packet *packet, int64_t time_ns)
{
    int from_client;
    while (flow->fresh && !hg_flow_has_both_sides(flow) &&
           (!hg_is_unanswered(flow, c->tcp_flows + hg_flow_index(&c->flows, flow)) || is_same_syn(c, flow, packet))) {
        hg_conversations_replace(c, flow);
        flow = hg_flows_find_cold(&c->flows, packet, time_ns, &from_client); /* a rival that is not too old */
        if (flow == NULL)
            return 0;
        flow = hg_conversations_choose(c, flow, packet);
    }
    if (flow->state == HG_SYN_RECEIVED && (c->ended == NULL || (flow->marks & HG_NUMBERED) != 0))
        hg_flows_advance(&c->flows, flow, HG_ESTABLISHED); /* otherwise the new flow could evict it */
    hg_conversations_limit_rivals(c, flow);
    return hg_flow_index(&c->flows, flow);
}

/* 1 when the SYN is a repetition of its flow's SYN, without HG_REPEATS. Otherwise the packet gets a new flow. */
static inline __attribute__((always_inline)) int is_known_syn(hg_conversations *c, context *now)
{
    const int is_new = (now->flow->reached & HG_REPEATS) != 0 && now->flow->state == HG_SYN_SENT;
    if (now->from_client && is_same_syn(c, now->flow, now->packet) && !is_new) {
        c->flows.stats->retransmissions++;
        hg_flows_touch(&c->flows, now->flow, now->time_ns);
        return 1;
    }
    now->earlier = keep_earlier(c, now->flow, now->packet, now->time_ns);
    now->flow = NULL;
    return 0;
}

static inline void note_scale(hg_flow *flow, int server, const hg_handshake *handshake)
{
    const uint8_t scale = handshake->observation.wscale;
    flow->scale[server] = scale < HG_MOST_SCALE ? scale : HG_MOST_SCALE;
}

/* Called for a second SYN+ACK; the first one may have been forged. If it answers the SYN, takes its window scale. */
static __attribute__((cold, noinline)) void note_answer(hg_flow *flow, const hg_tcp_flow *tcp, const hg_packet *packet,
                                                        const hg_handshake *handshake)
{
    if (flow->state == HG_SYN_RECEIVED && hg_be32(packet->tcp + TCP_ACK_AT) == tcp->client_seq + 1)
        note_scale(flow, 1, handshake);
}

/* 1 when the SYN+ACK is a repetition or comes from the client. */
static inline __attribute__((always_inline)) int is_known_syn_ack(hg_conversations *c, const context *now,
                                                                  const hg_handshake *handshake)
{
    hg_flows_touch(&c->flows, now->flow, now->time_ns);
    if (now->from_client)
        return 1;
    if (now->flow->state == HG_SYN_SENT)
        return 0;
    note_answer(now->flow, now->tcp, now->packet, handshake);
    c->flows.stats->retransmissions++;
    return 1;
}

/* Opens the flow of a SYN, or of a SYN+ACK whose SYN was not seen. */
static inline __attribute__((always_inline)) hg_index open_flow(hg_conversations *c, const hg_packet *packet,
                                                                const hg_frame *frame, int server)
{
    uint64_t number = hg_frame_number(frame, packet->frame, c->first_number);
    hg_index index = hg_flows_open(&c->flows, packet, frame->time_ns, number, server);
    c->tcp_flows[index] = (hg_tcp_flow){
        .client_seq = server ? 0 : packet->seq,
        .client_next = server ? hg_be32(packet->tcp + TCP_ACK_AT) : packet->seq + 1,
    };
    if (server)
        c->flows.stats->syn_acks_without_syn++;
    return index;
}

hg_flow *hg_conversations_open_later(hg_conversations *c, const hg_packet *packet, const hg_frame *frame,
                                     int from_server)
{
    if (hg_has_ended(c, packet, frame->time_ns)) {
        c->flows.stats->anomalies[HG_ANOMALY_NO_SESSION]++;
        return NULL;
    }
    uint64_t number = hg_frame_number(frame, packet->frame, c->first_number);
    hg_index index = hg_flows_open_cold(&c->flows, packet, frame->time_ns, number, from_server);
    c->tcp_flows[index] = (hg_tcp_flow){.client_clock = HG_CLOCK_BAD, .server_clock = HG_CLOCK_BAD};
    c->flows.records[index].syn_seen = 0;
    c->flows.stats->flows_without_beginning++;
    return c->flows.records + index;
}

/* Closes a flow whose both ends ended it. Without its handshake, the numbers of the end could not be checked. */
static inline void close_ended(hg_conversations *c, hg_flow *flow, const hg_packet *packet, int64_t time_ns)
{
    if ((flow->marks & (HG_COMPLETED | HG_NUMBERED)) != 0)
        hg_note_ended(c, packet, time_ns);
    hg_flows_close(&c->flows, flow);
}

static inline __attribute__((always_inline)) hg_outcome take_handshake(hg_conversations *c, context *now,
                                                                       hg_handshake *handshake, hg_uptime *uptime)
{
    int server = now->packet->type != HG_SYN;
    if (now->flow != NULL && (server ? is_known_syn_ack(c, now, handshake) : is_known_syn(c, now)))
        return (hg_outcome){0};
    if (now->flow == NULL) {
        hg_index index = open_flow(c, now->packet, now->frame, server);
        now->flow = c->flows.records + index;
        now->tcp = c->tcp_flows + index;
        now->from_client = !server;
        if (now->earlier != 0 && now->earlier != index)
            hg_flows_add_rival(&c->flows, now->earlier, index);
    }
    hg_tcp_flow *tcp = now->tcp;
    note_scale(now->flow, server, handshake);
    if (server) {
        hg_flows_advance(&c->flows, now->flow, HG_SYN_RECEIVED);
        tcp->server_next = now->packet->seq + 1;
        /* The client's MSS is known only here. It is the last divisor to try. */
        hg_matcher_learn_peer(c->database, handshake, tcp->client_mss);
    } else {
        tcp->client_mss = handshake->observation.mss;
    }
    uint8_t own = server ? 1 << HG_EVENT_SYN_ACK : 1 << HG_EVENT_SYN;
    uint8_t facts = take_host_facts(c, now, server, handshake, uptime);
    return (hg_outcome){
        .flow = now->flow->first_packet,
        .events = own | facts,
        .from_server = (uint8_t)server,
        .syn_seen = now->flow->syn_seen,
        .scope = HG_SCOPE_REMOTE,
    };
}

/* ---- ACK, FIN and RST -------------------------------------------------------------------- */

/* Computes the uptime from a packet after the handshake. Returns the event's bit, or 0. */
static __attribute__((noinline)) uint8_t read_segment(hg_conversations *c, const hg_packet *packet, int64_t time_ns,
                                                      int server, uint8_t *clock, hg_uptime *uptime)
{
    hg_host *host = hg_clocks_find(&c->clocks, packet);
    const hg_reference own = {.ms = hg_floor_ms(time_ns), .ts = host == NULL ? 0 : hg_own_timestamp(packet)};
    const uint8_t events = own.ts == 0 ? 0 : read_uptime(packet, own, server, clock, host, uptime);
    if (events != 0)
        judge_uptime(c, packet, own, server, host, uptime);
    return events;
}

/* Ends a flow after its FIN or RST. After a forged RST, bytes that wait may still be acknowledged or replaced. */
static inline void end_flow(hg_conversations *c, hg_flow *flow, const hg_packet *packet, int64_t time_ns)
{
    c->flows.stats->flows_closed++;
    if (c->ends.ended != NULL)
        c->ends.ended(c->ends.state, flow, time_ns);
    if (c->ended == NULL)
        hg_flows_close(&c->flows, flow);
    else if ((packet->type & HG_FIN) != 0 || hg_flow_waits(&c->flows, flow))
        hg_flows_advance(&c->flows, flow, HG_FINISHED);
    else
        close_ended(c, flow, packet, time_ns);
}

/* Adds a completion to the batch, at most one per packet. */
static void add_completion(const hg_conversations *c, const hg_flow *flow, const hg_packet *packet,
                           const hg_frame *frame, uint64_t marks)
{
    hg_batch *batch = c->batch;
    marks = flow->syn_seen ? marks : (marks & HG_COMPLETES) != 0 ? HG_COMPLETES_ANSWER : 0;
    if (batch != NULL && batch->completions != NULL && c->reported != 0 && marks != 0)
        batch->completions[batch->completion_count++] =
            (hg_completion){.time_ns = frame->time_ns,
                            .packet_number = hg_frame_number(frame, packet->frame, c->first_number),
                            .flow = flow->first_packet,
                            .marks = marks | ((flow->marks & HG_DISPUTED) != 0 ? HG_DISPUTED_ANSWER : 0)};
}

/* Called when a packet in sequence follows the server's SYN+ACK. 1: it is the client's acknowledgement of the SYN+ACK,
 * which proves that the client also sent the SYN. A RST alone does not: firewalls send one for a SYN+ACK that answers a
 * forged SYN, and some acknowledge it. */
static __attribute__((cold, noinline)) int establish(hg_conversations *c, hg_flow *flow, const hg_packet *packet,
                                                     const hg_frame *frame, int from_client)
{
    hg_tcp_flow *tcp = c->tcp_flows + hg_flow_index(&c->flows, flow);
    hg_flows_advance(&c->flows, flow, HG_ESTABLISHED);
    if (!from_client || (packet->type & HG_ACK) == 0)
        return 0;
    const uint32_t acked = hg_be32(packet->tcp + TCP_ACK_AT);
    if (acked != tcp->server_next) {
        if ((flow->marks & HG_DISPUTED) != 0)
            tcp->server_next = acked; /* of the answers, the client took this one */
        return 0;
    }
    flow->marks |= HG_COMPLETED;
    if ((packet->type & (HG_FIN | HG_RST)) == 0)
        add_completion(c, flow, packet, frame, HG_COMPLETES);
    return 1;
}

/* Notes the end that sent the first FIN, and adds the completion of a FIN or RST. `completes`: it also completes the
 * handshake. A separate function, because it is called once per flow. It does not get the context, which would then
 * have to be in memory for all packets. */
static __attribute__((cold, noinline)) void complete_at_end(const hg_conversations *c, hg_flow *flow,
                                                            const hg_packet *packet, const hg_frame *frame,
                                                            int from_client, int completes)
{
    const hg_tcp_flow *tcp = c->tcp_flows + hg_flow_index(&c->flows, flow);
    const int is_completed = (flow->marks & HG_COMPLETED) != 0;
    uint64_t marks = completes ? HG_COMPLETES : 0;
    flow->marks |= from_client ? 0 : HG_ENDED_BY_SERVER;
    if (from_client && is_completed && flow->syn_seen && packet->payload == 0 && packet->seq == tcp->client_seq + 1)
        marks |= HG_PROBES;
    if (!from_client && flow->state == HG_SYN_SENT && (packet->type & (HG_RST | HG_ACK)) == (HG_RST | HG_ACK) &&
        hg_be32(packet->tcp + TCP_ACK_AT) == tcp->client_seq + 1)
        marks |= HG_REFUSES;
    if (marks != 0)
        add_completion(c, flow, packet, frame, marks);
}

/* A separate function, because few segments have events. */
static __attribute__((cold, noinline)) hg_outcome outcome_of(const hg_flow *flow, uint8_t events, int server)
{
    return (hg_outcome){.flow = flow->first_packet,
                        .events = events,
                        .from_server = (uint8_t)server,
                        .scope = (flow->marks & HG_COMPLETED) != 0 ? HG_SCOPE_HANDSHAKE : HG_SCOPE_REMOTE};
}

/* Processes a packet after the handshake: reads its clock, then advances the sequence number or ends the flow. */
static inline __attribute__((always_inline)) hg_outcome take_segment(hg_conversations *c, const context *now,
                                                                     hg_uptime *uptime)
{
    const hg_packet *packet = now->packet;
    hg_flow *flow = now->flow;
    hg_tcp_flow *tcp = now->tcp;
    if (flow == NULL)
        return (hg_outcome){0};
    int server = !now->from_client;
    int ends = (packet->type & (HG_FIN | HG_RST)) != 0;
    uint32_t *next = server ? &tcp->server_next : &tcp->client_next;
    int known = !server || flow->state != HG_SYN_SENT;
    int in_sequence = known && packet->seq == *next;
    uint8_t events = 0;
    uint8_t *clock = clock_of(tcp, server);
    int completes = 0;
    if (__builtin_expect(flow->state == HG_SYN_RECEIVED, 0) && in_sequence &&
        (!ends || (now->from_client && packet->type == (HG_FIN | HG_ACK))))
        completes = establish(c, flow, packet, now->frame, now->from_client);
    if ((ends || in_sequence) && *clock == HG_CLOCK_OPEN && hg_may_show_uptime(c, packet, now->time_ns, server))
        events = read_segment(c, packet, now->time_ns, server, clock, uptime);
    const hg_outcome outcome = __builtin_expect(events != 0, 0) ? outcome_of(flow, events, server) : (hg_outcome){0};
    if (now->stays_open)
        return outcome;
    if (ends) {
        complete_at_end(c, flow, packet, now->frame, now->from_client, completes);
        end_flow(c, flow, packet, now->time_ns);
        return outcome;
    }
    if (in_sequence)
        *next += packet->payload;
    hg_flows_touch(&c->flows, flow, now->time_ns);
    return outcome;
}

/* Called for a packet of a flow that is finished for this reader but kept for stream readers. A new handshake ends the
 * flow, and so does an RST that its receiver accepts if no bytes wait, or the other end's FIN if none are missing; a
 * repeated FIN does not. If both sides were seen, the other end may still answer, so a SYN alone does not end it.
 * Returns the index of a flow that stays on the ports of a handshake packet, or 0. */
static __attribute__((cold, noinline)) hg_index take_after_end(hg_conversations *c, hg_flow *flow,
                                                               const hg_packet *packet, int64_t time_ns)
{
    if (packet->type == HG_SYN)
        return keep_earlier(c, flow, packet, time_ns);
    const uint16_t ended = (flow->marks & HG_ENDED_BY_SERVER) != 0 ? flow->server_port : flow->client_port;
    const hg_flow *rival = hg_flows_rival(&c->flows, flow);
    if (hg_is_handshake(packet)) {
        hg_flows_close(&c->flows, flow);
        return rival != flow ? hg_flow_index(&c->flows, rival) : 0;
    }
    const int is_last = packet->source_port != ended && (flow->reached & HG_READ_BOTH) == 0;
    if ((packet->type & HG_RST) != 0 ? !hg_flow_waits(&c->flows, flow) : (packet->type & HG_FIN) != 0 && is_last)
        close_ended(c, flow, packet, time_ns);
    return 0;
}

/* Processes the packet in the flow that was found. */
static inline __attribute__((always_inline)) hg_outcome take_packet(hg_conversations *c, context *now,
                                                                    hg_handshake *handshake, hg_uptime *uptime)
{
    if (now->flow != NULL && now->flow->state == HG_FINISHED) {
        if (hg_repeats_answer(c, now->flow, now->packet))
            return (hg_outcome){0};
        now->earlier = take_after_end(c, now->flow, now->packet, now->time_ns);
        now->flow = NULL;
    }
    now->tcp = now->flow == NULL ? NULL : c->tcp_flows + hg_flow_index(&c->flows, now->flow);
    return hg_is_handshake(now->packet) ? take_handshake(c, now, handshake, uptime) : take_segment(c, now, uptime);
}

hg_outcome hg_converse(hg_conversations *c, const hg_packet *packet, const hg_frame *frame, hg_handshake *handshake,
                       hg_uptime *uptime)
{
    const int is_handshake = hg_is_handshake(packet);
    if (!is_handshake && !hg_needs_segments(&c->requirements))
        return (hg_outcome){0};
    context now = {
        .packet = packet,
        .frame = frame,
        .time_ns = frame->time_ns,
    };
    now.flow = hg_flows_find(&c->flows, packet, now.time_ns, &now.from_client);
    if (now.flow != NULL && __builtin_expect(now.flow->reached & HG_HAS_RIVAL, 0)) {
        now.flow = hg_conversations_choose(c, now.flow, packet);
        now.from_client = hg_is_from_client(now.flow, packet);
    }
    /* Most segments change nothing but what their flow counts. */
    if (!is_handshake && now.flow != NULL &&
        hg_conversations_pass(c, now.flow, hg_flow_index(&c->flows, now.flow), packet, now.time_ns, now.from_client))
        return (hg_outcome){0};
    return take_packet(c, &now, handshake, uptime);
}

/* Inlined by link-time optimisation, because it is on the path of every packet. */
inline __attribute__((always_inline)) hg_outcome hg_converse_in(hg_conversations *c, const hg_packet *packet,
                                                                const hg_frame *frame, hg_flow **flow, int *from_client,
                                                                int stays_open, hg_handshake *handshake,
                                                                hg_uptime *uptime)
{
    context now = {
        .packet = packet,
        .frame = frame,
        .time_ns = frame->time_ns,
        .flow = *flow,
        .from_client = *from_client,
        .stays_open = stays_open,
    };
    hg_outcome outcome = take_packet(c, &now, handshake, uptime);
    *flow = now.flow;
    *from_client = now.from_client;
    return outcome;
}
