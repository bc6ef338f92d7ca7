/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * table_column.c - the memory of columns, and their null rows.
 */
#include "output/table_column.h"

#include <stdlib.h>

#include "base/escape.h"
#include "base/memory.h"

/* ---- texts and dictionaries ---------------------------------------------------------------------------- */

enum { FIRST_MASK = 15 };

/* Makes room for `count` texts with `bytes` in total; 0: no memory, or Arrow's 32-bit offsets do not suffice. */
static int reserve_texts(hg_texts *texts, uint32_t count, size_t bytes)
{
    const uint64_t most = (uint64_t)texts->count + count;
    if (bytes > (size_t)INT32_MAX - HG_RENDER_SLACK - texts->bytes.length || most >= INT32_MAX)
        return 0;
    if (!hg_make_room(&texts->offsets, &texts->room, (uint32_t)most + 1, sizeof *texts->offsets, 1))
        return 0;
    texts->offsets[0] = 0;
    texts->bytes.may_grow = 1;
    texts->bytes.is_full = 0; /* after a failure, the next call tries again */
    return hg_writer_reserve(&texts->bytes, bytes);
}

static void free_texts(hg_texts *texts)
{
    free(texts->bytes.at);
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

/* SipHash-1-3 (Aumasson, Bernstein 2012). Untrusted input supplies long texts, and for cheaper hashes there are texts
 * that collide under any key. */
static uint32_t hash_text(const uint64_t key[2], hg_span text)
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
    return (uint32_t)(v[0] ^ v[1] ^ v[2] ^ v[3]);
}

/* ---- dictionaries ------------------------------------------------------------------------------------- */

/* The slot of the text with this hash, or the free slot for it. NULL in place of the text: always the free slot. */
static uint32_t find_slot(const hg_dictionary *in, uint32_t hash, const hg_span *text)
{
    uint32_t slot = hash & in->mask;
    for (; in->slots[slot].number != 0; slot = (slot + 1) & in->mask) {
        const int32_t *ends = in->texts.offsets + in->slots[slot].number - 1;
        if (text != NULL && in->slots[slot].hash == hash &&
            hg_span_equal(*text, hg_span_of(in->texts.bytes.at + ends[0], (size_t)(ends[1] - ends[0]))))
            break;
    }
    return slot;
}

/* Doubles the number of slots. 0: no memory. */
static int grow(hg_dictionary *dictionary)
{
    hg_dictionary grown = *dictionary;
    grown.mask = dictionary->slots == NULL ? FIRST_MASK : 2 * dictionary->mask + 1;
    grown.slots = calloc((size_t)grown.mask + 1, sizeof *grown.slots);
    if (grown.slots == NULL)
        return 0;
    for (uint32_t slot = 0; dictionary->slots != NULL && slot <= dictionary->mask; slot++)
        if (dictionary->slots[slot].number != 0)
            grown.slots[find_slot(&grown, dictionary->slots[slot].hash, NULL)] = dictionary->slots[slot];
    free(dictionary->slots);
    *dictionary = grown;
    return 1;
}

int64_t hg_dictionary_place(hg_dictionary *in, uint32_t hash, hg_span text)
{
    hg_texts *texts = &in->texts;
    if (2 * (uint64_t)texts->count >= in->mask && !grow(in))
        return -1;
    const uint32_t slot = find_slot(in, hash, &text);
    if (in->slots[slot].number == 0) {
        if (!reserve_texts(texts, 1, text.length))
            return -1;
        if (text.length > 0)
            memmove(hg_writer_end(&texts->bytes), text.data, text.length);
        hg_texts_add_written(texts, text.length);
        in->slots[slot].hash = hash;
        in->slots[slot].number = texts->count;
    }
    return in->slots[slot].number - 1;
}

static int is_ascii(hg_span text)
{
    uint8_t all = 0;
    for (uint32_t i = 0; i < text.length; i++)
        all |= text.data[i];
    return all < 0x80;
}

int64_t hg_dictionary_place_text(hg_dictionary *in, const uint64_t hash_key[2], hg_span text)
{
    if (!is_ascii(text)) { /* repaired in the place that it gets if it is new */
        if (!reserve_texts(&in->texts, 1, (size_t)text.length * HG_REPAIR_GROWTH))
            return -1;
        const char *begin = hg_writer_end(&in->texts.bytes);
        text = hg_span_of(begin, (size_t)(hg_repair(hg_writer_end(&in->texts.bytes), text.data, text.length) - begin));
    }
    return hg_dictionary_place(in, hash_text(hash_key, text), text);
}

void hg_dictionary_free(hg_dictionary *dictionary)
{
    free_texts(&dictionary->texts);
    free(dictionary->slots);
    *dictionary = (hg_dictionary){0};
}

/* ---- columns ------------------------------------------------------------------------------------------- */

static size_t bytes_of(hg_column_layout layout, uint32_t rows)
{
    static const uint8_t BITS[] = {[HG_LAYOUT_BITS] = 1, [HG_LAYOUT_8] = 8,           [HG_LAYOUT_WORDS] = 8,
                                   [HG_LAYOUT_16] = 16,  [HG_LAYOUT_32] = 32,         [HG_LAYOUT_TEXTS] = 32,
                                   [HG_LAYOUT_64] = 64,  [HG_LAYOUT_TEXT_PER_ROW] = 0};
    return (size_t)rows * BITS[layout] / 8;
}

/* Grows memory to `bytes` bytes, with zeros after the first `used`. */
static uint8_t *grown(uint8_t *memory, size_t used, size_t bytes)
{
    uint8_t *found = used == 0 ? calloc(bytes + 1, 1) : realloc(memory, bytes + 1);
    if (found != NULL && used > 0)
        memset(found + used, 0, bytes + 1 - used);
    else if (found != NULL)
        free(memory);
    return found;
}

static int reserve(hg_column *column, hg_column_layout layout, uint32_t rows)
{
    if (rows <= column->room)
        return 1;
    const uint64_t doubled = 2 * (uint64_t)column->room, most = doubled > rows ? doubled : rows;
    if (most > INT32_MAX - 8)
        return 0;
    const uint32_t room = ((uint32_t)most + 7) & ~7u;
    uint8_t *values = grown(column->values, bytes_of(layout, column->room), bytes_of(layout, room));
    if (values == NULL)
        return 0;
    column->values = values;
    if (column->valid != NULL) {
        uint8_t *valid = grown(column->valid, column->room / 8, room / 8);
        if (valid == NULL)
            return 0;
        column->valid = valid;
    }
    column->room = room;
    return 1;
}

static void set_bits(uint8_t *bits, uint32_t from, uint32_t to)
{
    for (; from < to && from % 8 != 0; from++)
        bits[from / 8] = (uint8_t)(bits[from / 8] | 1u << from % 8);
    if (from < to)
        memset(bits + from / 8, 0xff, (to - from) / 8);
    for (from += (to - from) / 8 * 8; from < to; from++)
        bits[from / 8] = (uint8_t)(bits[from / 8] | 1u << from % 8);
}

/* Creates the bits if missing, with all rows so far valid. */
static int need_bits(hg_column *column)
{
    if (column->valid != NULL)
        return 1;
    column->valid = calloc(column->room / 8 + 1, 1);
    if (column->valid != NULL)
        set_bits(column->valid, 0, column->rows);
    return column->valid != NULL;
}

int hg_column_open(hg_column *column, hg_column_layout layout, const hg_table_rows *rows)
{
    if (!reserve(column, layout, rows->base + rows->count))
        return 0;
    if (column->rows < rows->base && !need_bits(column))
        return 0;
    column->nulls += rows->base - column->rows;
    column->rows = rows->base;
    return layout != HG_LAYOUT_TEXT_PER_ROW ||
           reserve_texts(&column->row_texts, rows->count, (size_t)rows->count * HG_MAX_ADDRESS);
}

int hg_column_close(hg_column *column, const hg_table_rows *rows, uint64_t events)
{
    const uint32_t end = rows->base + rows->count;
    if ((rows->present & ~events) != 0 && !need_bits(column))
        return 0;
    if (column->valid != NULL && (rows->present & ~events) == 0) {
        set_bits(column->valid, rows->base, end);
    } else if (column->valid != NULL) {
        uint32_t ones = 0;
        HG_PUT_BITS(column->valid, rows->base, rows->count,
                    (ones += events >> rows->events[k] & 1, events >> rows->events[k] & 1))
        column->nulls += rows->count - ones;
    }
    column->rows = end;
    return 1;
}

int hg_column_words(hg_column *column, const hg_table_rows *rows)
{
    int8_t *places = (int8_t *)column->values + rows->base;
    uint32_t none = 0;
    for (uint32_t k = 0; k < rows->count; k++)
        none += places[k] < 0;
    if (none == 0)
        return 1;
    if (!need_bits(column))
        return 0;
    column->nulls += none;
    for (uint32_t k = 0; k < rows->count; k++) {
        if (places[k] >= 0)
            continue;
        const uint32_t row = rows->base + k;
        places[k] = 0;
        column->valid[row / 8] = (uint8_t)(column->valid[row / 8] & ~(1u << row % 8));
    }
    return 1;
}

/* ---- cells of groups ------------------------------------------------------------------------------------ */

#define SPREAD(TYPE, values)                                                                \
    for (uint32_t k = 0; k < rows->count; k++) {                                            \
        const int64_t cell = column->cells[rows->groups[k]];                                \
        none += cell == HG_NO_CELL;                                                         \
        ((TYPE *)(void *)(values))[rows->base + k] = (TYPE)(cell == HG_NO_CELL ? 0 : cell); \
    }

static uint32_t spread_bits(hg_column *column, const hg_table_rows *rows)
{
    uint32_t none = 0;
    for (uint32_t k = 0; k < rows->count; k++)
        none += column->cells[rows->groups[k]] == HG_NO_CELL;
    HG_PUT_BITS(column->values, rows->base, rows->count, column->cells[rows->groups[k]] == 1)
    return none;
}

static uint32_t spread(hg_column *column, hg_column_layout layout, const hg_table_rows *rows)
{
    uint32_t none = 0;
    switch (layout) {
    case HG_LAYOUT_BITS:
        return spread_bits(column, rows);
    case HG_LAYOUT_8:
    case HG_LAYOUT_WORDS:
        SPREAD(uint8_t, column->values)
        break;
    case HG_LAYOUT_16:
        SPREAD(uint16_t, column->values)
        break;
    case HG_LAYOUT_32:
    case HG_LAYOUT_TEXTS:
        SPREAD(uint32_t, column->values)
        break;
    case HG_LAYOUT_64:
        SPREAD(uint64_t, column->values)
        break;
    case HG_LAYOUT_TEXT_PER_ROW:
        break;
    }
    return none;
}

int hg_column_spread(hg_column *column, hg_column_layout layout, const hg_table_rows *rows)
{
    const uint32_t none = spread(column, layout, rows), end = rows->base + rows->count;
    if (none > 0 && !need_bits(column))
        return 0;
    column->nulls += none;
    column->rows = end;
    if (none == 0 && column->valid != NULL)
        set_bits(column->valid, rows->base, end);
    else if (none > 0)
        HG_PUT_BITS(column->valid, rows->base, rows->count, column->cells[rows->groups[k]] != HG_NO_CELL)
    return 1;
}

void hg_column_free(hg_column *column)
{
    free(column->values);
    free(column->valid);
    free(column->cells);
    hg_dictionary_free(&column->words);
    free_texts(&column->row_texts);
    *column = (hg_column){0};
}
