/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * p0f.c - p0f's log lines, [local time] mod=...|cli=...|srv=...|subj=...|...
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
    uint32_t minutes =
        hg_uptime_shown(columns->uptime_minutes[at], columns->frequency_hz[at], columns->uptime_doubt[at]);
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
