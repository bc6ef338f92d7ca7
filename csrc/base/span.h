/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * span.h - bytes with their length, and a position for reading bytes one after the other.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Borrowed bytes, or text without a NUL at its end. */
typedef struct hg_span {
    union {
        const uint8_t *data;
        const char *text;
    };
    uint32_t length;
} hg_span;

static inline hg_span hg_span_of(const void *data, size_t length)
{
    return (hg_span){.data = data, .length = (uint32_t)length};
}

static inline hg_span hg_span_of_word(const char *word)
{
    return hg_span_of(word, strlen(word));
}

static inline int hg_span_equal(hg_span one, hg_span other)
{
    return one.length == other.length && (one.length == 0 || memcmp(one.data, other.data, one.length) == 0);
}

static inline int hg_span_is(hg_span text, const char *word)
{
    return hg_span_equal(text, hg_span_of_word(word));
}

/* The first place of `part` in a text; NULL: none. */
static inline const char *hg_span_find(hg_span in, hg_span part)
{
    for (uint32_t at = 0; at + (uint64_t)part.length <= in.length; at++)
        if (part.length == 0 || (in.data[at] == part.data[0] && memcmp(in.data + at, part.data, part.length) == 0))
            return in.text + at;
    return NULL;
}

static inline const char *hg_text_find(hg_span in, const char *word)
{
    return hg_span_find(in, hg_span_of_word(word));
}

/* At most the first `most` bytes. */
static inline hg_span hg_span_first(hg_span text, uint32_t most)
{
    return hg_span_of(text.data, text.length < most ? text.length : most);
}

/* Text of the current batch: `length` bytes from `offset` on in its `texts`. */
typedef struct hg_text_place {
    uint32_t offset;
    uint32_t length;
} hg_text_place;

/* A reading position. Readers move `at`, never past `end`. */
typedef struct hg_cursor {
    const uint8_t *at;
    const uint8_t *end;
} hg_cursor;

/* A cursor over all bytes of a span. */
static inline hg_cursor hg_cursor_of(hg_span bytes)
{
    return (hg_cursor){bytes.data, bytes.length == 0 ? bytes.data : bytes.data + bytes.length};
}
