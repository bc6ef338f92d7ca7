/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * read_ahead.h - the chunks of a regular file, read by several workers before they are needed.
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
 * after it are not used; read(2) continues from its end and finds out the reason.
 */
#pragma once

#include <pthread.h>

#include "base/buffer.h"
#include "huginn.h"

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

/* All zero is one that has not begun. Begins at the position of `fd`, which is borrowed, when that
 * is a regular file with something left. HG_E_MEMORY: nothing has begun. */
hg_status hg_read_ahead_begin(hg_read_ahead *ahead, int fd, size_t bytes, uint32_t workers, hg_error *error);
/* No thread may be filling a chunk or hold a buffer. */
void hg_read_ahead_close(hg_read_ahead *ahead);

/* Reads one chunk, unless `depth` are waiting. Any number of threads may call it at once, also beside
 * hg_read_ahead_take. */
void hg_read_ahead_fill(hg_read_ahead *ahead);

/* The next chunk in order; reads it, or waits for the thread that does. The descriptor is then
 * positioned after it. One thread at a time. A short chunk is the last one: do not call again after it.
 * It has no buffer if none was free. */
hg_chunk hg_read_ahead_take(hg_read_ahead *ahead);
