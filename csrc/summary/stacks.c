/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * stacks.c - finds equal stacks in many networks (summary.h).
 */
#include "summary/digest.h"

#include <stdlib.h>

#include "base/memory.h"
#include "facts/words.h"

enum { MOST_STACKS = 1 << 17, MOST_PAIRS = 1 << 17, MOST_NETWORKS = 1 << 18, FIRST_HOSTS = 1024 };
enum { LEAST_NETWORKS = 10, MOST_OF_FIVE = 4 /* fifths of the networks that must be at one distance */ };

void hg_stacks_init(hg_stacks *stacks, uint64_t hash_key)
{
    *stacks = (hg_stacks){.hash_key = hash_key};
    stacks->stacks = (hg_counts){.limit = MOST_STACKS, .hash_key = hash_key};
    stacks->pairs = (hg_counts){.limit = MOST_PAIRS, .hash_key = hash_key};
    stacks->networks = (hg_counts){.limit = MOST_NETWORKS, .hash_key = hash_key};
    stacks->texts = (hg_counts){.limit = MOST_NETWORKS / LEAST_NETWORKS, .hash_key = hash_key};
    stacks->signatures = (hg_writer){.may_grow = 1};
}

void hg_stacks_free(hg_stacks *stacks)
{
    hg_counts_clear(&stacks->stacks);
    hg_counts_clear(&stacks->pairs);
    hg_counts_clear(&stacks->networks);
    hg_counts_clear(&stacks->texts);
    free(stacks->signatures.at);
    free(stacks->of_host);
}

/* ---- keys ------------------------------------------------------------------------------------------- */

static uint64_t stack_of(const hg_stacks *stacks, hg_row row)
{
    const hg_tcp_columns *c = &row.columns->tcp;
    const uint32_t at = row.at;
    uint64_t state = hg_hash_mix(stacks->hash_key, (uint64_t)c->olen[at] | (uint64_t)c->ittl[at] << 8 |
                                                       (uint64_t)c->mss[at] << 16 | (uint64_t)c->wsize[at] << 32 |
                                                       (uint64_t)c->wscale[at] << 48 | (uint64_t)c->pclass[at] << 56);
    state = hg_hash_mix(state, (uint64_t)c->quirks[at] << 8 | row.columns->event[row.index]);
    return hg_hash_span(state, hg_span_of(c->olayout[at], sizeof c->olayout[at]));
}

/* /16 of IPv4, /32 of IPv6. */
static uint32_t network_of(hg_row row)
{
    const uint8_t *address = row.columns->src_ip[row.index];
    const uint32_t high = (uint32_t)address[0] << 24 | (uint32_t)address[1] << 16;
    return row.columns->ip_version[row.index] == 4 ? high : high | (uint32_t)address[2] << 8 | address[3];
}

/* ---- counting --------------------------------------------------------------------------------------- */

/* The counter of a host; NULL: no memory. */
static uint16_t *stacks_of(hg_stacks *stacks, hg_index host)
{
    const uint32_t before = stacks->room;
    if (!hg_make_room(&stacks->of_host, &stacks->room, host + 1, sizeof *stacks->of_host, FIRST_HOSTS))
        return NULL;
    memset(stacks->of_host + before, 0, (stacks->room - before) * sizeof *stacks->of_host);
    return stacks->of_host + host;
}

/* The value of a stack in `stacks`; a new stack is added and counted for the host. 0: no room. */
static uint64_t take_stack(hg_stacks *stacks, hg_row row, hg_index host)
{
    const uint64_t key = stack_of(stacks, row);
    const uint64_t *known = hg_counts_find(&stacks->stacks, key);
    if (known != NULL)
        return *known;
    uint16_t *own = stacks_of(stacks, host);
    if (own != NULL && *own >= HG_STACKS_OF_A_HOST) {
        stacks->of_many++;
        return 0;
    }
    uint64_t *made = own == NULL ? NULL : hg_counts_take(&stacks->stacks, key);
    if (made == NULL) {
        stacks->left_out++;
        return 0;
    }
    ++*own;
    *made = (uint64_t)stacks->stacks.used << 1 | (row.columns->event[row.index] == HG_EVENT_SYN_ACK);
    return *made;
}

/* Keeps the signature of the packet with which a pair (stack and distance) gets enough networks. Without memory, the
 * finding shows "?". */
static void keep_signature(hg_stacks *stacks, uint64_t pair, hg_row row)
{
    char text[HG_MAX_TEXT + HG_RENDER_SLACK];
    const size_t at = stacks->signatures.length, length = (size_t)(hg_put_raw_signature(text, row) - text);
    text[length] = 0;
    hg_write(&stacks->signatures, text, length + 1);
    uint64_t *known = stacks->signatures.is_full ? NULL : hg_counts_take(&stacks->texts, pair);
    if (known != NULL)
        *known = at + 1;
}

static const char *signature_of(const hg_stacks *stacks, uint64_t pair)
{
    const uint64_t *at = hg_counts_find(&stacks->texts, pair);
    return at == NULL ? "?" : stacks->signatures.at + *at - 1;
}

void hg_stacks_add(hg_stacks *stacks, hg_row row, hg_index host)
{
    const uint64_t stack = take_stack(stacks, row, host);
    if (stack == 0)
        return;
    uint64_t *pair = hg_counts_take(&stacks->pairs, stack << 16 | (uint16_t)row.columns->tcp.distance[row.at]);
    if (pair == NULL) {
        stacks->left_out++;
        return;
    }
    if (*pair == 0)
        *pair = (uint64_t)stacks->pairs.used << 32;
    uint64_t *network = hg_counts_take(&stacks->networks, (*pair & ~(uint64_t)UINT32_MAX) | network_of(row));
    if (network == NULL) {
        stacks->left_out++;
    } else if (*network == 0) {
        *network = row.columns->ip_version[row.index];
        if ((uint32_t)++*pair == LEAST_NETWORKS)
            keep_signature(stacks, *pair >> 32, row);
    }
}

/* ---- findings -------------------------------------------------------------------------------- */

/* A /16 of IPv4 or a /32 of IPv6. */
typedef struct stack_network {
    uint32_t prefix;
    uint32_t version; /* 0: none */
} stack_network;

/* A stack, and the distance of most of its networks. */
typedef struct one_stack {
    stack_network named[HG_SHOWN]; /* the lowest ones */
    const char *signature; /* of one of its packets; borrowed from hg_stacks */
    uint32_t networks;
    int16_t distance;
    uint8_t is_answer; /* 1: SYN+ACKs */
} one_stack;

/* IPv4 first; places without a network last. */
static int compare_networks(stack_network one, stack_network other)
{
    const uint64_t a = (uint64_t)(one.version - 1) << 32 | one.prefix,
                   b = (uint64_t)(other.version - 1) << 32 | other.prefix;
    return a < b ? -1 : a > b;
}

static int in_order(const void *one, const void *other)
{
    const one_stack *a = one, *b = other;
    int order = hg_falling(a->networks, b->networks);
    order = order != 0 ? order : a->is_answer - b->is_answer;
    order = order != 0 ? order : a->distance - b->distance;
    for (uint32_t i = 0; i < HG_SHOWN && order == 0; i++)
        order = compare_networks(a->named[i], b->named[i]);
    return order;
}

/* The networks of a stack: how many, and the distance with the most. */
typedef struct networks_of {
    uint32_t all;
    uint32_t pair; /* number of the pair with that distance */
    one_stack most;
} networks_of;

static int stands_out(const networks_of *networks)
{
    return networks->most.networks >= LEAST_NETWORKS &&
           5 * (uint64_t)networks->most.networks >= MOST_OF_FIVE * (uint64_t)networks->all;
}

static void find_distances(const hg_stacks *stacks, networks_of *found)
{
    for (const hg_count *pair = NULL; (pair = hg_counts_next(&stacks->pairs, pair)) != NULL;) {
        const uint64_t stack = pair->key >> 16;
        const one_stack one = {
            .networks = (uint32_t)pair->value, .distance = (int16_t)(uint16_t)pair->key, .is_answer = stack & 1};
        networks_of *networks = found + (stack >> 1);
        networks->all += one.networks;
        if (networks->most.networks != 0 && in_order(&one, &networks->most) >= 0)
            continue;
        networks->most = one;
        networks->pair = (uint32_t)(pair->value >> 32);
    }
}

/* Keeps the lowest networks, in order. */
static void name_network(one_stack *stack, stack_network network)
{
    uint32_t at = HG_SHOWN;
    for (; at > 0 && compare_networks(network, stack->named[at - 1]) < 0; at--)
        if (at < HG_SHOWN)
            stack->named[at] = stack->named[at - 1];
    if (at < HG_SHOWN)
        stack->named[at] = network;
}

/* Names networks of the stacks that are findings. 0: no memory. */
static int name_networks(const hg_stacks *stacks, networks_of *found)
{
    networks_of **of_pair = calloc(stacks->pairs.used + 1U, sizeof *of_pair);
    if (of_pair == NULL)
        return 0;
    for (uint32_t i = 1; i <= stacks->stacks.used; i++)
        if (stands_out(found + i))
            of_pair[found[i].pair] = found + i;
    for (const hg_count *network = NULL; (network = hg_counts_next(&stacks->networks, network)) != NULL;) {
        networks_of *networks = of_pair[network->key >> 32];
        if (networks != NULL)
            name_network(&networks->most, (stack_network){(uint32_t)network->key, (uint32_t)network->value});
    }
    free(of_pair);
    return 1;
}

int hg_stacks_find(const hg_stacks *stacks, hg_best *out)
{
    networks_of *found = calloc(stacks->stacks.used + 1U, sizeof *found);
    *out = (hg_best){.bytes = sizeof(one_stack), .order = in_order};
    if (found == NULL)
        return 0;
    find_distances(stacks, found);
    const int is_named = name_networks(stacks, found);
    for (uint32_t i = 1; is_named && i <= stacks->stacks.used; i++)
        if (stands_out(found + i)) {
            found[i].most.signature = signature_of(stacks, found[i].pair);
            hg_best_offer(out, &found[i].most);
        }
    free(found);
    hg_best_sort(out);
    return is_named && !out->has_failed;
}

/* " (192.0.0.0/16, 198.51.0.0/16, 203.0.0.0/16 and 7 more)" */
static void put_networks(hg_writer *to, const one_stack *stack)
{
    uint64_t i = 0;
    hg_write_word(to, " (");
    do {
        const stack_network *network = stack->named + i;
        const uint8_t bytes[16] = {(uint8_t)(network->prefix >> 24), (uint8_t)(network->prefix >> 16),
                                   (uint8_t)(network->prefix >> 8), (uint8_t)network->prefix};
        const hg_address address = hg_address_of(bytes);
        hg_write_address(to, (uint8_t)network->version, &address);
        hg_write_word(to, network->version == 4 ? "/16" : "/32");
    } while (hg_put_between(to, i++, stack->networks));
    hg_write_word(to, ")");
}

void hg_put_one_stack(hg_writer *to, const void *one)
{
    const one_stack *stack = one;
    HG_SAY(to, stack->is_answer ? "SYN+ACKs of " : "SYNs of ", stack->networks, " networks");
    put_networks(to, stack);
    HG_SAY(to, " have one signature and one distance: ", hg_span_of_word(stack->signature));
}
