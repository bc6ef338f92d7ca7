/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * telling.c - what the fields of a row depend on, and the text of one of them.
 */
#include "record/table.h"

#include "base/error.h"
#include "record/check.h"

hg_status hg_tell(hg_teller *teller, const hg_batch *batch, hg_told told, int with_answer, hg_telling *out,
                  hg_error *error)
{
    hg_naming by = {.index = HG_NO_SIGNATURE};
    teller->name = (hg_name){0};
    *out = (hg_telling){.told = told, .growing = &teller->growing};
    out->told.name = &teller->name;
    if (!hg_naming_of(told.row, &by) || by.index == HG_NO_SIGNATURE)
        return HG_OK;
    out->said = hg_said_by(told.database, &by);
    out->is_named = 1;
    teller->name.flags = out->said.flags;
    teller->name.fuzzy = by.fuzzy;
    if (!with_answer || !hg_event_is_handshake(told.row.columns->event[told.row.index]))
        return HG_OK;
    hg_status status = hg_handshake_of_row(batch, told.database, told.row.index, &teller->handshake, error);
    if (status == HG_OK)
        status = hg_answer_find(&teller->answerer, &teller->handshake, &teller->answer, error);
    out->answer = &teller->answer;
    return status;
}

void hg_teller_use(hg_teller *teller, const hg_database *database)
{
    hg_answerer_free(&teller->answerer);
    teller->answerer = (hg_answerer){.database = database};
    teller->growing.database = database;
    teller->growing.may_grow = 1;
}

void hg_teller_free(hg_teller *teller)
{
    hg_answerer_free(&teller->answerer);
    free(teller->growing.at);
    *teller = (hg_teller){.growing = {0}};
}

hg_status hg_check_told(const hg_batch *batch, const hg_row *row, const hg_database *database, hg_error *error)
{
    hg_naming by;
    const hg_status status = hg_check_row(batch, row, error);
    return status == HG_OK && hg_naming_of(*row, &by) ? hg_naming_check(database, row->index, &by, error) : status;
}

/* A field that is a text; NULL: there is none of this number. */
static const hg_table_field *text_field(uint32_t number)
{
    return number < HG_FIELDS && hg_table_fields[number].text != NULL ? hg_table_fields + number : NULL;
}

hg_status hg_field_text(const hg_batch *batch, const hg_database *database, uint32_t index, uint32_t number,
                        int hides_private, char *out, size_t capacity, size_t *length, hg_error *error)
{
    char room[HG_FIELD_ROOM];
    hg_teller teller = {.growing = {0}};
    hg_telling telling;
    hg_span text = {NULL, 0};
    const hg_table_field *field = text_field(number);
    *length = 0;
    if (index >= batch->count || field == NULL)
        return hg_fail(error, HG_E_ARGUMENT, "there is no row %u, or no text %u", index, number);
    const hg_row row = hg_row_of(batch, index);
    hg_status status = hg_check_told(batch, &row, database, error);
    if (status != HG_OK || (field->events >> batch->columns.event[index] & 1) == 0 || (field->is_private && hides_private))
        return status;
    hg_teller_use(&teller, database);
    status = hg_tell(&teller, batch, (hg_told){row, NULL, database, hg_http_shown_by(hides_private)}, field->needs_answer, &telling,
                     error);
    if (status == HG_OK && (telling.is_named || !field->needs_name))
        text = field->text(&telling, room);
    if (teller.growing.is_full)
        status = hg_fail(error, HG_E_MEMORY, "no memory for a text");
    *length = text.length;
    if (status == HG_OK && text.length > 0 && text.length <= capacity)
        memcpy(out, text.data, text.length);
    hg_teller_free(&teller);
    return status;
}
