/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * spread.c - a reader's dense column as one with a value for every event.
 */
#include <string.h>

#include "huginn.h"

void hg_spread_values(const uint8_t *values, uint32_t value_bytes, const uint32_t *rows, uint32_t count,
                      uint8_t *out)
{
    for (uint32_t i = 0; i < count; i++)
        memcpy(out + (size_t)rows[i] * value_bytes, values + (size_t)i * value_bytes, value_bytes);
}
