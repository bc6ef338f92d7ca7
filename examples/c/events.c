/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * events.c - the events of a capture as JSON Lines: events FILE
 *
 *     cc events.c $(pkg-config --cflags --libs huginn) -o events
 */
#include <fcntl.h>
#include <huginn.h>
#include <stdio.h>

enum { READ_ROWS = 4096, ROWS = 3 * READ_ROWS /* a row shows two changes at most */, TEXT_BYTES = 1 << 20 };

static char text[64 * HG_MAX_RECORD];

/* Adds the changes of hosts to the rows that were read. `*batch` becomes the batch that has both. */
static hg_status add_changes(hg_hosts *hosts, const hg_batch *read, hg_batch *changed, const hg_batch **batch,
                             hg_error *error)
{
    hg_status status = hg_hosts_add(hosts, read, error);
    *batch = read;
    if (status != HG_OK || hg_hosts_change_count(hosts) == 0)
        return status;
    *batch = changed;
    return hg_hosts_insert_changes(hosts, read, changed, error);
}

/* Writes all rows of the batch. */
static hg_status print(hg_renderer *renderer, const hg_batch *batch, hg_error *error)
{
    hg_status status = HG_OK;
    for (uint32_t row = 0; status == HG_OK && row < batch->count;) {
        size_t written;
        status = hg_render(renderer, batch, row, batch->count, text, sizeof text, &written, &row, error);
        if (status == HG_OK)
            fwrite(text, 1, written, stdout);
    }
    return status;
}

int main(int argc, char **argv)
{
    const hg_database *names = hg_database_default();
    hg_config config = {.max_connections = 100000, .max_hosts = 100000, .protocols = HG_ALL_PROTOCOLS & ~HG_QUIET_PROTOCOLS,
                        .uptime = 1, .decapsulate = 1, .workers = 1, .max_stream_bytes = 64 << 20};
    hg_source *source = NULL;
    hg_engine *engine = NULL;
    hg_renderer *renderer = NULL;
    hg_hosts *hosts = NULL;
    hg_batch *read = NULL, *changed = NULL;
    hg_error error = {.message = "usage: events FILE"};
    hg_status status = argc == 2 ? HG_OK : HG_E_ARGUMENT;
    if (status == HG_OK)
        status = hg_source_open_fd(open(argv[1], O_RDONLY), NULL, 0, &source, &error);
    if (status == HG_OK)
        status = hg_engine_new(&config, names, &engine, &error);
    if (status == HG_OK)
        status = hg_renderer_new(names, HG_FORMAT_JSON, NULL, &renderer, &error);
    if (status == HG_OK)
        status = hg_hosts_new(100000, 1, 0, &hosts, &error);
    if (status == HG_OK)
        status = hg_batch_new(READ_ROWS, TEXT_BYTES, &read, &error);
    if (status == HG_OK)
        status = hg_batch_new(ROWS, TEXT_BYTES, &changed, &error);
    if (status == HG_OK) {
        hg_hosts_use(hosts, names);
        hg_hosts_options_of(hosts)->only_changes = 1;
    }
    if (status == HG_OK)
        status = hg_renderer_capture(renderer, argv[1], &error);
    while (status == HG_OK) { /* HG_END after the last; on an error what came before it is printed, too */
        hg_error damage;
        const hg_batch *batch;
        status = hg_engine_run(engine, source, read, UINT64_MAX, &error);
        if (add_changes(hosts, read, changed, &batch, &damage) != HG_OK || print(renderer, batch, &damage) != HG_OK)
            status = damage.status, error = damage;
    }
    if (status < HG_OK)
        fprintf(stderr, "events: %s\n", error.message);
    hg_batch_free(read);
    hg_batch_free(changed);
    hg_hosts_free(hosts);
    hg_renderer_free(renderer);
    hg_engine_free(engine);
    hg_source_free(source);
    return status < HG_OK;
}
