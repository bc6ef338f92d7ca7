/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * buffer.h - memory that frames point into, held by those who still work on them.
 *
 * As long as somebody holds a buffer its source reads into another one, so that several
 * blocks of frames can be worked on at once.
 */
#ifndef HG_BUFFER_H
#define HG_BUFFER_H

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

/* A buffer of this capacity or more that nobody holds, `preferred` (or NULL) if it is one; NULL
 * when memory is out. There are never more of them than blocks in work, and one. */
hg_buffer *hg_buffers_take(hg_buffers *pool, size_t capacity, hg_buffer *preferred);
/* One that nobody holds, of this capacity or more; or NULL. */
hg_buffer *hg_buffers_find(const hg_buffers *pool, size_t capacity);
/* A new one; NULL when memory is out. */
hg_buffer *hg_buffers_add(hg_buffers *pool, size_t capacity);
/* Frees them all; nobody may hold one. */
void hg_buffers_clear(hg_buffers *pool);

/* Both do nothing with NULL. Releasing may happen on any thread. */
hg_buffer *hg_buffer_hold(hg_buffer *buffer);
void hg_buffer_release(hg_buffer *buffer);

#endif
