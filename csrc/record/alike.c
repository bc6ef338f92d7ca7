/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * alike.c - which signatures fit a row as well as the one that named it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "database/database.h"
#include "record/kinds.h"
#include "record/value.h"

/* What a row was made of, as far as matching needs it. */
static hg_observation observation_of(hg_row row)
{
    const hg_tcp_columns *tcp = &row.columns->tcp;
    const uint32_t at = row.at;
    hg_observation seen = {
        .quirks = tcp->quirks[at],
        .mss = tcp->mss[at],
        .window = tcp->wsize[at],
        .window_multiple = tcp->window_multiple[at],
        .window_kind = tcp->window_kind[at],
        .wscale = tcp->wscale[at],
        .version = row.columns->version[row.index],
        .response = row.columns->event[row.index] == HG_EVENT_SYN_ACK,
        .ttl = tcp->ttl[at],
        .olen = tcp->olen[at],
        .payload = tcp->pclass[at],
        .dscp = tcp->dscp[at],
        .option_count = tcp->olayout[at][HG_OLAYOUT_COUNT],
        .eol_pad = tcp->olayout[at][HG_OLAYOUT_EOL_PAD],
    };
    memcpy(seen.options, tcp->olayout[at], sizeof seen.options);
    return seen;
}

static uint32_t *put_head(uint32_t *p, hg_row row)
{
    const hg_tcp_columns *tcp = &row.columns->tcp;
    const uint32_t at = row.at, fuzzy = tcp->fuzzy[at];
    *p++ = tcp->signature[at];
    *p++ = fuzzy | (uint32_t)row.columns->version[row.index] << 8;
    *p++ = tcp->quirks[at];
    *p++ = fuzzy ? tcp->ttl[at] : 0;
    memcpy(p, tcp->olayout[at], sizeof tcp->olayout[at]);
    return p + sizeof tcp->olayout[at] / sizeof *p;
}

_Static_assert(HG_ALIKE_HEAD == 4 + sizeof(uint8_t[32]) / sizeof(uint32_t), "four numbers and a layout");

/* The numbers of a row at `p`; `matches` has room for all signatures. */
static uint32_t *put_row(uint32_t *p, const hg_database *database, hg_row row, hg_match *matches)
{
    const hg_db_signature *signatures = database->tables.signatures;
    const uint32_t own = row.columns->tcp.signature[row.at], fuzzy = row.columns->tcp.fuzzy[row.at];
    const hg_observation seen = observation_of(row);
    uint32_t count = hg_database_match_all(database, &seen, matches, database->tables.signatures_count);
    p = put_head(p, row);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t other = matches[i].signature;
        int same_kind = ((signatures[other].flags ^ signatures[own].flags) & HG_SIGNATURE_GENERIC) == 0;
        if (matches[i].fuzzy == fuzzy && (fuzzy || same_kind))
            *p++ = other;
    }
    return p;
}

static hg_status check_row(const hg_batch *batch, const hg_database *database, uint32_t index, hg_row *row,
                           hg_error *error)
{
    if (index >= batch->count || !hg_event_is_handshake(batch->columns.event[index]))
        return hg_fail(error, HG_E_ARGUMENT, "row %u is no handshake", index);
    *row = hg_row_of(batch, index);
    if (row->at == UINT32_MAX)
        return hg_fail(error, HG_E_ARGUMENT, "row %u has no values in the columns of its reader", index);
    uint32_t own = row->columns->tcp.signature[row->at];
    if (own != HG_NO_SIGNATURE && (database == NULL || own >= database->tables.signatures_count))
        return hg_fail(error, HG_E_ARGUMENT, "row %u refers to what the database does not hold", index);
    if (row->columns->tcp.olayout[row->at][HG_OLAYOUT_COUNT] > HG_MAX_OPTIONS)
        return hg_fail(error, HG_E_ARGUMENT, "row %u claims more than %d options", index, HG_MAX_OPTIONS);
    return HG_OK;
}

hg_status hg_row_alike(const hg_batch *batch, const hg_database *database, const uint32_t *rows, uint32_t count,
                       uint32_t *out, size_t capacity, uint32_t *ends, uint32_t *done, hg_error *error)
{
    const size_t held = database == NULL ? 0 : database->tables.signatures_count;
    hg_match *matches = malloc(sizeof *matches * (held + 1));
    hg_status status = HG_OK;
    uint32_t *p = out;
    *done = 0;
    if (matches == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for %zu signatures", held);
    while (status == HG_OK && *done < count && capacity - (size_t)(p - out) >= HG_ALIKE_HEAD + held) {
        hg_row row = {0};
        status = check_row(batch, database, rows[*done], &row, error);
        if (status != HG_OK)
            break;
        if (row.columns->tcp.signature[row.at] != HG_NO_SIGNATURE)
            p = put_row(p, database, row, matches);
        ends[(*done)++] = (uint32_t)(p - out);
    }
    free(matches);
    return status;
}
