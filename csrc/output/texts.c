/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "output/table.h"

#include <stdlib.h>

#include "base/escape.h"
#include "base/memory.h"
#include "base/value.h"

enum { FIRST_MASK = 15, FIRST_BYTES = 256 };

int hg_texts_reserve(hg_texts *texts, uint32_t count, size_t bytes)
{
    const uint64_t most = (uint64_t)texts->count + count;
    if (bytes > (size_t)INT32_MAX - HG_RENDER_SLACK - texts->length || most >= INT32_MAX)
        return 0;
    if (!hg_make_room(&texts->offsets, &texts->room, (uint32_t)most + 1, sizeof *texts->offsets, 1))
        return 0;
    texts->offsets[0] = 0;
    const size_t need = texts->length + bytes + HG_RENDER_SLACK;
    if (need > texts->capacity) {
        const size_t capacity = need < 2 * texts->capacity ? 2 * texts->capacity : need + FIRST_BYTES;
        char *grown = realloc(texts->bytes, capacity);
        if (grown == NULL)
            return 0;
        texts->bytes = grown;
        texts->capacity = capacity;
    }
    return 1;
}

void hg_texts_free(hg_texts *texts)
{
    free(texts->bytes);
    free(texts->offsets);
    *texts = (hg_texts){0};
}

/* ---- hashes ------------------------------------------------------------------------------------------- */

static inline uint64_t rotate(uint64_t word, int bits)
{
    return word << bits | word >> (64 - bits);
}

static inline void mix(uint64_t v[4])
{
    v[0] += v[1], v[1] = rotate(v[1], 13) ^ v[0], v[0] = rotate(v[0], 32);
    v[2] += v[3], v[3] = rotate(v[3], 16) ^ v[2];
    v[0] += v[3], v[3] = rotate(v[3], 21) ^ v[0];
    v[2] += v[1], v[1] = rotate(v[1], 17) ^ v[2], v[2] = rotate(v[2], 32);
}

/* SipHash-1-3 (Aumasson, Bernstein 2012): untrusted input supplies long texts, and cheaper hashes have texts that
 * collide under any key. */
static uint64_t hash(const uint64_t key[2], hg_span text)
{
    uint64_t v[4] = {key[0] ^ UINT64_C(0x736f6d6570736575), key[1] ^ UINT64_C(0x646f72616e646f6d),
                     key[0] ^ UINT64_C(0x6c7967656e657261), key[1] ^ UINT64_C(0x7465646279746573)};
    uint32_t left = text.length;
    for (const uint8_t *at = text.data; left >= sizeof(uint64_t); at += sizeof(uint64_t), left -= 8) {
        uint64_t word;
        memcpy(&word, at, sizeof word);
        v[3] ^= word;
        mix(v);
        v[0] ^= word;
    }
    uint64_t last = 0;
    if (left > 0)
        memcpy(&last, text.data + text.length - left, left);
    last ^= (uint64_t)text.length << 56 ^ (uint64_t)text.length << 24;
    v[3] ^= last;
    mix(v);
    v[0] ^= last;
    v[2] ^= 0xff;
    mix(v);
    mix(v);
    mix(v);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

/* ---- dictionaries ------------------------------------------------------------------------------------- */

static hg_span text_at(const hg_texts *texts, uint32_t place)
{
    return hg_span_of(texts->bytes + texts->offsets[place], (uint32_t)(texts->offsets[place + 1] - texts->offsets[place]));
}

static uint32_t *slot_of(const hg_dictionary *in, const uint64_t hash_key[2], hg_span text)
{
    uint32_t slot = (uint32_t)hash(hash_key, text) & in->mask;
    for (; in->slots[slot] != 0; slot = (slot + 1) & in->mask) {
        const hg_span other = text_at(&in->texts, in->slots[slot] - 1);
        if (other.length == text.length && (text.length == 0 || memcmp(other.data, text.data, text.length) == 0))
            break;
    }
    return in->slots + slot;
}

static int grow(hg_dictionary *dictionary, const uint64_t hash_key[2])
{
    const uint32_t mask = dictionary->slots == NULL ? FIRST_MASK : 2 * dictionary->mask + 1;
    uint32_t *slots = calloc((size_t)mask + 1, sizeof *slots);
    if (slots == NULL)
        return 0;
    free(dictionary->slots);
    dictionary->slots = slots;
    dictionary->mask = mask;
    for (uint32_t place = 0; place < dictionary->texts.count; place++)
        *slot_of(dictionary, hash_key, text_at(&dictionary->texts, place)) = place + 1;
    return 1;
}

static int is_ascii(hg_span text)
{
    uint8_t all = 0;
    for (uint32_t i = 0; i < text.length; i++)
        all |= text.data[i];
    return all < 0x80;
}

int64_t hg_dictionary_place(hg_dictionary *in, const uint64_t hash_key[2], hg_span text)
{
    hg_texts *texts = &in->texts;
    if (!hg_texts_reserve(texts, 1, (size_t)text.length * HG_REPAIR_GROWTH) ||
        (2 * (uint64_t)texts->count >= in->mask && !grow(in, hash_key)))
        return -1;
    if (!is_ascii(text)) { /* where it would stand if it is new */
        const char *end = hg_repair(hg_texts_end(texts), text.data, text.length);
        text = hg_span_of(hg_texts_end(texts), (uint32_t)(end - hg_texts_end(texts)));
    }
    uint32_t *slot = slot_of(in, hash_key, text);
    if (*slot == 0) {
        if (text.length > 0)
            memmove(hg_texts_end(texts), text.data, text.length);
        hg_texts_ended(texts, text.length);
        *slot = texts->count;
    }
    return *slot - 1;
}

void hg_dictionary_free(hg_dictionary *dictionary)
{
    hg_texts_free(&dictionary->texts);
    free(dictionary->slots);
    *dictionary = (hg_dictionary){{0}, NULL, 0};
}
