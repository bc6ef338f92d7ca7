/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * intervals.h - a set of 64-bit keys, given as intervals.
 *
 *     bounds   where the set begins, ends, begins … in rising order: a key is in the set when
 *              the number of bounds up to it (its rank) is odd
 *     nodes    an index into the bounds. A node divides the span of its bounds into slots of
 *              equal width; a slot holds four bounds at most, or leads to a node of its own
 *
 * Nodes adapt to where the bounds stand, so a lookup takes two or three loads for networks
 * all over the address space as well as for thousands within one provider's.
 */
#ifndef HG_INTERVALS_H
#define HG_INTERVALS_H

#include "huginn.h"

/* Keys from `first` to `last`, both included. */
typedef struct hg_interval {
    uint64_t first;
    uint64_t last;
} hg_interval;

typedef struct hg_interval_node {
    uint64_t first_bound; /* values of the first and the last bound that it spans */
    uint64_t last_bound;
    uint32_t first; /* the same as indices */
    uint32_t last;
    uint32_t slots; /* index of its first slot */
    uint32_t shift; /* a slot is 2^shift keys wide */
} hg_interval_node;

/* All zero is the empty set. */
typedef struct hg_intervals {
    uint64_t first_bound; /* of all */
    uint64_t width;       /* of all that lies between the first bound and the last key, less 1 */
    uint32_t is_one;      /* no gap in between */
    uint64_t *bounds;
    hg_interval_node *nodes;
    uint32_t *slots; /* twice the index of the first bound not below the slot, or of a node, plus 1 */
    uint32_t bound_count;
    uint32_t node_count;
    uint32_t slot_count;
    uint32_t node_room;
    uint32_t slot_room;
} hg_intervals;

/* The most intervals that a set can be made of. */
#define HG_MOST_INTERVALS ((uint32_t)1 << 26)

/* Makes a set of `count` intervals, which may touch and overlap; sorts `list` in place. */
hg_status hg_intervals_init(hg_intervals *set, hg_interval *list, uint32_t count, hg_error *error);

/* Memory for `count` bounds, to be freed by the caller, and more of it behind them that
 * hg_intervals_of_bounds wants; NULL when there is none. */
uint64_t *hg_bounds_new(uint64_t count);

/* Makes the index of `count` bounds in rising order, 1 at least, for hg_intervals_rank. `bounds`
 * comes from hg_bounds_new and belongs to the set, also when this fails. `is_open`: what begins
 * at the last bound has no end. What lies between two bounds is the caller's to know. */
hg_status hg_intervals_of_bounds(hg_intervals *set, uint64_t *bounds, uint32_t count, int is_open,
                                 hg_error *error);
void hg_intervals_clear(hg_intervals *set);

enum {
    HG_LEAF_BOUNDS = 4, /* compared all at once, without a branch */
    HG_NODE_MARK = 1    /* in a slot: a node stands there */
};

static inline uint32_t hg_interval_slot(const hg_interval_node *node, uint64_t key)
{
    return (uint32_t)((key - node->first_bound) >> node->shift);
}

/* The number of bounds up to `key`, for a set that is not empty. Bounds behind a slot's own are above
 * every key of the slot, so comparing with more of them than it has is harmless. */
static inline uint32_t hg_intervals_rank(const hg_intervals *set, uint64_t key)
{
    const hg_interval_node *node = set->nodes;
    for (;;) {
        if (key < node->first_bound)
            return node->first;
        if (key >= node->last_bound)
            return node->last + 1;
        uint32_t slot = set->slots[node->slots + hg_interval_slot(node, key)];
        if ((slot & HG_NODE_MARK) == 0) {
            uint32_t rank = slot >> 1;
            const uint64_t *bounds = set->bounds + rank;
            for (uint32_t i = 0; i < HG_LEAF_BOUNDS; i++)
                rank += bounds[i] <= key;
            return rank;
        }
        node = set->nodes + (slot >> 1);
    }
}

/* In the header, as this is where a filter's time goes. */
static inline int hg_intervals_contain(const hg_intervals *set, uint64_t key)
{
    if (set->is_one)
        return key - set->first_bound <= set->width;
    return set->bound_count != 0 && key - set->first_bound <= set->width &&
           (hg_intervals_rank(set, key) & 1) != 0;
}

#endif
