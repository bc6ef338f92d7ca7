/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * saved.h - saves remembered state as bytes, so that another process of the same build can continue with it.
 *
 * Functions named `save` append their parts; without memory to write to, they only count the bytes. Functions named `load`
 * take the same parts in the same order and check each number before it is used, because the bytes are untrusted. After
 * an error the caller resets what was loaded.
 */
#pragma once

#include "base/error.h"

#include <string.h>

typedef struct hg_saving {
    uint8_t *out; /* or NULL */
    size_t length;
} hg_saving;

static inline void hg_save(hg_saving *to, const void *bytes, size_t length)
{
    if (to->out != NULL && length > 0)
        memcpy(to->out + to->length, bytes, length);
    to->length += length;
}

typedef struct hg_loading {
    const uint8_t *at;
    size_t left;
    hg_error *error; /* or NULL */
} hg_loading;

static inline hg_status hg_load_damaged(const hg_loading *from)
{
    return hg_fail(from->error, HG_E_ARGUMENT, "the saved state is damaged");
}

/* A pointer to the next bytes, without copying; NULL: fewer are left. */
static inline const uint8_t *hg_load_bytes(hg_loading *from, size_t length)
{
    const uint8_t *bytes = from->at;
    if (from->left < length)
        return NULL;
    from->at += length;
    from->left -= length;
    return bytes;
}

static inline hg_status hg_load(hg_loading *from, void *to, size_t length)
{
    const uint8_t *bytes = hg_load_bytes(from, length);
    if (bytes == NULL)
        return hg_fail(from->error, HG_E_ARGUMENT, "the saved state is cut");
    if (length > 0)
        memcpy(to, bytes, length);
    return HG_OK;
}
