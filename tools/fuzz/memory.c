/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * memory.c - lets every allocation, and every start of a thread, fail once, for all callers.
 *
 * Input: the task (see `tasks`), flags, data. The task runs with the first allocation failing, then with the second, and
 * so on until none fails. A failure must end in HG_E_MEMORY with a message, without a handle and without a leak (which
 * the sanitizer detects). If the memory was for bytes of a connection or a datagram, these must be counted as given up.
 * An engine that met a failure must, after a reset, give the normal results. Without a thread an engine continues, and a
 * sensor reports an error. The number of failures tried is printed at the end.
 */
#define _GNU_SOURCE

#include "ciphers.h"
#include "fuzz.h"

#include <errno.h>
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/bytes.h"

enum { MOST_POINTS = 4096, STREAM_BYTES = 1 << 20, NO_DATABASE = 8, FROM_DESCRIPTOR = 16, NO_UPTIME = 32, TASKS = 4 };

static uint64_t until_failure; /* 0: no failure */
static int failed, thread_failed;
static unsigned long long failures, without_bytes;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
int __real_pthread_create(pthread_t *thread, const pthread_attr_t *how, void *(*run)(void *), void *argument);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *how, void *(*run)(void *), void *argument);

/* Allocations by several workers count in the order of their calls. */
static int fails(void)
{
    return __atomic_load_n(&until_failure, __ATOMIC_SEQ_CST) != 0 &&
           __atomic_sub_fetch(&until_failure, 1, __ATOMIC_SEQ_CST) == 0;
}

static int memory_fails(void)
{
    int now = fails();
    if (now)
        __atomic_store_n(&failed, 1, __ATOMIC_SEQ_CST);
    return now;
}

void *__wrap_malloc(size_t size)
{
    return memory_fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return memory_fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
    return memory_fails() ? NULL : __real_realloc(memory, size);
}

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *how, void *(*run)(void *), void *argument)
{
    if (!fails())
        return __real_pthread_create(thread, how, run, argument);
    thread_failed = 1;
    return EAGAIN;
}

/* ---- tasks: each returns how it ended ------------------------------------------------------- */

typedef struct task {
    uint8_t flags;
    const uint8_t *bytes;
    size_t length;
} task;

typedef hg_status (*performer)(const task *t, uint64_t *answer, hg_error *error);

static hg_status check_handle(hg_status status, const void *handle)
{
    FUZZ_CHECK((status == HG_OK) == (handle != NULL));
    return status;
}

static hg_status open_capture(const task *t, int fd, hg_source **source, hg_error *error)
{
    if (fd < 0)
        return check_handle(hg_source_open_memory(t->bytes, t->length, source, error), *source);
    FUZZ_CHECK(lseek(fd, 0, SEEK_SET) == 0);
    *source = NULL;
    return check_handle(hg_source_open_fd(fd, NULL, 0, source, error), *source);
}

static const hg_database *database_of(const task *t)
{
    return (t->flags & NO_DATABASE) != 0 ? NULL : hg_database_default();
}

static hg_status render_as(hg_renderer *renderer, const hg_batch *batch, uint64_t *answer, hg_error *error)
{
    static char out[HG_MAX_RECORD];
    for (uint32_t first = 0, next = 0; first < batch->count; first = next) {
        size_t written;
        hg_status status = hg_render(renderer, batch, first, batch->count, out, sizeof out, &written, &next, error);
        if (status != HG_OK)
            return status;
        *answer = fuzz_hash(*answer, out, written);
    }
    return HG_OK;
}

static hg_status render(const hg_batch *batch, const hg_database *database, uint64_t *answer, hg_error *error)
{
    hg_status status = HG_OK;
    for (int format = HG_FORMAT_TEXT; status == HG_OK && format < HG_FORMATS; format++) {
        hg_renderer *renderer;
        status = check_handle(hg_renderer_new(database, (hg_format)format, "eth0", &renderer, error), renderer);
        if (status == HG_OK)
            status = render_as(renderer, batch, answer, error);
        hg_renderer_free(renderer);
    }
    return status;
}

static hg_batch batch; /* created before any failure */
static uint64_t given_up; /* connections given up for lack of memory */

static hg_status analyse(const task *t, hg_engine *engine, hg_source *source, uint64_t *answer, hg_error *error)
{
    hg_status status;
    do {
        status = hg_engine_run(engine, source, &batch, UINT64_MAX, error);
        *answer = fuzz_batch_hash(*answer, &batch);
        hg_error own;
        hg_status rendered = render(&batch, database_of(t), answer, &own);
        if (rendered != HG_OK) {
            *error = own;
            status = rendered;
        }
    } while (status == HG_OK);
    *answer = fuzz_hash(*answer, hg_engine_stats(engine), sizeof(hg_stats));
    given_up = hg_engine_stats(engine)->streams_evicted + hg_engine_stats(engine)->datagrams_evicted;
    hg_engine_reset(engine);
    return status;
}

/* Runs with the failure; if it happened, runs the same engine again without one. */
static hg_status analyse_with(const task *t, hg_engine *engine, int fd, uint64_t *answer, hg_error *error)
{
    hg_source *source;
    hg_status status = open_capture(t, fd, &source, error);
    if (status == HG_OK)
        status = analyse(t, engine, source, answer, error);
    hg_source_free(source);
    if (!failed)
        return status;
    hg_error own;
    uint64_t before = given_up;
    *answer = 0;
    hg_status again = open_capture(t, fd, &source, &own);
    if (again == HG_OK)
        (void)analyse(t, engine, source, answer, &own);
    given_up = before;
    hg_source_free(source);
    return status;
}

static hg_status do_capture(const task *t, uint64_t *answer, hg_error *error)
{
    hg_config config = {.protocols = HG_ALL_PROTOCOLS, .max_connections = 4, .max_hosts = 4, .decapsulate = 1,
                        .workers = (t->flags & 3u) + 1, .uptime = (t->flags & NO_UPTIME) == 0,
                        .max_stream_bytes = STREAM_BYTES, .find_crypto = fuzz_find_crypto};
    hg_engine *engine;
    int fd = -1;
    if (t->flags & FROM_DESCRIPTOR) {
        fd = memfd_create("capture", 0);
        FUZZ_CHECK(fd >= 0 && pwrite(fd, t->bytes, t->length, 0) == (ssize_t)t->length);
    }
    hg_status status = check_handle(hg_engine_new(&config, database_of(t), &engine, error), engine);
    if (status == HG_OK)
        status = analyse_with(t, engine, fd, answer, error);
    hg_engine_free(engine);
    if (fd >= 0)
        close(fd);
    return status;
}

/* Opens a database, and writes its first names in rows. */
static hg_status do_database(const task *t, uint64_t *answer, hg_error *error)
{
    hg_database *database;
    hg_status status = check_handle(hg_database_open(t->bytes, t->length, &database, error), database);
    uint32_t count = 0, stride, links = 0;
    if (status == HG_OK) {
        (void)hg_database_section(database, "signatures", &count, &stride);
        (void)hg_database_section(database, "mtus", &links, &stride);
        FUZZ_CHECK(hg_database_section(database, "no such section", &stride, &stride) == NULL);
        fuzz_batch_clear(&batch);
        fuzz_batch_fill(&batch, HG_MIN_BATCH);
        for (uint32_t row = 0; row < HG_MIN_BATCH; row++) {
            batch.columns.event[row] = row % 3;
            batch.columns.tcp.signature[row] = count > 0 ? row % count : HG_NO_SIGNATURE;
            batch.columns.tcp.link[row] = links > 0 ? row % links : HG_NO_SIGNATURE;
        }
        status = render(&batch, database, answer, error);
        if (status == HG_E_ARGUMENT) /* the label exceeds the buffer */
            status = HG_OK;
    }
    hg_database_free(database);
    return status;
}

static int keep_all(const void *program, const void *header, const uint8_t *packet)
{
    return program != header && packet != NULL;
}

static int no_packets(struct pcap *handle, int count, hg_pcap_handler handler, unsigned char *user)
{
    (void)handle, (void)count, (void)handler, (void)user;
    return -1;
}

static char *no_reason(struct pcap *handle)
{
    static char none[] = "the end";
    (void)handle;
    return none;
}

/* Packets through a packet filter, then an interface. */
static hg_status do_sources(const task *t, uint64_t *answer, hg_error *error)
{
    const uint64_t offsets[2] = {0, t->length};
    const int64_t time_ns = 1;
    hg_bpf bpf = {.function = keep_all, .ip_program = answer};
    hg_live live = {.dispatch = no_packets, .geterr = no_reason, .dlt = 1, .descriptor = -1, .snaplen = 128};
    hg_source *packets, *filtered = NULL, *interface = NULL;
    hg_status status = hg_source_open_packets(t->bytes, offsets, &time_ns, 1, 101, &packets, error);
    if (check_handle(status, packets) == HG_OK)
        status = check_handle(hg_source_open_bpf(packets, &bpf, &filtered, error), filtered);
    if (status == HG_OK)
        status = check_handle(hg_source_open_live(&live, &interface, error), interface);
    hg_source_free(interface);
    hg_source_free(filtered);
    hg_source_free(packets);
    return status;
}

/* A capture through a sensor, whose database is exchanged afterwards. */
static hg_status do_sensor(const task *t, uint64_t *answer, hg_error *error)
{
    hg_config config = {.protocols = HG_ALL_PROTOCOLS, .max_connections = 4, .max_hosts = 4, .uptime = 1,
                        .workers = (t->flags & 31) == 31 ? 2 : 1, .max_stream_bytes = STREAM_BYTES,
                        .find_crypto = fuzz_find_crypto};
    hg_sensor *sensor;
    hg_source *source;
    hg_status status = check_handle(hg_sensor_new(&config, NULL, &sensor, error), sensor);
    if (status != HG_OK)
        return status;
    status = open_capture(t, -1, &source, error);
    if (status == HG_OK)
        status = hg_sensor_open(sensor, &source, 1, error);
    while (status == HG_OK) {
        status = hg_sensor_run(sensor, &batch, error);
        *answer = fuzz_batch_hash(*answer, &batch);
    }
    for (uint32_t worker = 0; worker < config.workers; worker++) {
        hg_stats stats;
        (void)hg_sensor_stats(sensor, worker, &stats);
        given_up += stats.streams_evicted + stats.datagrams_evicted;
    }
    if (!failed && !thread_failed) {
        hg_error own;
        if (hg_sensor_use(sensor, hg_database_default(), &own) != HG_OK) {
            *error = own;
            status = (hg_status)own.status;
        }
    }
    hg_sensor_free(sensor);
    hg_source_free(source);
    return status;
}

/* ---- every point ------------------------------------------------------------------------- */

static void try_point(performer perform, const task *t, uint64_t point, const uint64_t *expected, hg_status usual)
{
    hg_error error = {0};
    uint64_t answer = 0;
    failed = thread_failed = 0;
    given_up = 0;
    until_failure = point;
    hg_status status = perform(t, &answer, &error);
    until_failure = 0;
    /* Without memory, connections are given up, and a renderer does not keep a text: the output is the same. */
    int went_on = failed && status == usual && (given_up > 0 || (perform == do_capture && answer == *expected));
    int refused = (failed && !went_on) || (thread_failed && perform == do_sensor);
    FUZZ_CHECK(status == (refused ? HG_E_MEMORY : usual));
    FUZZ_CHECK(!refused || (error.status == HG_E_MEMORY && error.message[0] != 0));
    if ((!refused && !went_on) || (perform == do_capture && answer != 0))
        FUZZ_CHECK(answer == *expected);
    failures += (unsigned)(failed || thread_failed);
    without_bytes += (unsigned)went_on;
}

static void print_failures(void)
{
    fprintf(stderr, "part failed-allocations %llu\npart went-on-without %llu\n", failures, without_bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const performer tasks[TASKS] = {do_capture, do_database, do_sources, do_sensor};
    fuzz_input input = {data, size};
    uint8_t head[2];
    if (batch.capacity == 0) {
        fuzz_batch_make(&batch, HG_MIN_BATCH);
        atexit(print_failures);
    }
    fuzz_take(&input, head, sizeof head);
    task t = {.flags = head[1], .bytes = fuzz_copy(input.at, input.left), .length = input.left};
    performer perform = tasks[head[0] % TASKS];
    hg_error error;
    uint64_t expected = 0;
    failed = 0;
    hg_status usual = perform(&t, &expected, &error);
    for (uint64_t point = 1; point < MOST_POINTS; point++) {
        try_point(perform, &t, point, &expected, usual);
        if (!failed && !thread_failed)
            break;
    }
    free((void *)(uintptr_t)t.bytes);
    return 0;
}
