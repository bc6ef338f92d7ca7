/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * check.h - rows that the engine did not write: whether they can be written as records.
 */
#pragma once

#include "base/value.h"

/* HG_E_ARGUMENT where the row has no kind, no values, or values that would be read out of bounds. */
hg_status hg_check_row(const hg_batch *batch, const hg_row *row, hg_error *error);
/* The same, and where it refers to what the database (or NULL) does not hold. */
hg_status hg_check_row_of(const hg_batch *batch, const hg_row *row, const hg_database *database, hg_error *error);
