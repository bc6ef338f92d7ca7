/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * change_rows.c - changes of hosts as rows of a batch, each after the row that shows it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "hg_columns.h"
#include "hosts/hosts.h"

enum { FIRST_ROOM = 64 };

int hg_host_note_change(hg_hosts *hosts, uint32_t row, const hg_change *change, int is_reported)
{
    if (hosts->change_row_count == hosts->change_row_room) {
        const uint32_t room = hosts->change_row_room == 0 ? FIRST_ROOM : 2 * hosts->change_row_room;
        hg_change_row *grown = realloc(hosts->change_rows, room * sizeof *grown);
        if (grown == NULL)
            return 0;
        hosts->change_rows = grown;
        hosts->change_row_room = room;
    }
    hosts->change_rows[hosts->change_row_count++] =
        (hg_change_row){.change = *change, .row = row, .is_reported = is_reported != 0};
    hosts->changes[change->kind] += is_reported != 0;
    return 1;
}

uint32_t hg_hosts_change_count(const hg_hosts *hosts)
{
    return hosts->change_row_count;
}

void hg_hosts_count_changes(const hg_hosts *hosts, hg_stats *stats)
{
    stats->events[HG_EVENT_HOST_CHANGE] = hosts->changes[HG_HOST_CHANGE];
    stats->events[HG_EVENT_IP_SHARING] = hosts->changes[HG_IP_SHARING];
}

/* ---- columns ----------------------------------------------------------------------------------- */

typedef struct column {
    size_t place; /* of its address in hg_columns */
    size_t bytes; /* of a value */
    hg_reader_id reader;
} column;

#define COLUMN(name, reader) {offsetof(hg_columns, name), sizeof *((hg_columns *)0)->name, reader},
static const column all_columns[] = {HG_EACH_COLUMN(COLUMN)};
#undef COLUMN

static uint8_t *values_of(const hg_columns *columns, const column *of)
{
    uint8_t *values;
    memcpy(&values, (const uint8_t *)columns + of->place, sizeof values);
    return values;
}

/* A column that all readers share; each row with a change is duplicated for the change. */
static void copy_shared(const hg_hosts *hosts, const hg_batch *batch, hg_batch *out, const column *of)
{
    const uint8_t *from = values_of(&batch->columns, of);
    uint8_t *to = values_of(&out->columns, of);
    uint32_t done = 0;
    for (uint32_t i = 0; i < hosts->change_row_count; i++) {
        const uint32_t row = hosts->change_rows[i].row;
        const size_t before = of->bytes * (row + 1 - done);
        memcpy(to, from + of->bytes * done, before);
        to += before;
        memcpy(to, from + of->bytes * row, of->bytes);
        to += of->bytes;
        done = row + 1;
    }
    memcpy(to, from + of->bytes * done, of->bytes * (batch->count - done));
}

/* The new positions of a reader's events. */
static void move_rows(const hg_hosts *hosts, uint32_t *rows, uint32_t count)
{
    uint32_t before = 0;
    for (uint32_t i = 0; i < count; i++) {
        while (before < hosts->change_row_count && hosts->change_rows[before].row < rows[i])
            before++;
        rows[i] += before;
    }
}

/* A column of one reader. */
static void copy_own(const hg_hosts *hosts, const hg_batch *batch, hg_batch *out, const column *of)
{
    const uint32_t count = batch->counts[of->reader];
    uint8_t *to = values_of(&out->columns, of);
    if (count == 0) /* there may be no column */
        return;
    memcpy(to, values_of(&batch->columns, of), of->bytes * count);
    if (to == (const uint8_t *)hg_reader_rows(&out->columns, of->reader))
        move_rows(hosts, (uint32_t *)(void *)to, count);
}

static void write_changes(const hg_hosts *hosts, const hg_columns *columns)
{
    for (uint32_t i = 0; i < hosts->change_row_count; i++) {
        const hg_change *change = &hosts->change_rows[i].change;
        const uint32_t row = hosts->change_rows[i].row + 1 + i;
        columns->event[row] = change->kind == HG_IP_SHARING ? HG_EVENT_IP_SHARING : HG_EVENT_HOST_CHANGE;
        columns->changes.row[i] = row;
        columns->changes.reasons[i] = change->reasons;
        columns->changes.reported[i] = (uint8_t)hosts->change_rows[i].is_reported;
        memcpy(columns->changes.raw_hits[i], change->hits, sizeof change->hits);
    }
}

/* ---- batches ----------------------------------------------------------------------------------- */

static hg_status check_batches(const hg_hosts *hosts, const hg_batch *batch, const hg_batch *out, hg_error *error)
{
    if (batch->counts[HG_READER_CHANGES] != 0)
        return hg_fail(error, HG_E_ARGUMENT, "the batch has changes already");
    if (hosts->change_row_count > 0 && hosts->change_rows[hosts->change_row_count - 1].row >= batch->count)
        return hg_fail(error, HG_E_ARGUMENT, "the rows that were taken last are of another batch");
    if (out->capacity < batch->count || out->capacity - batch->count < hosts->change_row_count ||
        out->text_capacity < batch->text_count || out->completion_capacity < batch->completion_count)
        return hg_fail(error, HG_E_ARGUMENT, "no room for %u rows, %u changes and %u bytes of text", batch->count,
                       hosts->change_row_count, batch->text_count);
    return HG_OK;
}

hg_status hg_hosts_insert_changes(const hg_hosts *hosts, const hg_batch *batch, hg_batch *out, hg_error *error)
{
    hg_status status = check_batches(hosts, batch, out, error);
    if (status != HG_OK)
        return status;
    for (uint32_t i = 0; i < sizeof all_columns / sizeof *all_columns; i++) {
        const column *of = all_columns + i;
        if (of->reader == HG_READERS)
            copy_shared(hosts, batch, out, of);
        else
            copy_own(hosts, batch, out, of);
    }
    memcpy(out->counts, batch->counts, sizeof out->counts);
    out->counts[HG_READER_CHANGES] = hosts->change_row_count;
    out->count = batch->count + hosts->change_row_count;
    write_changes(hosts, &out->columns);
    if (batch->text_count > 0)
        memcpy(out->texts, batch->texts, batch->text_count);
    if (batch->completion_count > 0)
        memcpy(out->completions, batch->completions, batch->completion_count * sizeof *batch->completions);
    out->completion_count = batch->completion_count;
    out->text_count = batch->text_count;
    return HG_OK;
}
