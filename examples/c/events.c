/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * events.c - the events of a capture as JSON Lines: events FILE
 *
 *     cc events.c $(pkg-config --cflags --libs huginn) -o events
 */
#include <fcntl.h>
#include <huginn.h>
#include <stdio.h>

static char text[64 * HG_MAX_RECORD];

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
    hg_batch *batch = NULL;
    hg_error error = {.message = "usage: events FILE"};
    hg_status status = argc == 2 ? HG_OK : HG_E_ARGUMENT;
    if (status == HG_OK)
        status = hg_source_open_fd(open(argv[1], O_RDONLY), NULL, 0, &source, &error);
    if (status == HG_OK)
        status = hg_engine_new(&config, names, &engine, &error);
    if (status == HG_OK)
        status = hg_renderer_new(names, HG_FORMAT_JSON, NULL, &renderer, &error);
    if (status == HG_OK)
        status = hg_batch_new(4096, 1 << 20, &batch, &error);
    if (status == HG_OK)
        status = hg_renderer_capture(renderer, argv[1], &error);
    while (status == HG_OK) { /* HG_END after the last; on an error what came before it is printed, too */
        hg_error damage;
        status = hg_engine_run(engine, source, batch, UINT64_MAX, &error);
        if (print(renderer, batch, &damage) != HG_OK)
            status = damage.status, error = damage;
    }
    if (status < HG_OK)
        fprintf(stderr, "events: %s\n", error.message);
    hg_batch_free(batch);
    hg_renderer_free(renderer);
    hg_engine_free(engine);
    hg_source_free(source);
    return status < HG_OK;
}
