/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * engine.c - takes blocks through the stages, with one worker or several.
 *
 * Each worker has a block of its own and does everything with it. Two things are done by one
 * worker at a time: reading the source (under `reading`), which hands out tickets, and the
 * ordered stage, which blocks enter in the order of their tickets. So one tracker sees all
 * packets in order, and the events are the same for any number of workers. Where the source can
 * read ahead, a worker copies some of what is to come before it takes its turn to read.
 *
 *     worker 1   read │ parse, match │ converse │ write rows │ read │ parse, match │ converse
 *     worker 2        │ read │ parse, match     │ converse   │ write rows │ read │ …
 *
 * The ordered stage reserves rows of the batch; they are written after the turn has passed on.
 *
 * Workers other than the caller are threads that live for one call of hg_engine_run. A block
 * that finds the batch full keeps its place and goes on with the next call.
 */
#define _POSIX_C_SOURCE 200809L

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "engine/block.h"
#include "base/error.h"
#include "engine/rows.h"

typedef struct hg_worker {
    hg_engine *engine;
    hg_block block;
    hg_matcher matcher;
    uint64_t ticket;
    uint8_t loaded; /* 1: the block waits for its turn, or for room in the batch */
    uint8_t apart[HG_APART]; /* from the next worker's, as in hg_flows */
} hg_worker;

struct hg_engine {
    hg_setting setting;
    hg_worker *workers;
    uint32_t worker_count;

    pthread_mutex_t reading; /* guards what follows, up to `error` */
    hg_source *source;
    uint64_t next_ticket;
    uint64_t packets_read;
    uint64_t packets_limit; /* of this call, counted as packets_read */
    uint8_t idle;           /* the source has nothing just now */
    uint8_t drained;        /* the source has ended, as `outcome` says */
    hg_status outcome;
    hg_error error;

    pthread_mutex_t ordering; /* guards waiting for `turn` and `full` */
    pthread_cond_t turned;
    atomic_uint_fast64_t turn; /* the ticket whose block is in the ordered stage */
    atomic_uint_fast32_t full; /* 1: the batch is */
    hg_batch *batch;
};

/* ---- life ------------------------------------------------------------------------------ */

static hg_status init_workers(hg_engine *engine, const hg_config *config, const hg_database *database,
                              hg_error *error)
{
    uint32_t frames = config->workers > 1 ? HG_LARGEST_BLOCK : HG_BLOCK_FRAMES;
    engine->workers = calloc(config->workers, sizeof *engine->workers);
    if (engine->workers == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for %u workers", config->workers);
    for (; engine->worker_count < config->workers; engine->worker_count++) {
        hg_worker *worker = engine->workers + engine->worker_count;
        worker->engine = engine;
        hg_status status = hg_block_init(&worker->block, frames, error);
        if (status != HG_OK)
            return status;
        status = hg_matcher_init(&worker->matcher, database, config->hash_key, error);
        if (status != HG_OK) {
            hg_block_clear(&worker->block);
            return status;
        }
    }
    return HG_OK;
}

hg_status hg_engine_new(const hg_config *config, const hg_database *database, hg_engine **out, hg_error *error)
{
    *out = NULL;
    hg_engine *engine = calloc(1, sizeof *engine);
    if (engine == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for an engine");
    pthread_mutex_init(&engine->reading, NULL);
    pthread_mutex_init(&engine->ordering, NULL);
    pthread_cond_init(&engine->turned, NULL);
    engine->setting.detect = hg_detector_best();
    hg_status status = hg_setting_init(&engine->setting, config, database, error);
    engine->setting.sieves = !hg_interest_segments(&engine->setting.interest) && config->filter == NULL;
    if (status == HG_OK)
        status = init_workers(engine, config, database, error);
    if (status != HG_OK) {
        hg_engine_free(engine);
        return status;
    }
    *out = engine;
    return HG_OK;
}

void hg_engine_free(hg_engine *engine)
{
    if (engine == NULL)
        return;
    for (uint32_t i = 0; i < engine->worker_count; i++) {
        hg_block_clear(&engine->workers[i].block);
        hg_matcher_clear(&engine->workers[i].matcher);
    }
    free(engine->workers);
    hg_setting_clear(&engine->setting);
    pthread_cond_destroy(&engine->turned);
    pthread_mutex_destroy(&engine->ordering);
    pthread_mutex_destroy(&engine->reading);
    free(engine);
}

void hg_engine_reset(hg_engine *engine)
{
    for (uint32_t i = 0; i < engine->worker_count; i++) {
        hg_block_release(&engine->workers[i].block);
        engine->workers[i].loaded = 0;
    }
    hg_setting_reset(&engine->setting);
    engine->setting.stats = (hg_stats){0};
    engine->packets_read = 0;
    engine->drained = 0;
    atomic_store(&engine->turn, engine->next_ticket);
}

size_t hg_engine_state_bytes(const hg_engine *engine)
{
    return sizeof engine->packets_read + hg_setting_state_bytes(&engine->setting);
}

void hg_engine_save(const hg_engine *engine, uint8_t *out)
{
    memcpy(out, &engine->packets_read, sizeof engine->packets_read);
    hg_setting_save(&engine->setting, out + sizeof engine->packets_read);
}

hg_status hg_engine_load(hg_engine *engine, const uint8_t *bytes, size_t length, hg_error *error)
{
    const size_t number = sizeof engine->packets_read;
    if (length < number)
        return hg_fail(error, HG_E_ARGUMENT, "the saved state is cut");
    hg_status status = hg_setting_load(&engine->setting, bytes + number, length - number, error);
    if (status == HG_OK)
        memcpy(&engine->packets_read, bytes, number);
    return status;
}

const hg_stats *hg_engine_stats(const hg_engine *engine)
{
    return &engine->setting.stats;
}

/* ---- reading --------------------------------------------------------------------------- */

/* Reads the worker's next block and takes a ticket for it; 0 when there is none to read. */
static int take_ticket(hg_worker *worker)
{
    hg_engine *engine = worker->engine;
    hg_block *block = &worker->block;
    if (engine->drained || engine->idle || engine->packets_read >= engine->packets_limit)
        return 0;
    hg_status status =
        hg_block_read(block, &engine->setting, engine->source, engine->packets_limit - engine->packets_read,
                      engine->packets_read + 1, &engine->error);
    if (status != HG_OK) {
        engine->drained = 1;
        engine->outcome = status;
    }
    if (hg_block_packets(block) == 0) {
        engine->idle = 1;
        return 0;
    }
    engine->packets_read += hg_block_packets(block);
    worker->ticket = engine->next_ticket++;
    worker->loaded = 1;
    return 1;
}

static int load(hg_worker *worker)
{
    hg_engine *engine = worker->engine;
    if (atomic_load(&engine->full))
        return 0;
    if (engine->worker_count > 1)
        hg_source_read_ahead(engine->source);
    pthread_mutex_lock(&engine->reading);
    int loaded = take_ticket(worker);
    pthread_mutex_unlock(&engine->reading);
    if (loaded)
        hg_block_match(&worker->block, &engine->setting, &worker->matcher);
    return loaded;
}

/* ---- turns ----------------------------------------------------------------------------- */

/* How often to look before sleeping: turns change hands within microseconds, a sleep costs
 * several, but spinning on would burn a core that another worker may need. */
enum { LOOKS = 300 };

static int is_turn(const hg_worker *worker)
{
    return atomic_load_explicit(&worker->engine->turn, memory_order_acquire) == worker->ticket;
}

/* Waits for the worker's turn; 0 when the batch is full before. */
static int await_turn(hg_worker *worker)
{
    hg_engine *engine = worker->engine;
    for (int look = 0; look < LOOKS; look++)
        if (is_turn(worker))
            return !atomic_load(&engine->full);
    pthread_mutex_lock(&engine->ordering);
    while (!is_turn(worker) && !atomic_load(&engine->full))
        pthread_cond_wait(&engine->turned, &engine->ordering);
    pthread_mutex_unlock(&engine->ordering);
    return !atomic_load(&engine->full);
}

static void pass_turn(hg_engine *engine, int full)
{
    pthread_mutex_lock(&engine->ordering);
    if (full)
        atomic_store(&engine->full, 1);
    else
        atomic_fetch_add_explicit(&engine->turn, 1, memory_order_release);
    pthread_cond_broadcast(&engine->turned);
    pthread_mutex_unlock(&engine->ordering);
}

static void work(hg_worker *worker)
{
    hg_engine *engine = worker->engine;
    hg_block *block = &worker->block;
    while (worker->loaded || load(worker)) {
        if (!await_turn(worker))
            return;
        int done = hg_block_converse(block, &engine->setting, engine->batch);
        pass_turn(engine, !done);
        hg_rows_write(block, &engine->batch->columns);
        if (!done)
            return;
        hg_block_release(block);
        worker->loaded = 0;
    }
}

/* ---- one call -------------------------------------------------------------------------- */

static void *work_in_thread(void *worker)
{
    work(worker);
    return NULL;
}

/* Runs all workers, the first on the calling thread. Signals stay with the caller's threads. A
 * thread that cannot be had is done without. */
static void run_workers(hg_engine *engine)
{
    pthread_t threads[HG_MAX_WORKERS];
    uint8_t started[HG_MAX_WORKERS] = {0};
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    for (uint32_t i = 1; i < engine->worker_count; i++)
        started[i] = pthread_create(threads + i, NULL, work_in_thread, engine->workers + i) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    work(engine->workers);
    for (uint32_t i = 1; i < engine->worker_count; i++)
        if (started[i])
            pthread_join(threads[i], NULL);
}

static int has_loaded_block(const hg_engine *engine)
{
    for (uint32_t i = 0; i < engine->worker_count; i++)
        if (engine->workers[i].loaded)
            return 1;
    return 0;
}

hg_status hg_engine_run(hg_engine *engine, hg_source *source, hg_batch *batch, uint64_t max_packets,
                        hg_error *error)
{
    if (batch->capacity < HG_MIN_BATCH)
        return hg_fail(error, HG_E_ARGUMENT, "a batch needs room for at least %d rows", HG_MIN_BATCH);
    hg_batch_empty(batch);
    if (engine->worker_count > 1) {
        hg_status status = hg_source_share(source, engine->worker_count, error);
        if (status != HG_OK)
            return status;
    }
    engine->batch = batch;
    engine->source = source;
    engine->idle = 0;
    engine->packets_limit = max_packets > UINT64_MAX - engine->packets_read ? UINT64_MAX
                                                                           : engine->packets_read + max_packets;
    atomic_store(&engine->full, 0);
    if (engine->worker_count > 1)
        run_workers(engine);
    else
        work(engine->workers);
    if (!engine->drained || has_loaded_block(engine))
        return HG_OK;
    engine->drained = 0;
    if (engine->outcome < HG_OK && error != NULL)
        *error = engine->error;
    return engine->outcome;
}
