/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * body.c - what all formats of JSON have: the event with its values.
 *
 *   syn, syn_ack  version ttl ittl distance olen mss wsize window_kind window_multiple wscale
 *                 olayout quirks pclass dscp [syn_seen: syn_ack only] signature match params
 *   mtu           mtu link link_file link_line
 *   *_uptime      minutes modulo_days frequency_hz raw_frequency_hz reliable why
 *
 * window_kind says how the window relates to the MSS: "mss" and "mtu" come with the multiple,
 * "literal" with 0. match and link are null when nothing is known, tunnel when the packet came
 * in none. The keys come from sigcompiler/record.py.
 */
#include "record/body.h"

#include "hg_layout.h"
#include "record/params.h"

char *hg_put_time(hg_renderer *renderer, char *p, int64_t time_ns)
{
    uint32_t ns;
    p = hg_put_second(renderer, p, hg_floor_seconds(time_ns, &ns));
    *p++ = '.';
    p = hg_put_9_digits(p, ns);
    *p++ = 'Z';
    return p;
}

char *hg_put_event(char *p, uint8_t event)
{
    HG_PUT(p, HG_JSON_EVENT "\"");
    p = hg_put_word(p, hg_event_name(event));
    *p++ = '"';
    return p;
}

static char *put_tunnel(char *p, uint8_t tunnel)
{
    const char *name = hg_tunnel_name(tunnel);
    if (tunnel == HG_TUNNEL_NONE || name == NULL)
        return HG_AFTER(p, "," HG_JSON_TUNNEL "null");
    HG_PUT(p, "," HG_JSON_TUNNEL "\"");
    p = hg_put_word(p, name);
    *p++ = '"';
    return p;
}

char *hg_put_packet(char *p, const hg_columns *columns, uint32_t i)
{
    p = put_tunnel(p, columns->tunnel[i]);
    return columns->from_server[i] ? HG_AFTER(p, "," HG_JSON_FROM_SERVER "true")
                                   : HG_AFTER(p, "," HG_JSON_FROM_SERVER "false");
}

static char *put_numbers(char *p, const hg_columns *columns, uint32_t i)
{
    HG_PUT(p, "," HG_JSON_VERSION);
    *p++ = columns->version[i] == 6 ? '6' : '4';
    HG_PUT(p, "," HG_JSON_TTL);
    p = hg_put_u32(p, columns->tcp.ttl[i]);
    HG_PUT(p, "," HG_JSON_ITTL);
    p = hg_put_u32(p, columns->tcp.ittl[i]);
    HG_PUT(p, "," HG_JSON_DISTANCE);
    p = hg_put_i32(p, columns->tcp.distance[i]);
    HG_PUT(p, "," HG_JSON_OLEN);
    p = hg_put_u32(p, columns->tcp.olen[i]);
    HG_PUT(p, "," HG_JSON_MSS);
    p = hg_put_u32(p, columns->tcp.mss[i]);
    HG_PUT(p, "," HG_JSON_WSIZE);
    p = hg_put_u32(p, columns->tcp.wsize[i]);
    switch (columns->tcp.window_kind[i]) {
    case HG_WINDOW_MSS:
        HG_PUT(p, "," HG_JSON_WINDOW_KIND "\"mss\"," HG_JSON_WINDOW_MULTIPLE);
        break;
    case HG_WINDOW_MTU:
        HG_PUT(p, "," HG_JSON_WINDOW_KIND "\"mtu\"," HG_JSON_WINDOW_MULTIPLE);
        break;
    default:
        HG_PUT(p, "," HG_JSON_WINDOW_KIND "\"literal\"," HG_JSON_WINDOW_MULTIPLE);
        break;
    }
    p = hg_put_u32(p, columns->tcp.window_multiple[i]);
    HG_PUT(p, "," HG_JSON_WSCALE);
    return hg_put_u32(p, columns->tcp.wscale[i]);
}

static char *put_handshake(char *p, hg_row row, const hg_name *name)
{
    const hg_columns *columns = row.columns;
    uint32_t i = row.index;
    p = put_numbers(p, columns, i);
    HG_PUT(p, "," HG_JSON_OLAYOUT "\"");
    p = hg_put_olayout(p, row);
    HG_PUT(p, "\"," HG_JSON_QUIRKS "[");
    p = hg_put_quirks(p, columns->tcp.quirks[i], '"');
    HG_PUT(p, "]," HG_JSON_PCLASS "\"");
    *p++ = columns->tcp.pclass[i] ? '+' : '0';
    HG_PUT(p, "\"," HG_JSON_DSCP);
    p = hg_put_u32(p, columns->tcp.dscp[i]);
    if (columns->event[i] == HG_EVENT_SYN_ACK)
        p = columns->tcp.syn_seen[i] ? HG_AFTER(p, "," HG_JSON_SYN_SEEN "true")
                                 : HG_AFTER(p, "," HG_JSON_SYN_SEEN "false");
    HG_PUT(p, "," HG_JSON_SIGNATURE "\"");
    p = hg_put_raw_signature(p, row);
    HG_PUT(p, "\",\"match\":");
    p = hg_put_bytes(p, name->text, name->host);
    HG_PUT(p, "," HG_JSON_PARAMS "[");
    p = hg_put_params(p, row, name, ',', '"');
    *p++ = ']';
    return p;
}

static char *put_uptime(char *p, const hg_columns *columns, uint32_t i)
{
    HG_PUT(p, "," HG_JSON_UPTIME_MINUTES);
    p = hg_put_u32(p, columns->tcp.uptime_minutes[i]);
    HG_PUT(p, "," HG_JSON_MODULO_DAYS);
    p = hg_put_u32(p, columns->tcp.modulo_days[i]);
    HG_PUT(p, "," HG_JSON_FREQUENCY_HZ);
    p = hg_put_u32(p, columns->tcp.frequency_hz[i]);
    HG_PUT(p, "," HG_JSON_RAW_FREQUENCY_HZ);
    p = hg_put_shortest(p, columns->tcp.raw_frequency_hz[i]);
    const char *doubt = hg_doubt_reason(columns->tcp.doubt[i]);
    if (doubt == NULL)
        return HG_AFTER(p, "," HG_JSON_RELIABLE "true," HG_JSON_WHY "null");
    HG_PUT(p, "," HG_JSON_RELIABLE "false," HG_JSON_WHY "\"");
    p = hg_put_word(p, doubt);
    *p++ = '"';
    return p;
}

char *hg_put_body(char *p, hg_row row, const hg_name *name)
{
    switch (row.columns->event[row.index]) {
    case HG_EVENT_SYN:
    case HG_EVENT_SYN_ACK:
        return put_handshake(p, row, name);
    case HG_EVENT_MTU:
        HG_PUT(p, "," HG_JSON_MTU);
        p = hg_put_u32(p, row.columns->tcp.mtu[row.index]);
        HG_PUT(p, "," HG_JSON_LINK);
        return hg_put_bytes(p, name->text, name->length);
    default:
        return put_uptime(p, row.columns, row.index);
    }
}
