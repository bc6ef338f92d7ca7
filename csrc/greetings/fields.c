/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "greetings/fields.h"

#include "base/error.h"

hg_status hg_check_greeting(const hg_batch *batch, const hg_row *row, hg_error *error)
{
    const hg_greeting_columns *c = &batch->columns.greetings;
    const uint32_t at = row->at;
    if (c->greeting_protocol[at] >= HG_GREETINGS)
        return hg_fail(error, HG_E_ARGUMENT, "row %u has a greeting in an unknown protocol", row->index);
    if (!HG_HAS_TEXT(batch, c, program, at, HG_MOST_GREETING) ||
        !HG_HAS_TEXT(batch, c, program_version, at, HG_MOST_GREETING) ||
        !HG_HAS_TEXT(batch, c, program_variant, at, HG_MOST_GREETING) ||
        !HG_HAS_TEXT(batch, c, stated_system, at, HG_MOST_GREETING) ||
        !HG_HAS_TEXT(batch, c, greeting_text, at, HG_MOST_GREETING))
        return hg_fail(error, HG_E_ARGUMENT, "row %u refers to texts outside the batch", row->index);
    return HG_OK;
}
