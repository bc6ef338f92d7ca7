/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * watch_clock.c - clocks that were wrong for a while.
 *
 * A jump far ahead does not make the devices seen before absent. In one source, packets come in the order of their
 * arrival: if several in a row are older than an earlier one, the clock was wrong and was set back. The next source may
 * be older. Times are corrected when they are used, so that a clock that jumps back and forth costs nothing. */
#include "facts/watch.h"

enum {
    BEHIND = 3, /* packets in a row */
    FEW = 4096  /* hosts; the times of more are corrected by hg_watch_correct_hosts alone */
};

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

int64_t hg_watch_corrected(const hg_hosts *hosts, int64_t time_ns)
{
    if (hosts->watch != NULL)
        (void)correct(hosts->watch, &time_ns);
    return time_ns;
}

void hg_watch_correct_hosts(hg_hosts *hosts)
{
    for (hg_index index = 1; index <= hosts->known.used && hosts->watch != NULL && hosts->watch->wrong_ns != 0;
         index++) {
        hg_host_entry *host = hg_host_at(hosts, index);
        if (correct(hosts->watch, &host->last_ns) | correct(hosts->watch, &host->first_ns))
            hg_host_touch(hosts, index);
    }
    for (uint32_t i = 1; i <= hosts->bindings.used && hosts->watch != NULL && hosts->watch->wrong_ns != 0; i++) {
        hg_binding *one = hg_pool_at(&hosts->bindings, i);
        (void)correct(hosts->watch, &one->first_ns);
        (void)correct(hosts->watch, &one->last_ns);
    }
}

int hg_watch_is_stray(const hg_hosts *hosts, uint32_t row, int64_t time_ns)
{
    const hg_batch *batch = hosts->batch;
    do
        row++;
    while (row < batch->count && batch->columns.time_ns[row] == time_ns);
    return row < batch->count && time_ns - batch->columns.time_ns[row] > BEHIND_NS;
}

void hg_watch_correct(const hg_watch *watch, hg_known_item *one)
{
    one->is_changed |=
        correct(watch, &one->of.last_ns) | correct(watch, &one->of.since_ns) | correct(watch, &one->taken_ns);
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
        if (watch->behind == BEHIND && hosts->known.used <= FEW)
            hg_watch_correct_hosts(hosts);
        return;
    }
    if (watch->now_ns != 0 && time_ns - watch->now_ns > YEAR_NS)
        watch->jump_ns = time_ns;
    watch->now_ns = time_ns;
    watch->right_ns = time_ns > watch->right_ns ? time_ns : watch->right_ns;
    watch->behind = hosts->begins_source = 0;
}
