/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "filter/intervals.h"

#include <stdlib.h>

#include "base/error.h"

enum { MOST_SLOT_BITS = 16 };

static int by_first(const void *left, const void *right)
{
    const hg_interval *a = left, *b = right;
    return (a->first > b->first) - (a->first < b->first);
}

/* Joins intervals that touch or overlap and writes where the set begins and ends. An interval
 * up to the highest key has no end. */
static uint32_t write_bounds(uint64_t *bounds, const hg_interval *list, uint32_t count)
{
    uint32_t written = 0;
    for (uint32_t i = 0; i < count;) {
        uint64_t last = list[i].last;
        bounds[written++] = list[i].first;
        for (i++; i < count && (last == UINT64_MAX || list[i].first <= last + 1); i++)
            if (list[i].last > last)
                last = list[i].last;
        if (last != UINT64_MAX)
            bounds[written++] = last + 1;
    }
    return written;
}

/* Slots for `bounds` bounds: as many, so that most hold none or one. */
static uint32_t slot_bits(uint32_t bounds)
{
    uint32_t bits = 1;
    while (bits < MOST_SLOT_BITS && (uint32_t)1 << bits < bounds)
        bits++;
    return bits;
}

static void *with_room(void *array, uint32_t *room, uint64_t wanted, size_t size)
{
    if (wanted <= *room)
        return array;
    uint64_t larger = (uint64_t)*room * 2 > wanted ? (uint64_t)*room * 2 : wanted;
    void *grown = larger > UINT32_MAX / 2 ? NULL : realloc(array, (size_t)larger * size);
    if (grown != NULL)
        *room = (uint32_t)larger;
    return grown;
}

static int add_node(hg_intervals *set, uint32_t first, uint32_t last, uint32_t *number)
{
    hg_interval_node *nodes =
        with_room(set->nodes, &set->node_room, (uint64_t)set->node_count + 1, sizeof *nodes);
    if (nodes == NULL)
        return 0;
    set->nodes = nodes;
    *number = set->node_count++;
    nodes[*number] = (hg_interval_node){
        .first_bound = set->bounds[first],
        .last_bound = set->bounds[last],
        .first = first,
        .last = last,
    };
    return 1;
}

/* Lays out the slots of a node. The first bound is in its first slot and the last one in
 * another, so a node below spans fewer bounds, and this comes to an end. */
static int fill_node(hg_intervals *set, uint32_t number)
{
    hg_interval_node *node = set->nodes + number;
    uint64_t width = node->last_bound - node->first_bound;
    uint32_t bits = slot_bits(node->last - node->first + 1);
    while (width >> node->shift >> bits != 0)
        node->shift++;
    uint32_t count = hg_interval_slot(node, node->last_bound) + 1, first = node->first, last = node->last;
    uint32_t *slots = with_room(set->slots, &set->slot_room, (uint64_t)set->slot_count + count, sizeof *slots);
    if (slots == NULL)
        return 0;
    set->slots = slots;
    node->slots = set->slot_count;
    set->slot_count += count;
    uint32_t *own = slots + node->slots;
    for (uint32_t slot = 0, bound = first; slot < count; slot++) {
        uint32_t start = bound;
        while (bound <= last && hg_interval_slot(set->nodes + number, set->bounds[bound]) == slot)
            bound++;
        own[slot] = start << 1;
        if (bound - start > HG_LEAF_BOUNDS) {
            uint32_t below;
            if (!add_node(set, start, bound - 1, &below))
                return 0;
            own[slot] = below << 1 | HG_NODE_MARK;
        }
    }
    return 1;
}

static int build(hg_intervals *set, int is_open)
{
    uint32_t root;
    if (!add_node(set, 0, set->bound_count - 1, &root))
        return 0;
    uint64_t first = set->bounds[0], end = set->bounds[set->bound_count - 1];
    set->first_bound = first;
    set->width = (is_open ? UINT64_MAX : end - 1) - first;
    set->is_one = is_open ? set->bound_count == 1 : set->bound_count == 2;
    for (uint32_t number = 0; number < set->node_count; number++)
        if (!fill_node(set, number))
            return 0;
    return 1;
}

hg_status hg_intervals_init(hg_intervals *set, hg_interval *list, uint32_t count, hg_error *error)
{
    *set = (hg_intervals){.bounds = NULL};
    if (count > HG_MOST_INTERVALS)
        return hg_fail(error, HG_E_ARGUMENT, "more than %u networks", HG_MOST_INTERVALS);
    if (count == 0)
        return HG_OK;
    qsort(list, count, sizeof *list, by_first);
    uint64_t *bounds = hg_bounds_new((uint64_t)count * 2);
    uint32_t bound_count = bounds != NULL ? write_bounds(bounds, list, count) : 0;
    return hg_intervals_of_bounds(set, bounds, bound_count, bound_count % 2 != 0, error);
}

uint64_t *hg_bounds_new(uint64_t count)
{
    return malloc(((size_t)count + HG_LEAF_BOUNDS) * sizeof(uint64_t));
}

hg_status hg_intervals_of_bounds(hg_intervals *set, uint64_t *bounds, uint32_t count, int is_open,
                                 hg_error *error)
{
    *set = (hg_intervals){.bounds = bounds, .bound_count = count};
    if (bounds != NULL) {
        for (uint32_t i = 0; i < HG_LEAF_BOUNDS; i++) /* what a slot near the end is compared with */
            bounds[count + i] = UINT64_MAX;
        if (build(set, is_open))
            return HG_OK;
    }
    hg_intervals_clear(set);
    return hg_fail(error, HG_E_MEMORY, "no memory for a filter of networks");
}

void hg_intervals_clear(hg_intervals *set)
{
    free(set->bounds);
    free(set->nodes);
    free(set->slots);
    *set = (hg_intervals){.bounds = NULL};
}
