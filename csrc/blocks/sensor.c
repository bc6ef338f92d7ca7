/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * sensor.c - sources that do not end, several workers, one ordered stage.
 *
 *     a source for each worker (kernel rings)                   one source for all
 *
 *     worker 1   read, parse, match ─▶ ring ─┐                  reader ─▶ ring ─▶ parse, match ─┐
 *     worker 2   read, parse, match ─▶ ring ─┴▶ ordered stage          └▶ ring ─▶ parse, match ─┴▶ …
 *                                      by time                                           by turns
 *
 * The ordered stage runs in the caller. When each worker has its own source, the stage takes the packet with the
 * earliest time, as soon as no other worker can still deliver an earlier one: each of them has a later packet ready,
 * or found its source empty at a later time. With one worker there is no thread, and its ring has one block. If a
 * thread cannot be started, the caller does its work when it has nothing else to do.
 *
 * A worker whose ring is full stops reading: packets then wait in the kernel's buffer, which counts those that it
 * drops. A reader that serves all workers must not wait for long, because a single source has a small buffer: if a
 * ring stays full, the reader drops and counts that ring's packets.
 */
#define _POSIX_C_SOURCE 200809L

#include "blocks/sensor_workers.h"

#include <unistd.h>

#define CALL_NS 50000000  /* a call returns after this time even if more packets are ready */
#define LATE_NS 50000000  /* the longest time from a packet's time stamp to its arrival in the ring */

enum { DEPTH = 16 }; /* blocks of a ring */

/* ---- rings ----------------------------------------------------------------------------------- */

/* If a packet is this much earlier than the one before, the clock was set back; smaller differences are reordering. */
#define CLOCK_STEP_NS INT64_C(1000000000)

static hg_status init_ring(hg_ring *ring, uint32_t depth, const hg_config *config, const hg_database *database,
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

static void clear_ring(hg_ring *ring)
{
    for (uint32_t i = 0; i < ring->depth; i++) {
        hg_block_release(ring->blocks + i);
        hg_block_clear(ring->blocks + i);
    }
    free(ring->blocks);
    free(ring->ready_ns);
    hg_matcher_clear(&ring->matcher);
    hg_hello_worker_free(ring->hello_worker);
    hg_ahead_forget(ring->looking);
    *ring = (hg_ring){0};
}

/* Discards the blocks that were read but not taken. No thread may use the ring. */
static void empty_ring(hg_ring *ring)
{
    for (uint32_t i = 0; i < ring->depth; i++)
        hg_block_release(ring->blocks + i);
    ring->filled = ring->matched = ring->taken = 0;
    ring->next_frame = 0;
    ring->latest_ns = INT64_MIN;
    ring->empty_ns = 0;
    ring->own = (hg_feed){0};
}

/* The time used to order a frame with `time_ns`, given the latest time of earlier frames. */
static int64_t ordering_ns(int64_t time_ns, int64_t latest_ns)
{
    int stepped = time_ns < latest_ns && (uint64_t)latest_ns - (uint64_t)time_ns > CLOCK_STEP_NS;
    return time_ns > latest_ns || stepped ? time_ns : latest_ns;
}

/* The time used to order the next frame of the front block: its own time, or the time of an earlier frame if that is
 * later, unless the clock was set back. */
static int64_t ring_next_ns(const hg_ring *ring)
{
    const hg_block *block = hg_ring_block(ring, ring->taken);
    return ordering_ns(block->frames[ring->next_frame].time_ns, ring->latest_ns);
}

/* The end of the frames that may be taken; `*packet` becomes the first packet after them. */
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

/* Takes the frames of the front block with times up to `until_ns`, numbers them from `*packets` + 1 on, and adds their
 * count to `*packets`. 1: the block is done; 0: later frames are left; -1: the batch became full. */
static int take_from_ring(hg_ring *ring, hg_stages *stages, int64_t until_ns, uint64_t *packets, hg_batch *batch)
{
    hg_block *block = hg_ring_block(ring, ring->taken);
    uint32_t whole = block->packet_count, first = ring->next_frame, run;
    int64_t before_ns = ring->latest_ns;
    uint32_t end = find_end(ring, block, until_ns, &run);
    hg_stages_count_into(stages, &ring->stats);
    block->first_number = *packets + 1 - first; /* of frame 0; it may wrap around, and the sum wraps back */
    block->packet_count = run;
    int done = hg_block_converse(block, stages, batch);
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

/* ---- forked processes ------------------------------------------------------------------ */

/* Whether this is a copy in a forked process. It must not wait for the threads or the mutex. */
static int is_forked(const hg_sensor *sensor)
{
    return sensor->owner != getpid();
}

static hg_status refuse_forked(hg_error *error)
{
    return hg_fail(error, HG_E_ARGUMENT, "the sensor belongs to the parent process");
}

/* ---- life ------------------------------------------------------------------------------ */

static hg_status init_rings(hg_sensor *sensor, const hg_database *database, hg_error *error)
{
    uint32_t count = sensor->config.workers;
    sensor->rings = calloc(count, sizeof *sensor->rings);
    if (sensor->rings == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for %u workers", count);
    hg_status status = hg_block_init(&sensor->spare, HG_BLOCK_FRAMES, error);
    while (status == HG_OK && sensor->ring_count < count) {
        uint32_t depth = count == 1 ? 1 : DEPTH;
        status = init_ring(sensor->rings + sensor->ring_count, depth, &sensor->config, database, error);
        sensor->ring_count++; /* hg_sensor_free clears the ring even if its setup fails */
    }
    return status;
}

hg_status hg_sensor_new(const hg_config *config, const hg_database *database, hg_sensor **out, hg_error *error)
{
    *out = NULL;
    hg_sensor *sensor = calloc(1, sizeof *sensor);
    if (sensor == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for a sensor");
    sensor->owner = getpid();
    pthread_mutex_init(&sensor->mutex, NULL);
    hg_wait_init(&sensor->ready);
    hg_wait_init(&sensor->room);
    sensor->config = *config;
    hg_status status = hg_stages_init(&sensor->stages, config, database, error);
    if (status == HG_OK)
        status = init_rings(sensor, database, error);
    if (status != HG_OK) {
        hg_sensor_free(sensor);
        return status;
    }
    *out = sensor;
    return HG_OK;
}

void hg_sensor_free(hg_sensor *sensor)
{
    if (sensor == NULL || is_forked(sensor)) /* at the fork, a thread may have been changing any of this memory */
        return;
    hg_sensor_close(sensor);
    for (uint32_t i = 0; i < sensor->ring_count; i++)
        clear_ring(sensor->rings + i);
    free(sensor->rings);
    hg_block_clear(&sensor->spare);
    hg_stages_clear(&sensor->stages);
    pthread_cond_destroy(&sensor->room);
    pthread_cond_destroy(&sensor->ready);
    pthread_mutex_destroy(&sensor->mutex);
    free(sensor);
}

hg_status hg_sensor_use(hg_sensor *sensor, const hg_database *database, hg_error *error)
{
    hg_matcher *made = calloc(sensor->ring_count, sizeof *made); /* too large for a small stack */
    if (made == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for %u workers", sensor->ring_count);
    hg_status status = HG_OK;
    for (uint32_t i = 0; i < sensor->ring_count && status == HG_OK; i++)
        status = hg_matcher_init(made + i, database, sensor->config.hash_key, error);
    for (uint32_t i = 0; i < sensor->ring_count; i++) {
        hg_matcher *old = &sensor->rings[i].matcher;
        hg_matcher_clear(status == HG_OK ? old : made + i);
        if (status == HG_OK)
            *old = made[i];
    }
    free(made);
    if (status != HG_OK)
        return status;
    for (uint32_t i = 0; i < sensor->ring_count; i++)
        hg_ahead_forget(sensor->rings[i].looking); /* it has names of the old database */
    sensor->stages.conversations.database = database;
    hg_readers_forget_names(&sensor->stages.readers, sensor->stages.conversations.flows.next);
    hg_segments_forget_names(&sensor->stages.segments);
    return HG_OK;
}

hg_end_listener *hg_sensor_end_listener(hg_sensor *sensor)
{
    return &sensor->stages.conversations.ends;
}

/* ---- opening and closing --------------------------------------------------------------- */

hg_status hg_sensor_open(hg_sensor *sensor, hg_source *const *sources, uint32_t count, hg_error *error)
{
    if (is_forked(sensor))
        return refuse_forked(error);
    if (count != 1 && count != sensor->ring_count)
        return hg_fail(error, HG_E_ARGUMENT, "%u sources for %u workers", count, sensor->ring_count);
    hg_sensor_close(sensor);
    sensor->mode = HG_SENSOR_RUN;
    sensor->outcome = HG_OK;
    if (count < sensor->ring_count)
        sensor->common.source = sources[0];
    else
        for (uint32_t i = 0; i < count; i++)
            sensor->rings[i].own.source = sources[i];
    hg_sensor_start(sensor);
    return HG_OK;
}

void hg_sensor_close(hg_sensor *sensor)
{
    if (is_forked(sensor))
        return;
    hg_sensor_stop(sensor);
    hg_readers_give_up_rest(&sensor->stages.readers); /* the packet is in a ring that is cleared */
    for (uint32_t i = 0; i < sensor->ring_count; i++)
        empty_ring(sensor->rings + i);
    sensor->common = (hg_feed){0};
    sensor->common_turn = sensor->turn = 0;
    sensor->overrun = 0;
}

void hg_sensor_set_mode(hg_sensor *sensor, hg_sensor_mode mode)
{
    if (is_forked(sensor))
        return;
    pthread_mutex_lock(&sensor->mutex);
    sensor->mode = mode;
    pthread_cond_broadcast(&sensor->room);
    pthread_mutex_unlock(&sensor->mutex);
}

/* ---- the ordered stage ----------------------------------------------------------------- */

/* The earliest time of packets that the ring has or may still get; INT64_MIN: not known. INT64_MAX: none that may be
 * earlier than another ring's block, which became ready at `ready_ns` (on the monotonic clock, because packet times may
 * jump). */
static int64_t ring_bound(const hg_sensor *sensor, const hg_ring *ring, int64_t ready_ns)
{
    if (hg_ring_is_ready(ring))
        return ring_next_ns(ring);
    return hg_feed_rests(sensor, &ring->own) || ring->empty_ns - LATE_NS > ready_ns ? INT64_MAX : INT64_MIN;
}

/* The ring with the earliest packet, or NULL if no packet may be taken yet; the ring's packets may be taken
 * up to the time `*until_ns`. */
static hg_ring *earliest(hg_sensor *sensor, int64_t *until_ns)
{
    hg_ring *first = NULL;
    for (uint32_t i = 0; i < sensor->ring_count; i++) {
        hg_ring *ring = sensor->rings + i;
        if (hg_ring_is_ready(ring) && (first == NULL || ring_next_ns(ring) < ring_next_ns(first)))
            first = ring;
    }
    *until_ns = INT64_MAX;
    for (uint32_t i = 0; first != NULL && i < sensor->ring_count; i++) {
        const hg_ring *ring = sensor->rings + i;
        int64_t ready_ns = first->ready_ns[first->taken % first->depth];
        int64_t bound = ring == first ? INT64_MAX : ring_bound(sensor, ring, ready_ns);
        *until_ns = bound < *until_ns ? bound : *until_ns;
    }
    return first != NULL && ring_next_ns(first) <= *until_ns ? first : NULL;
}

/* The ring to take packets from now, or NULL. */
static hg_ring *next_ring(hg_sensor *sensor, int64_t *until_ns)
{
    if (sensor->common.source == NULL)
        return earliest(sensor, until_ns);
    hg_ring *ring = sensor->rings + sensor->turn % sensor->ring_count;
    *until_ns = INT64_MAX;
    return hg_ring_is_ready(ring) ? ring : NULL;
}

/* Whether no block is on its way to the ordered stage, and none will come. */
static int is_over(const hg_sensor *sensor)
{
    int over = hg_feed_rests(sensor, &sensor->common);
    for (uint32_t i = 0; i < sensor->ring_count; i++)
        over =
            over && sensor->rings[i].filled == sensor->rings[i].taken && hg_feed_rests(sensor, &sensor->rings[i].own);
    return over;
}

/* Takes frames of the ring's front block. Called with the mutex held; releases it meanwhile. 0: the batch is full. */
static int take(hg_sensor *sensor, hg_ring *ring, int64_t until_ns, hg_batch *batch)
{
    pthread_mutex_unlock(&sensor->mutex);
    int done = take_from_ring(ring, &sensor->stages, until_ns, &sensor->packets, batch);
    if (done == 1)
        hg_block_release(hg_ring_block(ring, ring->taken));
    pthread_mutex_lock(&sensor->mutex);
    if (done == 1) {
        ring->taken++;
        ring->next_frame = 0;
        sensor->turn++;
        pthread_cond_broadcast(&sensor->room);
    }
    return done >= 0;
}

static hg_status finished(const hg_sensor *sensor, hg_error *error)
{
    if (!is_over(sensor))
        return HG_OK;
    if (sensor->outcome >= HG_OK)
        return HG_END;
    if (error != NULL)
        *error = sensor->error;
    return sensor->outcome;
}

/* Checks that a call may fill `batch`, and empties it. */
static hg_status begin_call(const hg_sensor *sensor, hg_batch *batch, hg_error *error)
{
    if (is_forked(sensor))
        return refuse_forked(error);
    const hg_status fits = hg_batch_check(batch, &sensor->stages, error);
    if (fits == HG_OK)
        hg_batch_reset(batch);
    return fits;
}

hg_status hg_sensor_run(hg_sensor *sensor, hg_batch *batch, hg_error *error)
{
    const hg_status fits = begin_call(sensor, batch, error);
    if (fits != HG_OK)
        return fits;
    int64_t began_ns = hg_clock_ns(CLOCK_MONOTONIC), now_ns = began_ns;
    uint64_t before = sensor->packets;
    pthread_mutex_lock(&sensor->mutex);
    for (; now_ns - began_ns < CALL_NS; now_ns = hg_clock_ns(CLOCK_MONOTONIC)) {
        int64_t until_ns;
        hg_ring *ring = next_ring(sensor, &until_ns);
        if (ring != NULL) {
            if (!take(sensor, ring, until_ns, batch))
                break;
        } else if (!hg_sensor_work_here(sensor)) {
            if (hg_sensor_reads_here(sensor) || sensor->packets != before || is_over(sensor))
                break;
            hg_wait(&sensor->ready, &sensor->mutex, HG_WAIT_NS);
        }
    }
    hg_status status = finished(sensor, error);
    pthread_mutex_unlock(&sensor->mutex);
    return status;
}

hg_status hg_sensor_finish(hg_sensor *sensor, hg_batch *batch, hg_error *error)
{
    hg_status status = begin_call(sensor, batch, error);
    if (status != HG_OK)
        return status;
    hg_stages_count_into(&sensor->stages, &sensor->rings->stats);
    status = hg_block_settle(&sensor->spare, &sensor->stages, batch, UINT64_MAX, error);
    hg_rows_write(&sensor->spare, &batch->columns);
    return status;
}

/* ---- counters -------------------------------------------------------------------------- */

uint64_t hg_sensor_stats(hg_sensor *sensor, uint32_t worker, hg_stats *out)
{
    *out = sensor->rings[worker % sensor->ring_count].stats;
    if (is_forked(sensor))
        return sensor->rings[worker % sensor->ring_count].lost;
    pthread_mutex_lock(&sensor->mutex);
    uint64_t lost = sensor->rings[worker % sensor->ring_count].lost;
    pthread_mutex_unlock(&sensor->mutex);
    return lost;
}

uint32_t hg_sensor_left_out(const hg_sensor *sensor, hg_left_out out[HG_MOST_LEFT_OUT])
{
    return hg_left_out_list(sensor->stages.left_out, out);
}
