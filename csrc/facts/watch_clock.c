/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * watch_clock.c - clocks that were wrong for a while.
 *
 * A jump far ahead does not make the devices seen before absent. In one source, packets come in the order of their
 * arrival: if several in a row are older than an earlier one, the clock was wrong and was set back. The next source may
 * be older. Times are corrected when they are used, so that a clock that jumps back and forth costs nothing. */
#include "facts/watch.h"

enum { BEHIND = 3 /* packets in a row */ };

#define SECOND_NS INT64_C(1000000000)
#define BEHIND_NS (60 * SECOND_NS)
#define YEAR_NS (366 * 86400 * SECOND_NS)

/* 1: the time was wrong. */
static uint16_t correct(const hg_watch *watch, int64_t *time_ns)
{
    if (*time_ns <= watch->right_ns || *time_ns > watch->wrong_ns)
        return 0;
    *time_ns = watch->set_back_ns;
    return 1;
}

void hg_watch_correct(const hg_watch *watch, hg_known_item *one)
{
    one->is_changed |= correct(watch, &one->of.last_ns) | correct(watch, &one->of.since_ns) |
                       correct(watch, &one->taken_ns);
}

static void set_back(hg_watch *watch, int64_t time_ns)
{
    watch->wrong_ns = watch->now_ns > watch->wrong_ns ? watch->now_ns : watch->wrong_ns;
    watch->now_ns = watch->right_ns = watch->set_back_ns = time_ns;
    watch->jump_ns = watch->jump_ns > time_ns ? time_ns : watch->jump_ns;
    memset(watch->limits.spent_ns, 0, sizeof watch->limits.spent_ns);
}

void hg_watch_clock(hg_hosts *hosts, int64_t time_ns)
{
    hg_watch *watch = hosts->watch;
    if (time_ns < watch->now_ns && !hosts->begins_source) {
        watch->behind = watch->now_ns - time_ns > BEHIND_NS ? watch->behind + 1 : 0;
        if (watch->behind == BEHIND)
            set_back(watch, time_ns);
        return;
    }
    if (watch->now_ns != 0 && time_ns - watch->now_ns > YEAR_NS)
        watch->jump_ns = time_ns;
    watch->now_ns = time_ns;
    watch->right_ns = time_ns > watch->right_ns ? time_ns : watch->right_ns;
    watch->behind = hosts->begins_source = 0;
}
