/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "flow/runs.h"

#include "base/search.h"

/* The first run that ends at offset `place` or after it. A binary search, because the input determines how many runs
 * there are. */
static uint32_t find(const hg_byte_run *runs, uint32_t count, uint32_t place)
{
    uint32_t first = 0;
    HG_SEARCH(first, count, runs[middle].end < place)
    return first;
}

void hg_runs_copy(const hg_byte_run *runs, uint32_t count, uint8_t *bytes, uint32_t first, const uint8_t *data,
                  uint32_t length)
{
    uint32_t at = first, end = first + length;
    for (uint32_t i = find(runs, count, first); i < count && at < end; i++) {
        const hg_byte_run *known = runs + i;
        if (known->first > at) {
            uint32_t until = known->first < end ? known->first : end;
            memcpy(bytes + at, data + (at - first), until - at);
        }
        at = known->end > at ? known->end : at;
    }
    if (at < end)
        memcpy(bytes + at, data + (at - first), end - at);
}

uint32_t hg_runs_known(const hg_byte_run *runs, uint32_t count, uint32_t place)
{
    const uint32_t i = find(runs, count, place);
    return i < count && runs[i].first <= place ? runs[i].end : place;
}

uint32_t hg_runs_next(const hg_byte_run *runs, uint32_t count, uint32_t place, uint32_t end)
{
    for (uint32_t i = find(runs, count, place); i < count; i++)
        if (runs[i].first > place)
            return runs[i].first < end ? runs[i].first : end;
    return end;
}

int hg_runs_differ(const hg_byte_run *runs, uint32_t count, const uint8_t *bytes, hg_byte_run run, const uint8_t *copy)
{
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t from = runs[i].first > run.first ? runs[i].first : run.first;
        const uint32_t until = runs[i].end < run.end ? runs[i].end : run.end;
        if (from < until && memcmp(bytes + from, copy + (from - run.first), until - from) != 0)
            return 1;
    }
    return 0;
}

int hg_runs_add(hg_byte_run *runs, uint32_t *count, uint32_t most, hg_byte_run added)
{
    const uint32_t place = find(runs, *count, added.first);
    uint32_t behind = place; /* the first later run that the added one does not touch */
    for (; behind < *count && runs[behind].first <= added.end; behind++) {
        added.first = runs[behind].first < added.first ? runs[behind].first : added.first;
        added.end = runs[behind].end > added.end ? runs[behind].end : added.end;
    }
    const uint32_t kept = *count - (behind - place) + 1;
    if (kept > most)
        return 0;
    if (behind != place + 1)
        memmove(runs + place + 1, runs + behind, (*count - behind) * sizeof *runs);
    runs[place] = added;
    *count = kept;
    return 1;
}

int hg_runs_add_early(hg_byte_run *runs, uint32_t *count, uint32_t most, hg_byte_run added)
{
    if (hg_runs_add(runs, count, most, added))
        return 1;
    *count -= added.first < runs[most - 1].first;
    (void)hg_runs_add(runs, count, most, added);
    return 0;
}

void hg_runs_cut(hg_byte_run *runs, uint32_t *count, uint32_t most, hg_byte_run cut)
{
    for (uint32_t i = *count; i-- > 0;) {
        const hg_byte_run run = runs[i];
        if (run.end <= cut.first || run.first >= cut.end)
            continue;
        memmove(runs + i, runs + i + 1, (--*count - i) * sizeof *runs);
        if (run.end > cut.end)
            (void)hg_runs_add_early(runs, count, most, (hg_byte_run){cut.end, run.end});
        if (run.first < cut.first)
            (void)hg_runs_add_early(runs, count, most, (hg_byte_run){run.first, cut.first});
    }
}

void hg_runs_transfer(const hg_byte_run *runs, uint32_t count, uint8_t *bytes, hg_saved *saved)
{
    for (uint32_t i = 0; i < count; i++)
        hg_transfer(saved, bytes + runs[i].first, runs[i].end - runs[i].first);
}
