/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * buffer.h - buffers that frames point into, each with a count of its holders.
 *
 * While a buffer is held, its source reads into another one, so that workers can process several
 * blocks of frames at once.
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

/* Returns a buffer of at least this capacity that is not held: `preferred` (may be NULL) if possible, else another
 * buffer of the pool. A new buffer is added only if all others are held or too small. NULL: no memory. */
hg_buffer *hg_buffers_take(hg_buffers *pool, size_t capacity, hg_buffer *preferred);
/* An existing buffer of at least this capacity that is not held; or NULL. */
hg_buffer *hg_buffers_find(const hg_buffers *pool, size_t capacity);
/* A new buffer; NULL: no memory. */
hg_buffer *hg_buffers_add(hg_buffers *pool, size_t capacity);
/* Frees all buffers, which must not be held. */
void hg_buffers_clear(hg_buffers *pool);

/* Both ignore NULL. hg_buffer_hold returns its argument. Any thread may release a buffer. */
hg_buffer *hg_buffer_hold(hg_buffer *buffer);
void hg_buffer_release(hg_buffer *buffer);
