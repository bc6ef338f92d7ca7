/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * alike.c - which signatures fit a row as well as the one that named it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "database/table.h"
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

/* The signatures of a database by their option layout, so that a row is compared with those of its own only. */
typedef struct signature_lists {
    uint32_t *first; /* by layout: the number of its first signature, or HG_NO_INDEX */
    uint32_t *next;  /* by signature: the next one of its layout */
} signature_lists;

static void free_lists(signature_lists *lists)
{
    free(lists->first);
    free(lists->next);
}

/* 0: there is no memory. */
static int make_lists(const hg_tables *t, signature_lists *lists)
{
    lists->first = malloc(((size_t)t->layouts_count + 1) * sizeof *lists->first);
    lists->next = malloc(((size_t)t->signatures_count + 1) * sizeof *lists->next);
    if (lists->first == NULL || lists->next == NULL)
        return 0;
    for (uint32_t layout = 0; layout < t->layouts_count; layout++)
        lists->first[layout] = HG_NO_INDEX;
    for (uint32_t number = t->signatures_count; number-- > 0;) {
        uint32_t *first = lists->first + t->signatures[number].layout;
        lists->next[number] = *first;
        *first = number;
    }
    return 1;
}

/* The numbers of a row at `p`. They rise, as those of hg_database_match_all do among one kind of match. */
static uint32_t *put_row(uint32_t *p, const hg_tables *t, hg_row row, const signature_lists *lists)
{
    const hg_observation seen = observation_of(row);
    const hg_db_signature *own = t->signatures + row.columns->tcp.signature[row.at];
    const uint32_t exact = (own->flags & HG_SIGNATURE_GENERIC) != 0 ? HG_GRADE_GENERIC : HG_GRADE_SPECIFIC;
    const uint32_t wanted = row.columns->tcp.fuzzy[row.at] ? HG_GRADE_FUZZY : exact;
    const uint32_t layout = hg_table_layout(t, &seen);
    uint32_t number = layout == HG_NO_INDEX ? HG_NO_INDEX : lists->first[layout];
    p = put_head(p, row);
    for (; number != HG_NO_INDEX; number = lists->next[number]) {
        const uint32_t grade = hg_table_grade_of(t, number, &seen);
        if (grade != HG_NO_INDEX && grade >> HG_GRADE_SHIFT == wanted)
            *p++ = number;
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
    static const hg_tables none = {0};
    const hg_tables *tables = database == NULL ? &none : &database->tables;
    const size_t held = tables->signatures_count;
    signature_lists lists;
    hg_status status = HG_OK;
    uint32_t *p = out;
    *done = 0;
    if (!make_lists(tables, &lists))
        status = hg_fail(error, HG_E_MEMORY, "no memory for %zu signatures", held);
    while (status == HG_OK && *done < count && capacity - (size_t)(p - out) >= HG_ALIKE_HEAD + held) {
        hg_row row = {0};
        status = check_row(batch, database, rows[*done], &row, error);
        if (status != HG_OK)
            break;
        if (row.columns->tcp.signature[row.at] != HG_NO_SIGNATURE)
            p = put_row(p, tables, row, &lists);
        ends[(*done)++] = (uint32_t)(p - out);
    }
    free_lists(&lists);
    return status;
}
