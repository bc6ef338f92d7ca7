/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * erased.h - options that were overwritten with NOPs on the way.
 */
#ifndef HG_ERASED_H
#define HG_ERASED_H

#include "database/table.h"

/* As many in a row as a timestamp option has bytes; no system pads so much. */
enum { HG_ERASED_NOPS = 10 };

/* Where the first run of so many NOPs begins; `*length` is that of the run, 0 where there is none. */
uint32_t hg_erased_run(const uint8_t *options, uint32_t count, uint32_t *length);

/* The best match of the observation with a timestamp, and where there is room a scale, put back in
 * place of its NOPs: of signatures that allow this, and no signature where none fits. */
hg_match hg_match_erased(const hg_tables *tables, const hg_observation *observation);

#endif
