/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * rivals.c - two flows on the same ports: to which of them a packet belongs, and which one ends.
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

/* 1 when the flow's server acknowledges the flow's SYN. */
static int answers_syn(const hg_flow *flow, const hg_tcp_flow *tcp, const hg_packet *packet)
{
    return !hg_is_from_client(flow, packet) && hg_be32(packet->tcp + TCP_ACK_AT) == tcp->client_seq + 1;
}

/* 1 when the packet is the SYN+ACK that answers the flow's SYN, or a repetition of that SYN. An attacker can forge both
 * without seeing any packet. */
static int is_of_handshake(const hg_flow *flow, const hg_tcp_flow *tcp, const hg_packet *packet)
{
    if (packet->type == HG_SYN)
        return hg_is_from_client(flow, packet) && packet->seq == tcp->client_seq;
    return packet->type == (HG_SYN | HG_ACK) && answers_syn(flow, tcp, packet);
}

/* 1 when the packet follows from the flow's SYN: it is a repetition of that SYN, the server's answer, or the client's
 * next segment. */
static int follows_syn(const hg_flow *flow, const hg_tcp_flow *tcp, const hg_packet *packet)
{
    if (packet->type != HG_SYN && ((packet->type & HG_ACK) == 0 || flow->state != HG_SYN_SENT))
        return 0;
    return is_of_handshake(flow, tcp, packet) ||
           (packet->type != HG_SYN && hg_is_from_client(flow, packet) && packet->seq == tcp->client_seq + 1);
}

/* 1 when the client acknowledges the server's answer. */
static int is_continuation(const hg_flow *flow, const hg_tcp_flow *tcp, const hg_packet *packet)
{
    return flow->state == HG_SYN_RECEIVED && (packet->type & (HG_ACK | HG_SYN)) == HG_ACK &&
           hg_is_from_client(flow, packet) && packet->seq == tcp->client_seq + 1 &&
           hg_be32(packet->tcp + TCP_ACK_AT) == tcp->server_next;
}

/* Returns `one`, to which the packet belongs, and ends the other flow, except on a SYN, which anyone can send. */
static hg_flow *end_other(hg_conversations *c, hg_flow *one, hg_flow *other, const hg_packet *packet)
{
    if (packet->type == HG_SYN)
        return one;
    hg_conversations_replace(c, other);
    return one;
}

__attribute__((cold)) hg_flow *hg_conversations_choose(hg_conversations *c, hg_flow *flow, const hg_packet *packet)
{
    hg_flow *other = c->flows.records + flow->rival;
    hg_flow *later = other->first_packet > flow->first_packet ? other : flow, *earlier = later == flow ? other : flow;
    const hg_tcp_flow *before = c->tcp_flows + hg_flow_index(&c->flows, earlier);
    const hg_tcp_flow *after = c->tcp_flows + hg_flow_index(&c->flows, later);
    if (hg_flow_has_both_sides(earlier) && earlier->state != HG_FINISHED && hg_needs_segments(&c->requirements)) {
        if (is_continuation(later, after, packet))
            return end_other(c, later, earlier, packet);
        return is_of_handshake(later, after, packet) ? later : earlier;
    }
    if (follows_syn(later, after, packet))
        return end_other(c, later, earlier, packet);
    if (hg_is_unanswered(earlier, before)) {
        if (follows_syn(earlier, before, packet))
            return end_other(c, earlier, later, packet);
        /* The sender of a SYN may also have forged its refusal, so a refusal does not end the other flow. */
        const int is_refusal = packet->type == (HG_RST | HG_ACK) && answers_syn(earlier, before, packet);
        const int is_earlier = packet->type == HG_SYN || is_refusal;
        return is_earlier ? earlier : later; /* without other evidence the packet belongs to the later flow */
    }
    if (earlier->state == HG_FINISHED && packet->type == (HG_SYN | HG_ACK))
        return end_other(c, later, earlier, packet);
    return earlier;
}
