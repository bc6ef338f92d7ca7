/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * notes.c - notes about a connection: its options, its hops, where each direction begins and ends, and what is missing.
 */
#include "conversations/hops.h"

#include "filter/filter.h"

__attribute__((cold)) void hg_readers_note_signature(hg_flow_notes *notes, int side, const hg_observation *observation)
{
    enum { MD5 = 19, AUTHENTICATION = 29 };
    for (uint32_t i = 0; i < observation->option_count; i++)
        if (observation->options[i] == MD5 || observation->options[i] == AUTHENTICATION)
            notes->options[side] |= HG_SIGNATURES;
}

__attribute__((noinline)) uint8_t hg_options_of(const hg_packet *packet, uint32_t stamps[2])
{
    enum { END = 0, NOP = 1, TIMESTAMP = 8, TIMESTAMP_BYTES = 10, MD5 = 19, AUTHENTICATION = 29 };
    const uint8_t *options = hg_tcp_options(packet);
    uint8_t found = 0;
    for (uint32_t at = 0; at < packet->options_length && options[at] != END;) {
        const uint8_t kind = options[at];
        const uint32_t left = packet->options_length - at;
        const uint32_t length = kind == NOP ? 1 : left < 2 ? 0 : options[at + 1];
        if (kind == TIMESTAMP && length == TIMESTAMP_BYTES && left >= length) {
            stamps[0] = hg_be32(options + at + 2);
            stamps[1] = hg_be32(options + at + 6);
            found |= HG_TIMESTAMPS;
        }
        const int is_wrong = kind != NOP && (length < 2 || length > left);
        if (kind == MD5 || kind == AUTHENTICATION || is_wrong)
            found |= HG_SIGNATURES;
        at += is_wrong ? left : length;
    }
    return found;
}

__attribute__((cold, noinline)) int hg_readers_note_repeated(hg_readers *readers, const hg_conversations *c,
                                                             hg_flow *flow, const hg_packet *packet, int from_client)
{
    const hg_index index = hg_flow_index(&c->flows, flow);
    uint8_t *hops = &readers->notes[index].hops[!from_client];
    if (!from_client && flow->syn_seen && (flow->marks & HG_NUMBERED) == 0 &&
        hg_be32(packet->tcp + TCP_ACK_AT) == c->tcp_flows[index].client_seq + 1) {
        flow->marks &= (uint8_t)~(HG_UNCHECKED << 1);
        return 1;
    }
    if (!from_client) {
        uint32_t stamps[2] = {0};
        (void)hg_options_of(packet, stamps);
        hg_flow_notes *notes = readers->notes + index;
        if ((int32_t)(stamps[0] - notes->recent[1]) > 0) {
            notes->answered = stamps[0];
            notes->options[1] |= HG_ANSWERED_AGAIN;
        }
    }
    if (hg_packet_hops(packet) > *hops)
        *hops = hg_packet_hops(packet);
    if (packet->checksum == HG_CHECKSUM_RIGHT)
        flow->marks &= (uint8_t)~(HG_UNCHECKED << !from_client);
    return 0;
}

__attribute__((cold, noinline)) void hg_readers_note_first(hg_readers *readers, hg_index flow, const hg_packet *packet,
                                                           const uint8_t *data, uint32_t length, int side)
{
    hg_flow_notes *notes = readers->notes + flow;
    const uint8_t hops = hg_packet_hops(packet);
    notes->few = (uint8_t)(hops < HG_FEW_HOPS ? 1u << side : 3); /* the other side may send few, too */
    const int is_damaged = length == packet->payload && !hg_checksum_is_right(packet, data);
    readers->anomalies =
        (hops < HG_FEW_HOPS ? HG_ANOMALY(LOW_TTL) : 0) | (is_damaged ? HG_ANOMALY(INVALID_CHECKSUM) : 0);
    hg_count_anomalies(readers->streams.stats, readers->anomalies);
}

/* Sets the reach of a direction from the handshake. Windows of SYN and SYN+ACK are not scaled. */
static void begin_reach(hg_reach *reach, uint32_t begin)
{
    *reach = (hg_reach){begin, begin + HG_UNSCALED_WINDOW};
}

uint8_t hg_reaches_of(const hg_flow *flow, const hg_tcp_flow *tcp, hg_reach *reaches)
{
    if (flow->state == HG_SYN_SENT)
        return 0;
    begin_reach(reaches, flow->syn_seen ? tcp->client_seq + 1 : tcp->client_next);
    begin_reach(reaches + 1, tcp->server_next);
    return flow->syn_seen ? 3 : 1;
}

void hg_readers_give_up_rest(hg_readers *readers)
{
    hg_rest *rest = &readers->rest;
    if (rest->pending != 0)
        hg_streams_stop(&readers->streams, rest->flow, rest->from_server);
    rest->pending = 0;
}

/* The end that sent a flow's first captured data, or HG_BEGINS_NOTHING. */
static hg_beginner who_begins(const hg_readers *readers, const hg_packet *packet, const uint8_t *data, uint32_t length)
{
    const int has_lower_port = packet->source_port <= packet->destination_port;
    hg_beginner who = HG_BEGINS_NOTHING;
    for (uint32_t i = 0; i < readers->count && who == HG_BEGINS_NOTHING; i++) {
        if (readers->readers[i]->begins != NULL)
            who = readers->readers[i]->begins(data, length);
        if (who == HG_BEGINS_EITHER)
            who = has_lower_port ? HG_BEGINS_SERVER : HG_BEGINS_CLIENT;
        else if (who == HG_BEGINS_GREETING)
            who = has_lower_port ? HG_BEGINS_SERVER : HG_BEGINS_NOTHING;
    }
    return who;
}

__attribute__((cold)) hg_flow *hg_readers_open_later(const hg_readers *readers, hg_conversations *c,
                                                     const hg_packet *packet, const hg_frame *frame,
                                                     const uint8_t *data, uint32_t length, int *from_client)
{
    const hg_beginner who = hg_is_handshake(packet) ? HG_BEGINS_NOTHING : who_begins(readers, packet, data, length);
    const int from_server = who == HG_BEGINS_SERVER;
    if (who == HG_BEGINS_NOTHING || !hg_filter_passes_from(readers->filter, packet, from_server))
        return NULL;
    *from_client = !from_server;
    return hg_conversations_open_later(c, packet, frame, from_server);
}

void hg_readers_count_cut(hg_readers *readers, const hg_flows *flows, const hg_packet *packet, const hg_frame *frame,
                          const hg_flow *flow, int from_server)
{
    const hg_index index = hg_flow_index(flows, flow);
    const hg_stream *stream = hg_stream_of(&readers->streams, index, from_server);
    const uint16_t done = readers->done[2 * (size_t)index + (uint32_t)from_server];
    const uint32_t begin = packet->seq + (uint32_t)hg_is_handshake(packet);
    const uint8_t *data;
    const int waits = stream->length > stream->passed ||
                      (readers->all & ~(done | readers->seekers)) != 0; /* a seeker alone waits for nothing yet */
    if (waits && hg_packet_data(packet, frame, &data) < packet->payload &&
        (stream->state == HG_STREAM_UNKNOWN ||
         (stream->state == HG_STREAM_OPEN && stream->next - begin < packet->payload)))
        hg_count_cut(&flows->stats->packets_cut, flows->stats->cut_at, 1,
                     (const uint32_t[]){frame->captured, frame->captured});
}

/* ---- segments in fragments ------------------------------------------------------------------------ */

/* Ends the reading of a direction of which a segment came in fragments. */
static void stop_torn(hg_readers *readers, hg_flow *flow, hg_index index, int from_server)
{
    hg_streams_stop(&readers->streams, index, from_server);
    flow->reached &= (uint8_t)~((HG_READ | HG_DOUBTED) << from_server);
}

static void take_torn(hg_readers *readers, hg_index index, hg_flow *flow, hg_torn *torn)
{
    const int from_server = torn->source_port != flow->client_port;
    hg_stream *stream = hg_stream_of(&readers->streams, index, from_server);
    if (stream->state == HG_STREAM_OPEN && torn->seq + 1 - stream->next > UINT16_MAX)
        return;
    torn->hash = 0;
    if (!torn->is_syn) {
        stop_torn(readers, flow, index, from_server);
        return;
    }
    hg_streams_begin(&readers->streams, index, from_server, torn->seq + 1);
    if (stream->state == HG_STREAM_OPEN && hg_streams_reserve(&readers->streams, stream, 1))
        readers->streams.held[stream->held].taken = HG_ANOMALY(FRAGMENT);
}

__attribute__((cold)) void hg_readers_take_torn(hg_readers *readers, const hg_conversations *c, hg_flow *flow,
                                                const hg_packet *packet)
{
    for (hg_torn *torn = readers->torn; torn < readers->torn + HG_TORN_FLOWS && packet->flow_hash != 0; torn++)
        if (torn->hash == packet->flow_hash)
            take_torn(readers, hg_flow_index(&c->flows, flow), flow, torn);
}

static void list_torn(hg_batch *batch, uint64_t flow)
{
    for (uint32_t i = 0; i < batch->torn_count && i < HG_MOST_TORN; i++)
        if (batch->torn[i] == flow)
            return;
    if (batch->torn_count < HG_MOST_TORN)
        batch->torn[batch->torn_count] = flow;
    batch->torn_count += batch->torn_count <= HG_MOST_TORN;
}

__attribute__((cold)) void hg_readers_note_fragment(hg_readers *readers, hg_conversations *c, const hg_packet *packet,
                                                    const hg_frame *frame)
{
    int from_client;
    const uint32_t seq = hg_be32(packet->data + TCP_SEQ_AT);
    hg_flow *flow = hg_flows_find_cold(&c->flows, packet, frame->time_ns, &from_client);
    const hg_index index = flow == NULL ? 0 : hg_flow_index(&c->flows, flow);
    uint32_t found = HG_ANOMALY(FRAGMENT);
    if (flow != NULL)
        found |= hg_judge_hops(flow, readers->notes + index, packet, !from_client);
    if ((found & HG_REFUSING) == 0 && flow != NULL && !flow->fresh) {
        const hg_stream *stream = hg_stream_of(&readers->streams, index, !from_client);
        if (stream->state == HG_STREAM_OPEN && seq - stream->next + UINT16_MAX > 2 * UINT16_MAX)
            found |= HG_ANOMALY(OUT_OF_WINDOW);
        else
            stop_torn(readers, flow, index, !from_client);
    } else if ((found & HG_REFUSING) == 0) {
        if (flow != NULL)
            readers->notes[index].options[0] |= HG_ECHOED; /* it may be the end of the handshake */
        readers->torn[readers->torn_next++ % HG_TORN_FLOWS] = (hg_torn){
            .hash = packet->flow_hash,
            .seq = seq,
            .source_port = packet->source_port,
            .is_syn = packet->payload > TCP_FLAGS_AT && frame->captured > (packet->data - frame->data) + TCP_FLAGS_AT &&
                      (packet->data[TCP_FLAGS_AT] & HG_SYN) != 0,
        };
    }
    if ((found & HG_REFUSING) == 0 && flow != NULL)
        list_torn(c->batch, flow->first_packet);
    hg_count_anomalies(c->flows.stats, found);
}

/* ---- ends ---------------------------------------------------------------------------------------------- */

int hg_readers_is_end(const hg_readers *readers, const hg_conversations *c, const hg_flow *flow,
                      const hg_packet *packet, int from_client)
{
    const hg_index index = hg_flow_index(&c->flows, flow);
    const hg_tcp_flow *tcp = c->tcp_flows + index;
    const int own = !from_client;
    const uint32_t most = (packet->type & HG_RST) != 0 ? 0 : packet->payload; /* data before a FIN may be repeated */
    const uint32_t acked = hg_be32(packet->tcp + TCP_ACK_AT) - tcp->client_seq - 1;
    const int waits = own && flow->syn_seen && (flow->marks & (HG_NUMBERED | HG_COMPLETED)) == 0;
    if (waits && flow->fresh && (packet->type & HG_RST) != 0)
        return (packet->type & HG_ACK) != 0 && acked == 0; /* the client still waits for an answer to its SYN */
    const int is_shown = flow->state != HG_SYN_SENT || (from_client && flow->syn_seen); /* by the handshake */
    if (is_shown && (from_client ? tcp->client_next : tcp->server_next) - packet->seq <= most)
        return 1;
    if (flow->fresh)
        return !is_shown;
    const hg_stream *stream = hg_stream_of(&readers->streams, index, own);
    const hg_reach *reach = readers->reaches + 2 * (size_t)index + own;
    const int is_open = stream->state == HG_STREAM_OPEN, is_reached = (flow->reached & HG_REACHED << own) != 0;
    return (!is_shown && !is_open && !is_reached) || (is_open && stream->next - packet->seq <= most) ||
           (is_reached && reach->acked - packet->seq <= most &&
            !(is_open && (int32_t)(stream->next - reach->acked) > 0)); /* the receiver has bytes after that one */
}

void hg_readers_end(const hg_readers *readers, hg_flow *flow, hg_index index, const hg_packet *packet, int from_server)
{
    const hg_stream *stream = hg_stream_of(&readers->streams, index, from_server);
    const uint32_t is_fin = (packet->type & HG_FIN) != 0;
    if (stream->state != HG_STREAM_OPEN || stream->next != packet->seq + packet->payload * is_fin)
        return;
    if (hg_stream_waits(&readers->streams, stream)) {
        readers->streams.held[stream->held].doubt |= HG_ANOMALY(EARLY_END);
        readers->streams.stats->anomalies[HG_ANOMALY_EARLY_END]++;
    }
    if (is_fin)
        flow->reached &= (uint8_t)~(HG_READ << from_server);
}
