/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * json.c - JSON Lines: one object per row, keys in a fixed order, no blanks; and the event's fields for all JSON
 * formats.
 *
 * sigcompiler/schema/rows.py defines the fields of each event, their keys, forms and order, and the names in EVE and
 * ECS. names/fields.h and the files that it includes get the values; this file writes each form. */
#include "output/json.h"

#include "base/error.h"
#include "names/fields.h"
#include "rows/check.h"
#include "rows/match_texts.h"

/* A row with its name, and the renderer that writes it. */
typedef struct named_row {
    hg_row_context context;
    hg_renderer *renderer;
    const hg_name *name;
    uint8_t is_quic; /* 1: a hello over QUIC */
} named_row;

/* ---- forms --------------------------------------------------------------------------------- */

static inline char *put_free(char *p, hg_span text)
{
    return text.data == NULL ? HG_AFTER(p, "null") : hg_put_json_string(p, text.data, text.length);
}

/* Finishes a text. A text that was written at `p` + 1 needs no escapes, and gets its quotes; others are copied and
 * escaped. */
static inline char *put_made(char *p, hg_span text)
{
    if (text.data != (const uint8_t *)p + 1)
        return put_free(p, text);
    *p = '"';
    p += 1 + text.length;
    *p++ = '"';
    return p;
}

static inline char *put_time(char *p, int64_t time_ns, hg_renderer *renderer)
{
    return HG_AFTER(hg_put_time(renderer, HG_AFTER(p, "\""), time_ns), "\"");
}

static inline char *put_port(char *p, uint16_t port, const named_row *named)
{
    const hg_row row = named->context.row;
    return hg_has_addresses(row.columns, row.index) ? hg_put_u32(p, port) : HG_AFTER(p, "null"); /* frames without IP */
}

/* The signature of an HTTP head needs escapes; the signature of a handshake does not. */
static inline char *put_raw_signature(char *p, const named_row *named, char *room)
{
    if (hg_event_is_http(named->context.row.columns->event[named->context.row.index]))
        return put_free(p, hg_of_signature(&named->context, room));
    return put_made(p, hg_of_signature(&named->context, p + 1));
}

#define PUT_U8(p, get, of) hg_put_u32((p), get(&(of)->context))
#define PUT_U16(p, get, of) hg_put_u32((p), get(&(of)->context))
#define PUT_PORT(p, get, of) put_port((p), get(&(of)->context), (of))
#define PUT_U32(p, get, of) hg_put_u32((p), get(&(of)->context))
#define PUT_TIME(p, get, of) put_time((p), get(&(of)->context), (of)->renderer)
#define PUT_U64(p, get, of) hg_put_u64((p), get(&(of)->context))
#define PUT_I16(p, get, of) hg_put_i32((p), get(&(of)->context))
#define PUT_F64(p, get, of) hg_put_shortest((p), get(&(of)->context))
#define PUT_BOOL(p, get, of) hg_put_bool((p), get(&(of)->context))
#define PUT_WORD(p, get, of) hg_put_one_word((p), texts, get(&(of)->context))
#define PUT_MADE(p, get, of) put_made((p), get(&(of)->context, (p) + 1))
#define PUT_EACH(p, get, of) put_made((p), get(&(of)->context, (p) + 1))
#define PUT_LIST(p, get, of) HG_AFTER(get(&(of)->context, HG_AFTER((p), "["), '"'), "]")
#define PUT_FREE(p, get, of) put_free((p), get(&(of)->context, room))
#define PUT_SIGNATURE(p, get, of) put_raw_signature((p), (of), room)
/* Writes the value of a field after its key. */
#define PUT(writer, FORM, get, words, number, events)                    \
    static inline char *writer(char *p, const named_row *named)          \
    {                                                                    \
        static const hg_span texts[] = {words(HG_QUOTED){.data = NULL}}; \
        char room[HG_FIELD_ROOM];                                        \
        (void)texts, (void)room; /* used by words, and by free texts */  \
        return FORM(p, get, named);                                      \
    }
HG_COMMON_FIELDS(PUT)
HG_ROW_FIELDS(PUT)

/* ---- names and answers --------------------------------------------------------------------- */

static char *put_name(char *p, const named_row *named)
{
    return hg_put_bytes(p, named->name->text, named->name->host);
}

/* Writes the rest of the match object, which the name began. */
static char *put_answer(char *p, const named_row *named)
{
    if (!named->name->is_open)
        return p;
    p = hg_put_bytes(p, named->renderer->answer.at, named->renderer->answer.length);
    return HG_AFTER(p, "}");
}

static inline int is_null(const char *value, const char *end)
{
    return end - value == 4 && memcmp(value, "null", 4) == 0;
}

/* Writes the key and value of a field; neither, if it is private and hidden, or optional and null. */
#define PUT_JSON(writer, key, is_private, is_optional)       \
    if (!((is_private) && named->renderer->hides_private)) { \
        char *const value = HG_AFTER(p, "," key);            \
        char *const end = writer(value, named);              \
        p = (is_optional) && is_null(value, end) ? p : end;  \
    }
#define PUT_NAMED(writer) p = writer(p, named);
#define BODY(KIND, number)                                        \
    static char *put_json_##KIND(char *p, const named_row *named) \
    {                                                             \
        HG_JSON_##KIND(PUT_JSON, PUT_NAMED) return p;             \
    }
HG_RECORD_EVENTS(BODY)

/* Writes the fields that all events have, except those that EVE and ECS have outside our object. */
static char *put_common(char *p, const named_row *named, hg_format format)
{
    if (format == HG_FORMAT_JSON) {
        HG_JSON_COMMON(PUT_JSON)
    } else if (format == HG_FORMAT_EVE) {
        HG_EVE_COMMON(PUT_JSON)
    } else {
        HG_ECS_COMMON(PUT_JSON)
    }
    return p;
}

static named_row named_row_of(hg_renderer *renderer, const hg_name *name)
{
    const hg_row row = renderer->row;
    const int has_ends = hg_has_addresses(row.columns, row.index);
    return (named_row){.context = {.row = row,
                                   .marks = &name->marks,
                                   .database = renderer->database,
                                   .shown = hg_http_shown_by(renderer->hides_private),
                                   .community = has_ends ? hg_community_of_row(renderer, row.index)->text : NULL},
                       .renderer = renderer,
                       .name = name,
                       .is_quic = hg_transport_of(row) == HG_TRANSPORT_QUIC};
}

/* Writes the fields that only the row's event has. */
static char *put_own(char *p, const named_row *named)
{
#define CASE(KIND, number) \
    case HG_EVENT_##KIND:  \
        return put_json_##KIND(p, named);
    const hg_row row = named->context.row;
    switch ((hg_event)row.columns->event[row.index]) {
        HG_RECORD_EVENTS(CASE)
    case HG_EVENT_KINDS: /* not an event; rows are checked before */
        break;
    }
    return p;
}

char *hg_end_record(hg_renderer *renderer, char *p, char *object, const hg_name *name)
{
    const named_row named = named_row_of(renderer, name);
    const hg_span kept = hg_kept_text(renderer);
    char *const own = put_common(p, &named, renderer->format);
    if (kept.length > 0) {
        p = hg_put_bytes(own, kept.text, kept.length);
    } else {
        p = put_own(own, &named);
        hg_keep_text(renderer, own, p);
    }
    *object = '{';
    return hg_put_bytes(p, renderer->tail, renderer->tail_length);
}

char *hg_render_json(hg_renderer *renderer, uint32_t i, const hg_name *name, char *p)
{
    (void)i;
    return hg_end_record(renderer, p, p, name);
}

/* ---- fields for which EVE and ECS have names --------------------------------------------------------- */

/* Writes, for example, "HTTP/1.1". */
static char *put_http_protocol(char *p, const named_row *named)
{
    return HG_AFTER(hg_put_http_version(HG_AFTER(p, "\"HTTP/"), named->context.row), "\"");
}

/* "2.0" and "OpenSSH_9.6" from "SSH-2.0-OpenSSH_9.6 comments". */
static char *put_ssh_protocol(char *p, const named_row *named)
{
    const hg_span banner = HG_TEXT_OF(named->context.row, ssh, banner), rest = hg_ssh_software(banner);
    return rest.length == 0 ? HG_AFTER(p, "null")
                            : hg_put_json_string(p, banner.data + 4, banner.length - rest.length - 5);
}

static char *put_ssh_software(char *p, const named_row *named)
{
    const hg_span rest = hg_ssh_software(HG_TEXT_OF(named->context.row, ssh, banner));
    const char *blank = rest.length == 0 ? NULL : memchr(rest.text, ' ', rest.length);
    if (rest.length == 0)
        return HG_AFTER(p, "null");
    return hg_put_json_string(p, rest.data, blank == NULL ? rest.length : (size_t)(blank - rest.text));
}

static char *put_dhcp_type(char *p, const named_row *named)
{
    return named->context.row.columns->from_server[named->context.row.index] ? HG_AFTER(p, "\"reply\"")
                                                                             : HG_AFTER(p, "\"request\"");
}

static char *put_assigned_ip(char *p, const named_row *named)
{
    return named->context.row.columns->from_server[named->context.row.index] ? put_device_ip(p, named)
                                                                             : HG_AFTER(p, "null");
}

/* "00-00-5E-00-53-23" from "00:00:5e:00:53:23". */
static char *put_ecs_mac(char *p, const named_row *named)
{
    char *const end = put_mac(p, named);
    for (char *at = p; *p == '"' && at < end; at++)
        *at = *at == ':' ? '-' : *at >= 'a' ? (char)(*at - 'a' + 'A') : *at;
    return end;
}

/* "1.3" from "TLS 1.3", and the protocol; other versions as in our own field. */
static char *put_ecs_tls_version(char *p, const named_row *named)
{
    static const struct {
        uint16_t version;
        char number[4];
        char protocol[5];
    } KNOWN[] = {{0x0002, "2.0", "ssl"},  {0x0300, "3.0", "ssl"},  {0x0301, "1.0", "tls"},
                 {0x0302, "1.1", "tls"},  {0x0303, "1.2", "tls"},  {0x0304, "1.3", "tls"},
                 {0xFEFF, "1.0", "dtls"}, {0xFEFD, "1.2", "dtls"}, {0xFEFC, "1.3", "dtls"}};
    const hg_row row = named->context.row;
    for (uint32_t i = 0; i < sizeof KNOWN / sizeof *KNOWN; i++)
        if (KNOWN[i].version == row.columns->tls.tls_version[row.at]) {
            p = hg_put_quoted(p, KNOWN[i].number);
            return hg_put_quoted(HG_AFTER(p, ",\"version_protocol\":"), KNOWN[i].protocol);
        }
    return put_tls_version(p, named);
}

/* The name in "name:443" or "[::1]:443". */
static char *put_domain(char *p, const named_row *named)
{
    const hg_span host = HG_HTTP_TEXT_OF(named->context.row, http_host);
    uint32_t end = 0;
    if (host.length > 0 && host.data[0] == '[')
        while (end < host.length && host.data[end] != ']')
            end++;
    while (end < host.length && host.data[end] != ':')
        end++;
    return put_free(p, end == 0 ? (hg_span){0} : hg_span_of(host.data, end));
}

char *hg_end_object(char *begin, char *object, char *p, int is_kept)
{
    if (p == object && !is_kept)
        return begin;
    p = p == object ? p + 1 : p;
    *object = '{';
    return HG_AFTER(p, "}");
}

#define PUT_MEMBER(writer, key, last, is_private)            \
    if (!((is_private) && named->renderer->hides_private)) { \
        char *const value = HG_AFTER(p, "," key);            \
        char *const end = writer(value, named);              \
        p = is_null(value, end) ? p : HG_AFTER(end, last);   \
    }
#define PUT_OBJECT(condition, key, is_kept, ...)       \
    if (condition) {                                   \
        char *const begin = p;                         \
        char *const object = p = HG_AFTER(p, "," key); \
        __VA_ARGS__                                    \
        p = hg_end_object(begin, object, p, is_kept);  \
    }
#define PUT_PLACES(FORMAT, KIND)                                        \
    static char *put_##FORMAT##_##KIND(char *p, const named_row *named) \
    {                                                                   \
        HG_##FORMAT##_##KIND(PUT_OBJECT, PUT_MEMBER) return p;          \
    }
HG_EACH_PLACES(PUT_PLACES)

char *hg_put_places(hg_renderer *renderer, char *p, const hg_name *name)
{
#define PLACES(FORMAT, KIND) [HG_FORMAT_##FORMAT][HG_EVENT_##KIND] = put_##FORMAT##_##KIND,
    static char *(*const EACH[HG_FORMATS][HG_EVENT_KINDS])(char *, const named_row *) = {HG_EACH_PLACES(PLACES)};
    const named_row named = named_row_of(renderer, name);
    const uint8_t event = renderer->row.columns->event[renderer->row.index]; /* rows are checked before */
    return EACH[renderer->format][event] == NULL ? p : EACH[renderer->format][event](p, &named);
}

/* ---- one field ------------------------------------------------------------------------------ */

hg_status hg_field_json(const hg_batch *batch, const hg_database *database, uint32_t row, uint32_t field, char *out,
                        size_t *length, hg_error *error)
{
    static const struct {
        uint64_t events; /* events that have it, a bit each */
        char *(*put)(char *p, const named_row *named);
    } OWN[HG_FIELDS] = {
#define OWN_FIELD(writer, FORM, get, words, number, events) [number] = {(events), writer},
        HG_ROW_FIELDS(OWN_FIELD)};
    *length = 0;
    if (row >= batch->count)
        return hg_fail(error, HG_E_ARGUMENT, "row %u of a batch of %u", row, batch->count);
    hg_naming by;
    hg_match_marks marks = {0};
    named_row named = {
        .context = {.row = hg_row_of(batch, row), .marks = &marks, .database = database, .shown = HG_HTTP_SHOW_COMMON}};
    const hg_row own = named.context.row;
    hg_status status = hg_check_row_of(batch, &own, database, error);
    const int is_long = field == HG_FIELD_SIGNATURE && status == HG_OK && hg_event_is_http(batch->columns.event[row]);
    if (status == HG_OK && (is_long || field >= HG_FIELDS || (OWN[field].events >> batch->columns.event[row] & 1) == 0))
        status = hg_fail(error, HG_E_ARGUMENT, "row %u has no field %u", row, field);
    if (status != HG_OK)
        return status;
    if (hg_naming_of(own, &by) && by.index != HG_NO_SIGNATURE)
        marks = hg_match_texts_of(database, &by).marks;
    *length = (size_t)(OWN[field].put(out, &named) - out);
    return HG_OK;
}
