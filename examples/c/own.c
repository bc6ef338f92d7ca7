/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * own.c - names the handshakes of a capture by signatures that are compiled into the program: own FILE
 *
 *     huginn compile examples/own.fp --header own.h --prefix own
 *     cc -I. examples/c/own.c $(pkg-config --cflags --libs huginn) -o own
 */
#include <fcntl.h>
#include <huginn.h>
#include <stdio.h>
#include <unistd.h>

#include "own.h"

enum { ROWS = 4096 };

static char text[64 * HG_MAX_RECORD];

typedef struct parts {
    hg_database *names;
    hg_engine *engine;
    hg_batch *batch;
    hg_renderer *renderer;
    hg_source *source;
} parts;

static hg_status make(parts *made, int fd, hg_error *error)
{
    const hg_config config = {.max_connections = 1000,
                              .max_hosts = 10000,
                              .protocols = 1U << HG_PROTOCOL_TCP,
                              .workers = 1,
                              .max_stream_bytes = 1 << 20};
    hg_status status = hg_database_of_tables(&own_tables, &made->names, error);
    if (status == HG_OK)
        status = hg_engine_new(&config, made->names, &made->engine, error);
    if (status == HG_OK)
        status = hg_batch_new(ROWS, HG_MIN_TEXTS, 0, 0, &made->batch, error);
    if (status == HG_OK)
        status = hg_renderer_new(made->names, HG_FORMAT_TEXT, NULL, &made->renderer, error);
    return status == HG_OK ? hg_source_open_fd(fd, NULL, 0, &made->source, error) : status;
}

static hg_status print(const parts *with, hg_error *error)
{
    hg_status status = HG_OK;
    for (uint32_t row = 0; status == HG_OK && row < with->batch->count;) {
        size_t written;
        status =
            hg_render(with->renderer, with->batch, row, with->batch->count, text, sizeof text, &written, &row, error);
        if (status == HG_OK)
            fwrite(text, 1, written, stdout);
    }
    return status;
}

int main(int argc, char **argv)
{
    parts made = {NULL, NULL, NULL, NULL, NULL};
    hg_error error = {.message = "usage: own FILE"};
    const int fd = argc == 2 ? open(argv[1], O_RDONLY) : -1;
    hg_status status = argc == 2 ? make(&made, fd, &error) : HG_E_ARGUMENT;
    while (status == HG_OK) { /* HG_END after the last */
        hg_error unprinted;
        status = hg_engine_run(made.engine, made.source, made.batch, UINT64_MAX, &error);
        if (print(&made, &unprinted) != HG_OK)
            status = unprinted.status, error = unprinted;
    }
    if (status != HG_END)
        fprintf(stderr, "own: %s\n", error.message);
    hg_source_free(made.source);
    hg_renderer_free(made.renderer);
    hg_batch_free(made.batch);
    hg_engine_free(made.engine);
    hg_database_free(made.names);
    close(fd);
    return status != HG_END;
}
