/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "tcp/uptime.h"

enum { LEAST_WAIT_MS = 25, LONGEST_WAIT_MS = 600000, GRACE_MS = 100 };
enum { LEAST_TICKS = 5, GRACE_STEP_BACK_TICKS = 15000 };
enum { HIGHEST_HZ = 1500, SECONDS_A_DAY = 86400 };
static const double LOWEST_HZ = 0.7;

/* Every Hz up to 10, then in steps of 5, 10, 50 and 100. */
uint16_t hg_uptime_rounded(uint32_t frequency)
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
    uptime->frequency = hg_uptime_rounded((uint32_t)frequency);
    uptime->minutes = ts / uptime->frequency / 60;
    uptime->modulo_days = UINT32_MAX / ((uint32_t)uptime->frequency * SECONDS_A_DAY);
    return HG_CLOCK_READ;
}

/* ---- doubt --------------------------------------------------------------------------- */

/* Rates of the timestamps of systems, the commonest first: everything recent 1000, Linux
 * by its HZ 100, 250 or 300, old BSDs, Windows up to 7 and Solaris 100, old Windows and HP-UX 10,
 * OpenBSD and NetBSD 2; 50, 64, 128, 200, 256, 500, 512 and 1024 occur in devices. */
static const uint16_t KNOWN_HZ[] = {1000, 100, 250, 300, 10, 2, 500, 200, 50, 64, 128, 256, 512, 1024};
enum { KNOWN_RATES = sizeof KNOWN_HZ / sizeof KNOWN_HZ[0] };

/* How far a measured rate may be off: clocks drift and packets queue, and a reading is two
 * ticks unsure whatever its length. */
static const double DRIFT = 0.07;
enum { UNSURE_TICKS = 2, JITTER_MS = 100 };
#define LONGEST_COMPARED_MS (24 * 3600 * INT64_C(1000))

static double distance(double a, double b)
{
    return a > b ? a - b : b - a;
}

static int rate_is_known(double frequency, double waited_ms)
{
    for (int i = 0; i < KNOWN_RATES; i++)
        if (distance(frequency, KNOWN_HZ[i]) <= KNOWN_HZ[i] * DRIFT + UNSURE_TICKS * 1000.0 / waited_ms)
            return 1;
    return 0;
}

int hg_clocks_agree(hg_reference reference, uint32_t ts, int64_t now_ms)
{
    int64_t waited = now_ms - reference.ms;
    if (ts == 0 || reference.ts == 0 || waited < 0 || waited > LONGEST_COMPARED_MS)
        return 1;
    double ticks = (double)(int32_t)(ts - reference.ts);
    for (int i = 0; i < KNOWN_RATES; i++) {
        double expected = KNOWN_HZ[i] * (double)waited / 1000.0;
        if (distance(ticks, expected) <= expected * DRIFT + KNOWN_HZ[i] * JITTER_MS / 1000.0 + UNSURE_TICKS)
            return 1;
    }
    return 0;
}

hg_doubt hg_uptime_doubt(const hg_host *host, const hg_uptime *uptime, hg_reference reference, uint32_t ts,
                         int64_t now_ms)
{
    if (!rate_is_known(uptime->raw_frequency, (double)(now_ms - reference.ms)))
        return HG_DOUBT_FREQUENCY;
    if (host->scattered)
        return HG_DOUBT_SCATTERED;
    int64_t seen_s = now_ms / 1000 - (int64_t)host->first_seen;
    int64_t up_s = ts / uptime->frequency;
    return up_s + 1 < seen_s ? HG_DOUBT_YOUNGER : HG_DOUBT_NONE;
}
