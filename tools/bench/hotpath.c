/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * hotpath.c - the C core without Python: hotpath run|whole|detect DATABASE CAPTURE UPTIME PACKETS PROTOCOLS
 *
 * run     passes the capture, in memory, through the engine. Its first packets fill the caches; only the others are
 *         processed inside `measured`, which a profiler can look for
 * whole   measures all packets of the capture; QUIC is opened with libcrypto
 * detect  decides for the first 4096 frames, repeated up to PACKETS, whether they are TCP, and a SYN or SYN+ACK
 *
 * PROTOCOLS has more bits: 8 reads all HTTP messages, 16 keeps an inventory of hosts, 32 reads the segments of hosts,
 * 64 has two workers.
 *
 * Prints packets, rows or handshakes, seconds of wall and processor time. Results depend only on the arguments.
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "packet/sieve.h"
#include "packet/parse.h"
#include "tests/support/libcrypto.h"

enum { ROWS = 16384, TEXTS = 64 * ROWS, WARM_PACKETS = 20000, CACHED_FRAMES = 4096, WIDEST_COLUMN = HG_JA4_LENGTH, STAGGER = 192 };
enum { HTTP_ALL = 8, INVENTORY = 16, SEGMENTS = 32, TWO_WORKERS = 64, ALL_PROTOCOLS = 128, HOSTS = 10000 };

typedef struct counts {
    uint64_t packets;
    uint64_t found;
} counts;

static void require(int condition, const char *what)
{
    if (condition)
        return;
    fprintf(stderr, "hotpath: %s\n", what);
    exit(1);
}

static uint8_t *read_file(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    require(file != NULL, path);
    require(fseek(file, 0, SEEK_END) == 0, path);
    *length = (size_t)ftell(file);
    rewind(file);
    uint8_t *bytes = malloc(*length + 1);
    require(bytes != NULL && fread(bytes, 1, *length, file) == *length, path);
    fclose(file);
    return bytes;
}

/* All members of hg_columns are pointers, so new ones need no line here. */
static void bind_columns(hg_batch *batch)
{
    const size_t columns = sizeof batch->columns / sizeof(void *);
    const size_t bytes = (size_t)ROWS * WIDEST_COLUMN + STAGGER;
    char *memory = malloc(columns * bytes);
    require(memory != NULL, "out of memory");
    for (size_t i = 0; i < columns; i++) {
        void *column = memory + i * bytes;
        memcpy((char *)&batch->columns + i * sizeof column, &column, sizeof column);
    }
    batch->capacity = ROWS;
    batch->text_capacity = TEXTS;
    batch->text_count = 0;
    batch->texts = malloc(TEXTS);
    require(batch->texts != NULL, "out of memory");
}

static hg_status step(hg_engine *engine, hg_source *source, hg_batch *batch, uint64_t packets, counts *total)
{
    hg_error error;
    hg_status status = hg_engine_run(engine, source, batch, packets, &error);
    require(status >= HG_OK, status < HG_OK ? error.message : "");
    total->found += batch->count;
    return status;
}

/* `hosts` may be NULL. */
__attribute__((noinline)) static void measured(hg_engine *engine, hg_source *source, hg_batch *batch,
                                               hg_hosts *hosts, counts *total)
{
    hg_status status;
    do {
        status = step(engine, source, batch, UINT64_MAX, total);
        require(hosts == NULL || hg_hosts_add(hosts, batch, NULL) == HG_OK, "no rows");
    } while (status != HG_END);
}

/* Seconds of wall time and of this process's time. */
typedef struct moment {
    double wall;
    double cpu;
} moment;

static double seconds_of(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static moment now(void)
{
    return (moment){seconds_of(CLOCK_MONOTONIC), seconds_of(CLOCK_PROCESS_CPUTIME_ID)};
}

static void report(counts total, moment began)
{
    moment ended = now();
    printf("%llu %llu %.9f %.9f\n", (unsigned long long)total.packets, (unsigned long long)total.found,
           ended.wall - began.wall, ended.cpu - began.cpu);
}

static hg_engine *engine_of(const hg_database *database, int uptime, int protocols, hg_crypto_finder find_crypto)
{
    const hg_config config = {
        .protocols = (protocols & ALL_PROTOCOLS) != 0 ? HG_ALL_PROTOCOLS : (uint32_t)protocols & (HTTP_ALL - 1),
        .http_all = (protocols & HTTP_ALL) != 0,
        .segments = (protocols & SEGMENTS) != 0,
        .find_crypto = find_crypto,
        .max_stream_bytes = 64 << 20,
        .max_connections = 1000,
        .max_hosts = HOSTS,
        .uptime = (uint8_t)uptime,
        .decapsulate = 1,
        .workers = (protocols & TWO_WORKERS) != 0 ? 2 : 1,
        .hash_key = 0x0123456789abcdef,
    };
    hg_engine *engine = NULL;
    hg_error error;
    require(hg_engine_new(&config, database, &engine, &error) == HG_OK, "no engine");
    return engine;
}

/* NULL: none is wanted. */
static hg_hosts *hosts_of(const hg_database *database, int protocols)
{
    hg_hosts *hosts = NULL;
    hg_error error;
    if ((protocols & INVENTORY) == 0)
        return NULL;
    require(hg_hosts_new(HOSTS, 1, 0x0123456789abcdef, &hosts, &error) == HG_OK, "no inventory");
    hg_hosts_use(hosts, database);
    return hosts;
}

static void run(const hg_database *database, hg_source *source, int uptime, int protocols)
{
    hg_engine *engine = engine_of(database, uptime, protocols, NULL);
    hg_hosts *hosts = hosts_of(database, protocols);
    hg_batch batch;
    bind_columns(&batch);
    counts total = {0, 0};
    while (hg_engine_stats(engine)->packets < WARM_PACKETS) {
        require(step(engine, source, &batch, WARM_PACKETS, &total) == HG_OK, "too few packets");
        require(hosts == NULL || hg_hosts_add(hosts, &batch, NULL) == HG_OK, "no rows");
    }
    uint64_t warm = hg_engine_stats(engine)->packets;
    total.found = 0;
    moment began = now();
    measured(engine, source, &batch, hosts, &total);
    total.packets = hg_engine_stats(engine)->packets - warm;
    report(total, began);
    hg_hosts_free(hosts);
    hg_engine_free(engine);
}

static const hg_crypto *system_crypto(void)
{
    static hg_crypto crypto;
    return libcrypto_load(&crypto) ? &crypto : NULL;
}

static void whole(const hg_database *database, hg_source *source, int uptime, int protocols)
{
    hg_engine *engine = engine_of(database, uptime, protocols, system_crypto);
    hg_hosts *hosts = hosts_of(database, protocols);
    hg_batch batch;
    counts total = {0, 0};
    bind_columns(&batch);
    moment began = now();
    measured(engine, source, &batch, hosts, &total);
    total.packets = hg_engine_stats(engine)->packets;
    report(total, began);
    hg_hosts_free(hosts);
    hg_engine_free(engine);
}

static int is_handshake(const hg_frame *frame)
{
    hg_packet packet;
    hg_parsing with;
    with.reads = 1;
    return hg_packet_parse(frame, &with, &packet) == HG_DROP_NONE && hg_is_handshake(&packet);
}

/* Decides as the pipeline does: plain segments many at once, all other frames through their layers. */
static uint64_t count_handshakes(hg_detector detect, const hg_frame *frames, uint32_t count)
{
    static uint8_t segments[CACHED_FRAMES / HG_DETECTED_TOGETHER];
    uint64_t found = 0;
    detect(frames, count, segments);
    for (uint32_t i = 0; i < count; i += HG_DETECTED_TOGETHER)
        for (uint32_t others = (uint8_t)~segments[i / HG_DETECTED_TOGETHER]; others != 0; others &= others - 1) {
            uint32_t at = i + (uint32_t)__builtin_ctz(others);
            found += at < count && (uint64_t)is_handshake(frames + at);
        }
    return found;
}

static void detect(hg_source *source, uint64_t packets)
{
    static hg_frame frames[CACHED_FRAMES];
    uint32_t held = 0;
    hg_error error;
    for (hg_status status = HG_OK; status == HG_OK && held < CACHED_FRAMES;) {
        uint32_t count = 0;
        status = source->next(source, frames + held, CACHED_FRAMES - held, &count, &error);
        require(status >= HG_OK, "the capture is damaged");
        held += count;
    }
    require(held > 0, "the capture is empty");
    const hg_detector best = hg_detector_best();
    counts total = {0, 0};
    moment began = now();
    for (; total.packets < packets; total.packets += held)
        total.found += count_handshakes(best, frames, held);
    report(total, began);
}

int main(int argc, char **argv)
{
    require(argc == 7, "usage: hotpath run|whole|detect DATABASE CAPTURE UPTIME PACKETS PROTOCOLS");
    size_t database_bytes, capture_bytes;
    uint8_t *image = read_file(argv[2], &database_bytes), *capture = read_file(argv[3], &capture_bytes);
    hg_database *database = NULL;
    hg_source *source = NULL;
    hg_error error;
    require(hg_database_open(image, database_bytes, &database, &error) == HG_OK, argv[2]);
    require(hg_source_open_memory(capture, capture_bytes, &source, &error) == HG_OK, argv[3]);
    if (strcmp(argv[1], "run") == 0)
        run(database, source, atoi(argv[4]), atoi(argv[6]));
    else if (strcmp(argv[1], "whole") == 0)
        whole(database, source, atoi(argv[4]), atoi(argv[6]));
    else
        detect(source, strtoull(argv[5], NULL, 10));
    hg_source_free(source);
    hg_database_free(database);
    free(capture);
    free(image);
    return 0;
}
