/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * row_answer.h - the handshake that the answer to a row depends on.
 */
#pragma once

#include "answers/cache.h"
#include "base/value.h"

/* Fills `out` with the row's handshake. HG_E_ARGUMENT: the row is no handshake, or refers to an entry that the database
 * (or NULL) lacks. The signature may be HG_NO_SIGNATURE. */
hg_status hg_handshake_of_row(const hg_batch *batch, const hg_database *database, uint32_t index, hg_named_handshake *out,
                              hg_error *error);
