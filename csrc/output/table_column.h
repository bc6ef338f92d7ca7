/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * table_column.h - the memory of a column in Arrow's layout.
 */
#pragma once

#include "answers/fields.h"
#include "output/texts.h"

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
    uint32_t cells_known; /* cells of groups that are kept for later batches */
} hg_column;

#define HG_NO_CELL (-1)

/* Rows of a batch that are put into a table. */
typedef struct hg_table_rows {
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
} hg_table_rows;

/* Sets bit `base` + k of `bits`, which are 0, for each k below `count` for which SET is 1; a byte is stored once. */
#define HG_PUT_BITS(bits, base, count, SET)                                       \
    for (uint32_t k = 0; k < (count);) {                                          \
        uint8_t *const at_byte = (bits) + ((base) + k) / 8;                       \
        uint32_t byte = *at_byte;                                                 \
        for (uint32_t bit = ((base) + k) % 8; bit < 8 && k < (count); bit++, k++) \
            byte |= (uint32_t)(SET) << bit;                                       \
        *at_byte = (uint8_t)byte;                                                 \
    }

/* Room for the rows of the filling behind those of the table, and nulls up to these; 0: no memory. */
int hg_column_open(hg_column *column, hg_column_layout layout, const hg_table_rows *of);
/* Ends a filling: rows of other events are null. 0: no memory. */
int hg_column_close(hg_column *column, const hg_table_rows *of, uint32_t events);
/* Puts the cell of each row's group into the row; 0: no memory. */
int hg_column_spread(hg_column *column, hg_column_layout layout, const hg_table_rows *of);
/* Makes rows null whose place is -1, after hg_column_close. 0: no memory. */
int hg_column_words(hg_column *column, const hg_table_rows *of);
void hg_column_free(hg_column *column);
