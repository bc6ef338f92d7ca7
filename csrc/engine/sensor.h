/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * sensor.h - what the two files of the sensor share: its state, and the threads that read.
 *
 * What is marked (m) here and in ring.h is guarded by the mutex.
 */
#ifndef HG_SENSOR_H
#define HG_SENSOR_H

#include <time.h>

#include "engine/ring.h"

#define HG_NS_PER_S INT64_C(1000000000)

struct hg_sensor {
    hg_setting setting;
    hg_config config;
    hg_ring *rings;
    uint32_t ring_count;
    uint64_t packets; /* taken so far */

    pthread_mutex_t mutex;
    pthread_cond_t ready; /* a ring has something for the ordered stage, or nothing for long */
    pthread_cond_t room;  /* a ring has room, or the mode has changed */
    hg_sensor_mode mode;  /* (m) */
    uint8_t closing;      /* (m) */
    hg_status outcome;    /* (m) of the first source that failed, or ended */
    hg_error error;       /* (m) */
    uint32_t thread_count;
    pthread_t threads[HG_MAX_WORKERS + 1];
    hg_source *reader_source; /* one source for all, or NULL */
    uint64_t reader_turn;     /* blocks that the reader handed out */
    uint64_t turn;            /* blocks of those that were taken */
    hg_block spare;           /* what the reader throws away is read into it */
    uint8_t reader_reading;   /* (m) */
    uint8_t reader_ended;     /* (m) */
    uint8_t overrun;          /* (m) room was waited for in vain, and there is still none */
};

/* The time on a clock, in ns. */
int64_t hg_clock_ns(clockid_t clock);

/* Starts the threads: the reader when there is one for all, and one a worker. */
hg_status hg_sensor_start(hg_sensor *sensor, hg_error *error);
/* Ends them. */
void hg_sensor_stop(hg_sensor *sensor);
/* One block from the ring's source into it; 0 when that was the last. */
int hg_sensor_read(hg_sensor *sensor, hg_ring *ring);

#endif
