/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * buffer.h - memory that frames point into, with a count of its users.
 *
 * While a buffer is held its source reads into another one, so that several blocks of frames
 * can be worked on at once.
 */
#pragma once

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

typedef struct hg_buffer {
    struct hg_buffer *next;
    size_t capacity;
    atomic_uint holders;
    uint8_t bytes[];
} hg_buffer;

/* The buffers of one source. All zero is a valid, empty pool. */
typedef struct hg_buffers {
    hg_buffer *first;
} hg_buffers;

/* A buffer of this capacity or more that is not held: `preferred` (or NULL) if possible, an existing
 * one, or a new one. NULL when memory is out. There is at most one more than blocks in work. */
hg_buffer *hg_buffers_take(hg_buffers *pool, size_t capacity, hg_buffer *preferred);
/* One that is not held, of this capacity or more; or NULL. */
hg_buffer *hg_buffers_find(const hg_buffers *pool, size_t capacity);
/* A new one; NULL when memory is out. */
hg_buffer *hg_buffers_add(hg_buffers *pool, size_t capacity);
/* Frees them all; none may be held. */
void hg_buffers_clear(hg_buffers *pool);

/* Both do nothing with NULL. Releasing may happen on any thread. */
hg_buffer *hg_buffer_hold(hg_buffer *buffer);
void hg_buffer_release(hg_buffer *buffer);
