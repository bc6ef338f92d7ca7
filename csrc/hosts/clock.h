/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * clock.h - clocks that were wrong for a while.
 *
 * A jump far ahead does not make the devices seen before absent, and no host ends then. In one source, packets come in
 * the order of their arrival: if the time jumps ahead, and several packets in a row go on where it was before, the
 * clock was wrong and was set back. Captures that were joined go back, too, but not to there: then hosts keep their
 * times. The next source may be older. Times are corrected when they are used, so that a clock that jumps back and
 * forth costs nothing. */
#pragma once

#include "huginn.h"
#include "stations/holder.h"

#define HG_CLOCK_BEHIND_NS (60 * UINT64_C(1000000000))

#define HG_CLOCK_BEGINS UINT32_MAX /* in `behind`: the next packet is the first of a source */

typedef struct hg_source_clock {
    int64_t now_ns;  /* the latest time in this source */
    int64_t jump_ns; /* the first time after the clock jumped ahead by a year or more; 0: it did not */
    /* A clock that was set back: times after `right_ns` and up to `wrong_ns` (0: none) count as `set_back_ns`. */
    int64_t set_back_ns, right_ns, wrong_ns;
    int64_t of_hosts_ns; /* the same as `wrong_ns` for hosts, after the latest time */
    int64_t base_ns; /* the time before it jumped ahead by `jumped_ns`, a minute or more */
    uint64_t jumped_ns;
    uint64_t number; /* of the latest packet */
    uint32_t behind; /* packets in a row that are a minute older than `now_ns`, or more; HG_CLOCK_BEGINS */
    uint32_t turns;  /* how often it was set back */
    uint32_t sources; /* so far */
} hg_source_clock;

/* Follows the clock where it does not go on by less than a minute, by a row or sender of `packets`. */
void hg_clock_turn(hg_hosts *hosts, int64_t time_ns, uint64_t packet_number, uint32_t packets);

/* Corrects a time from a clock that was set back later. 1: it was wrong. */
static inline uint16_t hg_clock_correct(const hg_source_clock *clock, int64_t *time_ns)
{
    if (*time_ns <= clock->right_ns || *time_ns > clock->wrong_ns)
        return 0;
    *time_ns = clock->set_back_ns;
    return 1;
}

static inline int64_t hg_clock_corrected(const hg_source_clock *clock, int64_t time_ns)
{
    (void)hg_clock_correct(clock, &time_ns);
    return time_ns;
}

/* Corrects when hosts and their evidence were seen. */
void hg_clock_correct_hosts(hg_hosts *hosts);
