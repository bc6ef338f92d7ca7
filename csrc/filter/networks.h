/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * networks.h - a set of IPv4 and IPv6 networks, single addresses among them.
 *
 *     IPv4              intervals of the address
 *     IPv6 up to /64    intervals of the upper half of the address
 *     IPv6 from /65     the upper half leads to the network's group, intervals of the lower half
 *
 * So an address costs two lookups at most, whatever lengths the networks have.
 */
#ifndef HG_NETWORKS_H
#define HG_NETWORKS_H

#include "base/bytes.h"
#include "filter/intervals.h"

enum { HG_SPAN_OUT = 0, HG_SPAN_IN = 1, HG_SPAN_GROUPS = 2 };

/* All zero is the empty set. */
typedef struct hg_networks {
    hg_intervals ipv4; /* keys are the addresses, in the upper 32 bits */
    hg_intervals ipv6; /* keys are upper halves */
    /* What lies between two bounds of `ipv6`, by rank: HG_SPAN_OUT, HG_SPAN_IN, or from
     * HG_SPAN_GROUPS on the number of a group. NULL without networks longer than /64: then the
     * spans alternate between out and in. */
    uint32_t *spans;
    hg_intervals *groups; /* keys are lower halves */
    uint32_t group_count;
} hg_networks;

/* Copies `count` networks. */
hg_status hg_networks_init(hg_networks *set, const hg_network *list, uint32_t count, hg_error *error);
void hg_networks_clear(hg_networks *set);

/* 1 when the IPv6 address is in one of the networks, some of which are longer than /64. */
static inline int hg_networks_contain_spans(const hg_networks *set, const uint8_t address[16])
{
    const hg_intervals *uppers = &set->ipv6;
    uint64_t upper = hg_be64(address);
    if (upper - uppers->first_bound > uppers->width)
        return 0;
    uint32_t span = set->spans[uppers->is_one ? 1 : hg_intervals_rank(uppers, upper)];
    if (span < HG_SPAN_GROUPS)
        return span == HG_SPAN_IN;
    return hg_intervals_contain(set->groups + (span - HG_SPAN_GROUPS), hg_be64(address + 8));
}

/* 1 when the address is in one of the networks. */
static inline int hg_networks_contain(const hg_networks *set, const uint8_t address[16], uint8_t version)
{
    if (version == 4)
        return hg_intervals_contain(&set->ipv4, (uint64_t)hg_be32(address) << 32);
    if (set->spans == NULL)
        return hg_intervals_contain(&set->ipv6, hg_be64(address));
    return hg_networks_contain_spans(set, address);
}

#endif
