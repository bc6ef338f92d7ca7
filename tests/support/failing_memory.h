/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * failing_memory.h - allocations that fail when the program says so. Link with --wrap for malloc, calloc and realloc.
 */
#pragma once

#include <stddef.h>

/* Whether the next allocation fails; the program has it. */
static int fails(void);

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
    return fails() ? NULL : __real_realloc(memory, size);
}
