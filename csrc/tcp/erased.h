/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * erased.h - options that were overwritten with NOPs on the way.
 */
#ifndef HG_ERASED_H
#define HG_ERASED_H

#include "database/table.h"

/* Whether the observation is what erasing leaves of this layout; if so, `*restored` has its options. */
int hg_erased_restore(const hg_db_layout *layout, const hg_observation *observation, hg_observation *restored);

/* The best match of what the observation may have been; no signature where none fits. Always fuzzy. */
hg_match hg_match_erased(const hg_tables *tables, const hg_observation *observation);

#endif
