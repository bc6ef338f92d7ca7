/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * conversation.h - the role of a packet in its conversation, and the events that follow.
 *
 * This is the one stage that needs the packets in order: everything before it looks at one
 * packet alone.
 */
#pragma once

#include "base/saved.h"
#include "flow/flows.h"
#include "flow/reach.h"
#include "packet/parse.h"
#include "packet/frame.h"
#include "tcp/clocks.h"
#include "tcp/matcher.h"
#include "tcp/uptime.h"

/* Events of one packet: handshake, MTU, uptime. */
enum { HG_MOST_ROWS_A_PACKET = 3 };

/* The events of a packet, decided in order; the rows are written later (rows.h). */
typedef struct hg_outcome {
    uint64_t flow;   /* number of the first packet of its flow */
    uint32_t packet; /* its index in the block, for the caller to fill in */
    uint8_t events;  /* which follow from it: bits 1 << hg_event; 0: none */
    uint8_t from_server;
    uint8_t syn_seen; /* of a SYN or SYN+ACK */
    uint8_t scope; /* hg_scope of an uptime */
} hg_outcome;

/* The events of this reader, which are the first, and sets of them, as in `events`. */
enum { HG_TCP_EVENTS = HG_EVENT_SERVER_UPTIME + 1, HG_EVENT_SETS = 1 << HG_TCP_EVENTS };

static inline int hg_has_uptime(const hg_outcome *outcome)
{
    return (outcome->events & (1 << HG_EVENT_CLIENT_UPTIME | 1 << HG_EVENT_SERVER_UPTIME)) != 0;
}

/* What this reader keeps of a flow. Its sequence numbers are p0f's, on which uptimes depend: they
 * continue with packets in order only. */
typedef struct hg_tcp_flow {
    uint32_t client_seq; /* sequence number of the SYN */
    uint32_t client_next;
    uint32_t server_next;
    uint16_t client_mss;
    uint8_t client_clock; /* hg_clock */
    uint8_t server_clock;
} hg_tcp_flow;

_Static_assert(sizeof(hg_tcp_flow) == 16, "four of them share a cache line");

/* Called at the FIN or RST of a connection; `ended` may be NULL. */
typedef struct hg_end_listener {
    void (*ended)(void *state, const hg_flow *flow, int64_t time_ns);
    void *state;
} hg_end_listener;

typedef struct hg_conversations {
    hg_flows flows;
    hg_tcp_flow *tcp_flows; /* by the index of the flow */
    hg_clocks clocks;
    const hg_database *database; /* or NULL */
    uint64_t first_number;       /* of the packets of the current block */
    hg_requirements requirements;
    uint8_t reported; /* events that are, as bits; none where only other readers are switched on */
    hg_end_listener ends;
    hg_batch *batch; /* where completions are noted, with room for one of each packet; or NULL */
} hg_conversations;

/* `requirements` is that of all readers. `database` (or NULL) and `stats` are borrowed. */
hg_status hg_conversations_init(hg_conversations *conversations, const hg_config *config,
                                const hg_database *database, const hg_requirements *requirements, hg_stats *stats,
                                hg_error *error);
void hg_conversations_clear(hg_conversations *conversations);
/* Forgets all flows and hosts. */
void hg_conversations_reset(hg_conversations *conversations);
/* Opens the flow of a packet whose handshake was not captured; its source is the server with
 * `from_server`. The TCP reader reports nothing about it. */
hg_flow *hg_conversations_open_later(hg_conversations *conversations, const hg_packet *packet,
                                     const hg_frame *frame, int from_server);

/* Ask the cache for what a packet will need, as hg_flows_prefetch_head and _record. */
static inline void hg_conversations_prefetch_heads(const hg_conversations *c, const hg_packet *packet)
{
    hg_flows_prefetch_head(&c->flows, packet);
    hg_clocks_prefetch_head(&c->clocks, packet);
}

static inline void hg_conversations_prefetch_records(const hg_conversations *c, const hg_packet *packet)
{
    hg_prefetch_line(c->tcp_flows + hg_flows_prefetch_record(&c->flows, packet));
    hg_clocks_prefetch_record(&c->clocks, packet);
}

/* 1 when nothing followed the flow's SYN: the senders of it and of another one on its ports are unknown. */
static inline int hg_is_unanswered(const hg_flow *flow, const hg_tcp_flow *tcp)
{
    return flow->syn_seen && flow->state == HG_SYN_SENT && tcp->client_next == tcp->client_seq + 1;
}

/* Ends a flow for another one on its ports. One that is finished was counted before. */
void hg_conversations_replace(hg_conversations *conversations, hg_flow *flow);
/* Which of two flows between the same ports the packet belongs to: the one of a SYN that came while another was
 * live, or that other. The latter stays until the SYN is answered or its sender continues. */
hg_flow *hg_conversations_choose(hg_conversations *conversations, hg_flow *flow, const hg_packet *packet);
/* 1 when the packet of a flow is its client's. */
int hg_is_from_client(const hg_flow *flow, const hg_packet *packet);

/* Takes the next packet, which lies in `frame`. `handshake` is that of a SYN or SYN+ACK; the latter's
 * is named again where its client's MSS makes a difference. `*uptime` is filled when one of the
 * events is an uptime. */
hg_outcome hg_converse(hg_conversations *conversations, const hg_packet *packet, const hg_frame *frame,
                       hg_handshake *handshake, hg_uptime *uptime);
/* The same where bytes are read and the packet's flow (or NULL) is at hand. After a handshake `*flow` is the
 * one that it belongs to, and `*from_client` who sent it. Apart for the sake of the other, which the compiler
 * keeps in line with the path of every packet where no bytes are read. */
hg_outcome hg_converse_in(hg_conversations *conversations, const hg_packet *packet, const hg_frame *frame,
                          hg_flow **flow, int *from_client, hg_handshake *handshake, hg_uptime *uptime);

/* ---- conversations as bytes: flows, and the TCP reader's data about flows and hosts (state.c) ---------
 *
 *     flows       flow/flows.h
 *     header      sizes
 *     tcp flows   by the index of the flow
 *     hosts       records ever used, the end of the list first
 */
void hg_conversations_transfer(hg_conversations *conversations, hg_saved *saved);
