/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * tables.h - tables that a summary is made of: a number for each key, and the first rows of a list in its order.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

/* ---- a number for each key ---- */

typedef struct hg_count {
    uint64_t key;
    uint64_t value; /* 0: the place is free */
} hg_count;

/* A hash table with a limit. Its places hold keys and numbers themselves, which takes half the memory of the records in
 * chains of base/pool.h; nothing refers to them. */
typedef struct hg_counts {
    hg_count *at;   /* NULL: nothing was counted yet */
    uint32_t mask;
    uint32_t used;
    uint32_t limit; /* the most keys */
    uint64_t hash_key;
} hg_counts;

/* The number of a key; NULL: it has none. */
uint64_t *hg_counts_find(const hg_counts *counts, uint64_t key);
/* The same; where it had none it is 0, and the caller sets it to another one at once. NULL: there are too many keys, or
 * there is no memory. It lives until the next call. */
uint64_t *hg_counts_take(hg_counts *counts, uint64_t key);
void hg_counts_clear(hg_counts *counts);

/* Adds to the number of a key. 0: there are too many keys, or there is no memory. */
int hg_counts_add(hg_counts *counts, uint64_t key, uint64_t more);
/* The next key with its number, after one or NULL; NULL: that was the last. */
const hg_count *hg_counts_next(const hg_counts *counts, const hg_count *after);

/* ---- texts with a number each, from 1 on ---- */

typedef struct hg_text_list {
    hg_span *at; /* copies */
    uint32_t count;
    uint32_t room;
} hg_text_list;

/* The number of a text, made where it is not known; 0: there are `most` already, or there is no memory. */
uint32_t hg_text_list_take(hg_text_list *texts, hg_span text, uint32_t most);
void hg_text_list_free(hg_text_list *texts);

/* Texts byte by byte; the shorter one first. */
int hg_compare_texts(hg_span one, hg_span other);

/* ---- the first rows of a list, of any number that are offered ---- */

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
    uint8_t *rows;    /* the first HG_SUMMARY_ROWS are sorted once there are as many; others follow */
    size_t bytes;     /* of a row */
    uint64_t offered;
    hg_order *order;
    uint32_t count;
    uint32_t room;
    int has_failed; /* there was no memory */
} hg_best;

void hg_best_offer(hg_best *best, const void *row);
/* Puts the rows into their order, and leaves the first HG_SUMMARY_ROWS. */
void hg_best_sort(hg_best *best);
void hg_best_free(hg_best *best);

static inline const void *hg_best_at(const hg_best *best, uint32_t number)
{
    return best->rows + number * best->bytes;
}
