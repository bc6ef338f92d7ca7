/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * table.h - records as columns in Arrow's layout, in memory that Arrow takes over.
 */
#pragma once

#include <stdatomic.h>

#include "answers/field_context.h"
#include "hg_records.h"
#include "output/groups.h"
#include "output/table_column.h"

/* A field as tables have it. Without a function it is the same in all rows of a batch. */
typedef struct hg_table_field {
    uint32_t events;
    uint8_t layout; /* hg_column_layout */
    uint8_t is_private;
    uint8_t needs_name; /* null in rows without one */
    uint8_t needs_answer;
    void (*fill)(const hg_table_rows *of, hg_column *to, uint32_t events);
    int64_t (*number)(const hg_field_context *of);
    hg_span (*text)(const hg_field_context *of, char *room);
} hg_table_field;

extern const hg_table_field hg_table_fields[HG_FIELDS];

/* Adds the words of a field to a dictionary; 0: no memory. */
int hg_table_words(uint32_t field, hg_dictionary *to);

typedef struct hg_table {
    uint32_t events; /* whose fields it has */
    uint32_t rows;
    hg_groups groups;
    hg_column columns[HG_FIELDS];
    atomic_uint owners; /* structs of Arrow that refer to it */
    uint8_t *zeros;     /* values and bits of columns without any */
    hg_arrow_array *arrays;
    hg_arrow_array **children;
    const void *(*buffers)[3];
} hg_table;

void hg_table_free(hg_table *table);
/* Gives the table to `out`, which frees it when it is released. HG_E_MEMORY: it is still the caller's. */
hg_status hg_table_export(hg_table *table, hg_arrow_array *out, hg_error *error);
