/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * memory.h - arrays that grow, and zeroed memory for large tables.
 *
 * Tables are as large as the configured limits allow, but few inputs fill them. calloc would get their memory from the
 * system only once: after a free it may reuse the memory, and then sets every byte to zero. That took nine tenths of the
 * time for a small capture.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* `count` records of `bytes` bytes, all zero and aligned to 64 bytes; NULL: no memory. Pages take memory only when they
 * are written to. The caller frees it with hg_zeroed_free. */
void *hg_zeroed(size_t count, size_t bytes);
void hg_zeroed_free(void *memory); /* NULL has no effect */

/* Grows an array to room for `wanted` elements of `size` bytes: to at least `first` elements, and to twice as many as
 * before. `array` is the address of the pointer to it. 0: no memory, and nothing is changed. */
int hg_make_room(void *array, uint32_t *room, uint32_t wanted, size_t size, uint32_t first);
