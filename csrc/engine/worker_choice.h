/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * worker_choice.h - whether calls of the engine use all workers, or the caller's thread alone.
 *
 * When processors are far apart, moving shared data between them can take longer than the workers save. No system
 * reports this, so it is measured: now and then some calls alternate between both ways, and later calls use the
 * faster way.
 */
#pragma once

#include <stdint.h>

/* The measured cost of the calls of one kind. */
typedef struct hg_worker_choice_cost {
    int64_t ns;
    uint64_t packets;
} hg_worker_choice_cost;

/* Zeros at first. */
typedef struct hg_worker_choice {
    hg_worker_choice_cost costs[2]; /* in this trial: with all workers, and alone */
    uint32_t interval;     /* calls between trials; 0: no trial has ended yet */
    uint32_t since;        /* calls since the last trial */
    uint8_t tried;         /* calls in this trial so far */
    uint8_t prefers_alone;
} hg_worker_choice;

/* 1 when the next call should use only the caller's thread. */
int hg_worker_choice_is_alone(const hg_worker_choice *choice);
/* Notes that the call processed `packets` packets in `ns`. */
void hg_worker_choice_note(hg_worker_choice *choice, uint64_t packets, int64_t ns);
