/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "engine/pace.h"

/* Calls before the first trial: most inputs have ended by then. After each trial that changes nothing the
 * interval is twice as long, so that in the long run less than one call of a hundred goes the slower way. */
enum { FIRST_INTERVAL = 16, LONGEST_INTERVAL = 512 };

/* Pairs of calls in a trial. Several, since equal calls differ by a fifth. */
enum { PAIRS = 3 };

/* Calls with fewer packets do not measure speed: they waited for input, or reached its end. */
enum { LEAST_PACKETS = 1024 };

/* The least ratio of costs for which workers are left out. */
static const double GAIN = 1.03;
/* One that settles a trial after a single pair. */
static const double CLEAR_GAIN = 1.25;

static uint32_t interval_of(const hg_pace *pace)
{
    return pace->interval == 0 ? FIRST_INTERVAL : pace->interval;
}

static int is_trial(const hg_pace *pace)
{
    return pace->since >= interval_of(pace);
}

int hg_pace_is_alone(const hg_pace *pace)
{
    return is_trial(pace) ? pace->tried % 2 : pace->prefers_alone;
}

static double ns_a_packet(hg_pace_cost cost)
{
    return (double)cost.ns / (double)cost.packets;
}

static void conclude(hg_pace *pace, int prefers_alone)
{
    const uint32_t before = interval_of(pace);
    uint32_t after = FIRST_INTERVAL;
    if (prefers_alone == pace->prefers_alone)
        after = before < LONGEST_INTERVAL ? 2 * before : before;
    *pace = (hg_pace){.interval = after, .prefers_alone = (uint8_t)prefers_alone};
}

void hg_pace_note(hg_pace *pace, uint64_t packets, int64_t ns)
{
    if (packets < LEAST_PACKETS || ns <= 0)
        return;
    if (!is_trial(pace)) {
        pace->since++;
        return;
    }
    hg_pace_cost *cost = pace->costs + pace->tried % 2;
    cost->ns += ns;
    cost->packets += packets;
    pace->tried++;
    if (pace->tried % 2 != 0)
        return;
    const double all = ns_a_packet(pace->costs[0]), alone = ns_a_packet(pace->costs[1]);
    if (pace->tried == 2 * PAIRS || all > CLEAR_GAIN * alone || alone > CLEAR_GAIN * all)
        conclude(pace, all > GAIN * alone);
}
