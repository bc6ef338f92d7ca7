/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "uptime.h"

enum { LEAST_WAIT_MS = 25, LONGEST_WAIT_MS = 600000, GRACE_MS = 100 };
enum { LEAST_TICKS = 5, GRACE_STEP_BACK_TICKS = 15000 };
enum { HIGHEST_HZ = 1500, SECONDS_A_DAY = 86400 };
static const double LOWEST_HZ = 0.7;

/* To the rates that systems use: every Hz up to 10, then in steps of 5, 10, 50 and 100. */
static uint16_t rounded(uint32_t frequency)
{
    if (frequency == 0)
        return 1;
    if (frequency <= 10)
        return (uint16_t)frequency;
    if (frequency <= 50)
        return (uint16_t)((frequency + 3) / 5 * 5);
    if (frequency <= 100)
        return (uint16_t)((frequency + 7) / 10 * 10);
    if (frequency <= 500)
        return (uint16_t)((frequency + 33) / 50 * 50);
    return (uint16_t)((frequency + 67) / 100 * 100);
}

hg_clock hg_uptime_read(hg_reference reference, uint32_t ts, int64_t now_ms, hg_uptime *uptime)
{
    if (ts == 0 || reference.ts == 0)
        return HG_CLOCK_OPEN;
    /* Unsigned: a capture clock that ran backwards counts as too long ago. */
    uint64_t waited = (uint64_t)now_ms - (uint64_t)reference.ms;
    if (waited < LEAST_WAIT_MS || waited > LONGEST_WAIT_MS)
        return HG_CLOCK_OPEN;
    uint32_t forward = ts - reference.ts;
    uint32_t backward = ~forward;
    if (forward < LEAST_TICKS)
        return HG_CLOCK_OPEN;
    if (waited < GRACE_MS && backward < GRACE_STEP_BACK_TICKS)
        return HG_CLOCK_OPEN;
    double ticks = forward <= backward ? (double)forward : -(double)backward;
    double frequency = ticks * 1000.0 / (double)waited;
    if (frequency < LOWEST_HZ || frequency > HIGHEST_HZ)
        return HG_CLOCK_BAD;
    uptime->raw_frequency = frequency;
    uptime->frequency = rounded((uint32_t)frequency);
    uptime->minutes = ts / uptime->frequency / 60;
    uptime->modulo_days = UINT32_MAX / ((uint32_t)uptime->frequency * SECONDS_A_DAY);
    return HG_CLOCK_READ;
}
