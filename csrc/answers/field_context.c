/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * field_context.c - the inputs of a row's fields.
 */
#include "answers/field_context.h"

#include <stdlib.h>

#include "answers/row_answer.h"
#include "rows/check.h"

hg_status hg_field_context_of(hg_context_memory *memory, const hg_batch *batch, hg_row_context context, int with_answer,
                              hg_field_context *out, hg_error *error)
{
    hg_naming by = {.index = HG_NO_SIGNATURE};
    memory->marks = (hg_match_marks){0};
    *out = (hg_field_context){.context = context, .text = &memory->text};
    out->context.marks = &memory->marks;
    if (!hg_naming_of(context.row, &by) || by.index == HG_NO_SIGNATURE)
        return HG_OK;
    out->match = hg_match_texts_of(context.database, &by);
    out->is_named = 1;
    memory->marks = out->match.marks;
    if (!with_answer || !hg_event_is_handshake(context.row.columns->event[context.row.index]))
        return HG_OK;
    hg_named_handshake of;
    hg_known_answer *known;
    hg_status status = hg_handshake_of_row(batch, context.database, context.row.index, &of, error);
    if (status == HG_OK)
        status = hg_answer_of(&memory->answers, &of, &known, error);
    if (status == HG_OK)
        out->answer = &known->found;
    return status;
}

void hg_context_memory_use(hg_context_memory *memory, const hg_database *database)
{
    hg_answer_cache_use(&memory->answers, database);
    memory->answers.places = 2; /* rows with equal answers come in groups */
    memory->text.may_grow = 1;
}

void hg_context_memory_free(hg_context_memory *memory)
{
    hg_answer_cache_use(&memory->answers, NULL);
    free(memory->text.at);
    *memory = (hg_context_memory){.text = {0}};
}

hg_status hg_check_row_of(const hg_batch *batch, const hg_row *row, const hg_database *database, hg_error *error)
{
    hg_naming by;
    const hg_status status = hg_check_row(batch, row, error);
    return status == HG_OK && hg_naming_of(*row, &by) ? hg_naming_check(database, row->index, &by, error) : status;
}
