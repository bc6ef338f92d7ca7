/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "lane.h"

#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "rows.h"

/* A step back of the clock, and no packets that overtook one another. */
#define CLOCK_STEP_NS INT64_C(1000000000)

hg_status hg_lane_init(hg_lane *lane, uint32_t depth, const hg_config *config, const hg_database *database,
                       hg_error *error)
{
    *lane = (hg_lane){.latest_ns = INT64_MIN};
    lane->blocks = calloc(depth, sizeof *lane->blocks);
    lane->ready_ns = calloc(depth, sizeof *lane->ready_ns);
    hg_status status = hg_matcher_init(&lane->matcher, database, config->hash_key, error);
    if (status == HG_OK && (lane->blocks == NULL || lane->ready_ns == NULL))
        status = hg_fail(error, HG_E_MEMORY, "no memory for %u blocks of packets", depth);
    while (status == HG_OK && lane->depth < depth) {
        status = hg_block_init(lane->blocks + lane->depth, HG_BLOCK_FRAMES, error);
        if (status == HG_OK)
            lane->depth++;
    }
    return status;
}

void hg_lane_clear(hg_lane *lane)
{
    for (uint32_t i = 0; i < lane->depth; i++) {
        hg_block_release(lane->blocks + i);
        hg_block_clear(lane->blocks + i);
    }
    free(lane->blocks);
    free(lane->ready_ns);
    hg_matcher_clear(&lane->matcher);
    *lane = (hg_lane){0};
}

void hg_lane_empty(hg_lane *lane)
{
    for (uint32_t i = 0; i < lane->depth; i++)
        hg_block_release(lane->blocks + i);
    lane->filled = lane->matched = lane->taken = 0;
    lane->next_frame = 0;
    lane->latest_ns = INT64_MIN;
    lane->empty_ns = 0;
    lane->reading = lane->ended = 0;
    lane->source = NULL;
}

/* `time_ns` as it orders a frame behind one of `latest_ns`. */
static int64_t ordering_ns(int64_t time_ns, int64_t latest_ns)
{
    int stepped = time_ns < latest_ns && (uint64_t)latest_ns - (uint64_t)time_ns > CLOCK_STEP_NS;
    return time_ns > latest_ns || stepped ? time_ns : latest_ns;
}

int64_t hg_lane_next_ns(const hg_lane *lane)
{
    const hg_block *block = hg_lane_block(lane, lane->taken);
    return ordering_ns(block->frames[lane->next_frame].time_ns, lane->latest_ns);
}

/* The end of the run of frames that may be taken, and its first packet that may not. */
static uint32_t find_end(hg_lane *lane, const hg_block *block, int64_t until_ns, uint32_t *packet)
{
    uint32_t frame = lane->next_frame;
    int64_t latest = lane->latest_ns;
    if (until_ns == INT64_MAX)
        frame = block->frame_count;
    for (; frame < block->frame_count; frame++) {
        int64_t time_ns = ordering_ns(block->frames[frame].time_ns, latest);
        if (time_ns > until_ns)
            break;
        latest = time_ns;
    }
    if (frame > lane->next_frame)
        lane->latest_ns = ordering_ns(block->frames[frame - 1].time_ns, latest);
    *packet = block->next_packet;
    while (*packet < block->packet_count && block->packets[*packet].frame < frame)
        ++*packet;
    return frame;
}

int hg_lane_take(hg_lane *lane, hg_setting *setting, int64_t until_ns, uint64_t *packets, hg_batch *batch)
{
    hg_block *block = hg_lane_block(lane, lane->taken);
    uint32_t whole = block->packet_count, first = lane->next_frame, run;
    int64_t before_ns = lane->latest_ns;
    uint32_t end = find_end(lane, block, until_ns, &run);
    setting->conversations.tracker.stats = &lane->stats;
    block->first_number = *packets + 1 - first; /* of frame 0; it wraps, and so does the sum */
    block->packet_count = run;
    int done = hg_block_converse(block, setting, batch->capacity - batch->count);
    block->packet_count = whole;
    hg_rows_write(block, &batch->columns, batch->count);
    batch->count += block->row_count;
    if (!done) {
        end = block->packets[block->next_packet].frame;
        lane->latest_ns = before_ns;
    }
    *packets += end - first;
    lane->next_frame = end;
    if (!done)
        return -1;
    return end == block->frame_count;
}
