/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * capture.c - runs a whole capture file through source, engine and renderers: a pcap file, or with FUZZ_PCAPNG a pcapng
 * file.
 *
 * Input: flags, sizes of the tables, the file. It is analysed twice: from memory by one worker into a large batch; and
 * through a descriptor by one to three workers, with small windows, small batches and small steps. Both must give the
 * same rows, counters and error. If the first run has no uptimes, it counts plain segments in place; the second then
 * has a filter that all packets pass, which switches that off. Engines are reused and reset in between. With a flag the
 * second run is a sensor, held at first, whose workers, rings and order must not change the result; or a sensor that
 * gets the capture twice, as two sources that it merges by time.
 */
#define _GNU_SOURCE

#include "fuzz.h"

#include <sys/mman.h>
#include <unistd.h>

enum { NO_UPTIME = 1, NO_TUNNELS = 2, NO_DATABASE = 4, SETTINGS = 8, SIZES = 4, MOST_WORKERS = 3 };
enum { WORKERS_SHIFT = 4 }; /* two bits of the flags: 0 and 3 are one worker */
enum { SENSOR = 64, TWO_SOURCES = 128 };

typedef struct outcome {
    uint64_t rows;
    hg_stats stats;
    hg_status status;
    hg_error error;
} outcome;

typedef struct manner {
    uint8_t flags;
    uint8_t size;
    uint32_t workers;
    uint32_t capacity;
    uint64_t step;
    int filtered;
} manner;

static const hg_database *database_of(uint8_t flags)
{
    return (flags & NO_DATABASE) != 0 ? NULL : hg_database_default();
}

/* A filter that all packets pass: it allows all ports at both ends. */
static const hg_filter *all_pass(void)
{
    static const hg_port_range every = {0, 65535};
    static const hg_condition condition = {.ports = &every, .port_count = 1};
    static hg_filter *filter;
    if (filter == NULL)
        FUZZ_CHECK(hg_filter_new(&condition, 1, 0, &filter, NULL) == HG_OK);
    return filter;
}

/* All options of commands but senders are on, unless only TCP is read. */
static hg_config config_of(const manner *how)
{
    const uint8_t reads_all = (how->flags & NO_UPTIME) == 0;
    static const struct {
        uint32_t flows;
        uint32_t hosts;
    } sizes[SIZES] = {{1, 1}, {2, 3}, {16, 5}, {5, 16}};
    return (hg_config){
        /* Without uptimes only TCP is read: plain segments are counted in place only then. */
        .protocols = reads_all ? HG_ALL_PROTOCOLS : 1 << HG_PROTOCOL_TCP,
        .max_connections = sizes[how->size].flows,
        .max_hosts = sizes[how->size].hosts,
        .uptime = reads_all,
        .http_paths = reads_all,
        .http_values = reads_all,
        .segments = reads_all,
        .host_names = reads_all,
        .left_out = reads_all,
        .decapsulate = (how->flags & NO_TUNNELS) == 0,
        .http_all = how->size & 1,
        .hash_key = 7,
        .workers = how->workers,
        .filter = how->filtered ? all_pass() : NULL,
    };
}

static hg_engine *engine_of(const manner *how)
{
    static hg_engine *engines[2][MOST_WORKERS + 1][SETTINGS][SIZES];
    hg_engine **engine = &engines[how->filtered][how->workers][how->flags % SETTINGS][how->size];
    const hg_config config = config_of(how);
    hg_error error;
    if (*engine != NULL)
        hg_engine_reset(*engine);
    else
        FUZZ_CHECK(hg_engine_new(&config, database_of(how->flags), engine, &error) == HG_OK);
    return *engine;
}

static void run(hg_source *source, const manner *how, outcome *found)
{
    static hg_batch batches[2];
    int is_large = how->capacity > HG_MIN_BATCH;
    hg_batch *batch = batches + is_large;
    hg_engine *engine = engine_of(how);
    if (batch->capacity == 0)
        fuzz_batch_make(batch, how->capacity);
    do {
        found->status = hg_engine_run(engine, source, batch, how->step, &found->error);
        found->rows = fuzz_batch_hash(found->rows, batch);
        if (is_large)
            fuzz_render(batch, database_of(how->flags));
    } while (found->status == HG_OK);
    found->stats = *hg_engine_stats(engine);
    hg_engine_reset(engine); /* until then, blocks of several workers refer to the source */
}

static outcome from_memory(const uint8_t *bytes, size_t length, uint8_t flags, uint8_t size)
{
    outcome found = {.rows = 0};
    manner how = {.flags = flags, .size = size, .workers = 1, .capacity = 256, .step = UINT64_MAX};
    hg_source *source;
    found.status = hg_source_open_memory(bytes, length, &source, &found.error);
    if (found.status == HG_OK)
        run(source, &how, &found);
    hg_source_free(source);
    return found;
}

static outcome from_descriptor(const uint8_t *bytes, size_t length, uint8_t flags, uint8_t size)
{
    outcome found = {.rows = 0};
    manner how = {.flags = flags, .size = size, .workers = 1, .capacity = HG_MIN_BATCH, .step = 11};
    uint32_t more = flags >> WORKERS_SHIFT & 3;
    how.workers += more % MOST_WORKERS;
    how.filtered = (flags & NO_UPTIME) != 0;
    hg_source *source = NULL;
    int fd = memfd_create("capture", 0);
    FUZZ_CHECK(fd >= 0 && pwrite(fd, bytes, length, 0) == (ssize_t)length);
    found.status = hg_source_open_fd(fd, NULL, 0, &source, &found.error);
    if (found.status == HG_OK)
        run(source, &how, &found);
    hg_source_free(source);
    close(fd);
    return found;
}

/* Takes everything that is available; returns how it ended. */
static hg_status sense(hg_sensor *sensor, hg_batch *batch, outcome *found)
{
    do {
        found->status = hg_sensor_run(sensor, batch, &found->error);
        found->rows = fuzz_batch_hash(found->rows, batch);
    } while (found->status == HG_OK);
    return found->status;
}

/* Checks the counters of packets against `times` the expected ones. Counters of rows and flows depend on the order of
 * the sources. */
static void check_packets(hg_sensor *sensor, uint32_t workers, const hg_stats *expected, uint64_t times)
{
    hg_stats sum = {0}, stats;
    for (uint32_t worker = 0; worker < workers; worker++) {
        FUZZ_CHECK(hg_sensor_stats(sensor, worker, &stats) == 0);
        sum.packets += stats.packets;
        sum.bytes += stats.bytes;
        sum.analysed += stats.analysed;
    }
    FUZZ_CHECK(sum.packets == times * expected->packets && sum.bytes == times * expected->bytes);
    FUZZ_CHECK(sum.analysed == times * expected->analysed);
}

static void check_sensor(const uint8_t *bytes, size_t length, uint8_t flags, uint8_t size, const outcome *first)
{
    static hg_batch batch;
    const uint32_t count = (flags & TWO_SOURCES) != 0 ? 2 : 1;
    const uint32_t workers = count > 1 ? count : 1 + (flags >> WORKERS_SHIFT & 3) % MOST_WORKERS;
    const manner how = {.flags = flags, .size = size, .workers = workers};
    const hg_config config = config_of(&how);
    outcome found = {.rows = 0};
    hg_source *sources[2] = {NULL, NULL};
    hg_sensor *sensor;
    hg_error error;
    if (batch.capacity == 0)
        fuzz_batch_make(&batch, HG_MIN_BATCH);
    for (uint32_t i = 0; i < count; i++)
        if (hg_source_open_memory(bytes, length, sources + i, &error) != HG_OK)
            return;
    FUZZ_CHECK(hg_sensor_new(&config, database_of(flags), &sensor, &error) == HG_OK);
    FUZZ_CHECK(hg_sensor_open(sensor, sources, count, &error) == HG_OK);
    hg_sensor_set_mode(sensor, HG_SENSOR_HOLD); /* rows already read are returned; then the database may be exchanged */
    int has_more_rows = 0;
    if (sense(sensor, &batch, &found) == HG_END && (flags & NO_DATABASE) == 0) {
        FUZZ_CHECK(hg_sensor_use(sensor, database_of(flags), &error) == HG_OK);
        has_more_rows = found.rows != 0; /* what the old database named is named again */
    }
    hg_sensor_set_mode(sensor, (flags & NO_TUNNELS) != 0 ? HG_SENSOR_DRAIN : HG_SENSOR_RUN);
    sense(sensor, &batch, &found);
    check_packets(sensor, workers, &first->stats, count);
    FUZZ_CHECK(count > 1 || found.status == first->status);
    FUZZ_CHECK(count > 1 || has_more_rows || found.rows == first->rows);
    FUZZ_CHECK(count > 1 || found.status >= HG_OK || strcmp(found.error.message, first->error.message) == 0);
    hg_sensor_close(sensor);
    hg_sensor_free(sensor);
    for (uint32_t i = 0; i < count; i++)
        hg_source_free(sources[i]);
}

static void check_same(const outcome *first, const outcome *second)
{
    uint64_t dropped = 0;
    for (int drop = 0; drop < HG_DROP_KINDS; drop++)
        dropped += first->stats.drops[drop];
    FUZZ_CHECK(first->stats.packets == first->stats.analysed + dropped);
    FUZZ_CHECK(first->rows == second->rows && first->status == second->status);
    FUZZ_CHECK(memcmp(&first->stats, &second->stats, sizeof first->stats) == 0);
    if (first->status < HG_OK) {
        FUZZ_CHECK(first->error.record == second->error.record && first->error.offset == second->error.offset);
        FUZZ_CHECK(strcmp(first->error.message, second->error.message) == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t section[4] = {0x0a, 0x0d, 0x0d, 0x0a};
    fuzz_input input = {data, size};
    uint8_t flags = fuzz_byte(&input), sizes = fuzz_byte(&input) % SIZES;
    int is_pcapng = input.left >= sizeof section && memcmp(input.at, section, sizeof section) == 0;
#ifdef FUZZ_PCAPNG
    if (!is_pcapng)
        return -1;
#else
    if (is_pcapng)
        return -1;
#endif
    uint8_t *bytes = fuzz_copy(input.at, input.left);
    outcome first = from_memory(bytes, input.left, flags, sizes);
    if ((flags & SENSOR) != 0) {
        check_sensor(bytes, input.left, flags, sizes, &first);
    } else {
        const outcome second = from_descriptor(bytes, input.left, flags, sizes);
        check_same(&first, &second);
    }
    free(bytes);
    return 0;
}
