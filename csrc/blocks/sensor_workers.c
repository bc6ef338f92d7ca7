/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * sensor_workers.c - the threads of a sensor: they read, parse and match, and fill the rings.
 */
#define _POSIX_C_SOURCE 200809L

#include "blocks/sensor_workers.h"

#define NAP_NS 2000000   /* a tenth of the time in which a million packets per second fill the kernel's buffer */
#define ROOM_NS 20000000 /* longest wait for room in a ring; meanwhile the kernel's buffer must not overflow */

enum { FEW_FRAMES = HG_BLOCK_FRAMES / 4 };

/* Notes that a source has ended or failed. If it failed, the others end, too, after their waiting packets were read. */
static void note_end(hg_sensor *sensor, hg_status status, const hg_error *error)
{
    if (sensor->outcome < HG_OK)
        return;
    sensor->outcome = status;
    sensor->error = *error;
}

/* Waits until the feed may read and `ring` (or NULL) has room, and marks the feed as reading; 0: it must stop. */
static int begin_reading(hg_sensor *sensor, hg_feed *feed, const hg_ring *ring)
{
    pthread_mutex_lock(&sensor->mutex);
    while (!sensor->closing && (sensor->mode == HG_SENSOR_HOLD || (ring != NULL && !hg_ring_has_room(ring))))
        hg_wait(&sensor->room, &sensor->mutex, HG_WAIT_NS);
    const int reads = feed->reading = !sensor->closing;
    pthread_mutex_unlock(&sensor->mutex);
    return reads;
}

/* Whether the ring has room for a block of the common feed. Waits for room once; while there is still none, later calls
 * do not wait. */
static int has_room(hg_sensor *sensor, const hg_ring *ring)
{
    int64_t until_ns = hg_clock_ns(CLOCK_MONOTONIC) + ROOM_NS;
    pthread_mutex_lock(&sensor->mutex);
    while (!hg_ring_has_room(ring) && !sensor->overrun && !sensor->closing) {
        int64_t left_ns = until_ns - hg_clock_ns(CLOCK_MONOTONIC);
        sensor->overrun = left_ns <= 0;
        if (left_ns > 0)
            hg_wait(&sensor->room, &sensor->mutex, left_ns);
    }
    int room = hg_ring_has_room(ring);
    sensor->overrun = !room;
    pthread_mutex_unlock(&sensor->mutex);
    return room;
}

/* Counts a block that was read for a ring as filled. Called with the mutex held. */
static void fill(hg_sensor *sensor, hg_ring *ring, int is_matched)
{
    ring->ready_ns[ring->filled % ring->depth] = hg_clock_ns(CLOCK_MONOTONIC);
    ring->filled++;
    if (is_matched) {
        ring->matched++;
    } else {
        sensor->common_turn++;
        pthread_cond_broadcast(&sensor->room);
    }
}

/* Runs the stages before the ordered one. */
static void match(hg_sensor *sensor, hg_ring *ring, hg_block *block)
{
    hg_block_match(block, &sensor->stages, &ring->matcher, &ring->hello_worker);
    if (sensor->ring_count > 1)
        hg_block_look(block, &sensor->stages, ring->looking);
}

/* Reads one block for a ring, from its own feed or from the common one. The ring's own blocks are matched here. Blocks
 * of the common feed for which the ring has no room are discarded. 0: it was the feed's last block. */
static int read_block(hg_sensor *sensor, hg_feed *feed, hg_ring *ring)
{
    const int is_own = feed == &ring->own, has_place = is_own || has_room(sensor, ring);
    const int64_t before_ns = hg_clock_ns(CLOCK_MONOTONIC);
    hg_error error = {0};
    hg_block *block = has_place ? hg_ring_block(ring, ring->filled) : &sensor->spare;
    hg_status status = hg_block_read(block, &sensor->stages, feed->source, UINT32_MAX, 0, &error);
    const uint32_t frames = block->frame_count;
    if (is_own && frames > 0)
        match(sensor, ring, block);
    if (!has_place)
        hg_block_release(block);
    feed->got = has_place ? frames : 0;
    pthread_mutex_lock(&sensor->mutex);
    feed->reading = 0;
    if (frames == 0)
        ring->empty_ns = before_ns;
    else if (has_place)
        fill(sensor, ring, is_own);
    else
        ring->lost += frames;
    if (status != HG_OK)
        note_end(sensor, status, &error);
    feed->ended = status != HG_OK || (frames == 0 && (sensor->mode == HG_SENSOR_DRAIN || sensor->outcome < HG_OK));
    const int continues = !feed->ended;
    pthread_cond_signal(&sensor->ready);
    pthread_mutex_unlock(&sensor->mutex);
    return continues;
}

/* After only a few packets a thread waits for more, because handing over a single packet costs several times as much as
 * analysing it. The packets would wait for other workers' packets anyway. */
static void nap_after(uint32_t frames)
{
    struct timespec nap = {.tv_nsec = NAP_NS};
    if (frames > 0 && frames < FEW_FRAMES)
        nanosleep(&nap, NULL);
}

/* ---- one reader for all ---------------------------------------------------------------- */

/* Matches the ring's oldest unmatched block. Called with the mutex held. 0: there is none. */
static int match_block(hg_sensor *sensor, hg_ring *ring)
{
    if (ring->matched == ring->filled)
        return 0;
    pthread_mutex_unlock(&sensor->mutex);
    match(sensor, ring, hg_ring_block(ring, ring->matched));
    pthread_mutex_lock(&sensor->mutex);
    ring->matched++;
    pthread_cond_signal(&sensor->ready);
    return 1;
}

static void match_for_ring(hg_sensor *sensor, hg_ring *ring)
{
    pthread_mutex_lock(&sensor->mutex);
    while (!sensor->closing)
        if (!match_block(sensor, ring))
            hg_wait(&sensor->room, &sensor->mutex, HG_WAIT_NS);
    pthread_mutex_unlock(&sensor->mutex);
}

static hg_ring *turn_of_common(const hg_sensor *sensor)
{
    return sensor->rings + sensor->common_turn % sensor->ring_count;
}

static void *read_for_all(void *argument)
{
    hg_sensor *sensor = argument;
    while (begin_reading(sensor, &sensor->common, NULL) && read_block(sensor, &sensor->common, turn_of_common(sensor)))
        nap_after(sensor->common.got);
    return NULL;
}

static void *work_for_ring(void *argument)
{
    hg_ring *ring = argument;
    if (ring->own.source == NULL)
        match_for_ring(ring->sensor, ring);
    else
        while (begin_reading(ring->sensor, &ring->own, ring) && read_block(ring->sensor, &ring->own, ring))
            nap_after(ring->own.got);
    return NULL;
}

/* Starts a thread. 0: it cannot be started, and the caller must do its work. */
static int start(hg_sensor *sensor, void *(*run)(void *), void *argument)
{
    if (hg_thread_start(sensor->threads + sensor->thread_count, run, argument) != 0)
        return 0;
    sensor->thread_count++;
    return 1;
}

void hg_sensor_start(hg_sensor *sensor)
{
    int threaded = sensor->ring_count > 1;
    if (sensor->common.source != NULL)
        sensor->common.here = !(threaded && start(sensor, read_for_all, sensor));
    for (uint32_t i = 0; i < sensor->ring_count; i++) {
        sensor->rings[i].sensor = sensor;
        sensor->rings[i].own.here = !(threaded && start(sensor, work_for_ring, sensor->rings + i));
    }
}

void hg_sensor_stop(hg_sensor *sensor)
{
    pthread_mutex_lock(&sensor->mutex);
    sensor->closing = 1;
    pthread_cond_broadcast(&sensor->room);
    pthread_mutex_unlock(&sensor->mutex);
    while (sensor->thread_count > 0)
        pthread_join(sensor->threads[--sensor->thread_count], NULL);
    sensor->closing = 0;
}

/* ---- in the caller ----------------------------------------------------------------------- */

/* Reads into a ring: from the common feed one block, from the ring's own feed until the ring is full or the source
 * delivers little, so that a busy source rarely waits for the others. Called with the mutex held. 1: frames came. */
static int read_here(hg_sensor *sensor, hg_feed *feed, hg_ring *ring)
{
    int found = 0, continues = feed->here && !hg_feed_rests(sensor, feed) && hg_ring_has_room(ring);
    while (continues) {
        pthread_mutex_unlock(&sensor->mutex);
        continues = read_block(sensor, feed, ring) && feed == &ring->own && feed->got >= FEW_FRAMES;
        pthread_mutex_lock(&sensor->mutex);
        found |= feed->got > 0;
        continues = continues && hg_ring_has_room(ring);
    }
    return found;
}

int hg_sensor_work_here(hg_sensor *sensor)
{
    int done = read_here(sensor, &sensor->common, turn_of_common(sensor));
    for (uint32_t i = 0; i < sensor->ring_count; i++) {
        hg_ring *ring = sensor->rings + i;
        done |= read_here(sensor, &ring->own, ring);
        if (ring->own.here && ring->own.source == NULL)
            done |= match_block(sensor, ring);
    }
    return done;
}

int hg_sensor_reads_here(const hg_sensor *sensor)
{
    int reads = sensor->common.here;
    for (uint32_t i = 0; i < sensor->ring_count; i++)
        reads |= sensor->rings[i].own.here && sensor->rings[i].own.source != NULL;
    return reads;
}
