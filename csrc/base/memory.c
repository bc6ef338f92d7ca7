/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#define _DEFAULT_SOURCE 1 /* MAP_ANONYMOUS */
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

int hg_make_room(void *array, uint32_t *room, uint32_t wanted, size_t size, uint32_t first)
{
    void *elements;
    if (wanted <= *room)
        return 1;
    const uint32_t doubled = *room > UINT32_MAX / 2 ? UINT32_MAX : 2 * *room;
    uint32_t more = wanted > doubled ? wanted : doubled;
    more = more > first ? more : first;
    memcpy(&elements, array, sizeof elements);
    elements = realloc(elements, more * size);
    if (elements == NULL)
        return 0;
    memcpy(array, &elements, sizeof elements);
    *room = more;
    return 1;
}

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HG_FROM_CALLOC
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__wasm__)
#define HG_FROM_CALLOC
#endif

#ifdef HG_FROM_CALLOC /* sanitizers check the bounds of calloc's memory; WebAssembly has no mmap */

void *hg_zeroed(size_t count, size_t bytes)
{
    return calloc(count, bytes);
}

void hg_zeroed_free(void *memory)
{
    free(memory);
}

#else

#include <sys/mman.h>

enum { HEAD = 64 }; /* bytes before the records; they store how many bytes are mapped */

void *hg_zeroed(size_t count, size_t bytes)
{
    if (bytes != 0 && count > (SIZE_MAX - HEAD) / bytes)
        return NULL;
    const size_t mapped = HEAD + count * bytes;
    void *head = mmap(NULL, mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (head == MAP_FAILED)
        return NULL;
    *(size_t *)head = mapped;
    return (uint8_t *)head + HEAD;
}

void hg_zeroed_free(void *memory)
{
    if (memory == NULL)
        return;
    void *head = (uint8_t *)memory - HEAD;
    munmap(head, *(size_t *)head);
}

#endif
