/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * middleboxes.c - finds middleboxes that answer for many hosts (conclusion.h).
 */
#include "devices/frames.h"
#include "devices/local.h"
#include "systems/conclusion.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/search.h"
#include "hosts/fact.h"

enum {
    LEAST_NETWORKS = 10,
    MOST_OF_TEN = 9 /* tenths of the addresses with one signature that must be at one distance */
};

/* The answer of one address. */
typedef struct address_answer {
    uint64_t answer;
    int16_t distance;
    uint16_t network;
} address_answer;

/* ---- addresses ------------------------------------------------------------------------------------ */

/* Networks that are not part of the Internet (IANA's registries of special-purpose addresses). */
/* clang-format off */
static const hg_network SPECIAL[] = {
    {{0}, 4, 8}, {{10}, 4, 8}, {{100, 64}, 4, 10}, {{127}, 4, 8}, {{169, 254}, 4, 16}, {{172, 16}, 4, 12},
    {{192, 0, 0}, 4, 24}, {{192, 0, 2}, 4, 24}, {{192, 168}, 4, 16}, {{198, 18}, 4, 15}, {{198, 51, 100}, 4, 24},
    {{203, 0, 113}, 4, 24}, {{240}, 4, 4}, {{0}, 6, 16}, {{0, 0x64, 0xFF, 0x9B, 0, 1}, 6, 48}, {{1}, 6, 16},
    {{0x20, 1}, 6, 23}, {{0x20, 1, 0x0D, 0xB8}, 6, 32}, {{0xFC}, 6, 7}, {{0xFE, 0x80}, 6, 10},
};
/* clang-format on */

static int is_global(const hg_host_entry *host)
{
    for (uint32_t i = 0; i < sizeof SPECIAL / sizeof *SPECIAL; i++)
        if (SPECIAL[i].version == host->version && hg_begins_with((const uint8_t *)host->address.word, SPECIAL + i))
            return 0;
    return 1;
}

static uint16_t network_of(const hg_host_entry *host)
{
    const uint8_t *address = (const uint8_t *)host->address.word;
    return host->version == 4 ? address[0] : (uint16_t)(address[0] << 8 | address[1]);
}

/* ---- answers ---------------------------------------------------------------------------------------- */

/* Reads the answer of a host that opened no connection itself. 0: it opened one, or its answer is unknown. */
static int read_answer(const hg_hosts *hosts, const hg_host_entry *host, address_answer *out)
{
    if (host->syns != 0 || (host->flags & HG_HOST_ANSWERS) == 0 || host->extra == 0)
        return 0;
    const hg_host_extra *extra = hg_host_extra_of(hosts, host);
    *out = (address_answer){.answer = (uint64_t)extra->answer_high << 32 | extra->answer_low,
                            .distance = extra->answer_distance,
                            .network = network_of(host)};
    return 1;
}

static int in_order(const void *one, const void *other)
{
    const address_answer *a = one, *b = other;
    if (a->answer != b->answer)
        return a->answer < b->answer ? -1 : 1;
    if (a->distance != b->distance)
        return a->distance < b->distance ? -1 : 1;
    return (a->network > b->network) - (a->network < b->network);
}

static hg_status collect(const hg_hosts *hosts, address_answer **out, uint32_t *count, hg_error *error)
{
    *count = 0;
    *out = malloc((hosts->known.used + 1) * sizeof **out);
    if (*out == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory to compare the answers of %u hosts", hosts->known.used);
    for (hg_index index = 1; index <= hosts->known.used; index++) {
        const hg_host_entry *host = hg_host_at(hosts, index);
        if (read_answer(hosts, host, *out + *count) && is_global(host))
            ++*count;
    }
    qsort(*out, *count, sizeof **out, in_order);
    return HG_OK;
}

/* Looks for a middlebox among sorted answers with one signature. At most one distance can have the needed share. */
static int find_middlebox(const address_answer *answer, uint32_t count, hg_middlebox *out)
{
    for (uint32_t begin = 0, end; begin < count; begin = end) {
        uint32_t networks = 1;
        for (end = begin + 1; end < count && answer[end].distance == answer[begin].distance; end++)
            networks += answer[end].network != answer[end - 1].network;
        *out = (hg_middlebox){.answer = answer->answer,
                              .distance = answer[begin].distance,
                              .addresses = end - begin,
                              .networks = networks};
        if (networks >= LEAST_NETWORKS && 10 * (uint64_t)out->addresses >= MOST_OF_TEN * (uint64_t)count)
            return 1;
    }
    return 0;
}

/* Marks all hosts behind a middlebox as changed. */
static void touch_hidden(hg_hosts *hosts)
{
    for (hg_index index = 1; hosts->middlebox_count > 0 && index <= hosts->known.used; index++)
        if (hg_middlebox_of(hosts, hg_host_at(hosts, index)) != NULL)
            hg_host_touch(hosts, index);
}

hg_status hg_middleboxes_conclude(hg_hosts *hosts, hg_error *error)
{
    address_answer *found;
    uint32_t count, end;
    touch_hidden(hosts);
    free(hosts->middleboxes);
    hosts->middleboxes = NULL;
    hosts->middlebox_count = 0;
    const hg_status status = collect(hosts, &found, &count, error);
    if (status == HG_OK && count >= LEAST_NETWORKS)
        hosts->middleboxes = malloc(count / LEAST_NETWORKS * sizeof *hosts->middleboxes);
    for (uint32_t begin = 0; hosts->middleboxes != NULL && begin < count; begin = end) {
        for (end = begin + 1; end < count && found[end].answer == found[begin].answer; end++)
            ;
        hosts->middlebox_count +=
            (uint32_t)(end - begin >= LEAST_NETWORKS &&
                       find_middlebox(found + begin, end - begin, hosts->middleboxes + hosts->middlebox_count));
    }
    free(found);
    touch_hidden(hosts);
    return status;
}

const hg_middlebox *hg_middlebox_of(const hg_hosts *hosts, const hg_host_entry *host)
{
    address_answer own;
    uint32_t first = 0;
    if (hosts->middlebox_count == 0 || !read_answer(hosts, host, &own))
        return NULL;
    HG_SEARCH(first, hosts->middlebox_count, hosts->middleboxes[middle].answer < own.answer)
    if (first == hosts->middlebox_count || hosts->middleboxes[first].answer != own.answer ||
        hosts->middleboxes[first].distance != own.distance)
        return NULL;
    return hosts->middleboxes + first;
}

/* ---- the fact -------------------------------------------------------------------------------------- */

/* A hash of all parts of the SYN+ACK's raw signature except the TTL. */
static uint64_t hash_of_answer(const hg_host_event *row)
{
    const hg_tcp_columns *c = &row->batch->columns.tcp;
    const uint32_t at = row->of.at, kind = c->window_kind[at];
    uint64_t state = hg_hash_mix(
        row->hosts->hash_key, row->host->version | (uint64_t)c->olen[at] << 8 | (uint64_t)c->mss[at] << 16 |
                                  (uint64_t)kind << 32 | (uint64_t)c->wscale[at] << 40 | (uint64_t)c->pclass[at] << 48);
    state = hg_hash_mix(state, (kind != 0 ? c->window_multiple[at] : c->wsize[at]) | (uint64_t)c->quirks[at] << 32);
    return hg_hash_span(state, hg_span_of(c->olayout[at], sizeof c->olayout[at]));
}

/* Notes the host's first SYN+ACK that names a system, for the search for middleboxes. */
static void take(hg_host_event *row)
{
    const hg_host_name *name = row->name == 0 ? NULL : hg_host_name_at(&row->hosts->names, row->name);
    hg_host_entry *host = row->host;
    if (name == NULL || (host->flags & HG_HOST_ANSWERS) != 0 || name->kind != HG_NAME_SYSTEM ||
        (name->flags & HG_NAMED_ANYTHING) != 0)
        return;
    hg_host_extra *extra = hg_host_take_extra(row->hosts, host);
    if (extra == NULL)
        return;
    uint64_t answer = hash_of_answer(row);
    extra->answer_low = (uint32_t)answer;
    extra->answer_high = (uint32_t)(answer >> 32);
    extra->answer_distance = row->batch->columns.tcp.distance[row->of.at];
    host->flags |= HG_HOST_ANSWERS;
}

const hg_fact hg_fact_middleboxes = {
    .events = UINT64_C(1) << HG_EVENT_SYN_ACK, .on = take, .memory = offsetof(hg_hosts, middleboxes)};
