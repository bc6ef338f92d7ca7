/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * batch.h - a list of all columns of a batch, for code that copies rows.
 */
#pragma once

#include <stddef.h>
#include <string.h>

#include "hg_columns.h"

typedef struct hg_batch_column {
    size_t place;        /* offset of the column's pointer in hg_columns */
    size_t bytes;        /* size of one value */
    hg_reader_id reader; /* the reader that fills the column; HG_READERS: it is shared by all readers */
} hg_batch_column;

extern const hg_batch_column hg_batch_columns[];
extern const uint32_t hg_batch_column_count;

/* The total size of one row's values in the shared columns. */
#define HG_SHARED_OF(name, reader) +((reader) == HG_READERS ? sizeof *((hg_columns *)0)->name : 0)
enum { HG_SHARED_BYTES = 0 HG_EACH_COLUMN(HG_SHARED_OF) };
#undef HG_SHARED_OF

static inline void hg_batch_reset(hg_batch *batch)
{
    if (batch->has_anomalies)
        memset(batch->columns.anomalies, 0, batch->capacity * sizeof *batch->columns.anomalies);
    batch->count = batch->has_anomalies = 0;
    memset(batch->counts, 0, sizeof batch->counts);
    batch->text_count = batch->completion_count = batch->sender_count = batch->stealth_count = batch->torn_count = 0;
}

/* Copies a row's values in the shared columns to `out`, one after the other, HG_SHARED_BYTES in all. */
void hg_copy_shared(const hg_columns *columns, uint32_t row, uint8_t *out);
/* Sets one value in a row that hg_copy_shared copied; `place` is the column's hg_batch_column.place. */
void hg_set_shared(uint8_t *shared, size_t place, const void *value);

/* The values of one column. */
uint8_t *hg_values_of(const hg_columns *columns, const hg_batch_column *column);
