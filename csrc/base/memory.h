/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * memory.h - arrays that grow, and zeroed memory for large tables.
 *
 * Tables are as large as the configured limits allow, but few inputs fill them. calloc does not always take fresh zero
 * pages from the system: if it reuses freed memory, it writes a zero to every byte. For a small capture, that
 * would take most of the time.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* Allocates `count` records of `bytes` bytes, all zero; NULL: no memory. The caller frees them with hg_zeroed_free.
 * They are aligned to 64 bytes, and a page takes memory only when it is first written to, except in builds that use
 * calloc instead (AddressSanitizer, WebAssembly). */
void *hg_zeroed(size_t count, size_t bytes);
void hg_zeroed_free(void *memory); /* NULL has no effect */

/* Gives an array room for at least `wanted` elements of `size` bytes. An array that must grow gets at least twice its
 * former `*room`, and at least `first` elements. `array` is the address of the array's pointer, which is NULL or from
 * malloc. 0: no memory, and nothing is changed. */
int hg_make_room(void *array, uint32_t *room, uint32_t wanted, size_t size, uint32_t first);
