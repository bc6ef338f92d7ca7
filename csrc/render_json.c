/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * render_json.c - JSON Lines: one object a row, keys in a fixed order, no blanks.
 *
 * Every event: time packet event src_ip src_port dst_ip dst_port tunnel, then
 *   syn, syn_ack  version ttl ittl distance olen mss wsize window_kind window_multiple wscale
 *                 olayout quirks pclass dscp [syn_seen: syn_ack only] signature match params
 *   mtu           mtu link
 *   *_uptime      minutes modulo_days frequency_hz raw_frequency_hz reliable why
 *
 * window_kind says how the window relates to the MSS: "mss" and "mtu" come with the multiple,
 * "literal" with 0. match and link are null when nothing is known,
 * tunnel when the packet came in none.
 */
#include "render.h"

#include <string.h>

static char *put_time(hg_renderer *renderer, char *p, int64_t time_ns)
{
    uint32_t ns;
    p = hg_put_second(renderer, p, hg_floor_seconds(time_ns, &ns));
    *p++ = '.';
    p = hg_put_9_digits(p, ns);
    *p++ = 'Z';
    return p;
}

static char *put_address(char *p, uint8_t version, const uint8_t *address)
{
    return version == 6 ? hg_put_ipv6(p, address) : hg_put_ipv4(p, address);
}

static char *put_event(char *p, uint8_t event)
{
    switch (event) {
    case HG_EVENT_SYN:
        return HG_AFTER(p, ",\"event\":\"syn\"");
    case HG_EVENT_SYN_ACK:
        return HG_AFTER(p, ",\"event\":\"syn_ack\"");
    case HG_EVENT_MTU:
        return HG_AFTER(p, ",\"event\":\"mtu\"");
    case HG_EVENT_CLIENT_UPTIME:
        return HG_AFTER(p, ",\"event\":\"client_uptime\"");
    default:
        return HG_AFTER(p, ",\"event\":\"server_uptime\"");
    }
}

static char *put_tunnel(char *p, uint8_t tunnel)
{
    const char *name = hg_tunnel_name(tunnel);
    if (tunnel == HG_TUNNEL_NONE || name == NULL)
        return HG_AFTER(p, ",\"tunnel\":null");
    HG_PUT(p, ",\"tunnel\":\"");
    p = hg_put_bytes(p, name, strlen(name));
    return HG_AFTER(p, "\"");
}

static char *put_head(hg_renderer *renderer, char *p, uint32_t i)
{
    const hg_columns *columns = renderer->columns;
    uint8_t version = columns->version[i];
    HG_PUT(p, "{\"time\":\"");
    p = put_time(renderer, p, columns->time_ns[i]);
    HG_PUT(p, "\",\"packet\":");
    p = hg_put_u64(p, columns->packet_number[i]);
    p = put_event(p, columns->event[i]);
    HG_PUT(p, ",\"src_ip\":\"");
    p = put_address(p, version, columns->src_ip[i]);
    HG_PUT(p, "\",\"src_port\":");
    p = hg_put_u32(p, columns->src_port[i]);
    HG_PUT(p, ",\"dst_ip\":\"");
    p = put_address(p, version, columns->dst_ip[i]);
    HG_PUT(p, "\",\"dst_port\":");
    p = hg_put_u32(p, columns->dst_port[i]);
    return put_tunnel(p, columns->tunnel[i]);
}

static char *put_numbers(char *p, const hg_columns *columns, uint32_t i)
{
    HG_PUT(p, ",\"version\":");
    *p++ = columns->version[i] == 6 ? '6' : '4';
    HG_PUT(p, ",\"ttl\":");
    p = hg_put_u32(p, columns->ttl[i]);
    HG_PUT(p, ",\"ittl\":");
    p = hg_put_u32(p, columns->ittl[i]);
    HG_PUT(p, ",\"distance\":");
    p = hg_put_i32(p, columns->distance[i]);
    HG_PUT(p, ",\"olen\":");
    p = hg_put_u32(p, columns->olen[i]);
    HG_PUT(p, ",\"mss\":");
    p = hg_put_u32(p, columns->mss[i]);
    HG_PUT(p, ",\"wsize\":");
    p = hg_put_u32(p, columns->wsize[i]);
    switch (columns->window_kind[i]) {
    case HG_WINDOW_MSS:
        HG_PUT(p, ",\"window_kind\":\"mss\",\"window_multiple\":");
        break;
    case HG_WINDOW_MTU:
        HG_PUT(p, ",\"window_kind\":\"mtu\",\"window_multiple\":");
        break;
    default:
        HG_PUT(p, ",\"window_kind\":\"literal\",\"window_multiple\":");
        break;
    }
    p = hg_put_u32(p, columns->window_multiple[i]);
    HG_PUT(p, ",\"wscale\":");
    return hg_put_u32(p, columns->wscale[i]);
}

static char *put_handshake(char *p, hg_row row, const hg_name *name)
{
    const hg_columns *columns = row.columns;
    uint32_t i = row.index;
    p = put_numbers(p, columns, i);
    HG_PUT(p, ",\"olayout\":\"");
    p = hg_put_olayout(p, row);
    HG_PUT(p, "\",\"quirks\":[");
    p = hg_put_quirks(p, columns->quirks[i], '"');
    HG_PUT(p, "],\"pclass\":\"");
    *p++ = columns->pclass[i] ? '+' : '0';
    HG_PUT(p, "\",\"dscp\":");
    p = hg_put_u32(p, columns->dscp[i]);
    if (columns->event[i] == HG_EVENT_SYN_ACK)
        p = columns->syn_seen[i] ? HG_AFTER(p, ",\"syn_seen\":true") : HG_AFTER(p, ",\"syn_seen\":false");
    HG_PUT(p, ",\"signature\":\"");
    p = hg_put_raw_signature(p, row);
    HG_PUT(p, "\",\"match\":");
    p = hg_put_bytes(p, name->text, name->length);
    HG_PUT(p, ",\"params\":[");
    p = hg_put_params(p, row, name, ',', '"');
    *p++ = ']';
    return p;
}

static char *put_uptime(char *p, const hg_columns *columns, uint32_t i)
{
    HG_PUT(p, ",\"minutes\":");
    p = hg_put_u32(p, columns->uptime_minutes[i]);
    HG_PUT(p, ",\"modulo_days\":");
    p = hg_put_u32(p, columns->modulo_days[i]);
    HG_PUT(p, ",\"frequency_hz\":");
    p = hg_put_u32(p, columns->frequency_hz[i]);
    HG_PUT(p, ",\"raw_frequency_hz\":");
    p = hg_put_shortest(p, columns->raw_frequency_hz[i]);
    const char *doubt = hg_doubt_reason(columns->doubt[i]);
    if (doubt == NULL)
        return HG_AFTER(p, ",\"reliable\":true,\"why\":null");
    HG_PUT(p, ",\"reliable\":false,\"why\":\"");
    p = hg_put_bytes(p, doubt, strlen(doubt));
    *p++ = '"';
    return p;
}

char *hg_render_json(hg_renderer *renderer, uint32_t i, const hg_name *name, char *p)
{
    const hg_columns *columns = renderer->columns;
    p = put_head(renderer, p, i);
    switch (columns->event[i]) {
    case HG_EVENT_SYN:
    case HG_EVENT_SYN_ACK:
        p = put_handshake(p, (hg_row){columns, i}, name);
        break;
    case HG_EVENT_MTU:
        HG_PUT(p, ",\"mtu\":");
        p = hg_put_u32(p, columns->mtu[i]);
        HG_PUT(p, ",\"link\":");
        p = hg_put_bytes(p, name->text, name->length);
        break;
    default:
        p = put_uptime(p, columns, i);
        break;
    }
    return HG_AFTER(p, "}\n");
}
