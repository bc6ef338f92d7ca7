/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * text.c - the format for people: a head line, indented values, a blank line.
 */
#include "record/params.h"
#include "record/writers.h"

#define ARROW " \xe2\x86\x92 " /* U+2192 */

static char *put_endpoint(char *p, uint8_t version, const uint8_t *address, uint16_t port)
{
    if (version == 6) {
        *p++ = '[';
        p = hg_put_ipv6(p, address);
        *p++ = ']';
    } else {
        p = hg_put_ipv4(p, address);
    }
    *p++ = ':';
    return hg_put_u32(p, port);
}

static char *put_head(char *p, const hg_columns *columns, uint32_t i)
{
    switch ((hg_event)columns->event[i]) {
    case HG_EVENT_SYN:
        HG_PUT(p, "[TCP SYN] ");
        break;
    case HG_EVENT_SYN_ACK:
        HG_PUT(p, "[TCP SYN+ACK] ");
        break;
    case HG_EVENT_MTU:
        HG_PUT(p, "[TCP MTU] ");
        break;
    case HG_EVENT_CLIENT_UPTIME:
        HG_PUT(p, "[TCP Uptime - Client] ");
        break;
    case HG_EVENT_SERVER_UPTIME:
        HG_PUT(p, "[TCP Uptime - Server] ");
        break;
    case HG_EVENT_KINDS: /* no kind; rows are checked before */
        break;
    }
    p = put_endpoint(p, columns->version[i], columns->src_ip[i], columns->src_port[i]);
    HG_PUT(p, ARROW);
    p = put_endpoint(p, columns->version[i], columns->dst_ip[i], columns->dst_port[i]);
    return HG_AFTER(p, "\n  ");
}

static char *put_handshake(char *p, hg_row row, const hg_name *name)
{
    p = hg_put_bytes(p, name->text, name->length);
    HG_PUT(p, "\n  Dist:   ");
    p = hg_put_distance(p, row, name);
    HG_PUT(p, "\n  Params: ");
    p = hg_put_params_or_none(p, row, name);
    HG_PUT(p, "\n  Sig:    ");
    return hg_put_raw_signature(p, row);
}

static char *put_uptime(char *p, const hg_tcp_columns *columns, uint32_t at)
{
    uint32_t minutes = columns->uptime_minutes[at];
    HG_PUT(p, "Uptime: ");
    p = hg_put_u32(p, minutes / 60 / 24);
    HG_PUT(p, " days, ");
    p = hg_put_u32(p, minutes / 60 % 24);
    HG_PUT(p, " hrs, ");
    p = hg_put_u32(p, minutes % 60);
    HG_PUT(p, " min (modulo ");
    p = hg_put_u32(p, columns->modulo_days[at]);
    HG_PUT(p, " days)\n  Freq:   ");
    p = hg_put_2_decimals(p, columns->raw_frequency_hz[at]);
    HG_PUT(p, " Hz");
    const char *doubt = hg_doubt_reason(columns->doubt[at]);
    if (doubt == NULL)
        return p;
    HG_PUT(p, "\n  Note:   unreliable: ");
    return hg_put_word(p, doubt);
}

char *hg_render_text(hg_renderer *renderer, uint32_t i, const hg_name *name, char *p)
{
    const hg_columns *columns = renderer->columns;
    p = put_head(p, columns, i);
    switch ((hg_event)columns->event[i]) {
    case HG_EVENT_SYN:
    case HG_EVENT_SYN_ACK:
        p = put_handshake(p, renderer->row, name);
        break;
    case HG_EVENT_MTU:
        p = hg_put_bytes(p, name->text, name->length);
        HG_PUT(p, "\n  MTU:    ");
        p = hg_put_u32(p, columns->tcp.mtu[renderer->row.at]);
        break;
    case HG_EVENT_CLIENT_UPTIME:
    case HG_EVENT_SERVER_UPTIME:
        p = put_uptime(p, &columns->tcp, renderer->row.at);
        break;
    case HG_EVENT_KINDS:
        break;
    }
    return HG_AFTER(p, "\n\n");
}
