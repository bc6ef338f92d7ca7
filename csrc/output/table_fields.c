/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * table_fields.c - how the columns of tables get the values of fields.
 */
#include "output/table.h"

/* ---- by row: numbers ---------------------------------------------------------------------------------- */

/* A loop for each field, in which its function is inlined. */
#define FILL(FIELD, PUT)                                                               \
    static void fill_##FIELD(const hg_table_rows *of, hg_column *to, uint32_t events)     \
    {                                                                                  \
        hg_row_context context = of->context;                                          \
        const int is_in_all = (of->present & ~events) == 0;                            \
        for (uint32_t k = 0; k < of->count; k++) {                                     \
            if (!is_in_all && (events >> of->events[k] & 1) == 0)                      \
                continue;                                                              \
            context.row.index = of->rows[k];                                           \
            context.row.at = of->places[k];                                            \
            PUT                                                                        \
        }                                                                              \
    }
#define FILL_NUMBER(TYPE, FIELD) FILL(FIELD, ((TYPE *)(void *)to->values)[of->base + k] = hg_of_##FIELD(&context);)
#define FILL_U8(FIELD) FILL_NUMBER(uint8_t, FIELD)
#define FILL_U16(FIELD) FILL_NUMBER(uint16_t, FIELD)
#define FILL_U32(FIELD) FILL_NUMBER(uint32_t, FIELD)
#define FILL_U64(FIELD) FILL_NUMBER(uint64_t, FIELD)
#define FILL_I16(FIELD) FILL_NUMBER(int16_t, FIELD)
#define FILL_F64(FIELD) FILL_NUMBER(double, FIELD)
#define FILL_TIME(FIELD) FILL_NUMBER(int64_t, FIELD)
#define FILL_BOOL(FIELD)                                                                     \
    static int is_##FIELD(const hg_table_rows *of, uint32_t k, uint32_t events)                 \
    {                                                                                        \
        hg_row_context context = of->context;                                                \
        context.row.index = of->rows[k];                                                     \
        context.row.at = of->places[k];                                                      \
        return (events >> of->events[k] & 1) != 0 && hg_of_##FIELD(&context);                \
    }                                                                                        \
    static void fill_##FIELD(const hg_table_rows *of, hg_column *to, uint32_t events)           \
    {                                                                                        \
        HG_PUT_BITS(to->values, of->base, of->count, is_##FIELD(of, k, events))              \
    }
/* -1 stays for hg_column_close to find. */
#define FILL_WORD(FIELD) FILL(FIELD, ((int8_t *)to->values)[of->base + k] = (int8_t)hg_of_##FIELD(&context);)
/* Texts that hardly repeat. There is room for HG_MAX_ADDRESS bytes a row. */
#define FILL_EACH(FIELD)                                                                    \
    static void fill_##FIELD(const hg_table_rows *of, hg_column *to, uint32_t events)          \
    {                                                                                       \
        hg_row_context context = of->context;                                               \
        (void)events;                                                                       \
        for (uint32_t k = 0; k < of->count; k++) {                                          \
            context.row.index = of->rows[k];                                                \
            context.community = of->connections + (size_t)of->rows[k] * HG_COMMUNITY_BYTES; \
            hg_texts_ended(&to->each, hg_of_##FIELD(&context, hg_texts_end(&to->each)).length); \
        }                                                                                   \
    }

#define DEFINE_FILL(FIELD, FORM) FILL_##FORM(FIELD)
HG_FILLED_FIELDS(DEFINE_FILL)

/* ---- by group: what databases say, and texts ------------------------------------------------------------ */

static hg_span answer_text(const hg_field_context *of, hg_answer_text what)
{
    hg_writer *to = of->text;
    to->length = 0;
    for (uint32_t i = 0; i < hg_answer_items(of->answer, what); i++) {
        if (i > 0)
            hg_write_word(to, HG_TEXTS_BETWEEN);
        hg_answer_put_item(to, of->context.database, of->answer, what, i);
    }
    return hg_span_of(to->length == 0 ? "" : to->at, (uint32_t)to->length);
}

#define ANSWERED_TEXT(FIELD, what)                                          \
    static hg_span text_##FIELD(const hg_field_context *of, char *room)     \
    {                                                                       \
        (void)room;                                                         \
        return answer_text(of, (what));                                     \
    }
/* More families fit than are named: null. */
static hg_span text_MATCH_FAMILY(const hg_field_context *of, char *room)
{
    (void)room;
    return hg_answer_items(of->answer, HG_ANSWER_FAMILY) == 0 ? (hg_span){0} : answer_text(of, HG_ANSWER_FAMILY);
}
ANSWERED_TEXT(MATCH_CANDIDATES, HG_ANSWER_CANDIDATES)
ANSWERED_TEXT(MATCH_EVIDENCE, HG_ANSWER_EVIDENCE)

/* A number with a fraction as the bits of a cell; not measured: no cell. */
static int64_t bits_of(double value)
{
    int64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return value != value ? HG_NO_CELL : bits;
}

#define ANSWERED_NUMBER(FIELD, value)                         \
    static int64_t number_##FIELD(const hg_field_context *of) \
    {                                                         \
        return bits_of(value);                                \
    }
ANSWERED_NUMBER(MATCH_CONFIDENCE, of->answer->confidence)
ANSWERED_NUMBER(MATCH_VERSION_CONFIDENCE, hg_answer_version_confidence(of->context.database, of->answer))

#define MATCH_NUMBER(FIELD, value)                            \
    static int64_t number_##FIELD(const hg_field_context *of) \
    {                                                         \
        return (value);                                       \
    }
#define MATCH_U32(FIELD) MATCH_NUMBER(FIELD, hg_of_##FIELD(&of->match))
#define MATCH_BOOL(FIELD) MATCH_NUMBER(FIELD, hg_of_##FIELD(&of->match))
#define MATCH_WORD(FIELD) MATCH_NUMBER(FIELD, hg_of_##FIELD(&of->match))
#define MATCH_F64(FIELD) MATCH_NUMBER(FIELD, bits_of(hg_of_##FIELD(&of->match)))
#define MATCH_FREE(FIELD)                                               \
    static hg_span text_##FIELD(const hg_field_context *of, char *room) \
    {                                                                   \
        (void)room;                                                     \
        return hg_of_##FIELD(&of->match);                               \
    }

#define CELL_MADE(FIELD)                                                \
    static hg_span text_##FIELD(const hg_field_context *of, char *room) \
    {                                                                   \
        return hg_of_##FIELD(&of->context, room);                       \
    }
#define CELL_FREE(FIELD) CELL_MADE(FIELD)
#define CELL_LIST(FIELD)                                                                                  \
    static hg_span text_##FIELD(const hg_field_context *of, char *room)                                   \
    {                                                                                                     \
        return hg_span_of(room, (uint32_t)(hg_of_##FIELD(&of->context, room, 0) - room)); \
    }

#define DEFINE_CELL(FIELD, FORM) CELL_##FORM(FIELD)
#define DEFINE_MATCH(FIELD, FORM) MATCH_##FORM(FIELD)
HG_TEXT_FIELDS(DEFINE_CELL)
HG_MATCH_FIELDS(DEFINE_MATCH)

/* ---- all of them --------------------------------------------------------------------------------------- */

#define BY_FILL(FIELD) .fill = fill_##FIELD
#define BY_NUMBER(FIELD) .number = number_##FIELD
#define BY_TEXT(FIELD) .text = text_##FIELD
#define BY_BATCH(FIELD) .fill = NULL
#define ENTRY(FIELD, LAYOUT, HOW, NEEDS_NAME, NEEDS_ANSWER, EVENTS, PRIVATE) \
    {.events = (EVENTS), .layout = HG_LAYOUT_##LAYOUT, .is_private = (PRIVATE), \
     .needs_name = (NEEDS_NAME), .needs_answer = (NEEDS_ANSWER), BY_##HOW(FIELD)},
const hg_table_field hg_table_fields[HG_FIELDS] = {HG_EACH_FIELD(ENTRY)};

/* ---- words --------------------------------------------------------------------------------------------- */

int hg_table_words(uint32_t field, hg_dictionary *to)
{
    static const uint64_t hash_key[2] = {0, 0};
    static const char *const words[] = {HG_EACH_WORDS};
    const char *const *word = words;
    for (uint32_t before = 0; before < field; word++)
        before += *word == NULL;
    for (; *word != NULL; word++)
        if (hg_dictionary_place(to, hash_key, hg_span_of_word(*word)) < 0)
            return 0;
    return 1;
}
