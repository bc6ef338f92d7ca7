/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * run.c - reads a source, adds the rows to hosts, and inserts what these report.
 *
 *     source ──▶ engine or sensor ──▶ `read` ──▶ hosts ──▶ latest: `read`, or `changed` if rows are inserted
 *
 * The engine fills a batch to its end, and nothing limits the rows that hosts insert. So the rows are inserted while
 * they are copied to a second batch, which is made as large as needed. Few batches have such rows.
 */
#include <stdlib.h>

#include "base/batch.h"
#include "base/error.h"
#include "hosts/fact.h"

enum { MOST_ROWS = 1 << 20 };
enum { ROW_TEXT = 256 /* bytes of text for each row; the system provides memory only when it is written to */ };

struct hg_run {
    hg_hosts *hosts;   /* or NULL */
    hg_summary *summary;
    hg_batch *read, *changed; /* or NULL */
    hg_batch **latest; /* the one that has the latest rows; NULL: they are not added to hosts yet */
    uint32_t sender_room;
};

hg_status hg_run_new(const hg_config *config, hg_run **out, hg_error *error)
{
    *out = calloc(1, sizeof **out);
    if (*out == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for a run");
    (*out)->sender_room = config->senders ? 4 * HG_MIN_SENDERS : HG_MIN_SENDERS;
    return HG_OK;
}

void hg_run_free(hg_run *run)
{
    if (run == NULL)
        return;
    hg_batch_free(run->read);
    hg_batch_free(run->changed);
    free(run);
}

void hg_run_report(hg_run *run, hg_hosts *hosts, hg_summary *summary)
{
    run->hosts = summary == NULL ? hosts : hg_summary_hosts(summary);
    run->summary = summary;
}

static int is_empty(const hg_batch *batch)
{
    return batch->count + batch->completion_count + batch->sender_count + batch->stealth_count + batch->torn_count == 0;
}

hg_status hg_run_room(hg_run *run, uint32_t rows, hg_batch **batch, hg_error *error)
{
    if (run->read != NULL && run->latest == &run->read)
        hg_batch_reset(run->read);
    run->latest = NULL;
    *batch = run->read;
    if (run->read != NULL && (run->read->capacity == rows || !is_empty(run->read)))
        return HG_OK;
    if (rows > MOST_ROWS)
        return hg_fail(error, HG_E_ARGUMENT, "a batch has at most %d rows", MOST_ROWS);
    const uint32_t text = rows * ROW_TEXT < HG_MIN_TEXTS ? HG_MIN_TEXTS : rows * ROW_TEXT;
    hg_batch_free(run->read);
    hg_status status = hg_batch_new(rows, text, rows + HG_MIN_COMPLETIONS, run->sender_room, &run->read, error);
    *batch = run->read;
    return status;
}

/* Whether facts wait for a time up to `now_ns`. Times long ago are from a file. */
static int is_due(const hg_hosts *hosts, int64_t now_ns)
{
    enum { HOUR_S = 3600 };
    return hosts->judge_due_ns <= now_ns && hosts->judge_due_ns != INT64_MAX &&
           (now_ns == INT64_MAX || hg_elapsed_ns(hosts->judge_due_ns, now_ns) / 1000000000 < HOUR_S);
}

hg_status hg_run_rows(hg_run *run, int64_t now_ns, const hg_batch **batch, hg_error *error)
{
    *batch = run->read;
    run->latest = &run->read;
    if (run->hosts == NULL || (is_empty(run->read) && !is_due(run->hosts, now_ns)))
        return HG_OK;
    hg_status status = run->summary != NULL ? hg_summary_add(run->summary, run->read, error)
                                            : hg_hosts_add(run->hosts, run->read, error);
    if (status == HG_OK && is_due(run->hosts, now_ns))
        hg_hosts_judge_after(run->hosts, run->read, now_ns);
    if (status != HG_OK || run->hosts->change_row_count == 0)
        return status;
    status = hg_hosts_insert_changes(run->hosts, run->read, &run->changed, error);
    if (status != HG_OK)
        return status;
    hg_batch_reset(run->read);
    *batch = run->changed;
    run->latest = &run->changed;
    return HG_OK;
}

hg_status hg_run_next(hg_run *run, hg_engine *engine, hg_source *source, uint32_t rows, uint64_t max_packets,
                      const hg_batch **batch, hg_error *error)
{
    hg_batch *room;
    hg_error failure;
    *batch = NULL;
    hg_status status = hg_run_room(run, rows, &room, error);
    if (status == HG_OK)
        status = hg_engine_run(engine, source, room, max_packets, error);
    if (status == HG_PAUSED || room == NULL)
        return status;
    const hg_status added = hg_run_rows(run, status == HG_OK ? INT64_MIN : INT64_MAX, batch, &failure);
    if (added != HG_OK && error != NULL)
        *error = failure;
    return added != HG_OK ? added : status;
}

hg_status hg_run_finish(hg_run *run, hg_engine *engine, uint32_t rows, uint64_t until, const hg_batch **batch,
                        hg_error *error)
{
    hg_batch *room;
    *batch = NULL;
    hg_status status = hg_run_room(run, rows, &room, error);
    if (status == HG_OK)
        status = hg_engine_finish(engine, until, room, error);
    if (status < HG_OK)
        return status;
    const hg_status added = hg_run_rows(run, INT64_MAX, batch, error);
    return added != HG_OK ? added : status;
}

hg_batch *hg_run_take(hg_run *run)
{
    if (run->latest == NULL || *run->latest == NULL || is_empty(*run->latest))
        return NULL;
    hg_batch *taken = *run->latest;
    *run->latest = NULL;
    return taken;
}
