/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "rows.h"

#include <string.h>

/* Rows made ready at once; a fixed number, so that clearing a column is a few wide stores. */
enum { ROWS_AT_ONCE = 128 };

/* Columns whose "none" is not zero hold HG_NO_SIGNATURE, all bits set. */
#define ZERO(column) memset(c->column + from, 0, rows * sizeof *c->column)
#define NONE(column) memset(c->column + from, 0xFF, rows * sizeof *c->column)

static inline void clear_rows(const hg_columns *c, uint32_t from, uint32_t rows)
{
    ZERO(ttl), ZERO(ittl), ZERO(distance), ZERO(olen), ZERO(mss), ZERO(wsize);
    ZERO(window_kind), ZERO(window_multiple), ZERO(wscale), ZERO(olayout), ZERO(quirks);
    ZERO(pclass), ZERO(dscp), NONE(signature), ZERO(fuzzy), ZERO(syn_seen);
    ZERO(mtu), NONE(link);
    ZERO(uptime_minutes), ZERO(modulo_days), ZERO(frequency_hz), ZERO(raw_frequency_hz);
    ZERO(doubt);
}

void hg_rows_clear(hg_batch *batch, uint32_t *prepared)
{
    uint32_t from = *prepared, left = batch->capacity - from;
    if (left >= ROWS_AT_ONCE)
        clear_rows(&batch->columns, from, ROWS_AT_ONCE);
    else
        clear_rows(&batch->columns, from, left);
    *prepared = left >= ROWS_AT_ONCE ? from + ROWS_AT_ONCE : batch->capacity;
}

/* A new row: who and when. */
static inline uint32_t begin_row(hg_batch *batch, const hg_occasion *occasion, hg_event event)
{
    const hg_columns *c = &batch->columns;
    const hg_packet *packet = occasion->packet;
    uint32_t row = batch->count++;
    c->time_ns[row] = occasion->time_ns;
    c->packet_number[row] = occasion->packet_number;
    c->event[row] = (uint8_t)event;
    c->from_server[row] = occasion->from_server;
    c->version[row] = packet->version;
    memcpy(c->src_ip[row], packet->source.word, sizeof packet->source.word);
    memcpy(c->dst_ip[row], packet->destination.word, sizeof packet->destination.word);
    c->src_port[row] = packet->source_port;
    c->dst_port[row] = packet->destination_port;
    c->tunnel[row] = packet->tunnel;
    return row;
}

void hg_row_handshake(hg_batch *batch, const hg_occasion *occasion, const hg_handshake *handshake,
                      uint8_t syn_seen)
{
    const hg_columns *c = &batch->columns;
    const hg_observation *o = &handshake->observation;
    uint32_t row = begin_row(batch, occasion, o->response ? HG_EVENT_SYN_ACK : HG_EVENT_SYN);
    c->ttl[row] = o->ttl;
    c->ittl[row] = (uint8_t)(o->ttl + hg_guess_distance(o->ttl));
    c->distance[row] = (int16_t)handshake->distance;
    c->olen[row] = o->olen;
    c->mss[row] = o->mss;
    c->wsize[row] = o->window;
    c->window_kind[row] = o->window_kind;
    c->window_multiple[row] = o->window_multiple;
    c->wscale[row] = o->wscale;
    memcpy(c->olayout[row], hg_olayout(o), HG_OLAYOUT_BYTES);
    c->quirks[row] = o->quirks;
    c->pclass[row] = o->payload;
    c->dscp[row] = o->dscp;
    c->signature[row] = handshake->match.signature;
    c->fuzzy[row] = handshake->match.fuzzy;
    c->syn_seen[row] = syn_seen;
}

void hg_row_mtu(hg_batch *batch, const hg_occasion *occasion, uint32_t mtu, uint32_t link)
{
    uint32_t row = begin_row(batch, occasion, HG_EVENT_MTU);
    batch->columns.mtu[row] = mtu;
    batch->columns.link[row] = link;
}

void hg_row_uptime(hg_batch *batch, const hg_occasion *occasion, const hg_uptime *uptime)
{
    const hg_columns *c = &batch->columns;
    uint32_t row =
        begin_row(batch, occasion, occasion->from_server ? HG_EVENT_SERVER_UPTIME : HG_EVENT_CLIENT_UPTIME);
    c->uptime_minutes[row] = uptime->minutes;
    c->modulo_days[row] = uptime->modulo_days;
    c->frequency_hz[row] = uptime->frequency;
    c->raw_frequency_hz[row] = uptime->raw_frequency;
    c->doubt[row] = uptime->doubt;
}
