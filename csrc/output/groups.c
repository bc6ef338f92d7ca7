/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "output/table.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/kinds.h"

enum { KEY_WORDS = sizeof(hg_group_key) / sizeof(uint64_t), FIRST_MASK = 63 };

int hg_is_grouped(uint8_t event)
{
    return hg_event_is_handshake(event) || hg_event_is_uptime(event) || event == HG_EVENT_MTU;
}

static hg_group_key handshake_key(hg_row row)
{
    const hg_columns *c = row.columns;
    const uint32_t i = row.index, at = row.at;
    hg_group_key key;
    uint64_t *w = key.words;
    w[0] = c->tcp.ttl[at] | (uint64_t)c->ip_version[i] << 8 | (uint64_t)c->tcp.olen[at] << 16 |
           (uint64_t)c->tcp.window_kind[at] << 24 | (uint64_t)c->tcp.wscale[at] << 32 | (uint64_t)c->tcp.pclass[at] << 40 |
           (uint64_t)c->tcp.dscp[at] << 48 | (uint64_t)c->tcp.fuzzy[at] << 56;
    w[1] = c->tcp.mss[at] | (uint64_t)c->tcp.wsize[at] << 16 | (uint64_t)c->tcp.window_multiple[at] << 32 |
           (uint64_t)(uint16_t)c->tcp.distance[at] << 48;
    w[2] = c->tcp.quirks[at] | (uint64_t)c->tcp.signature[at] << 32;
    w[3] = c->event[i] | (uint64_t)c->tcp.ittl[at] << 8;
    memcpy(w + 4, c->tcp.olayout[at], sizeof c->tcp.olayout[at]);
    return key;
}

_Static_assert(sizeof(hg_group_key) == 4 * sizeof(uint64_t) + sizeof(uint8_t[32]), "the layout fills the rest");

hg_group_key hg_group_key_of(hg_row row)
{
    const uint8_t event = row.columns->event[row.index];
    if (hg_event_is_handshake(event))
        return handshake_key(row);
    const hg_tcp_columns *tcp = &row.columns->tcp;
    return (hg_group_key){{[2] = event == HG_EVENT_MTU ? tcp->link[row.at] : tcp->doubt[row.at], [3] = event}};
}

static inline uint64_t step(uint64_t state, uint64_t word)
{
    state = (state ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    return state ^ state >> 32;
}

/* Two halves, which the processor can compute in parallel. */
static uint32_t hash(const hg_group_key *key, uint64_t state)
{
    uint64_t other = ~state;
    for (int i = 0; i < KEY_WORDS / 2; i++) {
        state = step(state, key->words[i]);
        other = step(other, key->words[i + KEY_WORDS / 2]);
    }
    return (uint32_t)step(state, other);
}

/* The slot of a key, or the free slot for it. */
static uint32_t *slot_of(const hg_groups *groups, const hg_group_key *key)
{
    uint32_t slot = hash(key, groups->hash_key) & groups->mask;
    while (groups->slots[slot] != 0 && memcmp(groups->keys + groups->slots[slot] - 1, key, sizeof *key) != 0)
        slot = (slot + 1) & groups->mask;
    return groups->slots + slot;
}

/* 0: no memory. */
static int grow(hg_groups *groups)
{
    const uint32_t mask = groups->mask == 0 ? FIRST_MASK : 2 * groups->mask + 1;
    hg_group_key *keys = realloc(groups->keys, sizeof *keys * ((size_t)mask / 2 + 1));
    if (keys == NULL)
        return 0;
    groups->keys = keys;
    uint32_t *slots = calloc((size_t)mask + 1, sizeof *slots);
    if (slots == NULL)
        return 0;
    free(groups->slots);
    groups->slots = slots;
    groups->mask = mask;
    for (uint32_t group = 0; group < groups->count; group++)
        *slot_of(groups, keys + group) = group + 1;
    return 1;
}

uint32_t hg_groups_place(hg_groups *groups, const hg_group_key *key)
{
    if (groups->count >= groups->mask / 2 && !grow(groups))
        return HG_NO_GROUP;
    uint32_t *slot = slot_of(groups, key);
    if (*slot == 0) {
        groups->keys[groups->count] = *key;
        *slot = ++groups->count;
    }
    return *slot - 1;
}

void hg_groups_free(hg_groups *groups)
{
    free(groups->keys);
    free(groups->slots);
    *groups = (hg_groups){.hash_key = groups->hash_key};
}

hg_status hg_handshake_groups(const hg_batch *batch, uint64_t hash_key, int32_t *numbers, uint32_t *first_rows,
                              uint32_t *count, hg_error *error)
{
    hg_groups groups = {.hash_key = hash_key};
    *count = 0;
    for (uint32_t i = 0; i < batch->count; i++) {
        numbers[i] = -1;
        if (!hg_event_is_handshake(batch->columns.event[i]))
            continue;
        const hg_row row = hg_row_of(batch, i);
        if (row.at == UINT32_MAX)
            continue;
        const hg_group_key key = handshake_key(row);
        const uint32_t group = hg_groups_place(&groups, &key);
        if (group == HG_NO_GROUP) {
            hg_groups_free(&groups);
            return hg_fail(error, HG_E_MEMORY, "no memory to group %u rows", batch->count);
        }
        if (group == *count) {
            first_rows[group] = i;
            *count = groups.count;
        }
        numbers[i] = (int32_t)group;
    }
    hg_groups_free(&groups);
    return HG_OK;
}
