/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * ring.h - one worker of a sensor: a bounded ring of blocks on their way to the ordered stage.
 *
 *     filled ──▶ matched ──▶ taken       block k lies in blocks[k % depth]; a place is
 *                                        free again once the ordered stage took its block
 *
 * Members marked (m) are guarded by the sensor's mutex. A block between two stages belongs to the thread that takes
 * it, without the mutex.
 */
#pragma once

#include <pthread.h>

#include "engine/block.h"

typedef struct hg_ring {
    hg_source *source; /* its source; NULL when a reader fills its blocks */
    hg_block *blocks;
    int64_t *ready_ns; /* when each block was matched, on the monotonic clock */
    uint32_t depth;
    uint64_t filled;  /* (m) */
    uint64_t matched; /* (m) */
    uint64_t taken;   /* (m) */
    int64_t empty_ns; /* (m) when its source had nothing, on that clock: all before is here */
    uint8_t reading;  /* (m) a call of the source is on */
    uint8_t ended;    /* (m) nothing will come any more */
    uint64_t lost;    /* (m) packets for which the ring had no room */
    uint8_t here;       /* no thread works for it: the caller does */
    uint32_t got;       /* frames of the latest call of its source */
    hg_matcher matcher; /* of one block at a time */
    hg_lookers lookers;  /* the same */
    uint32_t next_frame; /* of the block at the front: first that was not taken */
    int64_t latest_ns;   /* of all frames that were taken: packets of a ring keep their order */
    hg_stats stats;      /* of taken packets, with their effects on flows and hosts */
} hg_ring;

hg_status hg_ring_init(hg_ring *ring, uint32_t depth, const hg_config *config, const hg_database *database,
                       hg_error *error);
void hg_ring_clear(hg_ring *ring);
/* Discards the blocks that were read but not taken. No thread may use the ring. */
void hg_ring_empty(hg_ring *ring);

static inline hg_block *hg_ring_block(const hg_ring *ring, uint64_t number)
{
    return ring->blocks + number % ring->depth;
}

static inline int hg_ring_has_room(const hg_ring *ring)
{
    return ring->filled - ring->taken < ring->depth;
}

static inline int hg_ring_is_ready(const hg_ring *ring)
{
    return ring->matched != ring->taken;
}

/* The time by which the next frame of the block at the front is ordered: its own, but not
 * before the ring's earlier ones, unless the clock was set back. */
int64_t hg_ring_next_ns(const hg_ring *ring);

/* Takes frames of the block at the front as long as their time is `until_ns` or before, numbered
 * from `*packets` + 1 on, and adds their number to `*packets`. 1 when the block is done, 0 when
 * later frames are left, -1 when the batch is full before. */
int hg_ring_take(hg_ring *ring, hg_setting *setting, int64_t until_ns, uint64_t *packets, hg_batch *batch);
