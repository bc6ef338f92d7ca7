/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "base/writer.h"

#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "base/value.h"

enum { NUMBER_BYTES = 20 };

int hg_writer_reserve(hg_writer *to, size_t more)
{
    if (to->is_full)
        return 0;
    if (to->capacity - to->length >= more + HG_RENDER_SLACK)
        return 1;
    const size_t capacity = 2 * to->capacity + more + HG_RENDER_SLACK;
    char *grown = to->may_grow ? realloc(to->at, capacity) : NULL;
    if (grown == NULL) {
        to->is_full = 1;
        return 0;
    }
    to->at = grown;
    to->capacity = capacity;
    return 1;
}

void hg_write(hg_writer *to, const void *bytes, size_t length)
{
    if (length > 0 && hg_writer_reserve(to, length)) {
        memcpy(hg_writer_end(to), bytes, length);
        to->length += length;
    }
}

void hg_write_u64(hg_writer *to, uint64_t value)
{
    HG_WRITE_MADE(to, NUMBER_BYTES, hg_put_u64, value);
}

void hg_write_text(hg_writer *to, const char *text, size_t length)
{
    const uint8_t *bytes = (const uint8_t *)text;
    if (length == 0 || !hg_writer_reserve(to, length * HG_ESCAPE_GROWTH))
        return;
    char *end = hg_writer_end(to);
    hg_writer_ended(to, to->is_json ? hg_escape_json(end, bytes, length) : hg_escape_plain(end, bytes, length, 0));
}
