/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * eve.c - one object a row, as Suricata writes its events: its names for what every event
 * has, and an object of ours for the rest.
 */
#include "base/escape.h"
#include "http/fields.h"
#include "output/body.h"
#include "output/common.h"
#include "output/device_json.h"
#include "output/writers.h"
#include "ssh/fields.h"
#include "tls/fields.h"

/* Suricata's keys for QUIC: version and user agent. */
static char *put_quic(char *p, hg_row row)
{
    char version[HG_QUIC_VERSION_TEXT];
    hg_span agent = hg_user_agent_of(row);
    hg_quic_version_text(row.columns->tls.quic_version[row.at], version);
    HG_PUT_WITH(p, ",\"quic\":{\"version\":", hg_put_quoted, version);
    if (agent.length == 0)
        return p;
    return hg_put_json_string(HG_AFTER(p, ",\"ua\":"), agent.data, agent.length);
}

/* What Suricata has names for. */
static char *put_tls(char *p, const hg_renderer *renderer)
{
    const hg_row row = renderer->row;
    const int is_client = row.columns->event[row.index] == HG_EVENT_TLS_CLIENT;
    const hg_tls_columns *c = &row.columns->tls;
    hg_span name = hg_server_name_of(row);
    const int is_quic = c->transport[row.at] == HG_TRANSPORT_QUIC;
    if (is_quic) {
        p = put_quic(p, row);
    } else {
        HG_PUT_QUOTED(p, ",\"tls\":{\"version\":", hg_put_tls_version, c->tls_version[row.at]);
    }
    if (is_client && name.length > 0 && !renderer->hides_private)
        HG_PUT_WITH(p, ",\"sni\":", hg_put_json_string, name.data, name.length);
    if (!is_quic) {
        p = is_client ? HG_AFTER(p, ",\"client_alpns\":[") : HG_AFTER(p, ",\"server_alpns\":[");
        p = hg_put_protocols(p, row, '"');
        *p++ = ']';
    }
    if (c->ssl2[row.at])
        return HG_AFTER(p, "}");
    p = is_client ? HG_AFTER(p, ",\"ja3\":{\"hash\":\"") : HG_AFTER(p, ",\"ja3s\":{\"hash\":\"");
    p = hg_put_ja3(p, row);
    HG_PUT(p, "\"}");
    if (!is_client)
        return HG_AFTER(p, "}");
    HG_PUT_WITH(p, ",\"ja4\":\"", hg_put_bytes, (const char *)c->ja4[row.at], sizeof c->ja4[row.at]);
    return HG_AFTER(p, "\"}");
}

/* The same of HTTP. */
static char *put_http(char *p, const hg_renderer *renderer)
{
    const hg_row row = renderer->row;
    HG_PUT_WITH(p, ",\"http\":{\"protocol\":\"HTTP/", hg_put_http_version, row);
    *p++ = '"';
    if (!renderer->hides_private) {
        p = hg_put_member(p, ",\"hostname\":", HG_HTTP_TEXT_OF(row, http_host));
        p = hg_put_member(p, ",\"url\":", hg_http_path_of(row));
    }
    p = hg_put_member(p, ",\"http_user_agent\":", HG_HTTP_TEXT_OF(row, user_agent));
    p = hg_put_member(p, ",\"http_method\":", HG_HTTP_TEXT_OF(row, method));
    if (row.columns->event[row.index] == HG_EVENT_HTTP_RESPONSE)
        HG_PUT_WITH(p, ",\"status\":", hg_put_u32, row.columns->http.status[row.at]);
    return HG_AFTER(p, "}");
}

/* The same of SSH: "2.0" and "OpenSSH_9.6" of "SSH-2.0-OpenSSH_9.6 comments". */
static char *put_ssh(char *p, const hg_renderer *renderer)
{
    const hg_row row = renderer->row;
    const hg_span banner = HG_TEXT_OF(row, ssh, banner), rest = hg_ssh_software(banner);
    const char *blank = rest.length == 0 ? NULL : memchr(rest.text, ' ', rest.length);
    char *first = p = row.columns->event[row.index] == HG_EVENT_SSH_SERVER ? HG_AFTER(p, ",\"ssh\":{\"server\":{")
                                                                         : HG_AFTER(p, ",\"ssh\":{\"client\":{");
    if (rest.length > 0 && !renderer->hides_private) {
        HG_PUT_WITH(p, "\"proto_version\":", hg_put_json_string, banner.data + 4, banner.length - rest.length - 5);
        HG_PUT(p, ",\"software_version\":");
        p = hg_put_json_string(p, rest.data, blank == NULL ? rest.length : (size_t)(blank - rest.text));
    }
    if (hg_ssh_has_kexinit(row)) {
        p = p == first ? HG_AFTER(p, "\"hassh\":{\"hash\":\"") : HG_AFTER(p, ",\"hassh\":{\"hash\":\"");
        p = HG_AFTER(hg_put_hassh(p, row), "\"}");
    }
    return HG_AFTER(p, "}}");
}

/* The object of the protocol. */
static char *put_object(const hg_renderer *renderer, char *p, uint8_t event)
{
    if (hg_event_is_hello(event))
        return put_tls(p, renderer);
    if (hg_event_is_http(event))
        return put_http(p, renderer);
    if (hg_event_is_ssh(event))
        return put_ssh(p, renderer);
    return event == HG_EVENT_DHCP ? hg_put_eve_dhcp(renderer, p) : p;
}

/* The word for the kind of event. */
static char *put_kind(char *p, uint8_t event, hg_transport transport)
{
    if (hg_event_is_hello(event))
        return transport == HG_TRANSPORT_QUIC ? HG_AFTER(p, "quic") : HG_AFTER(p, "tls");
    if (hg_event_is_device(event))
        return hg_put_word(p, hg_event_name(event));
    if (hg_event_is_ssh(event))
        return HG_AFTER(p, "ssh");
    return hg_event_is_http(event) ? HG_AFTER(p, "http") : HG_AFTER(p, HG_EVE_OBJECT);
}

/* Both ends, and what they speak. */
static char *put_ends(hg_renderer *renderer, uint32_t i, char *p)
{
    const hg_columns *columns = renderer->columns;
    const uint8_t version = columns->ip_version[i];
    HG_PUT_QUOTED(p, "," HG_EVE_SRC_IP, hg_put_address, version, columns->src_ip[i]);
    HG_PUT_WITH(p, "," HG_EVE_SRC_PORT, hg_put_u32, columns->src_port[i]);
    HG_PUT_QUOTED(p, "," HG_EVE_DST_IP, hg_put_address, version, columns->dst_ip[i]);
    HG_PUT_WITH(p, "," HG_EVE_DST_PORT, hg_put_u32, columns->dst_port[i]);
    p = hg_is_over_udp(renderer->row) ? HG_AFTER(p, ",\"proto\":\"UDP\",\"ip_v\":")
                                      : HG_AFTER(p, ",\"proto\":\"TCP\",\"ip_v\":");
    *p++ = version == 6 ? '6' : '4';
    p = columns->from_server[i] ? HG_AFTER(p, ",\"direction\":\"to_client\"")
                                : HG_AFTER(p, ",\"direction\":\"to_server\"");
    HG_PUT_QUOTED(p, "," HG_EVE_COMMUNITY_ID, hg_put_bytes, hg_connection(renderer, i)->text, HG_COMMUNITY_BYTES);
    return p;
}

char *hg_render_eve(hg_renderer *renderer, uint32_t i, const hg_name *name, char *p)
{
    const hg_columns *columns = renderer->columns;
    const int has_ends = hg_has_addresses(columns, i);
    HG_PUT(p, "{\"timestamp\":\"");
    /* Local time, as Suricata's, would depend on the machine; so it is UTC, with its offset. */
    p = hg_put_time(renderer, p, columns->time_ns[i]) - sizeof "000Z" + 1; /* ns and Z */
    HG_PUT(p, "+0000\"");
    if (has_ends)
        HG_PUT_WITH(p, ",\"flow_id\":", hg_put_u64, hg_connection(renderer, i)->flow);
    HG_PUT_WITH(p, "," HG_EVE_PACKET_NUMBER, hg_put_u64, columns->packet_number[i]);
    HG_PUT_QUOTED(p, ",\"event_type\":", put_kind, columns->event[i], hg_transport_of(renderer->row));
    if (has_ends)
        p = put_ends(renderer, i, p);
    p = put_object(renderer, p, columns->event[i]);
    HG_PUT(p, ",\"" HG_EVE_OBJECT "\":");
    char *const object = p;
    p = hg_put_body(renderer, p, name);
    *object = '{';
    return hg_put_bytes(p, renderer->tail, renderer->tail_length);
}
