/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * texts.h - texts one after the other, as Arrow lays them out, and dictionaries of them.
 */
#pragma once

#include "tls/hello.h"

/* Text i is bytes[offsets[i]] to bytes[offsets[i + 1]] - 1. All zeros: there are none, and no memory. */
typedef struct hg_texts {
    char *bytes;
    size_t length;
    size_t capacity;
    int32_t *offsets;
    uint32_t count;
    uint32_t room; /* of `offsets` */
} hg_texts;

/* Makes room for `count` texts of `bytes` together; 0: none, or Arrow's numbers do not reach so far. */
int hg_texts_reserve(hg_texts *texts, uint32_t count, size_t bytes);
/* Ends a text of `length` bytes that was written at hg_texts_end, where there is room. */
static inline char *hg_texts_end(const hg_texts *texts)
{
    return texts->bytes + texts->length;
}

static inline void hg_texts_ended(hg_texts *texts, size_t length)
{
    texts->length += length;
    texts->offsets[++texts->count] = (int32_t)texts->length;
}

void hg_texts_free(hg_texts *texts);

/* Texts that are all different. They are found by their bytes, which have no records that could be chained. */
typedef struct hg_dictionary {
    hg_texts texts;
    uint32_t *slots; /* place + 1, or 0 */
    uint32_t mask;
} hg_dictionary;

/* The place of a text, which may be a new one; what is no UTF-8 in it becomes U+FFFD. `hash_key` is the same in all
 * calls, and secret if untrusted input supplies the texts. -1: no memory. */
int64_t hg_dictionary_place(hg_dictionary *dictionary, const uint64_t hash_key[2], hg_span text);
void hg_dictionary_free(hg_dictionary *dictionary);
