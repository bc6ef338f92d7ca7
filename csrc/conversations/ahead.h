/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * ahead.h - what stream readers find in segments of a block before its ordered stage (hg_reader.look).
 *
 *     parse, match ─▶ hg_ahead_take (in parallel) ─▶ converse: hg_ahead_of ─▶ hg_reader_output.look
 *
 * Only with several workers: one worker would gain nothing, and would examine messages that readers never need.
 */
#pragma once

#include <stdatomic.h>

#include "conversations/readers.h"

/* The looks of a block, in the order of its packets. All zero: none yet. */
typedef struct hg_ahead {
    uint8_t *bytes; /* NULL until they are needed */
    uint32_t used;
    uint32_t next; /* the first look that hg_ahead_of has not passed */
} hg_ahead;

/* How many looks may be taken. A look costs one, and each that is used gives two back, so that connections of which
 * only the first message is read cost little more than with one worker. */
typedef atomic_int_fast32_t hg_ahead_credit;

enum { HG_FIRST_CREDIT = 512 };

/* The memory of a thread, by the numbers of readers. */
typedef void *hg_ahead_memory[HG_MOST_READERS];

void hg_ahead_clear(hg_ahead *ahead);
void hg_ahead_forget(hg_ahead_memory memory);

/* Looks at the segments among the packets, as far as the memory of a block goes. */
void hg_ahead_take(hg_ahead *ahead, const hg_readers *readers, const hg_database *database, hg_ahead_memory memory,
                   hg_ahead_credit *credit, const hg_packet *packets, uint32_t count, const hg_frame *frames);

/* The look at packet number `i`; NULL: there is none. Numbers never decrease. */
static inline const hg_look *hg_ahead_of(hg_ahead *ahead, uint32_t i)
{
    while (ahead->next < ahead->used) {
        const hg_look *look = (const hg_look *)(const void *)(ahead->bytes + ahead->next);
        if (look->packet >= i)
            return look->packet == i ? look : NULL;
        ahead->next += look->bytes;
    }
    return NULL;
}

/* Gives credit for `used` looks. */
void hg_ahead_repay(hg_ahead_credit *credit, uint32_t used);
