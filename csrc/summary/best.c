/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "summary/best.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 16, MOST_BYTES = 64 };

static uint8_t *row_at(const hg_best *best, uint32_t number)
{
    return best->rows + number * best->bytes;
}

static void swap(const hg_best *best, uint32_t one, uint32_t other)
{
    uint8_t kept[MOST_BYTES];
    memcpy(kept, row_at(best, one), best->bytes);
    memcpy(row_at(best, one), row_at(best, other), best->bytes);
    memcpy(row_at(best, other), kept, best->bytes);
}

static void rise(const hg_best *best, uint32_t at)
{
    for (; at > 0 && best->order(row_at(best, (at - 1) / 2), row_at(best, at)) < 0; at = (at - 1) / 2)
        swap(best, at, (at - 1) / 2);
}

static void sink(const hg_best *best)
{
    uint32_t at = 0, next;
    for (;; at = next) {
        const uint32_t left = 2 * at + 1, right = left + 1;
        next = at;
        if (left < best->count && best->order(row_at(best, next), row_at(best, left)) < 0)
            next = left;
        if (right < best->count && best->order(row_at(best, next), row_at(best, right)) < 0)
            next = right;
        if (next == at)
            return;
        swap(best, at, next);
    }
}

void hg_best_offer(hg_best *best, const void *row)
{
    best->offered++;
    if (best->count < HG_SUMMARY_ROWS) {
        if (!hg_make_room(&best->rows, &best->room, best->count + 1, best->bytes, FIRST_ROOM)) {
            best->has_failed = 1;
            return;
        }
        memcpy(row_at(best, best->count), row, best->bytes);
        rise(best, best->count++);
    } else if (best->order(row, best->rows) < 0) {
        memcpy(best->rows, row, best->bytes);
        sink(best);
    }
}

void hg_best_sort(hg_best *best)
{
    if (best->count > 0)
        qsort(best->rows, best->count, best->bytes, best->order);
}

void hg_best_free(hg_best *best)
{
    free(best->rows);
    best->rows = NULL;
    best->count = best->room = 0;
}
