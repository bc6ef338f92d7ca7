/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * document.c - counts figures that hosts do not store, and writes the document.
 */

#include <stdlib.h>

#include "base/error.h"
#include "hg_records.h"
#include "http/fields.h"
#include "names/verdict.h"
#include "records/write.h"
#include "sightings/naming.h"
#include "summary/digest.h"
#include "tcp/uptime.h"

enum { MOST_LINKS = 1 << 17, MOST_DAYS = 1 << 16 };

/* ---- life ------------------------------------------------------------------------------------------- */

hg_status hg_summary_new(uint32_t max_hosts, int forgets, uint64_t hash_key, hg_summary **out, hg_error *error)
{
    *out = NULL;
    hg_summary *summary = calloc(1, sizeof *summary);
    if (summary == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for a summary");
    summary->protocols = HG_ALL_PROTOCOLS;
    summary->links = (hg_counts){.limit = MOST_LINKS, .hash_key = hash_key};
    summary->days = (hg_counts){.limit = MOST_DAYS, .hash_key = hash_key};
    summary->document.out = (hg_writer){.may_grow = 1, .is_json = 1};
    hg_timeline_init(&summary->timeline, hash_key);
    const hg_status status = hg_hosts_new(max_hosts, forgets, hash_key, &summary->hosts, error);
    if (status != HG_OK)
        hg_summary_free(summary);
    else
        *out = summary;
    return status;
}

void hg_summary_read(hg_summary *summary, uint32_t protocols)
{
    summary->protocols = protocols;
}

void hg_summary_free(hg_summary *summary)
{
    if (summary == NULL)
        return;
    hg_hosts_free(summary->hosts);
    hg_counts_clear(&summary->links);
    hg_counts_clear(&summary->days);
    hg_timeline_free(&summary->timeline);
    free(summary->document.out.at);
    free(summary);
}

void hg_summary_use(hg_summary *summary, const hg_database *database)
{
    summary->database = database;
    hg_timeline_forget_numbers(&summary->timeline);
    hg_hosts_use(summary->hosts, database);
}

hg_hosts *hg_summary_hosts(hg_summary *summary)
{
    return summary->hosts;
}

/* ---- handshakes and links --------------------------------------------------------------------------- */

static void count(hg_summary *summary, hg_counts *counts, uint64_t key)
{
    summary->left_out += !hg_counts_add(counts, key, 1);
}

static void add_handshake(hg_summary *summary, hg_row row, hg_index host)
{
    const int64_t time_ns = row.columns->time_ns[row.index];
    summary->left_out +=
        !hg_timeline_add(&summary->timeline, summary->database, row.columns->tcp.signature[row.at], time_ns);
    if (host != 0)
        count(summary, &summary->days, (uint64_t)(hg_floor_days(time_ns) + HG_FIRST_DAY));
}

static void add_tcp(hg_summary *summary, const hg_batch *batch)
{
    const hg_columns *c = &batch->columns;
    for (uint32_t at = 0; at < batch->counts[HG_READER_TCP] && c->tcp.row[at] < batch->count; at++) {
        const hg_row row = {c, batch->texts, c->tcp.row[at], at};
        const uint8_t event = c->event[row.index];
        const hg_index host = summary->hosts->row_hosts[row.index];
        if (event == HG_EVENT_SYN || event == HG_EVENT_SYN_ACK)
            add_handshake(summary, row, host);
        else if (event == HG_EVENT_MTU && host != 0 && !c->from_server[row.index])
            count(summary, &summary->links, hg_link_key(c->tcp.mtu[at], hg_name_of_link(summary->hosts, row)));
    }
}

/* ---- programs --------------------------------------------------------------------------------------- */

static void judge(hg_summary *summary, hg_row row, uint32_t judged)
{
    hg_judgement found;
    hg_judge(summary->database, &row, &found);
    summary->verdicts[judged][found.verdict]++;
}

static void add_tls(hg_summary *summary, const hg_batch *batch)
{
    const hg_columns *c = &batch->columns;
    for (uint32_t at = 0; at < batch->counts[HG_READER_TLS] && c->tls.row[at] < batch->count; at++) {
        const hg_row row = {c, batch->texts, c->tls.row[at], at};
        const uint32_t role = c->event[row.index] == HG_EVENT_TLS_CLIENT ? HG_ROLE_CLIENT : HG_ROLE_SERVER;
        summary->hellos[role]++;
        summary->post_quantum[role] += c->tls.post_quantum[at] != 0;
        summary->versions[role][hg_place_of_tls(c->tls.tls_version[at])]++;
        if (role == HG_ROLE_CLIENT)
            judge(summary, row, HG_JUDGED_HELLOS);
    }
}

static void add_http(hg_summary *summary, const hg_batch *batch)
{
    const hg_columns *c = &batch->columns;
    for (uint32_t at = 0; at < batch->counts[HG_READER_HTTP] && c->http.row[at] < batch->count; at++) {
        const hg_row row = {c, batch->texts, c->http.row[at], at};
        const uint32_t role = c->event[row.index] == HG_EVENT_HTTP_REQUEST ? HG_ROLE_CLIENT : HG_ROLE_SERVER;
        summary->messages[role]++;
        if (role == HG_ROLE_CLIENT && hg_check_http(batch, &row, NULL) == HG_OK)
            judge(summary, row, HG_JUDGED_REQUESTS);
    }
}

/* ---- batches ---------------------------------------------------------------------------------------- */

static void widen(hg_span_of_time *span, int64_t first_ns, int64_t last_ns)
{
    if (span->count++ == 0)
        *span = (hg_span_of_time){1, first_ns, last_ns};
    hg_widen(&span->first_ns, &span->last_ns, first_ns, last_ns);
}

static void add_times(hg_summary *summary, const hg_batch *batch)
{
    const int64_t *time_ns = batch->columns.time_ns;
    for (uint32_t row = 0; row < batch->count; row++) {
        widen(&summary->events, time_ns[row], time_ns[row]);
        widen(&summary->packets, time_ns[row], time_ns[row]);
    }
    for (uint32_t i = 0; i < batch->sender_count; i++)
        widen(&summary->packets, batch->senders[i].first_ns, batch->senders[i].last_ns);
}

hg_status hg_summary_add(hg_summary *summary, const hg_batch *batch, hg_error *error)
{
    const hg_status status = hg_hosts_add(summary->hosts, batch, error);
    if (status != HG_OK)
        return status;
    add_times(summary, batch);
    add_tcp(summary, batch);
    add_tls(summary, batch);
    add_http(summary, batch);
    return HG_OK;
}

/* ---- the run ---------------------------------------------------------------------------------------- */

/* The number of changes comes from the inventory: it counts them even if no rows of changes are written. */
static void write_events(hg_json *to, const hg_summary *summary, const hg_stats *stats)
{
    hg_stats counted = *stats;
    hg_hosts_count_changes(summary->hosts, &counted);
    HG_JSON_KEY_INSIDE(to, "events", '{')
    for (uint32_t i = 0; i < HG_EVENT_KINDS; i++)
        HG_JSON_KEY(to, hg_event_name(i), u64, counted.events[i]);
}

static void write_run(hg_json *to, const hg_digest *digest, const hg_stats *stats, const char *captures)
{
    const hg_summary *summary = digest->summary;
    HG_JSON_KEY(to, "event", word, "summary");
    hg_json_raw(to, HG_JSON_SCHEMA_VERSION, sizeof HG_JSON_SCHEMA_VERSION - 1);
    HG_JSON_KEY(to, "captures", raw, captures, strlen(captures));
    HG_JSON_KEY(to, "packets", u64, stats->packets);
    HG_JSON_KEY(to, "bytes", u64, stats->bytes);
    HG_JSON_KEY(to, "analysed", u64, stats->analysed);
    HG_JSON_KEY(to, "first_seen", optional, summary->packets.count > 0, time, summary->packets.first_ns);
    HG_JSON_KEY(to, "last_seen", optional, summary->packets.count > 0, time, summary->packets.last_ns);
    HG_JSON_KEY(to, "first_event", optional, summary->events.count > 0, time, summary->events.first_ns);
    HG_JSON_KEY(to, "last_event", optional, summary->events.count > 0, time, summary->events.last_ns);
    write_events(to, summary, stats);
    const uint64_t left_out = hg_summary_left_out(summary);
    HG_JSON_KEY(to, "hosts", u64, digest->host_count);
    HG_JSON_KEY(to, "local_hosts", u64, digest->local_count);
    HG_JSON_KEY(to, "hosts_complete", bool,
                (left_out == 0 || !hg_hosts_are_full(summary->hosts)) && hg_hosts_forgotten(summary->hosts) == 0);
    HG_JSON_KEY(to, "left_out", u64, left_out);
    HG_JSON_KEY(to, "untracked", u64, hg_hosts_untracked(summary->hosts));
}

static void write_devices(hg_json *to, const hg_digest *digest)
{
    HG_JSON_KEY_INSIDE(to, "devices", '{')
    for (uint32_t i = 0; i < HG_DEVICE_TYPE_COUNT; i++)
        if (digest->devices[i] > 0)
            HG_JSON_KEY(to, hg_device_type(i), u64, digest->devices[i]);
}

static void write_drops(hg_json *to, const hg_stats *stats)
{
    HG_JSON_KEY_INSIDE(to, "drops", '{')
    for (uint32_t i = HG_DROP_NONE + 1; i < HG_DROP_KINDS; i++)
        HG_JSON_KEY(to, hg_drop_name(i), u64, stats->drops[i]);
}

/* ---- hosts ------------------------------------------------------------------------------------------ */

static void write_uptime(hg_json *to, const void *one)
{
    const hg_clock_row *row = one;
    HG_JSON_KEY(to, "host", written, hg_write_host, row->hosts, row->host);
    HG_JSON_KEY(to, "role", word, row->clock->role == HG_ROLE_CLIENT ? "client" : "server");
    HG_JSON_KEY(to, "minutes", u64, row->clock->now.minutes);
    HG_JSON_KEY(to, "modulo_days", u64, row->clock->now.modulo_days);
    HG_JSON_KEY(to, "frequency_hz", u64, hg_uptime_rounded(row->clock->now.hz));
    HG_JSON_KEY(to, "reliable", bool, row->clock->now.doubt == HG_DOUBT_NONE);
    HG_JSON_KEY(to, "doubt", word, hg_doubt_reason(row->clock->now.doubt));
}

/* Writes distances, the most frequent first, of equally frequent ones the nearest first. Clears them in the digest. */
static void write_distances(hg_digest *digest, hg_json *to)
{
    const uint32_t places = 2 * HG_MOST_HOPS + 1;
    HG_JSON_KEY_INSIDE(to, "distances", '[')
    for (;;) {
        uint32_t best = 0;
        for (uint32_t i = 1; i < places; i++)
            best = digest->distances[i] > digest->distances[best] ? i : best;
        if (digest->distances[best] == 0)
            break;
        HG_JSON_OBJECT(to, HG_JSON_KEY(to, "hops", i64, (int64_t)best - HG_MOST_HOPS),
                       HG_JSON_KEY(to, "hosts", u64, digest->distances[best]));
        digest->distances[best] = 0;
    }
}

/* The hosts whose records are written. */
typedef struct written_hosts {
    const hg_host_entry *at[(HG_LIST_NOTABLE - HG_LIST_TOP + 1) * HG_SUMMARY_ROWS];
    uint32_t count;
} written_hosts;

/* Writes the records of a list up to `bytes`, except those already written. */
static void write_records(const hg_digest *digest, uint32_t list, size_t bytes, written_hosts *written, hg_json *to)
{
    const hg_best *rows = digest->lists + list;
    const size_t start = to->out.length;
    for (uint32_t i = 0; i < rows->count && to->out.length - start < bytes; i++) {
        const hg_host_entry *host = ((const hg_top_row *)hg_best_at(rows, i))->host;
        hg_host_view view;
        uint32_t at = 0;
        while (at < written->count && written->at[at] != host)
            at++;
        if (at < written->count)
            continue;
        hg_host_view_of(digest->hosts, host, 0, &view);
        hg_host_write_json(to, &view, 0);
        written->at[written->count++] = host;
    }
}

/* Writes the hosts with the most handshakes, then other devices, then other hosts with findings. */
static void write_top(hg_digest *digest, hg_json *to)
{
    written_hosts written = {.count = 0};
    HG_JSON_KEY(to, "top_hosts", open, '[');
    write_records(digest, HG_LIST_TOP, HG_SUMMARY_BYTES, &written, to);
    write_records(digest, HG_LIST_DEVICES, HG_SUMMARY_BYTES, &written, to);
    write_records(digest, HG_LIST_NOTABLE, HG_NOTABLE_BYTES, &written, to);
    hg_json_close(to, ']');
    hg_digest_omit(digest, "top_hosts", digest->lists[HG_LIST_TOP].offered - written.count);
}

static void write_local_devices(hg_digest *digest, hg_json *to)
{
    HG_JSON_KEY(to, "local_devices", open, '[');
    const uint64_t left_out = hg_write_local_devices(to, digest->hosts, HG_LOCAL_DEVICES, HG_LOCAL_DEVICES_BYTES);
    hg_json_close(to, ']');
    hg_digest_omit(digest, "local_devices", left_out);
}

/* ---- verdicts --------------------------------------------------------------------------------------- */

static const char *const JUDGED[HG_JUDGED] = {[HG_JUDGED_HELLOS] = "hellos", [HG_JUDGED_REQUESTS] = "requests"};

static void write_contradiction(hg_json *to, const void *one)
{
    const hg_mismatch_row *row = one;
    HG_JSON_KEY(to, "of", word,
                JUDGED[row->seen->source == HG_SOURCE_TLS_CONNECTION ? HG_JUDGED_HELLOS : HG_JUDGED_REQUESTS]);
    HG_JSON_KEY(to, "host", written, hg_write_host, row->hosts, row->host);
    HG_JSON_KEY(to, "why", text, row->why->name.text, row->why->name.length);
    HG_JSON_KEY(to, "events", u64, row->seen->packets);
}

static void write_verdicts(hg_digest *digest, hg_json *to)
{
    HG_JSON_KEY(to, "verdicts", open, '{');
    HG_JSON_KEY_INSIDE(to, "counts", '{')
    for (uint32_t of = 0; of < HG_JUDGED; of++)
        HG_JSON_KEY_INSIDE(to, JUDGED[of], '{')
    for (uint32_t i = 1; i <= HG_VERDICTS; i++) /* "not checked" comes last */
        HG_JSON_KEY(to, hg_verdict_name(i % HG_VERDICTS), u64, digest->summary->verdicts[of][i % HG_VERDICTS]);
    hg_digest_write(digest, to, "verdicts.contradictions", digest->lists + HG_LIST_MISMATCHES, write_contradiction);
    hg_json_close(to, '}');
}

/* ---- the document ----------------------------------------------------------------------------------- */

static int write_all(hg_digest *digest, const hg_stats *stats, const char *captures, int with_devices, hg_json *to)
{
    hg_json_open(to, '{');
    write_run(to, digest, stats, captures);
    hg_write_answers(digest, to);
    hg_write_findings(digest, to);
    hg_write_systems(digest, to);
    hg_write_links(digest, to);
    write_devices(to, digest);
    hg_digest_write(digest, to, "uptimes", digest->lists + HG_LIST_UPTIMES, write_uptime);
    write_distances(digest, to);
    hg_write_subnets(digest, to);
    hg_json_key(to, "over_time");
    digest->has_failed |= !hg_timeline_write(&digest->summary->timeline, to);
    hg_write_unknown(digest, to);
    hg_write_tls(digest, to);
    hg_write_http(digest, to);
    write_verdicts(digest, to);
    write_top(digest, to);
    if (with_devices)
        write_local_devices(digest, to);
    write_drops(to, stats);
    hg_write_losses(digest, stats, to);
    HG_JSON_KEY(to, "omitted", open, '{');
    hg_json_raw(to, digest->omitted.out.at, digest->omitted.out.length);
    hg_json_close(to, '}');
    hg_json_close(to, '}');
    return !digest->has_failed && !to->out.is_full && !digest->omitted.out.is_full;
}

hg_status hg_summary_write(hg_summary *summary, const hg_stats *stats, const char *captures, int with_devices,
                           const char **out, size_t *length, hg_error *error)
{
    hg_json *to = &summary->document;
    to->out.length = 0;
    to->needs_comma = to->out.is_full = 0;
    *out = NULL;
    *length = 0;
    const hg_status status = hg_hosts_conclude(summary->hosts, error);
    if (status != HG_OK)
        return status;
    hg_digest *digest = malloc(sizeof *digest);
    const int is_written =
        digest != NULL && hg_digest_make(digest, summary) && write_all(digest, stats, captures, with_devices, to);
    if (digest != NULL)
        hg_digest_free(digest);
    free(digest);
    if (!is_written)
        return hg_fail(error, HG_E_MEMORY, "no memory for a summary of %u hosts", hg_hosts_count(summary->hosts));
    *out = to->out.at;
    *length = to->out.length;
    return HG_OK;
}
