/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * search.h - binary search.
 */
#pragma once

#include <stdint.h>

/* Moves `first` to the first index for which `is_before` is false, or to `end` if it is true for all. `is_before` is an
 * expression about the index `middle`. */
#define HG_SEARCH(first, end, is_before)                          \
    for (uint32_t hg_end = (end); (first) < hg_end;) {            \
        const uint32_t middle = (first) + (hg_end - (first)) / 2; \
        if (is_before)                                            \
            (first) = middle + 1;                                 \
        else                                                      \
            hg_end = middle;                                      \
    }
