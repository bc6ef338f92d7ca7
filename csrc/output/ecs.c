/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * ecs.c - one object per row with the field names of the Elastic Common Schema (ECS), and an object of ours for fields
 * without such names. "host" is the sender; for announcements it is the device.
 */
#include "announcements/fields.h"
#include "announcements/conclusion.h"
#include "output/json.h"
#include "passive_stack/fields.h"
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

/* The facts about the sender. */
static char *put_host(char *p, const hg_renderer *renderer, const hg_name *name)
{
    const hg_row row = renderer->row;
    const hg_columns *columns = row.columns;
    const uint32_t i = row.index;
    HG_PUT_WITH(p, ",\"host\":{\"ip\":[\"", hg_put_address, columns->ip_version[i], columns->src_ip[i]);
    HG_PUT(p, "\"]");
    if (name->length > name->host)
        p = hg_put_bytes(p, name->text + name->host, name->length - name->host);
    if (columns->event[i] == HG_EVENT_SEGMENTS) {
        const hg_match_texts named = {.name = hg_segments_name(renderer->database, row)};
        p = named.name.length == 0 ? p : hg_put_ecs_os(p, &named);
    }
    if (hg_event_is_uptime(columns->event[i]) && columns->tcp.uptime_doubt[row.at] == HG_DOUBT_NONE)
        HG_PUT_WITH(p, ",\"uptime\":", hg_put_u64, (uint64_t)columns->tcp.uptime_minutes[row.at] * 60);
    return HG_AFTER(p, "}");
}

/* Begins "network". The protocol is the transport of a hello over UDP, "ssh", or the name of an announcement's
 * event. */
static char *put_network(char *p, hg_row row)
{
    static const char *const PROTOCOLS[HG_TRANSPORTS] = {
        [HG_TRANSPORT_QUIC] = "quic", [HG_TRANSPORT_DTLS] = "dtls", [HG_TRANSPORT_OPENVPN] = "openvpn"};
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
    p = hg_is_not_tcp(row) ? HG_AFTER(p, "\"transport\":\"udp\"") : HG_AFTER(p, "\"transport\":\"tcp\"");
    return row.columns->ip_version[row.index] == 6 ? HG_AFTER(p, ",\"type\":\"ipv6\"")
                                                   : HG_AFTER(p, ",\"type\":\"ipv4\"");
}

/* Both ends and their protocol. */
static char *put_ends(hg_renderer *renderer, uint32_t i, char *p)
{
    const hg_columns *columns = renderer->row.columns;
    const uint8_t version = columns->ip_version[i];
    HG_PUT_WITH(p, ",\"source\":{", put_end, version, columns->src_ip[i], columns->src_port[i]);
    HG_PUT_WITH(p, ",\"destination\":{", put_end, version, columns->dst_ip[i], columns->dst_port[i]);
    p = put_network(p, renderer->row);
    HG_PUT_WITH(p, "," HG_ECS_COMMUNITY_ID "\"", hg_put_bytes, hg_community_of_row(renderer, i)->text,
                HG_COMMUNITY_BYTES);
    return HG_AFTER(p, "\"}");
}

/* ---- devices ------------------------------------------------------------------------------- */

/* One for the MAC, and one for each text. */
enum { MOST_CLAIMS = HG_MOST_RECORDS + 1 };
_Static_assert((int)MOST_CLAIMS <= (int)HG_DEVICE_READINGS, "all claims of a row find room");

/* Judges the claims of all texts of the row. */
static void read_row(const hg_renderer *renderer, hg_device_claim *claims, hg_device_conclusion *out)
{
    hg_announcement_row of;
    hg_announcement_text item;
    uint32_t at = 0, count = 0;
    char mac[HG_MAC_TEXT];
    if (renderer->database != NULL && hg_announced_of(renderer->batch, renderer->row.index, renderer->row.at, &of)) {
        if (of.mac != NULL) {
            item = (hg_announcement_text){(const uint8_t *)mac, (uint8_t)(hg_put_mac(mac, of.mac) - mac), HG_SAYS_MAC};
            count += hg_device_claim_of(renderer->database, &item, claims) != HG_NO_SIGNATURE;
        }
        while (count < MOST_CLAIMS && hg_announced_next(&of, &at, &item))
            count += hg_device_claim_of(renderer->database, &item, claims + count) != HG_NO_SIGNATURE;
    }
    for (out->reading_count = 0; out->reading_count < count; out->reading_count++)
        out->readings[out->reading_count] = (hg_device_reading){.claim = claims + out->reading_count};
    out->database = renderer->database;
    out->browses = 0;
    hg_device_decide(out);
}

/* Writes a member; `key` begins with a comma. An unknown value has no member. */
static char *put_value(char *p, const char *key, const hg_device_value *value)
{
    return value->length == 0 ? p
                              : hg_put_json_string(hg_put_word(p, key), (const uint8_t *)value->text, value->length);
}

static char *put_ecs_product(char *p, const hg_device_value *values)
{
    char *const begin = p;
    char *const object = p = HG_AFTER(p, ",\"device\":");
    p = put_value(p, ",\"manufacturer\":", values + HG_DEVICE_MANUFACTURER);
    if (values[HG_DEVICE_MODEL].length > 0)
        p = HG_AFTER(put_value(p, ",\"model\":{\"name\":", values + HG_DEVICE_MODEL), "}");
    return hg_end_object(begin, object, p, 0);
}

/* Writes the device's fields for which ECS has no names. */
static char *put_own_device(const hg_renderer *renderer, char *p, const hg_device_value *values)
{
    const hg_row row = renderer->row;
    const hg_device_columns *c = &row.columns->devices;
    char *const begin = p;
    char *const object = p = HG_AFTER(p, ",\"device\":");
    p = put_value(p, ",\"type\":", values + HG_DEVICE_TYPE);
    p = put_value(p, ",\"system\":", values + HG_DEVICE_SYSTEM);
    p = put_value(p, ",\"version\":", values + HG_DEVICE_VERSION);
    if (!renderer->hides_private && (c->macs[row.at] & HG_KNOWS_MAC) != 0)
        HG_PUT_WITH(p, ",\"mac_local\":", hg_put_bool, hg_mac_is_local(c->mac[row.at]));
    return hg_end_object(begin, object, p, 0);
}

/* Ends an announcement's record with the device as this row alone shows it, in ECS's object and in ours. */
static char *end_device(hg_renderer *renderer, char *p, const hg_name *name)
{
    hg_device_claim claims[MOST_CLAIMS];
    hg_device_conclusion conclusion;
    read_row(renderer, claims, &conclusion);
    p = put_ecs_product(p, conclusion.values);
    HG_PUT(p, ",\"" HG_ECS_OBJECT "\":");
    char *const object = p;
    return hg_end_record(renderer, put_own_device(renderer, p, conclusion.values), object, name);
}

/* ---- records ------------------------------------------------------------------------------- */

char *hg_render_ecs(hg_renderer *renderer, uint32_t i, const hg_name *name, char *p)
{
    const hg_columns *columns = renderer->row.columns;
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
    if (!hg_event_is_device(columns->event[i]))
        p = put_host(p, renderer, name);
    p = hg_put_places(renderer, p, name);
    if (hg_event_is_device(columns->event[i]))
        return end_device(renderer, p, name);
    HG_PUT(p, ",\"" HG_ECS_OBJECT "\":");
    return hg_end_record(renderer, p, p, name);
}
