/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * spread.c - columns as they are read, with a value for every event.
 */
#include <string.h>

#include "huginn.h"

void hg_spread_values(const uint8_t *values, uint32_t value_bytes, const uint32_t *rows, uint32_t count,
                      uint8_t *out)
{
    for (uint32_t i = 0; i < count; i++)
        memcpy(out + (size_t)rows[i] * value_bytes, values + (size_t)i * value_bytes, value_bytes);
}

void hg_clear_outer(const uint8_t *tunnel, uint32_t count, uint8_t *outer)
{
    for (uint32_t i = 0; i < count; i++)
        if (tunnel[i] == HG_TUNNEL_NONE)
            memset(outer + (size_t)i * HG_TUNNEL_BYTES, 0, HG_TUNNEL_BYTES);
}
