/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * Prints what the capture sources read, a line a frame:
 *
 *     frames MODE CAPACITY FILE...
 *
 * MODE is `memory` (FILE is read whole first), `file`, `pipe` (standard input; FILE is only a
 * name) or `packets` (FILE holds, as 64-bit words: number of packets, link type, one offset
 * more than packets, the times; then their bytes). `ahead` is `file` as three workers read it, their
 * steps in an order that is always the same; `threads` is that with two threads that read ahead
 * all the time, and `grow` is `ahead` of a file that has only its first BEGINNING bytes, or some
 * more, until the first frames were read. The bytes of the latest frames are looked at again when they are let go. With a `,N` behind it the Nth allocation of
 * each FILE fails, from 1. CAPACITY is the number of frames asked for at once. Lines:
 *
 *     file NAME
 *     frame TIME_NS CAPTURED WIRE LINKTYPE ADLER32
 *     interrupted                                   a signal (SIGUSR1) ended a wait
 *     end STATUS SYSTEM RECORD OFFSET PEAK_KIB MESSAGE
 *
 * Breaches of the contract of hg_source abort. Memory that is read ends right before an unreadable
 * page.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buffer.h"
#include "packet/frame.h"
#include "failing_memory.h"
#include "guard.h"

ssize_t __real_read(int fd, void *bytes, size_t length);
ssize_t __wrap_read(int fd, void *bytes, size_t length);

static long allocations_left = -1; /* below 0: no allocation fails */

static int fails(void)
{
    return allocations_left > 0 && --allocations_left == 0;
}

static unsigned reads; /* calls of read(2) since the file was opened */

ssize_t __wrap_read(int fd, void *bytes, size_t length)
{
    reads++;
    return __real_read(fd, bytes, length);
}

static void require(int condition, const char *what)
{
    if (condition)
        return;
    fprintf(stderr, "broken contract: %s\n", what);
    abort();
}

static uint32_t adler32(const uint8_t *bytes, size_t length)
{
    uint32_t a = 1, b = 0;
    for (size_t i = 0; i < length; i++) {
        a = (a + bytes[i]) % 65521;
        b = (b + a) % 65521;
    }
    return b << 16 | a;
}

static void print_frame(const hg_frame *frame)
{
    require(frame->wire >= frame->captured, "wire is at least captured");
    printf("frame %lld %u %u %u %u\n", (long long)frame->time_ns, (unsigned)frame->captured,
           (unsigned)frame->wire, (unsigned)frame->linktype,
           (unsigned)adler32(frame->data, frame->captured));
}

/* Of a file that is read ahead only its beginning and its end are not. */
enum { MOST_READS = 3 };

/* ---- several workers ------------------------------------------------------------------- */

enum { WORKERS = 3, READERS = WORKERS - 1 };

typedef struct held {
    struct hg_buffer *buffer;
    hg_frame *frames;
    uint32_t count;
    uint32_t sum;
} held;

static uint32_t sum_of(const hg_frame *frames, uint32_t count)
{
    uint32_t sum = 0;
    for (uint32_t i = 0; i < count; i++)
        sum = sum * 31 + adler32(frames[i].data, frames[i].captured);
    return sum;
}

static void let_go(held *one)
{
    require(sum_of(one->frames, one->count) == one->sum, "what is held stays");
    hg_buffer_release(one->buffer);
    free(one->frames);
    *one = (held){0};
}

/* Holds what came last, and lets go what came READERS calls before. */
static void keep(held *kept, unsigned step, hg_source *source, const hg_frame *frames, uint32_t count)
{
    held *one = kept + step % READERS;
    let_go(one);
    if (count == 0)
        return;
    one->buffer = source->hold(source);
    one->frames = __real_malloc(count * sizeof *frames);
    memcpy(one->frames, frames, count * sizeof *frames);
    one->count = count;
    one->sum = sum_of(frames, count);
}

typedef struct readers {
    hg_source *source;
    pthread_t threads[READERS];
    uint32_t count;
    atomic_int done;
    held kept[READERS];
    unsigned step;
    int are_shared;
} readers;

static void *read_ahead(void *argument)
{
    readers *all = argument;
    while (!atomic_load(&all->done)) {
        all->source->read_ahead(all->source);
        sched_yield();
    }
    return NULL;
}

/* ---- a file that grows ----------------------------------------------------------------- */

enum { BEGINNING = 128 }; /* so that the end is met ahead */

typedef struct growing {
    int fd;
    const uint8_t *rest;
    size_t length;
} growing;

static growing beginning_of(const uint8_t *bytes, size_t length)
{
    size_t first = BEGINNING + length % 100;
    require(first < length, "the file is longer");
    growing file = {memfd_create("growing", 0), bytes + first, length - first};
    require(file.fd >= 0 && pwrite(file.fd, bytes, first, 0) == (ssize_t)first, "a file of memory");
    return file;
}

static void grow(growing *file)
{
    off_t end = lseek(file->fd, 0, SEEK_CUR);
    off_t size = lseek(file->fd, 0, SEEK_END);
    require(end <= size && lseek(file->fd, end, SEEK_SET) == end, "its position is within it");
    require(pwrite(file->fd, file->rest, file->length, size) == (ssize_t)file->length, "it can grow");
    file->length = 0;
}

static hg_status start_readers(readers *all, const char *mode, hg_source *source, hg_error *error)
{
    *all = (readers){.source = source, .are_shared = strchr("atg", mode[0]) != NULL};
    if (!all->are_shared)
        return HG_OK;
    hg_status status = source->share(source, WORKERS, error);
    for (; mode[0] == 't' && status == HG_OK && all->count < READERS; all->count++)
        require(pthread_create(all->threads + all->count, NULL, read_ahead, all) == 0, "a thread starts");
    return status;
}

static void stop_readers(readers *all)
{
    atomic_store(&all->done, 1);
    for (uint32_t i = 0; i < all->count; i++)
        pthread_join(all->threads[i], NULL);
    for (uint32_t i = 0; i < READERS; i++)
        let_go(all->kept + i);
}

/* As many times before a call as makes every number of chunks be at hand; all, in front of the
 * first. */
static void prepare(readers *all)
{
    for (unsigned i = 0; all->are_shared && i < (all->step * 7 + WORKERS + 1) % (WORKERS + 2); i++)
        all->source->read_ahead(all->source);
}

static hg_status read_all(hg_source *source, const char *mode, uint32_t capacity, growing *file, hg_error *error)
{
    readers all;
    hg_status status = start_readers(&all, mode, source, error);
    if (status != HG_OK)
        return status;
    hg_frame *frames = __real_malloc(capacity * sizeof *frames);
    uint32_t count = 0;
    do {
        prepare(&all);
        status = source->next(source, frames, capacity, &count, error);
        if (all.are_shared)
            keep(all.kept, all.step++, source, frames, count);
        require(count <= capacity, "no more frames than asked for");
        require(status >= 0 || count == 0, "no frames along with an error");
        for (uint32_t i = 0; i < count; i++)
            print_frame(&frames[i]);
        if (status == HG_OK && count == 0)
            printf("interrupted\n");
        if (file->length > 0)
            grow(file);
        fflush(stdout);
    } while (status == HG_OK);
    hg_error again;
    stop_readers(&all);
    require(source->next(source, frames, capacity, &count, &again) == status, "the end stays the end");
    require(count == 0, "nothing comes after the end");
    require(!all.are_shared || mode[0] == 'g' || reads <= MOST_READS, "chunks are read ahead");
    require(status >= 0 || memcmp(&again, error, sizeof again) == 0, "the error stays the same");
    free(frames);
    return status;
}

/* The whole file; words at its front are aligned only where `aligned` asks for it. */
static uint8_t *load(int fd, int aligned, size_t *length)
{
    off_t end = lseek(fd, 0, SEEK_END);
    require(end >= 0 && lseek(fd, 0, SEEK_SET) == 0, "the file is seekable");
    *length = (size_t)end;
    *length = aligned ? (*length + 7) / 8 * 8 : *length;
    uint8_t *bytes = guard_new(*length);
    require(read(fd, bytes, *length) == end, "the file is readable");
    return bytes;
}

static hg_status open_packets(const uint8_t *memory, size_t length, hg_source **source, hg_error *error)
{
    const uint64_t *words = (const uint64_t *)(const void *)memory;
    require(length >= 2 * sizeof *words, "the file begins with two words");
    size_t count = (size_t)words[0];
    const uint64_t *offsets = words + 2, *times = offsets + count + 1;
    const uint8_t *bytes = (const uint8_t *)(times + count);
    return hg_source_open_packets(bytes, offsets, (const int64_t *)times, count, (uint32_t)words[1], source,
                                  error);
}

/* Peak memory of this program; getrusage would tell that of the process it was forked from. */
static long peak_kib(void)
{
    FILE *status = fopen("/proc/self/status", "r");
    require(status != NULL, "/proc is there");
    char line[256];
    long peak = -1;
    while (peak < 0 && fgets(line, sizeof line, status) != NULL)
        if (strncmp(line, "VmHWM:", 6) == 0)
            peak = strtol(line + 6, NULL, 10);
    fclose(status);
    return peak;
}

static hg_status open_source(const char *mode, int fd, const uint8_t *memory, size_t length,
                             hg_source **source, hg_error *error)
{
    if (memory == NULL || mode[0] == 'g') {
        hg_status status = hg_source_open_fd(fd, NULL, 0, source, error);
        while (status == HG_E_IO && error->system == EINTR) { /* the pipe was idle for a while */
            memset(error, 0, sizeof *error);
            status = hg_source_open_fd(fd, NULL, 0, source, error);
        }
        return status;
    }
    return strncmp(mode, "packets", 7) == 0 ? open_packets(memory, length, source, error)
                                            : hg_source_open_memory(memory, length, source, error);
}

static void read_file(const char *mode, long failing, uint32_t capacity, const char *name)
{
    hg_source *source = NULL;
    hg_error error;
    memset(&error, 0, sizeof error);
    int fd = strncmp(mode, "pipe", 4) == 0 ? STDIN_FILENO : open(name, O_RDONLY);
    require(fd >= 0, "the file can be opened");
    uint8_t *memory = NULL;
    size_t length = 0;
    if (strncmp(mode, "memory", 6) == 0 || strncmp(mode, "packets", 7) == 0 || mode[0] == 'g')
        memory = load(fd, strncmp(mode, "packets", 7) == 0, &length);
    growing file = {.fd = fd};
    if (mode[0] == 'g')
        file = beginning_of(memory, length);
    allocations_left = failing;
    reads = 0;
    hg_status status = open_source(mode, file.fd, memory, length, &source, &error);
    require((status == HG_OK) == (source != NULL), "a source exactly when opening succeeds");
    printf("file %s\n", name);
    if (status == HG_OK)
        status = read_all(source, mode, capacity, &file, &error);
    allocations_left = -1;
    hg_source_free(source);
    guard_free(memory, length);
    if (file.fd != fd)
        close(file.fd);
    if (fd != STDIN_FILENO)
        close(fd);
    printf("end %d %d %llu %llu %ld %s\n", status, error.system, (unsigned long long)error.record,
           (unsigned long long)error.offset, peak_kib(), error.message);
}

static void on_signal(int number)
{
    (void)number;
}

int main(int count, char **arguments)
{
    if (count < 4)
        return 2;
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal; /* and no SA_RESTART, so that reads end early */
    sigaction(SIGUSR1, &action, NULL);
    const char *comma = strchr(arguments[1], ',');
    long failing = comma == NULL ? -1 : strtol(comma + 1, NULL, 10);
    for (int i = 3; i < count; i++)
        read_file(arguments[1], failing, (uint32_t)strtoul(arguments[2], NULL, 10), arguments[i]);
    return 0;
}
