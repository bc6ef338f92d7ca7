/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * uptime.h - the clock of a host from two of its timestamps.
 */
#pragma once

#include "database/database.h"
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

/* A rate to those that systems use, whatever number it is. */
uint16_t hg_uptime_rounded(double measured);

/* Compares timestamp `ts` sent at `now_ms` with the reference. HG_CLOCK_READ: `*uptime` is
 * filled; HG_CLOCK_OPEN: too close, too far or too few ticks to decide; HG_CLOCK_BAD: ticks at
 * no rate that systems use. */
hg_clock hg_uptime_read(hg_reference reference, uint32_t ts, int64_t now_ms, hg_uptime *uptime);

/* A handshake packet of `host` with the timestamp `now`, after the one with `before`: whether what was found out of
 * its clock still holds. */
void hg_uptime_follow(hg_host *host, hg_reference before, hg_reference now, int server);

/* Where an uptime was read. */
typedef struct hg_clock_reading {
    hg_reference before, now; /* timestamps of the host */
    hg_address peer;          /* the other end */
    int server;               /* 1: the host is one */
} hg_clock_reading;

/* Fills in why `uptime`, which was read, should not be believed; its evidence is kept in `host`. `database` has the
 * signature of the host's handshake, or is NULL. The minutes of HG_DOUBT_STARTED count from the start. */
void hg_uptime_judge(const hg_database *database, hg_host *host, const hg_clock_reading *reading, hg_uptime *uptime);

/* What the clock of a Linux shows when it starts, in minutes. */
uint32_t hg_uptime_begins_at(uint16_t hz);

/* The minutes of an uptime as p0f prints them: what the clock shows. */
static inline uint32_t hg_uptime_shown(uint32_t minutes, uint16_t hz, uint8_t doubt)
{
    return doubt == HG_DOUBT_STARTED && hz != 0 ? minutes + hg_uptime_begins_at(hz) : minutes;
}
