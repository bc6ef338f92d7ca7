/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * batch.h - a list of all columns of a batch, for code that copies rows.
 */
#pragma once

#include <stddef.h>

#include "hg_columns.h"
#include "huginn.h"

typedef struct hg_batch_column {
    size_t place;        /* offset in hg_columns of the pointer to the column */
    size_t bytes;        /* of one value */
    hg_reader_id reader; /* whose column it is; HG_READERS: all readers share it */
} hg_batch_column;

extern const hg_batch_column hg_batch_columns[];
extern const uint32_t hg_batch_column_count;

/* The size of one row's values in the shared columns, one after the other. */
#define HG_SHARED_OF(name, reader) + ((reader) == HG_READERS ? sizeof *((hg_columns *)0)->name : 0)
enum { HG_SHARED_BYTES = 0 HG_EACH_COLUMN(HG_SHARED_OF) };
#undef HG_SHARED_OF

void hg_copy_shared(const hg_columns *columns, uint32_t row, uint8_t *out);
/* Sets one value in a row that hg_copy_shared copied; `place` identifies the column, as in hg_batch_column. */
void hg_set_shared(uint8_t *shared, size_t place, const void *value);

uint8_t *hg_values_of(const hg_columns *columns, const hg_batch_column *of);
