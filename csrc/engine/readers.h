/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * readers.h - the stream readers that are switched on, and how packets reach them.
 */
#pragma once

#include "flow/reader.h"
#include "packet/tcp.h"
#include "packet/parse.h"
#include "tcp/conversation.h"

enum { HG_MOST_READERS = 8 };

/* All readers of bytes that there are, ended by NULL. */
extern const hg_reader *const hg_readers_list[];

/* A packet's bytes that readers have not looked at to the end: they may hold further events. */
typedef struct hg_rest {
    const hg_packet *packet;
    hg_bytes bytes;
    hg_index flow;
    uint8_t from_server;
    uint32_t length; /* of the segment */
    uint8_t asked; /* readers that are asked again, a bit each; 0: there is no rest */
    int32_t ahead; /* where those that were asked go on, from the end of the bytes on */
} hg_rest;

/* What is noted of a flow's handshake. */
typedef struct hg_flow_notes {
    hg_client_matches matches;
    uint8_t hops[2]; /* that SYN and SYN+ACK had left; 1: not captured. Fewer may not lead to the receiver */
} hg_flow_notes;

typedef struct hg_readers {
    const hg_filter *filter; /* borrowed, or NULL */
    const hg_reader *readers[HG_MOST_READERS];
    void *states[HG_MOST_READERS];
    uint32_t count;
    uint32_t most_text; /* that one packet adds to a batch */
    hg_streams streams;
    hg_flow_notes *notes; /* by flow */
    hg_reach *reaches; /* by direction, as in streams; of flows that are not fresh, where their `reached` says so */
    uint8_t *done; /* by direction, as in streams: a bit for each reader that needs nothing more */
    hg_rest rest;
} hg_readers;

/* Makes those that need bytes; nothing when there are none. `flows` is that of the conversations,
 * which then says when flows end. */
hg_status hg_readers_init(hg_readers *readers, const hg_config *config, const hg_requirements *requirements,
                          hg_flows *flows, hg_stats *stats, hg_error *error);
void hg_readers_clear(hg_readers *readers);
void hg_readers_reset(hg_readers *readers);

/* What readers remember of flows with an index below `flows`; contract of hg_streams_transfer. Nothing without readers of
 * bytes. */
void hg_readers_transfer(hg_readers *readers, hg_index flows, hg_saved *saved);

/* An event that a reader reports. */
typedef struct hg_reader_event {
    hg_finding finding;
    void (*write)(const hg_columns *columns, uint32_t at, uint32_t row, const hg_finding *finding); /* its reader's */
    uint64_t flow;
    uint32_t packet; /* its index in the block */
    uint8_t event;
    uint8_t from_server;
    uint8_t scope; /* hg_scope */
} hg_reader_event;

/* 1 when events of the packet were reported, and there may be more. */
static inline int hg_readers_has_rest(const hg_readers *readers, const hg_packet *packet)
{
    return readers->rest.asked != 0 && readers->rest.packet == packet;
}

/* Stops reading the direction of the packet that has a rest, if one has: the packet is not given again. */
void hg_readers_give_up_rest(hg_readers *readers);

/* The signatures are exchanged: matches of the old ones are forgotten. */
void hg_readers_forget_names(hg_readers *readers, hg_index flows);

/* Notes the first SYN or SYN+ACK of its side. Nothing else is kept of a flow before it has data: most of a flood's
 * never have any. */
static inline void hg_readers_note_handshake(hg_readers *readers, hg_index flow, int from_client,
                                             const hg_handshake *handshake)
{
    hg_flow_notes *notes = readers->notes + flow;
    const uint8_t hops = handshake->observation.ttl;
    if (!from_client) {
        notes->hops[1] = hops;
        return;
    }
    notes->hops[0] = hops;
    notes->matches.syn = handshake->match.signature;
}

/* Takes note of the checksum of a SYN or SYN+ACK, the `is_first` of its side or one more. The receiver took one of
 * them. If all are wrong, the capture was made on the sending machine, whose network card makes the checksums: those
 * of its segments gives nothing. */
static inline void hg_readers_note_checksum(hg_flow *flow, const hg_packet *packet, const hg_frame *frame,
                                            int from_client, int is_first)
{
    const uint8_t side = (uint8_t)(HG_UNCHECKED << !from_client);
    const uint8_t *data = hg_tcp_options(packet) + packet->options_length;
    if (!is_first && (flow->marks & side) == 0)
        return; /* one was right */
    if (packet->payload > 0 && hg_packet_data(packet, frame, &data) != packet->payload)
        return; /* not all of it was captured */
    flow->marks = (uint8_t)(hg_checksum_is_right(packet, data) ? flow->marks & ~side : flow->marks | side);
}

/* 1 when readers of bytes begin to keep state of a fresh flow: with its first data; with a FIN, after which its
 * state no longer shows whether the server answered; and with a client's SYN+ACK, which answers a SYN that crossed
 * its own (RFC 9293, 3.5). */
static inline int hg_readers_begin_with(const hg_packet *packet, int from_client)
{
    return packet->payload > 0 || (packet->type & HG_FIN) != 0 || (from_client && packet->type == (HG_SYN | HG_ACK));
}

/* 1 when a packet of the flow must pass hg_conversations_choose and hg_readers_accept. */
static inline int hg_readers_judge(const hg_flow *flow)
{
    return (flow->fresh | (flow->reached & HG_JUDGED)) != 0;
}

/* 1 when the receiver may accept the segment, as far as is known; then its ACK and window update the other direction's
 * reach. */
int hg_readers_accept(hg_readers *readers, hg_conversations *conversations, hg_flow *flow,
                      const hg_packet *packet, int from_client);

/* The receiver took the doubtful bytes of a direction. */
void hg_readers_trust(hg_readers *readers, hg_flow *flow, hg_index index, int from_server);

/* The directions whose reach follows from the handshake, as bits: the server takes the client's bytes once it has
 * answered, the client those of a server that it asked. */
uint8_t hg_reaches_of(const hg_flow *flow, const hg_tcp_flow *tcp, hg_reach *reaches);

/* 0 when readers need not see the packet. `flow` is the packet's, or NULL. */
static inline int hg_readers_want(const hg_readers *readers, const hg_flows *flows, const hg_packet *packet,
                                  const hg_flow *flow, int from_client)
{
    if (flow != NULL && flow->fresh)
        return hg_readers_begin_with(packet, from_client);
    if (flow != NULL && hg_is_handshake(packet))
        return 1;
    if (flow == NULL || packet->payload == 0)
        return packet->payload > 0;
    return (flow->reached & (HG_READ | HG_DOUBTED) << !from_client) != 0 &&
           hg_stream_wants(hg_stream_of(&readers->streams, hg_flow_index(flows, flow), !from_client), packet->seq);
}

/* Gives a packet's data to the readers. `frame` holds it. `*flow` is that of the packet, or NULL: it is opened
 * where a reader knows the data; `*from_client` says who sent it. Puts what they report into `found`, which has
 * room for HG_MOST_READERS, and returns how many. To be called after hg_converse_in for handshakes, and before
 * hg_converse_in for all others, as these may end the flow; the signature of a new flow's SYN is noted before. While
 * hg_readers_has_rest, the packet is given again, before any other: there may be more than there was room for. */
uint32_t hg_readers_follow(hg_readers *readers, hg_conversations *conversations, const hg_packet *packet,
                           const hg_frame *frame, hg_flow **flow, int *from_client, hg_batch *batch,
                           hg_reader_event *found);

/* ---- who could have sent what a reader found ----
 *
 * scope.c alone decides it; hosts/devices.h and hosts/verdict.h compare scopes. docs/hardening.md states what each
 * scope may change. */

/* The scope of a datagram, or of a frame without IP. */
hg_scope hg_scope_of_datagram(hg_proof proof, const hg_packet *packet, const hg_frame *frame);
/* The scope of bytes of a connection, the last of which came with `packet`. It is proven if its sender acknowledges
 * bytes of the `other` direction: it must have received them. */
hg_scope hg_scope_of_stream(hg_proof proof, const hg_packet *packet, const hg_frame *frame, const hg_stream *other);
