/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * render.c - renders rows in any format: checks a row, finds its name, makes room, calls the format's writer.
 */
#define _POSIX_C_SOURCE 200809L

#include <stdlib.h>
#include <time.h>

#include "announcements/fields.h"
#include "base/error.h"
#include "base/escape.h"
#include "base/kinds.h"
#include "http/fields.h"
#include "output/json.h"
#include "rows/check.h"
#include "ssh/fields.h"

#define WRITER(FORMAT, writer) [HG_FORMAT_##FORMAT] = hg_render_##writer,
#define COUNT(FORMAT, writer) +1

static const hg_row_writer WRITERS[] = {HG_WRITERS(WRITER)};
_Static_assert((HG_WRITERS(COUNT)) == HG_FORMATS && sizeof WRITERS / sizeof *WRITERS == HG_FORMATS,
               "each hg_format needs its writer in HG_WRITERS");

/* Number of handshakes whose texts are cached. */
enum { ANSWERS = 1 << 14 };

/* ---- answers, as members of a JSON object ------------------------------------------------ */

#define put_match_family(to, answer) hg_json_answer_family(to, database, answer)
#define put_match_confidence(to, answer) hg_json_double(to, (answer)->confidence)
#define put_match_version_confidence(to, answer) hg_json_double(to, hg_answer_version_confidence(database, answer))
#define put_match_candidates(to, answer) hg_json_answer_list(to, database, answer, HG_ANSWER_CANDIDATES)
#define put_match_evidence(to, answer) hg_json_answer_list(to, database, answer, HG_ANSWER_EVIDENCE)

static void put_members(hg_json *to, const hg_database *database, const hg_found_answer *answer)
{
#define PUT_MEMBER(writer, key) \
    hg_json_key(to, key);       \
    writer(to, answer);
    HG_FIELDS_ANSWER(PUT_MEMBER)
#undef PUT_MEMBER
}

/* What the text of a handshake shows beside the handshake that the answer depends on. */
static uint64_t shown_by(hg_row row)
{
    const hg_tcp_columns *tcp = &row.columns->tcp;
    const uint32_t at = row.at;
    return tcp->ittl[at] | (uint64_t)tcp->dscp[at] << 8 | (uint64_t)tcp->fuzzy[at] << 16 |
           (uint64_t)tcp->syn_seen[at] << 24 | (uint64_t)(uint16_t)tcp->distance[at] << 32;
}

/* Sets renderer->known; without a text, also the members of the answer, each with a comma before it. */
static hg_status find_known(hg_renderer *renderer, hg_error *error)
{
    renderer->known = NULL;
    renderer->answer.length = 0;
    if (renderer->answers.places == 0 || !hg_event_is_handshake(renderer->row.columns->event[renderer->row.index]))
        return HG_OK;
    const hg_named_handshake of = hg_handshake_of_checked(renderer->row);
    const hg_status status = hg_answer_of(&renderer->answers, &of, &renderer->known, error);
    const uint64_t shown = shown_by(renderer->row);
    if (status != HG_OK || (renderer->known->length > 0 && renderer->known->shown == shown))
        return status;
    renderer->known->shown = shown;
    renderer->known->length = 0;
    if (of.signature == HG_NO_SIGNATURE || renderer->answers.answerer.database == NULL)
        return HG_OK;
    hg_json to = {.out = renderer->answer, .needs_comma = 1};
    put_members(&to, renderer->database, &renderer->known->found);
    renderer->answer = to.out;
    renderer->answer.is_full = 0;
    return to.out.is_full ? hg_fail(error, HG_E_MEMORY, "no memory for the text of an answer") : HG_OK;
}

void hg_keep_text(hg_renderer *renderer, const char *from, const char *end)
{
    if (renderer->known == NULL)
        return;
    hg_writer to = hg_answer_write(renderer->known);
    hg_write(&to, from, (size_t)(end - from));
    (void)hg_answer_keep(&renderer->answers, renderer->known, &to, NULL); /* without memory, it is made again */
}

/* ---- the end of each JSON record ------------------------------------------------------------ */

/* More than the fixed text of any tail. */
#define TAIL_FIXED 512

/* Writes the first HG_DATABASE_DIGITS digits of the database's hash. */
static char *put_database(char *p, const hg_database *database)
{
    HG_PUT(p, ",\"database\":");
    if (database == NULL)
        return HG_AFTER(p, "null");
    *p++ = '"';
    p = hg_put_hex(p, database->tables.source_hash, HG_DATABASE_DIGITS / 2);
    return HG_AFTER(p, "\"");
}

static char *put_text(char *p, const char *text)
{
    return hg_put_json_string(p, (const uint8_t *)text, strlen(text));
}

static char *put_json_tail(char *p, const char *interface, const char *capture)
{
    if (interface != NULL || capture == NULL)
        return p;
    return put_text(HG_AFTER(p, ",\"capture\":"), capture);
}

static char *put_eve_tail(char *p, const char *interface, const char *capture)
{
    HG_PUT(p, "}");
    if (interface != NULL) {
        HG_PUT_WITH(p, ",\"in_iface\":", put_text, interface);
    } else if (capture != NULL) {
        HG_PUT_WITH(p, ",\"pcap_filename\":", put_text, capture);
    }
    return p;
}

static char *put_ecs_tail(char *p, const char *interface, const char *capture)
{
    HG_PUT(p, "}");
    if (interface == NULL && capture != NULL) {
        HG_PUT_WITH(p, ",\"log\":{\"file\":{\"path\":", put_text, capture);
        HG_PUT(p, "}}");
    }
    HG_PUT(p, "," HG_ECS_OBSERVER);
    if (interface != NULL) {
        HG_PUT_WITH(p, ",\"ingress\":{\"interface\":{\"name\":", put_text, interface);
        HG_PUT(p, "}}");
    }
    return HG_AFTER(p, "}," HG_ECS_VERSIONED);
}

/* Makes the tail of a JSON format's records: database, version, and the interface or capture. */
static hg_status make_tail(hg_renderer *renderer, hg_error *error)
{
    const char *interface = renderer->interface, *capture = renderer->hides_private ? NULL : renderer->capture;
    size_t names = (interface == NULL ? 0 : strlen(interface)) + (capture == NULL ? 0 : strlen(capture));
    char *p = realloc(renderer->tail, TAIL_FIXED + names * HG_ESCAPE_GROWTH);
    if (p == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for a renderer");
    renderer->tail = p;
    p = put_database(p, renderer->database);
    HG_PUT(p, "," HG_JSON_SCHEMA_VERSION);
    if (renderer->format == HG_FORMAT_EVE)
        p = put_eve_tail(p, interface, capture);
    else if (renderer->format == HG_FORMAT_ECS)
        p = put_ecs_tail(p, interface, capture);
    else if (renderer->format == HG_FORMAT_JSON && renderer->names_captures)
        p = put_json_tail(p, interface, capture);
    HG_PUT(p, "}\n");
    renderer->tail_length = (size_t)(p - renderer->tail);
    return HG_OK;
}

/* ---- rows ------------------------------------------------------------------------------------- */

size_t hg_line_bound(const hg_renderer *renderer, const hg_name *name)
{
    const uint8_t event = renderer->row.columns->event[renderer->row.index];
    const size_t texts = hg_event_is_http(event)     ? hg_http_bound(renderer->row)
                         : hg_event_is_device(event) ? hg_device_bound(renderer->row)
                         : hg_event_is_ssh(event)    ? hg_ssh_bound(renderer->row)
                                                     : 0;
    return HG_RENDER_FIXED + texts + name->length;
}

/* The most bytes that a record of the row can have. */
static size_t bound_of(const hg_renderer *renderer, const hg_name *name)
{
    return hg_line_bound(renderer, name) + renderer->answer.length + hg_kept_text(renderer).length +
           renderer->tail_length;
}

/* The scratch buffer, with room for `bytes`; NULL: no memory. */
static char *scratch_of(hg_renderer *renderer, size_t bytes)
{
    if (bytes <= renderer->scratch_size)
        return renderer->scratch;
    char *grown = realloc(renderer->scratch, bytes);
    if (grown != NULL) {
        renderer->scratch = grown;
        renderer->scratch_size = bytes;
    }
    return grown;
}

/* Whether only p0f's log shows this row, and the renderer has another format. */
static int is_left_out(const hg_renderer *renderer)
{
    return hg_is_unreported(renderer->row.columns, renderer->row.index, renderer->row.at) &&
           renderer->format != HG_FORMAT_P0F;
}

/* Writes rows `*next` to `last` - 1; stops at an error or when the room is used up. */
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
            status = find_known(renderer, error);
        if (status != HG_OK)
            return status;
        const size_t bound = bound_of(renderer, name), room = (size_t)(limit - *p);
        char *const to = room >= bound ? *p : scratch_of(renderer, bound); /* nearly always `*p`, which avoids a copy */
        if (to == NULL)
            return hg_fail(error, HG_E_MEMORY, "no memory for the text of row %u", *next);
        const size_t length = (size_t)(renderer->write(renderer, *next, name, to) - to);
        if (length > room)
            return HG_OK;
        if (to != *p)
            memcpy(*p, to, length);
        *p += length;
    }
    return HG_OK;
}

/* Whether the format is JSON with answers, whose records end with renderer->tail. */
static int has_tail(hg_format format)
{
    return format == HG_FORMAT_JSON || format == HG_FORMAT_EVE || format == HG_FORMAT_ECS;
}

/* Replaces `*out` by a copy of `name`; NULL: none. */
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

hg_status hg_renderer_new(const hg_database *database, hg_format format, const char *interface, hg_renderer **out,
                          hg_error *error)
{
    *out = NULL;
    if ((uint32_t)format >= HG_FORMATS)
        return hg_fail(error, HG_E_ARGUMENT, "there is no format %d", (int)format);
    hg_renderer *renderer = calloc(1, sizeof *renderer);
    if (renderer == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for a renderer");
    renderer->database = database;
    hg_answer_cache_use(&renderer->answers, has_tail(format) ? database : NULL);
    renderer->answers.places = has_tail(format) || format == HG_FORMAT_TEXT ? ANSWERS : 0;
    renderer->answer = (hg_writer){.is_json = 1, .may_grow = 1};
    renderer->format = format;
    renderer->write = WRITERS[format];
    renderer->sha1 = hg_sha1_fastest();
    if (hg_is_local(format))
        tzset(); /* localtime_r need not read TZ */
    hg_status status = copy_name(interface, "interface", &renderer->interface, error);
    if (status == HG_OK && has_tail(format))
        status = make_tail(renderer, error);
    if (status == HG_OK)
        *out = renderer;
    else
        hg_renderer_free(renderer);
    return status;
}

hg_status hg_renderer_capture(hg_renderer *renderer, const char *name, hg_error *error)
{
    hg_status status = copy_name(name, "capture", &renderer->capture, error);
    return status == HG_OK && has_tail(renderer->format) ? make_tail(renderer, error) : status;
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
    free(renderer->answer.at);
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
    renderer->connections_from = renderer->connections_to = 0; /* they belong to another batch */
    hg_status status = write_rows(renderer, next, last, &p, out + capacity, error);
    *written = (size_t)(p - out);
    if (status == HG_OK && *next == first && first < last)
        return hg_fail(error, HG_E_ARGUMENT, "row %u needs more than the %zu bytes given", first, capacity);
    return status;
}
