/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * render.c - rows to text: checks a row, names it, finds room, calls the format's writer.
 */
#define _POSIX_C_SOURCE 200809L

#include "base/error.h"
#include "database/database.h"
#include "record/kinds.h"
#include "record/name.h"
#include "record/tail.h"
#include "record/writers.h"

#include <stdlib.h>
#include <time.h>

static hg_row_writer writer_of(hg_format format)
{
    switch (format) {
    case HG_FORMAT_TEXT:
        return hg_render_text;
    case HG_FORMAT_JSON:
        return hg_render_json;
    case HG_FORMAT_P0F:
        return hg_render_p0f;
    case HG_FORMAT_EVE:
        return hg_render_eve;
    case HG_FORMAT_ECS:
        return hg_render_ecs;
    case HG_FORMATS:
    default:
        return NULL;
    }
}

/* Rows come from the engine, but a caller of the library may have filled them. */
static hg_status check_row(const hg_row *row, hg_error *error)
{
    uint8_t event = row->columns->event[row->index];
    if (event >= HG_EVENT_KINDS)
        return hg_fail(error, HG_E_ARGUMENT, "row %u is of kind %u, which there is not", row->index, event);
    if (row->at == UINT32_MAX)
        return hg_fail(error, HG_E_ARGUMENT, "row %u has no values in the columns of its reader", row->index);
    if (hg_event_is_handshake(event) && row->columns->tcp.olayout[row->at][HG_OLAYOUT_COUNT] > HG_MAX_OPTIONS)
        return hg_fail(error, HG_E_ARGUMENT, "row %u claims more than %d options", row->index, HG_MAX_OPTIONS);
    return HG_OK;
}

/* Writes by way of the scratch buffer; leaves `*end` alone when the record does not fit. */
static hg_status write_tight(hg_renderer *renderer, uint32_t row, const hg_name *name, char *p, size_t room,
                             char **end, hg_error *error)
{
    size_t bound = HG_RENDER_FIXED + name->length + renderer->tail_length;
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

/* Rows `*next` to `last` - 1; stops at an error or where the room ends. */
static hg_status write_rows(hg_renderer *renderer, uint32_t *next, uint32_t last, char **p, const char *limit,
                            hg_error *error)
{
    for (; *next < last; ++*next) {
        const hg_name *name;
        renderer->row = hg_row_of(renderer->batch, *next);
        hg_status status = check_row(&renderer->row, error);
        if (status == HG_OK)
            status = hg_name_find(renderer, *next, &name, error);
        if (status != HG_OK)
            return status;
        size_t room = (size_t)(limit - *p);
        char *end = NULL;
        if (room >= HG_RENDER_FIXED + name->length + renderer->tail_length) { /* nearly always: no copy */
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

hg_status hg_renderer_new(const hg_database *database, hg_format format, const char *interface,
                          hg_renderer **out, hg_error *error)
{
    hg_row_writer write = writer_of(format);
    *out = NULL;
    if (write == NULL)
        return hg_fail(error, HG_E_ARGUMENT, "there is no format %d", (int)format);
    hg_renderer *renderer = calloc(1, sizeof *renderer);
    if (renderer == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for a renderer");
    renderer->database = database;
    renderer->format = format;
    renderer->write = write;
    if (format == HG_FORMAT_P0F)
        tzset(); /* localtime_r need not look at TZ */
    hg_status status = HG_OK;
    if (format == HG_FORMAT_JSON || format == HG_FORMAT_EVE || format == HG_FORMAT_ECS)
        status = hg_make_tail(renderer, interface, error);
    if (status == HG_OK)
        *out = renderer;
    else
        hg_renderer_free(renderer);
    return status;
}

void hg_renderer_free(hg_renderer *renderer)
{
    if (renderer == NULL)
        return;
    hg_names_free(renderer);
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
