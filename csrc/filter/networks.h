/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * networks.h - a set of IPv4 and IPv6 networks; a single address is a network, too.
 *
 *     bounds   addresses where the set begins, ends, begins … in ascending order. The rank of an
 *              address is the number of bounds up to it; an address with an odd rank is in the set
 *     slots    an index: the span from the first bound to the last one, in parts of equal width
 *
 * If the networks are spread over the address space, each slot has few bounds. If a slot has many,
 * bisection finds the rank.
 */
#pragma once

#include "base/bytes.h"
#include "huginn.h"

/* An address as a number. An IPv4 address is in the upper 32 bits. */
typedef struct hg_uint128 {
    uint64_t upper;
    uint64_t lower;
} hg_uint128;

/* All zero is the empty set. */
typedef struct hg_bounds {
    uint64_t first;   /* the upper half of the first bound */
    uint64_t width;   /* the upper half of the last bound, minus `first` */
    uint32_t shift;   /* a slot spans 2^shift values of the upper half */
    uint32_t is_open; /* 1: the part of the set that begins at the last bound has no end */
    uint64_t *upper;  /* upper half of each bound, then HG_LEAF_BOUNDS times UINT64_MAX */
    uint64_t *lower;  /* lower half of each bound */
    uint32_t *slots; /* for each slot, the number of bounds below it; then the number of all bounds */
} hg_bounds;

typedef struct hg_networks {
    hg_bounds ipv4;
    hg_bounds ipv6;
} hg_networks;

/* The most networks in a set. */
#define HG_MOST_NETWORKS ((uint32_t)1 << 26)

/* Makes a set of `count` networks. On an error the set is empty. */
hg_status hg_networks_init(hg_networks *set, const hg_network *list, uint32_t count, hg_error *error);
void hg_networks_clear(hg_networks *set);

/* 1 when a <= b. */
static inline uint32_t hg_is_up_to(hg_uint128 a, hg_uint128 b)
{
    return (a.upper < b.upper) | ((a.upper == b.upper) & (a.lower <= b.lower));
}

/* The rank of `address`, which must be between `rank` and `rank` + `left`. */
static inline uint32_t hg_bounds_bisect(const hg_bounds *bounds, uint32_t rank, uint32_t left, hg_uint128 address)
{
    while (left > 0) {
        uint32_t half = (left + 1) / 2, middle = rank + half - 1;
        hg_uint128 bound = {.upper = bounds->upper[middle], .lower = bounds->lower[middle]};
        rank += (0 - hg_is_up_to(bound, address)) & half; /* no branch: random addresses would cause mispredictions */
        left -= half;
    }
    return rank;
}

/* How many bounds of a slot are compared at once, without a branch. */
enum { HG_LEAF_BOUNDS = 4 };

/* 1 when the set contains the address. The upper halves decide, unless a bound has the same upper half. The bounds
 * after the slot's own bounds are above every address in the slot, so comparing with them, too, is harmless. */
static inline int hg_bounds_contain(const hg_bounds *bounds, hg_uint128 address)
{
    const uint64_t distance = address.upper - bounds->first;
    if (distance > bounds->width || bounds->slots == NULL)
        return (int)(bounds->is_open & (address.upper >= bounds->first));
    const uint32_t *slot = bounds->slots + (distance >> bounds->shift);
    const uint32_t below = slot[0], own = slot[1] - below;
    if (own <= HG_LEAF_BOUNDS) {
        uint32_t rank = below;
        for (uint32_t i = 0; i < HG_LEAF_BOUNDS; i++)
            rank += bounds->upper[below + i] <= address.upper;
        if (bounds->upper[rank - 1] != address.upper) /* rank is at least 1: the first bound is not above the address */
            return (int)(rank & 1);
    }
    return (int)(hg_bounds_bisect(bounds, below, own, address) & 1);
}

/* 1 when the address is in one of the networks. */
static inline int hg_networks_contain(const hg_networks *set, const uint8_t address[16], uint8_t version)
{
    const hg_uint128 number = {.upper = hg_be64(address), .lower = hg_be64(address + 8)};
    return hg_bounds_contain(version == 4 ? &set->ipv4 : &set->ipv6, number);
}
