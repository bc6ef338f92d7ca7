/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * best.h - the first rows of a list in its order, of any number that are offered.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

enum {
    HG_SUMMARY_ROWS = 500,        /* of each list */
    HG_SUMMARY_BYTES = 96 << 10   /* of a list of long rows, which have lists */
};

/* Below 0: `one` stands before `other`. */
typedef int hg_order(const void *one, const void *other);

/* The larger number first. */
static inline int hg_falling(uint64_t one, uint64_t other)
{
    return (one < other) - (one > other);
}

typedef struct hg_best {
    uint8_t *rows;    /* a heap whose first row stands behind all others */
    size_t bytes;     /* of a row */
    uint64_t offered;
    hg_order *order;
    uint32_t count;
    uint32_t room;
    int has_failed; /* there was no memory */
} hg_best;

void hg_best_offer(hg_best *best, const void *row);
/* Puts the rows into their order. Nothing is offered any more. */
void hg_best_sort(hg_best *best);
void hg_best_free(hg_best *best);

static inline const void *hg_best_at(const hg_best *best, uint32_t number)
{
    return best->rows + number * best->bytes;
}
