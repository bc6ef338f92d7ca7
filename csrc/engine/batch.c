/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * batch.c - a batch with memory of its own, for callers that lay out no columns.
 */
#include <stdlib.h>

#include "base/error.h"
#include "hg_columns.h"
#include "huginn.h"

/* Columns begin at multiples of a cache line, three lines apart from where they would else: columns at the
 * same offset within a page would compete for one set of the first-level cache. */
enum { LINE = 64, APART = 3 * LINE };

static size_t column_bytes(size_t value, uint32_t capacity)
{
    return (value * capacity + LINE - 1) / LINE * LINE + APART;
}

static size_t all_columns_bytes(uint32_t capacity)
{
    const hg_columns *columns = NULL; /* used only in sizeof */
    size_t bytes = 0;
#define HG_ADD(name, reader) bytes += column_bytes(sizeof *columns->name, capacity);
    HG_EACH_COLUMN(HG_ADD)
    return bytes;
}

static void place_columns(hg_columns *columns, uint8_t *memory, uint32_t capacity)
{
#define HG_PLACE(name, reader)      \
    columns->name = (void *)memory; \
    memory += column_bytes(sizeof *columns->name, capacity);
    HG_EACH_COLUMN(HG_PLACE)
}

hg_status hg_batch_new(uint32_t capacity, uint32_t text_capacity, hg_batch **out, hg_error *error)
{
    *out = NULL;
    if (capacity < HG_MIN_BATCH || text_capacity < HG_MIN_TEXTS)
        return hg_fail(error, HG_E_ARGUMENT, "a batch needs room for at least %d rows and %d bytes of text",
                       HG_MIN_BATCH, HG_MIN_TEXTS);
    /* One allocation: the batch, then its columns, completions and texts. */
    const size_t head = (sizeof(hg_batch) + LINE - 1) / LINE * LINE;
    const size_t columns = all_columns_bytes(capacity), completed = capacity + (size_t)HG_MIN_COMPLETIONS;
    uint8_t *memory = calloc(head + columns + completed * sizeof(hg_completion) + text_capacity, 1);
    if (memory == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for a batch of %u events", capacity);
    hg_batch *batch = (void *)memory;
    place_columns(&batch->columns, memory + head, capacity);
    batch->capacity = capacity;
    batch->completions = (void *)(memory + head + columns);
    batch->completion_capacity = (uint32_t)completed;
    batch->texts = memory + head + columns + completed * sizeof(hg_completion);
    batch->text_capacity = text_capacity;
    *out = batch;
    return HG_OK;
}

void hg_batch_free(hg_batch *batch)
{
    free(batch);
}
