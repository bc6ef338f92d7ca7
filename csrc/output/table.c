/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * table.c - tables by Arrow's C data interface.
 *
 * All structs of a table refer to its memory, which is freed when the last of them is released.
 */
#include "output/table.h"

#include <stdlib.h>

#include "base/error.h"

/* Each column has a struct, and one for its dictionary. */
enum { ARRAYS = 2 * HG_FIELDS, MOST_BYTES = 8 };

/* What an attempt to export has made. */
static void discard(hg_table *table)
{
    free(table->zeros);
    free(table->arrays);
    free(table->children);
    free(table->buffers);
    table->zeros = NULL, table->arrays = NULL, table->children = NULL, table->buffers = NULL;
    atomic_store(&table->owners, 0);
}

void hg_table_free(hg_table *table)
{
    if (table == NULL)
        return;
    for (int i = 0; i < HG_FIELDS; i++)
        hg_column_free(table->columns + i);
    hg_groups_free(&table->groups);
    discard(table);
    free(table);
}

static void release(hg_arrow_array *array)
{
    hg_table *table = array->private_data;
    for (int64_t i = 0; i < array->n_children; i++)
        if (array->children[i]->release != NULL)
            array->children[i]->release(array->children[i]);
    if (array->dictionary != NULL && array->dictionary->release != NULL)
        array->dictionary->release(array->dictionary);
    array->release = NULL;
    if (atomic_fetch_sub(&table->owners, 1) == 1)
        hg_table_free(table);
}

static hg_arrow_array made(hg_table *table, int64_t length, int64_t nulls, const void **buffers, int64_t count)
{
    atomic_fetch_add(&table->owners, 1);
    return (hg_arrow_array){
        .length = length, .null_count = nulls, .n_buffers = count, .buffers = buffers, .release = release, .private_data = table};
}

/* Arrow wants three buffers of texts. */
static hg_arrow_array texts_array(hg_table *table, const hg_texts *texts, const void **buffers)
{
    buffers[0] = NULL;
    buffers[1] = texts->count == 0 ? table->zeros : (const void *)texts->offsets;
    buffers[2] = texts->length == 0 ? (const void *)table->zeros : texts->bytes;
    return made(table, texts->count, 0, buffers, 3);
}

/* 0: no memory. */
static int export_column(hg_table *table, uint32_t number, hg_arrow_array *pair, const void *(*buffers)[3])
{
    const hg_table_rows no_rows = {.base = table->rows};
    const hg_table_field *field = hg_table_fields + number;
    hg_column *column = table->columns + number;
    if (field->layout == HG_LAYOUT_EACH) {
        pair[0] = texts_array(table, &column->each, buffers[0]);
        buffers[0][0] = column->valid;
        pair[0].null_count = column->nulls;
        return 1;
    }
    const int is_empty = column->rows == 0; /* all rows are null */
    if ((!is_empty && !hg_column_open(column, (hg_column_layout)field->layout, &no_rows)) ||
        (field->layout == HG_LAYOUT_WORDS && !hg_table_words(number, &column->words)))
        return 0;
    const uint32_t nulls = is_empty ? table->rows : column->nulls;
    buffers[0][0] = is_empty ? table->zeros : column->valid;
    buffers[0][1] = is_empty ? table->zeros : column->values;
    pair[0] = made(table, table->rows, nulls, buffers[0], 2);
    if (field->layout != HG_LAYOUT_WORDS && field->layout != HG_LAYOUT_TEXTS)
        return 1;
    pair[1] = texts_array(table, &column->words.texts, buffers[1]);
    pair[0].dictionary = pair + 1;
    return 1;
}

static int prepare(hg_table *table)
{
    table->zeros = calloc((size_t)table->rows + 1, MOST_BYTES);
    table->arrays = calloc(ARRAYS, sizeof *table->arrays);
    table->children = calloc(HG_FIELDS, sizeof *table->children);
    table->buffers = calloc(ARRAYS, sizeof *table->buffers);
    return table->zeros != NULL && table->arrays != NULL && table->children != NULL && table->buffers != NULL;
}

hg_status hg_table_export(hg_table *table, hg_arrow_array *out, hg_error *error)
{
    static const void *no_bits[1] = {NULL};
    int64_t count = 0;
    int has_memory = prepare(table);
    for (uint32_t i = 0; has_memory && i < HG_FIELDS; i++) {
        if ((hg_table_fields[i].events & table->events) == 0)
            continue;
        hg_arrow_array *pair = table->arrays + 2 * (size_t)i;
        has_memory = export_column(table, i, pair, table->buffers + 2 * (size_t)i);
        table->children[count++] = pair;
    }
    if (!has_memory) {
        discard(table);
        return hg_fail(error, HG_E_MEMORY, "no memory for a table");
    }
    *out = made(table, table->rows, 0, no_bits, 1);
    out->n_children = count;
    out->children = table->children;
    return HG_OK;
}
