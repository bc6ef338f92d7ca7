/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * p0f_json.c - p0f's log lines as JSON objects, with the keys of a fork of p0f that honeypots run.
 *
 * Made from the line, so that both say the same: each value is a string, and what escape.h made of unsafe
 * bytes becomes those bytes again before JSON escapes them.
 */
#include "base/escape.h"
#include "output/p0f_json.h"
#include "output/writers.h"

/* Text of a line, from `at` to before `end`. */
typedef struct piece {
    char *at;
    char *end;
} piece;

static uint8_t nibble(char digit)
{
    return (uint8_t)(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

/* Undoes hg_escape_plain in place, which only makes text shorter. A backslash always begins \xNN. */
static piece unescaped(piece text)
{
    char *const first = memchr(text.at, '\\', (size_t)(text.end - text.at));
    if (first == NULL) /* nearly always */
        return text;
    char *out = first;
    for (char *p = first; p < text.end; out++) {
        if (*p == '\\' && text.end - p >= 4) {
            *out = (char)(nibble(p[2]) << 4 | nibble(p[3]));
            p += 4;
        } else {
            *out = *p++;
        }
    }
    return (piece){text.at, out};
}

/* ,"key":"value" */
static char *put_member(char *p, const char *key, size_t length, piece value)
{
    *p++ = ',';
    *p++ = '"';
    p = hg_put_bytes(p, key, length);
    *p++ = '"';
    *p++ = ':';
    value = unescaped(value);
    return hg_put_json_string(p, (const uint8_t *)value.at, (size_t)(value.end - value.at));
}

#define PUT_MEMBER(p, literal, value) put_member((p), (literal), sizeof(literal) - 1, (value))

static piece until(char *at, char *end, char stop)
{
    char *found = memchr(at, stop, (size_t)(end - at));
    return (piece){at, found == NULL ? end : found};
}

static int is(piece text, const char *word)
{
    size_t length = strlen(word);
    return (size_t)(text.end - text.at) == length && memcmp(text.at, word, length) == 0;
}

/* key=value; address/port become two members. */
static char *put_field(char *p, piece field)
{
    const piece key = until(field.at, field.end, '=');
    const piece value = {key.end < field.end ? key.end + 1 : key.end, field.end};
    if (is(key, "cli") || is(key, "srv")) {
        const piece address = until(value.at, value.end, '/');
        const piece port = {address.end < value.end ? address.end + 1 : address.end, value.end};
        p = is(key, "cli") ? PUT_MEMBER(p, "client_ip", address) : PUT_MEMBER(p, "server_ip", address);
        return is(key, "cli") ? PUT_MEMBER(p, "client_port", port) : PUT_MEMBER(p, "server_port", port);
    }
    if (is(key, "subj"))
        return PUT_MEMBER(p, "subject", value);
    return put_member(p, key.at, (size_t)(key.end - key.at), value);
}

char *hg_render_p0f_json(hg_renderer *renderer, uint32_t i, const hg_name *name, char *p)
{
    char *const line = p + HG_P0F_JSON_GROWTH * hg_p0f_line_bound(renderer, name);
    char *const end = hg_render_p0f(renderer, i, name, line) - 1; /* the line's end */
    if (end < line)
        return p; /* a row that p0f has not */
    char *const object = p;
    char *next = line + 1 + HG_CALENDAR_BYTES; /* [time] */
    p = PUT_MEMBER(p, "timestamp", ((piece){line + 1, next}));
    for (next += sizeof "] " - 1; next < end;) {
        const piece field = until(next, end, '|');
        p = put_field(p, field);
        next = field.end + 1;
    }
    *object = '{';
    return HG_AFTER(p, "}\n");
}
