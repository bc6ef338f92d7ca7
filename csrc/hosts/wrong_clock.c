/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "hosts/hosts.h"

#define YEAR_NS (366 * 86400 * UINT64_C(1000000000))
#define HOUR_NS (3600 * UINT64_C(1000000000))

enum {
    BEHIND = 3, /* packets in a row */
    FEW = 4096  /* hosts; the times of more are corrected by hg_hosts_conclude alone */
};

static uint32_t correct(const hg_source_clock *clock, int64_t *time_ns)
{
    return *time_ns <= clock->of_hosts_ns ? hg_clock_correct(clock, time_ns) : 0;
}

void hg_clock_correct_hosts(hg_hosts *hosts)
{
    const hg_source_clock *clock = &hosts->clock;
    for (hg_index index = 1; index <= hosts->known.used && clock->of_hosts_ns != 0; index++) {
        hg_host_entry *host = hg_host_at(hosts, index);
        if (correct(clock, &host->last_ns) | correct(clock, &host->first_ns))
            hg_host_touch(hosts, index);
    }
    for (uint32_t number = 1; number <= hosts->seen.used && clock->of_hosts_ns != 0; number++) {
        hg_sighting *seen = hg_pool_at(&hosts->seen, number);
        (void)correct(clock, &seen->first_ns);
        (void)correct(clock, &seen->last_ns);
    }
}

static void set_back(hg_hosts *hosts, int64_t time_ns)
{
    hg_source_clock *clock = &hosts->clock;
    const int is_where_it_was = hg_elapsed_ns(time_ns, clock->base_ns) <= HG_CLOCK_BEHIND_NS &&
                                hg_elapsed_ns(clock->base_ns, time_ns) <= HOUR_NS;
    const int64_t until_ns = /* events of these packets may follow */
        hg_later_ns(clock->now_ns, (int64_t)HG_CLOCK_BEHIND_NS);
    clock->wrong_ns = until_ns > clock->wrong_ns ? until_ns : clock->wrong_ns;
    clock->of_hosts_ns = is_where_it_was ? until_ns : 0;
    clock->right_ns = clock->set_back_ns = time_ns;
    clock->jump_ns = clock->jump_ns > time_ns ? time_ns : clock->jump_ns;
    clock->turns++;
    hosts->judge_due_ns = hosts->judge_due_ns > time_ns ? time_ns : hosts->judge_due_ns;
    clock->jumped_ns = 0;
    if (hosts->known.used <= FEW)
        hg_clock_correct_hosts(hosts);
}

/* A source that begins is no jump: only a later one has a time before it. */
static void note_jump(hg_source_clock *clock, int64_t time_ns)
{
    const uint64_t jumped_ns = hg_elapsed_ns(clock->now_ns, time_ns);
    if (jumped_ns > YEAR_NS)
        clock->jump_ns = time_ns;
    if (clock->behind != HG_CLOCK_BEGINS && jumped_ns > HG_CLOCK_BEHIND_NS && jumped_ns >= clock->jumped_ns) {
        clock->base_ns = clock->now_ns;
        clock->jumped_ns = jumped_ns;
    }
}

void hg_clock_turn(hg_hosts *hosts, int64_t time_ns, uint64_t packet_number, uint32_t packets)
{
    hg_source_clock *clock = &hosts->clock;
    hosts->source_ns = time_ns < hosts->source_ns ? time_ns : hosts->source_ns;
    hosts->period_ns = time_ns < hosts->period_ns ? time_ns : hosts->period_ns;
    if (packet_number < clock->number && clock->behind != HG_CLOCK_BEGINS) /* an event that was written later */
        return;
    const uint32_t more = packets - (packet_number == clock->number); /* a packet has several rows, and a sender */
    clock->number = packet_number;
    if (time_ns < clock->now_ns && clock->behind != HG_CLOCK_BEGINS) {
        clock->behind = hg_elapsed_ns(time_ns, clock->now_ns) > HG_CLOCK_BEHIND_NS ? clock->behind + more : 0;
        if (clock->behind < BEHIND)
            return;
        set_back(hosts, time_ns);
    } else if (clock->now_ns != 0 && time_ns > clock->now_ns) {
        note_jump(clock, time_ns);
    }
    clock->now_ns = time_ns;
    clock->right_ns = time_ns > clock->right_ns ? time_ns : clock->right_ns;
    clock->behind = 0;
}
