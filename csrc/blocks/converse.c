/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * converse.c - the ordered stage of a block.
 */
#include "blocks/block.h"

/* How many packets are between a prefetch and its use: they take longer than the 160 ns that a cache line needs to move
 * between processors. */
enum { PREFETCH_AHEAD = 8 };

_Static_assert(HG_SEGMENTS_AHEAD >= 2 * PREFETCH_AHEAD, "prefetching stays inside the array");

/* The number of events in a set. */
static const uint8_t events_of_set[] = {0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4,
                                        1, 2, 2, 3, 2, 3, 3, 4, 2, 3, 3, 4, 3, 4, 4, 5};
_Static_assert(sizeof events_of_set == HG_EVENT_SETS, "a number for each set of events");

/* Counts all events and returns their number; `counts` has the number of packets that gave each set of events. */
static uint32_t count_events(const uint32_t *counts, hg_stats *stats)
{
    uint32_t rows = 0;
    for (uint32_t events = 1; events < HG_EVENT_SETS; events++)
        for (uint32_t event = 0; event < HG_TCP_EVENTS; event++)
            if ((events >> event & 1) != 0) {
                stats->events[event] += counts[events];
                rows += counts[events];
            }
    return rows;
}

/* Counts the rows of a packet with these events. */
static inline void count_rows(hg_batch *batch, uint8_t events)
{
    batch->count += events_of_set[events];
    batch->counts[HG_READER_TCP] += events_of_set[events];
}

/* Prefetches memory that later packets will need. */
static inline void prefetch(const hg_conversations *conversations, const hg_packet *packet)
{
    hg_conversations_prefetch_heads(conversations, packet + 2 * PREFETCH_AHEAD);
    hg_conversations_prefetch_records(conversations, packet + PREFETCH_AHEAD);
}

/* Processes the packets before number `before` without stream readers, as many as surely fit into the batch. */
static void converse_sure(hg_block *block, hg_stages *stages, hg_batch *batch, uint32_t before)
{
    hg_conversations *conversations = &stages->conversations;
    const hg_packet *packets = block->packets;
    const uint32_t first = block->next_packet;
    const uint32_t most = before - first, sure = (batch->capacity - batch->count) / HG_MOST_ROWS_A_PACKET;
    const uint32_t end = first + (most < sure ? most : sure);
    uint32_t counts[HG_EVENT_SETS] = {0};
    hg_outcome *outcome = block->outcomes + block->outcome_count;
    for (uint32_t i = first; i < end; i++) {
        prefetch(conversations, packets + i);
        const hg_outcome found = hg_converse(conversations, packets + i, block->frames + packets[i].frame,
                                             block->handshakes + i, block->uptimes + (outcome - block->outcomes));
        const uint8_t events = found.events & conversations->reported;
        if (events == 0) /* most packets have no result to store */
            continue;
        *outcome = found;
        outcome->packet = i;
        outcome->events = events;
        outcome++;
        counts[events]++;
    }
    block->next_packet = end;
    block->outcome_count = (uint32_t)(outcome - block->outcomes);
    const uint32_t rows = count_events(counts, conversations->flows.stats);
    batch->count += rows;
    batch->counts[HG_READER_TCP] += rows;
}

/* Most packets have fewer rows than they may have, so there is room for more of them. */
static void converse_plainly(hg_block *block, hg_stages *stages, hg_batch *batch, uint32_t before)
{
    while (block->next_packet < before && batch->capacity - batch->count >= HG_MOST_ROWS_A_PACKET)
        converse_sure(block, stages, batch, before);
}

/* How many calls of converse_reading or read_datagram the batch and the block surely have room for; as
 * hg_block_has_room. */
static uint32_t sure_room(const hg_block *block, hg_stages *stages, const hg_batch *batch)
{
    const uint32_t most_rows = HG_MOST_OTHER_ROWS + stages->readers.count;
    if (!hg_stages_may_read(stages) || !hg_block_has_room(block, stages, batch))
        return 0;
    uint32_t sure = (batch->capacity - batch->count - 1) / most_rows;
    const uint32_t events = (block->capacity - block->reader_event_count + HG_MOST_READERS - 1) / HG_MOST_READERS;
    const uint32_t texts =
        stages->most_text == 0 ? sure : (batch->text_capacity - batch->text_count) / stages->most_text;
    sure = sure < events ? sure : events;
    sure = sure < texts ? sure : texts;
    return sure < stages->packets_left ? sure : (uint32_t)stages->packets_left;
}

/* Passes the next packet, which is a datagram, to its reader. */
static void read_datagram(hg_block *block, hg_stages *stages, hg_batch *batch, uint32_t i)
{
    hg_packet *packet = block->packets + i;
    const hg_frame *frame = block->frames + packet->frame;
    stages->packets_left--;
    if (packet->reader == HG_TCP_FRAGMENT)
        return hg_readers_note_fragment(&stages->readers, &stages->conversations, packet, frame);
    hg_reader_event *found = block->reader_events + block->reader_event_count;
    uint64_t number = hg_frame_number(frame, packet->frame, block->first_number);
    if (hg_datagrams_follow(&stages->datagrams, stages->conversations.database, &block->peeks, packet, frame, number,
                            batch, found))
        hg_block_count_events(block, batch, stages->conversations.flows.stats, i, 1);
}

/* Passes a packet's data to the stream readers. Returns its flow, which may be new. */
static hg_flow *read_segment(hg_block *block, hg_stages *stages, hg_batch *batch, uint32_t i, hg_flow *flow,
                             int *from_client)
{
    hg_conversations *c = &stages->conversations;
    const hg_packet *packet = block->packets + i;
    stages->packets_left--;
    if (__builtin_expect(block->ahead.used != 0, 0)) {
        stages->readers.look = hg_ahead_of(&block->ahead, i);
        stages->readers.looks_used += stages->readers.look != NULL;
    }
    const hg_frame *frame = block->frames + packet->frame;
    uint32_t found = hg_readers_follow(&stages->readers, c, packet, frame, &flow, from_client, batch,
                                       block->reader_events + block->reader_event_count);
    hg_block_count_events(block, batch, c->flows.stats, i, found);
    if (__builtin_expect(frame->captured < frame->wire, 0) && flow != NULL &&
        !hg_readers_has_rest(&stages->readers, packet))
        hg_readers_count_cut(&stages->readers, &c->flows, packet, frame, flow, !*from_client);
    return flow;
}

/* Processes packet `i` in its conversation. Counts its events in `counts` and returns them. */
static inline __attribute__((always_inline)) uint32_t converse_one(hg_block *block, hg_stages *stages, hg_batch *batch,
                                                                   uint32_t i, const hg_packet *packet, hg_flow **flow,
                                                                   int *from_client, int stays_open, uint32_t *counts)
{
    hg_conversations *c = &stages->conversations;
    const hg_outcome found = hg_converse_in(c, packet, block->frames + packet->frame, flow, from_client, stays_open,
                                            block->handshakes + i, block->uptimes + block->outcome_count);
    const uint8_t reported = found.events & c->reported;
    if (reported == 0)
        return found.events;
    hg_outcome *outcome = block->outcomes + block->outcome_count++;
    *outcome = found;
    outcome->packet = i;
    outcome->events = reported;
    counts[reported]++;
    count_rows(batch, reported);
    return found.events;
}

/* 1 when the packet may have an effect at its receiver. Of rival flows with its ports, `*flow` becomes its own. */
static inline int is_acceptable(hg_stages *stages, const hg_packet *packet, const hg_frame *frame, hg_flow **flow,
                                int *from_client)
{
    hg_conversations *c = &stages->conversations;
    hg_readers *readers = &stages->readers;
    if (((*flow)->reached & HG_HAS_RIVAL) != 0) {
        *flow = hg_conversations_choose(c, *flow, packet);
        *from_client = hg_is_from_client(*flow, packet);
    }
    if (hg_readers_has_rest(readers, packet))
        return 1; /* it was accepted before */
    readers->anomalies = 0;
    if ((*flow)->fresh && packet->payload == 0 && packet->type == HG_ACK && !hg_is_urgent(packet) &&
        packet->seq != c->tcp_flows[hg_flow_index(&c->flows, *flow)].client_seq) {
        hg_readers_note_stamp(readers, *flow, hg_flow_index(&c->flows, *flow), packet, *from_client);
        return 1;
    }
    readers->anomalies = hg_readers_judge(readers, c, *flow, packet, frame, *from_client);
    return (readers->anomalies & HG_REFUSING) == 0;
}

/* Takes a FIN or RST whose bytes were read. 0: it ends nothing. */
static __attribute__((noinline)) int take_end(const hg_stages *stages, const hg_packet *packet, hg_flow *flow,
                                              int from_client)
{
    const hg_conversations *c = &stages->conversations;
    const hg_readers *readers = &stages->readers;
    const int is_reset = (packet->type & HG_RST) != 0;
    if (!hg_readers_is_end(readers, c, flow, packet, from_client)) {
        c->flows.stats->anomalies[is_reset ? HG_ANOMALY_RST_INVALID_SEQ : HG_ANOMALY_FIN_INVALID_SEQ]++;
        if (from_client && flow->state == HG_SYN_SENT && is_reset)
            flow->reached |= HG_REPEATS;
        return 0;
    }
    hg_readers_end(readers, flow, hg_flow_index(&c->flows, flow), packet, !from_client);
    return 1;
}

typedef enum progress {
    DONE,
    AGAIN, /* the packet has more events: process it again */
    OPEN,
    DOUBTFUL
} progress;

/* Passes the doubtful bytes that packet `i` acknowledges, or that are its rivals, to the stream readers. */
static __attribute__((cold, noinline)) progress read_late(hg_block *block, hg_stages *stages, hg_batch *batch,
                                                          uint32_t i, hg_flow *flow, int from_client, int is_rival)
{
    hg_conversations *c = &stages->conversations;
    const hg_packet *packet = block->packets + i;
    const hg_frame *frame = block->frames + packet->frame;
    hg_reader_event *found = block->reader_events + block->reader_event_count;
    stages->packets_left--;
    stages->readers.look = NULL;
    const uint32_t count =
        is_rival ? hg_readers_settle(&stages->readers, c, packet, frame, HG_RIVALS, flow, !from_client, batch, found)
                 : hg_readers_confirm(&stages->readers, c, packet, frame, flow, from_client, batch, found);
    hg_block_count_events(block, batch, c->flows.stats, i, count);
    const int is_read = packet->type == HG_ACK && packet->payload == 0 && stages->readers.anomalies == 0;
    return is_read && !hg_readers_has_rest(&stages->readers, packet) ? OPEN : AGAIN;
}

static __attribute__((cold, noinline)) void count_anomalies(const hg_conversations *c, const hg_readers *readers)
{
    hg_count_anomalies(c->flows.stats, readers->anomalies);
}

/* Judges packet `i`, and passes the doubtful bytes that it acknowledges to the stream readers. */
static inline progress judge_packet(hg_block *block, hg_stages *stages, hg_batch *batch, uint32_t i, hg_flow **flow,
                                    int *from_client)
{
    const hg_packet *packet = block->packets + i;
    const hg_readers *readers = &stages->readers;
    const hg_conversations *c = &stages->conversations;
    int is_doubtful = 0;
    if (hg_readers_check_packets(*flow)) {
        if (!is_acceptable(stages, packet, block->frames + packet->frame, flow, from_client)) {
            count_anomalies(c, readers);
            return DONE;
        }
        is_doubtful = readers->anomalies != 0;
    }
    const int has_late = hg_readers_has_late(readers, packet),
              is_rival = __builtin_expect(((*flow)->reached & HG_DOUBTED) != 0 || has_late, 0) &&
                         hg_readers_has_rival(readers, c, *flow, packet, block->frames + packet->frame, *from_client);
    if (!is_rival && !has_late &&
        !hg_readers_may_confirm(readers, *flow, hg_flow_index(&c->flows, *flow), *from_client)) {
        if (is_doubtful && !hg_readers_has_rest(readers, packet)) /* else it was counted before */
            count_anomalies(c, readers);
        return is_doubtful ? DOUBTFUL : OPEN;
    }
    return read_late(block, stages, batch, i, *flow, *from_client, is_rival);
}

/* 1 when packet `i` may displace a flow with bytes that wait, some of which were read now. */
static inline int has_displaced(hg_block *block, hg_stages *stages, hg_batch *batch, uint32_t i)
{
    return __builtin_expect(stages->readers.streams.bytes != 0, 0) &&
           hg_block_settle_displaced(block, stages, batch, i);
}

/* Processes packet `i`, a SYN or SYN+ACK. Its data are read after the conversation has processed it. */
static inline __attribute__((always_inline)) progress converse_handshake(hg_block *block, hg_stages *stages, uint32_t i,
                                                                         hg_flow *flow, int from_client,
                                                                         hg_batch *batch, uint32_t *counts)
{
    const hg_packet *packet = block->packets + i;
    hg_conversations *c = &stages->conversations;
    hg_readers *readers = &stages->readers;
    progress judged = OPEN;
    if (has_displaced(block, stages, batch, i))
        return AGAIN;
    if (flow != NULL && (judged = judge_packet(block, stages, batch, i, &flow, &from_client)) < OPEN)
        return judged;
    if (!hg_readers_has_rest(readers, packet)) {
        if (converse_one(block, stages, batch, i, packet, &flow, &from_client, 0, counts) != 0 ||
            hg_readers_note_repeated(readers, c, flow, packet, from_client))
            hg_readers_note_handshake(readers, c, flow, packet, from_client, block->handshakes + i);
    }
    if (!hg_readers_want(readers, &c->flows, packet, flow, from_client))
        return DONE;
    if (flow != NULL && !flow->fresh)
        hg_readers_begin_answer(readers, c, flow, packet, from_client);
    read_segment(block, stages, batch, i, flow, &from_client);
    if (judged == DOUBTFUL)
        flow->reached |= (uint8_t)(HG_DOUBTED << !from_client); /* as take_doubtful */
    return hg_readers_has_rest(readers, packet) ? AGAIN : DONE;
}

/* Keeps the data of packet `i`, which is doubtful. Its numbers show nothing before they are acknowledged. */
static __attribute__((cold, noinline)) void take_doubtful(hg_block *block, hg_stages *stages, hg_batch *batch,
                                                          uint32_t i, hg_flow *flow, int from_client, uint32_t *counts)
{
    const hg_packet *packet = block->packets + i;
    if ((packet->type & (HG_RST | HG_ACK)) == HG_ACK &&
        hg_readers_want(&stages->readers, &stages->conversations.flows, packet, flow, from_client))
        flow = read_segment(block, stages, batch, i, flow, &from_client);
    flow->reached |= (uint8_t)(HG_DOUBTED << !from_client); /* the next packets are judged, too */
    if (from_client && (flow->marks & HG_COMPLETED) == 0) /* it ends no handshake */
        stages->readers.notes[hg_flow_index(&stages->conversations.flows, flow)].options[0] |= HG_MISECHOED;
    if (flow->state == HG_SYN_RECEIVED && (packet->type & (HG_FIN | HG_RST)) == 0)
        converse_one(block, stages, batch, i, packet, &flow, &from_client, 1, counts);
}

/* Processes packet `i`, which is neither SYN nor SYN+ACK. Its data are read first, because it may end its flow.
 * `is_good`: it was judged good. A separate function, because most packets need only what is inlined in its caller. */
static __attribute__((noinline)) progress converse_segment(hg_block *block, hg_stages *stages, uint32_t i,
                                                           hg_flow *flow, int from_client, int is_good, hg_batch *batch,
                                                           uint32_t *counts)
{
    hg_conversations *c = &stages->conversations;
    const hg_packet *packet = block->packets + i;
    hg_readers *readers = &stages->readers;
    if (is_good)
        readers->anomalies = 0;
    else if (flow != NULL) {
        const progress judged = judge_packet(block, stages, batch, i, &flow, &from_client);
        if (judged == DOUBTFUL)
            take_doubtful(block, stages, batch, i, flow, from_client, counts);
        if (judged != OPEN)
            return judged;
    } else if (has_displaced(block, stages, batch, i))
        return AGAIN;
    if ((packet->type & (HG_RST | HG_ACK)) == HG_ACK && /* receivers ignore the data of others */
        hg_readers_want(readers, &c->flows, packet, flow, from_client)) {
        flow = read_segment(block, stages, batch, i, flow, &from_client);
        if (hg_readers_has_rest(readers, packet))
            return AGAIN;
    }
    const int stays_open = (packet->type & (HG_FIN | HG_RST)) != 0 && flow != NULL && hg_readers_check_packets(flow) &&
                           !take_end(stages, packet, flow, from_client);
    if (flow == NULL || !hg_conversations_pass(c, flow, hg_flow_index(&c->flows, flow), packet,
                                               block->frames[packet->frame].time_ns, from_client))
        converse_one(block, stages, batch, i, packet, &flow, &from_client, stays_open, counts);
    return DONE;
}

/* Processes packet `i`, a segment. The functions called for every packet are inlined: calls would be 6 % of the
 * instructions. */
static inline __attribute__((always_inline)) progress converse_reading(hg_block *block, hg_stages *stages, uint32_t i,
                                                                       const hg_packet *packet, hg_batch *batch,
                                                                       uint32_t *counts)
{
    hg_conversations *c = &stages->conversations;
    hg_readers *readers = &stages->readers;
    const hg_frame *frame = block->frames + packet->frame;
    hg_flow *flow;
    int from_client = 0, is_good = 0;
    prefetch(c, packet);
    const hg_index index = hg_flows_find_for_readers(&c->flows, packet, frame->time_ns, &flow, &from_client);
    if (hg_is_handshake(packet))
        return converse_handshake(block, stages, i, flow, from_client, batch, counts);
    if (flow != NULL) {
        const int is_checked = hg_readers_check_packets(flow);
        is_good = is_checked && hg_readers_take_good(readers, flow, index, packet, frame, from_client);
        if ((!is_checked || (is_good && hg_readers_skip(readers, flow, index, packet, frame, !from_client))) &&
            hg_conversations_pass(c, flow, index, packet, frame->time_ns, from_client))
            return DONE;
    }
    return converse_segment(block, stages, i, flow, from_client, is_good, batch, counts);
}

/* Processes the packets before `end`, as many as the batch surely has room for. */
static __attribute__((noinline)) void converse_all_reading(hg_block *block, hg_stages *stages, hg_batch *batch,
                                                           uint32_t end)
{
    uint32_t counts[HG_EVENT_SETS] = {0};
    uint32_t i = block->next_packet, sure = 0;
    const hg_packet *packet = block->packets + i;
    while (i < end) {
        if (sure == 0 && (sure = sure_room(block, stages, batch)) == 0)
            break;
        sure--;
        if (__builtin_expect(hg_is_datagram(packet), 0))
            read_datagram(block, stages, batch, i);
        else if (converse_reading(block, stages, i, packet, batch, counts) == AGAIN)
            continue;
        packet++;
        i++;
    }
    block->next_packet = i;
    count_events(counts, stages->conversations.flows.stats);
}

/* Processes blocks without stream readers: passes datagrams on, and skips segments that matter only for their hosts. */
static void converse_in_runs(hg_block *block, hg_stages *stages, hg_batch *batch, uint32_t end)
{
    const hg_requirements *requirements = &stages->conversations.requirements;
    const hg_packet *packets = block->packets;
    while (block->next_packet < end && hg_stages_may_read(stages) && hg_block_has_room(block, stages, batch)) {
        uint32_t next = block->next_packet;
        while (next < end && !hg_is_datagram(packets + next) && hg_needs_packet(requirements, packets + next))
            next++;
        if (next > block->next_packet)
            converse_plainly(block, stages, batch, next);
        else if (hg_is_datagram(packets + next))
            read_datagram(block, stages, batch, block->next_packet++);
        else
            while (block->next_packet < end && !hg_needs_packet(requirements, packets + block->next_packet))
                block->next_packet++;
    }
}

static void converse_before(hg_block *block, hg_stages *stages, hg_batch *batch, uint32_t end)
{
    if (stages->readers.count > 0)
        converse_all_reading(block, stages, batch, end);
    else if (stages->datagrams.is_on ||
             (stages->segments.is_on && !hg_needs_segments(&stages->conversations.requirements)))
        converse_in_runs(block, stages, batch, end);
    else
        converse_plainly(block, stages, batch, end);
}

/* ---- segments of hosts ----------------------------------------------------------------- */

/* Passes packets to hg_segments_take, up to the first one with a result. */
static void take_segments(hg_block *block, hg_stages *stages)
{
    while (!block->has_segments_result && block->next_segment < block->packet_count) {
        const hg_packet *packet = block->packets + block->next_segment++;
        hg_segments_prefetch(&stages->segments, packet);
        block->has_segments_result =
            (uint8_t)hg_segments_take(&stages->segments, stages->conversations.database, packet,
                                      block->frames + packet->frame, &block->segments_result);
    }
}

HG_FITS_EVENT(hg_segments_values);
static HG_ROW_WRITER(write_segments, segments)

    /* Reports the segments' result for the host of the next packet. */
static void report_segments(hg_block *block, hg_stages *stages, hg_batch *batch)
{
    const uint32_t i = block->next_packet;
    const hg_packet *packet = block->packets + i;
    const hg_frame *frame = block->frames + packet->frame;
    hg_reader_event *found = block->reader_events + block->reader_event_count;
    *found = (hg_reader_event){.event = HG_EVENT_SEGMENTS,
                               .write = write_segments,
                               .scope = HG_SCOPE_REMOTE,
                               .flow = hg_frame_number(frame, packet->frame, block->first_number)};
    int from_client;
    const hg_flow *flow = hg_flows_find_cold(&stages->conversations.flows, packet, frame->time_ns, &from_client);
    if (flow != NULL) {
        found->flow = flow->first_packet;
        found->from_server = (uint8_t)!from_client;
    }
    memcpy(found->values.words, &block->segments_result, sizeof block->segments_result);
    block->has_segments_result = 0;
    hg_block_count_events(block, batch, stages->conversations.flows.stats, i, 1);
}

/* Processes as many packets as there is room for. A host's segments event comes before its packet's own events. */
static __attribute__((noinline)) void converse_with_segments(hg_block *block, hg_stages *stages, hg_batch *batch)
{
    while (block->next_packet < block->packet_count) {
        take_segments(block, stages);
        const uint32_t end = block->next_segment - block->has_segments_result;
        converse_before(block, stages, batch, end);
        if (block->next_packet < end || !hg_stages_may_read(stages) || !hg_block_has_room(block, stages, batch))
            return;
        if (block->has_segments_result)
            report_segments(block, stages, batch);
    }
}

_Static_assert(HG_MIN_COMPLETIONS >= HG_LARGEST_BLOCK && HG_MIN_SENDERS >= HG_LARGEST_BLOCK,
               "an empty batch has room for all connections and senders of a block");

int hg_block_converse(hg_block *block, hg_stages *stages, hg_batch *batch)
{
    hg_block_count(block, stages);
    stages->conversations.first_number = block->first_number;
    block->reserved = (hg_reservation){.row = batch->count};
    memcpy(block->reserved.rows, batch->counts, sizeof batch->counts);
    block->outcome_count = block->reader_event_count = 0;
    stages->conversations.batch = batch;
    if (batch->completions != NULL && /* each packet completes one connection at most */
        batch->completion_capacity - batch->completion_count < block->packet_count - block->next_packet)
        return 0;
    if (batch->senders != NULL &&
        batch->sender_capacity - batch->sender_count < block->sender_count - block->next_sender)
        return 0;
    if (batch->stealth != NULL &&
        batch->sender_capacity - batch->stealth_count < block->stealth_count - block->next_stealth)
        return 0;
    if (stages->segments.is_on)
        converse_with_segments(block, stages, batch);
    else
        converse_before(block, stages, batch, block->packet_count);
    hg_ahead_repay(&stages->credit, stages->readers.looks_used);
    stages->readers.looks_used = 0;
    stages->readers.look = NULL; /* the block may be gone when the next one comes */
    const int is_done = block->next_packet == block->packet_count;
    const uint32_t end = is_done ? block->frame_count : block->packets[block->next_packet].frame;
    if (block->next_sender < block->sender_count)
        hg_senders_report(block, &stages->group_senders, end, batch);
    if (block->next_stealth < block->stealth_count)
        hg_stealth_report(block, end, batch);
    return is_done;
}
