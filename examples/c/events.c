/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * events.c - the events of captures as JSON Lines: events [--findings] FILE...
 *
 *     cc events.c $(pkg-config --cflags --libs huginn) -o events
 */
#include <fcntl.h>
#include <huginn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROWS = 4096 };

static char text[64 * HG_MAX_RECORD];

typedef struct parts {
    hg_engine *engine;
    hg_hosts *hosts;
    hg_run *run;
    hg_renderer *renderer;
} parts;

static hg_status make(parts *made, hg_error *error)
{
    const hg_database *names = hg_database_default();
    hg_config config = {.max_connections = 1000,
                        .max_hosts = 10000,
                        .protocols = HG_ALL_PROTOCOLS & ~HG_QUIET_PROTOCOLS,
                        .uptime = 1,
                        .decapsulate = 1,
                        .workers = 1,
                        .max_stream_bytes = 64 << 20};
    hg_status status = hg_engine_new(&config, names, &made->engine, error);
    if (status == HG_OK)
        status = hg_hosts_new(100000, 1, 0, &made->hosts, error);
    if (status == HG_OK)
        status = hg_run_new(&config, &made->run, error);
    if (status == HG_OK)
        status = hg_renderer_new(names, HG_FORMAT_JSON, NULL, &made->renderer, error);
    if (status != HG_OK)
        return status;
    hg_hosts_use(made->hosts, names);
    hg_run_report(made->run, made->hosts, NULL);
    return HG_OK;
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

/* Writes the events of a capture. Connections and hosts of earlier captures are continued. */
static hg_status print_capture(const parts *with, const char *name, hg_error *error)
{
    hg_source *source = NULL;
    const int fd = open(name, O_RDONLY);
    hg_status status = hg_source_open_fd(fd, NULL, 0, &source, error);
    if (status == HG_OK)
        status = hg_renderer_capture(with->renderer, name, error);
    while (status == HG_OK) { /* HG_END after the last; on an error what came before it is printed, too */
        hg_error unprinted;
        const hg_batch *batch;
        status = hg_run_next(with->run, with->engine, source, ROWS, UINT64_MAX, &batch, error);
        if (batch != NULL && print(with->renderer, batch, &unprinted) != HG_OK)
            status = unprinted.status, *error = unprinted;
    }
    hg_source_free(source);
    close(fd);
    return status;
}

/* Writes the events of data that no packet of the captures acknowledged, of packets up to number `until`. */
static hg_status print_rest(const parts *with, const char *name, uint64_t until, hg_error *error)
{
    hg_status status = hg_renderer_capture(with->renderer, name, error);
    while (status == HG_OK) {
        const hg_batch *batch;
        hg_error unprinted;
        status = hg_run_finish(with->run, with->engine, ROWS, until, &batch, error);
        if (batch != NULL && print(with->renderer, batch, &unprinted) != HG_OK)
            status = unprinted.status, *error = unprinted;
    }
    return status;
}

int main(int argc, char **argv)
{
    const int findings = argc > 1 && strcmp(argv[1], "--findings") == 0;
    int failed = argc < 2 + findings;
    parts made = {NULL, NULL, NULL, NULL};
    hg_error error = {.message = "usage: events [--findings] FILE..."};
    if (failed || make(&made, &error) != HG_OK) {
        fprintf(stderr, "events: %s\n", error.message);
        return 1;
    }
    hg_hosts_options_of(made.hosts)->only_changes = !findings;
    hg_hosts_options_of(made.hosts)->reports_findings = (uint8_t)findings;
    if (argc > 2 + findings)
        hg_renderer_name_captures(made.renderer);
    uint64_t *ends = calloc((size_t)argc, sizeof *ends); /* packets up to the end of each capture */
    if (ends == NULL)
        return 1;
    for (int i = 1 + findings; i < argc; i++) {
        if (print_capture(&made, argv[i], &error) < HG_OK) {
            fprintf(stderr, "events: %s: %s\n", argv[i], error.message);
            failed = 1;
        }
        ends[i] = hg_engine_stats(made.engine)->packets;
    }
    for (int i = 1 + findings; i < argc; i++)
        if (print_rest(&made, argv[i], i + 1 < argc ? ends[i] : UINT64_MAX, &error) < HG_OK)
            failed = 1;
    free(ends);
    hg_run_free(made.run);
    hg_hosts_free(made.hosts);
    hg_renderer_free(made.renderer);
    hg_engine_free(made.engine);
    return failed;
}
