/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "networks.h"

#include <stdlib.h>

#include "error.h"

enum { UPPER_HALF = 64, IPV4_BITS = 32, IPV6_BITS = 128 };

static int is_long(const hg_network *network)
{
    return network->version == 6 && network->prefix > UPPER_HALF;
}

static hg_interval interval_of(const hg_network *network)
{
    const uint8_t *address = network->address;
    uint64_t first = network->version == 4 ? (uint64_t)hg_be32(address) << 32 : hg_be64(address);
    uint64_t rest = network->prefix == UPPER_HALF ? 0 : UINT64_MAX >> network->prefix;
    return (hg_interval){.first = first, .last = first | rest};
}

/* The lower half of the address, cut behind the prefix, is compared in memory order. */
static uint64_t lower_mask(uint32_t length)
{
    uint8_t bytes[8];
    uint64_t mask = UINT64_MAX << (IPV6_BITS - length);
    for (int i = 0; i < 8; i++)
        bytes[i] = (uint8_t)(mask >> (56 - 8 * i));
    return hg_word(bytes);
}

/* Keyed, so that nobody can send addresses that all fall into the longest run of the table. */
static uint32_t place_of(const hg_networks *set, const uint64_t word[2], uint64_t length)
{
    uint64_t hash = (word[0] ^ set->hash_key) * 0x9E3779B97F4A7C15u;
    hash = (hash ^ hash >> 32 ^ word[1] ^ length << 56) * 0xD6E8FEB86659FD93u;
    return (uint32_t)(hash >> 32) & set->table_mask;
}

/* The place of this network in the table, or the free one where it belongs. */
static uint32_t *find(const hg_networks *set, const uint64_t word[2], uint64_t length)
{
    for (uint32_t place = place_of(set, word, length);; place = (place + 1) & set->table_mask) {
        uint32_t number = set->table[place];
        if (number == 0)
            return set->table + place;
        const hg_long_network *network = set->longs + number - 1;
        if (network->word[0] == word[0] && network->word[1] == word[1] && network->length == length)
            return set->table + place;
    }
}

static void note_length(hg_networks *set, uint8_t length)
{
    uint32_t at = 0;
    while (at < set->length_count && set->lengths[at] != length)
        at++;
    set->lengths[at] = length;
    set->masks[at] = lower_mask(length);
    if (at == set->length_count)
        set->length_count++;
}

static void add_long(hg_networks *set, const hg_network *network)
{
    uint64_t word[2] = {hg_word(network->address), hg_word(network->address + 8)};
    uint32_t *place = find(set, word, network->prefix);
    if (*place != 0)
        return;
    set->longs[set->long_count++] = (hg_long_network){.word = {word[0], word[1]}, .length = network->prefix};
    *place = set->long_count;
    note_length(set, network->prefix);
}

/* A table at most half full, so that runs stay short. */
static int build_table(hg_networks *set, const hg_network *list, uint32_t count, uint32_t longs)
{
    uint32_t room = 2;
    while (room < longs * 2)
        room *= 2;
    set->longs = malloc(longs * sizeof *set->longs);
    set->table = calloc(room, sizeof *set->table);
    if (set->longs == NULL || set->table == NULL)
        return 0;
    set->table_mask = room - 1;
    for (uint32_t i = 0; i < count; i++)
        if (is_long(list + i))
            add_long(set, list + i);
    return 1;
}

static hg_status build_intervals(hg_intervals *set, const hg_network *list, uint32_t count, uint8_t version,
                                 hg_error *error)
{
    hg_interval *intervals = malloc((size_t)count * sizeof *intervals);
    if (intervals == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for a filter of %u networks", count);
    uint32_t found = 0;
    for (uint32_t i = 0; i < count; i++)
        if (list[i].version == version && !is_long(list + i))
            intervals[found++] = interval_of(list + i);
    hg_status status = hg_intervals_init(set, intervals, found, error);
    free(intervals);
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

hg_status hg_networks_init(hg_networks *set, const hg_network *list, uint32_t count, uint64_t hash_key,
                           hg_error *error)
{
    *set = (hg_networks){.hash_key = hash_key};
    uint32_t longs = 0;
    if (count > HG_MOST_INTERVALS)
        return hg_fail(error, HG_E_ARGUMENT, "more than %u networks", HG_MOST_INTERVALS);
    for (uint32_t i = 0; i < count; i++) {
        if (!is_sane(list + i))
            return hg_fail(error, HG_E_ARGUMENT, "network %u has a wrong version, prefix or address", i + 1);
        longs += is_long(list + i) ? 1u : 0u;
    }
    hg_status status = build_intervals(&set->ipv4, list, count, 4, error);
    if (status == HG_OK)
        status = build_intervals(&set->ipv6, list, count, 6, error);
    if (status == HG_OK && longs != 0 && !build_table(set, list, count, longs))
        status = hg_fail(error, HG_E_MEMORY, "no memory for a filter of %u networks", count);
    if (status != HG_OK)
        hg_networks_clear(set);
    return status;
}

void hg_networks_clear(hg_networks *set)
{
    hg_intervals_clear(&set->ipv4);
    hg_intervals_clear(&set->ipv6);
    free(set->longs);
    free(set->table);
    *set = (hg_networks){.longs = NULL};
}

int hg_networks_contain_long(const hg_networks *set, const uint8_t address[16])
{
    uint64_t upper = hg_word(address), lower = hg_word(address + 8);
    for (uint32_t i = 0; i < set->length_count; i++) {
        uint64_t word[2] = {upper, lower & set->masks[i]};
        if (*find(set, word, set->lengths[i]) != 0)
            return 1;
    }
    return 0;
}
