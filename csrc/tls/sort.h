/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * sort.h - sorts 16-bit numbers: short lists by insertion, long lists by radix, so that long untrusted lists cost no
 * more per value than short ones.
 */
#pragma once

#include <stdint.h>

/* Places of the values by one of their bytes, from how many there are of each. */
static inline void hg_sort_places(uint16_t place[256])
{
    uint32_t next = 0;
    for (int i = 0; i < 256; i++) {
        const uint32_t here = place[i];
        place[i] = (uint16_t)next;
        next += here;
    }
}

/* By the low byte, then by the high one. At most 65,535 values. */
static inline void hg_sort_by_bytes(uint16_t *values, uint16_t *spare, uint32_t count)
{
    uint16_t low[256] = {0}, high[256] = {0};
    for (uint32_t i = 0; i < count; i++) {
        low[values[i] & 255]++;
        high[values[i] >> 8]++;
    }
    hg_sort_places(low);
    hg_sort_places(high);
    for (uint32_t i = 0; i < count; i++)
        spare[low[values[i] & 255]++] = values[i];
    for (uint32_t i = 0; i < count; i++)
        values[high[spare[i] >> 8]++] = spare[i];
}

/* `spare` has room for as many. */
static inline void hg_sort_values(uint16_t *values, uint16_t *spare, uint32_t count)
{
    if (count > 64) {
        hg_sort_by_bytes(values, spare, count);
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
