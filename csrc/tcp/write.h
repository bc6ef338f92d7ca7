/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * write.h - writes the TCP reader's results for a packet into rows of its columns.
 *
 * The functions are in a header, so that the compiler sees that no write changes the caller's copy of the column
 * addresses, and keeps it in registers.
 */
#pragma once

#include "base/columns.h"
#include "tcp/conversation.h"

static inline void hg_write_observation(const hg_tcp_columns *c, uint32_t row, uint32_t rows, const hg_observation *o)
{
    HG_PUT_FIRST(ttl, o->ttl);
    HG_PUT_FIRST(olen, o->olen);
    HG_PUT_FIRST(mss, o->mss);
    HG_PUT_FIRST(wsize, o->window);
    HG_PUT_FIRST(window_kind, o->window_kind);
    HG_PUT_FIRST(window_multiple, o->window_multiple);
    HG_PUT_FIRST(wscale, o->wscale);
    memcpy(c->olayout[row], hg_olayout(o), HG_OLAYOUT_BYTES);
    if (rows > 1)
        memset(c->olayout[row + 1], 0, HG_OLAYOUT_BYTES);
    HG_PUT_FIRST(quirks, o->quirks);
    HG_PUT_FIRST(pclass, o->payload);
    HG_PUT_FIRST(dscp, o->dscp);
    HG_PUT_FIRST(ts1, o->ts1);
}

static inline void hg_write_uptime(const hg_tcp_columns *c, uint32_t row, uint32_t rows, const hg_uptime *uptime)
{
    HG_PUT_FIRST(uptime_minutes, uptime->minutes);
    HG_PUT_FIRST(modulo_days, uptime->modulo_days);
    HG_PUT_FIRST(frequency_hz, uptime->frequency);
    HG_PUT_FIRST(raw_frequency_hz, uptime->raw_frequency);
    HG_PUT_FIRST(uptime_doubt, uptime->doubt);
}

/* Writes the row of a handshake, and with `rows` 2 the row of its MTU after it. `shared` is the place of the first row
 * in the shared columns. */
static inline __attribute__((always_inline)) void hg_tcp_write_handshake(const hg_tcp_columns *c, uint32_t row,
                                                                         uint32_t rows, uint32_t shared,
                                                                         const hg_outcome *outcome,
                                                                         const hg_handshake *handshake)
{
    static const hg_uptime none = {0};
    HG_PUT_ROWS(row, shared, shared + 1);
    hg_write_observation(c, row, rows, &handshake->observation);
    hg_write_uptime(c, row, rows, &none);
    HG_PUT_FIRST(ittl, handshake->ittl);
    HG_PUT_FIRST(distance, (int16_t)handshake->distance);
    HG_PUT_ROWS(signature, handshake->match.signature, HG_NO_SIGNATURE);
    HG_PUT_FIRST(fuzzy, handshake->match.fuzzy);
    HG_PUT_FIRST(syn_seen, outcome->syn_seen);
    HG_PUT_ROWS(mtu, 0, handshake->mtu);
    HG_PUT_ROWS(link, HG_NO_SIGNATURE, handshake->link);
}

static inline void hg_tcp_write_uptime(const hg_tcp_columns *c, uint32_t row, uint32_t shared, const hg_uptime *uptime)
{
    static const hg_observation none = {0};
    const uint32_t rows = 1;
    HG_PUT_ALL(row, shared);
    hg_write_observation(c, row, rows, &none);
    hg_write_uptime(c, row, rows, uptime);
    HG_PUT_ALL(ittl, 0);
    HG_PUT_ALL(distance, 0);
    HG_PUT_ALL(signature, HG_NO_SIGNATURE);
    HG_PUT_ALL(fuzzy, 0);
    HG_PUT_ALL(syn_seen, 0);
    HG_PUT_ALL(mtu, 0);
    HG_PUT_ALL(link, HG_NO_SIGNATURE);
}
