/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * core.c - the core for the page: one capture, from bytes that the page hands over to JSON Lines.
 *
 *     core_open ──▶ core_run ──▶ columns of core_batch ──▶ core_run … until it is not HG_OK
 *                            └─▶ core_select and core_render, for rows that are shown or saved as JSON
 *
 * One capture an instance: the page makes another instance for the next. web/build.py defines
 * MAX_CONNECTIONS, MAX_HOSTS, MAX_STREAM_BYTES and CHANGES_INVENTORY, the defaults of the command.
 */
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "database/database.h"

#define EXPORT(name) __attribute__((export_name(#name)))
#define IMPORT(name) __attribute__((import_module("page"), import_name(#name)))

enum { READ_ROWS = 4096, ROWS = 3 * READ_ROWS /* a row shows two changes at most */ };
enum { BATCH_TEXT_BYTES = 1 << 22, PIECE_BYTES = 1 << 18 };

/* The next bytes of the capture, at most `length`, 0 at its end; negative: it cannot be read. */
IMPORT(read) int32_t page_read(uint8_t *to, uint32_t length);

typedef struct core {
    hg_source *source;
    hg_engine *engine;
    hg_renderer *renderer;
    hg_hosts *hosts;
    hg_batch *read, *told;
    hg_batch *batch; /* that of these two which is shown: `told` where there are changes of hosts */
    hg_stats stats;
    uint32_t row, end; /* those that are to be rendered */
    uint64_t hash_key;
    hg_error error;
    int32_t groups[ROWS];
    uint32_t first_rows[ROWS];
    double confidences[ROWS];
    char addresses[ROWS * HG_MAX_ADDRESS];
    int32_t address_ends[ROWS + 1];
    char piece[PIECE_BYTES];
} core;

static core page; /* of this instance */

/* ---- what libc would ask a system for: the source reads through these ------------------------------- */

int poll(struct pollfd *fds, nfds_t count, int timeout)
{
    (void)timeout;
    fds->revents = POLLIN;
    return (int)count;
}

ssize_t read(int fd, void *to, size_t length)
{
    (void)fd;
    return page_read(to, (uint32_t)length);
}

/* ---- what is made of a batch --------------------------------------------------------------------------- */

static hg_status describe(void)
{
    uint32_t count;
    hg_status status =
        hg_handshake_groups(page.batch, page.hash_key, page.groups, page.first_rows, &count, &page.error);
    if (status == HG_OK)
        status = hg_row_confidences(page.batch, hg_database_default(), page.confidences, &page.error);
    return status;
}

/* ---- changes of hosts ---------------------------------------------------------------------------------- */

/* Shows the batch that was read, with its changes if there are any. */
static hg_status tell(void)
{
    uint32_t next, index;
    hg_naming naming;
    page.batch = page.read;
    hg_status status = hg_hosts_add(page.hosts, page.read, 0, &next, &naming, &index, &page.error);
    if (status != HG_OK || hg_hosts_told(page.hosts) == 0)
        return status;
    status = hg_hosts_tell(page.hosts, page.read, page.told, &page.error);
    if (status == HG_OK)
        page.batch = page.told;
    return status;
}

static hg_status open_hosts(void)
{
    hg_status status = hg_hosts_new(CHANGES_INVENTORY, 1, page.hash_key, &page.hosts, &page.error);
    if (status == HG_OK)
        status = hg_hosts_use(page.hosts, hg_database_default(), &page.error);
    if (status == HG_OK)
        hg_hosts_nameless(page.hosts);
    return status;
}

/* ---- what the page calls ----------------------------------------------------------------------------- */

/* Memory for the page to write to; freed by nobody but the end of the instance. */
EXPORT(core_room) void *core_room(uint32_t bytes)
{
    return malloc(bytes);
}

/* Opens the capture called `name`, which ends with a zero. */
EXPORT(core_open) int32_t core_open(const char *name, uint32_t key_low, uint32_t key_high)
{
    const hg_database *names = hg_database_default();
    page.hash_key = (uint64_t)key_high << 32 | key_low;
    hg_config config = {.max_connections = MAX_CONNECTIONS, .max_hosts = MAX_HOSTS, .protocols = HG_ALL_PROTOCOLS,
                        .uptime = 1, .decapsulate = 1, .workers = 1, .max_stream_bytes = MAX_STREAM_BYTES,
                        .hash_key = page.hash_key};
    hg_status status = hg_source_open_fd(0, NULL, 0, &page.source, &page.error);
    if (status == HG_OK)
        status = hg_engine_new(&config, names, &page.engine, &page.error);
    if (status == HG_OK)
        status = hg_renderer_new(names, HG_FORMAT_JSON, NULL, &page.renderer, &page.error);
    if (status == HG_OK)
        status = open_hosts();
    if (status == HG_OK)
        status = hg_batch_new(ROWS, BATCH_TEXT_BYTES, &page.told, &page.error);
    if (status == HG_OK)
        status = hg_batch_new(READ_ROWS, BATCH_TEXT_BYTES, &page.read, &page.error);
    page.batch = page.read;
    if (status == HG_OK)
        status = hg_renderer_capture(page.renderer, name, &page.error);
    return status;
}

/* Reads on until a batch is full, `packets` were read, or the capture ends: HG_OK while it goes on, HG_END, or
 * an error of the capture. What came before it is in the batch in each case. */
EXPORT(core_run) int32_t core_run(uint32_t packets)
{
    hg_error later;
    hg_status status = hg_engine_run(page.engine, page.source, page.read, packets, &page.error);
    later = page.error;
    hg_status described = tell();
    if (described == HG_OK)
        described = describe();
    page.row = page.end = 0;
    if (described != HG_OK)
        return described;
    page.error = later;
    return status;
}

/* The batch, whose columns web/words.py describes. */
EXPORT(core_batch) const hg_batch *core_batch(void)
{
    return page.batch;
}

/* The group of each row, as hg_handshake_groups gives it. */
EXPORT(core_groups) const int32_t *core_groups(void)
{
    return page.groups;
}

/* The confidence of each row, as hg_row_confidences gives it. */
EXPORT(core_confidences) const double *core_confidences(void)
{
    return page.confidences;
}

/* 1 when what two signatures of the default database name cannot be one system. */
EXPORT(core_contradicts) int32_t core_contradicts(uint32_t one, uint32_t other)
{
    const hg_database *names = hg_database_default();
    const hg_db_signature *signatures = names->tables.signatures;
    return hg_labels_agree(names, signatures[one].label, signatures[other].label) >= HG_CONTRADICT_STACK;
}

/* The senders of all rows as texts, one after the other; text N begins at number N of core_address_ends. */
EXPORT(core_addresses) const char *core_addresses(void)
{
    hg_address_texts(page.batch, 0, page.addresses, page.address_ends);
    return page.addresses;
}

EXPORT(core_address_ends) const int32_t *core_address_ends(void)
{
    return page.address_ends;
}

/* Has core_render give the records of rows `first` to `last` - 1. */
EXPORT(core_select) void core_select(uint32_t first, uint32_t last)
{
    page.row = first;
    page.end = last < page.batch->count ? last : page.batch->count;
}

/* The next records: their bytes, which lie at core_piece; 0 when there are no more, or a negative status. */
EXPORT(core_render) int32_t core_render(void)
{
    size_t written = 0;
    hg_error error;
    if (page.row >= page.end)
        return 0;
    hg_status status = hg_render(page.renderer, page.batch, page.row, page.end, page.piece, PIECE_BYTES,
                                 &written, &page.row, &error);
    if (status != HG_OK)
        page.error = error;
    return status == HG_OK ? (int32_t)written : status;
}

EXPORT(core_piece) const char *core_piece(void)
{
    return page.piece;
}

/* One line, ended by a zero: what the last error says. */
EXPORT(core_message) const char *core_message(void)
{
    return page.error.message;
}

EXPORT(core_stats) const hg_stats *core_stats(void)
{
    page.stats = *hg_engine_stats(page.engine);
    hg_hosts_count_changes(page.hosts, &page.stats);
    return &page.stats;
}

/* 1 when the capture was opened, so that there are counters. */
EXPORT(core_is_open) int32_t core_is_open(void)
{
    return page.batch != NULL;
}
