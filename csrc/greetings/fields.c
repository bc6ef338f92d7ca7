/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "greetings/fields.h"

#include "base/error.h"

static int is_text(const hg_batch *batch, uint32_t offset, uint32_t length)
{
    return offset <= batch->text_count && length <= batch->text_count - offset && length <= HG_MOST_GREETING;
}

hg_status hg_check_greeting(const hg_batch *batch, const hg_row *row, hg_error *error)
{
    const hg_greeting_columns *c = &batch->columns.greetings;
    const uint32_t at = row->at;
    if (c->greeting_protocol[at] >= HG_GREETINGS)
        return hg_fail(error, HG_E_ARGUMENT, "row %u has a greeting of no known protocol", row->index);
    if (!is_text(batch, c->program_offset[at], c->program_length[at]) ||
        !is_text(batch, c->program_version_offset[at], c->program_version_length[at]) ||
        !is_text(batch, c->program_variant_offset[at], c->program_variant_length[at]) ||
        !is_text(batch, c->stated_system_offset[at], c->stated_system_length[at]) ||
        !is_text(batch, c->greeting_text_offset[at], c->greeting_text_length[at]))
        return hg_fail(error, HG_E_ARGUMENT, "row %u refers to texts that there are not", row->index);
    return HG_OK;
}
