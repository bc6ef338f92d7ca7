/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * capture.c - a whole capture file (pcap or pcapng) through source, engine and renderers.
 *
 * Input: settings (a byte of flags, one for the sizes of the tables), the file. It is analysed
 * twice, from memory by one worker and through a descriptor by one or three, with small windows,
 * small batches and small steps; both must give the same rows, counters and error.
 */
#define _GNU_SOURCE

#include "fuzz.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

enum { NO_UPTIME = 1, NO_TUNNELS = 2, NO_DATABASE = 4, THREE_WORKERS = 8 };

typedef struct outcome {
    uint64_t rows;
    hg_stats stats;
    hg_status status;
    hg_error error;
} outcome;

typedef struct manner {
    uint32_t workers;
    uint32_t capacity;
    uint64_t step;
} manner;

static const hg_database *database_of(uint8_t flags)
{
    return (flags & NO_DATABASE) != 0 ? NULL : hg_database_default();
}

static void run(hg_source *source, uint8_t flags, uint8_t sizes, manner how, outcome *found)
{
    hg_engine *engine;
    hg_batch batch;
    hg_config config = {
        .max_connections = (sizes & 15u) + 1,
        .max_hosts = (sizes >> 4) + 1u,
        .uptime = (flags & NO_UPTIME) == 0,
        .decapsulate = (flags & NO_TUNNELS) == 0,
        .hash_key = 7,
        .workers = how.workers,
    };
    FUZZ_CHECK(hg_engine_new(&config, database_of(flags), &engine, &found->error) == HG_OK);
    fuzz_batch_make(&batch, how.capacity);
    do {
        found->status = hg_engine_run(engine, source, &batch, how.step, &found->error);
        found->rows = fuzz_batch_hash(found->rows, &batch);
        if (how.capacity > HG_MIN_BATCH)
            fuzz_render(&batch, database_of(flags));
    } while (found->status == HG_OK);
    found->stats = *hg_engine_stats(engine);
    fuzz_batch_free(&batch);
    hg_engine_free(engine);
}

static outcome from_memory(const uint8_t *bytes, size_t length, uint8_t flags, uint8_t sizes)
{
    outcome found = {.rows = 0};
    hg_source *source;
    found.status = hg_source_open_memory(bytes, length, &source, &found.error);
    if (found.status == HG_OK)
        run(source, flags, sizes, (manner){.workers = 1, .capacity = 256, .step = UINT64_MAX}, &found);
    hg_source_free(source);
    return found;
}

static outcome from_descriptor(const uint8_t *bytes, size_t length, uint8_t flags, uint8_t sizes)
{
    outcome found = {.rows = 0};
    hg_source *source = NULL;
    manner how = {.workers = (flags & THREE_WORKERS) != 0 ? 3 : 1, .capacity = HG_MIN_BATCH, .step = 11};
    int fd = memfd_create("capture", 0);
    FUZZ_CHECK(fd >= 0 && pwrite(fd, bytes, length, 0) == (ssize_t)length);
    found.status = hg_source_open_fd(fd, NULL, 0, &source, &found.error);
    if (found.status == HG_OK)
        run(source, flags, sizes, how, &found);
    hg_source_free(source);
    close(fd);
    return found;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input input = {data, size};
    uint8_t flags = fuzz_byte(&input), sizes = fuzz_byte(&input);
    uint8_t *bytes = fuzz_copy(input.at, input.left);
    outcome first = from_memory(bytes, input.left, flags, sizes);
    outcome second = from_descriptor(bytes, input.left, flags, sizes);
    uint64_t dropped = 0;
    for (int drop = 0; drop < HG_DROP_KINDS; drop++)
        dropped += first.stats.drops[drop];
    FUZZ_CHECK(first.stats.packets == first.stats.analysed + dropped);
    FUZZ_CHECK(first.rows == second.rows && first.status == second.status);
    FUZZ_CHECK(memcmp(&first.stats, &second.stats, sizeof first.stats) == 0);
    if (first.status < HG_OK) {
        FUZZ_CHECK(first.error.record == second.error.record && first.error.offset == second.error.offset);
        FUZZ_CHECK(strcmp(first.error.message, second.error.message) == 0);
    }
    free(bytes);
    return 0;
}
