/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * batch.c - copies selected rows to another batch, and allocates batches.
 */
#include "base/batch.h"

#include "base/error.h"
#include "base/findings.h"
#include "base/value.h"
#include <stdlib.h>

#define COLUMN(name, reader) {offsetof(hg_columns, name), sizeof *((hg_columns *)0)->name, reader},
const hg_batch_column hg_batch_columns[] = {HG_EACH_COLUMN(COLUMN)};
#undef COLUMN
const uint32_t hg_batch_column_count = sizeof hg_batch_columns / sizeof *hg_batch_columns;

uint8_t *hg_values_of(const hg_columns *columns, const hg_batch_column *column)
{
    uint8_t *values;
    memcpy(&values, (const uint8_t *)columns + column->place, sizeof values);
    return values;
}

void hg_copy_shared(const hg_columns *columns, uint32_t row, uint8_t *out)
{
    for (const hg_batch_column *column = hg_batch_columns; column->reader == HG_READERS; out += column++->bytes)
        memcpy(out, hg_values_of(columns, column) + column->bytes * row, column->bytes);
}

void hg_set_shared(uint8_t *shared, size_t place, const void *value)
{
    const hg_batch_column *column = hg_batch_columns;
    while (column->place != place)
        shared += column++->bytes;
    memcpy(shared, value, column->bytes);
}

/* Whether the caller's sets select a row, which is row `at` of its reader's columns. */
static int is_selected(const hg_columns *c, uint32_t row, uint32_t at, uint64_t events, uint64_t findings,
                       uint32_t devices)
{
    if (c->event[row] == HG_EVENT_DEVICE_CHANGE)
        return c->devices.change[at] < HG_DEVICE_CHANGES && (devices >> c->devices.change[at] & 1) != 0;
    if (c->event[row] != HG_EVENT_FINDING)
        return c->event[row] < HG_EVENT_KINDS && (events >> c->event[row] & 1) != 0;
    return c->changes.finding[at] < HG_HOST_FINDINGS && (findings >> c->changes.finding[at] & 1) != 0;
}

/* Appends one row to `out`. */
static void copy_row(const hg_batch *batch, uint32_t row, uint32_t at, hg_batch *out)
{
    const hg_reader_id reader = hg_event_reader(batch->columns.event[row]);
    const uint32_t to = out->counts[reader];
    for (uint32_t i = 0; i < hg_batch_column_count; i++) {
        const hg_batch_column *column = hg_batch_columns + i;
        const int is_shared = column->reader == HG_READERS;
        if (is_shared || column->reader == reader)
            memcpy(hg_values_of(&out->columns, column) + column->bytes * (is_shared ? out->count : to),
                   hg_values_of(&batch->columns, column) + column->bytes * (is_shared ? row : at), column->bytes);
    }
    uint32_t *rows;
    const uint32_t *place = hg_reader_rows(&out->columns, reader);
    memcpy(&rows, &place, sizeof rows);
    rows[to] = out->count++;
    out->counts[reader]++;
}

hg_status hg_batch_select(const hg_batch *batch, uint64_t events, uint64_t findings, uint32_t devices, hg_batch *out,
                          hg_error *error)
{
    uint32_t at[HG_READERS] = {0};
    if (out->capacity < batch->count || out->text_capacity < batch->text_count)
        return hg_fail(error, HG_E_ARGUMENT, "no room for %u rows and %u bytes of text", batch->count,
                       batch->text_count);
    memset(out->counts, 0, sizeof out->counts);
    out->count = out->completion_count = out->sender_count = out->stealth_count = out->torn_count = 0;
    out->has_anomalies = batch->has_anomalies;
    for (uint32_t row = 0; row < batch->count; row++) {
        const hg_reader_id reader = hg_event_reader(batch->columns.event[row]);
        if (reader >= HG_READERS || at[reader] >= batch->counts[reader])
            return hg_fail(error, HG_E_ARGUMENT, "row %u belongs to no reader", row);
        if (is_selected(&batch->columns, row, at[reader], events, findings, devices))
            copy_row(batch, row, at[reader], out);
        at[reader]++;
    }
    if (batch->text_count > 0) /* all texts, so that offsets stay valid */
        memcpy(out->texts, batch->texts, batch->text_count);
    out->text_count = batch->text_count;
    return HG_OK;
}

/* ---- columns of numpy ------------------------------------------------------------------------ */

void hg_spread_values(const uint8_t *values, uint32_t value_bytes, const uint32_t *rows, uint32_t count, uint8_t *out)
{
    for (uint32_t i = 0; i < count; i++)
        memcpy(out + (size_t)rows[i] * value_bytes, values + (size_t)i * value_bytes, value_bytes);
}

void hg_clear_outer(const uint8_t *tunnel, uint32_t count, uint8_t *outer)
{
    for (uint32_t i = 0; i < count; i++)
        if (tunnel[i] == HG_TUNNEL_NONE)
            memset(outer + (size_t)i * HG_TUNNEL_BYTES, 0, HG_TUNNEL_BYTES);
}

/* ---- batches whose memory the core allocates ------------------------------------------------- */

/* Columns begin at multiples of a cache line, with three lines between them: columns at the same offset in their pages
 * would compete for one set of the first-level cache. */
enum { LINE = 64, APART = 3 * LINE };

/* Places the columns one after the other at `memory`, unless that is NULL. Returns how many bytes they take. */
static size_t place_columns(hg_columns *columns, uint8_t *memory, uint32_t capacity)
{
    size_t bytes = 0;
    const hg_batch_column *column = hg_batch_columns;
    for (; column < hg_batch_columns + hg_batch_column_count; column++) {
        if (memory != NULL) {
            const uint8_t *at = memory + bytes;
            memcpy((uint8_t *)columns + column->place, &at, sizeof at);
        }
        bytes += (column->bytes * capacity + LINE - 1) / LINE * LINE + APART;
    }
    return bytes;
}

hg_status hg_batch_new(uint32_t capacity, uint32_t text_capacity, uint32_t completion_capacity,
                       uint32_t sender_capacity, hg_batch **out, hg_error *error)
{
    *out = NULL;
    /* Two allocations, because the system's allocator keeps none above 32 MB for the next batch: the batch with its
     * columns; texts, completions, senders and stealth scans. They are not cleared, because a row is written with
     * all its values. */
    const size_t columns = place_columns(NULL, NULL, capacity);
    const size_t completions = ((size_t)text_capacity + LINE - 1) / LINE * LINE;
    const size_t senders = completions + completion_capacity * sizeof(hg_completion);
    const size_t stealth = senders + sender_capacity * sizeof(hg_sender);
    hg_batch *batch = malloc(sizeof *batch + LINE + columns);
    uint8_t *texts = malloc(stealth + sender_capacity * sizeof(hg_stealth));
    if (batch == NULL || texts == NULL) {
        free(batch);
        free(texts);
        return hg_fail(error, HG_E_MEMORY, "no memory for a batch of %u events", capacity);
    }
    uint8_t *memory = (uint8_t *)(batch + 1);
    memory += -(uintptr_t)memory % LINE;
    *batch = (hg_batch){.capacity = capacity,
                        .texts = texts,
                        .text_capacity = text_capacity,
                        .completion_capacity = completion_capacity,
                        .sender_capacity = sender_capacity};
    batch->completions = completion_capacity == 0 ? NULL : (void *)(texts + completions);
    batch->senders = sender_capacity == 0 ? NULL : (void *)(texts + senders);
    batch->stealth = sender_capacity == 0 ? NULL : (void *)(texts + stealth);
    place_columns(&batch->columns, memory, capacity);
    memset(batch->columns.station, 0, capacity * sizeof *batch->columns.station); /* written only for inventories */
    memset(batch->columns.receiver, 0, capacity * sizeof *batch->columns.receiver);
    memset(batch->columns.anomalies, 0,
           capacity * sizeof *batch->columns.anomalies); /* written only if there are any */
    *out = batch;
    return HG_OK;
}

void hg_batch_free(hg_batch *batch)
{
    if (batch != NULL)
        free(batch->texts);
    free(batch);
}
