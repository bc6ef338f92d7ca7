/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "flow/runs.h"

#include <string.h>

void hg_runs_copy(const hg_run *runs, uint32_t count, uint8_t *bytes, uint32_t first, const uint8_t *data,
                  uint32_t length)
{
    uint32_t at = first, end = first + length;
    for (uint32_t i = 0; i < count && at < end; i++) {
        const hg_run *known = runs + i;
        if (known->end <= at)
            continue;
        if (known->first > at) {
            uint32_t until = known->first < end ? known->first : end;
            memcpy(bytes + at, data + (at - first), until - at);
        }
        at = known->end;
    }
    if (at < end)
        memcpy(bytes + at, data + (at - first), end - at);
}

int hg_runs_add(hg_run *runs, uint32_t *count, uint32_t most, hg_run added)
{
    uint32_t kept = 0;
    hg_run joined[HG_RUNS_LIMIT + 1];
    int is_placed = 0;
    for (uint32_t i = 0; i < *count; i++) {
        const hg_run known = runs[i];
        if (known.end >= added.first && known.first <= added.end) {
            added.first = known.first < added.first ? known.first : added.first;
            added.end = known.end > added.end ? known.end : added.end;
            continue;
        }
        if (!is_placed && known.first > added.end) {
            joined[kept++] = added;
            is_placed = 1;
        }
        joined[kept++] = known;
    }
    if (!is_placed)
        joined[kept++] = added;
    if (kept > most)
        return 0;
    memcpy(runs, joined, kept * sizeof *runs);
    *count = kept;
    return 1;
}
