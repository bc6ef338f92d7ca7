/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "rows.h"

#include <string.h>

/* A new row: who, when, and zeros for all that the event may have no value for. */
static uint32_t begin_row(hg_batch *batch, const hg_occasion *occasion, hg_event event)
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
    return row;
}

static void clear_handshake(const hg_columns *c, uint32_t row)
{
    c->ttl[row] = 0;
    c->ittl[row] = 0;
    c->distance[row] = 0;
    c->olen[row] = 0;
    c->mss[row] = 0;
    c->wsize[row] = 0;
    c->window_kind[row] = 0;
    c->window_multiple[row] = 0;
    c->wscale[row] = 0;
    memset(c->olayout[row], 0, sizeof c->olayout[row]);
    c->quirks[row] = 0;
    c->pclass[row] = 0;
    c->dscp[row] = 0;
    c->signature[row] = HG_NO_SIGNATURE;
    c->fuzzy[row] = 0;
    c->syn_seen[row] = 0;
}

static void clear_mtu(const hg_columns *c, uint32_t row)
{
    c->mtu[row] = 0;
    c->link[row] = HG_NO_SIGNATURE;
}

static void clear_uptime(const hg_columns *c, uint32_t row)
{
    c->uptime_minutes[row] = 0;
    c->modulo_days[row] = 0;
    c->frequency_hz[row] = 0;
    c->raw_frequency_hz[row] = 0;
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
    clear_mtu(c, row);
    clear_uptime(c, row);
}

void hg_row_mtu(hg_batch *batch, const hg_occasion *occasion, uint32_t mtu, uint32_t link)
{
    uint32_t row = begin_row(batch, occasion, HG_EVENT_MTU);
    clear_handshake(&batch->columns, row);
    batch->columns.mtu[row] = mtu;
    batch->columns.link[row] = link;
    clear_uptime(&batch->columns, row);
}

void hg_row_uptime(hg_batch *batch, const hg_occasion *occasion, const hg_uptime *uptime)
{
    const hg_columns *c = &batch->columns;
    uint32_t row =
        begin_row(batch, occasion, occasion->from_server ? HG_EVENT_SERVER_UPTIME : HG_EVENT_CLIENT_UPTIME);
    clear_handshake(c, row);
    clear_mtu(c, row);
    c->uptime_minutes[row] = uptime->minutes;
    c->modulo_days[row] = uptime->modulo_days;
    c->frequency_hz[row] = uptime->frequency;
    c->raw_frequency_hz[row] = uptime->raw_frequency;
}
