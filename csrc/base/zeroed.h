/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * zeroed.h - memory for tables as large as the configured limits allow, which few inputs fill.
 *
 * calloc takes such memory from the system once. When it has been freed, calloc may give the same memory again, and
 * then sets every byte to zero: that took nine tenths of the time to read a small capture.
 */
#pragma once

#include <stddef.h>

/* `count` records of `bytes` bytes, all zero and aligned to 64 bytes; NULL when there is no memory. It takes memory as
 * it is written to. The caller frees it with hg_zeroed_free. */
void *hg_zeroed(size_t count, size_t bytes);
void hg_zeroed_free(void *memory); /* NULL has no effect */
