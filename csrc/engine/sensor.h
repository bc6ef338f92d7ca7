/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * sensor.h - the sensor's state and reading threads, shared by its two files.
 *
 * Members marked (m) here and in ring.h are guarded by the mutex.
 */
#pragma once

#include <sys/types.h>

#include "base/thread.h"
#include "engine/ring.h"

struct hg_sensor {
    hg_setting setting;
    hg_config config;
    hg_ring *rings;
    uint32_t ring_count;
    uint64_t packets; /* taken so far */
    pid_t owner;      /* the process that has the threads: a forked one has not, and the mutex may be locked */

    pthread_mutex_t mutex;
    pthread_cond_t ready; /* a ring has something for the ordered stage, or nothing for long */
    pthread_cond_t room;  /* a ring has room, or the mode has changed */
    hg_sensor_mode mode;  /* (m) */
    uint8_t closing;      /* (m) */
    hg_status outcome;    /* (m) of the first source that failed, or ended */
    hg_error error;       /* (m) */
    uint8_t reader_here; /* no thread reads: the caller does */
    uint32_t thread_count;
    pthread_t threads[HG_MAX_WORKERS + 1];
    hg_source *reader_source; /* one source for all, or NULL */
    uint64_t reader_turn;     /* blocks that the reader gave to workers */
    uint64_t turn;            /* blocks of those that were taken */
    hg_block spare;           /* receives frames that the reader drops */
    uint8_t reader_reading;   /* (m) */
    uint8_t reader_ended;     /* (m) */
    uint8_t overrun;          /* (m) room was waited for in vain, and there is still none */
};

/* Starts the threads: one for the common reader, if there is one, and one per worker. If a thread cannot be started,
 * the caller of hg_sensor_run does its work; with one worker it does all work. */
void hg_sensor_start(hg_sensor *sensor);
/* Ends them, as soon as each has finished its current block; a source waits for a limited time. */
void hg_sensor_stop(hg_sensor *sensor);
/* Does part of the work that has no thread; 1 when a block moved forward. */
int hg_sensor_work_here(hg_sensor *sensor);
/* Whether the caller reads a source, and so has waited there when there was nothing. */
int hg_sensor_reads_here(const hg_sensor *sensor);
