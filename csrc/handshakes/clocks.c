/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * clocks.c - the clock of a host, from its TCP timestamps.
 */
#include "handshakes/clocks.h"

#include "base/kinds.h"
#include "hosts/fact.h"

/* Whether a doubt about the clock is a finding. If the system is unknown it is not, because some systems give each
 * connection its own clock. A doubtful rate is not either, because jitter changes rates. */
static int is_odd(const hg_host_entry *host, uint32_t doubt)
{
    return host->system_name != 0 && (doubt == HG_DOUBT_SCATTERED || doubt == HG_DOUBT_YOUNGER);
}

static int note_clock(hg_hosts *hosts, hg_index index, uint8_t role, const hg_clock_shown *shown, uint32_t row)
{
    hg_host_entry *host = hg_host_at(hosts, index);
    hg_host_extra *extra = hg_host_take_extra(hosts, host);
    hg_host_clock *clock = extra == NULL ? NULL : hg_pool_get_or_take(&hosts->clocks, &extra->clock);
    if (clock == NULL)
        return 0;
    clock->points++;
    clock->now = *shown;
    clock->role = role;
    if (is_odd(host, clock->now.doubt) && clock->is_odd++ > 0) {
        clock->is_odd = 1;
        clock->doubted = clock->now.doubt;
        hg_host_add_findings(hosts, index, row, UINT64_C(1) << HG_FINDING_CLOCKS);
    }
    const int is_rate_reliable =
        shown->doubt == HG_DOUBT_NONE || shown->doubt == HG_DOUBT_ALONE || shown->doubt == HG_DOUBT_STARTED;
    if (is_rate_reliable && clock->rate_count < HG_HOST_RATES)
        clock->rates[clock->rate_count++] = clock->now.hz;
    return 1;
}

/* Whether a measurement continues the only clock seen at the host. To forge it, an attacker must know that clock. */
static int confirms(const hg_host_event *row, const hg_clock_shown *found)
{
    enum { MINUTES = 60 };
    const hg_host_clock *known = hg_host_clock_of(row->hosts, row->host);
    return known != NULL && known->now.doubt == HG_DOUBT_ALONE && found->doubt == HG_DOUBT_NONE &&
           known->now.modulo_days == found->modulo_days && found->minutes - known->now.minutes <= MINUTES;
}

static void take(hg_host_event *row)
{
    const hg_tcp_columns *c = &row->batch->columns.tcp;
    const hg_clock_shown found = {.hz = c->raw_frequency_hz[row->of.at],
                                  .minutes = c->uptime_minutes[row->of.at],
                                  .modulo_days = c->modulo_days[row->of.at],
                                  .doubt = c->uptime_doubt[row->of.at]};
    hg_open_handshake *open = hg_handshake_open(row->hosts, row->of);
    if (open != NULL) {
        open->facts.clock = found;
        open->facts.has_clock = 1;
    }
    if ((!hg_row_is_weak(row) || confirms(row, &found)) &&
        !note_clock(row->hosts, row->index, row->role, &found, row->of.index))
        hg_row_leave_out(row);
}

static void take_handshake(hg_hosts *hosts, const hg_open_handshake *handshake, uint32_t row)
{
    const uint8_t role = handshake->source == HG_SOURCE_SYN ? HG_ROLE_CLIENT : HG_ROLE_SERVER;
    if (handshake->facts.has_clock)
        hosts->untracked += !note_clock(hosts, handshake->host, role, &handshake->facts.clock, row);
}

static void prove(hg_hosts *hosts, const hg_host_entry *host)
{
    hg_host_clock *clock = hg_pool_get(&hosts->clocks, hg_host_read_extra(hosts, host)->clock);
    if (clock != NULL)
        *clock = (hg_host_clock){0};
}

static void on(hg_host_event *event)
{
    if (event->event == HG_ON_HANDSHAKE)
        take_handshake(event->hosts, event->handshake, event->at);
    else if (event->event == HG_ON_PROVEN)
        prove(event->hosts, event->host);
    else
        take(event);
}

const hg_fact hg_fact_clocks = {
    .events = HG_UPTIME_EVENTS | UINT64_C(1) << HG_ON_HANDSHAKE | UINT64_C(1) << HG_ON_PROVEN,
    .pools =
        HG_FACT_POOLS(HG_HELD_POOL(clocks, hg_host_clock, HG_AS_HOSTS, HG_ONE_RECORD, offsetof(hg_host_extra, clock))),
    .on = on,
};
