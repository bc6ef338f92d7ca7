/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * uptime.h - computes a host's clock rate and uptime from two of its timestamps.
 */
#pragma once

#include "database/database.h"
#include "tcp/clocks.h"

/* Whether the uptime of one side of a flow was computed. */
typedef enum hg_clock {
    HG_CLOCK_OPEN = 0, /* not computed yet */
    HG_CLOCK_READ = 1, /* computed */
    HG_CLOCK_BAD = 2   /* not to be computed: no system has such a rate, or packets do not show the system's clock */
} hg_clock;

typedef struct hg_uptime {
    double raw_frequency; /* Hz, as measured */
    uint16_t frequency;   /* Hz, rounded to a usual rate */
    uint32_t minutes;     /* since the clock was 0; with HG_DOUBT_STARTED since boot */
    uint32_t modulo_days; /* days after which the clock wraps */
    uint8_t doubt;        /* hg_doubt */
} hg_uptime;

/* Rounds a measured rate to a usual one, in Hz; accepts any number, also NaN. */
uint16_t hg_uptime_rounded(double measured);

/* 1 when a timestamp captured at `now_ms` is far enough from the earlier one, and not too far. */
static inline int hg_uptime_is_due(hg_reference reference, int64_t now_ms)
{
    enum { LEAST_WAIT_MS = 25, LONGEST_WAIT_MS = 600000 };
    /* Unsigned, so that the wait counts as too long if the capture clock ran backwards. */
    const uint64_t beyond = (uint64_t)now_ms - (uint64_t)reference.ms - LEAST_WAIT_MS;
    return reference.ts != 0 && beyond <= LONGEST_WAIT_MS - LEAST_WAIT_MS;
}

/* Compares timestamp `ts`, captured at `now_ms`, with an earlier one. HG_CLOCK_READ: `*uptime` is filled, except its
 * doubt. HG_CLOCK_OPEN: one of them is 0, or they are too close together or too far apart to decide. HG_CLOCK_BAD: no
 * system uses such a rate. */
hg_clock hg_uptime_read(hg_reference reference, uint32_t ts, int64_t now_ms, hg_uptime *uptime);

/* Call for each handshake packet of a host. `before` is the host's previous timestamp in the same role, `now` the new
 * one. Forgets a rate that was read in this role unless `now` confirms it, and notes if the host has several clocks. */
void hg_uptime_follow(hg_host *host, hg_reference before, hg_reference now, int server);

/* The timestamps from which an uptime was computed, and their context. */
typedef struct hg_clock_reading {
    hg_reference before, now; /* timestamps of the host */
    hg_address peer;          /* the other end */
    int server;               /* 1: the host was the server */
} hg_clock_reading;

/* Sets uptime->doubt (HG_DOUBT_NONE: none) and updates the evidence in `host`. `database` has the signature of the
 * host's handshake, or is NULL. With HG_DOUBT_STARTED, uptime->minutes is changed to count from boot. */
void hg_uptime_judge(const hg_database *database, hg_host *host, const hg_clock_reading *reading, hg_uptime *uptime);

/* The minutes that a Linux timestamp clock of this rate shows at boot. */
uint32_t hg_uptime_begins_at(uint16_t hz);

/* The minutes as p0f prints them: since the clock was 0, even if `minutes` counts from boot. */
static inline uint32_t hg_uptime_shown(uint32_t minutes, uint16_t hz, uint8_t doubt)
{
    return doubt == HG_DOUBT_STARTED && hz != 0 ? minutes + hg_uptime_begins_at(hz) : minutes;
}
