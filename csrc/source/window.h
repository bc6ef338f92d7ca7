/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * window.h - the bytes of an input, one bounded piece at a time.
 *
 * The input is a file descriptor, whose bytes are read into one reused buffer, or the caller's
 * memory, which is not copied. The reader of a format consumes bytes from `at` on and calls
 * hg_window_fill for more.
 */
#pragma once

#include <stdbool.h>

#include "base/buffer.h"
#include "huginn.h"
#include <pthread.h>

/* ---- chunks that are read ahead ----
 *
 * Several workers read the chunks of a regular file before they are needed.
 *
 * Copying a packet of 540 bytes out of the page cache takes 26 to 66 ns, depending on how the file lies
 * there; everything else takes about 55 ns. Per packet, one worker alone needs 77 to 125 ns. Two workers need
 * 45 to 97 ns if only one at a time can read, and 42 to 68 ns if they read in parallel.
 *
 * The offsets of the chunks are known, so any worker can read the next chunk that is not claimed. The start
 * of a record is known only from the record before it, so chunks are walked one after the other. The part of a
 * record at a chunk's end is copied in front of the next chunk; every buffer has slack for this.
 *
 *     buffer   │ slack │ chunk          │        ┊ any worker claims it, then fills it without the mutex;
 *              │   ┌───┤ record │ rec…  │        ┊ the worker whose turn it is takes it: the window
 *              │ …ord  │ record │ re…   │        ┊   is in it until the next chunk is taken;
 *                                                ┊ blocks hold it as long as they use its frames
 *
 *     free ──claimed──▶ being filled ──▶ filled ──taken──▶ in the window ──▶ held by blocks ──▶ free
 *          └────── at most `depth`, in the order of the file ─────┘
 *
 * A short chunk ends reading ahead, because the file ends there, has shrunk or cannot be read. Chunks
 * after it are not used; read(2) continues at its end and finds the reason. */

typedef struct hg_chunk {
    hg_buffer *buffer; /* held until the window leaves it */
    size_t length;     /* bytes after the slack */
    uint8_t is_filled;
    uint8_t is_short; /* 1: less than a whole chunk was read */
} hg_chunk;

typedef struct hg_read_ahead {
    int fd;
    size_t slack; /* bytes of each buffer before its chunk */
    size_t bytes; /* size of a chunk */
    uint64_t begin; /* offset of the first chunk in the file */
    uint32_t depth; /* the most chunks that are claimed and not taken */
    uint8_t begun;  /* 0: nothing is read ahead */

    pthread_mutex_t mutex; /* guards the members below */
    pthread_cond_t filled; /* signalled when a chunk is filled */
    hg_buffers buffers;
    uint64_t claimed; /* chunks so far */
    uint64_t taken;   /* chunks so far */
    uint8_t over; /* 1: no more chunks are claimed, because one was short */
    hg_chunk chunks[HG_MAX_WORKERS + 1]; /* chunk number n is at n % depth */
} hg_read_ahead;

/* Reads one chunk, unless `depth` chunks are claimed and not taken, no buffer is free, or reading ahead has ended. Any
 * number of threads may call it at once, even during hg_window_fill. */
void hg_read_ahead_fill(hg_read_ahead *ahead);

/* ---- the window ---- */

typedef struct hg_window {
    const uint8_t *at;  /* first byte not consumed yet; the reader moves it, up to `end` */
    const uint8_t *end; /* after the last byte in the window */
    const uint8_t *kept; /* bytes from here on stay in the window even after they are consumed; NULL: none do */
    uint64_t read;      /* offset of `end` in the input */
    hg_buffer *buffer;  /* the buffer that `at` points into; NULL if the input is memory */
    hg_buffers buffers; /* all buffers except those of chunks; earlier ones may still be held */
    hg_buffer *chunk;   /* `buffer` if it contains a chunk, held; else NULL */
    int fd;
    bool ended; /* the input has no bytes after `end` */
    bool takes; /* the window continues with chunks that are read ahead */
    hg_read_ahead ahead;
} hg_window;

/* `fd` is borrowed. A window that failed to open needs no closing. */
hg_status hg_window_open_fd(hg_window *window, int fd, hg_error *error);
/* Begins the window with bytes that the caller has already read from the descriptor. They must fit into
 * the buffer, and the window must not have read anything. */
void hg_window_begin(hg_window *window, const uint8_t *bytes, size_t length);
void hg_window_open_memory(hg_window *window, const uint8_t *bytes, size_t length);
void hg_window_close(hg_window *window);

/* Keeps all bytes of the input from `at` - `consumed` on, which must still be in the window, until `kept` is reset; the
 * window grows with them. Not for a shared window. */
static inline void hg_window_keep(hg_window *window, size_t consumed)
{
    window->kept = window->at - consumed;
}

/* Implements hg_source.share. */
hg_status hg_window_share(hg_window *window, uint32_t workers, hg_error *error);

/* Reads until `need` bytes are at `at`. HG_OK: they are there. HG_END: the input ends earlier; its rest is
 * at `at`. HG_E_IO with error.system EINTR: a signal came, or no input came for some time; nothing is
 * lost, and the call may be repeated. The call moves the remaining bytes, so pointers into the window
 * become invalid unless its buffer is held. The buffer grows to at most twice the size of the bytes in it. */
hg_status hg_window_fill(hg_window *window, size_t need, hg_error *error);

/* Skips as many of `*left` bytes as one read delivers, and subtracts them from `*left`. The results are those of
 * hg_window_fill. */
hg_status hg_window_skip(hg_window *window, uint64_t *left, hg_error *error);

static inline size_t hg_window_left(const hg_window *window)
{
    return (size_t)(window->end - window->at);
}

/* The offset of `at` in the input. */
static inline uint64_t hg_window_offset(const hg_window *window)
{
    return window->read - hg_window_left(window);
}
