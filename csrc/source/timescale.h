/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * timescale.h - the clock of a pcapng interface: ticks of any resolution to ns.
 */
#pragma once

#include <stdint.h>

/* Ticks since an epoch that is `offset_s` later than the common one. */
typedef struct hg_timescale {
    uint64_t quick;     /* fewer ticks than this convert by one multiplication; 0: none do */
    int64_t offset_ns;  /* right when `quick` is above 0 */
    int64_t offset_s;   /* if_tsoffset */
    uint32_t tick_ns;   /* right when `quick` is above 0 */
    uint8_t resolution; /* if_tsresol: 10^-n s, or 2^-n s with the top bit set */
} hg_timescale;

hg_timescale hg_timescale_make(uint8_t resolution, int64_t offset_s);

/* For every case: exact, rounded down to whole ns; a time beyond int64_t becomes its end. */
int64_t hg_timescale_exact(const hg_timescale *scale, uint64_t ticks);

static inline int64_t hg_timescale_ns(const hg_timescale *scale, uint64_t ticks)
{
    if (ticks < scale->quick)
        return (int64_t)(ticks * scale->tick_ns) + scale->offset_ns;
    return hg_timescale_exact(scale, ticks);
}
