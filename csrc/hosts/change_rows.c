/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * change_rows.c - inserts changes and findings of hosts and news about devices into a batch, each after the row that
 * shows it.
 */
#include <stdlib.h>

#include "base/batch.h"
#include "base/memory.h"
#include "hosts/change_rows.h"

/* Adds a row, with a copy of its shared columns (NULL: none). NULL: no memory. */
static hg_change_row *note(hg_hosts *hosts, const hg_change_row *made, const uint8_t *shared)
{
    uint8_t *copy = shared == NULL ? NULL : malloc(HG_SHARED_BYTES);
    if ((copy == NULL && shared != NULL) ||
        !hg_make_room(&hosts->change_rows, &hosts->change_row_room, hosts->change_row_count + 1, sizeof *made, 64)) {
        free(copy);
        return NULL;
    }
    hg_change_row *one = hosts->change_rows + hosts->change_row_count++;
    *one = *made;
    if (one > hosts->change_rows && one->row + 1 < one[-1].row + 1)
        one->row = one[-1].row; /* rows are inserted in their order */
    one->shared = copy;
    if (copy != NULL)
        memcpy(copy, shared, HG_SHARED_BYTES);
    hosts->reported[made->event] += made->is_reported;
    return one;
}

int hg_host_note_change(hg_hosts *hosts, uint32_t row, const hg_change *change, int is_reported)
{
    const uint8_t event = change->kind == HG_IP_SHARING ? HG_EVENT_IP_SHARING : HG_EVENT_HOST_CHANGE;
    const hg_change_row one = {.change = *change, .row = row, .is_reported = is_reported != 0, .event = event};
    return note(hosts, &one, NULL) != NULL;
}

void hg_hosts_begin_changes(hg_hosts *hosts)
{
    for (uint32_t i = 0; i < hosts->change_row_count; i++)
        free(hosts->change_rows[i].shared);
    hosts->change_row_count = hosts->completed_count = 0;
}

int hg_host_note_finding(hg_hosts *hosts, uint32_t finding, uint8_t handshake, const hg_finding_place *now)
{
    hg_change_row one = {.row = now->row,
                         .is_reported = 1,
                         .event = HG_EVENT_FINDING,
                         .finding = (uint8_t)finding,
                         .handshake = handshake};
    if (now->mac != NULL)
        memcpy(one.finding_mac, now->mac, sizeof one.finding_mac);
    return note(hosts, &one, now->shared) != NULL;
}

uint32_t hg_host_row_before(const hg_hosts *hosts)
{
    uint32_t row = hosts->batch == NULL ? 0 : hosts->batch->count;
    while (row > 0 && hosts->batch->columns.packet_number[row - 1] > hosts->clock.number)
        row--;
    return row - 1;
}

void hg_share_packet(uint8_t *shared, int64_t time_ns, uint64_t number, uint64_t segment)
{
    const hg_tunnel_id id = hg_segment_id(segment);
    const uint8_t tunnel = segment == 0 ? HG_TUNNEL_NONE : HG_TUNNEL_SEGMENT;
    hg_set_shared(shared, offsetof(hg_columns, time_ns), &time_ns);
    hg_set_shared(shared, offsetof(hg_columns, packet_number), &number);
    hg_set_shared(shared, offsetof(hg_columns, flow), &number);
    hg_set_shared(shared, offsetof(hg_columns, tunnel), &tunnel);
    hg_set_shared(shared, offsetof(hg_columns, outer), &id);
}

hg_change_row *hg_host_note_device(hg_hosts *hosts, uint32_t row, hg_device_change change, const uint8_t *shared)
{
    const hg_change_row one = {
        .row = row, .is_reported = 1, .event = HG_EVENT_DEVICE_CHANGE, .news.change = (uint8_t)change};
    return note(hosts, &one, shared);
}

void hg_hosts_count_changes(const hg_hosts *hosts, hg_stats *stats)
{
    static const uint8_t EVENTS[] = {HG_EVENT_HOST_CHANGE, HG_EVENT_IP_SHARING, HG_EVENT_FINDING,
                                     HG_EVENT_DEVICE_CHANGE};
    for (uint32_t i = 0; i < sizeof EVENTS; i++)
        stats->events[EVENTS[i]] = hosts->reported[EVENTS[i]];
    stats->device_news_left_out = hosts->news_left_out;
    stats->attempts_displaced = hosts->attempts_displaced;
}

/* ---- columns ----------------------------------------------------------------------------------- */

/* How many announcements are before the news. The search begins with announcement `at`. */
static uint32_t devices_before(const hg_batch *batch, const hg_change_row *news, uint32_t at)
{
    while (at < batch->counts[HG_READER_DEVICES] && batch->columns.devices.row[at] < news->row + 1)
        at++;
    return at;
}

/* Copies a column that all readers share, or a column of announcements. An inserted row gets the value of the row
 * before it, which shows the change. If it has its own values of the shared columns (`shared`), `place` is the column's
 * offset in them. Returns the number of values. */
static uint32_t copy_inserted(const hg_hosts *hosts, const hg_batch *batch, hg_batch *out,
                              const hg_batch_column *column, size_t place)
{
    const int is_device = column->reader == HG_READER_DEVICES;
    const uint8_t *from = hg_values_of(&batch->columns, column);
    uint8_t *to = hg_values_of(&out->columns, column);
    const uint32_t count = is_device ? batch->counts[HG_READER_DEVICES] : batch->count;
    uint32_t done = 0, until = 0, inserted = 0;
    for (uint32_t i = 0; i < hosts->change_row_count; i++) {
        const hg_change_row *one = hosts->change_rows + i;
        if (is_device && one->event != HG_EVENT_DEVICE_CHANGE)
            continue;
        until = is_device ? devices_before(batch, one, until) : one->row + 1;
        const size_t before = column->bytes * (until - done);
        memcpy(to, from + column->bytes * done, before);
        if (!is_device && one->shared != NULL)
            memcpy(to + before, one->shared + place, column->bytes);
        else if (until > 0)
            memcpy(to + before, from + column->bytes * (until - 1), column->bytes);
        else
            memset(to + before, 0, column->bytes);
        to += before + column->bytes;
        done = until;
        inserted++;
    }
    memcpy(to, from + column->bytes * done, column->bytes * (count - done));
    return count + inserted;
}

/* Updates the row numbers of a reader's events. */
static void move_rows(const hg_hosts *hosts, uint32_t *rows, uint32_t count)
{
    uint32_t before = 0;
    for (uint32_t i = 0; i < count; i++) {
        while (before < hosts->change_row_count && hosts->change_rows[before].row + 1 <= rows[i])
            before++;
        rows[i] += before;
    }
}

/* Copies a column, and updates the row numbers in it. `place` as in copy_inserted. */
static void copy_column(const hg_hosts *hosts, const hg_batch *batch, hg_batch *out, const hg_batch_column *column,
                        size_t place)
{
    const int is_shared = column->reader == HG_READERS;
    uint32_t count = is_shared ? batch->count : batch->counts[column->reader];
    uint8_t *to = hg_values_of(&out->columns, column);
    if (!is_shared && count == 0) /* there may be no column */
        return;
    if (is_shared || column->reader == HG_READER_DEVICES)
        count = copy_inserted(hosts, batch, out, column, place);
    else
        memcpy(to, hg_values_of(&batch->columns, column), column->bytes * count);
    if (!is_shared && to == (const uint8_t *)hg_reader_rows(&out->columns, column->reader))
        move_rows(hosts, (uint32_t *)(void *)to, count);
}

/* ---- content of the inserted rows ------------------------------------------------------------------ */

static void write_change(const hg_change_row *one, const hg_change_columns *c, uint32_t at, uint32_t row)
{
    c->row[at] = row;
    c->reasons[at] = one->change.reasons;
    c->reported[at] = one->is_reported;
    c->finding[at] = one->finding;
    c->handshake[at] = one->handshake;
    memcpy(c->finding_mac[at], one->finding_mac, sizeof one->finding_mac);
    memcpy(c->raw_hits[at], one->change.hits, sizeof one->change.hits);
}

/* The inserted row has neither the addresses and ports nor the texts of the packet. */
static void write_device(const hg_change_row *one, hg_batch *out, uint32_t at, uint32_t row)
{
    const hg_device_columns *c = &out->columns.devices;
    out->columns.ip_version[row] = 0;
    out->columns.src_port[row] = out->columns.dst_port[row] = 0;
    memset(out->columns.src_ip[row], 0, sizeof out->columns.src_ip[row]);
    memset(out->columns.dst_ip[row], 0, sizeof out->columns.dst_ip[row]);
    hg_devices_values news = one->news;
    news.macs |= HG_KNOWS_MAC;
    if (one->shared == NULL) { /* an announcement shows it */
        news.macs |= c->macs[at] & HG_KNOWS_SOURCE_MAC;
        memcpy(news.source_mac, c->source_mac[at], sizeof news.source_mac);
        news.shows_names = c->shows_names[at];
    }
    news.announced = (hg_text_place){out->text_count, one->value_bytes};
    hg_write_row_devices(c, at, row, &news);
    if (one->value_bytes > 0)
        memcpy(out->texts + out->text_count, one->values, one->value_bytes);
    out->text_count += one->value_bytes;
}

static void write_changes(const hg_hosts *hosts, const hg_batch *batch, hg_batch *out)
{
    uint32_t at = 0, news = 0;
    for (uint32_t i = 0; i < hosts->change_row_count; i++) {
        const hg_change_row *one = hosts->change_rows + i;
        const uint32_t row = one->row + 1 + i;
        out->columns.event[row] = one->event;
        if (one->event != HG_EVENT_DEVICE_CHANGE) {
            write_change(one, &out->columns.changes, out->counts[HG_READER_CHANGES]++, row);
            continue;
        }
        at = devices_before(batch, one, at);
        write_device(one, out, at + news++, row);
    }
    out->counts[HG_READER_DEVICES] += news;
}

/* ---- batches ----------------------------------------------------------------------------------- */

/* Makes a batch with room for this one and its changes. */
static hg_status make_room(const hg_hosts *hosts, const hg_batch *batch, hg_batch **out, hg_error *error)
{
    const uint32_t senders = batch->sender_count > batch->stealth_count ? batch->sender_count : batch->stealth_count;
    uint32_t text = batch->text_count;
    for (uint32_t i = 0; i < hosts->change_row_count; i++)
        text += hosts->change_rows[i].value_bytes;
    hg_batch_free(*out);
    return hg_batch_new(batch->count + hosts->change_row_count, text, batch->completion_count, senders, out, error);
}

/* Copies all but the columns. */
static void copy_rest(const hg_batch *batch, hg_batch *out)
{
    memcpy(out->counts, batch->counts, sizeof out->counts);
    if (batch->text_count > 0)
        memcpy(out->texts, batch->texts, batch->text_count);
    if (batch->completion_count > 0)
        memcpy(out->completions, batch->completions, batch->completion_count * sizeof *batch->completions);
    if (batch->sender_count > 0)
        memcpy(out->senders, batch->senders, batch->sender_count * sizeof *batch->senders);
    if (batch->stealth_count > 0)
        memcpy(out->stealth, batch->stealth, batch->stealth_count * sizeof *batch->stealth);
    out->text_count = batch->text_count;
    out->completion_count = batch->completion_count;
    out->sender_count = batch->sender_count;
    out->stealth_count = batch->stealth_count;
    memcpy(out->torn, batch->torn, sizeof out->torn);
    out->torn_count = batch->torn_count;
    out->begins_source = batch->begins_source;
    out->has_anomalies = batch->has_anomalies;
}

hg_status hg_hosts_insert_changes(const hg_hosts *hosts, const hg_batch *batch, hg_batch **out, hg_error *error)
{
    const hg_status status = make_room(hosts, batch, out, error);
    if (status != HG_OK)
        return status;
    size_t place = 0;
    for (uint32_t i = 0; i < hg_batch_column_count; i++) {
        copy_column(hosts, batch, *out, hg_batch_columns + i, place);
        place += hg_batch_columns[i].reader == HG_READERS ? hg_batch_columns[i].bytes : 0;
    }
    copy_rest(batch, *out);
    (*out)->count = batch->count + hosts->change_row_count;
    write_changes(hosts, batch, *out);
    return HG_OK;
}
