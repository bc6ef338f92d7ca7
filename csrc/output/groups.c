/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "output/table.h"

#include "base/error.h"
#include "base/hash.h"
#include "base/kinds.h"

/* All values that determine a row's group. */
typedef struct group_key {
    uint64_t words[8];
} group_key;

int hg_is_grouped(uint8_t event)
{
    return hg_event_is_handshake(event) || hg_event_is_uptime(event) || event == HG_EVENT_MTU;
}

static group_key handshake_key(hg_row row)
{
    const hg_columns *c = row.columns;
    const uint32_t i = row.index, at = row.at;
    group_key key;
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

_Static_assert(sizeof(group_key) == 4 * sizeof(uint64_t) + sizeof(uint8_t[32]), "the layout fills the rest");

/* Hashes two halves, which the processor can compute in parallel. */
static uint32_t hash(const group_key *key, uint64_t state)
{
    enum { HALF = sizeof key->words / sizeof key->words[0] / 2 };
    uint64_t other = ~state;
    for (int i = 0; i < HALF; i++) {
        state = hg_hash_mix(state, key->words[i]);
        other = hg_hash_mix(other, key->words[i + HALF]);
    }
    return (uint32_t)hg_hash_mix(state, other);
}

int64_t hg_group_of(hg_dictionary *groups, uint64_t hash_key, hg_row row)
{
    const uint8_t event = row.columns->event[row.index];
    const hg_tcp_columns *tcp = &row.columns->tcp;
    const group_key key =
        hg_event_is_handshake(event)
            ? handshake_key(row)
            : (group_key){{[2] = event == HG_EVENT_MTU ? tcp->link[row.at] : tcp->doubt[row.at], [3] = event}};
    return hg_dictionary_place(groups, hash(&key, hash_key), hg_span_of(&key, sizeof key));
}

hg_status hg_handshake_groups(const hg_batch *batch, uint64_t hash_key, int32_t *numbers, uint32_t *first_rows,
                              uint32_t *count, hg_error *error)
{
    hg_dictionary groups = {0};
    hg_status status = HG_OK;
    *count = 0;
    for (uint32_t i = 0; status == HG_OK && i < batch->count; i++) {
        numbers[i] = -1;
        if (!hg_event_is_handshake(batch->columns.event[i]))
            continue;
        const hg_row row = hg_row_of(batch, i);
        if (row.at == UINT32_MAX)
            continue;
        const int64_t group = hg_group_of(&groups, hash_key, row);
        if (group < 0)
            status = hg_fail(error, HG_E_MEMORY, "no memory to group %u rows", batch->count);
        else if (group == *count)
            first_rows[(*count)++] = i;
        numbers[i] = (int32_t)group;
    }
    hg_dictionary_free(&groups);
    return status;
}
