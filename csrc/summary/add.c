/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * add.c - adds batches to the hosts, and counts figures that hosts do not store.
 */
#include <stdlib.h>

#include "answers/verdict.h"
#include "base/error.h"
#include "hosts/naming.h"
#include "http/fields.h"
#include "summary/summary.h"

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
    hg_stacks_init(&summary->stacks, hash_key);
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
    hg_stacks_free(&summary->stacks);
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

uint64_t hg_summary_left_out(const hg_summary *summary)
{
    return hg_hosts_left_out(summary->hosts) + summary->left_out;
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
    if (host == 0)
        return;
    count(summary, &summary->days, (uint64_t)(hg_floor_days(time_ns) + HG_FIRST_DAY));
    hg_stacks_add(&summary->stacks, row, host);
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

static void judge(hg_summary *summary, hg_row row, uint32_t of)
{
    hg_judgement found;
    hg_judge(summary->database, &row, &found);
    summary->verdicts[of][found.verdict]++;
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

static void add_times(hg_summary *summary, const hg_batch *batch)
{
    for (uint32_t row = 0; row < batch->count; row++) {
        const int64_t time_ns = batch->columns.time_ns[row];
        if (summary->events++ == 0)
            summary->first_ns = summary->last_ns = time_ns;
        hg_widen(&summary->first_ns, &summary->last_ns, time_ns, time_ns);
    }
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
