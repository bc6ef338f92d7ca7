/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "lane.h"

#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "rows.h"

/* A step back of the clock, and no packets that overtook one another. */
#define CLOCK_STEP_NS INT64_C(1000000000)

/* The blocks share the lane's matcher: only one of them is matched at a time. */
static hg_status init_block(hg_block *block, const hg_config *config, hg_error *error)
{
    hg_status status = hg_block_init(block, HG_BLOCK_FRAMES, config, NULL, error);
    hg_matcher_clear(&block->matcher);
    block->matcher = (hg_matcher){0};
    return status;
}

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
        status = init_block(lane->blocks + lane->depth, config, error);
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

void hg_lane_match(hg_lane *lane, hg_block *block, const hg_setting *setting)
{
    block->matcher = lane->matcher;
    hg_block_match(block, setting);
    lane->matcher = block->matcher;
    block->matcher = (hg_matcher){0};
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
    int counted = block->counted;
    setting->conversations.stats = setting->conversations.tracker.stats = &lane->stats;
    block->first_number = *packets + 1 - first; /* of frame 0; it wraps, and so does the sum */
    block->packet_count = run;
    int done = hg_block_converse(block, setting, batch->capacity - batch->count);
    block->packet_count = whole;
    hg_rows_write(block, &batch->columns, batch->count);
    batch->count += block->row_count;
    if (!counted) { /* the block's own counters were added to the setting's */
        hg_stats_add(&lane->stats, &setting->stats);
        setting->stats = (hg_stats){0};
    }
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

/* ---- counters -------------------------------------------------------------------------- */

enum { COUNTERS = offsetof(hg_stats, unsupported_linktypes) / sizeof(uint64_t) };

_Static_assert(COUNTERS * sizeof(uint64_t) == offsetof(hg_stats, unsupported_linktypes),
               "all before the link types are counters of 64 bits");

static void name_linktype(uint32_t *named, uint32_t linktype)
{
    for (uint32_t i = 0; i < HG_NAMED_LINKTYPES && linktype != 0; i++) {
        if (named[i] == linktype)
            return;
        if (named[i] == 0) {
            named[i] = linktype;
            return;
        }
    }
}

void hg_stats_add(hg_stats *sum, const hg_stats *stats)
{
    uint64_t total[COUNTERS], more[COUNTERS];
    memcpy(total, sum, sizeof total);
    memcpy(more, stats, sizeof more);
    for (uint32_t i = 0; i < COUNTERS; i++)
        total[i] += more[i];
    memcpy(sum, total, sizeof total);
    for (uint32_t i = 0; i < HG_NAMED_LINKTYPES; i++)
        name_linktype(sum->unsupported_linktypes, stats->unsupported_linktypes[i]);
}
