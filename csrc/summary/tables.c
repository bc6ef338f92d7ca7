/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * tables.c - the tables of a summary: a number for each key, numbered texts, and the first rows of a sorted list.
 */
#include "summary/summary.h"

#include <stdlib.h>

#include "base/memory.h"

enum { FIRST_PLACES = 64, FIRST_ROOM = 16 };

/* The place of a key, or a free place for it. */
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

/* Makes room for one more key; half of the places stay free. 0: no memory. */
static int make_room(hg_counts *counts)
{
    const uint32_t places = counts->at == NULL ? 0 : counts->mask + 1, wanted = places == 0 ? FIRST_PLACES : 2 * places;
    if (2 * (counts->used + 1) <= places)
        return 1;
    hg_counts wider = *counts;
    wider.at = calloc(wanted, sizeof *wider.at);
    wider.mask = wanted - 1;
    if (wider.at == NULL)
        return 0;
    for (const hg_count *one = NULL; (one = hg_counts_next(counts, one)) != NULL;)
        *place_of(&wider, one->key) = *one;
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

int hg_counts_add(hg_counts *counts, uint64_t key, uint64_t more)
{
    uint64_t *known = hg_counts_take(counts, key);
    if (known != NULL)
        *known += more;
    return known != NULL;
}

const hg_count *hg_counts_next(const hg_counts *counts, const hg_count *after)
{
    const hg_count *one = after == NULL ? counts->at : after + 1;
    const hg_count *end = counts->at == NULL ? NULL : counts->at + counts->mask + 1;
    while (one != end && one->value == 0)
        one++;
    return one == end ? NULL : one;
}

void hg_counts_clear(hg_counts *counts)
{
    free(counts->at);
    counts->at = NULL;
    counts->mask = counts->used = 0;
}

/* ---- texts ------------------------------------------------------------------------------------------ */

uint32_t hg_text_list_take(hg_text_list *texts, hg_span text, uint32_t most)
{
    for (uint32_t i = 0; i < texts->count; i++)
        if (hg_span_equal(texts->at[i], text))
            return i + 1;
    if (texts->count >= most ||
        !hg_make_room(&texts->at, &texts->room, texts->count + 1, sizeof *texts->at, FIRST_ROOM))
        return 0;
    char *copy = malloc(text.length + 1U);
    if (copy == NULL)
        return 0;
    if (text.length > 0)
        memcpy(copy, text.text, text.length);
    texts->at[texts->count] = hg_span_of(copy, text.length);
    return ++texts->count;
}

void hg_text_list_free(hg_text_list *texts)
{
    for (uint32_t i = 0; i < texts->count; i++)
        free((char *)(uintptr_t)texts->at[i].text);
    free(texts->at);
}

int hg_compare_texts(hg_span one, hg_span other)
{
    const uint32_t common = one.length < other.length ? one.length : other.length;
    const int found = common == 0 ? 0 : memcmp(one.text, other.text, common);
    return found != 0 ? found : (one.length > other.length) - (one.length < other.length);
}

/* ---- first rows ------------------------------------------------------------------------------------- */

void hg_best_offer(hg_best *best, const void *row)
{
    best->offered++;
    if (best->count >= HG_SUMMARY_ROWS && best->order(row, hg_best_at(best, HG_SUMMARY_ROWS - 1)) >= 0)
        return;
    if (!hg_make_room(&best->rows, &best->room, best->count + 1, best->bytes, FIRST_ROOM)) {
        best->has_failed = 1;
        return;
    }
    memcpy(best->rows + best->count++ * best->bytes, row, best->bytes);
    if (best->count % HG_SUMMARY_ROWS == 0)
        hg_best_sort(best);
}

void hg_best_sort(hg_best *best)
{
    if (best->count > 0)
        qsort(best->rows, best->count, best->bytes, best->order);
    best->count = best->count < HG_SUMMARY_ROWS ? best->count : HG_SUMMARY_ROWS;
}

void hg_best_free(hg_best *best)
{
    free(best->rows);
    best->rows = NULL;
    best->count = best->room = 0;
}
