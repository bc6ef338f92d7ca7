/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * sensor_workers.h - the threads of a sensor that read, and the state that they share with the ordered stage
 * (sensor.c).
 *
 * A worker has a bounded ring of blocks on their way to the ordered stage:
 *
 *     filled ──▶ matched ──▶ taken       block k is at blocks[k % depth]; its place is
 *                                        free again after the ordered stage took the block
 *
 * While threads run, the members marked (m) change only with the mutex held; the one thread that changes a counter of
 * blocks may read it without. The thread that works on a block needs no mutex for the block itself.
 */
#pragma once

#include <sys/types.h>

#include "base/thread.h"
#include "blocks/block.h"

/* Reads one source into blocks. */
typedef struct hg_feed {
    hg_source *source; /* or NULL */
    uint32_t got;      /* frames of the latest call; 0 if there was no room for them */
    uint8_t here;      /* 1: it has no thread, so the caller of hg_sensor_run does its work */
    uint8_t reading;   /* (m) a call of the source is running */
    uint8_t ended;     /* (m) no more packets will come */
} hg_feed;

typedef struct hg_ring {
    hg_sensor *sensor;
    hg_feed own; /* without a source if the common feed fills the blocks; then its thread only matches them */
    hg_block *blocks;
    int64_t *ready_ns; /* when each block was filled, on the monotonic clock */
    uint32_t depth;
    uint64_t filled;  /* (m) numbers of blocks, as in the diagram */
    uint64_t matched; /* (m) */
    uint64_t taken;   /* (m) */
    int64_t empty_ns; /* (m) when its source last had no packets, on the same clock; the ring has all earlier packets */
    uint64_t lost; /* (m) packets for which the ring had no room */
    hg_matcher matcher; /* this and the next two are used for one block at a time */
    hg_hello_worker *hello_worker;
    hg_ahead_memory looking;
    uint32_t next_frame; /* the first frame of block `taken` that the ordered stage has not taken */
    int64_t latest_ns; /* latest time of the frames taken; it keeps a ring's packets in order if times go back */
    hg_stats stats; /* of taken packets, with their effects on flows and hosts */
} hg_ring;

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

struct hg_sensor {
    hg_stages stages;
    hg_config config;
    hg_ring *rings;
    uint32_t ring_count;
    uint64_t packets; /* taken so far */
    pid_t owner; /* the process with the threads; a forked process lacks them, and its mutex may be locked */

    pthread_mutex_t mutex;
    pthread_cond_t ready; /* a ring has a block for the ordered stage, or its source had no packets */
    pthread_cond_t room; /* a ring has room or a block to match, or `mode` or `closing` has changed */
    hg_sensor_mode mode; /* (m) */
    uint8_t closing; /* (m) */
    hg_status outcome; /* (m) error of the first source that failed; else HG_END if one ended, or HG_OK */
    hg_error error; /* (m) */
    uint32_t thread_count;
    pthread_t threads[HG_MAX_WORKERS + 1];
    hg_feed common; /* one source for all rings; without a source, each ring has its own */
    uint64_t common_turn; /* blocks that the common feed gave to rings */
    uint64_t turn; /* blocks that the ordered stage took */
    hg_block spare; /* receives frames that the common feed drops */
    uint8_t overrun; /* (m) the common feed waited for room in vain, and there is still none */
};

/* With several workers, starts a thread for the common feed, if it has a source, and one per worker. The caller of
 * hg_sensor_run does all work for which there is no thread. */
void hg_sensor_start(hg_sensor *sensor);
/* Ends the threads; each first finishes its current block. No source waits long for packets. */
void hg_sensor_stop(hg_sensor *sensor);
/* Does some of the work for which there is no thread, in the caller's thread. 1: a block moved forward. */
int hg_sensor_work_here(hg_sensor *sensor);
/* Whether nothing more comes from the feed for now, or ever. Called with the mutex held. */
static inline int hg_feed_rests(const hg_sensor *sensor, const hg_feed *feed)
{
    return feed->source == NULL || feed->ended || (sensor->mode == HG_SENSOR_HOLD && !feed->reading);
}

/* Whether the caller's thread reads a source. If there were no packets, the source has already waited for some. */
int hg_sensor_reads_here(const hg_sensor *sensor);
