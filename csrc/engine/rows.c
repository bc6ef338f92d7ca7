/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * rows.c - the columns that all events share; each reader writes its own.
 */
#include "engine/rows.h"

#include "base/columns.h"
#include "tcp/write.h"

/* A packet that told something: who sent it when. The same in all its rows. */
typedef struct origin {
    const hg_packet *packet;
    const hg_frame *frame;
    const hg_outcome *outcome;
    uint64_t first_number;
} origin;

static inline void put_address(uint8_t (*column)[16], uint32_t row, uint32_t rows, const hg_address *address)
{
    const hg_address copy = *address;
    for (uint32_t i = 0; i < rows; i++)
        memcpy(column[row + i], copy.word, sizeof copy.word);
}

static inline void write_origin(const hg_columns *c, uint32_t row, uint32_t rows, const origin *from)
{
    HG_EACH(time_ns, from->frame->time_ns);
    HG_EACH(packet_number, from->first_number + from->packet->frame + from->frame->passed);
    HG_EACH(flow, from->outcome->flow);
    HG_EACH(from_server, from->outcome->from_server);
    HG_EACH(version, from->packet->version);
    put_address(c->src_ip, row, rows, &from->packet->source);
    put_address(c->dst_ip, row, rows, &from->packet->destination);
    HG_EACH(src_port, from->packet->source_port);
    HG_EACH(dst_port, from->packet->destination_port);
    HG_EACH(tunnel, from->packet->tunnel);
}

/* The next row to be written, in the shared columns and in those of the TCP reader. */
typedef struct cursor {
    uint32_t row;
    uint32_t tcp;
} cursor;

/* A handshake, with `rows` 2 also its MTU. */
static inline __attribute__((always_inline)) void write_handshake(const hg_columns *c, cursor *at, uint32_t rows,
                                                                  const origin *from, const hg_handshake *handshake)
{
    const uint32_t row = at->row;
    write_origin(c, row, rows, from);
    HG_PUT_ROWS(event, from->outcome->from_server ? HG_EVENT_SYN_ACK : HG_EVENT_SYN, HG_EVENT_MTU);
    hg_tcp_write_handshake(&c->tcp, at->tcp, rows, row, from->outcome, handshake);
    at->row += rows;
    at->tcp += rows;
}

static void write_uptime(const hg_columns *c, cursor *at, const origin *from, const hg_uptime *uptime)
{
    const uint32_t row = at->row++, rows = 1;
    write_origin(c, row, rows, from);
    HG_EACH(event, from->outcome->from_server ? HG_EVENT_SERVER_UPTIME : HG_EVENT_CLIENT_UPTIME);
    hg_tcp_write_uptime(&c->tcp, at->tcp++, row, uptime);
}

void hg_rows_write(const hg_block *block, const hg_columns *columns)
{
    const hg_columns local = *columns, *c = &local; /* nothing that is written can change it */
    const hg_uptime *uptime = block->uptimes;
    cursor at = {.row = block->reserved.row, .tcp = block->reserved.rows[HG_READER_TCP]};
    for (uint32_t i = 0; i < block->outcome_count; i++) {
        const hg_outcome *outcome = block->outcomes + i;
        const hg_handshake *handshake = block->handshakes + outcome->packet;
        const hg_packet *packet = block->packets + outcome->packet;
        const origin from = {packet, block->frames + packet->frame, outcome, block->first_number};
        if ((outcome->events & 1 << HG_EVENT_MTU) != 0)
            write_handshake(c, &at, 2, &from, handshake);
        else if ((outcome->events & HG_HANDSHAKE_EVENTS) != 0)
            write_handshake(c, &at, 1, &from, handshake);
        if (hg_has_uptime(outcome))
            write_uptime(c, &at, &from, uptime++);
    }
}
