/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * name.c - parts of records that many rows share, cached: the database's names, escaped; seconds; connection ids.
 */
#include "output/json.h"

#include "base/error.h"

#include <stdlib.h>

/* More than the fixed text of any name. */
#define NAME_FIXED 512

/* A match, and whether private fields are hidden. */
typedef struct strings {
    hg_match_texts match;
    uint8_t hides_private;
} strings;

/* ---- the formats -------------------------------------------------------------------- */

/* Writes name and flavor as text for people. */
static char *put_plain(char *p, const strings *texts, uint8_t separator)
{
    if (texts->match.says_all)
        return hg_escape_plain(p, texts->match.flavor.data, texts->match.flavor.length, separator);
    p = hg_escape_plain(p, texts->match.name.data, texts->match.name.length, separator);
    if (texts->match.flavor.length == 0)
        return p;
    *p++ = ' ';
    return hg_escape_plain(p, texts->match.flavor.data, texts->match.flavor.length, separator);
}

static const hg_span KINDS[] = {HG_WORDS_MATCH_KIND(HG_QUOTED)};

#define put_text(p, text) hg_put_json_string((p), (text).data, (text).length)

/* Writes the value of a field in its form, after its key. */
#define PUT_FREE(p, get, texts) put_text((p), get(texts))
#define PUT_U32(p, get, texts) hg_put_u32((p), get(texts))
#define PUT_F64(p, get, texts) hg_put_shortest((p), get(texts))
#define PUT_BOOL(p, get, texts) hg_put_bool((p), get(texts))
#define PUT_WORD(p, get, texts) hg_put_one_word((p), KINDS, get(texts))
#define PUT_VALUE(FORM, get, is_private, key) \
    HG_PUT(p, "," key);                       \
    p = known && !((is_private) && texts->hides_private) ? FORM(p, get, &texts->match) : HG_AFTER(p, "null");

/* Writes the match object, which stays open, or null. */
static char *put_match(char *p, const strings *texts, int known)
{
    HG_PUT(p, "," HG_JSON_MATCH);
    if (!known)
        return HG_AFTER(p, "null");
    char *object = p;
    HG_FIELDS_SIGNATURE(PUT_VALUE)
    *object = '{';
    return p;
}

/* Writes the program object, or null. */
static char *put_program(char *p, const strings *texts, int known)
{
    if (!known)
        return HG_AFTER(p, "null");
    char *object = p;
    HG_FIELDS_CLIENT(PUT_VALUE) /* a server's program has the same fields */
    *object = '{';
    return HG_AFTER(p, "}");
}

/* Writes all fields of a link; each is null when the link is unknown. */
static char *put_link(char *p, const strings *texts, int known)
{
    HG_FIELDS_LINK(PUT_VALUE)
    return p;
}

/* ECS's host.os.type; NULL if the name alone does not determine it. */
static const char *os_type(hg_span name)
{
#define HG_TYPED(word, type)      \
    if (hg_span_is(name, (word))) \
        return (type);
    HG_ECS_OS_TYPES(HG_TYPED)
#undef HG_TYPED
    return NULL;
}

char *hg_put_ecs_os(char *p, const hg_match_texts *texts)
{
    HG_PUT_WITH(p, ",\"os\":{\"name\":", put_text, texts->name);
    if (texts->flavor.length > 0)
        HG_PUT_WITH(p, ",\"version\":", put_text, texts->flavor);
    HG_PUT(p, ",\"full\":\"");
    if (!texts->says_all)
        p = hg_escape_json(p, texts->name.data, texts->name.length);
    if (texts->flavor.length > 0) {
        if (!texts->says_all)
            *p++ = ' ';
        p = hg_escape_json(p, texts->flavor.data, texts->flavor.length);
    }
    *p++ = '"';
    const char *type = os_type(texts->name);
    if (type == NULL && !texts->is_either && hg_span_is(texts->os_class, "unix"))
        type = "unix";
    if (type != NULL)
        HG_PUT_QUOTED(p, ",\"type\":", hg_put_word, type);
    return HG_AFTER(p, "}");
}

static char *put_members(char *p, const strings *texts, hg_match_kind what, int known)
{
    switch (what) {
    case HG_MATCH_LINK:
        return put_link(p, texts, known);
    case HG_MATCH_CLIENT:
    case HG_MATCH_REQUEST:
        return put_program(HG_AFTER(p, "," HG_JSON_CLIENT), texts, known);
    case HG_MATCH_RESPONSE:
        return put_program(HG_AFTER(p, "," HG_JSON_SERVER), texts, known);
    case HG_MATCH_SIGNATURE:
        break;
    }
    return put_match(p, texts, known);
}

/* Writes the members for a JSON format; also sets `name->host` and `name->is_open`. */
static char *put_object(char *p, hg_format format, const strings *texts, hg_name *name, hg_match_kind what, int known)
{
    p = put_members(p, texts, what, known);
    name->host = (size_t)(p - name->text);
    name->is_open = known && what == HG_MATCH_SIGNATURE;
    int is_system = name->is_open && !(texts->match.marks.flags & HG_SIGNATURE_USERLAND);
    return format == HG_FORMAT_ECS && is_system ? hg_put_ecs_os(p, &texts->match) : p;
}

/* The word before a name, in text and in p0f's formats; the second one of each pair is for tools. Text has no word for
 * HTTP here, because its word depends on the sender. p0f does not read TLS. */
static const char *const HEADS[][2][2] = {
    [HG_MATCH_SIGNATURE] = {{"OS:     ", "App:    "}, {"os=", "app="}},
    [HG_MATCH_LINK] = {{"Link:   ", "Link:   "}, {"link=", "link="}},
    [HG_MATCH_CLIENT] = {{"Client:  ", "Client:  "}, {"", ""}},
    [HG_MATCH_REQUEST] = {{"", ""}, {"os=", "app="}},
    [HG_MATCH_RESPONSE] = {{"", ""}, {"os=", "app="}},
};

/* Writes a name in any format. `texts` has a match only if `known`. */
static char *put_name(char *p, hg_format format, const strings *texts, hg_name *name, hg_match_kind what, int known)
{
    if (!hg_is_local(format))
        return put_object(p, format, texts, name, what, known);
    const int is_p0f = format != HG_FORMAT_TEXT;
    const int is_tool = known ? (texts->match.marks.flags & HG_SIGNATURE_USERLAND) != 0
                              : what == HG_MATCH_REQUEST || what == HG_MATCH_RESPONSE;
    p = hg_put_word(p, HEADS[what][is_p0f][is_tool]);
    return known ? put_plain(p, texts, is_p0f ? '|' : 0) : HG_AFTER(p, "???");
}

/* ---- seconds and connection ids --------------------------------------------------------------------- */

char *hg_put_second(hg_renderer *renderer, char *p, int64_t second)
{
    if (!renderer->clock_set || renderer->second != second) {
        hg_calendar calendar;
        if (hg_is_local(renderer->format)) {
            hg_calendar_local(second, &calendar);
            hg_put_calendar(renderer->clock, &calendar, '/', ' ');
        } else {
            hg_calendar_utc(second, &calendar);
            hg_put_calendar(renderer->clock, &calendar, '-', 'T');
        }
        renderer->second = second;
        renderer->clock_set = 1;
    }
    return hg_put_bytes(p, renderer->clock, HG_CALENDAR_BYTES);
}

const hg_community *hg_community_of_row(hg_renderer *renderer, uint32_t row)
{
    if (row < renderer->connections_from || row >= renderer->connections_to) {
        const uint32_t left = renderer->batch->count - row;
        renderer->connections_from = row;
        renderer->connections_to =
            hg_community_name(renderer->batch, row, row + (left < HG_COMMUNITY_ROWS ? left : HG_COMMUNITY_ROWS),
                              renderer->sha1, renderer->connections);
    }
    return renderer->connections + (row - renderer->connections_from);
}

/* ---- finding and keeping ------------------------------------------------------------ */

static hg_status reserve(hg_name *name, const strings *texts, hg_error *error)
{
    /* The texts fit into memory, but escaped, they may exceed a 32-bit size_t. */
    uint64_t label = (uint64_t)texts->match.name.length + texts->match.flavor.length; /* written up to three times */
    uint64_t bytes = 3 * label + texts->match.signature.length + texts->match.file.length;
    uint64_t need = bytes * HG_ESCAPE_GROWTH + NAME_FIXED;
    if (need <= name->capacity)
        return HG_OK;
    if (need > SIZE_MAX - HG_RENDER_FIXED)
        return hg_fail(error, HG_E_MEMORY, "a label is too long to print");
    char *grown = realloc(name->text, (size_t)need);
    if (grown == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for the text of a label");
    name->text = grown;
    name->capacity = (size_t)need;
    return HG_OK;
}

static hg_status fill(hg_renderer *renderer, hg_name *name, const hg_naming *by, hg_error *error)
{
    strings of = {.hides_private = renderer->hides_private};
    int known = by->index != HG_NO_SIGNATURE;
    if (known)
        of.match = hg_match_texts_of(renderer->database, by);
    name->key = 0; /* marks the slot as empty in case the next line fails */
    hg_status status = reserve(name, &of, error);
    if (status != HG_OK)
        return status;
    name->marks = of.match.marks;
    char *end = put_name(name->text, renderer->format, &of, name, by->what, known);
    name->length = (size_t)(end - name->text);
    return HG_OK;
}

hg_status hg_name_find(hg_renderer *renderer, uint32_t row, const hg_name **out, hg_error *error)
{
    static const hg_name nothing = {0};
    hg_naming by = {.index = HG_NO_SIGNATURE};
    if (!hg_naming_of(renderer->row, &by)) {
        *out = &nothing;
        return HG_OK;
    }
    hg_status status = hg_naming_check(renderer->database, row, &by, error);
    if (status != HG_OK)
        return status;
    uint64_t key = (uint64_t)by.index << 5 | (uint64_t)by.fuzzy << 4 | (uint64_t)by.what << 1 | 1;
    hg_name *name = &renderer->names[(key * UINT64_C(0x9E3779B97F4A7C15)) >> 40 & (HG_NAME_SLOTS - 1)];
    if (name->key != key) {
        status = fill(renderer, name, &by, error);
        if (status != HG_OK)
            return status;
        name->key = key;
    }
    *out = name;
    return HG_OK;
}
