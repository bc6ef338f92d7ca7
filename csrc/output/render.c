/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * render.c - rows to text: checks a row, names it, finds room, calls the format's writer.
 */
#define _POSIX_C_SOURCE 200809L

#include "base/error.h"
#include "output/answer_json.h"
#include "output/name.h"
#include "output/p0f_json.h"
#include "output/tail.h"
#include "output/writers.h"
#include "rows/check.h"

#include <stdlib.h>
#include <time.h>

/* Handshakes whose answers are kept as JSON. */
enum { ANSWERS = 1 << 14 };

/* Bytes that no record of the row exceeds. */
static size_t bound_of(const hg_renderer *renderer, const hg_name *name)
{
    const size_t bound = hg_p0f_line_bound(renderer, name) + renderer->answer->length + renderer->tail_length;
    return renderer->format == HG_FORMAT_P0F_JSON ? (HG_P0F_JSON_GROWTH + 1) * bound : bound;
}

/* Writes by way of the scratch buffer; leaves `*end` alone when the record does not fit. */
static hg_status write_tight(hg_renderer *renderer, uint32_t row, const hg_name *name, char *p, size_t room,
                             char **end, hg_error *error)
{
    size_t bound = bound_of(renderer, name);
    if (bound > renderer->scratch_size) {
        char *grown = realloc(renderer->scratch, bound);
        if (grown == NULL)
            return hg_fail(error, HG_E_MEMORY, "no memory for the text of row %u", row);
        renderer->scratch = grown;
        renderer->scratch_size = bound;
    }
    size_t length = (size_t)(renderer->write(renderer, row, name, renderer->scratch) - renderer->scratch);
    if (length <= room) {
        memcpy(p, renderer->scratch, length);
        *end = p + length;
    }
    return HG_OK;
}

/* Whether only p0f's formats have the row, and this is another one. */
static int is_left_out(const hg_renderer *renderer)
{
    return hg_is_unreported(renderer->columns, renderer->row.index, renderer->row.at) && renderer->format != HG_FORMAT_P0F &&
           renderer->format != HG_FORMAT_P0F_JSON;
}

/* Rows `*next` to `last` - 1; stops at an error or where the room ends. */
static hg_status write_rows(hg_renderer *renderer, uint32_t *next, uint32_t last, char **p, const char *limit,
                            hg_error *error)
{
    for (; *next < last; ++*next) {
        const hg_name *name;
        renderer->row = hg_row_of(renderer->batch, *next);
        hg_status status = hg_check_row(renderer->batch, &renderer->row, error);
        if (status == HG_OK && is_left_out(renderer))
            continue;
        if (status == HG_OK)
            status = hg_name_find(renderer, *next, &name, error);
        if (status == HG_OK)
            status = hg_answer_json(renderer, *next, error);
        if (status != HG_OK)
            return status;
        size_t room = (size_t)(limit - *p);
        char *end = NULL;
        if (room >= bound_of(renderer, name)) { /* nearly always: no copy */
            end = renderer->write(renderer, *next, name, *p);
        } else {
            status = write_tight(renderer, *next, name, *p, room, &end, error);
            if (status != HG_OK || end == NULL)
                return status;
        }
        *p = end;
    }
    return HG_OK;
}

/* Whether its records are JSON with answers, and end with what renderer->tail has. */
static int has_tail(hg_format format)
{
    return format == HG_FORMAT_JSON || format == HG_FORMAT_EVE || format == HG_FORMAT_ECS;
}

/* Replaces `*out` by a copy of `name`, which may be NULL. */
static hg_status copy_name(const char *name, const char *what, char **out, hg_error *error)
{
    size_t length = name == NULL ? 0 : strlen(name);
    if (length > UINT16_MAX)
        return hg_fail(error, HG_E_ARGUMENT, "the name of the %s has %zu bytes", what, length);
    char *copy = name == NULL ? NULL : malloc(length + 1);
    if (name != NULL && copy == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for a renderer");
    if (copy != NULL)
        memcpy(copy, name, length + 1);
    free(*out);
    *out = copy;
    return HG_OK;
}

hg_status hg_renderer_new(const hg_database *database, hg_format format, const char *interface,
                          hg_renderer **out, hg_error *error)
{
    hg_row_writer write = hg_writer_of(format);
    *out = NULL;
    if (write == NULL)
        return hg_fail(error, HG_E_ARGUMENT, "there is no format %d", (int)format);
    hg_renderer *renderer = calloc(1, sizeof *renderer);
    if (renderer == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for a renderer");
    renderer->database = database;
    hg_answer_cache_use(&renderer->answers, database);
    renderer->answers.places = database != NULL && has_tail(format) ? ANSWERS : 0;
    renderer->format = format;
    renderer->write = write;
    if (hg_is_local(format))
        tzset(); /* localtime_r need not look at TZ */
    hg_status status = copy_name(interface, "interface", &renderer->interface, error);
    if (status == HG_OK && has_tail(format))
        status = hg_make_tail(renderer, error);
    if (status == HG_OK)
        *out = renderer;
    else
        hg_renderer_free(renderer);
    return status;
}

hg_status hg_renderer_capture(hg_renderer *renderer, const char *name, hg_error *error)
{
    hg_status status = copy_name(name, "capture", &renderer->capture, error);
    return status == HG_OK && has_tail(renderer->format) ? hg_make_tail(renderer, error) : status;
}

void hg_renderer_name_captures(hg_renderer *renderer)
{
    renderer->names_captures = 1;
}

void hg_renderer_hide_private(hg_renderer *renderer)
{
    renderer->hides_private = 1;
}

void hg_renderer_show_clock(hg_renderer *renderer)
{
    renderer->shows_clock = 1;
}

void hg_renderer_free(hg_renderer *renderer)
{
    if (renderer == NULL)
        return;
    for (uint32_t i = 0; i < HG_NAME_SLOTS; i++)
        free(renderer->names[i].text);
    hg_answer_cache_use(&renderer->answers, NULL);
    free(renderer->interface);
    free(renderer->capture);
    free(renderer->tail);
    free(renderer->scratch);
    free(renderer);
}

hg_status hg_render(hg_renderer *renderer, const hg_batch *batch, uint32_t first, uint32_t last, char *out,
                    size_t capacity, size_t *written, uint32_t *next, hg_error *error)
{
    char *p = out;
    *written = 0;
    *next = first;
    if (first > last || last > batch->count)
        return hg_fail(error, HG_E_ARGUMENT, "rows %u to %u of a batch of %u", first, last, batch->count);
    renderer->batch = batch;
    renderer->columns = &batch->columns;
    renderer->connections_from = renderer->connections_to = 0; /* they were of another batch */
    hg_status status = write_rows(renderer, next, last, &p, out + capacity, error);
    *written = (size_t)(p - out);
    if (status == HG_OK && *next == first && first < last)
        return hg_fail(error, HG_E_ARGUMENT, "row %u needs more than the %zu bytes given", first, capacity);
    return status;
}
