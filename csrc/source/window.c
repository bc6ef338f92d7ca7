/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#define _POSIX_C_SOURCE 200809L

#include "source/window.h"

#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "source/descriptor.h"

/* Bytes asked for in one read. Reading and walking packets of 540 bytes on average took 53 ns a
 * packet with 64 KiB, 47 with 256 KiB, 45 with 512 KiB, 38 with 1 MiB and 36 with 2 and 4 MiB;
 * two readers at once on two cores showed the same order. Tests build with a small value to
 * meet every way a record can straddle the end. */
#ifndef HG_WINDOW_BYTES
#define HG_WINDOW_BYTES ((size_t)1024 * 1024)
#endif

hg_status hg_window_open_fd(hg_window *window, int fd, hg_error *error)
{
    memset(window, 0, sizeof *window);
    window->fd = fd;
    hg_descriptor_begin(fd);
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
    hg_read_ahead_close(&window->ahead);
    window->buffer = window->chunk = NULL;
}

hg_status hg_window_share(hg_window *window, uint32_t workers, hg_error *error)
{
    if (window->ended || window->ahead.begun)
        return HG_OK;
    hg_status status = hg_read_ahead_begin(&window->ahead, window->fd, HG_WINDOW_BYTES, workers, error);
    window->takes = window->ahead.begun;
    return status;
}

/* The first byte that must not be lost. */
static const uint8_t *first_byte(const hg_window *window)
{
    return window->kept != NULL ? window->kept : window->at;
}

/* Continues in `buffer`: copies the bytes that are left, or kept, there, at offset `front`. */
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

/* One read after `end`. An idle descriptor and a signal are reported, since the caller may have a reason
 * to stop. */
static hg_status read_some(hg_window *window, hg_error *error)
{
    hg_buffer *buffer = window->buffer;
    size_t used = (size_t)(window->end - buffer->bytes);
    ssize_t got = -1;
    if (hg_descriptor_is_ready(window->fd, PATIENCE_MS))
        got = hg_descriptor_read(window->fd, buffer->bytes + used, buffer->capacity - used);
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        return HG_OK; /* another reader of a shared descriptor was quicker */
    if (got < 0)
        return hg_fail_at(error, HG_E_IO, 0, window->read,
                          "reading failed at byte offset %llu", (unsigned long long)window->read);
    window->ended = got == 0;
    window->end += got;
    window->read += (uint64_t)got;
    return HG_OK;
}

/* Continues in the chunk, with the bytes that are left copied before it. */
static void stand_in(hg_window *window, const hg_chunk *chunk)
{
    move_to(window, chunk->buffer, window->ahead.slack - hg_window_left(window));
    window->chunk = chunk->buffer;
    window->end += chunk->length;
}

/* Copies the chunk after the bytes that are left: this is how records larger than the slack are put
 * together. (A buffer that was read ahead has no room after its chunk.) */
static hg_status append(hg_window *window, const hg_chunk *chunk, hg_error *error)
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

/* Takes the next chunk after `end`. A short one is the last. */
static hg_status take_chunk(hg_window *window, hg_error *error)
{
    hg_status status = HG_OK;
    hg_chunk chunk = hg_read_ahead_take(&window->ahead);
    window->takes = !chunk.is_short;
    if (chunk.buffer != NULL && hg_window_left(window) <= window->ahead.slack) {
        stand_in(window, &chunk);
    } else if (chunk.buffer != NULL) {
        status = append(window, &chunk, error);
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
        /* Only a full buffer is doubled, so that it is at most twice as large as the bytes read. */
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
