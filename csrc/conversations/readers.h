/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * readers.h - the stream readers that are switched on, and how packets reach them.
 */
#pragma once

#include "flow/reader.h"
#include "greetings/reader.h"
#include "packet/sender.h"
#include "tcp/conversation.h"

enum { HG_MOST_READERS = 15 };

/* In hg_rest.pending: a message before the protocol proper set hg_readers.proxied or .tds, which the reader with this
 * number reports. */
enum { HG_READER_PROXIED = HG_MOST_READERS };

/* In hg_readers.done: a reader reported an event. */
enum { HG_HAS_FOUND = 1 << HG_MOST_READERS };

/* All stream readers; the list ends with NULL. */
extern const hg_reader *const hg_readers_list[];

/* HG_LATE: doubtful bytes of the packet's receiver, which the packet acknowledges. HG_NEVER: no packet did, and
 * `packet` of hg_waiting stands for it. HG_RIVALS: doubtful bytes of the packet's sender, whose own ones differ.
 * HG_DOUBTED_BEFORE, of an event: its bytes have anomalies. */
typedef enum hg_lateness { HG_IN_TIME = 0, HG_LATE, HG_NEVER, HG_RIVALS, HG_DOUBTED_BEFORE } hg_lateness;

/* Bytes that no packet acknowledged, while they are read. */
typedef struct hg_waiting {
    hg_packet packet; /* as their acknowledgement would have been, without options */
    hg_frame frame;
    hg_sent sent;
} hg_waiting;

/* The bytes of a packet that readers have to examine again, because they may hold more events. */
typedef struct hg_rest {
    const hg_packet *packet;
    hg_bytes bytes;
    hg_index flow;
    uint8_t from_server;
    uint32_t length; /* of the segment's data */
    uint16_t pending; /* readers to call again, one bit each; 0: there is no rest */
    uint16_t resumes; /* readers that need the other direction again, one bit each */
    uint8_t is_late; /* hg_lateness */
    uint32_t begin; /* of HG_RIVALS: the number of the direction's first byte */
    int32_t needed; /* the first byte that readers still need after their latest call, relative to the end of `bytes` */
    int32_t later; /* the first byte that the other readers need, as `needed` */
    uint16_t first; /* the readers that need the byte `needed`, if it is not 0; one bit each */
    uint16_t ahead; /* the readers that get only the `last` of the bytes, one bit each */
    hg_bytes last;
} hg_rest;

/* Options that both ends must agree on in the handshake. HG_SIGNATURES: the MD5 option (RFC 2385) or TCP-AO (RFC
 * 5925). HG_IP_OPTIONS: hg_has_ip_options. HG_STAMPED, of the client: a later packet had the agreed timestamp.
 * HG_ECHOED, of the client: the server received the end of the handshake, as far as timestamps show. HG_ANSWERED_AGAIN,
 * of the server: its SYN+ACK was repeated. HG_MISECHOED, of the client: data that the server may refuse came before the
 * end of the handshake. HG_BROKEN, of the client: before that, it sent a SYN with a number behind the first one. */
typedef enum hg_agreed {
    HG_TIMESTAMPS = 1,
    HG_SIGNATURES = 2,
    HG_IP_OPTIONS = 4,
    HG_STAMPED = 8,
    HG_ECHOED = 16,
    HG_ANSWERED_AGAIN = 32,
    HG_MISECHOED = 64,
    HG_BROKEN = 128
} hg_agreed;

/* HG_NO_HOPS and HG_ANY_OPTIONS: hg_flow_notes.hops and .usual if the handshake does not show them. HG_SIGNED_OPTIONS:
 * .usual if it has a signature. HG_MOST_DISTANCE: the greatest plausible distance.
 * HG_FEW_HOPS: with fewer left, a packet without known distances is doubtful; controllers of Siemens begin with 30. */
enum {
    HG_NO_HOPS = 1,
    HG_FEW_HOPS = 30,
    HG_MOST_DISTANCE = 32,
    HG_TIMESTAMP_OPTIONS = 12,
    HG_SIGNED_OPTIONS = UINT8_MAX - 1,
    HG_ANY_OPTIONS = UINT8_MAX
};

/* A segment with one hop more left surely reaches its receiver, even if routes differ. */
enum { HG_ROUTES_DIFFER = 2, HG_MANY_HOPS = HG_MOST_DISTANCE + HG_ROUTES_DIFFER };

/* Notes about a flow's handshake. */
typedef struct hg_flow_notes {
    hg_client_matches matches;
    uint32_t recent[2]; /* the latest timestamps of client and server that the other side received; 0: none */
    uint8_t options[2]; /* of SYN and SYN+ACK: bits of hg_agreed */
    /* bytes of options in later segments: 0; HG_TIMESTAMP_OPTIONS; HG_SIGNED_OPTIONS; HG_ANY_OPTIONS */
    uint8_t usual;
    uint8_t hops[2]; /* TTL of SYN and SYN+ACK; HG_NO_HOPS: not captured */
    uint8_t few; /* bit 0 for the client, 1 for the server: few hops left make its packets doubtful */
    uint16_t unwanted; /* a bit for each reader that did not want the client's first bytes */
    uint16_t expects; /* a bit for each reader that wants them, whatever they are, because the server spoke first */
    uint8_t preambles; /* as `seen` of hg_skipping */
    uint8_t waits; /* bit 0 for the client, 1 for the server: the kept bytes may begin a message before the protocol */
    uint8_t greets; /* 1: doubtful bytes of the server came before the client's first bytes */
    uint16_t ahead[2]; /* by direction, a bit for each reader that needs kept bytes only from the offset `later` on */
    uint32_t later[2];
    uint32_t answered; /* the timestamp of the latest SYN+ACK, if it was repeated */
    uint8_t zero[16];
} hg_flow_notes;

_Static_assert(sizeof(hg_flow_notes) == 64, "notes are as large as a cache line");

typedef struct hg_awaiting hg_awaiting;

/* The begin of a segment in IP fragments: the numbers and ports of its header. */
typedef struct hg_torn {
    uint32_t hash; /* of its flow; 0: none */
    uint32_t seq;
    uint16_t source_port;
    uint8_t is_syn; /* 0: as far as its first fragment shows */
    uint8_t zero;
} hg_torn;

enum { HG_TORN_FLOWS = 256 };

typedef struct hg_readers {
    const hg_filter *filter; /* borrowed, or NULL */
    const hg_reader *readers[HG_MOST_READERS + 1];
    void *states[HG_MOST_READERS + 1];
    hg_event_values proxied; /* the row of the latest PROXY header */
    hg_tds_answer tds; /* the latest answer */
    uint32_t count;
    uint16_t all; /* a bit for each reader */
    uint16_t seekers; /* the readers with `seeks`, one bit each */
    uint16_t wants_zeros; /* the readers with `wants_zeros`, one bit each */
    uint32_t seeks; /* the largest `seeks` of all readers */
    uint32_t most_text; /* the most text bytes that one packet adds to a batch */
    uint8_t looks[UINT8_MAX + 1]; /* the number, from 1, of the reader that looks at data with this first byte; or 0 */
    const hg_look *look; /* at the current packet, or NULL */
    uint32_t looks_used; /* how many looks readers used */
    uint16_t wants[HG_PLACES][UINT8_MAX + 1]; /* the readers that want bytes in this place, by the first byte */
    hg_streams streams;
    hg_flow_notes *notes; /* by flow */
    hg_reach *reaches; /* by direction, as in streams; valid for flows that are not fresh, if HG_REACHED is set */
    uint16_t *done; /* by direction, as in streams: a bit for each reader that needs no more bytes, and HG_HAS_FOUND */
    hg_rest rest;
    hg_awaiting *waits; /* at the end: the directions whose bytes wait; NULL: not listed */
    uint32_t wait_count;
    uint32_t next_wait;
    uint32_t anomalies; /* of the latest segment */
    uint32_t torn_next; /* how many segments `torn` has had, of which the latest are kept */
    hg_torn torn[HG_TORN_FLOWS]; /* of flows without data */
} hg_readers;

/* Creates the active readers that need bytes; does nothing if there are none. `flows` is the table of the
 * conversations, which then reports when flows end. */
hg_status hg_readers_init(hg_readers *readers, const hg_config *config, const hg_requirements *requirements,
                          hg_flows *flows, hg_stats *stats, hg_error *error);
void hg_readers_clear(hg_readers *readers);
void hg_readers_reset(hg_readers *readers);

/* An event that a reader reports. */
typedef struct hg_reader_event {
    hg_event_values values;
    /* writes the values into the reader's columns */
    void (*write)(const hg_columns *columns, uint32_t at, uint32_t row, const hg_event_values *values);
    uint64_t flow;
    uint32_t packet; /* its index in the block */
    uint8_t event;
    uint8_t from_server;
    uint8_t scope; /* hg_scope */
    uint8_t is_late; /* hg_lateness */
    uint32_t anomalies; /* of its bytes, unless `is_late` is 0 */
} hg_reader_event;

/* 1 when the packet may have more events than were reported so far. */
static inline int hg_readers_has_rest(const hg_readers *readers, const hg_packet *packet)
{
    return readers->rest.pending != 0 && readers->rest.packet == packet;
}

/* As hg_readers_has_rest, for doubtful bytes that the packet acknowledges. */
static inline int hg_readers_has_late(const hg_readers *readers, const hg_packet *packet)
{
    return hg_readers_has_rest(readers, packet) && readers->rest.is_late;
}

/* If a packet has a rest, stops reading its direction, because the caller will not pass the packet again. */
void hg_readers_give_up_rest(hg_readers *readers);

/* Forgets the matches with the old database. Called when the database changes. */
void hg_readers_forget_names(hg_readers *readers, hg_index flows);

/* Notes a SYN or SYN+ACK with many bytes of options, which may include a signature. */
void hg_readers_note_signature(hg_flow_notes *notes, int side, const hg_observation *observation);
/* Notes a SYN or SYN+ACK that repeats the first one of its side, which may have been lost. 1: it is the first SYN+ACK
 * that acknowledges the SYN, so its notes must replace those of a forged one. */
int hg_readers_note_repeated(hg_readers *readers, const hg_conversations *c, hg_flow *flow, const hg_packet *packet,
                             int from_client);
/* Opens the flow of a packet whose data a reader recognises; NULL: no reader does, or the filter refuses it. */
hg_flow *hg_readers_open_later(const hg_readers *readers, hg_conversations *c, const hg_packet *packet,
                               const hg_frame *frame, const uint8_t *data, uint32_t length, int *from_client);
/* Notes and judges the data that opened a flow whose handshake was not captured. */
void hg_readers_note_first(hg_readers *readers, hg_index flow, const hg_packet *packet, const uint8_t *data,
                           uint32_t length, int side);

/* 1 when a packet has IP options or extension headers. */
static inline int hg_has_ip_options(const hg_packet *packet)
{
    return packet->ip[IPV4_IHL_AT] != IPV4_PLAIN &&
           (packet->version == 4 || packet->tcp - packet->ip != HG_IPV6_HEADER);
}

/* Begins the notes of a flow that was opened now: those of an earlier flow at its index say nothing about it. */
static inline void hg_readers_begin_notes(hg_flow_notes *notes)
{
    *notes = (hg_flow_notes){
        .matches = {HG_NOT_SEEN, HG_NOT_SEEN}, .usual = HG_ANY_OPTIONS, .hops = {HG_NO_HOPS, HG_NO_HOPS}};
}

/* Notes the first SYN or SYN+ACK of a side. Readers keep nothing else for a flow before it has data, because most flows
 * in a flood never have any.
 *
 * If the checksums of all of them are wrong although the connection was established, the capture was made on the
 * sending machine, whose network card computes checksums later. Then the checksums of this side's segments prove
 * nothing. */
static inline void hg_readers_note_handshake(hg_readers *readers, const hg_conversations *c, hg_flow *flow,
                                             const hg_packet *packet, int from_client, const hg_handshake *handshake)
{
    enum { LEAST_SIGNED = 24 /* MSS and signature */ };
    const hg_index index = hg_flow_index(&c->flows, flow);
    hg_flow_notes *notes = readers->notes + index;
    const hg_observation *observation = &handshake->observation;
    const int side = !from_client;
    if (from_client || (flow->fresh && !flow->syn_seen))
        hg_readers_begin_notes(notes);
    notes->hops[side] = observation->ttl;
    notes->recent[side] = observation->ts1;
    notes->options[side] =
        (uint8_t)((observation->ts1 != 0 ? HG_TIMESTAMPS : 0) | (hg_has_ip_options(packet) ? HG_IP_OPTIONS : 0));
    flow->marks |= (uint8_t)((packet->checksum == HG_CHECKSUM_WRONG) << side); /* HG_UNCHECKED */
    if (packet->options_length >= LEAST_SIGNED + (observation->ts1 != 0 ? 8 : 0))
        hg_readers_note_signature(notes, side, observation);
    if (from_client) {
        notes->matches.syn = handshake->match.signature;
        return;
    }
    if (hg_be32(packet->tcp + TCP_ACK_AT) == c->tcp_flows[index].client_seq + 1)
        flow->marks |= HG_NUMBERED;
    notes->usual = !flow->syn_seen                                                  ? HG_ANY_OPTIONS
                   : ((notes->options[0] | notes->options[1]) & HG_SIGNATURES) != 0 ? HG_SIGNED_OPTIONS
                   : (notes->options[0] & notes->options[1] & HG_TIMESTAMPS) != 0   ? HG_TIMESTAMP_OPTIONS
                                                                                    : 0;
}

/* HG_ANOMALY(INVALID_ECHO) or 0. Until a server has received the end of the handshake, Linux (from 6.14 on) ignores
 * segments that echo a timestamp that no SYN+ACK had. `is_waiting`: as far as its own packets show, it may not have
 * received it. */
uint32_t hg_readers_judge_echo(const hg_readers *readers, hg_flow *flow, hg_index index, const hg_packet *packet,
                               int is_waiting);
/* Notes whether a client's segment after the handshake has the agreed timestamp: in captures that programs make, none
 * may. */
void hg_readers_note_stamp(const hg_readers *readers, hg_flow *flow, hg_index index, const hg_packet *packet,
                           int from_client);

/* 1: hg_conversations_choose and hg_readers_judge must check the flow's packets first. */
static inline int hg_readers_check_packets(const hg_flow *flow)
{
    return (flow->fresh | (flow->reached & HG_JUDGED)) != 0;
}

/* 1 when the server received the end of the handshake, as far as the client's packets show. */
static inline int hg_has_completed(const hg_flow *flow, const hg_flow_notes *notes)
{
    return (notes->options[0] & HG_ECHOED) != 0 ||
           ((flow->marks & HG_COMPLETED) != 0 && (notes->options[0] & HG_MISECHOED) == 0);
}

/* 1 when a packet has an urgent pointer. */
static inline int hg_is_urgent(const hg_packet *packet)
{
    return (packet->tcp[TCP_FLAGS_AT] & HG_URG) != 0;
}

/* 1 when a packet's acknowledgement is plausible: it does not go back, and covers only bytes that the other side sent
 * (`sent` and `reach` of that direction). A false number would move that side's window. */
static inline int hg_may_acknowledge(const hg_stream *sent, const hg_reach *reach, uint32_t ack)
{
    return sent->state != HG_STREAM_OPEN || ((int32_t)(ack - reach->acked) >= 0 && (int32_t)(ack - sent->next) <= 0);
}

/* ---- which segments their receiver accepts (judge.c; flow/anomaly.h) ---- */

/* 1 when a timestamp is older than the receiver's latest, so that it refuses the segment (RFC 7323, 5.3). Some systems
 * send 0 in the handshake. */
static inline int hg_is_old(const hg_flow_notes *notes, int side, uint32_t timestamp)
{
    return notes->recent[side] != 0 && (int32_t)(notes->recent[side] - timestamp) > 1;
}

/* 1 when a segment of a flow whose handshake is known has the usual options. */
static inline int hg_has_usual_options(const hg_flow_notes *notes, const hg_packet *packet, int side)
{
    if (packet->options_length != notes->usual)
        return 0;
    return packet->options_length == 0 ||
           (hg_has_usual_timestamp(packet) && !hg_is_old(notes, side, hg_be32(hg_tcp_options(packet) + 4)));
}

/* 1 when a segment's checksum is right, as far as its data were captured. Hosts and routers drop packets whose IP
 * header claims more bytes than the frame has, unless the capture cut it, or none, unless they are too many. */
static inline int hg_is_intact(const hg_packet *packet, const hg_frame *frame)
{
    enum { LEAST_UNSTATED = UINT16_MAX - HG_IPV6_HEADER - HG_TCP_HEADER };
    const uint8_t *data;
    const uint32_t captured = hg_packet_data(packet, frame, &data);
    if (captured < packet->payload)
        return frame->captured < frame->wire;
    return hg_checksum_is_right(packet, data) &&
           (hg_be16(packet->ip + (packet->version == 4 ? IPV4_LENGTH_AT : IPV6_LENGTH_AT)) != 0 ||
            captured > LEAST_UNSTATED);
}

/* 1 when a segment with data has usual headers, and a right checksum if readers need the data. Called last: it notes
 * the timestamp, as the receiver of a good segment does (RFC 7323, 4.3). */
static inline int hg_has_usual_headers(hg_readers *readers, const hg_flow *flow, hg_index index,
                                       const hg_packet *packet, const hg_frame *frame, int side)
{
    const hg_stream *stream = hg_stream_of(&readers->streams, index, side);
    hg_flow_notes *notes = readers->notes + index;
    if (notes->usual != HG_ANY_OPTIONS && !hg_has_usual_options(notes, packet, side))
        return 0;
    if (stream->state == HG_STREAM_OPEN && (int32_t)(packet->seq + packet->payload - stream->next) <= 0)
        return 1; /* no reader needs the data */
    if ((flow->marks & HG_UNCHECKED << side) == 0 && !hg_is_intact(packet, frame))
        return 0;
    if (notes->usual == HG_TIMESTAMP_OPTIONS &&
        packet->seq == readers->reaches[2 * (size_t)index + (uint32_t)side].acked)
        notes->recent[side] = hg_be32(hg_tcp_options(packet) + 4);
    return 1;
}

/* 1 when a packet has many hops left, and neither IP options nor extension headers. */
static inline int hg_has_usual_ip(const hg_packet *packet)
{
    return packet->ip[IPV4_IHL_AT] == IPV4_PLAIN
               ? packet->ip[IPV4_TTL_AT] > HG_MANY_HOPS
               : packet->ip[IPV6_HOPS_AT] > HG_MANY_HOPS && !hg_has_ip_options(packet);
}

/* The fast path for most segments of a flow that readers follow. 1: the segment is good, because it is plain, inside
 * known reaches, and has a plausible acknowledgement. 0: hg_readers_judge must decide. */
static inline int hg_readers_take_good(hg_readers *readers, const hg_flow *flow, hg_index index,
                                       const hg_packet *packet, const hg_frame *frame, int from_client)
{
    enum { SPECIAL = HG_HAS_RIVAL | HG_DOUBTED | HG_DOUBTED << 1 };
    const int own = !from_client, other = from_client;
    hg_reach *reaches = readers->reaches + 2 * (size_t)index;
    const uint32_t ack = hg_be32(packet->tcp + TCP_ACK_AT);
    if (packet->type != HG_ACK || (flow->reached & (HG_REACHED_BOTH | SPECIAL)) != HG_REACHED_BOTH ||
        readers->rest.pending != 0 || !hg_has_usual_ip(packet) ||
        ((flow->reached & HG_READ << other) != 0 &&
         !hg_may_acknowledge(hg_stream_of(&readers->streams, index, other), reaches + other, ack)) ||
        ((flow->reached & HG_READ << own) != 0 &&
         (!hg_reach_has_all(reaches + own, packet) ||
          (packet->payload > 0 ? !hg_has_usual_headers(readers, flow, index, packet, frame, own)
                               : hg_is_urgent(packet)))))
        return 0;
    hg_reach_learn(reaches + other, packet, flow->scale[own]);
    return 1;
}

/* 1: no reader needs the data of a good segment. Skips data that continue their direction, if no bytes are kept and no
 * reader that still seeks wants their first byte. */
static inline int hg_readers_skip(hg_readers *readers, const hg_flow *flow, hg_index index, const hg_packet *packet,
                                  const hg_frame *frame, int from_server)
{
    hg_stream *stream = hg_stream_of(&readers->streams, index, from_server);
    const uint16_t done = readers->done[2 * (size_t)index + (uint32_t)from_server];
    const uint8_t *data;
    if (packet->payload == 0 || (flow->reached & HG_READ << from_server) == 0)
        return 1;
    if (packet->seq != stream->next || stream->state != HG_STREAM_OPEN || stream->held != 0 || stream->offset == 0 ||
        stream->offset + packet->payload >= readers->seeks || (done & HG_HAS_FOUND) != 0 ||
        hg_packet_data(packet, frame, &data) != packet->payload || (readers->wants[HG_AT_LATER][data[0]] & ~done) != 0)
        return 0;
    stream->next += packet->payload;
    stream->offset += packet->payload;
    return 1;
}

/* Bits of hg_agreed for the options of a segment; `stamps` become the sender's timestamp and the echoed one. Options
 * with a wrong length count as a signature, because Linux refuses both from 6.7 on. */
uint8_t hg_options_of(const hg_packet *packet, uint32_t stamps[2]);

/* Judges a segment: returns its anomalies; 0: as far as is known, its receiver accepts it. Then its ACK and window, if
 * plausible, update the reach of the other direction, unless the flow is fresh. */
uint32_t hg_readers_judge(hg_readers *readers, hg_conversations *conversations, hg_flow *flow, const hg_packet *packet,
                          const hg_frame *frame, int from_client);
/* The anomalies of the data of a SYN or SYN+ACK. */
static inline uint32_t hg_readers_judge_syn_data(const hg_packet *packet)
{
    return HG_ANOMALY(SYN_DATA) | (packet->checksum == HG_CHECKSUM_WRONG ? HG_ANOMALY(INVALID_CHECKSUM) : 0) |
           (hg_packet_hops(packet) < HG_FEW_HOPS ? HG_ANOMALY(LOW_TTL) : 0);
}
/* Notes the first fragment of a segment (HG_TCP_FRAGMENT). If it has data that its receiver may take, no more of its
 * direction are read, because they may be decoys. */
void hg_readers_note_fragment(hg_readers *readers, hg_conversations *c, const hg_packet *packet, const hg_frame *frame);
/* Ends the reading of a direction of which a segment came in fragments, or notes a SYN that did, when the first data of
 * the flow come. */
void hg_readers_take_torn(hg_readers *readers, const hg_conversations *c, hg_flow *flow, const hg_packet *packet);
/* Begins the server's direction where a SYN+ACK says, unless good data of the server came. Earlier data, and another
 * SYN+ACK, may have been forged. */
void hg_readers_begin_answer(hg_readers *readers, const hg_conversations *c, hg_flow *flow, const hg_packet *packet,
                             int from_client);
/* 1 when a FIN or RST that was not refused ends a connection whose data readers need: a receiver accepts a RST
 * only with the next sequence number (RFC 5961, 3.2), and a FIN only after the bytes before it. */
int hg_readers_is_end(const hg_readers *readers, const hg_conversations *conversations, const hg_flow *flow,
                      const hg_packet *packet, int from_client);

/* 1 when a packet acknowledges doubtful bytes of the other direction. */
static inline int hg_readers_may_confirm(const hg_readers *readers, const hg_flow *flow, hg_index index,
                                         int from_client)
{
    const int other = from_client;
    return __builtin_expect((flow->reached & HG_DOUBTED << other) != 0, 0) &&
           (flow->reached & HG_REACHED << other) != 0 &&
           hg_streams_may_confirm(&readers->streams, index, other,
                                  readers->reaches[2 * (size_t)index + (uint32_t)other].acked);
}

/* Passes the doubtful bytes that `packet` acknowledges to the readers, or the rest of them, as hg_readers_follow
 * does. */
uint32_t hg_readers_confirm(hg_readers *readers, hg_conversations *conversations, const hg_packet *packet,
                            const hg_frame *frame, hg_flow *flow, int from_client, hg_batch *batch,
                            hg_reader_event *found);

/* Passes the doubtful bytes of a direction to the readers although no packet acknowledged them, or the rest of them, as
 * hg_readers_follow does. HG_NEVER: `packet` is that of hg_waiting. HG_RIVALS: it is the next one, and the readers
 * begin anew afterwards. */
uint32_t hg_readers_settle(hg_readers *readers, hg_conversations *conversations, const hg_packet *packet,
                           const hg_frame *frame, hg_lateness is_late, hg_flow *flow, int from_server, hg_batch *batch,
                           hg_reader_event *found);
/* 1 when the data of a good segment differ from a client's first doubtful bytes, so that both are read; or when those
 * are being read. */
int hg_readers_has_rival(const hg_readers *readers, const hg_conversations *c, const hg_flow *flow,
                         const hg_packet *packet, const hg_frame *frame, int from_client);

/* Computes for each direction which sequence numbers its receiver accepts after the handshake. Returns the directions
 * for which the handshake shows this, as bits: 1 the client's, 2 the server's. Both need the server's answer; the
 * server's direction needs the SYN, too. */
uint8_t hg_reaches_of(const hg_flow *flow, const hg_tcp_flow *tcp, hg_reach *reaches);

/* 0: no reader needs the packet. `flow` is the packet's, or NULL. Readers begin to keep state for a fresh flow at its
 * first data; at a FIN, because afterwards the flow's state does not show whether the server answered; and at a
 * client's SYN+ACK, which answers a SYN that crossed its own (RFC 9293, 3.5). */
static inline int hg_readers_want(const hg_readers *readers, const hg_flows *flows, const hg_packet *packet,
                                  const hg_flow *flow, int from_client)
{
    if (flow != NULL && flow->fresh)
        return packet->payload > 0 || (packet->type & HG_FIN) != 0 || hg_is_urgent(packet) ||
               (from_client && packet->type == (HG_SYN | HG_ACK));
    if (flow != NULL && hg_is_handshake(packet))
        return 1;
    if (flow == NULL || (packet->payload == 0 && !hg_is_urgent(packet)))
        return packet->payload > 0;
    return (flow->reached & HG_READ << !from_client) != 0 &&
           hg_stream_of(&readers->streams, hg_flow_index(flows, flow), !from_client)->state < HG_STREAM_STOPPED;
}

/* Passes the data of a packet in `frame` to the readers. `*flow` is the packet's flow; if it is NULL, a flow is
 * opened when a reader recognises the data. `*from_client`: the client sent the packet. Writes the readers' events to
 * `found`, which has room for HG_MOST_READERS, and returns their number. Call it after hg_converse_in for handshakes,
 * when the SYN's signature has been noted, and before hg_converse_in for all other packets, which may end the flow.
 * While hg_readers_has_rest is 1, call it again with the same packet before any other, because there may be more
 * events. */
uint32_t hg_readers_follow(hg_readers *readers, hg_conversations *conversations, const hg_packet *packet,
                           const hg_frame *frame, hg_flow **flow, int *from_client, hg_batch *batch,
                           hg_reader_event *found);

/* Counts a packet that was cut, after its data were passed to the readers, if one of them waits for its missing data.
 * Later packets of the direction do not count: the reader waits for the first one's. */
void hg_readers_count_cut(hg_readers *readers, const hg_flows *flows, const hg_packet *packet, const hg_frame *frame,
                          const hg_flow *flow, int from_server);

/* Ends the reading of a direction at the packet's FIN, unless bytes before it are missing: the receiver accepts no
 * bytes after a FIN. Doubtful bytes after a FIN or RST are not its sender's. */
void hg_readers_end(const hg_readers *readers, hg_flow *flow, hg_index index, const hg_packet *packet, int from_server);
