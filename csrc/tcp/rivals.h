/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * rivals.h - to which of two flows on the same ports a packet belongs.
 */
#ifndef HG_TCP_RIVALS_H
#define HG_TCP_RIVALS_H

#include "base/bytes.h"
#include "packet/tcp.h"
#include "tcp/conversation.h"

/* 1 when the packet is one that the flow's SYN asks for: that SYN again, its server's answer, or its client's next
 * segment. */
static inline int hg_is_asked_for(const hg_flow *flow, const hg_tcp_flow *tcp, const hg_packet *packet)
{
    const int from_client = hg_is_from_client(flow, packet);
    const uint32_t begin = tcp->client_seq + 1;
    if (packet->type == HG_SYN)
        return from_client && packet->seq == tcp->client_seq;
    if ((packet->type & HG_ACK) == 0 || flow->state != HG_SYN_SENT)
        return 0;
    if (from_client)
        return packet->seq == begin;
    return hg_be32(packet->tcp + TCP_ACK_AT) == begin && hg_is_handshake(packet);
}

/* 1 when the server refuses the flow's SYN. Whoever sent that may have sent this: it ends no other flow. */
static inline int hg_is_refusal(const hg_flow *flow, const hg_tcp_flow *tcp, const hg_packet *packet)
{
    return packet->type == (HG_RST | HG_ACK) && !hg_is_from_client(flow, packet) &&
           hg_be32(packet->tcp + TCP_ACK_AT) == tcp->client_seq + 1;
}

/* 1 when the packet is the SYN+ACK that the flow's SYN asks for, or that SYN again. Nobody needs to see either to send it. */
static inline int hg_is_of_handshake(const hg_flow *flow, const hg_tcp_flow *tcp, const hg_packet *packet)
{
    const int from_client = hg_is_from_client(flow, packet);
    if (packet->type == HG_SYN)
        return from_client && packet->seq == tcp->client_seq;
    return packet->type == (HG_SYN | HG_ACK) && !from_client && hg_be32(packet->tcp + TCP_ACK_AT) == tcp->client_seq + 1;
}

/* 1 when the client acknowledges the server's answer. */
static inline int hg_is_continuation(const hg_flow *flow, const hg_tcp_flow *tcp, const hg_packet *packet)
{
    return flow->state == HG_SYN_RECEIVED && (packet->type & (HG_ACK | HG_SYN)) == HG_ACK &&
           hg_is_from_client(flow, packet) && packet->seq == tcp->client_seq + 1 &&
           hg_be32(packet->tcp + TCP_ACK_AT) == tcp->server_next;
}

#endif
