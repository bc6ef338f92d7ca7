/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * body.c - the fields of the event, shared by all formats of JSON.
 *
 * Which kind of event has which fields, their keys, forms and order come from
 * sigcompiler/schema/rows.py, their values from fields.h; here is how each form is written.
 */
#include "output/body.h"

#include "answers/fields.h"
#include "base/error.h"
#include "base/escape.h"
#include "output/common.h"
#include "answers/field_context.h"
#include "rows/match_texts.h"

/* A record's row, and what it becomes part of. */
typedef struct named_row {
    hg_row_context context;
    hg_renderer *renderer;
    const hg_name *name;
    const hg_known_answer *answer;
    uint8_t hides_private;
} named_row;

/* ---- forms --------------------------------------------------------------------------------- */

#define ARRAY(FIELD) static const hg_span words_##FIELD[] = {HG_WORDS_##FIELD(HG_QUOTED)};
HG_ROW_WORDS(ARRAY)

static inline char *put_free(char *p, hg_span text)
{
    return text.data == NULL ? HG_AFTER(p, "null") : hg_put_json_string(p, text.data, text.length);
}

/* A text that was made behind the quote at `p`, of words that need no escapes, or that lies elsewhere. */
static inline char *put_made(char *p, hg_span text)
{
    if (text.data != (const uint8_t *)p + 1)
        return put_free(p, text);
    *p = '"';
    p += 1 + text.length;
    *p++ = '"';
    return p;
}

static inline char *put_time(char *p, int64_t time_ns, hg_renderer *renderer)
{
    return HG_AFTER(hg_put_time(renderer, HG_AFTER(p, "\""), time_ns), "\"");
}

#define PUT_U8(p, FIELD, of) hg_put_u32((p), hg_of_##FIELD(&(of)->context))
#define PUT_U16(p, FIELD, of) hg_put_u32((p), hg_of_##FIELD(&(of)->context))
#define PUT_U32(p, FIELD, of) hg_put_u32((p), hg_of_##FIELD(&(of)->context))
#define PUT_TIME(p, FIELD, of) put_time((p), hg_of_##FIELD(&(of)->context), (of)->renderer)
#define PUT_U64(p, FIELD, of) hg_put_u64((p), hg_of_##FIELD(&(of)->context))
#define PUT_I16(p, FIELD, of) hg_put_i32((p), hg_of_##FIELD(&(of)->context))
#define PUT_F64(p, FIELD, of) hg_put_shortest((p), hg_of_##FIELD(&(of)->context))
#define PUT_BOOL(p, FIELD, of) hg_put_bool((p), hg_of_##FIELD(&(of)->context))
#define PUT_WORD(p, FIELD, of) hg_put_one_word((p), words_##FIELD, hg_of_##FIELD(&(of)->context))
#define PUT_MADE(p, FIELD, of) put_made((p), hg_of_##FIELD(&(of)->context, (p) + 1))
#define PUT_EACH(p, FIELD, of) put_made((p), hg_of_##FIELD(&(of)->context, (p) + 1))
#define PUT_LIST(p, FIELD, of) HG_AFTER(hg_of_##FIELD(&(of)->context, HG_AFTER((p), "["), '"'), "]")
#define PUT_FREE(p, FIELD, of) put_free((p), hg_of_##FIELD(&(of)->context, room))
/* The value of a field, after its key. */
#define PUT(FIELD, FORM)                                               \
    static inline char *put_##FIELD(char *p, const named_row *of)      \
    {                                                                  \
        char room[HG_FIELD_ROOM];                                      \
        (void)room; /* only what is FREE needs it */                   \
        return PUT_##FORM(p, FIELD, of);                               \
    }
HG_COMMON_FIELDS(PUT)
HG_ROW_FIELDS(PUT)

/* Frames without IP have no ports. */
#define PUT_PORT(FIELD)                                                             \
    static inline char *put_or_null_##FIELD(char *p, const named_row *of)           \
    {                                                                               \
        const hg_row row = of->context.row;                                         \
        return hg_has_addresses(row.columns, row.index) ? put_##FIELD(p, of) : HG_AFTER(p, "null"); \
    }
PUT_PORT(SRC_PORT)
PUT_PORT(DST_PORT)
#define put_SRC_PORT put_or_null_SRC_PORT
#define put_DST_PORT put_or_null_DST_PORT

/* The signature of a handshake, unlike that of an HTTP head, needs no escapes. */
static inline char *put_signature(char *p, const named_row *of)
{
    if (hg_event_is_http(of->context.row.columns->event[of->context.row.index]))
        return put_SIGNATURE(p, of);
    return put_made(p, hg_of_SIGNATURE(&of->context, p + 1));
}
#define put_SIGNATURE put_signature

/* ---- what the database says ---------------------------------------------------------------- */

static char *put_of_name(char *p, const named_row *of)
{
    return hg_put_bytes(p, of->name->text, of->name->host);
}
#define put_of_SIGNATURE put_of_name
#define put_of_LINK put_of_name
#define put_of_CLIENT put_of_name
#define put_of_SERVER put_of_name

/* The rest of the object that the signature began. */
static char *put_of_ANSWER(char *p, const named_row *of)
{
    if (!of->name->is_open)
        return p;
    p = hg_put_bytes(p, of->answer->text, of->answer->length);
    return HG_AFTER(p, "}");
}

/* There is no key for what is not there. */
#define PUT_JSON(FIELD, key)                                         \
    if (!(HG_PRIVATE_##FIELD && of->hides_private)) {                \
        char *const value = HG_AFTER(p, "," key);                    \
        char *const end = put_##FIELD(value, of);                    \
        p = HG_OPTIONAL_##FIELD && end - value == 4 && memcmp(value, "null", 4) == 0 ? p : end; \
    }
#define PUT_NAMED(what) p = put_of_##what(p, of);
#define BODY(KIND, number)                                     \
    static char *put_json_##KIND(char *p, const named_row *of) \
    {                                                          \
        HG_JSON_##KIND(PUT_JSON, PUT_NAMED)                    \
        return p;                                              \
    }
HG_RECORD_EVENTS(BODY)

/* The fields of every kind; those that EVE and ECS have outside our object are not in it. */
static char *put_common(char *p, const named_row *of, hg_format format)
{
    if (format == HG_FORMAT_JSON) {
        HG_JSON_COMMON(PUT_JSON)
    } else if (format == HG_FORMAT_EVE) {
        HG_EVE_COMMON(PUT_JSON)
    } else {
        HG_ECS_COMMON(PUT_JSON)
    }
    return p;
}

char *hg_put_body(hg_renderer *renderer, char *p, const hg_name *name)
{
    const hg_row row = renderer->row;
    const int has_ends = hg_has_addresses(row.columns, row.index);
    const named_row of = {.context = {.row = row,
                                      .marks = &name->marks,
                                      .database = renderer->database,
                                      .shown = hg_http_shown_by(renderer->hides_private),
                                      .community = has_ends ? hg_connection(renderer, row.index)->text : NULL},
                          .renderer = renderer,
                          .name = name,
                          .answer = renderer->answer,
                          .hides_private = renderer->hides_private};
    p = put_common(p, &of, renderer->format);
#define CASE(KIND, number) \
    case HG_EVENT_##KIND:  \
        return put_json_##KIND(p, &of);
    switch ((hg_event)renderer->columns->event[renderer->row.index]) {
        HG_RECORD_EVENTS(CASE)
    case HG_EVENT_KINDS: /* no kind; rows are checked before */
        break;
    }
    return p;
}

/* ---- one field ------------------------------------------------------------------------------ */

/* The events that a field is of, a bit each; 0: it is not of the event's own row, or no field. */
static uint32_t events_of(uint32_t field)
{
    switch (field) {
#define CASE_EVENTS(FIELD, FORM) \
    case HG_FIELD_##FIELD:       \
        return HG_EVENTS_##FIELD;
        HG_ROW_FIELDS(CASE_EVENTS)
    default:
        return 0;
    }
}

static char *put_field(char *p, uint32_t field, const named_row *of)
{
    switch (field) {
#define CASE_FIELD(FIELD, FORM) \
    case HG_FIELD_##FIELD:      \
        return put_##FIELD(p, of);
        HG_ROW_FIELDS(CASE_FIELD)
    default:
        return p;
    }
}

hg_status hg_field_json(const hg_batch *batch, const hg_database *database, uint32_t row, uint32_t field, char *out,
                        size_t *length, hg_error *error)
{
    *length = 0;
    if (row >= batch->count)
        return hg_fail(error, HG_E_ARGUMENT, "row %u of a batch of %u", row, batch->count);
    hg_naming by;
    hg_match_marks marks = {0};
    named_row of = {
        .context = {.row = hg_row_of(batch, row), .marks = &marks, .database = database, .shown = HG_HTTP_SHOW_COMMON}};
    const hg_row own = of.context.row;
    hg_status status = hg_check_row_of(batch, &own, database, error);
    if (status == HG_OK && (field == HG_FIELD_SIGNATURE || (events_of(field) >> batch->columns.event[row] & 1) == 0))
        status = hg_fail(error, HG_E_ARGUMENT, "row %u has no field %u", row, field);
    if (status != HG_OK)
        return status;
    if (hg_naming_of(own, &by) && by.index != HG_NO_SIGNATURE)
        marks = hg_match_texts_of(database, &by).marks;
    *length = (size_t)(put_field(out, field, &of) - out);
    return HG_OK;
}

