/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * distinct.h - about how many different things were seen in a span of time, in 24 bytes.
 */
#pragma once

#include "base/bytes.h"

/* n things set about 128 * (1 - e^(-n/128)) bits. */
typedef struct hg_distinct {
    uint32_t begin_s; /* since then they are counted, in seconds since the epoch */
    uint32_t bits[4]; /* a bit for the hash of each */
} hg_distinct;

static inline void hg_distinct_set(hg_distinct *distinct, uint32_t hash)
{
    distinct->bits[hash >> 5 & 3] |= 1U << (hash & 31);
}

static inline uint32_t hg_distinct_count(const hg_distinct *distinct)
{
    return hg_count_bits(distinct->bits[0]) + hg_count_bits(distinct->bits[1]) + hg_count_bits(distinct->bits[2]) +
           hg_count_bits(distinct->bits[3]);
}

/* Notes a thing by its hash, and returns the number of bits set in the span of `span_s` seconds. */
static inline uint32_t hg_distinct_note(hg_distinct *distinct, uint32_t time_s, uint32_t span_s, uint32_t hash)
{
    if (time_s - distinct->begin_s > span_s)
        *distinct = (hg_distinct){.begin_s = time_s};
    hg_distinct_set(distinct, hash);
    return hg_distinct_count(distinct);
}
