/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "answers/support.h"

#include "base/search.h"

#include <stddef.h>

typedef struct support {
    uint64_t family;
    uint64_t first;
    int32_t day;
} support;

static const support ROWS[] = {
#define HG_ROW(family, first, day) {(family), (first), (day)},
    HG_SUPPORT(HG_ROW)
#undef HG_ROW
};

enum { ROW_COUNT = sizeof ROWS / sizeof *ROWS };

/* A row holds the versions up to the next one of its family. */
static int is_in(const support *row, const uint64_t range[2])
{
    const support *next = row + 1;
    const int has_next = next < ROWS + ROW_COUNT && next->family == row->family;
    return row->first <= range[1] && (!has_next || range[0] < next->first);
}

/* The first row of a family, or of the one after its place. */
static uint32_t first_of(uint64_t family)
{
    uint32_t first = 0;
    HG_SEARCH(first, ROW_COUNT, ROWS[middle].family < family)
    return first;
}

int32_t hg_support_end(uint64_t family, const uint64_t *ranges, uint32_t count)
{
    int32_t latest = INT32_MIN;
    for (uint32_t row = first_of(family); row < ROW_COUNT && ROWS[row].family == family; row++)
        for (uint32_t i = 0; i < count; i++)
            if (is_in(ROWS + row, ranges + 2 * (size_t)i) && ROWS[row].day > latest)
                latest = ROWS[row].day;
    return latest == INT32_MIN ? HG_SUPPORTED : latest;
}
