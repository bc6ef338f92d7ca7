/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "summary/counts.h"

#include <stdlib.h>

#include "flow/hash.h"

enum { FIRST_PLACES = 64 };

/* Where a key stands, or the free place for it. */
static hg_count *place_of(const hg_counts *counts, uint64_t key)
{
    uint32_t at = hg_hash_fold(hg_hash_mix(counts->hash_key, key)) & counts->mask;
    while (counts->at[at].value != 0 && counts->at[at].key != key)
        at = (at + 1) & counts->mask;
    return counts->at + at;
}

uint64_t *hg_counts_find(const hg_counts *counts, uint64_t key)
{
    if (counts->at == NULL)
        return NULL;
    hg_count *found = place_of(counts, key);
    return found->value == 0 ? NULL : &found->value;
}

/* Half of the places stay free. */
static int make_room(hg_counts *counts)
{
    const uint32_t places = hg_counts_places(counts), wanted = places == 0 ? FIRST_PLACES : 2 * places;
    if (2 * (counts->used + 1) <= places)
        return 1;
    hg_counts wider = *counts;
    wider.at = calloc(wanted, sizeof *wider.at);
    wider.mask = wanted - 1;
    if (wider.at == NULL)
        return 0;
    for (uint32_t i = 0; i < places; i++)
        if (counts->at[i].value != 0)
            *place_of(&wider, counts->at[i].key) = counts->at[i];
    free(counts->at);
    *counts = wider;
    return 1;
}

uint64_t *hg_counts_take(hg_counts *counts, uint64_t key)
{
    uint64_t *known = hg_counts_find(counts, key);
    if (known != NULL)
        return known;
    if (counts->used >= counts->limit || !make_room(counts))
        return NULL;
    hg_count *found = place_of(counts, key);
    found->key = key;
    counts->used++;
    return &found->value;
}

void hg_counts_clear(hg_counts *counts)
{
    free(counts->at);
    counts->at = NULL;
    counts->mask = counts->used = 0;
}
