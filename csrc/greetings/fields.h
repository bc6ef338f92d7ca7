/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * fields.h - checks the values of a greeting before they are written into records.
 */
#pragma once

#include "base/value.h"

enum { HG_MOST_GREETING = 255 }; /* longest text, in bytes */

/* HG_E_ARGUMENT: texts of the row are too long or outside the batch, or its protocol is unknown. */
hg_status hg_check_greeting(const hg_batch *batch, const hg_row *row, hg_error *error);
