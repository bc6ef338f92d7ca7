/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * login.h - the row of HG_EVENT_LOGIN, which several readers report. It has neither name nor password.
 */
#pragma once

#include "flow/reader.h"

HG_FITS_EVENT(hg_greetings_values);

/* Fills the values of the event. */
static inline void hg_login_report(const hg_reader_output *to, hg_login protocol, int is_refused)
{
    const hg_greetings_values found = {.login_protocol = (uint8_t)protocol, .login_refused = is_refused != 0};
    memcpy(to->values, &found, sizeof found);
}

static inline HG_ROW_WRITER(hg_login_write, greetings)
