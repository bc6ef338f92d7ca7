/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * read_ahead.h - the chunks of a regular file, read by several workers before they are needed.
 *
 * A packet of 540 bytes is copied out of the page cache in 26 to 66 ns, by how the file lies there;
 * all else takes about 55. While only one worker at a time read, two took 45 to 97 ns a packet
 * between them; reading in parallel they take 42 to 68 (one alone: 77 to 125).
 *
 * Where the chunks lie is known: any worker reads the next one that nobody has claimed. Where records
 * begin is known only from the ones before: chunks are walked one after the other, and the part of a
 * record at the end of one is put in front of the next, for which every buffer has some slack.
 *
 *     buffer   │ slack │ chunk          │        ┊ claimed and filled by any worker, without a lock
 *              │   ┌───┤ record │ rec…  │        ┊ taken by the one whose turn it is to read: his
 *              │ …ord  │ record │ re…   │        ┊   window stands in it until he takes the next
 *                                                ┊ held by blocks until their frames are done with
 *
 *     free ──claimed──▶ being filled ──▶ filled ──taken──▶ in the window ──▶ held by blocks ──▶ free
 *          └────── at most `depth`, in the order of the file ─────┘
 *
 * Nothing is read ahead any more once a chunk comes short, be it that the file ends there, has
 * shrunk or cannot be read: what was read behind it counts for nothing, and read(2) goes on from its
 * end to say what there is.
 */
#ifndef HG_READ_AHEAD_H
#define HG_READ_AHEAD_H

#include <pthread.h>

#include "base/buffer.h"
#include "huginn.h"

typedef struct hg_chunk {
    hg_buffer *buffer; /* held by whoever has the chunk */
    size_t length;     /* bytes behind the slack */
    uint8_t is_filled;
    uint8_t is_short; /* 1: it was to be longer */
} hg_chunk;

typedef struct hg_read_ahead {
    int fd;
    size_t slack; /* bytes of each buffer in front of its chunk */
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
/* Nobody may fill, or hold a buffer. */
void hg_read_ahead_close(hg_read_ahead *ahead);

/* Reads one chunk, unless enough are. Any number of threads at once, beside all that follows. */
void hg_read_ahead_fill(hg_read_ahead *ahead);

/* The next chunk in order; reads it, or waits for the one who does. The descriptor is then
 * positioned behind it. One thread at a time, and not after a short one, which is the last; that
 * has no buffer if there was none to read into. */
hg_chunk hg_read_ahead_take(hg_read_ahead *ahead);

#endif
