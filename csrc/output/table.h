/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * table.h - records as columns in Arrow's layout, in memory that is handed over to Arrow.
 */
#pragma once

#include <stdatomic.h>

#include "hg_records.h"
#include "names/cache.h"
#include "names/fields.h"
#include "output/table_column.h"
#include "rows/match_texts.h"

/* All inputs of the functions that compute a field of a group of rows. */
typedef struct hg_field_context {
    hg_row_context context;
    hg_match_texts match;          /* set if `is_named` */
    const hg_found_answer *answer; /* NULL: no answer was found */
    hg_writer *text;               /* for the texts of answers */
    uint8_t is_named;
} hg_field_context;

/* How a table gets the values of a field: `fill` writes the values of all rows; `number` or `text` computes the value
 * of a group of rows. Without any function, all rows of a batch have the same value. */
typedef struct hg_table_field {
    uint64_t events;
    uint8_t layout; /* hg_column_layout */
    uint8_t is_private;
    uint8_t needs_name; /* 1: null in rows that no signature names */
    void (*fill)(const hg_table_rows *rows, hg_column *to, uint64_t events);
    int64_t (*number)(const hg_field_context *field);
    hg_span (*text)(const hg_field_context *field, char *room);
} hg_table_field;

extern const hg_table_field hg_table_fields[HG_FIELDS];

typedef struct hg_table {
    uint64_t events; /* the events whose fields it has */
    uint32_t rows;
    hg_dictionary groups;
    hg_column columns[HG_FIELDS];
    atomic_uint owners; /* number of Arrow structs that refer to it */
    uint8_t *zeros;     /* used as values and bits of columns that have none */
    hg_arrow_array *arrays;
    hg_arrow_array **children;
    const void *(*buffers)[3];
} hg_table;

void hg_table_free(hg_table *table);
/* Hands the table over to `out`, which frees it on release. HG_E_MEMORY: the caller still owns it. */
hg_status hg_table_export(hg_table *table, hg_arrow_array *out, hg_error *error);
