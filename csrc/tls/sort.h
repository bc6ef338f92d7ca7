/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * sort.h - sorts numbers of 16 bits: a few as they are, many byte by byte, so that long lists of a
 * stranger cost no more a value than short ones.
 */
#ifndef HG_SORT_H
#define HG_SORT_H

#include <stdint.h>
#include <string.h>

static inline void hg_sort_by_byte(const uint16_t *from, uint16_t *to, uint32_t count, int shift)
{
    uint32_t place[256] = {0}, next = 0;
    for (uint32_t i = 0; i < count; i++)
        place[from[i] >> shift & 255]++;
    for (int i = 0; i < 256; i++) {
        uint32_t here = place[i];
        place[i] = next;
        next += here;
    }
    for (uint32_t i = 0; i < count; i++)
        to[place[from[i] >> shift & 255]++] = from[i];
}

/* `spare` has room for as many. */
static inline void hg_sort_values(uint16_t *values, uint16_t *spare, uint32_t count)
{
    if (count > 64) {
        hg_sort_by_byte(values, spare, count, 0);
        hg_sort_by_byte(spare, values, count, 8);
        return;
    }
    for (uint32_t i = 1; i < count; i++) {
        uint16_t value = values[i];
        uint32_t at = i;
        for (; at > 0 && values[at - 1] > value; at--)
            values[at] = values[at - 1];
        values[at] = value;
    }
}

#endif
