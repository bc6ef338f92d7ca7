/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * room.h - arrays that grow.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* Lets an array, whose address is `array`, have room for `wanted` elements of `size` bytes: for `first` at least, and for
 * twice as many as before. 0: no memory, and all is as it was. */
int hg_make_room(void *array, uint32_t *room, uint32_t wanted, size_t size, uint32_t first);
