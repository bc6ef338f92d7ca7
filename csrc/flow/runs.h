/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * runs.h - which ranges of a buffer have arrived, when bytes come out of order or more than once.
 *
 * Runs are ascending and never touch one another.
 */
#pragma once

#include "base/saved.h"

/* Bytes `first` to `end` - 1 of a buffer. */
typedef struct hg_byte_run {
    uint32_t first;
    uint32_t end;
} hg_byte_run;

enum { HG_RUNS_LIMIT = 64 };

/* Copies bytes to the buffer from offset `first` on, except bytes that are in a run already. */
void hg_runs_copy(const hg_byte_run *runs, uint32_t count, uint8_t *bytes, uint32_t first, const uint8_t *data,
                  uint32_t length);
/* The end of the run that contains `place`, or touches it from below; `place`: none does. */
uint32_t hg_runs_known(const hg_byte_run *runs, uint32_t count, uint32_t place);
/* Where the first run after `place` begins, or `end` if that is earlier. */
uint32_t hg_runs_next(const hg_byte_run *runs, uint32_t count, uint32_t place, uint32_t end);
/* 1 when `bytes` in the runs differ from `copy`, which has the bytes of `run`. */
int hg_runs_differ(const hg_byte_run *runs, uint32_t count, const uint8_t *bytes, hg_byte_run run, const uint8_t *copy);
/* Adds a run and joins it with runs that it touches. 0: there would be more than `most` runs, so nothing is changed.
 * `most` is at most HG_RUNS_LIMIT. */
int hg_runs_add(hg_byte_run *runs, uint32_t *count, uint32_t most, hg_byte_run added);
/* Adds a run as hg_runs_add does. If there would be too many, the last one is forgotten. 0: one was. */
int hg_runs_add_early(hg_byte_run *runs, uint32_t *count, uint32_t most, hg_byte_run added);
/* Removes the bytes of `cut` from the runs. If there are too many then, the last one is forgotten. */
void hg_runs_cut(hg_byte_run *runs, uint32_t *count, uint32_t most, hg_byte_run cut);
/* Saves or loads the bytes of a buffer that are in runs. */
void hg_runs_transfer(const hg_byte_run *runs, uint32_t count, uint8_t *bytes, hg_saved *saved);
