/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * table_column.h - one column in Arrow's layout.
 */
#pragma once

#include "base/writer.h"
#include "rows/fields.h"

/* ---- texts -------------------------------------------------------------------------------- */

/* Text i is the bytes from offsets[i] to offsets[i + 1] - 1. All zero: no texts and no memory. */
typedef struct hg_texts {
    hg_writer bytes;
    int32_t *offsets;
    uint32_t count;
    uint32_t room; /* elements that fit into `offsets` */
} hg_texts;

/* Adds a text of `length` bytes, which was written at the end of `bytes`. */
static inline void hg_texts_add_written(hg_texts *texts, size_t length)
{
    texts->bytes.length += length;
    texts->offsets[++texts->count] = (int32_t)texts->bytes.length;
}

/* Different texts, numbered from 0. A hash table finds them; each slot has the number of a text plus 1, or 0. */
typedef struct hg_dictionary {
    hg_texts texts;
    struct {
        uint32_t hash;
        uint32_t number;
    } *slots;
    uint32_t mask;
} hg_dictionary;

/* The number of a text, whose hash is `hash`. A new text is added. -1: no memory. */
int64_t hg_dictionary_place(hg_dictionary *dictionary, uint32_t hash, hg_span text);
/* The same, but replaces bytes that are not UTF-8 by U+FFFD and computes the hash. `hash_key` is the same in all calls,
 * and secret if untrusted input supplies the texts. */
int64_t hg_dictionary_place_text(hg_dictionary *dictionary, const uint64_t hash_key[2], hg_span text);
void hg_dictionary_free(hg_dictionary *dictionary);

/* ---- columns ------------------------------------------------------------------------------ */

/* How a column stores its values. */
typedef enum hg_column_layout {
    HG_LAYOUT_BITS,
    HG_LAYOUT_8,
    HG_LAYOUT_16,
    HG_LAYOUT_32,
    HG_LAYOUT_64,
    HG_LAYOUT_WORDS, /* 8-bit numbers of words, for a field with a fixed set of words */
    HG_LAYOUT_TEXTS, /* 32-bit numbers of texts in a dictionary */
    HG_LAYOUT_TEXT_PER_ROW
} hg_column_layout;

/* A column of a table. The table may have more rows than `rows`; those are null. */
typedef struct hg_column {
    uint8_t *values; /* zero after the last row */
    uint8_t *valid;  /* bits; NULL: all rows are valid */
    uint32_t rows;
    uint32_t room; /* rows; a multiple of 8 */
    uint32_t nulls;
    hg_dictionary words; /* for HG_LAYOUT_WORDS and HG_LAYOUT_TEXTS */
    hg_texts row_texts;  /* for HG_LAYOUT_TEXT_PER_ROW */
    int64_t *cells; /* by group of rows: the value that all its rows have; HG_NO_CELL: null */
    uint32_t cells_room;
    uint32_t cells_known; /* number of cells that are kept for later batches */
} hg_column;

#define HG_NO_CELL (-1)

/* Rows of a batch that are added to a table. The arrays have room for all rows of the largest batch so far. */
typedef struct hg_table_rows {
    hg_row_context context; /* its `row` is not set */
    const hg_batch *batch;
    uint32_t *batch_places; /* for each row of the batch, its row in the columns of its reader */
    uint32_t *rows;         /* the rows of the batch that belong to the table */
    uint32_t *places;       /* the same as `batch_places`, for each of `rows` */
    uint32_t *groups;       /* for each of `rows`, its group */
    uint32_t *first_rows;   /* for each new group, its first row among `rows` */
    uint8_t *events;
    char *connections; /* Community IDs of all rows of the batch */
    uint32_t room;     /* rows for which the arrays have room */
    uint32_t count;
    uint64_t present; /* kinds of events among the rows, a bit each */
    uint32_t base;    /* rows that the table already has */
    uint64_t hash_key[2];
    uint8_t hides_private;
} hg_table_rows;

/* Sets bit `base` + k of `bits`, which must be 0 before, to SET (0 or 1) for each k below `count`. Stores each byte
 * once. */
#define HG_PUT_BITS(bits, base, count, SET)                                       \
    for (uint32_t k = 0; k < (count);) {                                          \
        uint8_t *const at_byte = (bits) + ((base) + k) / 8;                       \
        uint32_t byte = *at_byte;                                                 \
        for (uint32_t bit = ((base) + k) % 8; bit < 8 && k < (count); bit++, k++) \
            byte |= (uint32_t)(SET) << bit;                                       \
        *at_byte = (uint8_t)byte;                                                 \
    }

/* Makes room for the rows of `rows` after the table's rows, and sets missing rows before them to null. 0: no memory. */
int hg_column_open(hg_column *column, hg_column_layout layout, const hg_table_rows *rows);
/* Ends the adding of rows: rows whose event is not in `events` become null. 0: no memory. */
int hg_column_close(hg_column *column, const hg_table_rows *rows, uint64_t events);
/* Copies the cell of each row's group into the row; 0: no memory. */
int hg_column_spread(hg_column *column, hg_column_layout layout, const hg_table_rows *rows);
/* Sets rows whose word has the index -1 to null. Call it after hg_column_close. 0: no memory. */
int hg_column_words(hg_column *column, const hg_table_rows *rows);
void hg_column_free(hg_column *column);
