/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * sensor.c - captures through a sensor, whose workers, rings and order must change nothing.
 *
 * Input: flags (workers, one source for all or a source each, held at first), length of the first
 * capture (16 bits), two captures. With one source the rows, counters and error must be those of an
 * engine; with two, which are merged by time, the counters of packets must be the sums.
 */
#include "fuzz.h"

#include "base/bytes.h"

enum { MOST_WORKERS = 3, TWO_SOURCES = 4, HELD = 8, DRAINED = 16, SMALL_BATCH = 32 };

static hg_config config_with(uint32_t workers)
{
    return (hg_config){.protocols = HG_ALL_PROTOCOLS, .max_connections = 8, .max_hosts = 8, .uptime = 1, .decapsulate = 1, .workers = workers};
}

typedef struct outcome {
    uint64_t rows;
    uint64_t packets;
    uint64_t bytes;
    uint64_t analysed;
    uint64_t flows;
    uint64_t drops[HG_DROP_KINDS];
    hg_status status;
    char message[240];
} outcome;

static void add_stats(outcome *sum, const hg_stats *stats)
{
    sum->packets += stats->packets;
    sum->bytes += stats->bytes;
    sum->analysed += stats->analysed;
    sum->flows += stats->flows;
    for (int drop = 0; drop < HG_DROP_KINDS; drop++)
        sum->drops[drop] += stats->drops[drop];
}

static hg_source *open(const fuzz_input *capture)
{
    hg_source *source;
    return hg_source_open_memory(capture->at, capture->left, &source, NULL) == HG_OK ? source : NULL;
}

/* What an engine makes of it. */
static void analyse(const fuzz_input *capture, hg_batch *batch, outcome *found)
{
    static hg_engine *engine;
    hg_config config = config_with(1);
    hg_error error = {0};
    hg_source *source = open(capture);
    if (engine == NULL)
        FUZZ_CHECK(hg_engine_new(&config, hg_database_default(), &engine, NULL) == HG_OK);
    do {
        found->status = hg_engine_run(engine, source, batch, UINT64_MAX, &error);
        found->rows = fuzz_batch_hash(found->rows, batch);
    } while (found->status == HG_OK);
    memcpy(found->message, error.message, sizeof found->message);
    add_stats(found, hg_engine_stats(engine));
    hg_engine_reset(engine);
    hg_source_free(source);
}

/* Nothing more is read, what was read is returned, and then the database may be exchanged: for
 * the same one, since it is not known who has named what. */
static void hold(hg_sensor *sensor, hg_batch *batch, uint64_t *rows)
{
    hg_status status;
    hg_sensor_set_mode(sensor, HG_SENSOR_HOLD);
    do {
        status = hg_sensor_run(sensor, batch, NULL);
        *rows = fuzz_batch_hash(*rows, batch);
    } while (status == HG_OK);
    if (status == HG_END)
        FUZZ_CHECK(hg_sensor_use(sensor, hg_database_default(), NULL) == HG_OK);
}

static void sense(uint8_t flags, hg_source *const *sources, uint32_t count, hg_batch *batch, outcome *found)
{
    hg_sensor *sensor;
    hg_error error = {0};
    uint32_t workers = count > 1 ? count : flags % MOST_WORKERS + 1u;
    hg_config config = config_with(workers);
    FUZZ_CHECK(hg_sensor_new(&config, hg_database_default(), &sensor, NULL) == HG_OK);
    FUZZ_CHECK(hg_sensor_open(sensor, sources, MOST_WORKERS + 1, NULL) == HG_E_ARGUMENT);
    FUZZ_CHECK(hg_sensor_open(sensor, sources, count, NULL) == HG_OK);
    if (flags & HELD)
        hold(sensor, batch, &found->rows);
    hg_sensor_set_mode(sensor, (flags & DRAINED) != 0 ? HG_SENSOR_DRAIN : HG_SENSOR_RUN);
    do {
        found->status = hg_sensor_run(sensor, batch, &error);
        found->rows = fuzz_batch_hash(found->rows, batch);
    } while (found->status == HG_OK);
    memcpy(found->message, error.message, sizeof found->message);
    for (uint32_t worker = 0; worker < workers; worker++) {
        hg_stats stats;
        FUZZ_CHECK(hg_sensor_stats(sensor, worker, &stats) == 0);
        add_stats(found, &stats);
    }
    hg_sensor_close(sensor);
    hg_sensor_free(sensor);
}

static void compare(const outcome *found, const outcome *expected, int is_merged)
{
    FUZZ_CHECK(found->packets == expected->packets && found->bytes == expected->bytes);
    FUZZ_CHECK(found->analysed == expected->analysed);
    FUZZ_CHECK(memcmp(found->drops, expected->drops, sizeof found->drops) == 0);
    if (is_merged)
        return;
    FUZZ_CHECK(found->rows == expected->rows && found->flows == expected->flows);
    FUZZ_CHECK(found->status == expected->status && strcmp(found->message, expected->message) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static hg_batch batches[2];
    fuzz_input input = {data, size};
    uint8_t head[3];
    if (batches[0].capacity == 0) {
        fuzz_batch_make(&batches[0], 256);
        fuzz_batch_make(&batches[1], HG_MIN_BATCH);
    }
    fuzz_take(&input, head, sizeof head);
    hg_batch *batch = batches + ((head[0] & SMALL_BATCH) != 0);
    size_t length = hg_le16(head + 1) < input.left ? hg_le16(head + 1) : input.left;
    fuzz_input first = {fuzz_copy(input.at, length), length};
    fuzz_input second = {fuzz_copy(input.at + length, input.left - length), input.left - length};
    hg_source *sources[MOST_WORKERS + 1] = {open(&first), open(&second)};
    int is_merged = (head[0] & TWO_SOURCES) != 0 && sources[1] != NULL;
    if (sources[0] != NULL) {
        outcome found = {.rows = 0}, expected = {.rows = 0};
        sense(head[0], sources, is_merged ? 2 : 1, batch, &found);
        analyse(&first, batch, &expected);
        if (is_merged)
            analyse(&second, batch, &expected);
        compare(&found, &expected, is_merged);
    }
    hg_source_free(sources[0]);
    hg_source_free(sources[1]);
    free((void *)(uintptr_t)first.at);
    free((void *)(uintptr_t)second.at);
    return 0;
}
