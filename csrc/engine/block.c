/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "engine/block.h"

#include "base/buffer.h"
#include "flow/hash.h"

/* How many packets are between a prefetch and its use: they take longer than the 160 ns that a cache line needs to move
 * between processors. The array has spare room for it after a block's last packet: zeros, or packets of an earlier block. */
enum { PREFETCH_AHEAD = 8, MOST_AHEAD = HG_SEGMENTS_AHEAD };
_Static_assert(MOST_AHEAD >= 2 * PREFETCH_AHEAD, "prefetching stays inside the array");

hg_status hg_block_init(hg_block *block, uint32_t capacity, hg_error *error)
{
    *block = (hg_block){.capacity = capacity};
    block->frames = malloc(capacity * sizeof *block->frames);
    block->plain_bits = calloc(capacity / HG_DETECTED_TOGETHER + 1, sizeof *block->plain_bits);
    block->packets = calloc(capacity + MOST_AHEAD, sizeof *block->packets);
    block->handshakes = malloc(capacity * sizeof *block->handshakes);
    block->outcomes = malloc(capacity * sizeof *block->outcomes);
    block->uptimes = malloc(capacity * sizeof *block->uptimes);
    /* This memory is not touched unless readers report events. */
    block->reader_events = calloc(capacity + HG_MOST_READERS + 1, sizeof *block->reader_events);
    if (block->frames == NULL || block->plain_bits == NULL || block->packets == NULL || block->handshakes == NULL ||
        block->outcomes == NULL || block->uptimes == NULL || block->reader_events == NULL) {
        hg_block_clear(block);
        return hg_fail(error, HG_E_MEMORY, "no memory for a block of packets");
    }
    return HG_OK;
}

void hg_block_clear(hg_block *block)
{
    free(block->frames);
    free(block->plain_bits);
    free(block->packets);
    free(block->handshakes);
    free(block->outcomes);
    free(block->uptimes);
    free(block->reader_events);
    free(block->senders);
    free(block->sender_places);
    hg_peeks_clear(&block->peeks);
    *block = (hg_block){0};
}

hg_status hg_block_read(hg_block *block, const hg_stages *stages, hg_source *source, uint64_t limit,
                        uint64_t first_number, hg_error *error)
{
    uint32_t capacity = limit < block->capacity ? (uint32_t)limit : block->capacity;
    block->sieve = (hg_sieve){.segments = stages->sieves};
    source->sieve = &block->sieve;
    hg_status status = source->next(source, block->frames, capacity, &block->frame_count, error);
    if (status < HG_OK)
        block->frame_count = 0;
    if (block->frame_count > 0)
        block->buffer = hg_source_hold(source);
    block->first_number = first_number;
    block->next_packet = block->next_segment = 0;
    block->has_segments_result = 0;
    block->counted = 0;
    return status;
}

void hg_block_release(hg_block *block)
{
    hg_buffer_release(block->buffer);
    block->buffer = NULL;
    block->sieve = (hg_sieve){0};
    block->frame_count = 0;
    block->packet_count = 0;
}

void hg_block_match(hg_block *block, const hg_stages *stages, hg_matcher *matcher, hg_hello_worker **worker)
{
    hg_block_parse(block, stages);
    hg_packet *packets = block->packets;
    const uint32_t count = block->packet_count;
    const uint64_t hash_key = stages->conversations.flows.hash_key;
    for (uint32_t i = 0; i < count; i++) {
        hg_hash_packet(hash_key, packets + i);
        if (!hg_is_handshake(packets + i))
            continue;
        hg_matcher_queue(matcher, packets + i, block->handshakes + i);
        if (stages->readers.count > 0)
            packets[i].checksum = (uint8_t)hg_readers_checksum_of(packets + i, block->frames + packets[i].frame);
    }
    if (block->has_tunnels)
        hg_hash_tunnels(hash_key, packets, count);
    hg_matcher_settle(matcher);
    if (stages->requirements.senders)
        hg_senders_take(block, stages);
    if (block->examined_count > 0)
        hg_peeks_take(&block->peeks, worker, &stages->datagrams.config, stages->conversations.database, packets,
                       count, block->frames);
}

/* Notes the unsupported link types, so that users can report their numbers. */
static void name_linktypes(const hg_block *block, hg_stats *stats)
{
    uint32_t *named = stats->unsupported_linktypes;
    uint32_t previous = HG_LINKTYPE_FILTERED;
    for (uint32_t i = 0; i < block->frame_count; i++) {
        uint32_t linktype = block->frames[i].linktype;
        if (linktype == HG_LINKTYPE_FILTERED || linktype == previous || hg_linktype_supported(linktype))
            continue;
        previous = linktype;
        uint32_t k = 0;
        while (k < HG_NAMED_LINKTYPES && named[k] != 0 && named[k] != linktype)
            k++;
        if (k < HG_NAMED_LINKTYPES)
            named[k] = linktype;
    }
}

void hg_block_count(hg_block *block, hg_stats *stats)
{
    if (block->counted)
        return;
    block->counted = 1;
    stats->packets += hg_block_packets(block);
    stats->bytes += block->bytes + block->sieve.bytes;
    stats->analysed += block->drops[HG_DROP_NONE] + block->sieve.packets;
    for (uint32_t drop = HG_DROP_NONE + 1; drop < HG_DROP_KINDS; drop++)
        stats->drops[drop] += block->drops[drop];
    if (block->drops[HG_DROP_UNSUPPORTED_LINKTYPE] > 0)
        name_linktypes(block, stats);
}

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

/* Prefetches memory that later packets will need. */
static inline void prefetch(const hg_conversations *conversations, const hg_packet *packet)
{
    hg_conversations_prefetch_heads(conversations, packet + 2 * PREFETCH_AHEAD);
    hg_conversations_prefetch_records(conversations, packet + PREFETCH_AHEAD);
}

/* Processes the packets before number `before` without stream readers, as many as surely fit into the batch. */
static void converse_plainly(hg_block *block, hg_stages *stages, hg_batch *batch, uint32_t before)
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

_Static_assert(HG_ALL_PROTOCOLS == (1 << HG_PROTOCOLS) - 1, "HG_ALL_PROTOCOLS lacks a protocol");

hg_status hg_batch_check(const hg_batch *batch, const hg_stages *stages, hg_error *error)
{
    if (batch->capacity < HG_MIN_BATCH)
        return hg_fail(error, HG_E_ARGUMENT, "a batch needs room for at least %d rows", HG_MIN_BATCH);
    if (batch->text_capacity < stages->most_text)
        return hg_fail(error, HG_E_ARGUMENT, "a batch needs room for at least %d bytes of text", HG_MIN_TEXTS);
    if (batch->completions != NULL && batch->completion_capacity < HG_MIN_COMPLETIONS)
        return hg_fail(error, HG_E_ARGUMENT, "a batch needs room for at least %d completions", HG_MIN_COMPLETIONS);
    if (batch->senders != NULL && batch->sender_capacity < HG_MIN_SENDERS)
        return hg_fail(error, HG_E_ARGUMENT, "a batch needs room for at least %d senders", HG_MIN_SENDERS);
    return HG_OK;
}

/* 1 when the batch and the block have room for all events of one more packet. */
static inline __attribute__((always_inline)) int has_room(const hg_block *block, const hg_stages *stages,
                                                          const hg_batch *batch)
{
    return batch->capacity - batch->count > HG_MOST_ROWS_A_PACKET + stages->readers.count &&
           batch->text_capacity - batch->text_count >= stages->most_text && block->reader_event_count < block->capacity;
}

/* How many calls of converse_reading or read_datagram the batch and the block surely have room for; as has_room. */
static uint32_t sure_room(const hg_block *block, const hg_stages *stages, const hg_batch *batch)
{
    const uint32_t most_rows = HG_MOST_ROWS_A_PACKET + stages->readers.count;
    if (stages->packets_left == 0 || !has_room(block, stages, batch))
        return 0;
    uint32_t sure = (batch->capacity - batch->count - 1) / most_rows;
    const uint32_t events = (block->capacity - block->reader_event_count + HG_MOST_READERS - 1) / HG_MOST_READERS;
    const uint32_t texts = stages->most_text == 0 ? sure : (batch->text_capacity - batch->text_count) / stages->most_text;
    sure = sure < events ? sure : events;
    sure = sure < texts ? sure : texts;
    return sure < stages->packets_left ? sure : (uint32_t)stages->packets_left;
}

/* Counts the events that readers reported for a packet. */
static void count_reader_events(hg_block *block, hg_batch *batch, hg_stats *stats, uint32_t packet, uint32_t count)
{
    for (hg_reader_event *found = block->reader_events + block->reader_event_count; count > 0; count--, found++) {
        found->packet = packet;
        stats->events[found->event]++;
        batch->counts[hg_event_reader(found->event)]++;
        batch->count++;
        block->reader_event_count++;
    }
}

/* Passes the next packet, which is a datagram, to its reader. */
static void read_datagram(hg_block *block, hg_stages *stages, hg_batch *batch, uint32_t i)
{
    hg_packet *packet = block->packets + i;
    const hg_frame *frame = block->frames + packet->frame;
    stages->packets_left--;
    hg_reader_event *found = block->reader_events + block->reader_event_count;
    uint64_t number = hg_frame_number(frame, packet->frame, block->first_number);
    if (hg_datagrams_follow(&stages->datagrams, stages->conversations.database, &block->peeks, packet, frame, number,
                            batch, found))
        count_reader_events(block, batch, stages->conversations.flows.stats, i, 1);
}

/* Passes a packet's data to the stream readers. Returns its flow, which may be new. */
static hg_flow *read_segment(hg_block *block, hg_stages *stages, hg_batch *batch, uint32_t i, hg_flow *flow,
                             int *from_client)
{
    hg_conversations *c = &stages->conversations;
    const hg_packet *packet = block->packets + i;
    stages->packets_left--;
    uint32_t found = hg_readers_follow(&stages->readers, c, packet, block->frames + packet->frame, &flow, from_client,
                                       batch, block->reader_events + block->reader_event_count);
    count_reader_events(block, batch, c->flows.stats, i, found);
    return flow;
}

/* Processes packet `i` in its conversation, and counts and returns its events. */
static inline __attribute__((always_inline)) uint32_t converse_one(hg_block *block, hg_stages *stages,
                                                                   hg_batch *batch, uint32_t i,
                                                                   const hg_packet *packet, hg_flow **flow,
                                                                   int *from_client, int stays_open, uint32_t *counts)
{
    hg_conversations *c = &stages->conversations;
    const hg_outcome outcome = hg_converse_in(c, packet, block->frames + packet->frame, flow, from_client, stays_open,
                                              block->handshakes + i, block->uptimes + block->outcome_count);
    const uint32_t events = outcome.events;
    const uint8_t reported = outcome.events & c->reported;
    if (reported == 0)
        return events;
    block->outcomes[block->outcome_count++] = (hg_outcome){
        .flow = outcome.flow,
        .packet = i,
        .events = reported,
        .from_server = outcome.from_server,
        .syn_seen = outcome.syn_seen,
        .scope = outcome.scope,
    };
    counts[reported]++;
    const uint32_t rows = hg_count_bits(reported);
    batch->count += rows;
    batch->counts[HG_READER_TCP] += rows;
    return events;
}

/* 1 when the packet may have an effect at its receiver. Of rival flows with its ports, `*flow` becomes its own. */
static inline int is_acceptable(hg_stages *stages, const hg_packet *packet, const hg_frame *frame, hg_flow **flow,
                                int *from_client)
{
    hg_conversations *c = &stages->conversations;
    hg_readers *readers = &stages->readers;
    if ((*flow)->rival != 0) {
        *flow = hg_conversations_choose(c, *flow, packet);
        *from_client = hg_is_from_client(*flow, packet);
    }
    if (hg_readers_has_rest(readers, packet))
        return 1; /* it was accepted before */
    readers->is_doubtful = 0;
    if (packet->type == HG_SYN || ((*flow)->fresh && packet->payload == 0 && packet->type == HG_ACK) ||
        hg_readers_take_good(readers, *flow, hg_flow_index(&c->flows, *flow), packet, frame, *from_client))
        return 1;
    const hg_acceptance judgement = hg_readers_judge(readers, c, *flow, packet, frame, *from_client);
    readers->is_doubtful = judgement == HG_DOUBTFUL;
    return judgement != HG_REFUSED;
}

/* 1 when the packet is a FIN or RST that ends nothing. */
static inline int ends_nothing(const hg_stages *stages, const hg_packet *packet, const hg_flow *flow, int from_client)
{
    const hg_readers *readers = &stages->readers;
    return (packet->type & (HG_FIN | HG_RST)) != 0 && flow != NULL && hg_readers_check_packets(flow) &&
           (readers->is_doubtful || !hg_readers_is_end(readers, &stages->conversations, flow, packet, from_client));
}

/* Passes the doubtful bytes that packet `i` acknowledges to the stream readers. */
static __attribute__((cold, noinline)) void read_late(hg_block *block, hg_stages *stages, hg_batch *batch, uint32_t i,
                                                      hg_flow *flow, int from_client)
{
    hg_conversations *c = &stages->conversations;
    const hg_packet *packet = block->packets + i;
    const hg_frame *frame = block->frames + packet->frame;
    hg_reader_event *found = block->reader_events + block->reader_event_count;
    stages->packets_left--;
    const uint32_t count = hg_readers_confirm(&stages->readers, c, packet, frame, flow, from_client, batch, found);
    count_reader_events(block, batch, c->flows.stats, i, count);
}

/* Processes packet `i` with stream readers. The data of a SYN are read after the conversation has processed the packet;
 * other data are read before, because the packet may end its flow. 0: the packet has more events, call again; else 1. */
static inline __attribute__((always_inline)) int converse_reading(hg_block *block, hg_stages *stages, uint32_t i,
                                                                  const hg_packet *packet, hg_flow *flow,
                                                                  int from_client, hg_batch *batch, uint32_t *counts)
{
    hg_conversations *c = &stages->conversations;
    const hg_readers *readers = &stages->readers;
    const int begins = hg_is_handshake(packet);
    if (flow == NULL)
        stages->readers.is_doubtful = 0;
    else if (hg_readers_check_packets(flow) &&
             !is_acceptable(stages, packet, block->frames + packet->frame, &flow, &from_client))
        return 1;
    if (flow != NULL && (hg_readers_has_late(readers, packet) ||
                         hg_readers_may_confirm(readers, flow, hg_flow_index(&c->flows, flow), from_client))) {
        read_late(block, stages, batch, i, flow, from_client);
        return 0;
    }
    if (begins && !hg_readers_has_rest(readers, packet)) {
        const uint32_t events = converse_one(block, stages, batch, i, packet, &flow, &from_client, 0, counts);
        if (events != 0)
            hg_readers_note_handshake(&stages->readers, hg_flow_index(&c->flows, flow), from_client,
                                      block->handshakes + i);
        hg_readers_note_checksum(&stages->readers, c, flow, packet, from_client, events != 0);
    }
    if (hg_readers_want(readers, &c->flows, packet, flow, from_client)) {
        flow = read_segment(block, stages, batch, i, flow, &from_client);
        if (hg_readers_has_rest(readers, packet))
            return 0;
    }
    const int stays_open = ends_nothing(stages, packet, flow, from_client);
    if (stays_open && readers->is_doubtful)
        return 1;
    if (!begins && (flow == NULL || !hg_conversations_pass(c, flow, packet, block->frames[packet->frame].time_ns, from_client)))
        converse_one(block, stages, batch, i, packet, &flow, &from_client, stays_open, counts);
    return 1;
}

/* Processes the packets before `end`, as many as the batch surely has room for. The functions called for every packet
 * are inlined: calls would be 6 % of the instructions. */
static __attribute__((noinline)) void converse_all_reading(hg_block *block, hg_stages *stages, hg_batch *batch,
                                                           uint32_t end)
{
    hg_conversations *c = &stages->conversations;
    uint32_t counts[HG_EVENT_SETS] = {0};
    uint32_t i = block->next_packet, sure = 0;
    const hg_packet *packet = block->packets + i;
    for (int is_done = 1; i < end; packet += is_done, i += (uint32_t)is_done, is_done = 1) {
        if (sure == 0 && (sure = sure_room(block, stages, batch)) == 0)
            break;
        sure--;
        if (__builtin_expect(!hg_is_datagram(packet), 1)) {
            const int64_t time_ns = block->frames[packet->frame].time_ns;
            hg_flow *flow;
            int from_client = 0;
            prefetch(c, packet);
            hg_flows_find_for_readers(&c->flows, packet, time_ns, &flow, &from_client);
            if (flow != NULL && !hg_readers_check_packets(flow) && hg_conversations_pass(c, flow, packet, time_ns, from_client))
                continue;
            is_done = converse_reading(block, stages, i, packet, flow, from_client, batch, counts);
        } else {
            read_datagram(block, stages, batch, i);
        }
    }
    block->next_packet = i;
    count_events(counts, stages->conversations.flows.stats);
}

/* Processes blocks without stream readers: passes datagrams on, and skips segments that matter only for their hosts. */
static void converse_in_runs(hg_block *block, hg_stages *stages, hg_batch *batch, uint32_t end)
{
    const hg_requirements *requirements = &stages->conversations.requirements;
    const hg_packet *packets = block->packets;
    while (block->next_packet < end && stages->packets_left > 0 && has_room(block, stages, batch)) {
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
        block->has_segments_result = (uint8_t)hg_segments_take(&stages->segments, stages->conversations.database, packet,
                                                     block->frames + packet->frame, &block->segments_result);
    }
}

HG_IS_FINDING(hg_segments_values);
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
    memcpy(found->finding.words, &block->segments_result, sizeof block->segments_result);
    block->has_segments_result = 0;
    count_reader_events(block, batch, stages->conversations.flows.stats, i, 1);
}

/* Processes as many packets as there is room for. A host's segments event comes before its packet's own events. */
static __attribute__((noinline)) void converse_with_segments(hg_block *block, hg_stages *stages, hg_batch *batch)
{
    while (block->next_packet < block->packet_count) {
        take_segments(block, stages);
        const uint32_t end = block->next_segment - block->has_segments_result;
        converse_before(block, stages, batch, end);
        if (block->next_packet < end || stages->packets_left == 0 || !has_room(block, stages, batch))
            return;
        if (block->has_segments_result)
            report_segments(block, stages, batch);
    }
}

_Static_assert(HG_MIN_COMPLETIONS >= HG_LARGEST_BLOCK && HG_MIN_SENDERS >= HG_LARGEST_BLOCK,
               "an empty batch has room for all connections and senders of a block");

int hg_block_converse(hg_block *block, hg_stages *stages, hg_batch *batch)
{
    hg_block_count(block, stages->conversations.flows.stats);
    stages->conversations.first_number = block->first_number;
    block->reserved = (hg_reservation){.row = batch->count};
    memcpy(block->reserved.rows, batch->counts, sizeof batch->counts);
    block->outcome_count = block->reader_event_count = 0;
    stages->conversations.batch = batch;
    if (batch->completions != NULL && /* each packet completes one connection at most */
        batch->completion_capacity - batch->completion_count < block->packet_count - block->next_packet)
        return 0;
    if (batch->senders != NULL && batch->sender_capacity - batch->sender_count < block->sender_count - block->next_sender)
        return 0;
    if (stages->segments.is_on)
        converse_with_segments(block, stages, batch);
    else
        converse_before(block, stages, batch, block->packet_count);
    const int is_done = block->next_packet == block->packet_count;
    if (block->next_sender < block->sender_count)
        hg_senders_report(block, is_done ? block->frame_count : block->packets[block->next_packet].frame, batch);
    return is_done;
}
