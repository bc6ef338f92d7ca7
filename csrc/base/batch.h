/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * batch.h - all columns of a batch, for what copies rows.
 */
#pragma once

#include <stddef.h>

#include "hg_columns.h"
#include "huginn.h"

typedef struct hg_batch_column {
    size_t place;        /* of its address in hg_columns */
    size_t bytes;        /* of a value */
    hg_reader_id reader; /* HG_READERS: all share it */
} hg_batch_column;

extern const hg_batch_column hg_batch_columns[];
extern const uint32_t hg_batch_column_count;

/* What the columns that all readers share have of one row, one value after the other. */
#define HG_SHARED_OF(name, reader) + ((reader) == HG_READERS ? sizeof *((hg_columns *)0)->name : 0)
enum { HG_SHARED_BYTES = 0 HG_EACH_COLUMN(HG_SHARED_OF) };
#undef HG_SHARED_OF

void hg_copy_shared(const hg_columns *columns, uint32_t row, uint8_t *out);
/* Sets the value of the column at a place in hg_columns. */
void hg_set_shared(uint8_t *shared, size_t place, const void *value);

uint8_t *hg_values_of(const hg_columns *columns, const hg_batch_column *of);
