/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "engine/worker_choice.h"

/* How many calls precede the first trial; most inputs have ended by then. After each trial that changes nothing, the
 * interval doubles, so that in the long run less than one call in a hundred is slower. */
enum { FIRST_INTERVAL = 16, LONGEST_INTERVAL = 512 };

/* Pairs of calls in a trial. Several, because the times of equal calls differ by a fifth. */
enum { PAIRS = 3 };

/* Calls with fewer packets do not measure the speed, because they waited for input or reached its end. */
enum { LEAST_PACKETS = 1024 };

/* Calls use the caller's thread alone if workers cost more than this many times as much. */
static const double GAIN = 1.03;
/* A ratio of costs, either way, that decides a trial after any pair. */
static const double CLEAR_GAIN = 1.25;

static uint32_t interval_of(const hg_worker_choice *choice)
{
    return choice->interval == 0 ? FIRST_INTERVAL : choice->interval;
}

static int is_trial(const hg_worker_choice *choice)
{
    return choice->since >= interval_of(choice);
}

int hg_worker_choice_is_alone(const hg_worker_choice *choice)
{
    return is_trial(choice) ? choice->tried % 2 : choice->prefers_alone;
}

static double ns_a_packet(hg_worker_choice_cost cost)
{
    return (double)cost.ns / (double)cost.packets;
}

static void conclude(hg_worker_choice *choice, int prefers_alone)
{
    const uint32_t before = interval_of(choice);
    uint32_t after = FIRST_INTERVAL;
    if (prefers_alone == choice->prefers_alone)
        after = before < LONGEST_INTERVAL ? 2 * before : before;
    *choice = (hg_worker_choice){.interval = after, .prefers_alone = (uint8_t)prefers_alone};
}

void hg_worker_choice_note(hg_worker_choice *choice, uint64_t packets, int64_t ns)
{
    if (packets < LEAST_PACKETS || ns <= 0)
        return;
    if (!is_trial(choice)) {
        choice->since++;
        return;
    }
    hg_worker_choice_cost *cost = choice->costs + choice->tried % 2;
    cost->ns += ns;
    cost->packets += packets;
    choice->tried++;
    if (choice->tried % 2 != 0)
        return;
    const double all = ns_a_packet(choice->costs[0]), alone = ns_a_packet(choice->costs[1]);
    if (choice->tried == 2 * PAIRS || all > CLEAR_GAIN * alone || alone > CLEAR_GAIN * all)
        conclude(choice, all > GAIN * alone);
}
