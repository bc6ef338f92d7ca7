/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * pieces.h - a handshake message, or a stream of them, that arrives in pieces in any order.
 */
#pragma once

#include <stddef.h>

#include "flow/runs.h"

/* The most bytes of a direction that are kept. The largest hello seen has 2,544. */
enum { HG_MOST_MESSAGE_BYTES = 16384 };

typedef struct hg_pieces {
    uint32_t capacity; /* of bytes */
    uint32_t count;
    hg_run runs[HG_RUNS_LIMIT];
    uint8_t bytes[];
} hg_pieces;

static inline size_t hg_pieces_bytes(uint32_t capacity)
{
    return sizeof(hg_pieces) + capacity;
}

/* Adds bytes, which must end within the capacity. The first copy of a byte wins. 0, and nothing is
 * added: there would be too many gaps. */
int hg_pieces_add(hg_pieces *pieces, uint32_t offset, const uint8_t *data, uint32_t length);

/* Bytes there are from `offset` on without a gap. */
uint32_t hg_pieces_from(const hg_pieces *pieces, uint32_t offset);
