/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * uptime.h - what two timestamps of one host say about its clock.
 */
#ifndef HG_UPTIME_H
#define HG_UPTIME_H

#include "tcp/clocks.h"

/* What became of the uptime of one side of a flow. */
typedef enum hg_clock { HG_CLOCK_OPEN = 0, HG_CLOCK_READ = 1, HG_CLOCK_BAD = 2 } hg_clock;

typedef struct hg_uptime {
    double raw_frequency; /* Hz, as measured */
    uint16_t frequency;   /* Hz, rounded to what systems use */
    uint32_t minutes;     /* since the clock was 0 */
    uint32_t modulo_days; /* after which the clock wraps */
    uint8_t doubt;        /* hg_doubt */
} hg_uptime;

/* A rate to those that systems use. */
uint16_t hg_uptime_rounded(uint32_t frequency);

/* Compares timestamp `ts` sent at `now_ms` with the reference. HG_CLOCK_READ: `*uptime` is
 * filled; HG_CLOCK_OPEN: too close, too far or too few ticks to tell; HG_CLOCK_BAD: ticks at
 * no rate that systems use. */
hg_clock hg_uptime_read(hg_reference reference, uint32_t ts, int64_t now_ms, hg_uptime *uptime);

/* Why `uptime`, just read from a packet with timestamp `ts`, should not be believed. */
hg_doubt hg_uptime_doubt(const hg_host *host, const hg_uptime *uptime, hg_reference reference, uint32_t ts,
                         int64_t now_ms);

/* 0 when no clock that systems use shows both timestamps: the host has a clock a connection.
 * 1 also when the two are too far apart to tell. */
int hg_clocks_agree(hg_reference reference, uint32_t ts, int64_t now_ms);

#endif
