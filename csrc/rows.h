/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * rows.h - writes events into the columns of a batch.
 */
#ifndef HG_ROWS_H
#define HG_ROWS_H

#include "matcher.h"
#include "uptime.h"

/* A packet can tell this many things: handshake, MTU, uptime. */
enum { HG_MOST_ROWS_A_PACKET = 3 };

/* The packet that an event speaks of. */
typedef struct hg_occasion {
    const hg_packet *packet;
    int64_t time_ns;
    uint64_t packet_number;
    uint8_t from_server;
} hg_occasion;

/* Clears the next rows behind the `*prepared` that are ready: in every column their value is the
 * one that stands for none. */
void hg_rows_clear(hg_batch *batch, uint32_t *prepared);

/* Makes the rows that a packet may need ready. Rows are cleared many at a time: in long runs
 * that costs a fraction of clearing each column row by row. */
static inline void hg_rows_prepare(hg_batch *batch, uint32_t *prepared)
{
    if (batch->count + HG_MOST_ROWS_A_PACKET > *prepared)
        hg_rows_clear(batch, prepared);
}

void hg_row_handshake(hg_batch *batch, const hg_occasion *occasion, const hg_handshake *handshake,
                      uint8_t syn_seen);
void hg_row_mtu(hg_batch *batch, const hg_occasion *occasion, uint32_t mtu, uint32_t link);
void hg_row_uptime(hg_batch *batch, const hg_occasion *occasion, const hg_uptime *uptime);

#endif
