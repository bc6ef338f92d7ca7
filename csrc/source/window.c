/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#define _POSIX_C_SOURCE 200809L

#include "source/window.h"

#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "base/thread.h"
#include <sys/stat.h>
#include <unistd.h>

/* Bytes requested in one read. Reading and walking packets of 540 bytes on average took 53 ns per packet with
 * 64 KiB, 47 with 256 KiB, 45 with 512 KiB, 38 with 1 MiB and 36 with 2 and 4 MiB; two readers at once on
 * two cores gave the same ranking. Tests build with a small value, so that the end of a read splits records
 * in every possible way. */
#ifndef HG_WINDOW_BYTES
#define HG_WINDOW_BYTES ((size_t)1024 * 1024)
#endif

/* ---- reading from descriptors, on POSIX systems and on Windows ---------------------------- */

#ifdef _WIN32

#include <fcntl.h>
#include <io.h>
#include <limits.h>

/* Switches off the translation of line ends. */
static void descriptor_begin(int fd)
{
    _setmode(fd, _O_BINARY);
}

/* Windows cannot check whether a pipe is ready, so reading an idle pipe blocks. */
static int descriptor_is_ready(int fd, int patience_ms)
{
    (void)fd, (void)patience_ms;
    return 1;
}

static ssize_t descriptor_read(int fd, uint8_t *bytes, size_t length)
{
    return read(fd, bytes, length < INT_MAX ? (unsigned)length : INT_MAX);
}

/* Windows has no read that keeps the file position. */
static ssize_t descriptor_read_at(int fd, uint8_t *bytes, size_t length, off_t place)
{
    (void)fd, (void)bytes, (void)length, (void)place;
    return -1;
}

#else

#include <poll.h>

static void descriptor_begin(int fd)
{
    (void)fd;
}

/* 1: a read will not block. 0 with errno EINTR: a signal came, or no input came for this time. */
static int descriptor_is_ready(int fd, int patience_ms)
{
    struct pollfd ready = {.fd = fd, .events = POLLIN, .revents = 0};
    int found = poll(&ready, 1, patience_ms);
    if (found == 0)
        errno = EINTR;
    return found > 0;
}

static ssize_t descriptor_read(int fd, uint8_t *bytes, size_t length)
{
    return read(fd, bytes, length);
}

static ssize_t descriptor_read_at(int fd, uint8_t *bytes, size_t length, off_t place)
{
    return pread(fd, bytes, length, place);
}

#endif

/* ---- chunks read ahead ----------------------------------------------------------------------- */

/* The slack is a fourth of a chunk: with chunks of 1 MiB, it is 256 KiB, the largest snap length in use. */
enum { SLACK_PART = 4 };

static hg_status make_buffers(hg_read_ahead *ahead, uint32_t count, hg_error *error)
{
    for (uint32_t i = 0; i < count; i++) {
        if (hg_buffers_add(&ahead->buffers, ahead->slack + ahead->bytes) == NULL) {
            hg_buffers_clear(&ahead->buffers);
            return hg_fail(error, HG_E_MEMORY, "no memory for %u read buffers", count);
        }
    }
    return HG_OK;
}

/* Begins reading ahead at the position of `fd`, which is borrowed, if it is a regular file with bytes left. `*ahead`
 * must be all zero; after HG_E_MEMORY nothing has begun. */
static hg_status begin_ahead(hg_read_ahead *ahead, int fd, size_t bytes, uint32_t workers, hg_error *error)
{
    struct stat file;
    if (fstat(fd, &file) != 0 || !S_ISREG(file.st_mode))
        return HG_OK;
    off_t at = lseek(fd, 0, SEEK_CUR);
    if (at < 0 || at >= file.st_size)
        return HG_OK;
    *ahead = (hg_read_ahead){
        .fd = fd, .slack = bytes / SLACK_PART, .bytes = bytes, .begin = (uint64_t)at, .depth = workers + 1};
    /* Allocates as many buffers as can be in use at once, so that lack of memory shows only here. Pages that are
     * never written take no memory. */
    hg_status status = make_buffers(ahead, ahead->depth + workers, error);
    if (status != HG_OK)
        return status;
    pthread_mutex_init(&ahead->mutex, NULL);
    hg_wait_init(&ahead->filled);
    ahead->begun = 1;
    return HG_OK;
}

/* No thread may be filling a chunk or holding a buffer. */
static void close_ahead(hg_read_ahead *ahead)
{
    if (!ahead->begun)
        return;
    hg_buffers_clear(&ahead->buffers);
    pthread_cond_destroy(&ahead->filled);
    pthread_mutex_destroy(&ahead->mutex);
    ahead->begun = 0;
}

static hg_chunk *chunk_of(hg_read_ahead *ahead, uint64_t number)
{
    return ahead->chunks + number % ahead->depth;
}

/* After a failure the chunk is short. A later read(2) fails again and reports the reason. */
static size_t read_at(int fd, uint8_t *bytes, size_t length, uint64_t place)
{
    size_t done = 0;
    while (done < length) {
        ssize_t got = descriptor_read_at(fd, bytes + done, length - done, (off_t)(place + done));
        if (got <= 0)
            break;
        done += (size_t)got;
    }
    return done;
}

/* Claims the next chunk and fills it, if there is a buffer for it. Called with the mutex held, which is
 * released during the read. */
static void fill_next(hg_read_ahead *ahead)
{
    hg_buffer *buffer = hg_buffers_find(&ahead->buffers, ahead->slack + ahead->bytes);
    if (buffer == NULL)
        return;
    uint64_t number = ahead->claimed++;
    hg_chunk *chunk = chunk_of(ahead, number);
    *chunk = (hg_chunk){.buffer = hg_buffer_hold(buffer)};
    pthread_mutex_unlock(&ahead->mutex);
    size_t length =
        read_at(ahead->fd, buffer->bytes + ahead->slack, ahead->bytes, ahead->begin + number * ahead->bytes);
    pthread_mutex_lock(&ahead->mutex);
    chunk->length = length;
    chunk->is_short = length < ahead->bytes;
    chunk->is_filled = 1;
    ahead->over |= chunk->is_short;
    pthread_cond_signal(&ahead->filled);
}

void hg_read_ahead_fill(hg_read_ahead *ahead)
{
    if (!ahead->begun)
        return;
    pthread_mutex_lock(&ahead->mutex);
    if (!ahead->over && ahead->claimed - ahead->taken < ahead->depth)
        fill_next(ahead);
    pthread_mutex_unlock(&ahead->mutex);
}

/* Returns the next chunk in order: reads it, or waits for the thread that reads it, and positions the
 * descriptor after it. Only one thread at a time may call this. A short chunk is the last one, so do not call
 * again after it; it has no buffer if none was free. */
static hg_chunk take_ahead(hg_read_ahead *ahead)
{
    hg_chunk taken = {.is_short = 1};
    pthread_mutex_lock(&ahead->mutex);
    if (ahead->claimed == ahead->taken)
        fill_next(ahead);
    if (ahead->claimed != ahead->taken) {
        hg_chunk *chunk = chunk_of(ahead, ahead->taken);
        while (!chunk->is_filled) /* a worker is reading it, and does not wait for other workers meanwhile */
            hg_wait(&ahead->filled, &ahead->mutex, HG_WAIT_NS);
        taken = *chunk;
        lseek(ahead->fd, (off_t)(ahead->begin + ahead->taken * ahead->bytes + taken.length), SEEK_SET);
        ahead->taken++;
    }
    ahead->over |= taken.is_short;
    pthread_mutex_unlock(&ahead->mutex);
    return taken;
}

/* ---- the window ----------------------------------------------------------------------------- */

hg_status hg_window_open_fd(hg_window *window, int fd, hg_error *error)
{
    memset(window, 0, sizeof *window);
    window->fd = fd;
    descriptor_begin(fd);
    window->buffer = hg_buffers_take(&window->buffers, HG_WINDOW_BYTES, NULL);
    if (window->buffer == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for the read buffer");
    window->at = window->end = window->buffer->bytes;
    return HG_OK;
}

void hg_window_begin(hg_window *window, const uint8_t *bytes, size_t length)
{
    if (length == 0)
        return;
    memcpy(window->buffer->bytes, bytes, length);
    window->end += length;
    window->read = length;
}

void hg_window_open_memory(hg_window *window, const uint8_t *bytes, size_t length)
{
    memset(window, 0, sizeof *window);
    window->fd = -1;
    window->at = bytes;
    window->end = length == 0 ? bytes : bytes + length;
    window->read = length;
    window->ended = true;
}

void hg_window_close(hg_window *window)
{
    hg_buffers_clear(&window->buffers);
    close_ahead(&window->ahead);
    window->buffer = window->chunk = NULL;
}

hg_status hg_window_share(hg_window *window, uint32_t workers, hg_error *error)
{
    if (window->ended || window->ahead.begun)
        return HG_OK;
    hg_status status = begin_ahead(&window->ahead, window->fd, HG_WINDOW_BYTES, workers, error);
    window->takes = window->ahead.begun;
    return status;
}

/* The first byte that must stay in the window. */
static const uint8_t *first_byte(const hg_window *window)
{
    return window->kept != NULL ? window->kept : window->at;
}

/* Continues in `buffer`: copies the kept and the remaining bytes to its offset `front`. */
static void move_to(hg_window *window, hg_buffer *buffer, size_t front)
{
    const uint8_t *first = first_byte(window);
    const size_t consumed = (size_t)(window->at - first), bytes = (size_t)(window->end - first);
    memmove(buffer->bytes + front, first, bytes);
    hg_buffer_release(window->chunk);
    window->chunk = NULL;
    window->buffer = buffer;
    window->at = buffer->bytes + front + consumed;
    window->end = buffer->bytes + front + bytes;
    if (window->kept != NULL)
        window->kept = buffer->bytes + front;
}

static hg_status make_room(hg_window *window, size_t capacity, hg_error *error)
{
    hg_buffer *buffer = hg_buffers_take(&window->buffers, capacity, window->buffer);
    if (buffer == NULL)
        return hg_fail_at(error, HG_E_MEMORY, 0, hg_window_offset(window),
                          "no memory for a record of more than %zu bytes", window->buffer->capacity);
    move_to(window, buffer, 0);
    return HG_OK;
}

/* How long to wait for an idle pipe before control returns to the caller. */
enum { PATIENCE_MS = 50 };

/* Reads once, and appends the bytes to the window. An idle descriptor and a signal count as failures, because the
 * caller may have a reason to stop. */
static hg_status read_some(hg_window *window, hg_error *error)
{
    hg_buffer *buffer = window->buffer;
    size_t used = (size_t)(window->end - buffer->bytes);
    ssize_t got = -1;
    if (descriptor_is_ready(window->fd, PATIENCE_MS))
        got = descriptor_read(window->fd, buffer->bytes + used, buffer->capacity - used);
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        return HG_OK; /* another reader of the shared descriptor took the bytes */
    if (got < 0)
        return hg_fail_at(error, HG_E_IO, 0, window->read, "reading failed at byte offset %llu",
                          (unsigned long long)window->read);
    window->ended = got == 0;
    window->end += got;
    window->read += (uint64_t)got;
    return HG_OK;
}

/* Copies the remaining bytes into the slack, so that they end where the chunk begins, and continues in the chunk's
 * buffer. */
static void continue_in(hg_window *window, const hg_chunk *chunk)
{
    move_to(window, chunk->buffer, window->ahead.slack - hg_window_left(window));
    window->chunk = chunk->buffer;
    window->end += chunk->length;
}

/* Copies the chunk after the remaining bytes, which do not fit into its slack. If they are in a chunk's buffer, which
 * has no room after its chunk, they are moved to another buffer first. */
static hg_status append_chunk(hg_window *window, const hg_chunk *chunk, hg_error *error)
{
    size_t room = window->buffer->capacity - (size_t)(window->end - window->buffer->bytes);
    if (room < chunk->length) {
        hg_status status = make_room(window, 2 * (hg_window_left(window) + chunk->length), error);
        if (status != HG_OK)
            return status;
    }
    size_t used = (size_t)(window->end - window->buffer->bytes);
    memcpy(window->buffer->bytes + used, chunk->buffer->bytes + window->ahead.slack, chunk->length);
    window->end += chunk->length;
    return HG_OK;
}

/* Continues the window with the next chunk. A short chunk is the last one. */
static hg_status take_chunk(hg_window *window, hg_error *error)
{
    hg_status status = HG_OK;
    hg_chunk chunk = take_ahead(&window->ahead);
    window->takes = !chunk.is_short;
    if (chunk.buffer != NULL && hg_window_left(window) <= window->ahead.slack) {
        continue_in(window, &chunk);
    } else if (chunk.buffer != NULL) {
        status = append_chunk(window, &chunk, error);
        hg_buffer_release(chunk.buffer);
    }
    if (status == HG_OK)
        window->read += chunk.length;
    return status;
}

hg_status hg_window_fill(hg_window *window, size_t need, hg_error *error)
{
    while (window->takes && hg_window_left(window) < need) {
        hg_status status = take_chunk(window, error);
        if (status != HG_OK)
            return status;
    }
    if (hg_window_left(window) >= need)
        return HG_OK;
    if (window->ended)
        return HG_END;
    hg_status status = make_room(window, window->buffer->capacity, error);
    while (status == HG_OK && hg_window_left(window) < need) {
        if (window->ended)
            return HG_END;
        /* Only a full buffer is doubled, so a buffer is at most twice as large as the bytes in it. */
        if ((size_t)(window->end - first_byte(window)) == window->buffer->capacity)
            status = make_room(window, window->buffer->capacity * 2, error);
        if (status == HG_OK)
            status = read_some(window, error);
    }
    return status;
}

hg_status hg_window_skip(hg_window *window, uint64_t *left, hg_error *error)
{
    if (*left == 0)
        return HG_OK;
    hg_status status = hg_window_fill(window, 1, error);
    if (status != HG_OK)
        return status;
    size_t step = hg_window_left(window);
    if (step > *left)
        step = (size_t)*left;
    window->at += step;
    *left -= step;
    return HG_OK;
}
