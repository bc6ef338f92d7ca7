/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * subnets.c - hosts by network (digest.h).
 */
#include "summary/digest.h"

#include <stdlib.h>

#include "base/memory.h"
#include "hosts/holders.h"
#include "systems/words.h"

enum {
    FIRST_ROOM = 64,
    NEIGHBOURS = 5 /* least hosts at one distance */,
    LEAST_FIFTHS = 4 /* fifths of the measured hosts that must agree */,
    MOST_FAMILIES = 65536
};

/* ---- networks --------------------------------------------------------------------------------------- */

static uint64_t prefix_of(const hg_host_entry *host)
{
    const uint8_t *address = (const uint8_t *)host->address.word;
    uint64_t prefix = 0;
    const uint32_t bytes = host->version == 4 ? 3 : 6;
    for (uint32_t i = 0; i < bytes; i++)
        prefix = prefix << 8 | address[i];
    return prefix;
}

static hg_subnet *subnet_of(const hg_subnets *networks, hg_index host)
{
    return networks->at + networks->of_host[host];
}

/* The number of a host's network, from 1; a new network is added. 0: no memory. */
static uint32_t take_subnet(hg_subnets *networks, const hg_host_entry *host)
{
    const uint64_t prefix = prefix_of(host);
    uint64_t *number = hg_counts_take(&networks->numbers, (uint64_t)host->version << 48 | prefix);
    if (number == NULL || *number != 0)
        return number == NULL ? 0 : (uint32_t)*number;
    if (!hg_make_room(&networks->at, &networks->room, networks->count + 1, sizeof *networks->at, FIRST_ROOM))
        return 0;
    networks->at[networks->count] = (hg_subnet){.prefix = prefix, .version = host->version};
    *number = ++networks->count;
    return networks->count;
}

/* Assigns each host to its network. 0: no memory. */
static int place_hosts(hg_subnets *networks, const hg_hosts *hosts)
{
    const uint32_t count = hosts->known.used;
    networks->numbers = (hg_counts){.limit = UINT32_MAX / 4, .hash_key = hosts->hash_key};
    networks->of_host = malloc((count + (size_t)1) * sizeof *networks->of_host);
    for (hg_index index = 1; networks->of_host != NULL && index <= count; index++) {
        const uint32_t number = take_subnet(networks, hg_host_at(hosts, index));
        if (number == 0)
            return 0;
        networks->of_host[index] = number - 1;
        subnet_of(networks, index)->hosts += !hg_host_is_hidden(hosts, index);
    }
    return networks->of_host != NULL;
}

/* ---- distances -------------------------------------------------------------------------------------- */

/* Reads the distance of an IPv4 host. 0: another host, or its distance is unknown or varies. */
static int has_distance(const hg_host_entry *host, uint8_t *hops)
{
    *hops = host->near;
    return host->version == 4 && host->near == host->far;
}

/* Finds the distance of more than half of the hosts, if there is one, by majority vote (Boyer and Moore): different
 * distances cancel each other out, and `agreeing` counts the votes for `hops` that are left. */
static void vote(hg_subnets *networks, const hg_hosts *hosts)
{
    uint8_t hops;
    for (hg_index index = 1; index <= hosts->known.used; index++) {
        hg_subnet *subnet = subnet_of(networks, index);
        if (!has_distance(hg_host_at(hosts, index), &hops))
            continue;
        subnet->measured++;
        if (subnet->agreeing == 0)
            subnet->hops = hops;
        subnet->agreeing = subnet->hops == hops ? subnet->agreeing + 1 : subnet->agreeing - 1;
    }
}

static void count_agreeing(hg_subnets *networks, const hg_hosts *hosts)
{
    uint8_t hops;
    for (uint32_t i = 0; i < networks->count; i++)
        networks->at[i].agreeing = 0;
    for (hg_index index = 1; index <= hosts->known.used; index++) {
        hg_subnet *subnet = subnet_of(networks, index);
        if (has_distance(hg_host_at(hosts, index), &hops))
            subnet->agreeing += hops == subnet->hops;
    }
}

int hg_subnets_find(hg_subnets *networks, const hg_hosts *hosts)
{
    if (!place_hosts(networks, hosts))
        return 0;
    vote(networks, hosts);
    count_agreeing(networks, hosts);
    return 1;
}

void hg_subnets_free(hg_subnets *networks)
{
    hg_counts_clear(&networks->numbers);
    free(networks->at);
    free(networks->of_host);
    *networks = (hg_subnets){0};
}

int hg_is_far_off(const hg_subnets *networks, const hg_hosts *hosts, hg_index index)
{
    const hg_subnet *subnet = subnet_of(networks, index);
    uint8_t hops;
    if (subnet->agreeing < NEIGHBOURS || 5 * (uint64_t)subnet->agreeing < LEAST_FIFTHS * (uint64_t)subnet->measured ||
        !has_distance(hg_host_at(hosts, index), &hops))
        return 0;
    return (hops > subnet->hops ? hops - subnet->hops : subnet->hops - hops) >= HG_FAR_HOPS;
}

/* ---- families --------------------------------------------------------------------------------------- */

/* The families in conclusions, as numbered JSON texts. */
typedef struct families {
    hg_counts of_name; /* by name, for hosts with only this name: 1 + the number of its families' text */
    hg_text_list texts;
} families;

static uint32_t judge(families *families, const hg_hosts *hosts, const hg_host_entry *host)
{
    hg_json to = {.out = {.may_grow = 1, .is_json = 1}};
    hg_host_conclusion conclusion;
    hg_host_judge(hosts, host, &conclusion);
    hg_json_families(&to, &conclusion);
    const uint32_t found =
        to.out.is_full ? 0 : hg_text_list_take(&families->texts, hg_span_of(to.out.at, to.out.length), UINT32_MAX);
    free(to.out.at);
    return found;
}

/* The number of the families' text. Most hosts have a single name, so it is cached by name. */
static uint32_t families_of(families *families, const hg_hosts *hosts, const hg_host_entry *host)
{
    const hg_sighting *seen = host->sightings == 0 ? NULL : hg_pool_at(&hosts->seen, host->sightings);
    if (seen == NULL || seen->next != 0 || seen->source != HG_SOURCE_SYN)
        return judge(families, hosts, host);
    uint64_t *known = hg_counts_take(&families->of_name, seen->name);
    if (known == NULL)
        return judge(families, hosts, host);
    if (*known == 0)
        *known = 1 + (uint64_t)judge(families, hosts, host);
    return (uint32_t)(*known - 1);
}

/* ---- the document ----------------------------------------------------------------------------------- */

static int networks_in_order(const void *one, const void *other)
{
    const hg_subnet *a = *(const hg_subnet *const *)one, *b = *(const hg_subnet *const *)other;
    return HG_FIRST_ORDER(hg_falling(a->hosts, b->hosts), a->version - b->version, hg_falling(b->prefix, a->prefix));
}

/* The hosts with one system, in a network or in all. */
typedef struct network_system {
    uint32_t row; /* of the network, from 1; 0: all networks */
    uint32_t family;
    uint64_t hosts;
    hg_span name;
} network_system;

static int by_network(const void *one, const void *other)
{
    const network_system *a = one, *b = other;
    return HG_FIRST_ORDER(hg_falling(b->row, a->row), hg_falling(a->hosts, b->hosts),
                          hg_compare_texts(a->name, b->name));
}

/* "192.0.2.0/24" */
static void put_network(hg_writer *to, const hg_subnet *subnet)
{
    uint8_t address[16] = {0};
    const uint32_t bytes = subnet->version == 4 ? 3 : 6;
    for (uint32_t i = 0; i < bytes; i++)
        address[i] = (uint8_t)(subnet->prefix >> 8 * (bytes - 1 - i));
    const hg_address network = hg_address_of(address);
    hg_write_address(to, subnet->version, &network);
    hg_write_word(to, subnet->version == 4 ? "/24" : "/48");
}

/* Counts the hosts by system, of all networks and of each that is shown. 0: no memory. */
static int count_systems(const hg_subnets *networks, const hg_hosts *hosts, families *families, hg_counts *found)
{
    for (hg_index index = 1; index <= hosts->known.used; index++) {
        const hg_subnet *subnet = subnet_of(networks, index);
        if (subnet->version == 0 || hg_host_is_hidden(hosts, index))
            continue;
        const uint32_t family = families_of(families, hosts, hg_host_at(hosts, index));
        if (family == 0 || !hg_counts_add(found, family, 1) ||
            (subnet->row != 0 && !hg_counts_add(found, (uint64_t)subnet->row << 32 | family, 1)))
            return 0;
    }
    return 1;
}

/* The counts in `found` as a sorted list; NULL: no memory. */
static network_system *list_systems(const hg_counts *found, const families *families)
{
    network_system *out = malloc((found->used + (size_t)1) * sizeof *out);
    uint32_t count = 0;
    for (const hg_count *one = NULL; out != NULL && (one = hg_counts_next(found, one)) != NULL;) {
        const uint32_t family = (uint32_t)one->key;
        out[count++] = (network_system){(uint32_t)(one->key >> 32), family, one->value, families->texts.at[family - 1]};
    }
    if (out != NULL && count > 0)
        qsort(out, count, sizeof *out, by_network);
    return out;
}

static void write_family(hg_json *to, const network_system *system)
{
    HG_JSON_OBJECT(to, HG_JSON_KEY(to, "name", raw, system->name.text, system->name.length),
                   HG_JSON_KEY(to, "hosts", u64, system->hosts));
}

/* Writes the systems of all networks, which come first in the list. Returns their number. */
static uint32_t write_families(hg_digest *digest, const network_system *system, uint32_t count, hg_json *to)
{
    uint32_t all = 0;
    HG_JSON_KEY_INSIDE(to, "families", '[')
    for (; all < count && system[all].row == 0; all++)
        if (all < HG_SUMMARY_ROWS)
            write_family(to, system + all);
    hg_digest_omit(digest, "families", all < HG_SUMMARY_ROWS ? 0 : all - HG_SUMMARY_ROWS);
    return all;
}

/* Writes networks, with their systems from `at` on. Returns the number of networks written. */
static uint32_t write_networks(const hg_best *shown, const network_system *system, uint32_t at, uint32_t count,
                               hg_json *to)
{
    HG_JSON_KEY(to, "subnets", open, '[');
    const size_t start = to->out.length;
    uint32_t row = 0;
    for (; row < shown->count && to->out.length - start < HG_SUMMARY_BYTES; row++) {
        const hg_subnet *network = *(const hg_subnet *const *)hg_best_at(shown, row);
        hg_json_open(to, '{');
        HG_JSON_KEY(to, "network", written, put_network, network);
        HG_JSON_KEY(to, "hosts", u64, network->hosts);
        HG_JSON_KEY_INSIDE(to, "systems", '[')
        for (; at < count && system[at].row == row + 1; at++)
            write_family(to, system + at);
        hg_json_close(to, '}');
    }
    hg_json_close(to, ']');
    return row;
}

void hg_write_subnets(hg_digest *digest, hg_json *to)
{
    const hg_subnets *networks = &digest->subnets;
    const hg_hosts *hosts = digest->hosts;
    hg_best shown = {.bytes = sizeof(const hg_subnet *), .order = networks_in_order};
    families of = {.of_name = {.limit = MOST_FAMILIES, .hash_key = hosts->hash_key}};
    hg_counts found = {.limit = UINT32_MAX / 4, .hash_key = hosts->hash_key};
    for (uint32_t i = 0; i < networks->count; i++)
        if (networks->at[i].version != 0) /* a host without an address has no network */
            hg_best_offer(&shown, &(hg_subnet *){networks->at + i});
    hg_best_sort(&shown);
    for (uint32_t i = 0; i < shown.count; i++)
        (*(hg_subnet *const *)hg_best_at(&shown, i))->row = i + 1;
    const int is_counted = !shown.has_failed && count_systems(networks, hosts, &of, &found);
    network_system *list = is_counted ? list_systems(&found, &of) : NULL;
    digest->has_failed |= list == NULL;
    const uint32_t all = list == NULL ? 0 : write_families(digest, list, found.used, to);
    const uint32_t written = list == NULL ? 0 : write_networks(&shown, list, all, found.used, to);
    hg_digest_omit(digest, "subnets", shown.offered - written);
    free(list);
    hg_best_free(&shown);
    hg_counts_clear(&found);
    hg_text_list_free(&of.texts);
    hg_counts_clear(&of.of_name);
}
