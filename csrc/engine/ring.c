/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "engine/ring.h"

#include <stdlib.h>

#include "engine/rows.h"

/* A packet this much earlier than the one before means that the clock was set back, not that packets were reordered. */
#define CLOCK_STEP_NS INT64_C(1000000000)

hg_status hg_ring_init(hg_ring *ring, uint32_t depth, const hg_config *config, const hg_database *database,
                       hg_error *error)
{
    *ring = (hg_ring){.latest_ns = INT64_MIN};
    ring->blocks = calloc(depth, sizeof *ring->blocks);
    ring->ready_ns = calloc(depth, sizeof *ring->ready_ns);
    hg_status status = hg_matcher_init(&ring->matcher, database, config->hash_key, error);
    if (status == HG_OK && (ring->blocks == NULL || ring->ready_ns == NULL))
        status = hg_fail(error, HG_E_MEMORY, "no memory for %u blocks of packets", depth);
    while (status == HG_OK && ring->depth < depth) {
        status = hg_block_init(ring->blocks + ring->depth, HG_BLOCK_FRAMES, error);
        if (status == HG_OK)
            ring->depth++;
    }
    return status;
}

void hg_ring_clear(hg_ring *ring)
{
    for (uint32_t i = 0; i < ring->depth; i++) {
        hg_block_release(ring->blocks + i);
        hg_block_clear(ring->blocks + i);
    }
    free(ring->blocks);
    free(ring->ready_ns);
    hg_matcher_clear(&ring->matcher);
    hg_lookers_clear(&ring->lookers);
    *ring = (hg_ring){0};
}

void hg_ring_empty(hg_ring *ring)
{
    for (uint32_t i = 0; i < ring->depth; i++)
        hg_block_release(ring->blocks + i);
    ring->filled = ring->matched = ring->taken = 0;
    ring->next_frame = 0;
    ring->latest_ns = INT64_MIN;
    ring->empty_ns = 0;
    ring->reading = ring->ended = ring->here = 0;
    ring->source = NULL;
}

/* The time that orders a frame of `time_ns` after one of `latest_ns`. */
static int64_t ordering_ns(int64_t time_ns, int64_t latest_ns)
{
    int stepped = time_ns < latest_ns && (uint64_t)latest_ns - (uint64_t)time_ns > CLOCK_STEP_NS;
    return time_ns > latest_ns || stepped ? time_ns : latest_ns;
}

int64_t hg_ring_next_ns(const hg_ring *ring)
{
    const hg_block *block = hg_ring_block(ring, ring->taken);
    return ordering_ns(block->frames[ring->next_frame].time_ns, ring->latest_ns);
}

/* The end of the run of frames that may be taken, and its first packet that may not. */
static uint32_t find_end(hg_ring *ring, const hg_block *block, int64_t until_ns, uint32_t *packet)
{
    uint32_t frame = ring->next_frame;
    int64_t latest = ring->latest_ns;
    if (until_ns == INT64_MAX)
        frame = block->frame_count;
    for (; frame < block->frame_count; frame++) {
        int64_t time_ns = ordering_ns(block->frames[frame].time_ns, latest);
        if (time_ns > until_ns)
            break;
        latest = time_ns;
    }
    if (frame > ring->next_frame)
        ring->latest_ns = ordering_ns(block->frames[frame - 1].time_ns, latest);
    *packet = block->next_packet;
    while (*packet < block->packet_count && block->packets[*packet].frame < frame)
        ++*packet;
    return frame;
}

int hg_ring_take(hg_ring *ring, hg_setting *setting, int64_t until_ns, uint64_t *packets, hg_batch *batch)
{
    hg_block *block = hg_ring_block(ring, ring->taken);
    uint32_t whole = block->packet_count, first = ring->next_frame, run;
    int64_t before_ns = ring->latest_ns;
    uint32_t end = find_end(ring, block, until_ns, &run);
    hg_setting_count_into(setting, &ring->stats);
    block->first_number = *packets + 1 - first; /* of frame 0; it wraps, and so does the sum */
    block->packet_count = run;
    int done = hg_block_converse(block, setting, batch);
    block->packet_count = whole;
    hg_rows_write(block, &batch->columns);
    if (!done) {
        end = block->packets[block->next_packet].frame;
        ring->latest_ns = before_ns;
    }
    *packets += end - first;
    ring->next_frame = end;
    if (!done)
        return -1;
    return end == block->frame_count;
}
