/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * saved.h - saves state as bytes, so that another process of the same build can load it and continue.
 *
 * A function whose name ends in `transfer` saves its part of the state, or loads it in the same order. Loaded bytes are
 * untrusted, so it checks each number before use. After an error nothing more is transferred, and the caller resets the
 * loaded parts.
 */
#pragma once

#include "base/error.h"

#include <stdlib.h>
#include <string.h>

#define HG_SAVED_DAMAGED "the saved state is damaged"
#define HG_SAVED_OTHER_TABLES "the saved state is from tables of another size or hash key"

typedef struct hg_saved {
    uint8_t *out;        /* saving: the destination; NULL: bytes are only counted */
    const uint8_t *in;   /* loading: the next byte */
    size_t length;       /* saving: bytes so far; loading: bytes that are left */
    uint8_t is_loading;
    hg_status status;
    hg_error *error; /* or NULL */
} hg_saved;

/* If `holds` is 0, sets an error with this message, unless an error is set already. Returns 1 if no error is set. */
static inline int hg_saved_check(hg_saved *saved, int holds, const char *message)
{
    if (!holds && saved->status == HG_OK)
        saved->status = hg_fail(saved->error, HG_E_ARGUMENT, "%s", message);
    return saved->status == HG_OK;
}

/* When loading: consumes the next bytes and returns a pointer to them. NULL: fewer are left, or an error is set. */
static inline const uint8_t *hg_saved_take(hg_saved *saved, size_t length)
{
    const uint8_t *bytes = saved->in;
    if (!hg_saved_check(saved, saved->length >= length, "the saved state is truncated"))
        return NULL;
    saved->in += length;
    saved->length -= length;
    return bytes;
}

/* Saves the bytes, or loads them. */
static inline void hg_transfer(hg_saved *saved, void *bytes, size_t length)
{
    if (saved->status != HG_OK || length == 0)
        return;
    if (saved->is_loading) {
        const uint8_t *from = hg_saved_take(saved, length);
        if (from != NULL)
            memcpy(bytes, from, length);
        return;
    }
    if (saved->out != NULL)
        memcpy(saved->out + saved->length, bytes, length);
    saved->length += length;
}

/* When loading: allocates `count` zero bytes for hg_mark, one per record; the caller frees them. NULL: the state is
 * being saved, or an error is set. */
static inline uint8_t *hg_saved_marks(hg_saved *saved, size_t count)
{
    if (!saved->is_loading || saved->status != HG_OK)
        return NULL;
    uint8_t *marks = calloc(count, 1);
    if (marks == NULL)
        saved->status = hg_fail(saved->error, HG_E_MEMORY, "no memory to check a saved state");
    return marks;
}

/* Marks a record of a loaded list. 0: its index is not from `first` to `next` - 1, or the record was marked before. */
static inline int hg_mark(uint8_t *marks, uint32_t index, uint32_t first, uint32_t next)
{
    if (index < first || index >= next || marks[index])
        return 0;
    marks[index] = 1;
    return 1;
}
