/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * judge.c - judges segments: which of them their receiver takes, and for which reason it may not (hg_anomaly). The
 * reason gives the verdict (flow/anomaly.h); the manual has the table, and tests/hardening/test_anomalies.py executes
 * it.
 */
#include "conversations/hops.h"

/* ---- what a segment's own headers show --------------------------------------------------------- */

/* A wrong checksum is no proof that the segment is lost: cards compute checksums after the capture, and merge segments
 * before it. So its data wait for their acknowledgement. */
static uint32_t judge_checksum(const hg_packet *packet, const hg_frame *frame)
{
    return HG_IF(!hg_is_handshake(packet) && !hg_is_intact(packet, frame), INVALID_CHECKSUM);
}

/* Receivers refuse old timestamps (RFC 7323, 5.3); those that know signatures refuse one that the handshake did not
 * announce, and the lack of one that it did. Of receivers of a segment without the agreed timestamp, FreeBSD refuses it
 * (RFC 7323, 3.2), Linux does not. A RST needs none. */
static uint32_t judge_options(const hg_flow *flow, const hg_flow_notes *notes, const hg_packet *packet, int side)
{
    uint32_t stamps[2] = {0};
    const uint8_t options = hg_options_of(packet, stamps);
    if (!hg_is_shown(flow, notes, side))
        return 0;
    if (((options ^ notes->options[side]) & HG_SIGNATURES) != 0)
        return HG_ANOMALY(SIGNATURE_OPTION);
    if ((packet->type & HG_RST) != 0 || !hg_is_shown(flow, notes, !side) ||
        (notes->options[0] & notes->options[1] & HG_TIMESTAMPS) == 0)
        return 0;
    if ((options & HG_TIMESTAMPS) == 0)
        return HG_IF((notes->options[0] & HG_STAMPED) != 0, NO_TIMESTAMP);
    return HG_IF(hg_is_old(notes, side, stamps[0]), OLD_TIMESTAMP);
}

/* Hosts drop packets with some IP options and extension headers, such as source routes. They take those with a fragment
 * header that are whole (RFC 6946). If a side's handshake has options, its acknowledgements count. */
static uint32_t judge_ip_options(const hg_flow_notes *notes, const hg_packet *packet, int side)
{
    enum { FRAGMENT = 44 };
    if (packet->type == HG_ACK && packet->payload == 0 && (notes->options[side] & HG_IP_OPTIONS) != 0)
        return 0;
    if (packet->version == 4)
        return HG_ANOMALY(IP_OPTIONS);
    const uint8_t *at = packet->ip + HG_IPV6_HEADER;
    for (uint8_t next = packet->ip[IPV6_NEXT_AT]; next == FRAGMENT; at += HG_IPV6_FRAGMENT_HEADER)
        next = at[EXTENSION_NEXT_AT];
    return HG_IF(at != packet->tcp, IP_OPTIONS);
}

/* Judges a segment by its headers. The first SYN and the first SYN+ACK show what the other segments are compared
 * with. */
static uint32_t judge_headers(const hg_readers *readers, const hg_flow *flow, hg_index index, const hg_packet *packet,
                              const hg_frame *frame, int side)
{
    const hg_flow_notes *notes = readers->notes + index;
    if (hg_is_handshake(packet) && !hg_is_shown(flow, notes, side))
        return 0;
    uint32_t found = hg_judge_hops(flow, notes, packet, side);
    const int is_whole = flow->syn_seen && flow->state != HG_SYN_SENT, is_segment = !hg_is_handshake(packet);
    if (is_segment && !(is_whole && hg_has_usual_options(notes, packet, side)))
        found |= judge_options(flow, notes, packet, side);
    if (is_segment && is_whole && hg_has_ip_options(packet))
        found |= judge_ip_options(notes, packet, side);
    if ((found & HG_REFUSING) != 0 || (flow->marks & HG_UNCHECKED << side) != 0)
        return found;
    return found | judge_checksum(packet, frame);
}

/* ---- what the conversation shows -------------------------------------------------------------- */

/* 1 when the packet is the SYN+ACK that answers the flow's SYN. */
static int is_answer(const hg_flow *flow, const hg_tcp_flow *tcp, const hg_packet *packet, int from_client)
{
    return hg_is_handshake(packet) && !from_client && flow->syn_seen && flow->state == HG_SYN_RECEIVED &&
           hg_be32(packet->tcp + TCP_ACK_AT) == tcp->client_seq + 1;
}

/* 1 when the data continue the bytes in order. Such data are accepted even outside the window, because the ACKs that
 * open the window may not have been captured. */
static int continues(const hg_readers *readers, hg_index index, const hg_packet *packet, int from_server)
{
    const hg_stream *stream = hg_stream_of(&readers->streams, index, from_server);
    return packet->payload > 0 && stream->state == HG_STREAM_OPEN && stream->next - packet->seq <= packet->payload;
}

/* 1 when the packet's numbers are plausible. `reach` is NULL as long as it is not known: then the FIN or RST of a
 * server has to acknowledge the SYN, and hg_readers_is_end compares the numbers of others. Plain segments inside a
 * reach are accepted without this check. */
static int is_plausible(const hg_flow *flow, const hg_tcp_flow *tcp, const hg_reach *reach, const hg_packet *packet,
                        int from_client)
{
    const int ends = (packet->type & (HG_FIN | HG_RST)) != 0;
    if (reach != NULL)
        return ends ? hg_reach_has_end(reach, packet) : hg_reach_has(reach, packet);
    return !ends || from_client || !flow->syn_seen || flow->state != HG_SYN_SENT ||
           hg_be32(packet->tcp + TCP_ACK_AT) - tcp->client_seq - 1 <= HG_UNSCALED_WINDOW;
}

/* Sets where the server's direction begins: an earlier SYN+ACK may have been forged, and so may its timestamp. */
static void dispute(const hg_readers *readers, hg_flow *flow, hg_index index, hg_tcp_flow *tcp, const hg_packet *packet)
{
    tcp->server_next = packet->seq + 1;
    readers->notes[index].hops[1] = hg_packet_hops(packet);
    readers->notes[index].recent[1] = 0;
    flow->marks |= HG_DISPUTED;
}

__attribute__((cold)) void hg_readers_begin_answer(hg_readers *readers, const hg_conversations *c, hg_flow *flow,
                                                   const hg_packet *packet, int from_client)
{
    const hg_index index = hg_flow_index(&c->flows, flow);
    hg_tcp_flow *tcp = c->tcp_flows + index;
    hg_stream *client = hg_stream_of(&readers->streams, index, 0), *stream = client + 1;
    if (!is_answer(flow, tcp, packet, from_client))
        return;
    client->in_syn = 0; /* the server did not take the data of the SYN */
    if (!hg_stream_is_unproven(&readers->streams, stream))
        return;
    if (tcp->server_next != packet->seq + 1)
        dispute(readers, flow, index, tcp, packet);
    if (stream->next != packet->seq + 1 || stream->guessed)
        hg_streams_begin_again(&readers->streams, stream, packet->seq + 1);
    flow->reached |= hg_reaches_of(flow, tcp, readers->reaches + 2 * (size_t)index);
}

/* Begins the server's direction at the byte that the client acknowledges first, if different SYN+ACKs answered it. */
static __attribute__((cold, noinline)) void choose_answer(hg_readers *readers, const hg_conversations *c,
                                                          const hg_flow *flow, const hg_packet *packet)
{
    const hg_index index = hg_flow_index(&c->flows, flow);
    hg_tcp_flow *tcp = c->tcp_flows + index;
    hg_stream *stream = hg_stream_of(&readers->streams, index, 1);
    const uint32_t acked = hg_be32(packet->tcp + TCP_ACK_AT);
    if (packet->seq != tcp->client_next || acked == stream->next || !hg_stream_is_unproven(&readers->streams, stream))
        return;
    tcp->server_next = acked;
    hg_streams_begin_again(&readers->streams, stream, acked);
    (void)hg_reaches_of(flow, tcp, readers->reaches + 2 * (size_t)index);
}

/* is_plausible for a flow for which readers have no state yet: only the handshake shows what is plausible. */
static int is_first_plausible(hg_readers *readers, hg_conversations *c, hg_flow *flow, const hg_packet *packet,
                              int from_client)
{
    hg_reach reaches[2];
    const hg_index index = hg_flow_index(&c->flows, flow);
    hg_tcp_flow *tcp = c->tcp_flows + index;
    if (is_answer(flow, tcp, packet, from_client) && tcp->server_next != packet->seq + 1)
        dispute(readers, flow, index, tcp, packet);
    const int is_reached = hg_reaches_of(flow, tcp, reaches) >> !from_client & HG_REACHED;
    return is_plausible(flow, tcp, is_reached ? reaches + !from_client : NULL, packet, from_client);
}

/* 1 when bytes are after the receiver's window, unless the packets that opened it may be missing in the capture. */
static int is_beyond(const hg_reach *reach, const hg_packet *packet)
{
    return (int32_t)(packet->seq + packet->payload - reach->edge) > 0 &&
           reach->edge - reach->acked < HG_UNSCALED_WINDOW;
}

/* How many numbers after the other side's bytes a segment may acknowledge: a FIN that was not captured has one. Data
 * and FINs that acknowledge it wait. */
static uint32_t most_uncaptured(const hg_packet *packet)
{
    return packet->payload == 0 && packet->type == HG_ACK;
}

/* 0 when the first data of a connection acknowledge the other side's SYN or SYN+ACK. */
static uint32_t judge_first_data(const hg_flow *flow, const hg_tcp_flow *tcp, const hg_packet *packet, int from_client)
{
    const uint32_t sent = from_client ? tcp->server_next : tcp->client_seq + 1;
    return HG_IF(flow->syn_seen && (flow->marks & HG_NUMBERED) != 0 && (packet->type & HG_ACK) != 0 &&
                     hg_be32(packet->tcp + TCP_ACK_AT) - sent > most_uncaptured(packet),
                 INVALID_ACK);
}

/* 1 when a client's segment has neither options nor timestamp, or echoes the timestamp of the SYN+ACK. */
static inline int has_usual_echo(const hg_flow_notes *notes, const hg_packet *packet)
{
    return packet->options_length == 0 ||
           (packet->options_length == HG_TIMESTAMP_OPTIONS && hg_has_usual_timestamp(packet) &&
            hg_be32(hg_tcp_options(packet) + 8) == notes->recent[1]);
}

__attribute__((cold, noinline)) uint32_t hg_readers_judge_echo(const hg_readers *readers, hg_flow *flow, hg_index index,
                                                               const hg_packet *packet, int is_waiting)
{
    hg_flow_notes *notes = readers->notes + index;
    uint32_t stamps[2] = {0};
    (void)hg_options_of(packet, stamps);
    const uint32_t latest = (notes->options[1] & HG_ANSWERED_AGAIN) != 0 ? notes->answered : notes->recent[1];
    if (is_waiting && !hg_has_completed(flow, notes) && (flow->marks & HG_NUMBERED) != 0 && flow->syn_seen &&
        notes->recent[1] != 0 && (notes->options[0] & notes->options[1] & HG_TIMESTAMPS) != 0 && stamps[1] != 0 &&
        stamps[1] - notes->recent[1] > latest - notes->recent[1]) {
        notes->options[0] |= HG_MISECHOED;
        return HG_ANOMALY(INVALID_ECHO);
    }
    notes->options[0] |= HG_ECHOED;
    if (!flow->fresh && (notes->options[0] & HG_BROKEN) == 0 &&
        !hg_stream_waits(&readers->streams, hg_stream_of(&readers->streams, index, 0)))
        flow->reached &= (uint8_t)~HG_DOUBTED;
    return 0;
}

void hg_readers_note_stamp(const hg_readers *readers, hg_flow *flow, hg_index index, const hg_packet *packet,
                           int from_client)
{
    hg_flow_notes *notes = readers->notes + index;
    if (!from_client || (flow->marks & HG_NUMBERED) == 0)
        return;
    if (notes->usual == HG_TIMESTAMP_OPTIONS && hg_has_usual_timestamp(packet)) {
        notes->options[0] |= HG_STAMPED;
        if (__builtin_expect(hg_be32(hg_tcp_options(packet) + 8) != notes->recent[1], 0))
            (void)hg_readers_judge_echo(readers, flow, index, packet, 1);
    }
}

/* Judges the acknowledgement of a segment: its receiver refuses one of bytes that it did not send, and one that is
 * older than its window or its first byte (RFC 5961, 5.2, and Linux). Some of the bytes may not have been captured.
 * `sent` are the receiver's bytes. */
static uint32_t judge_acknowledgement(const hg_readers *readers, const hg_stream *sent, const hg_reach *reach,
                                      const hg_packet *packet)
{
    const uint32_t ack = hg_be32(packet->tcp + TCP_ACK_AT), window = reach->edge - reach->acked,
                   passed = reach->acked - (sent->next - sent->length - sent->offset);
    const int32_t ahead = (int32_t)(ack - most_uncaptured(packet) - hg_streams_end(&readers->streams, sent)),
                  since_oldest = (int32_t)(ack - reach->acked + (passed < window ? passed : window));
    return HG_IF(sent->state == HG_STREAM_OPEN && (ahead > 0 || since_oldest < 0), INVALID_ACK);
}

/* Takes a good SYN or SYN+ACK in a connection with data. Has readers begin anew if the data came before the server's
 * first SYN+ACK, or before its first one with a right checksum: no client takes those of a server, and a server takes
 * only those that acknowledge its answer. 0: the packet shows nothing, because the connection is established. */
static __attribute__((cold, noinline)) int take_late_handshake(const hg_readers *readers, const hg_conversations *c,
                                                               hg_flow *flow, const hg_packet *packet, int from_client)
{
    const hg_index index = hg_flow_index(&c->flows, flow);
    hg_tcp_flow *tcp = c->tcp_flows + index;
    const hg_stream *client = hg_stream_of(&readers->streams, index, 0), *server = client + 1;
    const uint32_t next = packet->seq + 1, acked = hg_be32(packet->tcp + TCP_ACK_AT);
    const int is_first = flow->syn_seen && flow->state == HG_SYN_SENT;
    const int is_better = (flow->marks & (HG_UNCHECKED << 1 | HG_COMPLETED)) == HG_UNCHECKED << 1;
    const int has_early = ((is_first || is_better) && !hg_stream_is_unproven(&readers->streams, server)) ||
                          (is_first && !hg_stream_is_unproven(&readers->streams, client) && client->next != acked &&
                           tcp->server_next != next);
    /* A FIN without data was forged, or another connection's. */
    const int is_unused =
        is_first && acked == tcp->client_seq + 1 && hg_stream_is_new(client) && hg_stream_is_new(server);
    if ((has_early || is_unused) && !from_client && packet->checksum == HG_CHECKSUM_RIGHT) {
        c->flows.listener.ended(c->flows.listener.state, index);
        flow->fresh = 1;
        tcp->client_next = acked;
        tcp->server_next = next;
    }
    return flow->state != HG_ESTABLISHED;
}

/* Notes the timestamp of a good segment with the byte `next`, as hg_has_usual_headers does for most. */
static inline void note_timestamp(hg_flow_notes *notes, const hg_packet *packet, int own, uint32_t next)
{
    if (packet->payload > 0 && packet->seq == next && notes->usual == HG_TIMESTAMP_OPTIONS &&
        packet->options_length == HG_TIMESTAMP_OPTIONS && hg_has_usual_timestamp(packet))
        notes->recent[own] = hg_be32(hg_tcp_options(packet) + 4);
}

/* Updates what the segment's sender accepts. A false number would move its window, so the numbers of doubtful segments,
 * of bytes that did not arrive, and older ones do not count. */
static void learn(hg_readers *readers, hg_flow *flow, hg_index index, const hg_packet *packet, int own)
{
    const int other = !own;
    hg_reach *reaches = readers->reaches + 2 * (size_t)index, *reach = reaches + other;
    if ((flow->reached & HG_REACHED << own) != 0)
        note_timestamp(readers->notes + index, packet, own, reaches[own].acked);
    const hg_stream *sent = hg_stream_of(&readers->streams, index, other);
    const uint32_t ack = hg_be32(packet->tcp + TCP_ACK_AT);
    if ((flow->reached & (HG_READ | HG_REACHED) << other) == (HG_READ | HG_REACHED) << other &&
        sent->state == HG_STREAM_OPEN &&
        ((int32_t)(ack - reach->acked) < 0 ||
         (int32_t)(ack - hg_streams_end(&readers->streams, sent)) > HG_REACH_BEHIND / 2))
        return;
    flow->reached |= (uint8_t)(HG_REACHED << other);
    hg_reach_learn(reach, packet, hg_is_handshake(packet) ? 0 : flow->scale[own]);
}

/* Judges the first data, or the end, of a flow for which readers have no state yet. `found` are the anomalies of its
 * headers. */
static inline uint32_t judge_fresh(hg_readers *readers, hg_conversations *c, hg_flow *flow, const hg_packet *packet,
                                   int from_client, uint32_t found)
{
    const hg_index index = hg_flow_index(&c->flows, flow);
    const hg_tcp_flow *tcp = c->tcp_flows + index;
    hg_readers_note_stamp(readers, flow, index, packet, from_client);
    if (!is_first_plausible(readers, c, flow, packet, from_client))
        return HG_ANOMALY(OUT_OF_WINDOW);
    found |= judge_first_data(flow, tcp, packet, from_client);
    if (found == 0 && from_client && !has_usual_echo(readers->notes + index, packet))
        found = hg_readers_judge_echo(readers, flow, index, packet, 1);
    if (found == 0 && from_client && (packet->type & (HG_SYN | HG_RST | HG_ACK)) == HG_ACK)
        readers->notes[index].options[0] |= HG_ECHOED;
    if (found == 0)
        note_timestamp(readers->notes + index, packet, !from_client, from_client ? tcp->client_next : tcp->server_next);
    return found;
}

/* Judges a client's segment until the server has received the end of the handshake: the server takes neither the
 * acknowledgement nor the timestamp of one that begins before the first byte, or ends after the window of its SYN+ACK,
 * which no scale widens. After HG_BROKEN, nothing counts until data are acknowledged. */
static uint32_t judge_early(const hg_readers *readers, const hg_flow *flow, hg_index index, const hg_tcp_flow *tcp,
                            const hg_packet *packet)
{
    const int32_t end = (int32_t)(packet->seq + packet->payload - tcp->client_seq);
    const hg_reach *reach = readers->reaches + 2 * (size_t)index;
    const hg_flow_notes *notes = readers->notes + index;
    if ((notes->options[0] & HG_BROKEN) != 0 && !hg_is_handshake(packet) &&
        (flow->fresh || reach->acked == tcp->client_seq + 1))
        return HG_ANOMALY(EARLY_END);
    if ((flow->marks & HG_NUMBERED) == 0 || !flow->syn_seen || hg_is_handshake(packet) || hg_has_completed(flow, notes))
        return 0;
    return HG_IF(end <= (packet->payload > 0), OUT_OF_WINDOW) |
           HG_IF(end > HG_UNSCALED_WINDOW + 1 &&
                     (flow->fresh || (int32_t)(packet->seq + packet->payload - reach->edge) > 0),
                 BEYOND_WINDOW);
}

/* Notes a client's SYN or SYN+ACK: before the end of the handshake, Linux then forgets the connection, unless it
 * refuses the timestamps, or the number is that of the first SYN. So what follows is judged. */
static __attribute__((cold, noinline)) void note_break(hg_readers *readers, hg_flow *flow, hg_index index,
                                                       const hg_tcp_flow *tcp, const hg_packet *packet)
{
    hg_flow_notes *notes = readers->notes + index;
    uint32_t stamps[2] = {0};
    const int has_stamp = (hg_options_of(packet, stamps) & notes->options[0] & notes->options[1] & HG_TIMESTAMPS) != 0;
    const uint32_t ahead = packet->seq - tcp->client_seq - 1;
    const int is_taken = packet->type == HG_SYN || hg_be32(packet->tcp + TCP_ACK_AT) == tcp->server_next;
    if (!is_taken || ahead >= HG_UNSCALED_WINDOW || (flow->marks & HG_NUMBERED) == 0 || hg_has_completed(flow, notes) ||
        (has_stamp && hg_is_old(notes, 0, stamps[0])) || hg_readers_judge_echo(readers, flow, index, packet, 1) != 0)
        return;
    notes->options[0] |= HG_BROKEN;
    flow->reached |= HG_DOUBTED;
}

/* OUT_OF_WINDOW or BEYOND_WINDOW if the receiver may not take what has these numbers, or 0. */
static inline uint32_t judge_window(const hg_readers *readers, const hg_tcp_flow *tcp, const hg_flow *flow,
                                    hg_index index, const hg_packet *packet, int from_client)
{
    const int own = !from_client;
    const int is_reached = flow->reached >> own & HG_REACHED;
    const hg_reach *reach = readers->reaches + 2 * (size_t)index + own;
    if ((flow->reached & HG_READ << own) == 0) /* no reader needs protection */
        return 0;
    if (!is_plausible(flow, tcp, is_reached ? reach : NULL, packet, from_client) &&
        !continues(readers, index, packet, own) && !is_answer(flow, tcp, packet, from_client))
        return HG_ANOMALY(OUT_OF_WINDOW);
    return HG_IF(is_reached && packet->payload > 0 && is_beyond(reach, packet), BEYOND_WINDOW);
}

uint32_t hg_readers_judge(hg_readers *readers, hg_conversations *c, hg_flow *flow, const hg_packet *packet,
                          const hg_frame *frame, int from_client)
{
    const hg_index index = hg_flow_index(&c->flows, flow);
    const int own = !from_client, other = from_client;
    if (from_client && hg_is_handshake(packet))
        note_break(readers, flow, index, c->tcp_flows + index, packet);
    if (packet->type == HG_SYN)
        return 0;
    uint32_t found = judge_headers(readers, flow, index, packet, frame, own) |
                     HG_IF(packet->type == HG_FIN, FIN_WITHOUT_ACK); /* RFC 9293, 3.10.7.4 */
    if (from_client)
        found |= judge_early(readers, flow, index, c->tcp_flows + index, packet);
    if ((found & HG_REFUSING) != 0)
        return found;
    if (flow->fresh)
        return judge_fresh(readers, c, flow, packet, from_client, found);
    hg_reach *reaches = readers->reaches + 2 * (size_t)index;
    const int is_plain = packet->type == HG_ACK && (flow->reached & HG_REACHED_BOTH) == HG_REACHED_BOTH;
    if (!is_plain || !hg_reach_has_all(reaches + own, packet)) {
        const uint32_t window = judge_window(readers, c->tcp_flows + index, flow, index, packet, from_client);
        if (window == HG_ANOMALY(OUT_OF_WINDOW))
            return window;
        found |= window;
    }
    if ((packet->type & HG_ACK) == 0)
        return found;
    if ((flow->marks & HG_DISPUTED) != 0 && from_client && flow->state == HG_SYN_RECEIVED && found == 0)
        choose_answer(readers, c, flow, packet);
    if ((flow->reached & (HG_READ | HG_REACHED) << other) == (HG_READ | HG_REACHED) << other &&
        (flow->marks & HG_NUMBERED) != 0)
        found |= judge_acknowledgement(readers, hg_stream_of(&readers->streams, index, other), reaches + other, packet);
    if ((flow->reached & HG_DOUBTED) != 0 && found == 0 && from_client)
        found = hg_readers_judge_echo(readers, flow, index, packet,
                                      hg_stream_is_new(hg_stream_of(&readers->streams, index, 1)) &&
                                          reaches->acked == c->tcp_flows[index].client_seq + 1);
    if (found == 0 && (!hg_is_handshake(packet) || take_late_handshake(readers, c, flow, packet, from_client)))
        learn(readers, flow, index, packet, own);
    return found;
}
