/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * waiting.c - bytes that wait for an acknowledgement when the capture ends, or when their flow is evicted, which may
 * be over by then. They are read as they are. Their rows have the time and number of the segment that brought the last
 * of them, and HG_SCOPE_REMOTE, because their receiver may have refused them.
 */
#include "blocks/block.h"

#include "packet/linktype.h"

/* The headers of an acknowledgement that was not captured. */
static const uint8_t NO_HEADERS[HG_IPV6_HEADER + HG_TCP_HEADER];

/* Sets what stands for the acknowledgement of a direction's bytes. */
static hg_waiting waiting_of(const hg_flow *flow, int from_server, const hg_sent *sent)
{
    return (hg_waiting){
        .packet = {.source = from_server ? flow->client : flow->server,
                   .destination = from_server ? flow->server : flow->client,
                   .ip = NO_HEADERS,
                   .tcp = NO_HEADERS + HG_IPV6_HEADER,
                   .source_port = from_server ? flow->client_port : flow->server_port,
                   .destination_port = from_server ? flow->server_port : flow->client_port,
                   .header_bytes = sizeof NO_HEADERS,
                   .type = HG_ACK,
                   .version = flow->version},
        .frame = {.data = NO_HEADERS, .time_ns = sent->time_ns, .linktype = LINKTYPE_RAW},
        .sent = *sent,
    };
}

/* Reads the bytes of a direction, or the rest of them. Its events come with packet `i`. */
static void read_waiting(hg_block *block, hg_stages *stages, hg_batch *batch, uint32_t i, uint32_t direction)
{
    hg_readers *readers = &stages->readers;
    hg_conversations *c = &stages->conversations;
    hg_flow *flow = c->flows.records + direction / 2;
    const int from_server = direction % 2;
    const uint32_t first = block->reader_event_count;
    if (block->waiting == NULL)
        block->waiting = calloc(block->capacity + HG_MOST_READERS + 1, sizeof *block->waiting);
    if (block->waiting == NULL) {
        hg_streams_stop(&readers->streams, direction / 2, from_server);
        c->flows.stats->streams_evicted++;
        return;
    }
    if (!hg_readers_has_rest(readers, &block->settled.packet))
        block->settled =
            waiting_of(flow, from_server, &readers->streams.held[readers->streams.streams[direction].held].sent);
    readers->look = NULL;
    const uint32_t count = hg_readers_settle(readers, c, &block->settled.packet, &block->settled.frame, HG_NEVER, flow,
                                             from_server, batch, block->reader_events + first);
    hg_block_count_events(block, batch, c->flows.stats, i, count);
    for (uint32_t event = first; event < block->reader_event_count; event++)
        block->waiting[event] = block->settled;
}

/* The direction whose rest is left; 0: none is. */
static uint32_t direction_of_rest(const hg_block *block, const hg_readers *readers)
{
    const hg_rest *rest = &readers->rest;
    return hg_readers_has_rest(readers, &block->settled.packet) ? 2 * rest->flow + rest->from_server : 0;
}

int hg_block_settle_displaced(hg_block *block, hg_stages *stages, hg_batch *batch, uint32_t i)
{
    hg_index leaving[HG_FLOW_STATES];
    const hg_readers *readers = &stages->readers;
    const hg_flows *flows = &stages->conversations.flows;
    uint32_t direction = direction_of_rest(block, readers);
    const uint32_t count = hg_flows_leaving(flows, block->frames[block->packets[i].frame].time_ns, leaving);
    for (uint32_t at = 0; at < 2 * count && direction == 0; at++)
        if (hg_stream_waits(&readers->streams, readers->streams.streams + 2 * leaving[at / 2] + at % 2))
            direction = 2 * leaving[at / 2] + at % 2;
    if (direction == 0)
        return 0;
    stages->packets_left--;
    read_waiting(block, stages, batch, i, direction);
    return 1;
}

/* ---- at the end of the capture ----------------------------------------------------------------- */

/* A direction whose bytes wait, and the number of the packet that brought the last of them. */
struct hg_awaiting {
    uint64_t packet_number;
    uint32_t direction;
};

static int compare_waits(const void *one, const void *other)
{
    const hg_awaiting *a = one, *b = other;
    if (a->packet_number != b->packet_number)
        return a->packet_number < b->packet_number ? -1 : 1;
    return a->direction < b->direction ? -1 : a->direction > b->direction;
}

/* Lists the directions whose bytes wait, in the order of packets, and counts those that miss bytes. */
static hg_status list_waits(hg_readers *readers, hg_error *error)
{
    const hg_streams *streams = &readers->streams;
    readers->waits = malloc((streams->held_count + 1) * sizeof *readers->waits);
    if (readers->waits == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for the connections that wait");
    readers->wait_count = readers->next_wait = 0;
    for (hg_index i = streams->held->newer; i != 0; i = streams->held[i].newer) {
        const hg_held *held = streams->held + i;
        if (held->doubtful_count > 0)
            readers->waits[readers->wait_count++] = (hg_awaiting){held->sent.packet_number, held->stream};
        streams->stats->streams_with_gap += held->run_count > 0 && !streams->streams[held->stream].forgot;
    }
    qsort(readers->waits, readers->wait_count, sizeof *readers->waits, compare_waits);
    return HG_OK;
}

hg_status hg_block_settle(hg_block *block, hg_stages *stages, hg_batch *batch, uint64_t until, hg_error *error)
{
    hg_readers *readers = &stages->readers;
    block->reserved = (hg_reservation){.row = batch->count};
    memcpy(block->reserved.rows, batch->counts, sizeof batch->counts);
    block->outcome_count = block->reader_event_count = 0;
    block->frames[0] = (hg_frame){0}; /* of the packet that rows begin with */
    if (readers->count == 0)
        return HG_END;
    if (readers->waits == NULL && list_waits(readers, error) != HG_OK)
        return HG_E_MEMORY;
    for (; readers->next_wait < readers->wait_count; readers->next_wait++) {
        const hg_awaiting wait = readers->waits[readers->next_wait];
        if (wait.packet_number > until)
            return HG_END;
        while (direction_of_rest(block, readers) != 0 ||
               hg_stream_waits(&readers->streams, readers->streams.streams + wait.direction)) {
            if (!hg_block_has_room(block, stages, batch))
                return HG_OK;
            read_waiting(block, stages, batch, 0, wait.direction);
        }
    }
    if (until == UINT64_MAX) {
        free(readers->waits);
        readers->waits = NULL;
    }
    return HG_END;
}
