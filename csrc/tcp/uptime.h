/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * uptime.h - computes a host's clock rate and uptime from two of its timestamps.
 */
#pragma once

#include "database/database.h"
#include "tcp/clocks.h"

/* Whether the uptime of one side of a flow was computed: not yet, yes, or never, as no system has such a rate. */
typedef enum hg_clock { HG_CLOCK_OPEN = 0, HG_CLOCK_READ = 1, HG_CLOCK_BAD = 2 } hg_clock;

typedef struct hg_uptime {
    double raw_frequency; /* Hz, as measured */
    uint16_t frequency;   /* Hz, rounded to a usual rate */
    uint32_t minutes;     /* since the clock was 0 */
    uint32_t modulo_days; /* days until the clock wraps */
    uint8_t doubt;        /* hg_doubt */
} hg_uptime;

/* Rounds a measured rate to a usual one, in Hz; accepts any number, also NaN. */
uint16_t hg_uptime_rounded(double measured);

/* Compares timestamp `ts`, sent at `now_ms`, with the reference. HG_CLOCK_READ: `*uptime` is filled. HG_CLOCK_OPEN: too
 * close, too far apart or too few ticks to decide. HG_CLOCK_BAD: no system uses such a rate. */
hg_clock hg_uptime_read(hg_reference reference, uint32_t ts, int64_t now_ms, hg_uptime *uptime);

/* Call for each handshake packet of a host: `before` is its previous timestamp in the same role, `now` the new one.
 * Forgets the evidence about the host's clock if `now` contradicts it. */
void hg_uptime_follow(hg_host *host, hg_reference before, hg_reference now, int server);

/* The timestamps from which an uptime was computed. */
typedef struct hg_clock_reading {
    hg_reference before, now; /* timestamps of the host */
    hg_address peer;          /* the other end */
    int server;               /* 1: the host was the server */
} hg_clock_reading;

/* Sets uptime->doubt (HG_DOUBT_NONE: none) and updates the evidence in `host`. `database` has the signature of the
 * host's handshake, or is NULL. If the doubt is HG_DOUBT_STARTED, uptime->minutes is changed to count from boot. */
void hg_uptime_judge(const hg_database *database, hg_host *host, const hg_clock_reading *reading, hg_uptime *uptime);

/* The minutes that a Linux timestamp clock of this rate shows at boot. */
uint32_t hg_uptime_begins_at(uint16_t hz);

/* The minutes as p0f prints them: the value of the clock, also where `minutes` counts from boot. */
static inline uint32_t hg_uptime_shown(uint32_t minutes, uint16_t hz, uint8_t doubt)
{
    return doubt == HG_DOUBT_STARTED && hz != 0 ? minutes + hg_uptime_begins_at(hz) : minutes;
}
