/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * pace.h - whether calls of the engine use all workers, or the caller's thread alone.
 *
 * When processors are far apart, moving shared data between them can take longer than the workers save. No system
 * reports this, so it is measured: now and then some calls alternate between both ways, and later calls use the faster
 * one per packet.
 */
#ifndef HG_PACE_H
#define HG_PACE_H

#include <stdint.h>

/* What calls of one way took. */
typedef struct hg_pace_cost {
    int64_t ns;
    uint64_t packets;
} hg_pace_cost;

/* All zero at first. */
typedef struct hg_pace {
    hg_pace_cost costs[2]; /* of this trial: with all workers, and alone */
    uint32_t interval;     /* calls between trials; 0: there was none yet */
    uint32_t since;        /* calls since the last one */
    uint8_t tried;         /* calls of this trial */
    uint8_t prefers_alone;
} hg_pace;

/* 1 when the next call is to use the caller's thread alone. */
int hg_pace_is_alone(const hg_pace *pace);
/* The call has ended: it took `packets` packets and `ns` by the clock. */
void hg_pace_note(hg_pace *pace, uint64_t packets, int64_t ns);

#endif
