/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * threads.c - an engine or a sensor whose threads fail to start, as the command line says.
 *
 *     threads engine|reader|sources|held WORKERS FAILING CAPTURE...
 *
 * `FAILING` has a letter for each start of a thread, in turn: x fails, any other does not; the last
 * letter holds for all that follow. `engine` takes the captures one after the other; `reader` has one
 * source for all workers, `sources` one a worker; `held` is the same with a pause, in which the database is
 * exchanged, so the order of what several sources had read by then depends on time. Batches are as small as they may be, so that
 * most calls end with a full one. Prints the events' packet numbers as a hash, their number, the
 * packets, and how many threads did not start.
 */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "huginn.h"

enum { ROWS = HG_MIN_BATCH };

static const char *failing;
static unsigned failed;

int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *argument);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *argument);

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *argument)
{
    int fails = *failing == 'x';
    if (failing[0] != '\0' && failing[1] != '\0')
        failing++;
    if (!fails)
        return __real_pthread_create(thread, attributes, run, argument);
    failed++;
    return EAGAIN;
}

typedef struct totals {
    uint64_t hash;
    uint64_t rows;
} totals;

static void fail(const char *what, const hg_error *error)
{
    fprintf(stderr, "%s: %s\n", what, error->message);
    exit(1);
}

static void add(totals *sum, const hg_batch *batch)
{
    for (uint32_t i = 0; i < batch->count; i++) {
        const hg_columns *columns = &batch->columns;
        sum->hash = sum->hash * UINT64_C(1099511628211) + columns->packet_number[i];
        sum->hash = sum->hash * UINT64_C(1099511628211) + columns->event[i];
        sum->hash = sum->hash * UINT64_C(1099511628211) + columns->src_port[i];
    }
    sum->rows += batch->count;
}

static void make_batch(hg_batch *batch)
{
    /* Every column is a pointer, and no value has more than 64 bytes. */
    uint8_t *columns[sizeof batch->columns / sizeof(void *)];
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        columns[i] = calloc(ROWS, 64);
    memcpy(&batch->columns, columns, sizeof columns);
    batch->capacity = ROWS;
    batch->count = 0;
    batch->text_capacity = HG_MIN_TEXTS;
    batch->completions = NULL;
    batch->texts = malloc(batch->text_capacity);
    if (batch->texts == NULL)
        exit(1);
}

static void free_batch(hg_batch *batch)
{
    uint8_t *columns[sizeof batch->columns / sizeof(void *)];
    memcpy(columns, &batch->columns, sizeof columns);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        free(columns[i]);
    free(batch->texts);
}

static hg_source *open_source(const char *path, int *fd)
{
    hg_source *source = NULL;
    hg_error error = {0};
    *fd = open(path, O_RDONLY);
    if (*fd < 0 || hg_source_open_fd(*fd, NULL, 0, &source, &error) != HG_OK)
        fail(path, &error);
    return source;
}

static uint64_t run_engine(const hg_config *config, char **paths, int count, hg_batch *batch, totals *sum)
{
    hg_engine *engine;
    hg_error error = {0};
    if (hg_engine_new(config, hg_database_default(), &engine, &error) != HG_OK)
        fail("engine", &error);
    for (int i = 0; i < count; i++) {
        int fd;
        hg_source *source = open_source(paths[i], &fd);
        hg_status status;
        do {
            status = hg_engine_run(engine, source, batch, 100000, &error);
            add(sum, batch);
        } while (status == HG_OK);
        if (status != HG_END)
            fail(paths[i], &error);
        hg_source_free(source);
        close(fd);
    }
    uint64_t packets = hg_engine_stats(engine)->packets;
    hg_engine_free(engine);
    return packets;
}

static void drain(hg_sensor *sensor, hg_batch *batch, totals *sum)
{
    hg_error error = {0};
    hg_status status;
    do {
        status = hg_sensor_run(sensor, batch, &error);
        add(sum, batch);
    } while (status == HG_OK);
    if (status != HG_END)
        fail("sensor", &error);
}

static void exchange_database(hg_sensor *sensor, hg_batch *batch, totals *sum)
{
    hg_error error = {0};
    hg_sensor_set_mode(sensor, HG_SENSOR_HOLD);
    drain(sensor, batch, sum);
    if (hg_sensor_use(sensor, hg_database_default(), &error) != HG_OK)
        fail("sensor", &error);
    hg_sensor_set_mode(sensor, HG_SENSOR_RUN);
}

static uint64_t run_sensor(const hg_config *config, int held, char **paths, uint32_t count, hg_batch *batch,
                           totals *sum)
{
    hg_sensor *sensor;
    hg_error error = {0};
    hg_source *sources[HG_MAX_WORKERS];
    int fds[HG_MAX_WORKERS];
    if (hg_sensor_new(config, hg_database_default(), &sensor, &error) != HG_OK)
        fail("sensor", &error);
    for (uint32_t i = 0; i < count; i++)
        sources[i] = open_source(paths[i], fds + i);
    if (hg_sensor_open(sensor, sources, count, &error) != HG_OK)
        fail("sensor", &error);
    if (held)
        exchange_database(sensor, batch, sum);
    drain(sensor, batch, sum);
    hg_sensor_close(sensor);
    uint64_t packets = 0;
    for (uint32_t i = 0; i < config->workers; i++) {
        hg_stats stats;
        packets += hg_sensor_stats(sensor, i, &stats);
        packets += stats.packets;
    }
    hg_sensor_free(sensor);
    for (uint32_t i = 0; i < count; i++) {
        hg_source_free(sources[i]);
        close(fds[i]);
    }
    return packets;
}

int main(int argc, char **argv)
{
    if (argc < 5)
        return 2;
    hg_config config = {.protocols = HG_ALL_PROTOCOLS, .max_connections = 100, .max_hosts = 100, .uptime = 1, .decapsulate = 1};
    config.workers = (uint32_t)strtoul(argv[2], NULL, 10);
    failing = argv[3];
    totals sum = {0};
    hg_batch batch;
    make_batch(&batch);
    int is_engine = strcmp(argv[1], "engine") == 0, held = strcmp(argv[1], "held") == 0;
    uint64_t packets = is_engine ? run_engine(&config, argv + 4, argc - 4, &batch, &sum)
                                 : run_sensor(&config, held, argv + 4, (uint32_t)(argc - 4), &batch, &sum);
    free_batch(&batch);
    printf("%016" PRIx64 " %" PRIu64 " %" PRIu64 " %u\n", sum.hash, sum.rows, packets, failed);
    return 0;
}
