/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * field_context.h - the inputs of a row's fields.
 */
#pragma once

#include "answers/cache.h"
#include "rows/fields.h"
#include "rows/match_texts.h"

/* What the fields of a row depend on, whatever their source. */
typedef struct hg_field_context {
    hg_row_context context;
    hg_match_texts match;                  /* where is_named */
    const hg_found_answer *answer; /* where one was found */
    hg_writer *text;               /* for texts of answers */
    uint8_t is_named;
} hg_field_context;

/* Memory for what a row depends on, for one database. */
typedef struct hg_context_memory {
    hg_answer_cache answers;
    hg_writer text;
    hg_match_marks marks;
} hg_context_memory;

void hg_context_memory_use(hg_context_memory *memory, const hg_database *database);
void hg_context_memory_free(hg_context_memory *memory);
/* HG_E_ARGUMENT: no engine made the row, or it refers to what the database does not hold. */
hg_status hg_check_row_of(const hg_batch *batch, const hg_row *row, const hg_database *database, hg_error *error);
/* The context of a row that was checked. `memory` owns the answer, until the next call. */
hg_status hg_field_context_of(hg_context_memory *memory, const hg_batch *batch, hg_row_context context, int with_answer,
                              hg_field_context *out, hg_error *error);
