/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * guard.h - memory that ends right before an unreadable page: whoever reads past its end dies, with
 * any compiler and with no sanitizer at all.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Bytes from the start of the mapping to the unreadable page. */
static inline size_t guard_span(size_t length)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    return (length + page - 1) / page * page;
}

/* `length` bytes, not set; NULL when there is no memory. */
static inline uint8_t *guard_new(size_t length)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE), span = guard_span(length);
    uint8_t *start = mmap(NULL, span + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (start == MAP_FAILED || mprotect(start + span, page, PROT_NONE) != 0)
        return NULL;
    return start + span - length;
}

static inline void guard_free(uint8_t *bytes, size_t length)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE), span = guard_span(length);
    if (bytes != NULL)
        munmap(bytes + length - span, span + page);
}
