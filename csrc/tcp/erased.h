/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * erased.h - restores options that a middlebox has overwritten with NOPs.
 */
#pragma once

#include "database/table.h"

/* An observation, and for each position in its options the number of NOPs in a row that begin there. */
typedef struct hg_erased {
    const hg_observation *seen; /* borrowed */
    hg_observation stamped;     /* as if it had a timestamp, which affects the window's multiple of the MSS */
    uint8_t nops[HG_MAX_OPTIONS + 1];
} hg_erased;

/* Prepares `erased` for an observation, which is borrowed. 0: nothing can be restored. */
int hg_erased_begin(hg_erased *erased, const hg_observation *seen);

/* Whether erasing options of this layout gives the observation. Then `*restored` becomes the observation with the
 * layout's options. */
int hg_erased_restore(const hg_erased *erased, const hg_db_layout *layout, hg_observation *restored);

/* The best match after restoring options, which is always fuzzy; HG_NO_SIGNATURE if none fits. */
hg_match hg_match_erased(const hg_tables *tables, const hg_observation *observation);
