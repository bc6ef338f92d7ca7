/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * prefetch.h - prefetches a cache line.
 */
#pragma once

enum { HG_CACHE_LINE = 64 };

/* GCC assumes that a function that only calls __builtin_prefetch has no effect, and removes calls to it. The empty asm
 * statement counts as an effect. */
static inline void hg_prefetch_line(const void *at)
{
    __builtin_prefetch(at);
    __asm__ volatile("");
}
