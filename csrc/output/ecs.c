/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * ecs.c - one object a row with the names of the Elastic Common Schema, and an object of
 * ours for what it has no names for. "host" is the sender, of announcements the device.
 */
#include "base/escape.h"
#include "http/fields.h"
#include "output/body.h"
#include "output/common.h"
#include "output/device_json.h"
#include "output/name.h"
#include "output/writers.h"
#include "segments/fields.h"
#include "tls/fields.h"

static char *put_end(char *p, uint8_t version, const uint8_t *address, uint16_t port)
{
    HG_PUT_QUOTED(p, HG_ECS_SRC_IP, hg_put_address, version, address);
    HG_PUT_WITH(p, "," HG_ECS_SRC_PORT, hg_put_u32, port);
    return HG_AFTER(p, "}");
}

static char *put_event(char *p, const hg_columns *columns, uint32_t i)
{
    HG_PUT(p, ",\"event\":{\"kind\":\"event\",\"category\":[\"network\"],\"type\":[\"info\"],"
              "\"module\":\"" HG_ECS_OBJECT "\",\"dataset\":\"" HG_ECS_OBJECT ".");
    p = hg_put_word(p, hg_event_name(columns->event[i]));
    HG_PUT_WITH(p, "\"," HG_ECS_PACKET_NUMBER, hg_put_u64, columns->packet_number[i]);
    return HG_AFTER(p, "}");
}

/* The system that an event of segments names. */
static char *put_family(char *p, const hg_renderer *renderer)
{
    const hg_span family = hg_segments_name(renderer->database, renderer->row);
    if (family.length == 0)
        return p;
    HG_PUT_WITH(p, ",\"os\":{\"name\":", hg_put_json_string, family.data, family.length);
    HG_PUT_WITH(p, ",\"full\":", hg_put_json_string, family.data, family.length);
    const char *type = hg_ecs_os_type(family);
    if (type != NULL) {
        HG_PUT_QUOTED(p, ",\"type\":", hg_put_word, type);
    }
    return HG_AFTER(p, "}");
}

/* What is known of the sender. */
static char *put_host(char *p, const hg_renderer *renderer, const hg_name *name)
{
    const hg_row row = renderer->row;
    const hg_columns *columns = row.columns;
    const uint32_t i = row.index;
    HG_PUT_WITH(p, ",\"host\":{\"ip\":[\"", hg_put_address, columns->ip_version[i], columns->src_ip[i]);
    HG_PUT(p, "\"]");
    if (name->length > name->host)
        p = hg_put_bytes(p, name->text + name->host, name->length - name->host);
    if (columns->event[i] == HG_EVENT_SEGMENTS)
        p = put_family(p, renderer);
    if (hg_event_is_uptime(columns->event[i]) && columns->tcp.doubt[row.at] == HG_DOUBT_NONE)
        HG_PUT_WITH(p, ",\"uptime\":", hg_put_u64, (uint64_t)columns->tcp.uptime_minutes[row.at] * 60);
    return HG_AFTER(p, "}");
}

/* "1.3" of "TLS 1.3"; other versions as their numbers. */
static char *put_version(char *p, uint16_t version)
{
    static const struct {
        uint16_t version;
        char number[4];
        char protocol[5];
    } KNOWN[] = {{0x0002, "2.0", "ssl"}, {0x0300, "3.0", "ssl"},  {0x0301, "1.0", "tls"},
                 {0x0302, "1.1", "tls"}, {0x0303, "1.2", "tls"},  {0x0304, "1.3", "tls"},
                 {0xFEFF, "1.0", "dtls"}, {0xFEFD, "1.2", "dtls"}, {0xFEFC, "1.3", "dtls"}};
    for (uint32_t i = 0; i < sizeof KNOWN / sizeof *KNOWN; i++)
        if (KNOWN[i].version == version) {
            p = hg_put_quoted(p, KNOWN[i].number);
            return hg_put_quoted(HG_AFTER(p, ",\"version_protocol\":"), KNOWN[i].protocol);
        }
    return HG_AFTER(hg_put_tls_version(HG_AFTER(p, "\""), version), "\"");
}

static char *put_tls_client(char *p, const hg_renderer *renderer)
{
    const hg_row row = renderer->row;
    hg_span name = hg_server_name_of(row);
    HG_PUT(p, ",\"client\":{");
    char *first = p;
    if (name.length > 0 && !renderer->hides_private)
        HG_PUT_WITH(p, "\"server_name\":", hg_put_json_string, name.data, name.length);
    if (!row.columns->tls.ssl2[row.at]) {
        if (p > first)
            *p++ = ',';
        HG_PUT_QUOTED(p, "\"ja3\":", hg_put_ja3, row);
    }
    return HG_AFTER(p, "}");
}

static char *put_tls_server(char *p, hg_row row)
{
    const hg_tls_columns *c = &row.columns->tls;
    HG_PUT_QUOTED(p, ",\"cipher\":", hg_put_tls_cipher, c->cipher[row.at]);
    if (c->group[row.at] != 0) {
        HG_PUT_QUOTED(p, ",\"curve\":", hg_put_tls_group, c->group[row.at]);
    }
    HG_PUT_WITH(p, ",\"server\":{\"ja3s\":\"", hg_put_ja3, row);
    return HG_AFTER(p, "\"}");
}

static char *put_tls(char *p, const hg_renderer *renderer)
{
    const hg_row row = renderer->row;
    HG_PUT_WITH(p, ",\"tls\":{\"version\":", put_version, row.columns->tls.tls_version[row.at]);
    p = row.columns->event[row.index] == HG_EVENT_TLS_CLIENT ? put_tls_client(p, renderer) : put_tls_server(p, row);
    return HG_AFTER(p, "}");
}

/* A member with its key, in its own object; none of an empty text. */
static char *put_http_text(char *p, const char *keys, hg_span text)
{
    return text.length == 0 ? p : HG_AFTER(hg_put_member(p, keys, text), "}");
}

/* The name in "name:443" and "[::1]:443". */
static hg_span domain_of(hg_span host)
{
    uint32_t end = 0;
    if (host.length > 0 && host.data[0] == '[')
        while (end < host.length && host.data[end] != ']')
            end++;
    while (end < host.length && host.data[end] != ':')
        end++;
    return hg_span_of(host.data, end);
}

static char *put_http(char *p, const hg_renderer *renderer)
{
    const hg_row row = renderer->row;
    const hg_span domain = domain_of(HG_HTTP_TEXT_OF(row, http_host)), path = hg_http_path_of(row);
    HG_PUT_QUOTED(p, ",\"http\":{\"version\":", hg_put_http_version, row);
    p = put_http_text(p, ",\"request\":{\"method\":", HG_HTTP_TEXT_OF(row, method));
    if (row.columns->event[row.index] == HG_EVENT_HTTP_RESPONSE) {
        HG_PUT_WITH(p, ",\"response\":{\"status_code\":", hg_put_u32, row.columns->http.status[row.at]);
        *p++ = '}';
    }
    *p++ = '}';
    p = put_http_text(p, ",\"user_agent\":{\"original\":", HG_HTTP_TEXT_OF(row, user_agent));
    if (renderer->hides_private || (domain.length == 0 && path.length == 0))
        return p;
    HG_PUT(p, ",\"url\":");
    char *object = p;
    p = hg_put_member(p, ",\"domain\":", domain);
    p = hg_put_member(p, ",\"path\":", path);
    *object = '{';
    return HG_AFTER(p, "}");
}

/* What the ends speak: of hellos over UDP by their transport, of SSH and announcements by the kind of event. */
static char *put_network(char *p, hg_row row)
{
    static const char *const PROTOCOLS[HG_TRANSPORTS] = {[HG_TRANSPORT_QUIC] = "quic", [HG_TRANSPORT_DTLS] = "dtls"};
    const uint8_t event = row.columns->event[row.index];
    const hg_transport transport = hg_transport_of(row);
    const char *protocol = transport < HG_TRANSPORTS ? PROTOCOLS[transport] : NULL;
    if (hg_event_is_device(event) || hg_event_is_ssh(event))
        protocol = hg_event_is_ssh(event) ? "ssh" : hg_event_name(event);
    HG_PUT(p, ",\"network\":{");
    if (protocol != NULL) {
        HG_PUT_QUOTED(p, "\"protocol\":", hg_put_word, protocol);
        *p++ = ',';
    }
    p = hg_is_over_udp(row) ? HG_AFTER(p, "\"transport\":\"udp\"") : HG_AFTER(p, "\"transport\":\"tcp\"");
    return row.columns->ip_version[row.index] == 6 ? HG_AFTER(p, ",\"type\":\"ipv6\"") : HG_AFTER(p, ",\"type\":\"ipv4\"");
}

/* Both ends, and what they speak. */
static char *put_ends(hg_renderer *renderer, uint32_t i, char *p)
{
    const hg_columns *columns = renderer->columns;
    const uint8_t version = columns->ip_version[i];
    HG_PUT_WITH(p, ",\"source\":{", put_end, version, columns->src_ip[i], columns->src_port[i]);
    HG_PUT_WITH(p, ",\"destination\":{", put_end, version, columns->dst_ip[i], columns->dst_port[i]);
    p = put_network(p, renderer->row);
    HG_PUT_WITH(p, "," HG_ECS_COMMUNITY_ID "\"", hg_put_bytes, hg_connection(renderer, i)->text, HG_COMMUNITY_BYTES);
    return HG_AFTER(p, "\"}");
}

char *hg_render_ecs(hg_renderer *renderer, uint32_t i, const hg_name *name, char *p)
{
    const hg_columns *columns = renderer->columns;
    HG_PUT(p, "{" HG_ECS_TIME_NS "\"");
    p = hg_put_time(renderer, p, columns->time_ns[i]);
    *p++ = '"';
    p = put_event(p, columns, i);
    if (hg_has_addresses(columns, i)) {
        p = put_ends(renderer, i, p);
    } else if (columns->event[i] != HG_EVENT_DEVICE_CHANGE) {
        HG_PUT_WITH(p, ",\"network\":{\"protocol\":\"", hg_put_word, hg_event_name(columns->event[i]));
        HG_PUT(p, "\"}");
    }
    p = hg_event_is_device(columns->event[i]) ? hg_put_device_host(renderer, p) : put_host(p, renderer, name);
    if (hg_event_is_hello(columns->event[i])) {
        p = put_tls(p, renderer);
        p = put_http_text(p, ",\"user_agent\":{\"original\":", hg_user_agent_of(renderer->row));
    } else if (hg_event_is_http(columns->event[i])) {
        p = put_http(p, renderer);
    }
    char *object;
    if (hg_event_is_device(columns->event[i])) {
        p = hg_put_ecs_device(renderer, p, &object);
    } else {
        HG_PUT(p, ",\"" HG_ECS_OBJECT "\":");
        object = p;
    }
    p = hg_put_body(renderer, p, name);
    *object = '{';
    return hg_put_bytes(p, renderer->tail, renderer->tail_length);
}
