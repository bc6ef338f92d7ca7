/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * rivals.c - flows on the same ports: to which of them a packet belongs, which one ends, and which one ended before.
 */
#include "tcp/conversation.h"

__attribute__((cold)) int hg_is_from_client(const hg_flow *flow, const hg_packet *packet)
{
    return flow->client_port == packet->source_port && flow->server_port == packet->destination_port &&
           hg_same_address(flow->client, packet->source) && hg_same_address(flow->server, packet->destination);
}

__attribute__((cold)) int hg_is_unanswered(const hg_flow *flow, const hg_tcp_flow *tcp)
{
    return flow->syn_seen && flow->state == HG_SYN_SENT && tcp->client_next == tcp->client_seq + 1;
}

__attribute__((cold)) void hg_conversations_replace(hg_conversations *c, hg_flow *flow)
{
    c->flows.stats->flows_replaced += flow->state != HG_FINISHED;
    if (c->ends.ended != NULL)
        c->ends.ended(c->ends.state, flow, flow->last_ns);
    hg_flows_close(&c->flows, flow);
}

/* 1 when the packet is the SYN+ACK that answers the flow's SYN, a repetition of that SYN, or while no answer was
 * captured, not even of an earlier SYN (`is_answered`), one of the client's next segments. An attacker can forge the
 * first two without seeing any packet. */
static int is_of_handshake(const hg_flow *flow, const hg_tcp_flow *tcp, const hg_packet *packet, int is_answered)
{
    enum { NEAR = 1 << 16 };
    const int from_client = hg_is_from_client(flow, packet);
    if (packet->type == HG_SYN)
        return from_client && packet->seq == tcp->client_seq;
    if (from_client)
        return !is_answered && flow->syn_seen && flow->state == HG_SYN_SENT && packet->type != (HG_SYN | HG_ACK) &&
               packet->seq - tcp->client_next + NEAR < 2 * NEAR;
    return packet->type == (HG_SYN | HG_ACK) && hg_be32(packet->tcp + TCP_ACK_AT) == tcp->client_seq + 1;
}

/* 1 when the packet's numbers are near those of an answered flow. An outsider does not know them. */
static int is_continuation(const hg_flow *flow, const hg_tcp_flow *tcp, const hg_packet *packet)
{
    enum { NEAR = 1 << 24 };
    const int from_client = hg_is_from_client(flow, packet);
    const uint32_t seq = packet->seq - (from_client ? tcp->client_next : tcp->server_next);
    const uint32_t ack = hg_be32(packet->tcp + TCP_ACK_AT) - (from_client ? tcp->server_next : tcp->client_next);
    return flow->state != HG_SYN_SENT && (packet->type & HG_SYN) == 0 && seq + NEAR < 2 * NEAR &&
           ((packet->type & HG_ACK) == 0 || ack + NEAR < 2 * NEAR);
}

/* 1 when the flow keeps its packets, whatever comes in others on its ports. */
static int is_kept(const hg_conversations *c, const hg_flow *flow)
{
    return hg_flow_has_both_sides(flow) && hg_needs_segments(&c->requirements);
}

__attribute__((cold)) void hg_conversations_limit_rivals(hg_conversations *c, const hg_flow *flow)
{
    hg_flow *goes = NULL, *other = hg_flows_rival(&c->flows, flow);
    const uint8_t repeats = is_kept(c, flow) ? 0 : HG_REPEATS;
    uint32_t count = 1;
    for (; other != flow; other = hg_flows_rival(&c->flows, other), count++) {
        const int is_better = goes != NULL && hg_flow_has_both_sides(other) - hg_flow_has_both_sides(goes);
        if (goes == NULL || is_better < 0 || (is_better == 0 && other->last_ns < goes->last_ns))
            goes = other;
        other->reached |= repeats;
    }
    if (goes != NULL && (count == HG_MOST_RIVALS || !hg_needs_segments(&c->requirements)))
        hg_conversations_replace(c, goes);
}

__attribute__((cold)) hg_flow *hg_conversations_choose(hg_conversations *c, hg_flow *flow, const hg_packet *packet)
{
    hg_flow *earlier = flow, *later = flow;
    for (hg_flow *other = hg_flows_rival(&c->flows, flow); other != flow; other = hg_flows_rival(&c->flows, other)) {
        const int is_better = is_kept(c, other) - is_kept(c, earlier);
        later = other->first_packet >= later->first_packet ? other : later; /* numbers may begin again */
        if (is_better > 0 || (is_better == 0 && other->first_packet < earlier->first_packet))
            earlier = other;
    }
    const hg_tcp_flow *before = c->tcp_flows + hg_flow_index(&c->flows, earlier);
    /* 1 when the flow's client answers a SYN that crossed its own, which it repeats (RFC 9293, 3.5). */
    if (later != earlier && hg_is_unanswered(earlier, before) &&
        (packet->type == (HG_SYN | HG_ACK) && hg_is_from_client(earlier, packet) &&
         packet->seq == before->client_seq)) {
        hg_conversations_replace(c, later);
        return earlier;
    }
    hg_flow *one = earlier;
    do {
        const hg_tcp_flow *tcp = c->tcp_flows + hg_flow_index(&c->flows, one);
        if (is_of_handshake(one, tcp, packet, is_kept(c, earlier)) || is_continuation(one, tcp, packet))
            return one;
        one = hg_flows_rival(&c->flows, one);
    } while (one != earlier);
    return earlier;
}

int hg_repeats_answer(hg_conversations *c, const hg_flow *flow, const hg_packet *packet)
{
    const hg_tcp_flow *tcp = c->tcp_flows + hg_flow_index(&c->flows, flow);
    if (packet->type != (HG_SYN | HG_ACK) || hg_is_from_client(flow, packet) || packet->seq + 1 != tcp->server_next ||
        hg_be32(packet->tcp + TCP_ACK_AT) != tcp->client_seq + 1)
        return 0;
    c->flows.stats->retransmissions++;
    return 1;
}

/* ---- ended connections --------------------------------------------------------------------- */

/* The time in units of 1.07 s. */
static inline uint32_t coarse_time(int64_t time_ns)
{
    return (uint32_t)(time_ns >> 30);
}

/* The slot of connections on the ports of the packet. */
static inline hg_ended *slot_of(const hg_conversations *c, const hg_packet *packet)
{
    return c->ended + (packet->flow_hash * HG_ENDED_IN_SLOT) % HG_ENDED_CONNECTIONS;
}

int hg_has_ended(const hg_conversations *c, const hg_packet *packet, int64_t time_ns)
{
    enum { TIME_WAIT = 56 /* 60 s */ };
    const hg_ended *slot = slot_of(c, packet);
    for (uint32_t i = 0; i < HG_ENDED_IN_SLOT; i++)
        if (slot[i].hash == packet->flow_hash)
            return coarse_time(time_ns) - slot[i].time <= TIME_WAIT;
    return 0;
}

void hg_note_ended(hg_conversations *c, const hg_packet *packet, int64_t time_ns)
{
    hg_ended *slot = slot_of(c, packet);
    memmove(slot + 1, slot, (HG_ENDED_IN_SLOT - 1) * sizeof *slot);
    *slot = (hg_ended){packet->flow_hash, coarse_time(time_ns)};
}
