/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * table_column.c - the memory of columns, and which of their rows are null.
 */
#include "output/table.h"

#include <stdlib.h>

static size_t bytes_of(hg_column_layout layout, uint32_t rows)
{
    static const uint8_t BITS[] = {[HG_LAYOUT_BITS] = 1, [HG_LAYOUT_8] = 8, [HG_LAYOUT_WORDS] = 8, [HG_LAYOUT_16] = 16,
                                   [HG_LAYOUT_32] = 32, [HG_LAYOUT_TEXTS] = 32, [HG_LAYOUT_64] = 64, [HG_LAYOUT_EACH] = 0};
    return (size_t)rows * BITS[layout] / 8;
}

/* `bytes` of zeros behind the `used` ones. */
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

/* Bits for all rows so far, which are valid. */
static int need_bits(hg_column *column)
{
    if (column->valid != NULL)
        return 1;
    column->valid = calloc(column->room / 8 + 1, 1);
    if (column->valid != NULL)
        set_bits(column->valid, 0, column->rows);
    return column->valid != NULL;
}

int hg_column_open(hg_column *column, hg_column_layout layout, const hg_table_rows *of)
{
    if (!reserve(column, layout, of->base + of->count))
        return 0;
    if (column->rows < of->base && !need_bits(column))
        return 0;
    column->nulls += of->base - column->rows;
    column->rows = of->base;
    return layout != HG_LAYOUT_EACH || hg_texts_reserve(&column->each, of->count, (size_t)of->count * HG_MAX_ADDRESS);
}

int hg_column_close(hg_column *column, const hg_table_rows *of, uint32_t events)
{
    const uint32_t end = of->base + of->count;
    if ((of->present & ~events) != 0 && !need_bits(column))
        return 0;
    if (column->valid != NULL && (of->present & ~events) == 0) {
        set_bits(column->valid, of->base, end);
    } else if (column->valid != NULL) {
        uint32_t ones = 0;
        HG_PUT_BITS(column->valid, of->base, of->count, (ones += events >> of->events[k] & 1, events >> of->events[k] & 1))
        column->nulls += of->count - ones;
    }
    column->rows = end;
    return 1;
}

int hg_column_words(hg_column *column, const hg_table_rows *of)
{
    int8_t *places = (int8_t *)column->values + of->base;
    uint32_t none = 0;
    for (uint32_t k = 0; k < of->count; k++)
        none += places[k] < 0;
    if (none == 0)
        return 1;
    if (!need_bits(column))
        return 0;
    column->nulls += none;
    for (uint32_t k = 0; k < of->count; k++) {
        if (places[k] >= 0)
            continue;
        const uint32_t row = of->base + k;
        places[k] = 0;
        column->valid[row / 8] = (uint8_t)(column->valid[row / 8] & ~(1u << row % 8));
    }
    return 1;
}

/* ---- cells of groups ------------------------------------------------------------------------------------ */

#define SPREAD(TYPE, values)                                                              \
    for (uint32_t k = 0; k < of->count; k++) {                                            \
        const int64_t cell = column->cells[of->groups[k]];                                \
        none += cell == HG_NO_CELL;                                                       \
        ((TYPE *)(void *)(values))[of->base + k] = (TYPE)(cell == HG_NO_CELL ? 0 : cell); \
    }

static uint32_t spread_bits(hg_column *column, const hg_table_rows *of)
{
    uint32_t none = 0;
    for (uint32_t k = 0; k < of->count; k++)
        none += column->cells[of->groups[k]] == HG_NO_CELL;
    HG_PUT_BITS(column->values, of->base, of->count, column->cells[of->groups[k]] == 1)
    return none;
}

static uint32_t spread(hg_column *column, hg_column_layout layout, const hg_table_rows *of)
{
    uint32_t none = 0;
    switch (layout) {
    case HG_LAYOUT_BITS:
        return spread_bits(column, of);
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
    case HG_LAYOUT_EACH:
        break;
    }
    return none;
}

int hg_column_spread(hg_column *column, hg_column_layout layout, const hg_table_rows *of)
{
    const uint32_t none = spread(column, layout, of), end = of->base + of->count;
    if (none > 0 && !need_bits(column))
        return 0;
    column->nulls += none;
    column->rows = end;
    if (none == 0 && column->valid != NULL)
        set_bits(column->valid, of->base, end);
    else if (none > 0)
        HG_PUT_BITS(column->valid, of->base, of->count, column->cells[of->groups[k]] != HG_NO_CELL)
    return 1;
}

void hg_column_free(hg_column *column)
{
    free(column->values);
    free(column->valid);
    free(column->cells);
    hg_dictionary_free(&column->words);
    hg_texts_free(&column->each);
    *column = (hg_column){0};
}
