/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * export.c - what tables need beyond the columns: texts, bits, and groups of equal handshakes, so
 * that the texts of each are made once.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "database/database.h"
#include "record/kinds.h"
#include "record/params.h"

enum { KEY_WORDS = 8 };

/* All that a handshake shows and its name; two rows with equal keys differ in nothing else but
 * who sent them when. */
typedef struct handshake_key {
    uint64_t words[KEY_WORDS];
} handshake_key;

typedef struct group_table {
    handshake_key *keys; /* by group */
    uint32_t *slots;     /* group + 1, or 0 */
    uint32_t mask;
    uint32_t count;
} group_table;

void hg_address_texts(const hg_batch *batch, int destination, char *out, int32_t *offsets)
{
    const hg_columns *columns = &batch->columns;
    uint8_t(*addresses)[16] = destination ? columns->dst_ip : columns->src_ip;
    char *p = out;
    for (uint32_t i = 0; i < batch->count; i++) {
        offsets[i] = (int32_t)(p - out);
        p = hg_put_address(p, columns->ip_version[i], addresses[i]);
    }
    offsets[batch->count] = (int32_t)(p - out);
}

/* ---- bits ------------------------------------------------------------------------------ */

uint32_t hg_event_bits(const hg_batch *batch, uint32_t events, uint8_t *bits)
{
    uint32_t ones = 0;
    memset(bits, 0, (batch->count + 7) / 8);
    for (uint32_t i = 0; i < batch->count; i++) {
        uint32_t bit = events >> (batch->columns.event[i] & 31) & 1;
        bits[i / 8] = (uint8_t)(bits[i / 8] | bit << i % 8);
        ones += bit;
    }
    return ones;
}

uint32_t hg_flag_bits(const uint8_t *values, uint32_t count, uint8_t *bits)
{
    uint32_t ones = 0;
    memset(bits, 0, (count + 7) / 8);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t bit = values[i] != 0;
        bits[i / 8] = (uint8_t)(bits[i / 8] | bit << i % 8);
        ones += bit;
    }
    return ones;
}

/* ---- groups ---------------------------------------------------------------------------- */

static handshake_key key_of(hg_row row)
{
    const hg_columns *c = row.columns;
    const uint32_t i = row.index, at = row.at;
    handshake_key key;
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

_Static_assert(sizeof(handshake_key) == 4 * sizeof(uint64_t) + sizeof(uint8_t[32]), "the layout fills the rest");

static uint32_t hash(const handshake_key *key, uint64_t state)
{
    for (int i = 0; i < KEY_WORDS; i++) {
        state = (state ^ key->words[i]) * UINT64_C(0x9E3779B97F4A7C15);
        state ^= state >> 32;
    }
    return (uint32_t)state;
}

static uint32_t group_of(group_table *table, const handshake_key *key, uint64_t hash_key)
{
    uint32_t slot = hash(key, hash_key) & table->mask;
    while (table->slots[slot] != 0) {
        uint32_t group = table->slots[slot] - 1;
        if (memcmp(table->keys + group, key, sizeof *key) == 0)
            return group;
        slot = (slot + 1) & table->mask;
    }
    table->keys[table->count] = *key;
    table->slots[slot] = table->count + 1;
    return table->count++;
}

hg_status hg_handshake_groups(const hg_batch *batch, uint64_t hash_key, int32_t *groups, uint32_t *first_rows,
                              uint32_t *count, hg_error *error)
{
    group_table table = {.mask = 15};
    *count = 0;
    while (table.mask < 2 * (size_t)batch->count && table.mask < UINT32_MAX)
        table.mask = 2 * table.mask + 1;
    table.keys = malloc(sizeof *table.keys * ((size_t)batch->count + 1));
    table.slots = calloc((size_t)table.mask + 1, sizeof *table.slots);
    if (table.keys == NULL || table.slots == NULL) {
        free(table.keys);
        free(table.slots);
        return hg_fail(error, HG_E_MEMORY, "no memory to group %u rows", batch->count);
    }
    for (uint32_t i = 0; i < batch->count; i++) {
        groups[i] = -1;
        if (!hg_event_is_handshake(batch->columns.event[i]))
            continue;
        const hg_row row = hg_row_of(batch, i);
        if (row.at == UINT32_MAX)
            continue;
        handshake_key key = key_of(row);
        uint32_t known = table.count, group = group_of(&table, &key, hash_key);
        if (group == known)
            first_rows[group] = i;
        groups[i] = (int32_t)group;
    }
    *count = table.count;
    free(table.keys);
    free(table.slots);
    return HG_OK;
}

/* ---- texts ------------------------------------------------------------------------------ */

/* What `params` says of the signature. */
static hg_status remarks_of(const hg_database *database, hg_row row, hg_name *name,
                            hg_error *error)
{
    uint32_t index = row.columns->tcp.signature[row.at];
    *name = (hg_name){0};
    if (index == HG_NO_SIGNATURE)
        return HG_OK;
    if (database == NULL || index >= database->tables.signatures_count)
        return hg_fail(error, HG_E_ARGUMENT, "row %u refers to what the database does not hold", row.index);
    name->flags = database->tables.signatures[index].flags;
    name->fuzzy = row.columns->tcp.fuzzy[row.at];
    return HG_OK;
}

static char *put_text(char *p, hg_text text, hg_row row, const hg_name *name)
{
    switch (text) {
    case HG_TEXT_SIGNATURE:
        return hg_put_raw_signature(p, row);
    case HG_TEXT_OLAYOUT:
        return hg_put_olayout(p, row);
    case HG_TEXT_QUIRKS:
        return hg_put_quirks(p, row.columns->tcp.quirks[row.at], 0);
    case HG_TEXT_PARAMS:
    default:
        return hg_put_params(p, row, name, ',', 0);
    }
}

hg_status hg_row_texts(const hg_batch *batch, const hg_database *database, hg_text text, const uint32_t *rows,
                       uint32_t count, char *out, int32_t *offsets, hg_error *error)
{
    char *p = out;
    for (uint32_t i = 0; i < count; i++) {
        hg_name name;
        if (rows[i] >= batch->count || !hg_event_is_handshake(batch->columns.event[rows[i]]))
            return hg_fail(error, HG_E_ARGUMENT, "row %u is no handshake", rows[i]);
        hg_row row = hg_row_of(batch, rows[i]);
        if (row.at == UINT32_MAX)
            return hg_fail(error, HG_E_ARGUMENT, "row %u has no values in the columns of its reader", rows[i]);
        hg_status status = remarks_of(database, row, &name, error);
        if (status != HG_OK)
            return status;
        offsets[i] = (int32_t)(p - out);
        p = put_text(p, text, row, &name);
    }
    offsets[count] = (int32_t)(p - out);
    return HG_OK;
}
