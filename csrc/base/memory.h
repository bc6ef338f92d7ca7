/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * memory.h - arrays that grow, and memory for tables as large as the configured limits allow, which few inputs fill.
 *
 * For these calloc takes such memory from the system once. When it has been freed, calloc may give the same memory again, and
 * then sets every byte to zero: that took nine tenths of the time to read a small capture.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* `count` records of `bytes` bytes, all zero and aligned to 64 bytes; NULL when there is no memory. It takes memory as
 * it is written to. The caller frees it with hg_zeroed_free. */
void *hg_zeroed(size_t count, size_t bytes);
void hg_zeroed_free(void *memory); /* NULL has no effect */

/* Lets an array, whose address is `array`, have room for `wanted` elements of `size` bytes: for `first` at least, and for
 * twice as many as before. 0: no memory, and all is as it was. */
int hg_make_room(void *array, uint32_t *room, uint32_t wanted, size_t size, uint32_t first);
