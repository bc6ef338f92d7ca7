/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * prefetch.h - asks the cache for a line that will be needed.
 */
#pragma once

enum { HG_CACHE_LINE = 64 };

/* gcc takes a function that does nothing but __builtin_prefetch for one without effects, and leaves out
 * its calls. The empty statement is an effect. */
static inline void hg_prefetch_line(const void *at)
{
    __builtin_prefetch(at);
    __asm__ volatile("");
}
