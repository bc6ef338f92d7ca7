/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * rows.c - the columns that all events share; each reader writes its own.
 */
#include "blocks/block.h"

#include "flow/identity.h"
#include "hg_records.h"
#include "packet/sender.h"
#include "tcp/write.h"

/* The values that are the same in all rows of one packet: its sender, time and numbers. */
typedef struct origin {
    const hg_packet *packet;
    const hg_frame *frame;
    const hg_block *block;
    uint64_t flow;
    uint8_t from_server;
    uint8_t scope;
} origin;

static inline origin origin_of(const hg_block *block, uint32_t packet, uint64_t flow, uint8_t from_server,
                               uint8_t scope)
{
    const hg_packet *at = block->packets + packet;
    return (origin){at, block->frames + at->frame, block, flow, from_server, scope};
}

static inline void put_address(uint8_t (*column)[16], uint32_t row, uint32_t rows, const hg_address *address)
{
    const hg_address copy = *address;
    for (uint32_t i = 0; i < rows; i++)
        memcpy(column[row + i], copy.word, sizeof copy.word);
}

static __attribute__((cold, noinline)) void write_tunnel(const hg_columns *c, uint32_t row, uint32_t rows,
                                                         const origin *from)
{
    hg_tunnel_id id = {0};
    const uint8_t tunnel = hg_outer_of(from->packet, from->frame, from->block->sha256, &id);
    for (uint32_t i = 0; i < rows; i++)
        memcpy(c->outer[row + i], &id, sizeof id);
    HG_PUT_ALL(tunnel, tunnel);
}

static inline void write_origin(const hg_columns *c, uint32_t row, uint32_t rows, const origin *from)
{
    HG_PUT_ALL(time_ns, from->frame->time_ns);
    HG_PUT_ALL(packet_number, hg_frame_number(from->frame, from->packet->frame, from->block->first_number));
    HG_PUT_ALL(flow, from->flow);
    HG_PUT_ALL(from_server, from->from_server);
    HG_PUT_ALL(ip_version, from->packet->version);
    put_address(c->src_ip, row, rows, &from->packet->source);
    put_address(c->dst_ip, row, rows, &from->packet->destination);
    HG_PUT_ALL(src_port, from->packet->source_port);
    HG_PUT_ALL(dst_port, from->packet->destination_port);
    HG_PUT_ALL(tunnel, from->packet->tunnel);
    if (__builtin_expect(from->packet->tunnel != HG_TUNNEL_NONE, 0))
        write_tunnel(c, row, rows, from);
    HG_PUT_ALL(scope, from->scope);
}

/* The next row to write, in the shared columns and in the TCP reader's columns. */
typedef struct row_cursor {
    uint32_t row;
    uint32_t tcp;
} row_cursor;

/* Writes a handshake; if `rows` is 2, also its MTU. */
static inline __attribute__((always_inline)) void write_handshake(const hg_columns *c, row_cursor *at, uint32_t rows,
                                                                  const origin *from, const hg_outcome *outcome,
                                                                  const hg_handshake *handshake)
{
    const uint32_t row = at->row;
    write_origin(c, row, rows, from);
    HG_PUT_ROWS(event, from->from_server ? HG_EVENT_SYN_ACK : HG_EVENT_SYN, HG_EVENT_MTU);
    hg_tcp_write_handshake(&c->tcp, at->tcp, rows, row, outcome, handshake);
    at->row += rows;
    at->tcp += rows;
}

/* Takes the cursor by value, so that the caller can keep it in registers. Few packets come here. */
static __attribute__((noinline)) void write_uptime(const hg_columns *c, row_cursor at, const hg_block *block,
                                                   const hg_outcome *outcome)
{
    const origin from = origin_of(block, outcome->packet, outcome->flow, outcome->from_server, outcome->scope);
    const uint32_t row = at.row, rows = 1;
    write_origin(c, row, rows, &from);
    HG_PUT_ALL(event, from.from_server ? HG_EVENT_SERVER_UPTIME : HG_EVENT_CLIENT_UPTIME);
    hg_tcp_write_uptime(&c->tcp, at.tcp, row, block->uptimes + (outcome - block->outcomes));
}

/* Writes the rows for one packet's result of the TCP reader. */
static inline __attribute__((always_inline)) void write_outcome(const hg_columns *c, row_cursor *at,
                                                                const hg_block *block, const hg_outcome *outcome)
{
    const hg_handshake *handshake = block->handshakes + outcome->packet;
    const origin from = origin_of(block, outcome->packet, outcome->flow, outcome->from_server, HG_SCOPE_REMOTE);
    if ((outcome->events & 1 << HG_EVENT_MTU) != 0)
        write_handshake(c, at, 2, &from, outcome, handshake);
    else if ((outcome->events & HG_HANDSHAKE_EVENTS) != 0)
        write_handshake(c, at, 1, &from, outcome, handshake);
    if ((outcome->events & HG_UPTIME_EVENTS) != 0) {
        write_uptime(c, *at, block, outcome);
        at->row++;
        at->tcp++;
    }
}

/* Writes the anomalies of bytes, and the origin of those that the packet's receiver sent, or that no packet
 * acknowledged. */
static __attribute__((cold, noinline)) void write_late(const hg_columns *c, uint32_t row, const hg_block *block,
                                                       const hg_reader_event *found)
{
    const uint32_t rows = 1;
    const hg_packet *packet = block->packets + found->packet;
    c->anomalies[row] = found->anomalies;
    if (found->is_late != HG_LATE && found->is_late != HG_NEVER)
        return;
    if (found->is_late == HG_NEVER) {
        const hg_waiting *waiting = block->waiting + (found - block->reader_events);
        packet = &waiting->packet;
        HG_PUT_ALL(time_ns, waiting->sent.time_ns);
        HG_PUT_ALL(packet_number, waiting->sent.packet_number);
        HG_PUT_ALL(ip_version, packet->version);
        HG_PUT_ALL(tunnel, waiting->sent.tunnel);
        memcpy(c->outer[row], &waiting->sent.outer, sizeof waiting->sent.outer);
    }
    put_address(c->src_ip, row, rows, &packet->destination);
    put_address(c->dst_ip, row, rows, &packet->source);
    HG_PUT_ALL(src_port, packet->destination_port);
    HG_PUT_ALL(dst_port, packet->source_port);
}

/* Writes an event of a stream or datagram reader, or of segments. `reserved->rows` has the next row in each reader's
 * columns. */
static void write_reader_event(const hg_columns *c, row_cursor *at, hg_reservation *reserved, const hg_block *block,
                               const hg_reader_event *found)
{
    const origin from = origin_of(block, found->packet, found->flow, found->from_server, found->scope);
    const uint32_t row = at->row++, rows = 1;
    write_origin(c, row, rows, &from);
    if (found->is_late)
        write_late(c, row, block, found);
    HG_PUT_ALL(event, found->event);
    found->write(c, reserved->rows[hg_event_reader(found->event)]++, row, &found->values);
}

/* Whether the result `i` of the TCP reader is written before the reader event `t`. Rows are in the order in which their
 * events were found, wherever a batch ends: by packets; and of one packet, the result is the last one, except that a
 * handshake's own data are read after it. */
static int is_tcp_next(const hg_block *block, uint32_t i, uint32_t t)
{
    const hg_outcome *outcome = block->outcomes + i;
    const hg_reader_event *found = block->reader_events + t;
    if (i == block->outcome_count || t == block->reader_event_count || outcome->packet != found->packet)
        return t == block->reader_event_count || (i < block->outcome_count && outcome->packet < found->packet);
    return hg_is_handshake(block->packets + found->packet) && found->event != HG_EVENT_SEGMENTS &&
           (found->is_late == HG_IN_TIME || found->is_late == HG_DOUBTED_BEFORE);
}

/* Writes all events of a block with reader events. */
static void write_all(const hg_block *block, const hg_columns *c, row_cursor at)
{
    hg_reservation reserved = block->reserved;
    uint32_t i = 0, t = 0;
    while (i < block->outcome_count || t < block->reader_event_count) {
        if (is_tcp_next(block, i, t))
            write_outcome(c, &at, block, block->outcomes + i++);
        else
            write_reader_event(c, &at, &reserved, block, block->reader_events + t++);
    }
}

/* ---- stations -------------------------------------------------------------------------------------------- */

/* A MAC on the segment of a frame. */
static uint64_t station_at(const hg_frame *frame, const uint8_t *mac)
{
    uint8_t station[HG_STATION];
    uint64_t word;
    if (!hg_mac_is_station(mac))
        return 0;
    const uint64_t segment = hg_segment_of(frame);
    const hg_tunnel_id id = hg_segment_id(segment);
    hg_put_station(station, mac, segment == 0 ? 0 : hg_segment_number(&id));
    memcpy(&word, station, sizeof word);
    return word;
}

/* The station that sent the frame of a packet outside tunnels; 0: not known. */
static uint64_t station_of(const hg_block *block, uint32_t packet)
{
    const hg_packet *at = block->packets + packet;
    const hg_frame *frame = block->frames + at->frame;
    uint8_t mac[HG_MAC_LENGTH];
    return hg_in_tunnel(at) || !hg_source_mac(frame, mac) ? 0 : station_at(frame, mac);
}

/* The station that the frame of a handshake was sent to; 0: not known. */
static uint64_t receiver_of(const hg_block *block, const hg_outcome *outcome)
{
    const hg_packet *at = block->packets + outcome->packet;
    const hg_frame *frame = block->frames + at->frame;
    const int is_known =
        (outcome->events & HG_HANDSHAKE_EVENTS) != 0 && frame->linktype == LINKTYPE_ETHERNET && !hg_in_tunnel(at);
    return is_known ? station_at(frame, frame->data) : 0;
}

static uint32_t rows_of(const hg_outcome *outcome)
{
    const uint32_t handshakes = (outcome->events & HG_HANDSHAKE_EVENTS) != 0,
                   mtus = outcome->events >> HG_EVENT_MTU & 1;
    return handshakes + mtus + ((outcome->events & HG_UPTIME_EVENTS) != 0 ? 1 : 0);
}

/* Writes the stations and receivers of all rows, in the order of write_all. Only inventories want them, so other runs
 * pay nothing. */
static __attribute__((cold, noinline)) void write_stations(const hg_block *block, const hg_columns *c)
{
    uint32_t row = block->reserved.row, i = 0, t = 0;
    while (i < block->outcome_count || t < block->reader_event_count) {
        const hg_outcome *outcome = block->outcomes + i;
        const hg_reader_event *found = block->reader_events + t;
        const int is_tcp = is_tcp_next(block, i, t);
        const uint64_t station = is_tcp ? station_of(block, outcome->packet)
                                 : found->is_late && found->is_late != HG_DOUBTED_BEFORE
                                     ? 0 /* the frame came from the receiver */
                                     : station_of(block, found->packet);
        const uint64_t receiver = is_tcp ? receiver_of(block, outcome) : 0;
        for (uint32_t rows = is_tcp ? rows_of(outcome) : 1; rows > 0; rows--) {
            c->receiver[row] = receiver;
            c->station[row++] = station;
        }
        i += (uint32_t)is_tcp;
        t += (uint32_t)!is_tcp;
    }
}

void hg_rows_write(const hg_block *block, const hg_columns *columns)
{
    const hg_columns local = *columns, *c = &local; /* a copy, so that the compiler knows that no store changes it */
    row_cursor at = {.row = block->reserved.row, .tcp = block->reserved.rows[HG_READER_TCP]};
    if (block->senders != NULL)
        write_stations(block, columns);
    if (block->reader_event_count > 0) {
        write_all(block, columns, at);
        return;
    }
    const hg_outcome *end = block->outcomes + block->outcome_count;
    for (const hg_outcome *outcome = block->outcomes; outcome < end; outcome++)
        write_outcome(c, &at, block, outcome);
}
