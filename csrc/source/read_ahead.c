/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#define _POSIX_C_SOURCE 200809L

#include "source/read_ahead.h"

#include "base/error.h"
#include "base/thread.h"
#include "source/descriptor.h"

/* The slack, as a part of a chunk: with 1 MiB, the largest snap length in use, 256 KiB. */
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

hg_status hg_read_ahead_begin(hg_read_ahead *ahead, int fd, size_t bytes, uint32_t workers, hg_error *error)
{
    struct stat file;
    if (fstat(fd, &file) != 0 || !S_ISREG(file.st_mode))
        return HG_OK;
    off_t at = lseek(fd, 0, SEEK_CUR);
    if (at < 0 || at >= file.st_size)
        return HG_OK;
    *ahead = (hg_read_ahead){
        .fd = fd, .slack = bytes / SLACK_PART, .bytes = bytes, .begin = (uint64_t)at, .depth = workers + 1};
    /* As many as can be in use at once. They are made here, so that memory can run out only here; pages
     * that are never written take no memory. */
    hg_status status = make_buffers(ahead, ahead->depth + workers, error);
    if (status != HG_OK)
        return status;
    pthread_mutex_init(&ahead->mutex, NULL);
    hg_wait_init(&ahead->filled);
    ahead->begun = 1;
    return HG_OK;
}

void hg_read_ahead_close(hg_read_ahead *ahead)
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

/* Any failure makes a short chunk: read(2) meets it again and reports it. */
static size_t read_at(int fd, uint8_t *bytes, size_t length, uint64_t place)
{
    size_t done = 0;
    while (done < length) {
        ssize_t got = hg_descriptor_read_at(fd, bytes + done, length - done, (off_t)(place + done));
        if (got <= 0)
            break;
        done += (size_t)got;
    }
    return done;
}

/* Claims the next chunk and fills it, if there is a buffer for it. The mutex is held, but not
 * while reading. */
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

hg_chunk hg_read_ahead_take(hg_read_ahead *ahead)
{
    hg_chunk taken = {.is_short = 1};
    pthread_mutex_lock(&ahead->mutex);
    if (ahead->claimed == ahead->taken)
        fill_next(ahead);
    if (ahead->claimed != ahead->taken) {
        hg_chunk *chunk = chunk_of(ahead, ahead->taken);
        while (!chunk->is_filled) /* by a worker that is in pread now: it waits for no other */
            hg_wait(&ahead->filled, &ahead->mutex, HG_WAIT_NS);
        taken = *chunk;
        lseek(ahead->fd, (off_t)(ahead->begin + ahead->taken * ahead->bytes + taken.length), SEEK_SET);
        ahead->taken++;
    }
    ahead->over |= taken.is_short;
    pthread_mutex_unlock(&ahead->mutex);
    return taken;
}
