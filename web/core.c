/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * core.c - the core for the page: reads captures as one stream, and gives a summary document, records and hosts.
 *
 *     core_begin ──▶ core_open ──▶ core_run ──▶ core_run … until it is not HG_OK; then the next core_open
 *                                           ├─▶ core_summary, the document that the page shows
 *                                           ├─▶ core_render, records that are saved
 *                                           └─▶ core_host, the record of an address
 *
 * These three return the number of bytes of their text, which is at core_text until the next call.
 *
 * An instance reads one stream; the page creates another instance for the next. tools/build_steps/page.py defines
 * MAX_CONNECTIONS, MAX_HOSTS, MAX_STREAM_BYTES and MAX_INVENTORY, the defaults of the command.
 */
#include <arpa/inet.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "database/database.h"

#define EXPORT(name) __attribute__((export_name(#name)))
#define IMPORT(name) __attribute__((import_module("page"), import_name(#name)))

enum { ROWS = 4096, PIECE_BYTES = 1 << 18 };

/* Reads the next bytes of the capture, at most `length`, and returns their number. 0: it ended; negative: it cannot be
 * read. */
IMPORT(read) int32_t page_read(uint8_t *to, uint32_t length);
/* 1: page_read has bytes, or the capture ended; 0: bytes are still being decompressed. */
IMPORT(ready) int32_t page_ready(void);

typedef struct core {
    hg_source *source;
    hg_engine *engine;
    hg_run *run;
    hg_renderer *renderer;
    hg_summary *summary;
    const hg_batch *batch; /* the latest rows */
    uint32_t row, end; /* those that remain to be rendered */
    uint64_t hash_key;
    hg_error error;
    const char *text; /* the latest text for the page */
    void *room;  /* memory for text from the page */
    char piece[PIECE_BYTES];
} core;

static core page; /* of this instance */

/* ---- replacements for system calls, through which the source reads ---------------------------------- */

int poll(struct pollfd *fds, nfds_t count, int timeout)
{
    (void)timeout;
    fds->revents = POLLIN;
    return page_ready() ? (int)count : 0;
}

ssize_t read(int fd, void *to, size_t length)
{
    (void)fd;
    return page_read(to, (uint32_t)length);
}

/* ---- functions that the page calls ------------------------------------------------------------------- */

/* Memory for the page to write to, valid until the next call. */
EXPORT(core_room) void *core_room(uint32_t bytes)
{
    free(page.room);
    return page.room = malloc(bytes);
}

/* Begins the stream. `segments` is as in hg_config; `are_several`: events name their capture. */
EXPORT(core_begin) int32_t core_begin(uint32_t key_low, uint32_t key_high, uint32_t segments, uint32_t are_several)
{
    const hg_database *names = hg_database_default();
    page.hash_key = (uint64_t)key_high << 32 | key_low;
    hg_config config = {.max_connections = MAX_CONNECTIONS, .max_hosts = MAX_HOSTS, .protocols = HG_ALL_PROTOCOLS & ~(segments != 0 ? 0 : HG_QUIET_PROTOCOLS),
                        .uptime = 1, .decapsulate = 1, .workers = 1, .max_stream_bytes = MAX_STREAM_BYTES,
                        .segments = segments != 0, .senders = 1, .hash_key = page.hash_key};
    hg_status status = hg_engine_new(&config, names, &page.engine, &page.error);
    if (status == HG_OK)
        status = hg_run_new(&config, &page.run, &page.error);
    if (status == HG_OK)
        status = hg_renderer_new(names, HG_FORMAT_JSON, NULL, &page.renderer, &page.error);
    if (status == HG_OK && are_several)
        hg_renderer_name_captures(page.renderer);
    if (status == HG_OK)
        status = hg_summary_new(MAX_INVENTORY, 0, page.hash_key, &page.summary, &page.error);
    if (status != HG_OK)
        return status;
    hg_summary_use(page.summary, names);
    hg_run_report(page.run, NULL, page.summary);
    return HG_OK;
}

/* Opens the next capture, after the previous one has ended; `name` ends with a zero. */
EXPORT(core_open) int32_t core_open(const char *name)
{
    hg_source_free(page.source);
    page.source = NULL;
    page.row = page.end = 0;
    page.error.record = 0;
    hg_status status = hg_source_open_fd(0, NULL, 0, &page.source, &page.error);
    return status == HG_OK ? hg_renderer_capture(page.renderer, name, &page.error) : status;
}

/* Reads until a batch is full, `packets` were read, no more bytes are ready, or the capture ends. Returns HG_OK while the
 * capture continues, HG_END, or an error of the capture. In each case the batch has the rows of the packets read. */
EXPORT(core_run) int32_t core_run(uint32_t packets)
{
    page.error.record = 0;
    hg_status status = hg_run_next(page.run, page.engine, page.source, ROWS, packets, &page.batch, &page.error);
    page.row = 0;
    page.end = page.batch == NULL ? 0 : page.batch->count;
    return status;
}

/* After the last capture: as core_run, for data that no packet acknowledged, of packets up to number `until` in the
 * capture `name`. */
EXPORT(core_finish) int32_t core_finish(const char *name, double until)
{
    hg_status status = hg_renderer_capture(page.renderer, name, &page.error);
    if (status == HG_OK)
        status = hg_run_finish(page.run, page.engine, ROWS, (uint64_t)until, &page.batch, &page.error);
    page.row = 0;
    page.end = page.batch == NULL ? 0 : page.batch->count;
    return status;
}

/* The record at which the capture ends too early; 0: none. */
EXPORT(core_record) double core_record(void)
{
    return (double)page.error.record;
}

/* The number of packets read. */
EXPORT(core_packets) double core_packets(void)
{
    return (double)hg_engine_stats(page.engine)->packets;
}

/* The text of the latest call of core_summary, core_render or core_host. */
EXPORT(core_text) const char *core_text(void)
{
    return page.text;
}

/* Makes the summary document. Returns the number of its bytes, or a negative status. `captures` is the JSON list of its
 * captures, ended by a zero. */
EXPORT(core_summary) int32_t core_summary(const char *captures)
{
    size_t length = 0;
    const hg_stats *stats = hg_engine_stats(page.engine);
    hg_status status = hg_summary_write(page.summary, stats, captures, 1, &page.text, &length, &page.error);
    return status == HG_OK ? (int32_t)length : status;
}

/* Renders the next records of the batch. Returns the number of bytes, 0 if there are no more records, or a negative
 * status. */
EXPORT(core_render) int32_t core_render(void)
{
    size_t written = 0;
    hg_error error;
    page.text = page.piece;
    if (page.row >= page.end)
        return 0;
    hg_status status = hg_render(page.renderer, page.batch, page.row, page.end, page.piece, PIECE_BYTES,
                                 &written, &page.row, &error);
    if (status != HG_OK)
        page.error = error;
    return status == HG_OK ? (int32_t)written : status;
}

/* The message of the last error: one line, ended by a zero. */
EXPORT(core_message) const char *core_message(void)
{
    return page.error.message;
}

/* Writes the record of a host. Returns the number of bytes, 0 for an unknown address, or a negative status. The address in
 * `text` ends with a zero. */
EXPORT(core_host) int32_t core_host(const char *text)
{
    uint8_t address[16] = {0};
    uint8_t version = strchr(text, ':') != NULL ? 6 : 4;
    size_t written = 0;
    uint32_t next;
    page.text = page.piece;
    if (inet_pton(version == 6 ? AF_INET6 : AF_INET, text, address) != 1)
        return 0;
    hg_hosts *hosts = hg_summary_hosts(page.summary);
    uint32_t place = hg_hosts_find(hosts, address, version);
    if (place == HG_NO_HOST)
        return 0;
    hg_status status = hg_hosts_conclude(hosts, &page.error);
    if (status == HG_OK)
        status = hg_hosts_write(hosts, HG_HOST_JSON, place, place + 1, page.piece, PIECE_BYTES, &written, &next,
                                &page.error);
    return status == HG_OK ? (int32_t)written : status;
}
