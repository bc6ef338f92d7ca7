/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "base/buffer.h"

#include <stdlib.h>

static int is_free(hg_buffer *buffer, size_t capacity)
{
    return buffer->capacity >= capacity && atomic_load_explicit(&buffer->holders, memory_order_acquire) == 0;
}

hg_buffer *hg_buffers_find(const hg_buffers *pool, size_t capacity)
{
    hg_buffer *buffer = pool->first;
    while (buffer != NULL && !is_free(buffer, capacity))
        buffer = buffer->next;
    return buffer;
}

hg_buffer *hg_buffers_add(hg_buffers *pool, size_t capacity)
{
    hg_buffer *buffer = malloc(sizeof *buffer + capacity);
    if (buffer == NULL)
        return NULL;
    buffer->capacity = capacity;
    atomic_init(&buffer->holders, 0);
    buffer->next = pool->first;
    pool->first = buffer;
    return buffer;
}

hg_buffer *hg_buffers_take(hg_buffers *pool, size_t capacity, hg_buffer *preferred)
{
    if (preferred != NULL && is_free(preferred, capacity))
        return preferred;
    hg_buffer *found = hg_buffers_find(pool, capacity);
    return found != NULL ? found : hg_buffers_add(pool, capacity);
}

void hg_buffers_clear(hg_buffers *pool)
{
    while (pool->first != NULL) {
        hg_buffer *buffer = pool->first;
        pool->first = buffer->next;
        free(buffer);
    }
}

hg_buffer *hg_buffer_hold(hg_buffer *buffer)
{
    if (buffer != NULL)
        atomic_fetch_add_explicit(&buffer->holders, 1, memory_order_relaxed);
    return buffer;
}

void hg_buffer_release(hg_buffer *buffer)
{
    if (buffer != NULL)
        atomic_fetch_sub_explicit(&buffer->holders, 1, memory_order_release);
}
