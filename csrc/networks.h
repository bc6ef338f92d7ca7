/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * networks.h - a set of IPv4 and IPv6 networks, single addresses among them.
 *
 *     IPv4, and IPv6 up to /64   intervals of the address or of its upper half
 *     IPv6 from /65 to /128      a hash table of (length, network): one probe a length in use
 */
#ifndef HG_NETWORKS_H
#define HG_NETWORKS_H

#include "bytes.h"
#include "intervals.h"

/* A network longer than /64, as two words in memory order. */
typedef struct hg_long_network {
    uint64_t word[2];
    uint64_t length;
} hg_long_network;

/* All zero is the empty set. */
typedef struct hg_networks {
    hg_intervals ipv4; /* keys are the addresses, in the upper 32 bits */
    hg_intervals ipv6;
    hg_long_network *longs;
    uint32_t *table; /* numbers of longs from 1, 0 for a free place: small enough for the cache */
    uint64_t hash_key;
    uint32_t long_count;
    uint32_t table_mask;
    uint32_t length_count;
    uint8_t lengths[64]; /* those in use, with their masks of the lower word */
    uint64_t masks[64];
} hg_networks;

/* Copies `count` networks. */
hg_status hg_networks_init(hg_networks *set, const hg_network *list, uint32_t count, uint64_t hash_key,
                           hg_error *error);
void hg_networks_clear(hg_networks *set);

/* 1 when the IPv6 address is in one of the networks longer than /64. */
int hg_networks_contain_long(const hg_networks *set, const uint8_t address[16]);

/* 1 when the address is in one of the networks. */
static inline int hg_networks_contain(const hg_networks *set, const uint8_t address[16], uint8_t version)
{
    if (version == 4)
        return hg_intervals_contain(&set->ipv4, (uint64_t)hg_be32(address) << 32);
    return hg_intervals_contain(&set->ipv6, hg_be64(address)) ||
           (set->length_count != 0 && hg_networks_contain_long(set, address));
}

#endif
