/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * row_row_answer.h - the handshake that the answer to a row depends on.
 */
#pragma once

#include "answers/cache.h"
#include "base/value.h"

/* What the answer to a row depends on. HG_E_ARGUMENT for a row that is no handshake, or refers to what the database
 * (or NULL) does not hold; the signature may be HG_NO_SIGNATURE. */
hg_status hg_handshake_of_row(const hg_batch *batch, const hg_database *database, uint32_t index, hg_named_handshake *out,
                              hg_error *error);
