/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * sensor_workers.c - the threads of a sensor: they read, parse and match, and fill the rings.
 */
#define _POSIX_C_SOURCE 200809L

#include "base/thread.h"
#include "engine/sensor.h"

#define NAP_NS 2000000   /* a tenth of the time in which a million packets per second fill the kernel's buffer */
#define ROOM_NS 20000000 /* longest wait for room in a ring; meanwhile the kernel's buffer must not overflow */

enum { FEW_FRAMES = HG_BLOCK_FRAMES / 4 };

/* Notes that a source has ended or failed. The waiting packets of the other sources are still read, then they end, too. */
static void note_end(hg_sensor *sensor, hg_status status, const hg_error *error)
{
    if (sensor->outcome < HG_OK)
        return;
    sensor->outcome = status;
    sensor->error = *error;
}

/* Whether a worker whose source has no packets must end now. */
static int ends_when_empty(const hg_sensor *sensor)
{
    return sensor->mode == HG_SENSOR_DRAIN || sensor->outcome < HG_OK;
}

/* Waits until the ring may read, and marks that it does; 0: it must stop. */
static int begin_reading(hg_sensor *sensor, hg_ring *ring)
{
    pthread_mutex_lock(&sensor->mutex);
    while (!sensor->closing && (sensor->mode == HG_SENSOR_HOLD || !hg_ring_has_room(ring)))
        hg_wait(&sensor->room, &sensor->mutex, HG_WAIT_NS);
    ring->reading = !sensor->closing;
    pthread_mutex_unlock(&sensor->mutex);
    return ring->reading;
}

/* Returns the number of frames read; 0 at the end. */
static int end_reading(hg_sensor *sensor, hg_ring *ring, hg_status status, const hg_error *error,
                       int64_t before_ns)
{
    uint32_t frames = hg_ring_block(ring, ring->filled)->frame_count;
    pthread_mutex_lock(&sensor->mutex);
    ring->reading = 0;
    if (frames > 0) {
        ring->ready_ns[ring->filled % ring->depth] = hg_clock_ns(CLOCK_MONOTONIC);
        ring->filled++;
        ring->matched++;
    } else {
        ring->empty_ns = before_ns;
    }
    if (status != HG_OK)
        note_end(sensor, status, error);
    ring->ended = status != HG_OK || (frames == 0 && ends_when_empty(sensor));
    pthread_cond_signal(&sensor->ready);
    pthread_mutex_unlock(&sensor->mutex);
    return !ring->ended;
}

/* Reads one block from the ring's source; 0: it was the last. */
static int read_block(hg_sensor *sensor, hg_ring *ring)
{
    hg_error error = {0};
    hg_block *block = hg_ring_block(ring, ring->filled);
    int64_t before_ns = hg_clock_ns(CLOCK_MONOTONIC);
    hg_status status = hg_block_read(block, &sensor->setting, ring->source, UINT32_MAX, 0, &error);
    if (block->frame_count > 0)
        hg_block_match(block, &sensor->setting, &ring->matcher, &ring->hello_worker);
    ring->got = block->frame_count;
    return end_reading(sensor, ring, status, &error, before_ns);
}

/* After only a few packets a thread waits for more, because handing over single packets costs several times their
 * analysis. The packets would wait for other workers' packets anyway. */
static void nap_after(uint32_t frames)
{
    struct timespec nap = {.tv_nsec = NAP_NS};
    if (frames > 0 && frames < FEW_FRAMES)
        nanosleep(&nap, NULL);
}

/* ---- one reader for all ---------------------------------------------------------------- */

/* Matches the oldest block that the reader filled. Called with the mutex held. 0: there is none. */
static int match_block(hg_sensor *sensor, hg_ring *ring)
{
    if (ring->matched == ring->filled)
        return 0;
    pthread_mutex_unlock(&sensor->mutex);
    hg_block_match(hg_ring_block(ring, ring->matched), &sensor->setting, &ring->matcher, &ring->hello_worker);
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

static int begin_turn(hg_sensor *sensor)
{
    pthread_mutex_lock(&sensor->mutex);
    while (!sensor->closing && sensor->mode == HG_SENSOR_HOLD)
        hg_wait(&sensor->room, &sensor->mutex, HG_WAIT_NS);
    int going = sensor->reader_reading = !sensor->closing;
    pthread_mutex_unlock(&sensor->mutex);
    return going;
}

/* Whether the ring has room. Waits for room once; while there is still none, later calls do not wait. */
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

static hg_ring *turn_of_reader(const hg_sensor *sensor)
{
    return sensor->rings + sensor->reader_turn % sensor->ring_count;
}

/* Reads one block for the ring whose turn it is; without room it is discarded. */
static int read_turn(hg_sensor *sensor)
{
    hg_error error = {0};
    hg_ring *ring = turn_of_reader(sensor);
    int room = has_room(sensor, ring);
    hg_block *block = room ? hg_ring_block(ring, ring->filled) : &sensor->spare;
    hg_status status = hg_block_read(block, &sensor->setting, sensor->reader_source, UINT32_MAX, 0, &error);
    uint32_t frames = block->frame_count;
    if (!room)
        hg_block_release(block);
    pthread_mutex_lock(&sensor->mutex);
    sensor->reader_reading = 0;
    if (frames > 0 && room) {
        ring->filled++;
        sensor->reader_turn++;
        pthread_cond_broadcast(&sensor->room);
    } else {
        ring->lost += frames;
    }
    if (status != HG_OK)
        note_end(sensor, status, &error);
    sensor->reader_ended = status != HG_OK || (frames == 0 && ends_when_empty(sensor));
    pthread_cond_signal(&sensor->ready);
    int going = !sensor->reader_ended;
    pthread_mutex_unlock(&sensor->mutex);
    nap_after(room ? frames : 0);
    return going;
}

static void *read_for_all(void *argument)
{
    hg_sensor *sensor = argument;
    while (begin_turn(sensor) && read_turn(sensor))
        continue;
    return NULL;
}

static void *work_for_ring(void *argument)
{
    hg_ring *ring = argument;
    if (ring->source == NULL)
        match_for_ring(ring->sensor, ring);
    else
        while (begin_reading(ring->sensor, ring) && read_block(ring->sensor, ring))
            nap_after(ring->got);
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
    if (sensor->reader_source != NULL)
        sensor->reader_here = !(threaded && start(sensor, read_for_all, sensor));
    for (uint32_t i = 0; i < sensor->ring_count; i++) {
        sensor->rings[i].sensor = sensor;
        sensor->rings[i].here = !(threaded && start(sensor, work_for_ring, sensor->rings + i));
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

/* Reads into the ring until it is full or the source delivers little, so that a busy source need not
 * wait for the others each time. Called with the mutex held. */
static int read_here(hg_sensor *sensor, hg_ring *ring)
{
    int found = 0;
    do {
        pthread_mutex_unlock(&sensor->mutex);
        int going = read_block(sensor, ring);
        pthread_mutex_lock(&sensor->mutex);
        found |= ring->got > 0;
        if (!going)
            break;
    } while (ring->got >= FEW_FRAMES && hg_ring_has_room(ring));
    return found;
}

static int read_turn_here(hg_sensor *sensor)
{
    uint64_t before = sensor->reader_turn;
    if (sensor->reader_ended || !hg_ring_has_room(turn_of_reader(sensor)))
        return 0;
    pthread_mutex_unlock(&sensor->mutex);
    (void)read_turn(sensor);
    pthread_mutex_lock(&sensor->mutex);
    return sensor->reader_turn != before;
}

int hg_sensor_work_here(hg_sensor *sensor)
{
    int held = sensor->mode == HG_SENSOR_HOLD;
    int done = sensor->reader_here && !held && read_turn_here(sensor);
    for (uint32_t i = 0; i < sensor->ring_count; i++) {
        hg_ring *ring = sensor->rings + i;
        if (!ring->here)
            continue;
        if (ring->source == NULL)
            done |= match_block(sensor, ring);
        else if (!held && !ring->ended && hg_ring_has_room(ring))
            done |= read_here(sensor, ring);
    }
    return done;
}

int hg_sensor_reads_here(const hg_sensor *sensor)
{
    int reads = sensor->reader_here;
    for (uint32_t i = 0; i < sensor->ring_count; i++)
        reads |= sensor->rings[i].here && sensor->rings[i].source != NULL;
    return reads;
}
