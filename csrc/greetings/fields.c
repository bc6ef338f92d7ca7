/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "greetings/fields.h"

#include "base/error.h"
#include "hg_columns.h"

hg_status hg_check_greeting(const hg_batch *batch, const hg_row *row, hg_error *error)
{
    const uint32_t at = row->at, most = HG_MOST_GREETING;
    const hg_greeting_columns *c = &batch->columns.greetings;
    if (c->greeting_protocol[at] >= HG_GREETINGS || c->login_protocol[at] >= HG_LOGINS)
        return hg_fail(error, HG_E_ARGUMENT, "row %u has a greeting or login in an unknown protocol", row->index);
    if (c->proxied_version[at] != 4 && c->proxied_version[at] != 6 &&
        row->columns->event[row->index] == HG_EVENT_PROXIED)
        return hg_fail(error, HG_E_ARGUMENT, "row %u has a PROXY header of unknown addresses", row->index);
    if (!(1 HG_GREETINGS_TEXTS(HG_AND_HAS_TEXT)))
        return hg_fail(error, HG_E_ARGUMENT, "row %u has texts too long or outside the batch", row->index);
    return HG_OK;
}
