/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * readers.h - the stream readers that are switched on, and how packets reach them.
 */
#pragma once

#include "flow/reader.h"
#include "tcp/conversation.h"

enum { HG_MOST_READERS = 7 };

/* In hg_readers.done: a reader reported an event. */
enum { HG_HAS_FOUND = 1 << HG_MOST_READERS };

/* All stream readers; the list ends with NULL. */
extern const hg_reader *const hg_readers_list[];

/* The bytes of a packet that readers have to examine again, because they may hold more events. */
typedef struct hg_rest {
    const hg_packet *packet;
    hg_bytes bytes;
    hg_index flow;
    uint8_t from_server;
    uint32_t length; /* of the segment's data */
    uint8_t pending; /* readers to call again, one bit each; 0: there is no rest */
    int32_t needed; /* the first byte that readers still need after their latest call, relative to the end of `bytes` */
} hg_rest;

/* Notes about a flow's handshake. */
typedef struct hg_flow_notes {
    hg_client_matches matches;
    uint8_t hops[2]; /* TTL of SYN and SYN+ACK; 1: not captured. Packets with a lower TTL may not reach the receiver */
    uint8_t unwanted; /* a bit for each reader that did not want the client's first bytes */
    uint8_t preambles; /* as `seen` of hg_preamble */
} hg_flow_notes;

typedef struct hg_readers {
    const hg_filter *filter; /* borrowed, or NULL */
    const hg_reader *readers[HG_MOST_READERS];
    void *states[HG_MOST_READERS];
    uint32_t count;
    uint8_t all; /* a bit for each reader */
    uint8_t seekers; /* those with `seeks` */
    uint32_t seeks; /* the most of any reader */
    uint32_t most_text; /* the most text bytes that one packet adds to a batch */
    uint8_t wants[HG_PLACES][UINT8_MAX + 1]; /* the readers that want bytes in this place, by the first byte */
    hg_streams streams;
    hg_flow_notes *notes; /* by flow */
    hg_reach *reaches; /* by direction, as in streams; valid for flows that are not fresh, if HG_REACHED is set */
    uint8_t *done; /* by direction, as in streams: a bit for each reader that needs no more bytes, and HG_HAS_FOUND */
    hg_rest rest;
} hg_readers;

/* Creates the active readers that need bytes; does nothing if there are none. `flows` is the table of the
 * conversations, which then reports when flows end. */
hg_status hg_readers_init(hg_readers *readers, const hg_config *config, const hg_requirements *requirements,
                          hg_flows *flows, hg_stats *stats, hg_error *error);
void hg_readers_clear(hg_readers *readers);
void hg_readers_reset(hg_readers *readers);

/* Saves or loads the readers' state of flows with an index below `flows`, with the contract of hg_streams_transfer. It
 * does nothing without stream readers. */
void hg_readers_transfer(hg_readers *readers, hg_index flows, hg_saved *saved);

/* An event that a reader reports. */
typedef struct hg_reader_event {
    hg_finding finding;
    /* writes the finding into the reader's columns */
    void (*write)(const hg_columns *columns, uint32_t at, uint32_t row, const hg_finding *finding);
    uint64_t flow;
    uint32_t packet; /* its index in the block */
    uint8_t event;
    uint8_t from_server;
    uint8_t scope; /* hg_scope */
} hg_reader_event;

/* 1 when the packet may have more events than were reported so far. */
static inline int hg_readers_has_rest(const hg_readers *readers, const hg_packet *packet)
{
    return readers->rest.pending != 0 && readers->rest.packet == packet;
}

/* If a packet has a rest, stops reading its direction, because the caller will not pass the packet again. */
void hg_readers_give_up_rest(hg_readers *readers);

/* Forgets the matches with the old database. Called when the database changes. */
void hg_readers_forget_names(hg_readers *readers, hg_index flows);

/* Notes the first SYN or SYN+ACK of a side. Readers keep nothing else for a flow before it has data, because most flows
 * in a flood never have any. */
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

/* Computes hg_packet.checksum of a SYN or SYN+ACK. */
static inline hg_checksum hg_readers_checksum_of(const hg_packet *packet, const hg_frame *frame)
{
    const uint8_t *data = hg_tcp_options(packet) + packet->options_length;
    if (packet->payload > 0 && hg_packet_data(packet, frame, &data) != packet->payload)
        return HG_CHECKSUM_UNKNOWN;
    return hg_checksum_is_right(packet, data) ? HG_CHECKSUM_RIGHT : HG_CHECKSUM_WRONG;
}

/* Notes whether the checksum of a SYN or SYN+ACK is right. `is_first`: it is the first one of its side; the others repeat
 * it. If all of them are wrong although the connection was established, the capture was made on the sending machine, whose
 * network card computes checksums later. Then the checksums of this side's segments prove nothing. */
static inline void hg_readers_note_checksum(hg_flow *flow, const hg_packet *packet, int from_client, int is_first)
{
    const uint8_t side = (uint8_t)(HG_UNCHECKED << !from_client);
    if (!is_first && (flow->marks & side) == 0)
        return; /* an earlier checksum was right */
    if (packet->checksum != HG_CHECKSUM_UNKNOWN)
        flow->marks = (uint8_t)(packet->checksum == HG_CHECKSUM_RIGHT ? flow->marks & ~side : flow->marks | side);
}

/* 1: hg_conversations_choose and hg_readers_accept must check the flow's packets first. */
static inline int hg_readers_check_packets(const hg_flow *flow)
{
    return (flow->fresh | (flow->reached & HG_JUDGED)) != 0;
}

/* 1: readers have or will have state of the flow that its packets may change. */
static inline int hg_readers_follow_flow(const hg_flow *flow)
{
    return (flow->fresh | (flow->reached & (HG_JUDGED | HG_DOUBTED | HG_DOUBTED << 1))) != 0;
}

/* 1 when a packet's acknowledgement is plausible: it covers bytes that the other side `sent`, which the receiver has
 * `reach` of, and does not go back. A false number would move that side's window. */
static inline int hg_may_acknowledge(const hg_stream *sent, const hg_reach *reach, uint32_t ack)
{
    return sent->state != HG_STREAM_OPEN ||
           ((int32_t)(ack - reach->acked) >= 0 && (int32_t)(ack - sent->next) <= HG_REACH_BEHIND / 2);
}

/* The fast path in front of hg_readers_accept, which decides in all other cases: 1 for a plain segment inside known
 * reaches with a plausible acknowledgement. */
static inline int hg_readers_take_good(hg_readers *readers, const hg_flow *flow, hg_index index, const hg_packet *packet,
                                       int from_client)
{
    const int own = !from_client, other = from_client;
    hg_reach *reaches = readers->reaches + 2 * (size_t)index;
    const uint32_t ack = hg_be32(packet->tcp + TCP_ACK_AT);
    if (packet->type != HG_ACK || flow->fresh ||
        (flow->reached & (HG_REACHED_BOTH | HG_DOUBTED << other)) != HG_REACHED_BOTH ||
        ((flow->reached & HG_READ << own) != 0 && !hg_reach_has(reaches + own, packet)) ||
        ((flow->reached & HG_READ << other) != 0 &&
         !hg_may_acknowledge(hg_stream_of(&readers->streams, index, other), reaches + other, ack)))
        return 0;
    hg_reach_learn(reaches + other, packet, flow->scale[own]);
    return 1;
}

/* 1: as far as is known, the receiver may accept the segment. Then its ACK and window, if plausible, update the reach
 * of the other direction, unless the flow is fresh. */
int hg_readers_accept(hg_readers *readers, hg_conversations *conversations, hg_flow *flow,
                      const hg_packet *packet, int from_client);

/* Ends the doubt about a direction's bytes: the receiver acknowledged them, or less doubtful segments confirmed them. */
void hg_readers_trust(hg_readers *readers, hg_flow *flow, hg_index index, int from_server);

/* Computes for each direction which sequence numbers its receiver accepts after the handshake. Returns the directions for
 * which the handshake shows this, as bits: 1 the client's, 2 the server's. Both need the server's answer; the server's
 * direction needs the SYN, too. */
uint8_t hg_reaches_of(const hg_flow *flow, const hg_tcp_flow *tcp, hg_reach *reaches);

/* 0: no reader needs the packet. `flow` is the packet's, or NULL. Readers begin to keep state for a fresh flow at its first
 * data; at a FIN, because afterwards the flow's state does not show whether the server answered; and at a client's
 * SYN+ACK, which answers a SYN that crossed its own (RFC 9293, 3.5). */
static inline int hg_readers_want(const hg_readers *readers, const hg_flows *flows, const hg_packet *packet,
                                  const hg_flow *flow, int from_client)
{
    if (flow != NULL && flow->fresh)
        return packet->payload > 0 || (packet->type & HG_FIN) != 0 ||
               (from_client && packet->type == (HG_SYN | HG_ACK));
    if (flow != NULL && hg_is_handshake(packet))
        return 1;
    if (flow == NULL || packet->payload == 0)
        return packet->payload > 0;
    return (flow->reached & (HG_READ | HG_DOUBTED) << !from_client) != 0 &&
           hg_stream_wants(hg_stream_of(&readers->streams, hg_flow_index(flows, flow), !from_client), packet->seq);
}

/* Passes the data of a packet in `frame` to the readers. `*flow` is the packet's flow; if it is NULL, a flow is
 * opened when a reader recognises the data. `*from_client`: the client sent the packet. Writes the readers' events to
 * `found`, which has room for HG_MOST_READERS, and returns their number. Call it after hg_converse_in for handshakes, when
 * the SYN's signature has been noted, and before hg_converse_in for all other packets, which may end the flow. While
 * hg_readers_has_rest is 1, call it again with the same packet before any other, because there may be more events. */
uint32_t hg_readers_follow(hg_readers *readers, hg_conversations *conversations, const hg_packet *packet,
                           const hg_frame *frame, hg_flow **flow, int *from_client, hg_batch *batch,
                           hg_reader_event *found);

/* ---- scopes (scope.c): who could have sent the bytes of an event ----
 *
 * facts/devices.h and facts/verdict.h compare scopes. docs/hardening.md states what each scope may change. */

/* The scope of a datagram, or of a frame without IP. */
hg_scope hg_scope_of_datagram(hg_proof proof, const hg_packet *packet, const hg_frame *frame);
/* The scope of a connection's bytes that `packet` completed. The sender is proven if it acknowledges bytes of the
 * `other` direction, because it must have received them. */
hg_scope hg_scope_of_stream(hg_proof proof, const hg_packet *packet, const hg_frame *frame, const hg_stream *other);
