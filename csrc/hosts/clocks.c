/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * clocks.c - the clock of a host, from its TCP timestamps.
 */
#include "hosts/fact.h"

/* Whether a doubt about the clock is a finding. If the system is unknown it is not, because some systems give each
 * connection its own clock. A doubtful rate is not either, because jitter changes rates. */
static int is_odd(const hg_host_entry *host, uint32_t doubt)
{
    return host->system_name != 0 && (doubt == HG_DOUBT_SCATTERED || doubt == HG_DOUBT_YOUNGER);
}

int hg_host_note_clock(hg_hosts *hosts, hg_index index, uint8_t role, const hg_clock_shown *of, uint32_t row)
{
    hg_host_entry *host = hg_host_at(hosts, index);
    hg_host_extra *extra = hg_host_take_extra(hosts, host);
    hg_host_clock *clock = extra == NULL ? NULL : hg_pool_get_or_take(&hosts->clocks, &extra->clock);
    if (clock == NULL)
        return 0;
    clock->points++;
    clock->now = *of;
    clock->role = role;
    if (is_odd(host, clock->now.doubt) && clock->is_odd++ > 0) {
        clock->is_odd = 1;
        clock->doubted = clock->now.doubt;
        hg_host_add_findings(hosts, index, row, 1U << HG_FINDING_CLOCKS);
    }
    const int is_rate_reliable = of->doubt == HG_DOUBT_NONE || of->doubt == HG_DOUBT_ALONE || of->doubt == HG_DOUBT_STARTED;
    if (is_rate_reliable && clock->rate_count < HG_HOST_RATES)
        clock->rates[clock->rate_count++] = clock->now.hz;
    return 1;
}

static void forget(hg_hosts *hosts, const hg_host_entry *host)
{
    hg_pool_give_back(&hosts->clocks, hg_host_read_extra(hosts, host)->clock);
}

const hg_fact hg_fact_clocks = {.forget = forget};
