/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "rows.h"

#include <string.h>

/* Rows cleared at once; a fixed number, so that clearing a column is a few wide stores. */
enum { ROWS_AT_ONCE = 128 };

/* In every column the value that stands for none is either zero or HG_NO_SIGNATURE, all bits
 * set. */
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

static void clear(const hg_columns *c, uint32_t from, uint32_t rows)
{
    for (; rows >= ROWS_AT_ONCE; from += ROWS_AT_ONCE, rows -= ROWS_AT_ONCE)
        clear_rows(c, from, ROWS_AT_ONCE);
    clear_rows(c, from, rows);
}

/* Who and when; the same in all rows of a packet. */
typedef struct origin {
    const hg_packet *packet;
    int64_t time_ns;
    uint64_t packet_number;
    uint8_t from_server;
} origin;

static inline void write_origin(const hg_columns *c, uint32_t row, const origin *from, hg_event event)
{
    const hg_packet *packet = from->packet;
    c->time_ns[row] = from->time_ns;
    c->packet_number[row] = from->packet_number;
    c->event[row] = (uint8_t)event;
    c->from_server[row] = from->from_server;
    c->version[row] = packet->version;
    memcpy(c->src_ip[row], packet->source.word, sizeof packet->source.word);
    memcpy(c->dst_ip[row], packet->destination.word, sizeof packet->destination.word);
    c->src_port[row] = packet->source_port;
    c->dst_port[row] = packet->destination_port;
    c->tunnel[row] = packet->tunnel;
}

static inline void write_handshake(const hg_columns *c, uint32_t row, const hg_handshake *handshake,
                                   uint8_t syn_seen)
{
    const hg_observation *o = &handshake->observation;
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

static inline void write_uptime(const hg_columns *c, uint32_t row, const hg_uptime *uptime)
{
    c->uptime_minutes[row] = uptime->minutes;
    c->modulo_days[row] = uptime->modulo_days;
    c->frequency_hz[row] = uptime->frequency;
    c->raw_frequency_hz[row] = uptime->raw_frequency;
    c->doubt[row] = uptime->doubt;
}

enum { HANDSHAKES = 1 << HG_EVENT_SYN | 1 << HG_EVENT_SYN_ACK };

void hg_rows_write(const hg_block *block, const hg_columns *columns, uint32_t row)
{
    const hg_columns local = *columns, *c = &local; /* nothing that is written can change it */
    const hg_uptime *uptime = block->uptimes;
    clear(c, row, block->row_count);
    for (uint32_t i = 0; i < block->outcome_count; i++) {
        const hg_outcome *outcome = block->outcomes + i;
        const hg_packet *packet = block->packets + outcome->packet;
        const hg_handshake *handshake = block->handshakes + outcome->packet;
        const hg_frame *frame = block->frames + packet->frame;
        origin from = {packet, frame->time_ns, block->first_number + packet->frame + frame->passed,
                       outcome->from_server};
        if ((outcome->events & HANDSHAKES) != 0) {
            write_origin(c, row, &from, outcome->from_server ? HG_EVENT_SYN_ACK : HG_EVENT_SYN);
            write_handshake(c, row++, handshake, outcome->syn_seen);
        }
        if ((outcome->events & 1 << HG_EVENT_MTU) != 0) {
            write_origin(c, row, &from, HG_EVENT_MTU);
            c->mtu[row] = hg_mtu(&handshake->observation);
            c->link[row++] = handshake->link;
        }
        if (hg_has_uptime(outcome)) {
            write_origin(c, row, &from, outcome->from_server ? HG_EVENT_SERVER_UPTIME : HG_EVENT_CLIENT_UPTIME);
            write_uptime(c, row++, uptime++);
        }
    }
}
