/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * p0f.c - p0f's log lines, [local time] mod=...|cli=...|srv=...|subj=...|..., and the same as JSON objects.
 *
 * Events that p0f does not have, such as TLS, are left out. As in p0f, header values are shown more completely than in
 * other formats.
 *
 * p0f writes labels unchanged, so a '|' in a label breaks the line. Here '|' and other unsafe bytes (escape.h) become
 * \xNN.
 */
#include "base/escape.h"
#include "http/fields.h"
#include "output/renderer.h"
#include "tcp/fields.h"
#include "tcp/uptime.h"

static char *put_endpoint(char *p, uint8_t version, const uint8_t *address, uint16_t port)
{
    p = version == 6 ? hg_put_ipv6_groups(p, address) : hg_put_ipv4(p, address);
    *p++ = '/';
    return hg_put_u32(p, port);
}

/* Events without a module are left out. */
static const char *const MODULES[HG_EVENT_KINDS] = {
    [HG_EVENT_SYN] = "syn",
    [HG_EVENT_SYN_ACK] = "syn+ack",
    [HG_EVENT_MTU] = "mtu",
    [HG_EVENT_CLIENT_UPTIME] = "uptime",
    [HG_EVENT_SERVER_UPTIME] = "uptime",
    [HG_EVENT_HTTP_REQUEST] = "http request",
    [HG_EVENT_HTTP_RESPONSE] = "http response",
    [HG_EVENT_HOST_CHANGE] = "host change",
    [HG_EVENT_IP_SHARING] = "ip sharing",
};

/* cli and srv are the ends of the connection; subj is the end that sent the packet. */
static char *put_ends(char *p, const hg_columns *columns, uint32_t i)
{
    uint8_t version = columns->ip_version[i];
    int from_server = columns->from_server[i];
    const uint8_t *client = from_server ? columns->dst_ip[i] : columns->src_ip[i];
    const uint8_t *server = from_server ? columns->src_ip[i] : columns->dst_ip[i];
    p = put_endpoint(p, version, client, from_server ? columns->dst_port[i] : columns->src_port[i]);
    HG_PUT_WITH(p, "|srv=", put_endpoint, version, server, from_server ? columns->src_port[i] : columns->dst_port[i]);
    return from_server ? HG_AFTER(p, "|subj=srv|") : HG_AFTER(p, "|subj=cli|");
}

static char *put_handshake(char *p, hg_row row, const hg_name *name)
{
    p = hg_put_bytes(p, name->text, name->length);
    HG_PUT_WITH(p, "|dist=", hg_put_distance, row, &name->marks);
    HG_PUT_WITH(p, "|params=", hg_put_params_or_none, row, &name->marks);
    return hg_put_raw_signature(HG_AFTER(p, "|raw_sig="), row);
}

static char *put_uptime(char *p, const hg_tcp_columns *columns, uint32_t at)
{
    uint32_t minutes = hg_uptime_shown(columns->uptime_minutes[at], columns->frequency_hz[at], columns->doubt[at]);
    HG_PUT_WITH(p, "uptime=", hg_put_u32, minutes / 60 / 24);
    HG_PUT_WITH(p, " days ", hg_put_u32, minutes / 60 % 24);
    HG_PUT_WITH(p, " hrs ", hg_put_u32, minutes % 60);
    HG_PUT_WITH(p, " min (modulo ", hg_put_u32, columns->modulo_days[at]);
    HG_PUT_WITH(p, " days)|raw_freq=", hg_put_2_decimals, columns->raw_frequency_hz[at]);
    return HG_AFTER(p, " Hz");
}

static char *put_http(char *p, const hg_renderer *renderer, const hg_name *name)
{
    const hg_row row = renderer->row;
    p = hg_put_bytes(p, name->text, name->length);
    HG_PUT_WITH(p, "|lang=", hg_put_language, row);
    HG_PUT_WITH(p, "|params=", hg_put_http_params_or_none, row, &name->marks);
    HG_PUT(p, "|raw_sig=");
    return hg_put_http_plain(p, row, renderer->database,
                             renderer->hides_private ? HG_HTTP_SHOW_PRIVATE : HG_HTTP_SHOW_ALL, '|');
}

/* Writes the fields of the event. */
static char *put_event(char *p, const hg_renderer *renderer, uint32_t i, const hg_name *name)
{
    const hg_columns *columns = renderer->row.columns;
    switch ((hg_event)columns->event[i]) {
    case HG_EVENT_SYN:
    case HG_EVENT_SYN_ACK:
        return put_handshake(p, renderer->row, name);
    case HG_EVENT_MTU:
        p = hg_put_bytes(p, name->text, name->length);
        return hg_put_u32(HG_AFTER(p, "|raw_mtu="), columns->tcp.mtu[renderer->row.at]);
    case HG_EVENT_CLIENT_UPTIME:
    case HG_EVENT_SERVER_UPTIME:
        return put_uptime(p, &columns->tcp, renderer->row.at);
    case HG_EVENT_HTTP_REQUEST:
    case HG_EVENT_HTTP_RESPONSE:
        return put_http(p, renderer, name);
    case HG_EVENT_HOST_CHANGE:
    case HG_EVENT_IP_SHARING:
        return hg_put_change(p, renderer->row, "reason=", "|raw_hits=");
    case HG_EVENT_TLS_CLIENT: /* left out */
    case HG_EVENT_TLS_SERVER:
    case HG_EVENT_SEGMENTS:
        HG_CASES_OF_LABELLED
    case HG_EVENT_KINDS:
        break;
    }
    return p;
}

char *hg_render_p0f(hg_renderer *renderer, uint32_t i, const hg_name *name, char *p)
{
    const hg_columns *columns = renderer->row.columns;
    uint32_t ns; /* not shown */
    const char *module = MODULES[columns->event[i]]; /* rows are checked before */
    if (module == NULL)
        return p;
    *p++ = '[';
    p = hg_put_second(renderer, p, hg_floor_seconds(columns->time_ns[i], &ns));
    HG_PUT_WITH(p, "] mod=", hg_put_word, module);
    HG_PUT_WITH(p, "|cli=", put_ends, columns, i);
    p = put_event(p, renderer, i, name);
    *p++ = '\n';
    return p;
}

/* ---- as JSON --------------------------------------------------------------------------------
 *
 * A p0f fork that honeypots use has the same keys. The object is made from the line, so that both have the same
 * content: each value is a string, and bytes escaped by escape.h are restored before JSON escapes them. */

static uint8_t nibble(char digit)
{
    return (uint8_t)(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

/* Undoes hg_escape_plain in place; the text never gets longer. A backslash always begins \xNN. */
static hg_span unescaped(hg_span text)
{
    const char *const end = text.text + text.length;
    char *out = memchr(text.text, '\\', text.length);
    if (out == NULL) /* true for nearly all texts */
        return text;
    for (const char *p = out; p < end; out++) {
        if (*p == '\\' && end - p >= 4) {
            *out = (char)(nibble(p[2]) << 4 | nibble(p[3]));
            p += 4;
        } else {
            *out = *p++;
        }
    }
    return hg_span_of(text.text, (size_t)(out - text.text));
}

/* Writes ,"key":"value". */
static char *put_string(char *p, const char *key, size_t length, hg_span value)
{
    *p++ = ',';
    *p++ = '"';
    p = hg_put_bytes(p, key, length);
    *p++ = '"';
    *p++ = ':';
    value = unescaped(value);
    return hg_put_json_string(p, value.data, value.length);
}

#define PUT_MEMBER(p, literal, value) put_string((p), (literal), sizeof(literal) - 1, (value))

/* Takes the part of `*text` before `stop`, or all of it. */
static hg_span take_until(hg_span *text, char stop)
{
    const char *found = memchr(text->text, stop, text->length);
    const hg_span taken = hg_span_first(*text, found == NULL ? text->length : (uint32_t)(found - text->text));
    const uint32_t past = taken.length + (found != NULL);
    *text = hg_span_of(text->text + past, text->length - past);
    return taken;
}

/* Writes key=value as a member; address/port becomes two members. */
static char *put_member(char *p, hg_span value)
{
    const hg_span key = take_until(&value, '=');
    const int is_client = hg_span_is(key, "cli");
    if (is_client || hg_span_is(key, "srv")) {
        const hg_span address = take_until(&value, '/');
        p = is_client ? PUT_MEMBER(p, "client_ip", address) : PUT_MEMBER(p, "server_ip", address);
        return is_client ? PUT_MEMBER(p, "client_port", value) : PUT_MEMBER(p, "server_port", value);
    }
    if (hg_span_is(key, "subj"))
        return PUT_MEMBER(p, "subject", value);
    return put_string(p, key.text, key.length, value);
}

char *hg_render_p0f_json(hg_renderer *renderer, uint32_t i, const hg_name *name, char *p)
{
    char *const line = p + HG_P0F_JSON_GROWTH * hg_line_bound(renderer, name);
    char *const end = hg_render_p0f(renderer, i, name, line) - 1; /* without the line end */
    if (end < line)
        return p; /* p0f has no such row */
    char *const object = p;
    const char *const fields = line + 1 + HG_CALENDAR_BYTES + sizeof "] " - 1;
    hg_span rest = hg_span_of(fields, (size_t)(end - fields));
    p = PUT_MEMBER(p, "timestamp", hg_span_of(line + 1, HG_CALENDAR_BYTES)); /* [time] */
    while (rest.length > 0)
        p = put_member(p, take_until(&rest, '|'));
    *object = '{';
    return HG_AFTER(p, "}\n");
}
