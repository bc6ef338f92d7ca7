/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * clocks.h - the clock of a host, from its TCP timestamps.
 */
#pragma once

#include "handshakes/handshakes.h"

typedef struct hg_host_clock {
    double rates[HG_HOST_RATES]; /* of the first reliable measurements, in Hz */
    uint32_t rate_count;
    uint32_t points;    /* number of measurements */
    hg_clock_shown now; /* the latest measurement */
    uint8_t doubted;    /* the latest hg_doubt that is a finding */
    uint8_t role;       /* of the host in the latest measurement */
    uint8_t is_odd; /* 1: a measurement showed that its connections share no single clock; the next is a finding */
} hg_host_clock;

/* NULL: the host has no clock. */
static inline const hg_host_clock *hg_host_clock_of(const hg_hosts *hosts, const hg_host_entry *host)
{
    const hg_host_clock *clock = hg_pool_get(&hosts->clocks, hg_host_read_extra(hosts, host)->clock);
    return clock != NULL && clock->points > 0 ? clock : NULL;
}
