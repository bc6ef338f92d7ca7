/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * anomaly.h - sets of hg_anomaly, a bit each: what is wrong with a segment, or with bytes; and counts of what is cut.
 */
#pragma once

#include "huginn.h"

#define HG_ANOMALY(NAME) (1u << HG_ANOMALY_##NAME)

/* HG_REFUSING: a segment with one of these has no effect. HG_UNLIKELY: it is doubtful by its own checksum or headers,
 * not only by numbers, which lost packets make doubtful, too. HG_DISPUTING: bytes with one of these are read only if
 * they are acknowledged. HG_RIVALLING: some receivers take it, others do not, so it and different bytes are rivals. */
#define HG_REFUSING (HG_ANOMALY(INVALID_CHECKSUM) - 1)
#define HG_UNLIKELY ((HG_ANOMALY(NO_TIMESTAMP) - 1) & ~HG_REFUSING)
#define HG_RIVALLING                                                                                          \
    (HG_ANOMALY(LOW_TTL) | HG_ANOMALY(SIGNATURE_OPTION) | HG_ANOMALY(IP_OPTIONS) | HG_ANOMALY(NO_TIMESTAMP) | \
     HG_ANOMALY(EARLY_END))
#define HG_DISPUTING (HG_ANOMALY(SYN_DATA) | HG_ANOMALY(DIFFERENT_COPIES) | HG_ANOMALY(EARLY_END))

static inline void hg_count_anomalies(hg_stats *stats, uint32_t anomalies)
{
    for (; anomalies != 0; anomalies &= anomalies - 1)
        stats->anomalies[__builtin_ctz(anomalies)]++;
}

/* Adds `more` packets that were cut at `more_at` (hg_stats.cut_at) to a count. */
static inline void hg_count_cut(uint64_t *packets, uint32_t at[2], uint64_t more, const uint32_t more_at[2])
{
    if (more > 0 && (*packets == 0 || more_at[0] < at[0]))
        at[0] = more_at[0];
    if (more > 0 && more_at[1] > at[1])
        at[1] = more_at[1];
    *packets += more;
}
