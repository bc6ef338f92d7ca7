/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * counts.h - a number for each key: a hash table with a limit. Its places hold keys and numbers themselves, which takes
 * half the memory of the records in chains of base/pool.h; nothing refers to them.
 */
#pragma once

#include <stdint.h>

typedef struct hg_count {
    uint64_t key;
    uint64_t value; /* 0: the place is free */
} hg_count;

typedef struct hg_counts {
    hg_count *at;   /* NULL: nothing was counted yet */
    uint32_t mask;
    uint32_t used;
    uint32_t limit; /* the most keys */
    uint32_t zero;
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
