/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * window.h - the bytes of an input, a bounded piece at a time.
 *
 * The input is a file descriptor (its bytes are read into one reused buffer) or memory of the
 * caller (nothing is copied). The reader of a format takes bytes from `at` on and asks for
 * more with hg_window_fill.
 */
#pragma once

#include <stdbool.h>

#include "base/buffer.h"
#include "huginn.h"
#include <pthread.h>

/* ---- chunks that are read ahead ----
 *
 * The chunks of a regular file, read by several workers before they are needed.
 *
 * A packet of 540 bytes is copied out of the page cache in 26 to 66 ns, depending on how the file lies
 * there; everything else takes about 55. While only one worker at a time read, two took 45 to 97 ns a packet
 * between them; reading in parallel they take 42 to 68 (one alone: 77 to 125).
 *
 * Where the chunks lie is known, so any worker reads the next one that is not claimed. Where records
 * begin is known only from those before them, so chunks are walked one after the other, and a partial
 * record at the end of one is copied before the next, for which every buffer has some slack.
 *
 *     buffer   │ slack │ chunk          │        ┊ claimed and filled by any worker, without a lock
 *              │   ┌───┤ record │ rec…  │        ┊ taken by the worker whose turn it is: its
 *              │ …ord  │ record │ re…   │        ┊   window is in it until it takes the next
 *                                                ┊ held by blocks until their frames are done with
 *
 *     free ──claimed──▶ being filled ──▶ filled ──taken──▶ in the window ──▶ held by blocks ──▶ free
 *          └────── at most `depth`, in the order of the file ─────┘
 *
 * A short chunk ends reading ahead, whether the file ends there, has shrunk or cannot be read. Chunks
 * after it are not used; read(2) continues from its end and finds out the reason. */

typedef struct hg_chunk {
    hg_buffer *buffer; /* held by the owner of the chunk */
    size_t length;     /* bytes after the slack */
    uint8_t is_filled;
    uint8_t is_short; /* 1: less than a whole chunk was read */
} hg_chunk;

typedef struct hg_read_ahead {
    int fd;
    size_t slack; /* bytes of each buffer before its chunk */
    size_t bytes; /* of a chunk */
    uint64_t begin; /* place of the first chunk in the file */
    uint32_t depth; /* most chunks that are claimed and not taken */
    uint8_t begun;

    pthread_mutex_t mutex; /* guards what follows */
    pthread_cond_t filled;
    hg_buffers buffers;
    uint64_t claimed; /* chunks so far */
    uint64_t taken;
    uint8_t over; /* a chunk came short: no more are claimed */
    hg_chunk chunks[HG_MAX_WORKERS + 1];
} hg_read_ahead;

/* Reads one chunk, unless `depth` are waiting. Any number of threads may call it at once, also beside
 * hg_window_fill. */
void hg_read_ahead_fill(hg_read_ahead *ahead);

/* ---- the window ---- */

typedef struct hg_window {
    const uint8_t *at;  /* first byte not consumed yet; the reader moves it, up to `end` */
    const uint8_t *end; /* after the last byte in the window */
    const uint8_t *kept; /* from here on bytes stay in the window although they are consumed; NULL: they do not */
    uint64_t read;      /* place of `end` in the input */
    hg_buffer *buffer;  /* the one that these lie in; NULL over memory */
    hg_buffers buffers; /* `buffer`, unless it is a chunk's, and those that may still be held */
    hg_buffer *chunk;   /* `buffer`, held, when it is one that was read ahead; or NULL */
    int fd;
    bool ended; /* nothing comes after `end` */
    bool takes; /* chunks that are read ahead */
    hg_read_ahead ahead;
} hg_window;

/* `fd` is borrowed. A window that failed to open needs no closing. */
hg_status hg_window_open_fd(hg_window *window, int fd, hg_error *error);
/* Begins the window with bytes that the caller has already read from the descriptor. They must fit into
 * the buffer, and nothing else may have been read. */
void hg_window_begin(hg_window *window, const uint8_t *bytes, size_t length);
void hg_window_open_memory(hg_window *window, const uint8_t *bytes, size_t length);
void hg_window_close(hg_window *window);

/* Keeps all bytes of the input from `at` - `consumed` on, which must be in the window still, until they are
 * let go: the window grows with them. Not for a window that is shared. */
static inline void hg_window_keep(hg_window *window, size_t consumed)
{
    window->kept = window->at - consumed;
}

/* Contract of `share` in hg_source. */
hg_status hg_window_share(hg_window *window, uint32_t workers, hg_error *error);

/* Reads until `need` bytes are at `at`: HG_OK when they are, HG_END when the input ends before
 * (the rest of it is at `at`). HG_E_IO with error.system EINTR after a signal or some time without
 * input: nothing is lost, and the call may be repeated. Moves the bytes that are left, so pointers
 * into the window become invalid, unless its buffer is held. The buffer never grows beyond twice the
 * bytes that were read and are kept. */
hg_status hg_window_fill(hg_window *window, size_t need, hg_error *error);

/* Skips as many of `*left` bytes as one read brings, and subtracts them. Results and rules as for hg_window_fill. */
hg_status hg_window_skip(hg_window *window, uint64_t *left, hg_error *error);

static inline size_t hg_window_left(const hg_window *window)
{
    return (size_t)(window->end - window->at);
}

/* Place of `at` in the input. */
static inline uint64_t hg_window_offset(const hg_window *window)
{
    return window->read - hg_window_left(window);
}
