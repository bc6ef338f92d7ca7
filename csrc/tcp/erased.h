/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * erased.h - options that were overwritten with NOPs on the way.
 */
#pragma once

#include "database/table.h"

/* An observation, and how many NOPs begin at each place of its options. */
typedef struct hg_erased {
    const hg_observation *seen; /* borrowed */
    hg_observation stamped;     /* the same with a timestamp, which counts in multiples of the MSS */
    uint8_t nops[HG_MAX_OPTIONS + 1];
} hg_erased;

/* 0: nothing can have been erased. */
int hg_erased_begin(hg_erased *erased, const hg_observation *seen);

/* Whether the observation is what erasing leaves of this layout; if so, `*restored` has its options. */
int hg_erased_restore(const hg_erased *erased, const hg_db_layout *layout, hg_observation *restored);

/* The best match of what the observation may have been; no signature where none fits. Always fuzzy. */
hg_match hg_match_erased(const hg_tables *tables, const hg_observation *observation);
