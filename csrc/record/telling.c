/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * telling.c - what the fields of a row depend on.
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
    teller->name.olayout = out->said.olayout;
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
