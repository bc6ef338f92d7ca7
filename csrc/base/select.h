/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * select.h - all columns of a batch, for what copies rows.
 */
#ifndef HG_BASE_SELECT_H
#define HG_BASE_SELECT_H

#include <stddef.h>

#include "huginn.h"

typedef struct hg_batch_column {
    size_t place;        /* of its address in hg_columns */
    size_t bytes;        /* of a value */
    hg_reader_id reader; /* HG_READERS: all share it */
} hg_batch_column;

extern const hg_batch_column hg_batch_columns[];
extern const uint32_t hg_batch_column_count;

uint8_t *hg_values_of(const hg_columns *columns, const hg_batch_column *of);

#endif
