/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * table.h - records as columns in Arrow's layout, in memory that Arrow takes over.
 */
#pragma once

#include <stdatomic.h>

#include "answers/cache.h"
#include "answers/fields.h"
#include "hg_records.h"
#include "rows/match_texts.h"

/* ---- texts -------------------------------------------------------------------------------- */

/* Text i is bytes[offsets[i]] to bytes[offsets[i + 1]] - 1. All zeros: there are none, and no memory. */
typedef struct hg_texts {
    char *bytes;
    size_t length;
    size_t capacity;
    int32_t *offsets;
    uint32_t count;
    uint32_t room; /* of `offsets` */
} hg_texts;

/* Ends a text of `length` bytes that was written at hg_texts_end, where there is room. */
static inline char *hg_texts_end(const hg_texts *texts)
{
    return texts->bytes + texts->length;
}

static inline void hg_texts_ended(hg_texts *texts, size_t length)
{
    texts->length += length;
    texts->offsets[++texts->count] = (int32_t)texts->length;
}

/* Texts that are all different. They are found by their bytes, which have no records that could be chained. */
typedef struct hg_dictionary {
    hg_texts texts;
    uint32_t *slots; /* place + 1, or 0 */
    uint32_t mask;
} hg_dictionary;

/* The place of a text, which may be a new one; what is no UTF-8 in it becomes U+FFFD. `hash_key` is the same in all
 * calls, and secret if untrusted input supplies the texts. -1: no memory. */
int64_t hg_dictionary_place(hg_dictionary *dictionary, const uint64_t hash_key[2], hg_span text);

/* ---- columns ------------------------------------------------------------------------------ */

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

/* ---- groups of rows with the same content, so that their texts are made once ---------------- */

/* All that a row shows and its name. Two rows with equal keys differ in nothing else but who sent them when; of an uptime
 * they may differ in its numbers too. */
typedef struct hg_group_key {
    uint64_t words[8];
} hg_group_key;

/* Groups by their keys, numbered from 0 in order of appearance. Each row looks here: keys lie side by side, without chains. */
typedef struct hg_groups {
    hg_group_key *keys;
    uint32_t *slots; /* group + 1, or 0 */
    uint32_t mask;
    uint32_t count;
    uint64_t hash_key; /* secret if untrusted input supplies the packets */
} hg_groups;

/* Whether rows of a kind are worth being grouped: handshakes, links and uptimes. */
int hg_is_grouped(uint8_t event);
/* The key of a row of such a kind. */
hg_group_key hg_group_key_of(hg_row row);
/* The group of a key, which may be a new one. HG_NO_GROUP: no memory. */
#define HG_NO_GROUP UINT32_MAX
uint32_t hg_groups_place(hg_groups *groups, const hg_group_key *key);
void hg_groups_free(hg_groups *groups);

/* ---- tables ------------------------------------------------------------------------------- */

/* What the fields of a row depend on, whatever their source. */
typedef struct hg_field_context {
    hg_row_context context;
    hg_match_texts match;          /* where is_named */
    const hg_found_answer *answer; /* where one was found */
    hg_writer *text;               /* for texts of answers */
    uint8_t is_named;
} hg_field_context;

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
