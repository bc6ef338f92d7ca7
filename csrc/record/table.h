/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * table.h - records as columns in Arrow's layout, in memory that Arrow takes over.
 */
#ifndef HG_RECORD_TABLE_H
#define HG_RECORD_TABLE_H

#include <stdatomic.h>
#include <stdlib.h>

#include "hg_records.h"
#include "record/answer_text.h"
#include "record/fields.h"
#include "record/groups.h"
#include "record/match_texts.h"
#include "record/texts.h"

#define HG_COUNT(FIELD, FORM, SOURCE, EVENTS, PRIVATE) +1
enum { HG_FIELDS = 0 HG_EACH_FIELD(HG_COUNT) };
#undef HG_COUNT

/* How the values of a column lie in memory. */
typedef enum hg_column_layout {
    HG_LAYOUT_BITS,
    HG_LAYOUT_8,
    HG_LAYOUT_16,
    HG_LAYOUT_32,
    HG_LAYOUT_64,
    HG_LAYOUT_WORDS, /* places of 8 bits in the words of the field */
    HG_LAYOUT_TEXTS, /* places of 32 bits in a dictionary */
    HG_LAYOUT_EACH   /* a text a row */
} hg_column_layout;

/* A column of a table. Rows behind `rows`, of which the table may have more, are null. */
typedef struct hg_column {
    uint8_t *values; /* zero behind the last row */
    uint8_t *valid;  /* bits; NULL: all rows are */
    uint32_t rows;
    uint32_t room; /* rows; a multiple of 8 */
    uint32_t nulls;
    hg_dictionary words;
    hg_texts each;
    int64_t *cells; /* by group: what is put into its rows; HG_NO_CELL: null */
    uint32_t cells_room;
    uint32_t cells_known; /* those of groups that later batches know */
} hg_column;

#define HG_NO_CELL (-1)

/* What the fields of a row depend on, whatever their source. */
typedef struct hg_field_context {
    hg_row_context context;
    hg_match_texts match;                  /* where is_named */
    const hg_found_answer *answer; /* where one was found */
    hg_growing *growing;           /* for texts of answers */
    uint8_t is_named;
} hg_field_context;

/* Memory for what a row depends on, for one database. */
typedef struct hg_context_memory {
    hg_answerer answerer;
    hg_growing growing;
    hg_name name;
    hg_named_handshake handshake;
    hg_found_answer answer;
} hg_context_memory;

void hg_context_memory_use(hg_context_memory *memory, const hg_database *database);
void hg_context_memory_free(hg_context_memory *memory);
/* HG_E_ARGUMENT: no engine made the row, or it refers to what the database does not hold. */
hg_status hg_check_row_of(const hg_batch *batch, const hg_row *row, const hg_database *database, hg_error *error);
/* The context of a row that was checked. `memory` owns the answer, until the next call. */
hg_status hg_field_context_of(hg_context_memory *memory, const hg_batch *batch, hg_row_context context, int with_answer,
                              hg_field_context *out, hg_error *error);

/* Rows of a batch that are put into a table. */
typedef struct hg_filling {
    hg_row_context context; /* without a row */
    const hg_batch *batch;
    const uint32_t *rows;   /* in the batch */
    const uint32_t *places; /* in the columns of their readers */
    const uint8_t *events;
    const uint32_t *groups;
    const char *connections; /* Community IDs of all rows of the batch */
    uint32_t count;
    uint32_t present; /* events, a bit a kind */
    uint32_t base;    /* rows that the table has before */
    uint64_t hash_key[2];
    uint8_t hides_private;
} hg_filling;

/* A field as tables have it. Without a function it is the same in all rows of a batch. */
typedef struct hg_table_field {
    uint32_t events;
    uint8_t layout; /* hg_column_layout */
    uint8_t is_private;
    uint8_t needs_name; /* null in rows without one */
    uint8_t needs_answer;
    void (*fill)(const hg_filling *of, hg_column *to, uint32_t events);
    int64_t (*number)(const hg_field_context *of);
    hg_span (*text)(const hg_field_context *of, char *room);
} hg_table_field;

extern const hg_table_field hg_table_fields[HG_FIELDS];

/* Adds the words of a field to a dictionary; 0: no memory. */
int hg_table_words(uint32_t field, hg_dictionary *to);

/* Sets bit `base` + k of `bits`, which are 0, for each k below `count` for which SET is 1; a byte is stored once. */
#define HG_PUT_BITS(bits, base, count, SET)                                       \
    for (uint32_t k = 0; k < (count);) {                                          \
        uint8_t *const at_byte = (bits) + ((base) + k) / 8;                       \
        uint32_t byte = *at_byte;                                                 \
        for (uint32_t bit = ((base) + k) % 8; bit < 8 && k < (count); bit++, k++) \
            byte |= (uint32_t)(SET) << bit;                                       \
        *at_byte = (uint8_t)byte;                                                 \
    }

/* ---- columns ------------------------------------------------------------------------------------------ */

/* Room for the rows of the filling behind those of the table, and nulls up to these; 0: no memory. */
int hg_column_open(hg_column *column, hg_column_layout layout, const hg_filling *of);
/* Ends a filling: rows of other events are null. 0: no memory. */
int hg_column_close(hg_column *column, const hg_filling *of, uint32_t events);
/* Puts the cell of each row's group into the row; 0: no memory. */
int hg_column_spread(hg_column *column, hg_column_layout layout, const hg_filling *of);
/* Makes rows null whose place is -1, after hg_column_close. 0: no memory. */
int hg_column_words(hg_column *column, const hg_filling *of);
void hg_column_free(hg_column *column);

/* ---- tables ------------------------------------------------------------------------------------------- */

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

#endif
