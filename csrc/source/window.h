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
#include "source/read_ahead.h"

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
