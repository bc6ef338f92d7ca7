/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * fields.h - the values of a greeting in records.
 */
#pragma once

#include "base/value.h"

enum { HG_MOST_GREETING = 255 }; /* bytes of any of its texts */

/* HG_E_ARGUMENT: texts of a row of this reader lie outside the texts of the batch, or its protocol is unknown. */
hg_status hg_check_greeting(const hg_batch *batch, const hg_row *row, hg_error *error);
