/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * check.c - checks rows that a caller may have filled in or restored from a file.
 */
#include "rows/check.h"

#include "announcements/fields.h"
#include "base/error.h"
#include "base/findings.h"
#include "greetings/fields.h"
#include "http/fields.h"
#include "rows/match_texts.h"
#include "ssh/fields.h"
#include "tls/certificate_fields.h"
#include "tls/fields.h"

typedef hg_status (*row_check)(const hg_batch *batch, const hg_row *row, hg_error *error);

static const row_check CHECKS[HG_READERS] = {
    [HG_READER_TLS] = hg_check_hello,          [HG_READER_HTTP] = hg_check_http,
    [HG_READER_DEVICES] = hg_check_device,     [HG_READER_SSH] = hg_check_ssh,
    [HG_READER_GREETINGS] = hg_check_greeting, [HG_READER_CERTIFICATES] = hg_check_certificate,
};

hg_status hg_check_row(const hg_batch *batch, const hg_row *row, hg_error *error)
{
    uint8_t event = row->columns->event[row->index];
    if (event >= HG_EVENT_KINDS)
        return hg_fail(error, HG_E_ARGUMENT, "row %u has the unknown event %u", row->index, event);
    if (row->at == UINT32_MAX)
        return hg_fail(error, HG_E_ARGUMENT, "row %u has no values in the columns of its reader", row->index);
    if (hg_event_is_handshake(event) && row->columns->tcp.olayout[row->at][HG_OLAYOUT_COUNT] > HG_MAX_OPTIONS)
        return hg_fail(error, HG_E_ARGUMENT, "row %u claims more than %d options", row->index, HG_MAX_OPTIONS);
    const row_check check = CHECKS[hg_event_reader(event)];
    return check == NULL ? HG_OK : check(batch, row, error);
}

hg_status hg_check_row_of(const hg_batch *batch, const hg_row *row, const hg_database *database, hg_error *error)
{
    hg_naming by;
    const hg_status status = hg_check_row(batch, row, error);
    return status == HG_OK && hg_naming_of(*row, &by) ? hg_naming_check(database, row->index, &by, error) : status;
}

/* ---- whole batches ----------------------------------------------------------------------- */

/* Whether the reader's values belong to its own events, each once and in order. */
static int has_its_rows(const hg_batch *batch, hg_reader_id reader)
{
    const uint32_t *rows = hg_reader_rows(&batch->columns, reader);
    uint32_t at = 0;
    for (uint32_t i = 0; i < batch->count; i++) {
        if (hg_event_reader(batch->columns.event[i]) != reader)
            continue;
        if (at == batch->counts[reader] || rows[at] != i)
            return 0;
        at++;
    }
    return at == batch->counts[reader];
}

/* Whether this is an index below `count` or HG_NO_SIGNATURE; rows without a name may have 0. */
static int is_index(uint32_t index, uint32_t count, int is_named)
{
    return index < count || index == HG_NO_SIGNATURE || (index == 0 && !is_named);
}

/* The same for the match of another packet of the connection. */
static int is_index_of_other(uint32_t index, uint32_t count, int is_named)
{
    return index == HG_NOT_SEEN || is_index(index, count, is_named);
}

/* Whether all indexes are in the database, all numbers of words have words, and the measured rate is in range (not
 * NaN). */
static int tcp_is_known(const hg_tcp_columns *c, uint32_t at, uint8_t event, const hg_tables *tables)
{
    return is_index(c->signature[at], tables->signatures_count, hg_event_is_handshake(event)) &&
           is_index(c->link[at], tables->mtus_count, event == HG_EVENT_MTU) && c->window_kind[at] <= 2 &&
           c->pclass[at] <= 1 && c->uptime_doubt[at] < HG_DOUBT_KINDS && c->raw_frequency_hz[at] >= 0 &&
           c->raw_frequency_hz[at] <= UINT32_MAX;
}

static int tls_is_known(const hg_tls_columns *c, uint32_t at, uint8_t event, const hg_tables *tables)
{
    const int is_client = event == HG_EVENT_TLS_CLIENT;
    return is_index(c->client[at], tables->hellos_count, is_client) &&
           is_index_of_other(c->tls_syn[at], tables->signatures_count, is_client) && c->transport[at] < HG_TRANSPORTS &&
           c->downgrade[at] < HG_DOWNGRADES;
}

static int http_is_known(const hg_http_columns *c, uint32_t at, uint8_t event, const hg_tables *tables)
{
    const int is_client = event == HG_EVENT_HTTP_REQUEST;
    const uint8_t language = c->language[at];
    return is_index(c->software[at], tables->https_count, 1) &&
           is_index_of_other(c->http_syn[at], tables->signatures_count, is_client) &&
           is_index_of_other(c->http_hello[at], tables->hellos_count, is_client) &&
           (language == HG_LANGUAGE_NONE || language == HG_LANGUAGE_UNKNOWN || hg_language_name(language) != NULL);
}

static int is_known(hg_row row, const hg_database *database)
{
    static const hg_tables none;
    const hg_columns *c = row.columns;
    const hg_tables *tables = database == NULL ? &none : &database->tables;
    const uint8_t event = c->event[row.index];
    switch (hg_event_reader(event)) {
    case HG_READER_TCP:
        return tcp_is_known(&c->tcp, row.at, event, tables);
    case HG_READER_TLS:
        return tls_is_known(&c->tls, row.at, event, tables);
    case HG_READER_HTTP:
        return http_is_known(&c->http, row.at, event, tables);
    case HG_READER_DEVICES:
        return c->devices.change[row.at] < HG_DEVICE_CHANGES && c->devices.operation[row.at] < HG_LINK_OPERATIONS &&
               (c->devices.operation[row.at] != HG_LINK_NONE) == hg_event_is_resolution(event);
    case HG_READER_SSH: /* checked by hg_check_ssh */
    case HG_READER_CERTIFICATES:
        return 1;
    case HG_READER_GREETINGS:
        return is_index(c->greetings.greeting_signature[row.at], tables->announcements_count,
                        event == HG_EVENT_GREETING);
    case HG_READER_CHANGES:
        return c->changes.reasons[row.at] >> HG_REASON_KINDS == 0 && c->changes.finding[row.at] < HG_HOST_FINDINGS &&
               c->changes.handshake[row.at] < HG_HANDSHAKES;
    case HG_READER_SEGMENTS:
        return is_index(c->segments.segments_rule[row.at], tables->segments_count, 1) &&
               c->segments.silence[row.at] < HG_SILENCES && c->segments.id_behaviour[row.at] < HG_ID_BEHAVIOURS;
    case HG_READERS:
        break;
    }
    return 0;
}

hg_status hg_batch_verify(const hg_batch *batch, const hg_database *database, hg_error *error)
{
    const hg_columns *c = &batch->columns;
    for (int reader = 0; reader < HG_READERS; reader++)
        if (!has_its_rows(batch, (hg_reader_id)reader))
            return hg_fail(error, HG_E_ARGUMENT, "the values of a reader belong to other rows");
    for (uint32_t i = 0; i < batch->count; i++) {
        const hg_row row = hg_row_of(batch, i);
        const hg_status status = hg_check_row(batch, &row, error);
        if (status != HG_OK)
            return status;
        /* Only announcements may come without IP. */
        if (!(c->ip_version[i] == 4 || c->ip_version[i] == 6 ||
              (c->ip_version[i] == 0 && hg_event_is_device(c->event[i]))) ||
            (c->tunnel[i] >= HG_TUNNEL_KINDS && c->tunnel[i] != HG_TUNNEL_SEGMENT) || c->scope[i] >= HG_SCOPES ||
            c->anomalies[i] >> HG_ANOMALY_KINDS != 0 || !is_known(row, database))
            return hg_fail(error, HG_E_ARGUMENT, "row %u has an invalid value", i);
    }
    return HG_OK;
}
