/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * accept.c - which packets their receiver may accept.
 */
#include "engine/readers.h"

/* Used when the receiver's window is not known: the numbers of a FIN or RST must be near the numbers of earlier
 * packets. Other packets pass. */
static int is_near(const hg_flow *flow, const hg_tcp_flow *tcp, const hg_packet *packet, int from_client)
{
    const int32_t behind = 1 << 20, ahead = 1 << 24;
    if ((packet->type & (HG_FIN | HG_RST)) == 0)
        return 1;
    if (!from_client && flow->state == HG_SYN_SENT) {
        const uint32_t acked = hg_be32(packet->tcp + TCP_ACK_AT) - tcp->client_seq - 1;
        return !flow->syn_seen || ((packet->type & HG_ACK) != 0 && acked <= HG_UNSCALED_WINDOW);
    }
    if (from_client && (!flow->syn_seen || flow->fresh))
        return 1; /* a client that receives an answer for an older connection resets it, with the numbers of that answer */
    const int32_t distance = (int32_t)(packet->seq - (from_client ? tcp->client_next : tcp->server_next));
    return distance >= -behind && distance <= ahead;
}

/* 1 when the packet is the SYN+ACK that answers the flow's SYN. */
static int is_answer(const hg_flow *flow, const hg_tcp_flow *tcp, const hg_packet *packet, int from_client)
{
    return hg_is_handshake(packet) && !from_client && flow->syn_seen && flow->state == HG_SYN_RECEIVED &&
           hg_be32(packet->tcp + TCP_ACK_AT) == tcp->client_seq + 1;
}

/* 1 when the data continue the bytes in order. Such data are accepted even outside the window, because the ACKs that open
 * the window may not have been captured. */
static int continues(const hg_readers *readers, hg_index index, const hg_packet *packet, int from_server)
{
    const hg_stream *stream = hg_stream_of(&readers->streams, index, from_server);
    return packet->payload > 0 && stream->state == HG_STREAM_OPEN &&
           stream->next - packet->seq <= packet->payload;
}

/* 1 when the packet's numbers are plausible. Plain segments inside a known reach are accepted without this check. */
static int is_plausible(const hg_conversations *c, const hg_flow *flow, const hg_reach *reach, const hg_packet *packet,
                        int from_client)
{
    if (reach == NULL)
        return is_near(flow, c->tcp_flows + hg_flow_index(&c->flows, flow), packet, from_client);
    const int ends = (packet->type & (HG_FIN | HG_RST)) != 0;
    return ends ? hg_reach_has_end(reach, packet) : hg_reach_has(reach, packet);
}

/* is_plausible for a flow for which readers have no state yet: only the handshake shows what is plausible. */
static int is_first_plausible(hg_conversations *c, hg_flow *flow, const hg_packet *packet, int from_client)
{
    hg_reach reaches[2];
    hg_tcp_flow *tcp = c->tcp_flows + hg_flow_index(&c->flows, flow);
    if (is_answer(flow, tcp, packet, from_client) && tcp->server_next != packet->seq + 1) {
        tcp->server_next = packet->seq + 1; /* an earlier SYN+ACK may have been forged */
        flow->marks |= HG_DISPUTED;
    }
    const int is_reached = hg_reaches_of(flow, tcp, reaches) >> !from_client & HG_REACHED;
    return is_plausible(c, flow, is_reached ? reaches + !from_client : NULL, packet, from_client);
}

static int refuse(hg_stats *stats)
{
    stats->segments_outside_window++;
    return 0;
}

int hg_readers_accept(hg_readers *readers, hg_conversations *c, hg_flow *flow, const hg_packet *packet, int from_client)
{
    if (flow->fresh)
        return is_first_plausible(c, flow, packet, from_client) || refuse(c->flows.stats);
    const hg_index index = hg_flow_index(&c->flows, flow);
    const int own = !from_client, other = from_client;
    hg_reach *reaches = readers->reaches + 2 * (size_t)index;
    const int is_plain = packet->type == HG_ACK && (flow->reached & HG_REACHED_BOTH) == HG_REACHED_BOTH;
    const int is_read = (flow->reached & HG_READ << own) != 0; /* otherwise no reader needs protection */
    if (is_read && (!is_plain || !hg_reach_has(reaches + own, packet))) {
        const int is_reached = flow->reached >> own & HG_REACHED;
        if (!is_plausible(c, flow, is_reached ? reaches + own : NULL, packet, from_client) &&
            !continues(readers, index, packet, own))
            return refuse(c->flows.stats);
    }
    if ((packet->type & HG_ACK) == 0 ||
        ((flow->reached & (HG_READ | HG_REACHED) << other) == (HG_READ | HG_REACHED) << other &&
         !hg_may_acknowledge(hg_stream_of(&readers->streams, index, other), reaches + other,
                             hg_be32(packet->tcp + TCP_ACK_AT))))
        return 1;
    flow->reached |= (uint8_t)(HG_REACHED << other);
    hg_reach_learn(reaches + other, packet, hg_is_handshake(packet) ? 0 : flow->scale[own]);
    if ((flow->reached & HG_DOUBTED << other) != 0 && (int32_t)(reaches[other].acked - reaches[other].doubt) > 0)
        hg_readers_trust(readers, flow, index, other);
    return 1;
}
