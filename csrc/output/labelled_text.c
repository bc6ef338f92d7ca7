/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * labelled_text.c - fields with a label in the format for people, a line each. The fields, their order and their labels come
 * from sigcompiler/schema/rows.py.
 */
#include "output/labelled_text.h"

#include "answers/fields.h"
#include "base/escape.h"

/* A value behind its label; none: `line`. Other lines than the first begin again. */
static char *put_line(char *p, const char *first, const char *label, const uint8_t *text, size_t length)
{
    if (length == 0)
        return p;
    if (p != first)
        HG_PUT(p, "\n  ");
    p = hg_put_word(p, label);
    return hg_escape_plain(p, text, length, 0);
}

#define TEXT_MADE(FIELD)                                       \
    const hg_span text = hg_of_##FIELD(&of, room);             \
    const size_t length = text.data == NULL ? 0 : text.length; \
    const uint8_t *data = text.data;
#define TEXT_FREE(FIELD) TEXT_MADE(FIELD)
#define TEXT_WORD(FIELD)                                                                    \
    static const char *const words[] = {HG_WORDS_##FIELD(WORD_ITEM)};                       \
    const int place = hg_of_##FIELD(&of);                                                   \
    const uint8_t *data = (const uint8_t *)(place < 0 ? NULL : words[place]);               \
    const size_t length = data == NULL ? 0 : strlen((const char *)data);
#define WORD_ITEM(word) word,
#define TEXT_LIST(FIELD)                                                \
    const size_t length = (size_t)(hg_of_##FIELD(&of, room, 0) - room); \
    const uint8_t *data = (const uint8_t *)room;
#define TEXT_U16(FIELD)                                                          \
    const size_t length = (size_t)(hg_put_u32(room, hg_of_##FIELD(&of)) - room); \
    const uint8_t *data = (const uint8_t *)room;
#define TEXT_LINE(FIELD, FORM, label, is_private)          \
    if (!((is_private) && renderer->hides_private)) {      \
        TEXT_##FORM(FIELD)                                 \
        p = put_line(p, first, label, data, length);       \
    }
#define TEXT_LINES(KIND)                                                                               \
    static char *put_##KIND(const hg_renderer *renderer, char *p, const char *first)                   \
    {                                                                                                  \
        const hg_row_context of = {.row = renderer->row,                                               \
                                   .database = renderer->database,                                     \
                                   .shown = hg_http_shown_by(renderer->hides_private)};                \
        char room[HG_FIELD_ROOM];                                                                      \
        HG_TEXT_##KIND(TEXT_LINE)                                                                      \
        return p;                                                                                      \
    }
HG_EACH_LABELLED_EVENT(TEXT_LINES)

char *hg_put_labelled_lines(const hg_renderer *renderer, char *p, const char *first)
{
#define PUT_LINES(KIND)   \
    case HG_EVENT_##KIND: \
        return put_##KIND(renderer, p, first);
    switch (renderer->columns->event[renderer->row.index]) {
        HG_EACH_LABELLED_EVENT(PUT_LINES)
    default:
        return p;
    }
}
