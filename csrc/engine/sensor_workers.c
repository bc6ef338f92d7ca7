/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * sensor_workers.c - the threads of a sensor: they read, parse and match, and fill the rings.
 */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <signal.h>
#include <stdlib.h>

#include "base/error.h"
#include "engine/sensor.h"

#define NAP_NS 2000000   /* a tenth of what the kernel's buffer holds of a million a second */
#define ROOM_NS 20000000 /* longest wait for room in a ring; the kernel's buffer must last */

enum { FEW_FRAMES = HG_BLOCK_FRAMES / 4 };

int64_t hg_clock_ns(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * HG_NS_PER_S + now.tv_nsec;
}

/* A source has ended, or failed: what the others have is still read, then they end too. */
static void note_end(hg_sensor *sensor, hg_status status, const hg_error *error)
{
    if (sensor->outcome < HG_OK)
        return;
    sensor->outcome = status;
    sensor->error = *error;
}

/* Whether a worker whose source had nothing has to end with it. */
static int ends_when_empty(const hg_sensor *sensor)
{
    return sensor->mode == HG_SENSOR_DRAIN || sensor->outcome < HG_OK;
}

/* Waits until the ring may read, and marks that it does; 0 when it shall not any more. */
static int begin_reading(hg_sensor *sensor, hg_ring *ring)
{
    pthread_mutex_lock(&sensor->mutex);
    while (!sensor->closing && (sensor->mode == HG_SENSOR_HOLD || !hg_ring_has_room(ring)))
        pthread_cond_wait(&sensor->room, &sensor->mutex);
    ring->reading = !sensor->closing;
    pthread_mutex_unlock(&sensor->mutex);
    return ring->reading;
}

/* Hands over what was read; 0 when that was all. */
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

int hg_sensor_read(hg_sensor *sensor, hg_ring *ring)
{
    hg_error error = {0};
    hg_block *block = hg_ring_block(ring, ring->filled);
    int64_t before_ns = hg_clock_ns(CLOCK_MONOTONIC);
    hg_status status = hg_block_read(block, &sensor->setting, ring->source, UINT32_MAX, 0, &error);
    if (block->frame_count > 0)
        hg_block_match(block, &sensor->setting, &ring->matcher);
    ring->got = block->frame_count;
    return end_reading(sensor, ring, status, &error, before_ns);
}

typedef struct worker {
    hg_sensor *sensor;
    hg_ring *ring; /* NULL: the reader */
} worker;

/* After a few packets a thread lets more of them come: passing on each by itself costs several times
 * what it takes to analyse it. They would wait for the other workers' packets anyway. */
static void nap_after(uint32_t frames)
{
    struct timespec nap = {.tv_nsec = NAP_NS};
    if (frames > 0 && frames < FEW_FRAMES)
        nanosleep(&nap, NULL);
}

static void read_for_ring(hg_sensor *sensor, hg_ring *ring)
{
    while (begin_reading(sensor, ring) && hg_sensor_read(sensor, ring))
        nap_after(ring->got);
}

/* ---- one reader for all ---------------------------------------------------------------- */

static void match_for_ring(hg_sensor *sensor, hg_ring *ring)
{
    pthread_mutex_lock(&sensor->mutex);
    while (!sensor->closing) {
        if (ring->matched == ring->filled) {
            pthread_cond_wait(&sensor->room, &sensor->mutex);
            continue;
        }
        pthread_mutex_unlock(&sensor->mutex);
        hg_block_match(hg_ring_block(ring, ring->matched), &sensor->setting, &ring->matcher);
        pthread_mutex_lock(&sensor->mutex);
        ring->matched++;
        pthread_cond_signal(&sensor->ready);
    }
    pthread_mutex_unlock(&sensor->mutex);
}

static int begin_turn(hg_sensor *sensor)
{
    pthread_mutex_lock(&sensor->mutex);
    while (!sensor->closing && sensor->mode == HG_SENSOR_HOLD)
        pthread_cond_wait(&sensor->room, &sensor->mutex);
    int going = sensor->reader_reading = !sensor->closing;
    pthread_mutex_unlock(&sensor->mutex);
    return going;
}

/* Whether the ring has room. It is waited for once; when there is none by then, no more. */
static int has_room(hg_sensor *sensor, const hg_ring *ring)
{
    int64_t until_ns = hg_clock_ns(CLOCK_REALTIME) + ROOM_NS;
    struct timespec until = {.tv_sec = until_ns / HG_NS_PER_S, .tv_nsec = (long)(until_ns % HG_NS_PER_S)};
    pthread_mutex_lock(&sensor->mutex);
    while (!hg_ring_has_room(ring) && !sensor->overrun && !sensor->closing)
        sensor->overrun = pthread_cond_timedwait(&sensor->room, &sensor->mutex, &until) != 0;
    int room = hg_ring_has_room(ring);
    sensor->overrun = !room;
    pthread_mutex_unlock(&sensor->mutex);
    return room;
}

/* One block for the ring whose turn it is; without room it is thrown away. */
static int read_turn(hg_sensor *sensor)
{
    hg_error error = {0};
    hg_ring *ring = sensor->rings + sensor->reader_turn % sensor->ring_count;
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

static void *work(void *argument)
{
    worker self = *(worker *)argument;
    free(argument);
    if (self.ring == NULL)
        while (begin_turn(self.sensor) && read_turn(self.sensor))
            continue;
    else if (self.ring->source != NULL)
        read_for_ring(self.sensor, self.ring);
    else
        match_for_ring(self.sensor, self.ring);
    return NULL;
}

static hg_status start(hg_sensor *sensor, hg_ring *ring, hg_error *error)
{
    worker *argument = malloc(sizeof *argument);
    if (argument == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for a worker");
    *argument = (worker){.sensor = sensor, .ring = ring};
    int number = pthread_create(sensor->threads + sensor->thread_count, NULL, work, argument);
    if (number == 0) {
        sensor->thread_count++;
        return HG_OK;
    }
    free(argument);
    errno = number;
    return hg_fail(error, HG_E_MEMORY, "no thread for a worker");
}

/* Signals stay with the caller's threads. */
hg_status hg_sensor_start(hg_sensor *sensor, hg_error *error)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    hg_status status = sensor->reader_source != NULL ? start(sensor, NULL, error) : HG_OK;
    for (uint32_t i = 0; status == HG_OK && i < sensor->ring_count; i++)
        status = start(sensor, sensor->rings + i, error);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return status;
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
