/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * conversation.h - finds the role of a packet in its conversation, and the events that follow from it.
 *
 * This stage needs the packets in order. All stages before it look at single packets.
 */
#pragma once

#include "flow/flows.h"
#include "flow/reach.h"
#include "packet/parse.h"
#include "tcp/matcher.h"
#include "tcp/uptime.h"

/* The most events of one packet: handshake, MTU, uptime. */
enum { HG_MOST_ROWS_A_PACKET = 3 };

/* The events of a packet. Their rows are written later (write.h). */
typedef struct hg_outcome {
    uint64_t flow;   /* number of the first packet of its flow */
    uint32_t packet; /* index of the packet in the block; set by the caller */
    uint8_t events;  /* a bit 1 << hg_event for each event; 0: none */
    uint8_t from_server;
    uint8_t syn_seen; /* hg_flow.syn_seen, for a SYN or SYN+ACK */
    uint8_t scope; /* hg_scope of an uptime event */
} hg_outcome;

/* The TCP reader's events are the first of hg_event. HG_EVENT_SETS: the number of possible values of `events`. */
enum { HG_TCP_EVENTS = HG_EVENT_SERVER_UPTIME + 1, HG_EVENT_SETS = 1 << HG_TCP_EVENTS };

/* The TCP reader's data about a flow. The next sequence numbers advance only with packets in sequence, as in p0f,
 * because they decide which packets give uptimes. */
typedef struct hg_tcp_flow {
    uint32_t client_seq; /* sequence number of the SYN */
    uint32_t client_next; /* next sequence number of the client */
    uint32_t server_next;
    uint16_t client_mss;
    uint8_t client_clock; /* hg_clock */
    uint8_t server_clock;
} hg_tcp_flow;

_Static_assert(sizeof(hg_tcp_flow) == 16, "four of them share a cache line");

/* `ended` (may be NULL) is called when a connection ends with a FIN or RST, and when another flow replaces its flow; so
 * it may be called twice for one flow. */
typedef struct hg_end_listener {
    void (*ended)(void *state, const hg_flow *flow, int64_t time_ns);
    void *state;
} hg_end_listener;

/* A connection that ended: its ends take no data until a new handshake. */
typedef struct hg_ended {
    uint32_t hash;   /* of its ends */
    uint32_t time; /* of its end, in units of 2^30 ns; wraps around */
} hg_ended;

/* The latest ones of each slot, newest first, by the low bits of their hash, which has a random key: with one for each
 * slot, rows would differ from run to run. */
enum { HG_ENDED_IN_SLOT = 4, HG_ENDED_CONNECTIONS = HG_ENDED_IN_SLOT << 12 };

typedef struct hg_conversations {
    hg_flows flows;
    hg_tcp_flow *tcp_flows; /* indexed like the flows */
    hg_ended *ended;        /* HG_ENDED_CONNECTIONS; NULL: no reader of streams needs it */
    hg_clocks clocks;
    const hg_database *database; /* or NULL */
    uint64_t first_number;       /* number of the first packet of the current block */
    hg_requirements requirements; /* of all readers; `segments` is always 0 (blocks/converse.c) */
    uint8_t reported; /* bits of the events that are reported; 0: none, because only other readers are switched on */
    hg_end_listener ends;
    hg_batch *batch; /* receives completions, with room for one per packet; or NULL */
} hg_conversations;

/* `requirements` has the needs of all readers. `database` (may be NULL) and `stats` are borrowed. */
hg_status hg_conversations_init(hg_conversations *conversations, const hg_config *config, const hg_database *database,
                                const hg_requirements *requirements, hg_stats *stats, hg_error *error);
void hg_conversations_clear(hg_conversations *conversations);
/* Forgets all flows and hosts. */
void hg_conversations_reset(hg_conversations *conversations);
/* Opens a flow for a packet of a connection whose handshake was not captured. With `from_server` the packet's source is
 * the server. The TCP reader reports nothing about such a flow. NULL: a connection on these addresses and ports ended
 * less than a minute ago. */
hg_flow *hg_conversations_open_later(hg_conversations *conversations, const hg_packet *packet, const hg_frame *frame,
                                     int from_server);

/* These prefetch the memory that a packet will need, as hg_flows_prefetch_head and hg_flows_prefetch_record do. */
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

/* 1 when the flow consists of a SYN only. Then this SYN proves no more than another SYN on the same ports. */
int hg_is_unanswered(const hg_flow *flow, const hg_tcp_flow *tcp);
/* Ends a flow because another one uses its ports. A finished flow is not counted again. */
void hg_conversations_replace(hg_conversations *conversations, hg_flow *flow);
/* Chooses the flow of a packet: `flow` or one of its rivals. A SYN on the ports of the earlier flow opened the later
 * one. All go on, because outsiders can forge whole handshakes: the numbers of each packet decide. */
hg_flow *hg_conversations_choose(hg_conversations *conversations, hg_flow *flow, const hg_packet *packet);
/* Makes room for a new SYN beside `flow` and its rivals: if they are too many, one rival ends. To p0f, the SYNs of
 * the others are new when they come again. */
void hg_conversations_limit_rivals(hg_conversations *conversations, const hg_flow *flow);
/* 1 when the flow's client sent the packet. */
int hg_is_from_client(const hg_flow *flow, const hg_packet *packet);
/* 1 when the server repeats its SYN+ACK to a client that has sent its FIN already: the client's ACK was lost. */
int hg_repeats_answer(hg_conversations *conversations, const hg_flow *flow, const hg_packet *packet);

/* Processes the next packet; `frame` contains it. `handshake` is the result for a SYN or SYN+ACK; a SYN+ACK is matched
 * again if the client's MSS makes a difference. `*uptime` is filled if one of the events is an uptime. */
hg_outcome hg_converse(hg_conversations *conversations, const hg_packet *packet, const hg_frame *frame,
                       hg_handshake *handshake, hg_uptime *uptime);
/* As hg_converse, for a caller that reads streams and has looked up the packet's flow (NULL: none). After a handshake
 * packet, `*flow` is its flow, and `*from_client` is 1 if the client sent it. `stays_open`: the packet is a FIN or RST
 * that ends nothing; only its clock is read. A separate function, so that the compiler
 * can optimise hg_converse for packets whose data is not read. */
hg_outcome hg_converse_in(hg_conversations *conversations, const hg_packet *packet, const hg_frame *frame,
                          hg_flow **flow, int *from_client, int stays_open, hg_handshake *handshake, hg_uptime *uptime);

/* Milliseconds since the epoch, rounded down. The time is first made positive, because dividing negative numbers takes
 * three times as long, and counted in units of 64 ns, so that this does not overflow. */
static inline int64_t hg_floor_ms(int64_t time_ns)
{
    const uint64_t unit = 15625, ms = (UINT64_C(1) << 57) / unit + 1; /* 64 ns, and ms that make it positive */
    uint64_t positive = ((uint64_t)time_ns ^ UINT64_C(1) << 63) >> 6;
    return (int64_t)((positive + ms * unit - (UINT64_C(1) << 57)) / unit - ms);
}

/* 1 when a segment in sequence may show the uptime of its sender. */
static inline int hg_may_show_uptime(const hg_conversations *c, const hg_packet *packet, int64_t time_ns, int server)
{
    const hg_host *host = hg_clocks_find(&c->clocks, packet);
    return host != NULL && hg_uptime_is_due(hg_host_reference(host, server), hg_floor_ms(time_ns));
}

/* The short way for most packets: an ACK that only continues its established flow. 0: hg_converse_in must process
 * it. */
static inline int hg_conversations_pass(hg_conversations *c, hg_flow *flow, hg_index index, const hg_packet *packet,
                                        int64_t time_ns, int from_client)
{
    if (packet->type != HG_ACK || flow->state != HG_ESTABLISHED)
        return 0;
    hg_tcp_flow *tcp = c->tcp_flows + index;
    uint32_t *next = from_client ? &tcp->client_next : &tcp->server_next;
    if (packet->seq == *next) {
        const uint8_t clock = from_client ? tcp->client_clock : tcp->server_clock;
        if (clock == HG_CLOCK_OPEN && hg_may_show_uptime(c, packet, time_ns, !from_client))
            return 0;
        *next += packet->payload;
    }
    hg_flows_touch(&c->flows, flow, time_ns);
    return 1;
}

/* Notes that a connection on the ports of the packet ended. hg_has_ended: 1 when one did within the TIME-WAIT of most
 * systems. */
void hg_note_ended(hg_conversations *c, const hg_packet *packet, int64_t time_ns);
int hg_has_ended(const hg_conversations *c, const hg_packet *packet, int64_t time_ns);

/* ---- conversations as bytes: flows, and the TCP reader's data about flows and hosts (state.c) ---------
 *
 *     flows       flow/flows.h
 *     header      sizes
 *     tcp flows   in the order of the flows
 *     hosts       the end of their list, then all used records
 */
void hg_conversations_transfer(hg_conversations *conversations, hg_saved *saved);
