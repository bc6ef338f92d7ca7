/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * check.h - checks whether rows that the engine did not write can be written as records.
 */
#pragma once

#include "base/value.h"

/* HG_E_ARGUMENT when the row has an unknown event, no values, or values that would be read out of bounds. */
hg_status hg_check_row(const hg_batch *batch, const hg_row *row, hg_error *error);
/* hg_check_row, and also HG_E_ARGUMENT when the row refers to a record that the database (or NULL) does not have. */
hg_status hg_check_row_of(const hg_batch *batch, const hg_row *row, const hg_database *database, hg_error *error);
