/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * engine.c - moves blocks through the stages, with one worker or several.
 *
 * Blocks belong to the engine. A worker runs the ordered stage for the oldest block if it is ready, whichever worker
 * loaded it; otherwise it loads a free block. Only one worker at a time reads the source (under `reading`), and gives
 * each block a ticket. Only one worker at a time runs the ordered stage, in the order of tickets. So this stage sees
 * all packets in order, and the events are the same for any number of workers. If the source can read ahead, a worker
 * copies some of the next bytes before its turn to read.
 *
 *     worker 1   read │ parse, match │ converse │ write rows │ read │ parse, match │ converse
 *     worker 2        │ read │ parse, match     │ converse   │ write rows │ read │ …
 *
 * The ordered stage reserves rows in the batch. The worker writes them after it has left the stage, which the next
 * worker can enter meanwhile.
 *
 * Workers other than the caller are threads that live for one call of hg_engine_run. The result does not depend on
 * their number: if the batch is full, the block stays with the engine, and any worker of the next call continues it. A
 * worker waits only for blocks that another worker of this call is processing. */
#define _POSIX_C_SOURCE 200809L

#include <stdatomic.h>

#include "base/thread.h"
#include "blocks/block.h"

/* After how long a call pauses: each call starts threads and waits for their last blocks. */
enum { PAUSE_NS = 25000000 };

typedef enum slot_state {
    SLOT_FREE = 0,
    SLOT_IN_HAND, /* a worker of this call is processing it */
    SLOT_READY    /* matched, but not through the ordered stage */
} slot_state;

/* A block in the pipeline, the matcher for it, and the thread of the worker with the same number. */
typedef struct hg_slot {
    hg_engine *engine;
    pthread_t thread;
    hg_block block;
    hg_matcher matcher;
    hg_hello_worker *hello_worker;
    hg_ahead_memory looking;
    uint64_t ticket;
    slot_state state;
    uint8_t apart[HG_APART]; /* keeps the next slot out of these cache lines, as in hg_flows */
} hg_slot;

struct hg_engine {
    hg_stages stages;
    hg_slot *slots; /* one for each worker */
    hg_block last;  /* for hg_engine_finish */
    uint32_t slot_count;
    uint8_t pauses;
    uint8_t paused; /* the latest call returned HG_PAUSED */
    uint8_t is_within; /* a batch has events of this source */

    pthread_mutex_t reading; /* guards the members up to `error` */
    hg_source *source;
    uint64_t next_ticket;
    uint64_t packets_read;
    uint64_t packets_limit; /* value of packets_read at which this call stops reading */
    uint8_t drained;        /* the source has ended; `outcome` is its status */
    hg_status outcome;
    hg_error error;

    pthread_mutex_t mutex; /* guards the members below, and the states of the slots */
    pthread_cond_t changed;
    atomic_uint_fast64_t changes; /* a counter, so that a worker can check for changes without the mutex */
    uint64_t turn;                /* the ticket of the next block of the ordered stage */
    uint8_t ordering;             /* 1: a worker is in the ordered stage */
    uint8_t exhausted;            /* 1: this call reads no more */
    atomic_uint_fast8_t full;     /* 1: the batch is full, or the call pauses */
    hg_batch *batch;              /* used by the worker in the ordered stage */
};

/* ---- life ------------------------------------------------------------------------------ */

static hg_status init_slots(hg_engine *engine, const hg_config *config, const hg_database *database, hg_error *error)
{
    uint32_t frames = config->workers > 1 ? HG_LARGEST_BLOCK : HG_BLOCK_FRAMES;
    engine->slots = calloc(config->workers, sizeof *engine->slots);
    if (engine->slots == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for %u workers", config->workers);
    for (; engine->slot_count < config->workers; engine->slot_count++) {
        hg_slot *slot = engine->slots + engine->slot_count;
        slot->engine = engine;
        hg_status status = hg_block_init(&slot->block, frames, error);
        if (status != HG_OK)
            return status;
        status = hg_matcher_init(&slot->matcher, database, config->hash_key, error);
        if (status != HG_OK) {
            hg_block_clear(&slot->block);
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
    pthread_mutex_init(&engine->mutex, NULL);
    hg_wait_init(&engine->changed);
    engine->stages.detect = hg_detector_best();
    engine->pauses = config->pauses;
    hg_status status = hg_stages_init(&engine->stages, config, database, error);
    engine->stages.sieves = !hg_needs_segments(&engine->stages.requirements) && !engine->stages.requirements.senders &&
                            config->filter == NULL;
    if (status == HG_OK)
        status = init_slots(engine, config, database, error);
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
    for (uint32_t i = 0; i < engine->slot_count; i++) {
        hg_block_clear(&engine->slots[i].block);
        hg_matcher_clear(&engine->slots[i].matcher);
        hg_hello_worker_free(engine->slots[i].hello_worker);
        hg_ahead_forget(engine->slots[i].looking);
    }
    free(engine->slots);
    hg_block_clear(&engine->last);
    hg_stages_clear(&engine->stages);
    pthread_cond_destroy(&engine->changed);
    pthread_mutex_destroy(&engine->mutex);
    pthread_mutex_destroy(&engine->reading);
    free(engine);
}

void hg_engine_reset(hg_engine *engine)
{
    for (uint32_t i = 0; i < engine->slot_count; i++) {
        hg_block_release(&engine->slots[i].block);
        engine->slots[i].state = SLOT_FREE;
    }
    hg_stages_reset(&engine->stages);
    engine->stages.stats = (hg_stats){0};
    engine->packets_read = 0;
    engine->paused = 0;
    engine->drained = 0;
    engine->turn = engine->next_ticket;
}

static void transfer(hg_engine *engine, hg_saved *saved)
{
    hg_transfer(saved, &engine->packets_read, sizeof engine->packets_read);
    hg_stages_transfer(&engine->stages, saved);
}

size_t hg_engine_save(hg_engine *engine, uint8_t *out)
{
    hg_saved saved = {.out = out};
    transfer(engine, &saved);
    return saved.length;
}

hg_status hg_engine_load(hg_engine *engine, const uint8_t *bytes, size_t length, hg_error *error)
{
    const uint64_t before = engine->packets_read;
    hg_saved saved = {.in = bytes, .length = length, .is_loading = 1, .error = error};
    transfer(engine, &saved);
    if (saved.status != HG_OK)
        engine->packets_read = before;
    return saved.status;
}

const hg_stats *hg_engine_stats(const hg_engine *engine)
{
    return &engine->stages.stats;
}

uint32_t hg_engine_left_out(const hg_engine *engine, hg_left_out out[HG_MOST_LEFT_OUT])
{
    return hg_left_out_list(engine->stages.left_out, out);
}

/* ---- reading --------------------------------------------------------------------------- */

/* Reads the next block and takes a ticket for it; 0 when there is none to read. */
static int take_ticket(hg_engine *engine, hg_slot *slot)
{
    hg_block *block = &slot->block;
    if (engine->drained || engine->packets_read >= engine->packets_limit)
        return 0;
    const uint64_t left = engine->packets_limit - engine->packets_read;
    const uint64_t limit = engine->slot_count == 1 && left > HG_BLOCK_FRAMES ? HG_BLOCK_FRAMES : left;
    hg_status status =
        hg_block_read(block, &engine->stages, engine->source, limit, engine->packets_read + 1, &engine->error);
    if (status != HG_OK) {
        engine->drained = 1;
        engine->outcome = status;
    }
    if (hg_block_packets(block) == 0)
        return 0;
    engine->packets_read += hg_block_packets(block);
    slot->ticket = engine->next_ticket++;
    return 1;
}

static void note_change(hg_engine *engine)
{
    atomic_fetch_add_explicit(&engine->changes, 1, memory_order_release);
    pthread_cond_broadcast(&engine->changed);
}

/* Fills the slot, unless this call has no more to read. */
static void load(hg_engine *engine, hg_slot *slot)
{
    if (engine->slot_count > 1)
        hg_source_read_ahead(engine->source);
    pthread_mutex_lock(&engine->reading);
    int loaded = take_ticket(engine, slot);
    pthread_mutex_unlock(&engine->reading);
    if (loaded)
        hg_block_match(&slot->block, &engine->stages, &slot->matcher, &slot->hello_worker);
    if (loaded && engine->slot_count > 1)
        hg_block_look(&slot->block, &engine->stages, slot->looking);
    pthread_mutex_lock(&engine->mutex);
    slot->state = loaded ? SLOT_READY : SLOT_FREE;
    engine->exhausted |= !loaded;
    if (!loaded) /* a loaded block needs no signal: if it is the oldest, this worker takes it now */
        note_change(engine);
    pthread_mutex_unlock(&engine->mutex);
}

/* ---- the ordered stage ----------------------------------------------------------------- */

/* Ends a turn. If the block is done, the next block may enter; otherwise the batch is full or the call pauses, and the
 * block stays ready for the next call. */
static void pass_turn(hg_engine *engine, int done)
{
    pthread_mutex_lock(&engine->mutex);
    engine->ordering = 0;
    if (done)
        engine->turn++;
    else
        atomic_store(&engine->full, 1);
    note_change(engine);
    pthread_mutex_unlock(&engine->mutex);
}

static void converse(hg_engine *engine, hg_slot *slot)
{
    hg_block *block = &slot->block;
    hg_batch *batch = engine->batch;
    int done = hg_block_converse(block, &engine->stages, batch);
    pass_turn(engine, done);
    hg_rows_write(block, &batch->columns);
    if (done)
        hg_block_release(block);
    pthread_mutex_lock(&engine->mutex);
    slot->state = done ? SLOT_FREE : SLOT_READY;
    note_change(engine);
    pthread_mutex_unlock(&engine->mutex);
}

/* ---- workers --------------------------------------------------------------------------- */

static hg_slot *ready_slot(hg_engine *engine)
{
    for (uint32_t i = 0; i < engine->slot_count; i++)
        if (engine->slots[i].state == SLOT_READY && engine->slots[i].ticket == engine->turn)
            return engine->slots + i;
    return NULL;
}

/* A free slot. The slot `own` comes first, because its memory is in the worker's cache. */
static hg_slot *free_slot(hg_engine *engine, uint32_t own)
{
    for (uint32_t i = 0; i < engine->slot_count; i++) {
        hg_slot *slot = engine->slots + (own + i) % engine->slot_count;
        if (slot->state == SLOT_FREE)
            return slot;
    }
    return NULL;
}

/* Does one step of work; 0: the worker can do none now. Called with the mutex held. */
static int work_once(hg_engine *engine, uint32_t own)
{
    hg_slot *slot = engine->ordering ? NULL : ready_slot(engine);
    const int is_ready = slot != NULL;
    if (!is_ready && !engine->exhausted)
        slot = free_slot(engine, own);
    if (slot == NULL)
        return 0;
    engine->ordering |= (uint8_t)is_ready;
    slot->state = SLOT_IN_HAND;
    pthread_mutex_unlock(&engine->mutex);
    if (is_ready)
        converse(engine, slot);
    else
        load(engine, slot);
    pthread_mutex_lock(&engine->mutex);
    return 1;
}

/* How often to check before sleeping. A turn usually ends within microseconds, and a sleep costs several of them, but
 * longer spinning would occupy a core that another worker may need. */
enum { LOOKS = 300 };

/* Waits for a limited time until another worker has changed something. Called with the mutex held. */
static void await_change(hg_engine *engine)
{
    uint_fast64_t before = atomic_load(&engine->changes);
    pthread_mutex_unlock(&engine->mutex);
    int changed = 0;
    for (int look = 0; look < LOOKS && !changed; look++)
        changed = atomic_load_explicit(&engine->changes, memory_order_acquire) != before;
    pthread_mutex_lock(&engine->mutex);
    if (atomic_load(&engine->changes) == before)
        hg_wait(&engine->changed, &engine->mutex, HG_WAIT_NS);
}

/* Works until the call ends. When everything is read, a worker does not wait: the worker with the oldest block
 * continues with the next blocks. */
static void work(hg_engine *engine, uint32_t own)
{
    pthread_mutex_lock(&engine->mutex);
    while (!atomic_load(&engine->full)) {
        if (work_once(engine, own))
            continue;
        if (engine->exhausted)
            break;
        await_change(engine);
    }
    pthread_mutex_unlock(&engine->mutex);
}

/* ---- one call -------------------------------------------------------------------------- */

static void *help(void *argument)
{
    const hg_slot *own = argument;
    work(own->engine, (uint32_t)(own - own->engine->slots));
    return NULL;
}

/* Runs a worker in the caller's thread, and as many others as can be started. They need no signal to end, because they
 * wait only for blocks that other workers process. */
static void run_workers(hg_engine *engine)
{
    uint32_t started = 1;
    while (started < engine->slot_count &&
           hg_thread_start(&engine->slots[started].thread, help, engine->slots + started) == 0)
        started++;
    work(engine, 0);
    while (started > 1)
        pthread_join(engine->slots[--started].thread, NULL);
}

hg_status hg_engine_run(hg_engine *engine, hg_source *source, hg_batch *batch, uint64_t max_packets, hg_error *error)
{
    hg_status fits = hg_batch_check(batch, &engine->stages, error);
    if (fits != HG_OK)
        return fits;
    if (!engine->paused)
        hg_batch_reset(batch);
    engine->paused = 0;
    if (engine->pauses)
        hg_stages_limit(&engine->stages, PAUSE_NS);
    if (engine->slot_count > 1) {
        hg_status status = hg_source_share(source, engine->slot_count, error);
        if (status != HG_OK)
            return status;
    }
    engine->batch = batch;
    engine->source = source;
    engine->exhausted = 0;
    engine->packets_limit =
        max_packets > UINT64_MAX - engine->packets_read ? UINT64_MAX : engine->packets_read + max_packets;
    atomic_store(&engine->full, 0);
    run_workers(engine);
    if (engine->stages.packets_left == 0) {
        engine->paused = 1;
        return HG_PAUSED;
    }
    batch->begins_source = !engine->is_within;
    engine->is_within |= batch->count + batch->sender_count > 0;
    if (!engine->drained || engine->turn != engine->next_ticket) /* a block was not through the ordered stage */
        return HG_OK;
    engine->drained = engine->is_within = 0;
    if (engine->outcome < HG_OK && error != NULL)
        *error = engine->error;
    return engine->outcome;
}

hg_status hg_engine_finish(hg_engine *engine, uint64_t until, hg_batch *batch, hg_error *error)
{
    hg_status status = hg_batch_check(batch, &engine->stages, error);
    if (status == HG_OK && engine->last.capacity == 0)
        status = hg_block_init(&engine->last, HG_BLOCK_FRAMES, error);
    if (status != HG_OK)
        return status;
    hg_batch_reset(batch);
    engine->paused = 0;
    status = hg_block_settle(&engine->last, &engine->stages, batch, until, error);
    hg_rows_write(&engine->last, &batch->columns);
    return status;
}
