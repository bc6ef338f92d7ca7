/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * table.c - exports tables through Arrow's C data interface.
 *
 * All structs of a table refer to its memory, which is freed when the last struct is released.
 */
#include "output/table.h"

#include <stdlib.h>

#include "base/error.h"

/* ---- how columns get the values of fields -------------------------------------------------------------- */

/* ---- values per row: numbers ---------------------------------------------------------------------------------- */

/* One loop per field, into which the field's function is inlined. */
#define FILL(function, PUT)                                                         \
    static void function(const hg_table_rows *rows, hg_column *to, uint64_t events) \
    {                                                                               \
        hg_row_context context = rows->context;                                     \
        const int is_in_all = (rows->present & ~events) == 0;                       \
        for (uint32_t k = 0; k < rows->count; k++) {                                \
            if (!is_in_all && (events >> rows->events[k] & 1) == 0)                 \
                continue;                                                           \
            context.row.index = rows->rows[k];                                      \
            context.row.at = rows->places[k];                                       \
            PUT                                                                     \
        }                                                                           \
    }
#define FILL_NUMBER(TYPE, function, get) FILL(function, ((TYPE *)(void *)to->values)[rows->base + k] = get(&context);)
#define FILL_U8(function, get) FILL_NUMBER(uint8_t, function, get)
#define FILL_U16(function, get) FILL_NUMBER(uint16_t, function, get)
#define FILL_U32(function, get) FILL_NUMBER(uint32_t, function, get)
#define FILL_U64(function, get) FILL_NUMBER(uint64_t, function, get)
#define FILL_I16(function, get) FILL_NUMBER(int16_t, function, get)
#define FILL_F64(function, get) FILL_NUMBER(double, function, get)
#define FILL_TIME(function, get) FILL_NUMBER(int64_t, function, get)
/* Whether a boolean of a row is set. `get` is known when this is inlined. */
static inline int is_set(const hg_table_rows *rows, uint32_t k, uint64_t events,
                         int (*get)(const hg_row_context *context))
{
    hg_row_context context = rows->context;
    context.row.index = rows->rows[k];
    context.row.at = rows->places[k];
    return (events >> rows->events[k] & 1) != 0 && get(&context);
}

#define FILL_BOOL(function, get)                                                       \
    static void function(const hg_table_rows *rows, hg_column *to, uint64_t events)    \
    {                                                                                  \
        HG_PUT_BITS(to->values, rows->base, rows->count, is_set(rows, k, events, get)) \
    }
/* -1 remains for hg_column_words, which sets the row to null. */
#define FILL_WORD(function, get) FILL(function, ((int8_t *)to->values)[rows->base + k] = (int8_t)get(&context);)
/* Texts that rarely repeat, with room for HG_MAX_ADDRESS bytes per row. */
#define FILL_EACH(function, get)                                                                             \
    static void function(const hg_table_rows *rows, hg_column *to, uint64_t events)                          \
    {                                                                                                        \
        hg_row_context context = rows->context;                                                              \
        (void)events;                                                                                        \
        for (uint32_t k = 0; k < rows->count; k++) {                                                         \
            context.row.index = rows->rows[k];                                                               \
            context.community = rows->connections + (size_t)rows->rows[k] * HG_COMMUNITY_BYTES;              \
            hg_texts_add_written(&to->row_texts, get(&context, hg_writer_end(&to->row_texts.bytes)).length); \
        }                                                                                                    \
    }

#define DEFINE(function, FORM, get) FORM(function, get)
HG_FILLED_FIELDS(DEFINE)

/* ---- values per group: results from the database, and texts ------------------------------------------------ */

static hg_span answer_text(const hg_field_context *field, hg_answer_text what)
{
    hg_writer *to = field->text;
    to->length = 0;
    for (uint32_t i = 0; i < hg_answer_items(field->answer, what); i++) {
        if (i > 0)
            hg_write_word(to, HG_TEXTS_BETWEEN);
        hg_answer_put_item(to, field->context.database, field->answer, what, i);
    }
    return hg_span_of(to->length == 0 ? "" : to->at, (uint32_t)to->length);
}

#define ANSWERED_TEXT(function, what)                                  \
    static hg_span function(const hg_field_context *field, char *room) \
    {                                                                  \
        (void)room;                                                    \
        return answer_text(field, (what));                             \
    }
/* Null if more families fit than the answer names. */
static hg_span text_match_family(const hg_field_context *field, char *room)
{
    (void)room;
    return hg_answer_items(field->answer, HG_ANSWER_FAMILY) == 0 ? (hg_span){0} : answer_text(field, HG_ANSWER_FAMILY);
}
ANSWERED_TEXT(text_match_candidates, HG_ANSWER_CANDIDATES)
ANSWERED_TEXT(text_match_evidence, HG_ANSWER_EVIDENCE)

/* The bits of a floating-point number as a cell; NaN (not measured): no cell. */
static int64_t bits_of(double value)
{
    int64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return value != value ? HG_NO_CELL : bits;
}

#define ANSWERED_NUMBER(function, value)                   \
    static int64_t function(const hg_field_context *field) \
    {                                                      \
        return bits_of(value);                             \
    }
ANSWERED_NUMBER(number_match_confidence, field->answer->confidence)
ANSWERED_NUMBER(number_match_version_confidence, hg_answer_version_confidence(field->context.database, field->answer))

#define MATCH_NUMBER(function, value)                      \
    static int64_t function(const hg_field_context *field) \
    {                                                      \
        return (value);                                    \
    }
#define MATCH_U32(function, get) MATCH_NUMBER(function, get(&field->match))
#define MATCH_BOOL(function, get) MATCH_NUMBER(function, get(&field->match))
#define MATCH_WORD(function, get) MATCH_NUMBER(function, get(&field->match))
#define MATCH_F64(function, get) MATCH_NUMBER(function, bits_of(get(&field->match)))
#define MATCH_FREE(function, get)                                      \
    static hg_span function(const hg_field_context *field, char *room) \
    {                                                                  \
        (void)room;                                                    \
        return get(&field->match);                                     \
    }

#define CELL_MADE(function, get)                                       \
    static hg_span function(const hg_field_context *field, char *room) \
    {                                                                  \
        return get(&field->context, room);                             \
    }
#define CELL_FREE(function, get) CELL_MADE(function, get)
#define CELL_LIST(function, get)                                                   \
    static hg_span function(const hg_field_context *field, char *room)             \
    {                                                                              \
        return hg_span_of(room, (uint32_t)(get(&field->context, room, 0) - room)); \
    }

HG_TEXT_FIELDS(DEFINE)
HG_MATCH_FIELDS(DEFINE)

/* ---- all of them --------------------------------------------------------------------------------------- */

#define ENTRY(column_layout, get, NEEDS_NAME, EVENTS, PRIVATE) \
    {.events = (EVENTS), .layout = column_layout, .is_private = (PRIVATE), .needs_name = (NEEDS_NAME), get},
const hg_table_field hg_table_fields[HG_FIELDS] = {HG_EACH_FIELD(ENTRY)};

/* ---- words --------------------------------------------------------------------------------------------- */

/* Adds a field's words to a dictionary; 0: no memory. */
static int add_words(uint32_t field, hg_dictionary *to)
{
    static const uint64_t hash_key[2] = {0, 0};
    static const char *const words[] = {HG_EACH_WORDS};
    const char *const *word = words;
    for (uint32_t before = 0; before < field; word++)
        before += *word == NULL;
    for (; *word != NULL; word++)
        if (hg_dictionary_place_text(to, hash_key, hg_span_of_word(*word)) < 0)
            return 0;
    return 1;
}

/* ---- tables -------------------------------------------------------------------------------------------- */

/* Each column has one struct, and one for its dictionary. */
enum { ARRAYS = 2 * HG_FIELDS, MOST_BYTES = 8 };

/* Frees the memory of an export. */
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
    hg_dictionary_free(&table->groups);
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
    return (hg_arrow_array){.length = length,
                            .null_count = nulls,
                            .n_buffers = count,
                            .buffers = buffers,
                            .release = release,
                            .private_data = table};
}

/* In Arrow, texts have three buffers. */
static hg_arrow_array texts_array(hg_table *table, const hg_texts *texts, const void **buffers)
{
    buffers[0] = NULL;
    buffers[1] = texts->count == 0 ? table->zeros : (const void *)texts->offsets;
    buffers[2] = texts->bytes.length == 0 ? (const void *)table->zeros : texts->bytes.at;
    return made(table, texts->count, 0, buffers, 3);
}

/* 0: no memory. */
static int export_column(hg_table *table, uint32_t number, hg_arrow_array *pair, const void *(*buffers)[3])
{
    const hg_table_rows no_rows = {.base = table->rows};
    const hg_table_field *field = hg_table_fields + number;
    hg_column *column = table->columns + number;
    if (field->layout == HG_LAYOUT_TEXT_PER_ROW) {
        pair[0] = texts_array(table, &column->row_texts, buffers[0]);
        buffers[0][0] = column->valid;
        pair[0].null_count = column->nulls;
        return 1;
    }
    const int is_empty = column->rows == 0; /* all rows are null */
    if ((!is_empty && !hg_column_open(column, (hg_column_layout)field->layout, &no_rows)) ||
        (field->layout == HG_LAYOUT_WORDS && !add_words(number, &column->words)))
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
