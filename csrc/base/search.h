/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * search.h - places in what is sorted.
 */
#pragma once

#include <stdint.h>

/* Moves `first` to the first place for which `is_before`, about the place `middle`, does not hold; to `end` if it holds
 * for all. */
#define HG_SEARCH(first, end, is_before)                        \
    for (uint32_t hg_end = (end); (first) < hg_end;) {          \
        const uint32_t middle = (first) + (hg_end - (first)) / 2; \
        if (is_before)                                          \
            (first) = middle + 1;                               \
        else                                                    \
            hg_end = middle;                                    \
    }
