/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * sink.h - receives text in pieces, writes as much of it as fits, and optionally hashes all of it.
 */
#pragma once

#include "base/digest.h"
#include "base/words.h"

#include <string.h>

typedef struct hg_sink {
    char *out;
    size_t capacity;
    size_t length; /* bytes received, even if there was no room for all */
    hg_message_digest *hash;  /* or NULL */
} hg_sink;

static inline void hg_sink_text(hg_sink *to, const char *text, size_t length)
{
    for (size_t i = 0; i < length && to->length + i < to->capacity; i++)
        to->out[to->length + i] = text[i];
    to->length += length;
    if (to->hash != NULL)
        hg_digest_add(to->hash, text, length);
}

static inline void hg_sink_word(hg_sink *to, const char *word)
{
    hg_sink_text(to, word, strlen(word));
}

/* Adds the number in decimal digits. */
static inline void hg_sink_number(hg_sink *to, uint32_t value)
{
    char digits[10];
    size_t first = sizeof digits;
    do {
        digits[--first] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    hg_sink_text(to, digits + first, sizeof digits - first);
}

/* Adds pieces: words, and numbers in decimal digits. */
#define HG_SINK_PIECE(to, piece) \
    _Generic((piece), char *: hg_sink_word, const char *: hg_sink_word, default: hg_sink_number)((to), (piece))
#define HG_SINK(to, ...) (HG_FOR_EACH(HG_SINK_PIECE, to, __VA_ARGS__))
