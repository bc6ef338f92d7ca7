/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "filter/networks.h"

#include <stdlib.h>

#include "base/error.h"

enum { UPPER_HALF = 64, IPV4_BITS = 32, IPV6_BITS = 128 };

/* A network longer than /64: where it lies, and its part of what lies there. */
typedef struct long_network {
    uint64_t upper;
    hg_interval lower;
} long_network;

static int is_long(const hg_network *network)
{
    return network->version == 6 && network->prefix > UPPER_HALF;
}

/* The keys from `first` on that have its first `length` bits. */
static hg_interval interval_from(uint64_t first, uint32_t length)
{
    uint64_t rest = length >= UPPER_HALF ? 0 : UINT64_MAX >> length;
    return (hg_interval){.first = first, .last = first | rest};
}

static hg_interval interval_of(const hg_network *network)
{
    const uint8_t *address = network->address;
    return interval_from(network->version == 4 ? (uint64_t)hg_be32(address) << 32 : hg_be64(address),
                         network->prefix);
}

static hg_status no_memory(uint32_t count, hg_error *error)
{
    return hg_fail(error, HG_E_MEMORY, "no memory for a filter of %u networks", count);
}

static hg_status build_intervals(hg_intervals *set, const hg_network *list, uint32_t count, uint8_t version,
                                 hg_error *error)
{
    hg_interval *intervals = malloc((size_t)count * sizeof *intervals);
    if (intervals == NULL)
        return no_memory(count, error);
    uint32_t found = 0;
    for (uint32_t i = 0; i < count; i++)
        if (list[i].version == version && !is_long(list + i))
            intervals[found++] = interval_of(list + i);
    hg_status status = hg_intervals_init(set, intervals, found, error);
    free(intervals);
    return status;
}

/* ---- networks longer than /64 ------------------------------------------------------- */

static int by_upper(const void *left, const void *right)
{
    const long_network *a = left, *b = right;
    return (a->upper > b->upper) - (a->upper < b->upper);
}

/* Those longer than /64, sorted, but for those within a shorter one. */
static uint32_t list_longs(const hg_intervals *shorter, const hg_network *list, uint32_t count,
                           long_network *out)
{
    uint32_t found = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t upper = hg_be64(list[i].address);
        if (!is_long(list + i) || hg_intervals_contain(shorter, upper))
            continue;
        hg_interval lower = interval_from(hg_be64(list[i].address + 8), list[i].prefix - (uint32_t)UPPER_HALF);
        out[found++] = (long_network){.upper = upper, .lower = lower};
    }
    qsort(out, found, sizeof *out, by_upper);
    return found;
}

/* Bounds and spans while they are written. */
typedef struct span_list {
    uint64_t *bounds;
    uint32_t *spans;
    uint32_t count;
    int is_open;
} span_list;

/* Appends a span that lies above all others; it may begin where the last one ends. */
static void append_span(span_list *out, hg_interval interval, uint32_t span)
{
    if (out->count == 0 || out->bounds[out->count - 1] != interval.first)
        out->bounds[out->count++] = interval.first;
    out->spans[out->count] = span;
    out->is_open = interval.last == UINT64_MAX;
    if (out->is_open)
        return;
    out->bounds[out->count++] = interval.last + 1;
    out->spans[out->count] = HG_SPAN_OUT;
}

/* Appends the intervals of a set from bound `*next` on that begin at `limit` at the latest. */
static void append_intervals(span_list *out, const hg_intervals *set, uint32_t *next, uint64_t limit)
{
    for (; *next < set->bound_count && set->bounds[*next] <= limit; *next += 2) {
        int is_open = *next + 1 == set->bound_count;
        uint64_t last = is_open ? UINT64_MAX : set->bounds[*next + 1] - 1;
        append_span(out, (hg_interval){.first = set->bounds[*next], .last = last}, HG_SPAN_IN);
    }
}

/* Makes a group of the networks of each upper half, and appends where it lies. */
static hg_status make_groups(hg_networks *set, span_list *out, const long_network *longs, uint32_t count,
                             hg_interval *scratch, hg_error *error)
{
    hg_status status = HG_OK;
    uint32_t next_bound = 0;
    for (uint32_t i = 0; status == HG_OK && i < count;) {
        uint64_t upper = longs[i].upper;
        uint32_t members = 0;
        for (; i < count && longs[i].upper == upper; i++)
            scratch[members++] = longs[i].lower;
        append_intervals(out, &set->ipv6, &next_bound, upper);
        append_span(out, interval_from(upper, UPPER_HALF), HG_SPAN_GROUPS + set->group_count);
        status = hg_intervals_init(set->groups + set->group_count++, scratch, members, error);
    }
    append_intervals(out, &set->ipv6, &next_bound, UINT64_MAX);
    return status;
}

/* Puts bounds and spans in place of the intervals of shorter networks. */
static hg_status add_longs(hg_networks *set, const long_network *longs, uint32_t count, hg_error *error)
{
    uint64_t most = set->ipv6.bound_count + (uint64_t)count * 2;
    span_list out = {.bounds = hg_bounds_new(most), .spans = calloc((size_t)most + 1, sizeof *out.spans)};
    hg_interval *scratch = malloc((size_t)count * sizeof *scratch);
    hg_intervals uppers = {.bounds = NULL};
    set->groups = calloc(count, sizeof *set->groups);
    set->spans = out.spans;
    hg_status status;
    if (out.bounds != NULL && out.spans != NULL && scratch != NULL && set->groups != NULL)
        status = make_groups(set, &out, longs, count, scratch, error);
    else
        status = no_memory(count, error);
    if (status == HG_OK)
        status = hg_intervals_of_bounds(&uppers, out.bounds, out.count, out.is_open, error);
    else
        free(out.bounds);
    free(scratch);
    hg_intervals_clear(&set->ipv6);
    set->ipv6 = uppers;
    return status;
}

static hg_status build_longs(hg_networks *set, const hg_network *list, uint32_t count, hg_error *error)
{
    uint32_t longs = 0;
    for (uint32_t i = 0; i < count; i++)
        longs += is_long(list + i) ? 1u : 0u;
    if (longs == 0)
        return HG_OK;
    long_network *sorted = malloc((size_t)longs * sizeof *sorted);
    if (sorted == NULL)
        return no_memory(count, error);
    longs = list_longs(&set->ipv6, list, count, sorted);
    hg_status status = longs == 0 ? HG_OK : add_longs(set, sorted, longs, error);
    free(sorted);
    return status;
}

/* No bit may stand behind the prefix: neither side of the set would look at it. */
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
    *set = (hg_networks){.spans = NULL};
    if (count > HG_MOST_INTERVALS)
        return hg_fail(error, HG_E_ARGUMENT, "more than %u networks", HG_MOST_INTERVALS);
    for (uint32_t i = 0; i < count; i++)
        if (!is_sane(list + i))
            return hg_fail(error, HG_E_ARGUMENT, "network %u has a wrong version, prefix or address", i + 1);
    hg_status status = build_intervals(&set->ipv4, list, count, 4, error);
    if (status == HG_OK)
        status = build_intervals(&set->ipv6, list, count, 6, error);
    if (status == HG_OK)
        status = build_longs(set, list, count, error);
    if (status != HG_OK)
        hg_networks_clear(set);
    return status;
}

void hg_networks_clear(hg_networks *set)
{
    hg_intervals_clear(&set->ipv4);
    hg_intervals_clear(&set->ipv6);
    for (uint32_t i = 0; i < set->group_count; i++)
        hg_intervals_clear(set->groups + i);
    free(set->groups);
    free(set->spans);
    *set = (hg_networks){.spans = NULL};
}
