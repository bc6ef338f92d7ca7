/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * eve.c - one object per row like Suricata's events, with Suricata's names for the fields that it has, and an object of
 * ours for the others.
 */
#include "output/json.h"

/* Suricata's word for the event. */
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

/* Both ends and their protocol. */
static char *put_ends(hg_renderer *renderer, uint32_t i, char *p)
{
    const hg_columns *columns = renderer->row.columns;
    const uint8_t version = columns->ip_version[i];
    HG_PUT_QUOTED(p, "," HG_EVE_SRC_IP, hg_put_address, version, columns->src_ip[i]);
    HG_PUT_WITH(p, "," HG_EVE_SRC_PORT, hg_put_u32, columns->src_port[i]);
    HG_PUT_QUOTED(p, "," HG_EVE_DST_IP, hg_put_address, version, columns->dst_ip[i]);
    HG_PUT_WITH(p, "," HG_EVE_DST_PORT, hg_put_u32, columns->dst_port[i]);
    p = hg_is_not_tcp(renderer->row) ? HG_AFTER(p, ",\"proto\":\"UDP\",\"ip_v\":")
                                     : HG_AFTER(p, ",\"proto\":\"TCP\",\"ip_v\":");
    *p++ = version == 6 ? '6' : '4';
    p = columns->from_server[i] ? HG_AFTER(p, ",\"direction\":\"to_client\"")
                                : HG_AFTER(p, ",\"direction\":\"to_server\"");
    HG_PUT_QUOTED(p, "," HG_EVE_COMMUNITY_ID, hg_put_bytes, hg_community_of_row(renderer, i)->text, HG_COMMUNITY_BYTES);
    return p;
}

char *hg_render_eve(hg_renderer *renderer, uint32_t i, const hg_name *name, char *p)
{
    const hg_columns *columns = renderer->row.columns;
    const int has_ends = hg_has_addresses(columns, i);
    HG_PUT(p, "{\"timestamp\":\"");
    /* Suricata writes local time, which depends on the machine; here the time is in UTC, with the offset. */
    p = hg_put_time(renderer, p, columns->time_ns[i]) - sizeof "000Z" + 1; /* without the last three digits and "Z" */
    HG_PUT(p, "+0000\"");
    if (has_ends)
        HG_PUT_WITH(p, ",\"flow_id\":", hg_put_u64, hg_community_of_row(renderer, i)->flow);
    HG_PUT_WITH(p, "," HG_EVE_PACKET_NUMBER, hg_put_u64, columns->packet_number[i]);
    HG_PUT_QUOTED(p, ",\"event_type\":", put_kind, columns->event[i], hg_transport_of(renderer->row));
    if (has_ends)
        p = put_ends(renderer, i, p);
    p = hg_put_places(renderer, p, name);
    HG_PUT(p, ",\"" HG_EVE_OBJECT "\":");
    return hg_end_record(renderer, p, p, name);
}
