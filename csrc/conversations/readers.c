/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * readers.c - how packets reach the stream readers.
 */
#include "conversations/readers.h"

#include "conversations/preamble.h"
#include "conversations/scope.h"

/* Notes the first byte that a reader still needs. Bytes are kept from the earliest one on. Readers that do not need it
 * continue with the earliest byte that one of them needs (`later`). */
static inline void note_need(hg_rest *rest, uint32_t keep, uint16_t bit)
{
    const int32_t need = (int32_t)(keep - rest->bytes.offset - rest->bytes.length);
    if ((need | rest->needed) == 0)
        return;
    const int32_t other = need < rest->needed ? rest->needed : need;
    rest->first &= need < rest->needed ? 0 : UINT16_MAX;
    rest->first |= need <= rest->needed ? bit : 0;
    if (need != rest->needed && other < rest->later)
        rest->later = other;
    rest->needed = need < rest->needed ? need : rest->needed;
}

/* Called when all readers are done with the bytes, or wait for more. */
static void end_bytes(hg_readers *readers, uint16_t done, hg_rest *rest)
{
    const uint16_t left = readers->all & (uint16_t)~done;
    if (left == 0) {
        hg_streams_stop(&readers->streams, rest->flow, rest->from_server);
        return;
    }
    const uint32_t end = rest->bytes.offset + rest->bytes.length, needed = end + (uint32_t)rest->needed;
    if (rest->needed < 0) {
        hg_flow_notes *notes = readers->notes + rest->flow;
        notes->ahead[rest->from_server] = left & (uint16_t)~rest->first;
        notes->later[rest->from_server] = end + (uint32_t)(rest->later < 0 ? rest->later : 0);
    }
    rest->bytes = hg_streams_keep(&readers->streams, rest->flow, rest->from_server, &rest->bytes, needed);
    rest->pending = rest->bytes.length > 0 ? left : 0;
    rest->needed = rest->later = INT32_MAX;
    rest->ahead = 0;
}

/* Chooses the readers that get only the later part of the bytes. Readers that seek decide by its first byte. */
static __attribute__((cold, noinline)) void get_ahead(const hg_readers *readers, uint16_t done, hg_rest *rest)
{
    const hg_flow_notes *notes = readers->notes + rest->flow;
    const uint32_t by = notes->later[rest->from_server] - rest->bytes.offset;
    if (by == 0 || by >= rest->bytes.length)
        return;
    rest->ahead = notes->ahead[rest->from_server];
    rest->last = (hg_bytes){rest->bytes.data + by, rest->bytes.length - by, rest->bytes.offset + by};
    const uint16_t seekers = (done & HG_HAS_FOUND) == 0 ? readers->seekers & rest->ahead & (uint16_t)~done : 0;
    rest->pending &= (uint16_t)~seekers;
    rest->pending |= readers->wants[HG_AT_LATER][rest->bytes.data[by]] & seekers;
    rest->needed = (readers->all & ~(done | rest->pending)) != 0 ? 0 : INT32_MAX;
}

/* The readers that want first bytes because they may be the head of a frame. */
static inline uint16_t wanting_zeros(const hg_readers *readers, const hg_bytes *bytes)
{
    enum { ZEROS_AT = 2, END = 4 };
    return bytes->length < END || hg_be16(bytes->data + ZEROS_AT) == 0 ? readers->wants_zeros : 0;
}

/* The readers to call for the bytes. The others are done, except those that seek in later bytes; so are those of `last`
 * after this call. */
static inline __attribute__((always_inline)) uint16_t wanting(hg_readers *readers, hg_index flow, int from_server,
                                                              const hg_bytes *bytes, uint16_t last)
{
    uint16_t *done = readers->done + 2 * (size_t)flow + from_server, *unwanted = &readers->notes[flow].unwanted;
    const uint16_t pending = readers->all & (uint16_t)~*done;
    const uint8_t first = bytes->data[0];
    uint16_t wanted = readers->wants[HG_AT_LATER][first];
    if ((*done & HG_HAS_FOUND) != 0)
        wanted = pending;
    else if (bytes->offset == 0 && from_server)
        wanted = (uint16_t)(((readers->wants[HG_AT_SERVER][first] | wanting_zeros(readers, bytes)) & ~*unwanted) |
                            (readers->wants[HG_AT_ANSWER][first] & *unwanted));
    else if (bytes->offset == 0)
        wanted = readers->wants[HG_AT_CLIENT][first] | readers->notes[flow].expects | wanting_zeros(readers, bytes);
    const uint16_t left = pending & (uint16_t)~wanted;
    if (bytes->offset == 0 && !from_server && !readers->notes[flow].greets)
        *unwanted = (uint16_t)((*unwanted & ~pending) | left);
    *done |= last | (bytes->offset + bytes->length < readers->seeks ? left & (uint16_t)~readers->seekers : left);
    return pending & wanted;
}

/* Notes that no bytes of a flow were read. */
static void begin_reading(hg_readers *readers, hg_index flow)
{
    hg_flow_notes *notes = readers->notes + flow;
    memset(readers->done + 2 * (size_t)flow, 0, 2 * sizeof *readers->done);
    notes->unwanted = notes->expects = notes->ahead[0] = notes->ahead[1] = 0;
    notes->preambles = notes->waits = notes->greets = 0;
}

/* Has the readers of a flow begin anew. */
static void forget(hg_readers *readers, hg_index flow)
{
    begin_reading(readers, flow);
    for (uint32_t i = 0; i < readers->count; i++)
        hg_flow_memory_forget(readers->readers[i], readers->states[i], flow);
}

/* Begins anew after a proxy's answer to CONNECT, unless the client's bytes before the answer were not all read, or
 * bytes after them have come. `keep` is the offset of the server's first byte, `begin` the client's. */
static __attribute__((cold, noinline)) void renew(hg_readers *readers, uint32_t keep, uint32_t begin)
{
    hg_rest *rest = &readers->rest;
    hg_flow_notes *notes = readers->notes + rest->flow;
    uint16_t *done = readers->done + 2 * (size_t)rest->flow;
    hg_stream *client = hg_stream_of(&readers->streams, rest->flow, 0);
    if ((notes->preambles & HG_SEEN_CONNECT) != 0 || client->state != HG_STREAM_OPEN ||
        readers->streams.held[client->held].run_count > 0 || client->offset + client->length != begin)
        return;
    client->passed = client->length = client->held != 0 ? client->length : 0; /* doubtful bytes wait behind them */
    client->offset = 0u - client->passed;
    rest->bytes = hg_stream_begin_again(hg_stream_of(&readers->streams, rest->flow, 1), &rest->bytes, keep);
    forget(readers, rest->flow);
    notes->preambles = HG_SEEN_CONNECT;
    rest->pending = rest->bytes.length > 0 ? wanting(readers, rest->flow, 1, &rest->bytes, 0) : 0;
    rest->needed = (readers->all & ~(done[1] | rest->pending)) != 0 ? 0 : INT32_MAX;
}

static inline __attribute__((always_inline)) void end_call(hg_readers *readers, uint16_t done, uint32_t examined)
{
    hg_rest *rest = &readers->rest;
    if (examined > rest->length &&
        !hg_streams_charge(&readers->streams, rest->flow, rest->from_server, rest->length, examined))
        rest->pending = 0;
    else if (rest->pending == 0)
        end_bytes(readers, done, rest);
}

/* What reader `number` gets beside the bytes, and where it puts its event. */
static inline __attribute__((always_inline)) hg_reader_output output_of(hg_readers *readers,
                                                                        const hg_database *database,
                                                                        const hg_frame *frame, hg_batch *batch,
                                                                        uint32_t number, hg_reader_event *event)
{
    const hg_rest *rest = &readers->rest;
    hg_flow_notes *notes = readers->notes + rest->flow;
    return (hg_reader_output){batch,           readers->streams.stats,
                              database,        &event->values,
                              &notes->matches, rest->packet,
                              frame,           NULL,
                              &event->scope,   notes->unwanted >> number & 1,
                              notes->greets,   rest->is_late,
                              readers->look};
}

/* Calls the pending readers with the rest. Returns how many events they report, at most one each. */
static inline __attribute__((always_inline)) uint32_t call_readers(hg_readers *readers, const hg_database *database,
                                                                   const hg_frame *frame, hg_batch *batch,
                                                                   hg_reader_event *found)
{
    hg_rest *rest = &readers->rest;
    uint16_t *done = readers->done + 2 * (size_t)rest->flow + rest->from_server;
    const hg_stream *other = hg_stream_of(&readers->streams, rest->flow, !rest->from_server);
    uint32_t called = rest->pending, count = 0, examined = 0;
    hg_reader_result renewed = {0};
    rest->pending = 0;
    for (; called != 0; called &= called - 1) {
        const uint32_t i = (uint32_t)__builtin_ctz(called);
        const hg_reader *reader = readers->readers[i];
        hg_reader_event *next = found + count;
        const hg_reader_output to = output_of(readers, database, frame, batch, i, next);
        next->scope = (uint8_t)(__builtin_expect(rest->is_late == HG_IN_TIME, 1)
                                    ? hg_scope_of_stream(reader->proof, rest->packet, frame, other)
                                : rest->is_late == HG_LATE ? HG_SCOPE_HANDSHAKE /* the receiver acknowledged them */
                                                           : HG_SCOPE_REMOTE);
        const hg_bytes *bytes = rest->ahead >> i & 1 ? &rest->last : &rest->bytes;
        hg_reader_result reading = reader->follow(readers->states[i], rest->flow, rest->from_server, bytes, &to);
        examined += reading.examined;
        *done = (uint16_t)(*done | (unsigned)reading.done << i);
        rest->pending = (uint16_t)(rest->pending | (unsigned)reading.again << i);
        if (!reading.done && !reading.again)
            note_need(rest, reading.keep, (uint16_t)(1u << i));
        if (reading.has_event) {
            next->write = reader->write;
            next->event = reading.event;
            next->from_server = (uint8_t)(rest->from_server ^ reading.reversed);
            *done |= HG_HAS_FOUND, count++;
            renewed = reading.renews != 0 ? reading : renewed;
            rest->resumes |= (uint16_t)(reading.resumes << i);
        }
    }
    if (renewed.renews != 0)
        renew(readers, renewed.keep, renewed.renews);
    end_call(readers, *done, examined);
    return count;
}

/* Prepares a fresh flow for readers. Its handshake, as far as it was seen, shows where each direction begins,
 * because no data have moved the TCP reader's sequence numbers yet. */
static void begin_flow(hg_readers *readers, const hg_conversations *c, const hg_packet *packet, hg_flow *flow)
{
    const hg_index index = hg_flow_index(&c->flows, flow);
    hg_tcp_flow *tcp = c->tcp_flows + index;
    flow->fresh = 0;
    if (flow->state == HG_SYN_SENT)
        tcp->server_next = hg_be32(packet->tcp + TCP_ACK_AT); /* for take_late_handshake in judge.c */
    hg_streams_open(&readers->streams, index);
    begin_reading(readers, index);
    readers->notes[index].matches.hello = HG_NOT_SEEN;
    memset(readers->reaches + 2 * (size_t)index, 0, 2 * sizeof *readers->reaches);
    flow->reached = hg_reaches_of(flow, tcp, readers->reaches + 2 * (size_t)index) | HG_READ_BOTH |
                    (flow->reached & (HG_HAS_RIVAL | HG_DOUBTED));
    if (flow->syn_seen)
        hg_streams_begin(&readers->streams, index, 0, tcp->client_seq + 1);
    if (flow->state != HG_SYN_SENT)
        hg_streams_begin(&readers->streams, index, 1, tcp->server_next);
    if (__builtin_expect(readers->torn_next != 0, 0))
        hg_readers_take_torn(readers, c, flow, packet);
}

/* Skips messages before the protocol proper, so that the bytes after them begin the direction. Returns the readers to
 * call only once; `*reported` becomes the bit of HG_READER_PROXIED if its event is to be reported. */
static uint16_t skip_preambles(hg_readers *readers, hg_index flow, int from_server, hg_bytes *bytes, uint32_t begin,
                               uint16_t *reported)
{
    hg_flow_notes *notes = readers->notes + flow;
    hg_skipping with = {.seen = &notes->preambles,
                        .waits = &notes->waits,
                        .proxied = &readers->proxied,
                        .tds = &readers->tds,
                        .begin = begin,
                        .end = UINT32_MAX};
    if (from_server && notes->preambles == 0 && !hg_stream_is_new(hg_stream_of(&readers->streams, flow, 0)))
        return 0;
    const uint32_t end = bytes->length;
    const int is_new = hg_skip_preambles(&readers->streams, flow, from_server, bytes, &with);
    if (is_new && (notes->preambles != 0 || bytes->length == 0)) { /* readers that seek look at the next segment */
        notes->ahead[from_server] = notes->preambles == 0 ? readers->seekers : 0;
        notes->later[from_server] = end;
    }
    readers->done[2 * (size_t)flow + (uint32_t)from_server] &= (uint16_t)(is_new ? ~HG_HAS_FOUND : ~0);
    if (with.is_proxied || with.is_tds) {
        readers->readers[HG_READER_PROXIED] = with.is_tds ? &hg_tds_reader : &hg_proxied_reader;
        readers->states[HG_READER_PROXIED] = with.is_tds ? (void *)&readers->tds : &readers->proxied;
        *reported = 1u << HG_READER_PROXIED;
    }
    return with.end == UINT32_MAX ? 0 : readers->all;
}

/* Offers bytes in order to the readers; the `length` from number `begin` on are new. 0: nothing is to be examined. */
static inline __attribute__((always_inline)) int offer(hg_readers *readers, hg_index flow, int from_server,
                                                       const hg_packet *packet, hg_bytes bytes, uint32_t begin,
                                                       uint32_t length)
{
    uint16_t last = 0, reported = 0;
    if (bytes.length > 0 && bytes.offset == 0 &&
        hg_may_be_preamble(bytes.data, bytes.length, from_server, readers->notes[flow].preambles))
        last = skip_preambles(readers, flow, from_server, &bytes, begin, &reported);
    if (bytes.length == 0 && reported == 0)
        return 0;
    const uint16_t pending =
        bytes.length == 0 ? reported : wanting(readers, flow, from_server, &bytes, last) | reported;
    const uint16_t done = readers->done[2 * (size_t)flow + (uint32_t)from_server];
    readers->rest = (hg_rest){
        .packet = packet,
        .bytes = bytes,
        .flow = flow,
        .from_server = (uint8_t)from_server,
        .length = length,
        .pending = pending,
        .needed = (readers->all & ~(done | pending)) != 0 ? 0 : INT32_MAX, /* 0: seekers need the next bytes */
        .later = INT32_MAX,
    };
    if (__builtin_expect(readers->notes[flow].ahead[from_server], 0) != 0)
        get_ahead(readers, done, &readers->rest);
    if (readers->rest.pending == 0)
        end_bytes(readers, done, &readers->rest);
    return 1;
}

/* The number of the byte that the receiver of a segment with an urgent pointer takes out of the stream: the one before
 * the pointer, as in Linux, Windows and BSD (RFC 6093, 2.1). */
static uint32_t urgent_of(const hg_packet *packet)
{
    const uint32_t pointer = hg_be16(packet->tcp + TCP_URGENT_AT);
    return packet->seq + pointer - (pointer > 0);
}

/* Keeps doubtful data until they are acknowledged. The client's may be acknowledged before a greeting that they
 * answer. */
static void hold(hg_readers *readers, const hg_conversations *c, hg_flow *current, int from_server,
                 const hg_packet *packet, const hg_frame *frame, const uint8_t *data, uint32_t length)
{
    const hg_index flow = hg_flow_index(&c->flows, current);
    const uint8_t begins = (uint8_t)hg_is_handshake(packet);
    const uint32_t anomalies = begins ? hg_readers_judge_syn_data(packet) : readers->anomalies;
    const hg_stream *client = hg_stream_of(&readers->streams, flow, 0);
    if (begins)
        hg_count_anomalies(c->flows.stats, anomalies);
    if (!hg_streams_hold(&readers->streams, flow, from_server, packet->seq + begins, data, length, anomalies))
        return;
    current->reached |= (uint8_t)(HG_DOUBTED << from_server);
    hg_stream *stream = hg_stream_of(&readers->streams, flow, from_server);
    stream->in_syn = begins;
    hg_held *held = readers->streams.held + stream->held;
    held->sent =
        (hg_sent){.time_ns = frame->time_ns, .packet_number = hg_frame_number(frame, packet->frame, c->first_number)};
    if (hg_is_urgent(packet) && !begins)
        hg_streams_note_urgent(&readers->streams, stream, urgent_of(packet), 1);
    if (packet->tunnel != HG_TUNNEL_NONE)
        held->sent.tunnel = hg_outer_of(packet, frame, hg_sha256_fastest(), &held->sent.outer);
    if (from_server && client->state < HG_STREAM_STOPPED && client->held == 0 && client->offset == 0)
        readers->notes[flow].greets = 1;
}

/* Adds a segment's data to its direction. 0: nothing new to examine. Many receivers ignore a SYN's data, which are
 * doubtful; in a connection that goes on, all do. */
static int take_bytes(hg_readers *readers, const hg_conversations *c, hg_flow *current, int from_server,
                      const hg_packet *packet, const hg_frame *frame, const uint8_t *data, uint32_t length)
{
    const hg_index flow = hg_flow_index(&c->flows, current);
    const uint32_t begins = (uint32_t)hg_is_handshake(packet), seq = packet->seq + begins;
    hg_streams *streams = &readers->streams;
    const hg_stream *stream = hg_stream_of(streams, flow, from_server);
    if (begins)
        hg_streams_begin(streams, flow, from_server, seq);
    if (hg_is_urgent(packet) && !begins && readers->anomalies == 0) {
        hg_streams_begin(streams, flow, from_server, seq);
        hg_streams_note_urgent(streams, hg_stream_of(streams, flow, from_server), urgent_of(packet), 0);
    }
    if (length == 0 ||
        (begins && (current->state > HG_SYN_RECEIVED - !from_server || !hg_stream_is_unproven(streams, stream))))
        return 0; /* a client's SYN after the server's answer */
    if ((packet->type & HG_FIN) != 0 && readers->anomalies == 0 &&
        (stream->held != 0 || (int32_t)(seq - stream->next) > 0) &&
        hg_streams_note_fin(streams, hg_stream_of(streams, flow, from_server), seq + packet->payload))
        current->reached |= (uint8_t)(HG_DOUBTED << from_server);
    if (hg_stream_ends_before(streams, stream, seq + length) && !begins)
        readers->anomalies |= HG_ANOMALY(EARLY_END);
    if (readers->anomalies != 0 || begins) {
        hold(readers, c, current, from_server, packet, frame, data, length);
        return 0;
    }
    return offer(readers, flow, from_server, packet, hg_streams_take(streams, flow, from_server, seq, data, length),
                 seq, length);
}

/* The flow of a packet with `length` bytes of data, prepared for the readers; NULL: there is none. */
static hg_flow *prepare_flow(hg_readers *readers, hg_conversations *c, const hg_packet *packet, const hg_frame *frame,
                             hg_flow *flow, int *from_client, const uint8_t *data, uint32_t length)
{
    const int is_late = flow == NULL && length > 0;
    if (is_late)
        flow = hg_readers_open_later(readers, c, packet, frame, data, length, from_client);
    if (is_late && flow != NULL)
        hg_readers_begin_notes(readers->notes + hg_flow_index(&c->flows, flow));
    if (flow != NULL && flow->fresh)
        begin_flow(readers, c, packet, flow);
    if (is_late && flow != NULL)
        hg_readers_note_first(readers, hg_flow_index(&c->flows, flow), packet, data, length, !*from_client);
    return flow;
}

/* Has the readers in `rest.resumes` read the other direction again, from the first byte that has not been captured and
 * that the packet does not acknowledge; if the rest is late, from the packet's own first byte. */
static __attribute__((cold, noinline)) void resume(hg_readers *readers, const hg_tcp_flow *tcp, hg_flow *flow)
{
    hg_rest *rest = &readers->rest;
    const uint32_t side = !rest->from_server;
    hg_stream *stream = hg_stream_of(&readers->streams, rest->flow, (int)side);
    uint16_t *done = readers->done + 2 * (size_t)rest->flow + side;
    if (stream->state == HG_STREAM_STOPPED) {
        const uint32_t acked = hg_be32(rest->packet->tcp + TCP_ACK_AT),
                       sent = side ? tcp->server_next : tcp->client_next;
        const uint32_t next = rest->is_late ? rest->packet->seq : sent - acked <= UINT16_MAX ? sent : acked;
        *stream = (hg_stream){.next = next, .offset = 1, .state = HG_STREAM_OPEN};
        *done = readers->all | HG_HAS_FOUND;
    }
    readers->notes[rest->flow].ahead[side] = 0;
    if (side == 0 && hg_stream_is_new(stream))
        readers->notes[rest->flow].expects = rest->resumes;
    *done &= (uint16_t)~rest->resumes;
    rest->resumes = 0;
    flow->reached |= (uint8_t)(HG_READ << side);
}

/* Gives an event the anomalies of its bytes. */
static __attribute__((cold, noinline)) void mark_doubted(hg_batch *batch, hg_reader_event *found, uint32_t anomalies)
{
    found->anomalies = anomalies;
    found->is_late = found->is_late == HG_IN_TIME ? HG_DOUBTED_BEFORE : found->is_late;
    batch->has_anomalies |= anomalies;
}

/* Calls the readers with the rest, if it is pending, and completes their events. */
static inline __attribute__((always_inline)) uint32_t follow_rest(hg_readers *readers, hg_conversations *c,
                                                                  const hg_frame *frame, hg_flow *flow, hg_batch *batch,
                                                                  hg_reader_event *found)
{
    const hg_rest *rest = &readers->rest;
    const hg_stream *stream = hg_stream_of(&readers->streams, rest->flow, rest->from_server);
    const uint32_t anomalies = hg_stream_taken(&readers->streams, stream);
    const uint32_t count = rest->pending == 0 ? 0 : call_readers(readers, c->database, frame, batch, found);
    if (stream->state >= HG_STREAM_STOPPED)
        flow->reached &= (uint8_t)~(HG_READ << rest->from_server);
    for (uint32_t i = 0; i < count; i++) {
        if (__builtin_expect(rest->resumes != 0, 0))
            resume(readers, c->tcp_flows + rest->flow, flow);
        found[i].flow = flow->first_packet;
        found[i].is_late = rest->is_late;
        if (__builtin_expect((rest->is_late | anomalies) != 0, 0))
            mark_doubted(batch, found + i, anomalies);
    }
    return count;
}

uint32_t hg_readers_follow(hg_readers *readers, hg_conversations *c, const hg_packet *packet, const hg_frame *frame,
                           hg_flow **at, int *from_client, hg_batch *batch, hg_reader_event *found)
{
    if (!hg_readers_has_rest(readers, packet)) {
        hg_readers_give_up_rest(readers); /* another packet came, not the one with the rest */
        const uint8_t *data;
        const uint32_t length = hg_packet_data(packet, frame, &data);
        *at = prepare_flow(readers, c, packet, frame, *at, from_client, data, length);
        if (*at == NULL || !take_bytes(readers, c, *at, !*from_client, packet, frame, data, length))
            return 0;
    }
    return follow_rest(readers, c, frame, *at, batch, found);
}

uint32_t hg_readers_confirm(hg_readers *readers, hg_conversations *c, const hg_packet *packet, const hg_frame *frame,
                            hg_flow *flow, int from_client, hg_batch *batch, hg_reader_event *found)
{
    const int other = from_client;
    const hg_index index = hg_flow_index(&c->flows, flow);
    int left;
    if (hg_readers_has_rest(readers, packet))
        return follow_rest(readers, c, frame, flow, batch, found);
    hg_readers_give_up_rest(readers);
    const uint32_t acked = readers->reaches[2 * (size_t)index + (uint32_t)other].acked;
    const uint32_t before = hg_stream_of(&readers->streams, index, other)->next;
    const hg_bytes bytes = hg_streams_confirm(&readers->streams, index, other, acked, &left);
    const uint32_t length = hg_stream_of(&readers->streams, index, other)->next - before;
    flow->reached &= left ? UINT8_MAX : (uint8_t)~(HG_DOUBTED << other);
    if (length > 0) {
        hg_tcp_flow *tcp = c->tcp_flows + index;
        *(other ? &tcp->server_next : &tcp->client_next) = before + length;
    }
    if (!offer(readers, index, other, packet, bytes, before, length))
        return 0;
    readers->rest.is_late = HG_LATE;
    return follow_rest(readers, c, frame, flow, batch, found);
}

/* After the first of two rivals was read, begins the client's direction again for the other one. */
static void begin_rival(hg_readers *readers, hg_index index, hg_flow *flow)
{
    hg_stream *stream = hg_stream_of(&readers->streams, index, 0);
    forget(readers, index);
    flow->reached |= HG_READ;
    hg_streams_begin_again(&readers->streams, stream, readers->rest.begin);
    if (hg_streams_reserve(&readers->streams, stream, 1))
        readers->streams.held[stream->held].taken = HG_ANOMALY(DIFFERENT_COPIES);
}

uint32_t hg_readers_settle(hg_readers *readers, hg_conversations *c, const hg_packet *packet, const hg_frame *frame,
                           hg_lateness is_late, hg_flow *flow, int from_server, hg_batch *batch, hg_reader_event *found)
{
    const hg_index index = hg_flow_index(&c->flows, flow);
    const hg_stream *stream = hg_stream_of(&readers->streams, index, from_server);
    hg_rest *rest = &readers->rest;
    int is_offered = hg_readers_has_rest(readers, packet);
    if (!is_offered) {
        const uint32_t before = stream->next;
        const hg_anomaly why = is_late == HG_RIVALS ? HG_ANOMALY_DIFFERENT_COPIES : HG_ANOMALY_UNACKNOWLEDGED;
        hg_readers_give_up_rest(readers);
        flow->reached &= (uint8_t)~(HG_DOUBTED << from_server);
        const hg_bytes bytes = hg_streams_settle(&readers->streams, index, from_server, why);
        is_offered = offer(readers, index, from_server, packet, bytes, before, stream->next - before);
        rest->is_late = (uint8_t)is_late;
        rest->begin = before;
    }
    const uint32_t count = is_offered ? follow_rest(readers, c, frame, flow, batch, found) : 0;
    if (is_late == HG_RIVALS && rest->pending == 0)
        begin_rival(readers, index, flow);
    return count;
}

int hg_readers_has_rival(const hg_readers *readers, const hg_conversations *c, const hg_flow *flow,
                         const hg_packet *packet, const hg_frame *frame, int from_client)
{
    const hg_stream *stream = hg_stream_of(&readers->streams, hg_flow_index(&c->flows, flow), 0);
    const uint8_t *data;
    const uint32_t length = hg_packet_data(packet, frame, &data);
    if (hg_readers_has_rest(readers, packet))
        return readers->rest.is_late == HG_RIVALS;
    return from_client && readers->anomalies == 0 && length > 0 && (packet->type & (HG_RST | HG_ACK)) == HG_ACK &&
           hg_stream_is_unproven(&readers->streams, stream) && !stream->in_syn &&
           hg_streams_has_rival(&readers->streams, stream, packet->seq, data, length);
}
