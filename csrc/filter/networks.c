/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "filter/networks.h"

#include <stdlib.h>

#include "base/error.h"

enum { IPV4_BITS = 32, IPV6_BITS = 128, HALF_BITS = 64 };

/* The addresses from `first` to `last`, both included. */
typedef struct interval {
    hg_uint128 first;
    hg_uint128 last;
} interval;

static int by_first(const void *left, const void *right)
{
    const interval *a = left, *b = right;
    if (a->first.upper != b->first.upper)
        return a->first.upper < b->first.upper ? -1 : 1;
    return (a->first.lower > b->first.lower) - (a->first.lower < b->first.lower);
}

/* A mask of all bits in one half of an address, except the first `length` bits. */
static uint64_t bits_after(uint32_t length)
{
    return length >= HALF_BITS ? 0 : UINT64_MAX >> length;
}

static interval interval_of(const hg_network *network)
{
    const hg_uint128 first = {.upper = hg_be64(network->address), .lower = hg_be64(network->address + 8)};
    const uint32_t prefix = network->prefix, of_lower = prefix > HALF_BITS ? prefix - (uint32_t)HALF_BITS : 0;
    const hg_uint128 last = {first.upper | bits_after(prefix), first.lower | bits_after(of_lower)};
    return (interval){.first = first, .last = last};
}

/* Adds 1. 0: `number` was the highest number. */
static int increment(hg_uint128 *number)
{
    number->lower++;
    number->upper += number->lower == 0;
    return (number->upper | number->lower) != 0;
}

static uint32_t append(hg_bounds *bounds, uint32_t at, hg_uint128 bound)
{
    bounds->upper[at] = bound.upper;
    bounds->lower[at] = bound.lower;
    return at + 1;
}

/* Joins intervals that touch or overlap, writes the bounds of the set, and returns their number. An interval
 * up to the highest number has no end bound. */
static uint32_t write_bounds(hg_bounds *bounds, const interval *list, uint32_t count)
{
    uint32_t written = 0;
    for (uint32_t i = 0; i < count && !bounds->is_open;) {
        hg_uint128 end = list[i].first;
        written = append(bounds, written, end);
        for (; i < count && hg_is_up_to(list[i].first, end) && !bounds->is_open; i++) {
            hg_uint128 after = list[i].last;
            bounds->is_open = !increment(&after);
            if (hg_is_up_to(end, after))
                end = after;
        }
        if (!bounds->is_open)
            written = append(bounds, written, end);
    }
    for (uint32_t i = 0; i < HG_LEAF_BOUNDS; i++)
        bounds->upper[written + i] = UINT64_MAX;
    return written;
}

/* Makes at most as many slots as bounds, so that most slots hold one bound or none. */
static int make_slots(hg_bounds *bounds, uint32_t count)
{
    bounds->first = bounds->upper[0];
    bounds->width = bounds->upper[count - 1] - bounds->first;
    while (bounds->width >> bounds->shift >= count)
        bounds->shift++;
    uint64_t slots = (bounds->width >> bounds->shift) + 1;
    bounds->slots = malloc(((size_t)slots + 1) * sizeof *bounds->slots);
    if (bounds->slots == NULL)
        return 0;
    uint32_t below = 0;
    for (uint64_t slot = 0; slot <= slots; slot++) {
        while (below < count && (bounds->upper[below] - bounds->first) >> bounds->shift < slot)
            below++;
        bounds->slots[slot] = below;
    }
    return 1;
}

static int write_set(hg_bounds *bounds, interval *list, uint32_t count)
{
    const size_t most = (size_t)count * 2 + HG_LEAF_BOUNDS;
    bounds->upper = malloc(most * sizeof *bounds->upper);
    bounds->lower = malloc(most * sizeof *bounds->lower);
    if (bounds->upper == NULL || bounds->lower == NULL)
        return 0;
    qsort(list, count, sizeof *list, by_first);
    return make_slots(bounds, write_bounds(bounds, list, count));
}

static hg_status build(hg_bounds *bounds, const hg_network *list, uint32_t count, uint8_t version, hg_error *error)
{
    interval *intervals = malloc(((size_t)count + 1) * sizeof *intervals);
    uint32_t found = 0;
    for (uint32_t i = 0; intervals != NULL && i < count; i++)
        if (list[i].version == version)
            intervals[found++] = interval_of(list + i);
    const int is_built = intervals != NULL && (found == 0 || write_set(bounds, intervals, found));
    free(intervals);
    if (!is_built)
        return hg_fail(error, HG_E_MEMORY, "no memory for a filter of %u networks", count);
    return HG_OK;
}

/* A network's address must have no bits set after the prefix. */
static int is_sane(const hg_network *network)
{
    if (network->version != 4 && network->version != 6)
        return 0;
    uint32_t bits = network->version == 4 ? IPV4_BITS : IPV6_BITS;
    if (network->prefix > bits)
        return 0;
    uint32_t whole = network->prefix / 8, odd = network->prefix % 8;
    if (odd != 0 && (network->address[whole] & 0xFF >> odd) != 0)
        return 0;
    for (uint32_t i = whole + (odd != 0); i < 16; i++)
        if (network->address[i] != 0)
            return 0;
    return 1;
}

hg_status hg_networks_init(hg_networks *set, const hg_network *list, uint32_t count, hg_error *error)
{
    memset(set, 0, sizeof *set);
    if (count > HG_MOST_NETWORKS)
        return hg_fail(error, HG_E_ARGUMENT, "more than %u networks", HG_MOST_NETWORKS);
    for (uint32_t i = 0; i < count; i++)
        if (!is_sane(list + i))
            return hg_fail(error, HG_E_ARGUMENT, "network %u has a wrong version, prefix or address", i + 1);
    hg_status status = build(&set->ipv4, list, count, 4, error);
    if (status == HG_OK)
        status = build(&set->ipv6, list, count, 6, error);
    if (status != HG_OK)
        hg_networks_clear(set);
    return status;
}

static void clear(hg_bounds *bounds)
{
    free(bounds->upper);
    free(bounds->lower);
    free(bounds->slots);
    memset(bounds, 0, sizeof *bounds);
}

void hg_networks_clear(hg_networks *set)
{
    clear(&set->ipv4);
    clear(&set->ipv6);
}
