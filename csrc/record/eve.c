/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * eve.c - one object a row, as Suricata writes its events: its names for what every event
 * has, and an object of ours for the rest.
 */
#include "record/body.h"
#include "record/common.h"
#include "record/writers.h"

/* Local time, as Suricata's, would depend on the machine; so it is UTC, with its offset. */
static char *put_timestamp(hg_renderer *renderer, char *p, int64_t time_ns)
{
    p = hg_put_time(renderer, p, time_ns) - sizeof "000Z" + 1; /* ns and Z */
    return HG_AFTER(p, "+0000");
}

char *hg_render_eve(hg_renderer *renderer, uint32_t i, const hg_name *name, char *p)
{
    const hg_columns *columns = renderer->columns;
    const hg_community *connection = hg_connection(renderer, i);
    uint8_t version = columns->version[i];
    HG_PUT(p, "{\"timestamp\":\"");
    p = put_timestamp(renderer, p, columns->time_ns[i]);
    HG_PUT(p, "\",\"flow_id\":");
    p = hg_put_u64(p, connection->flow);
    HG_PUT(p, "," HG_EVE_PACKET_NUMBER);
    p = hg_put_u64(p, columns->packet_number[i]);
    HG_PUT(p, ",\"event_type\":\"" HG_EVE_OBJECT "\"," HG_EVE_SRC_IP "\"");
    p = hg_put_address(p, version, columns->src_ip[i]);
    HG_PUT(p, "\"," HG_EVE_SRC_PORT);
    p = hg_put_u32(p, columns->src_port[i]);
    HG_PUT(p, "," HG_EVE_DST_IP "\"");
    p = hg_put_address(p, version, columns->dst_ip[i]);
    HG_PUT(p, "\"," HG_EVE_DST_PORT);
    p = hg_put_u32(p, columns->dst_port[i]);
    HG_PUT(p, ",\"proto\":\"TCP\",\"ip_v\":");
    *p++ = version == 6 ? '6' : '4';
    p = columns->from_server[i] ? HG_AFTER(p, ",\"direction\":\"to_client\"")
                                : HG_AFTER(p, ",\"direction\":\"to_server\"");
    HG_PUT(p, "," HG_EVE_COMMUNITY_ID "\"");
    p = hg_put_bytes(p, connection->text, HG_COMMUNITY_BYTES);
    HG_PUT(p, "\",\"" HG_EVE_OBJECT "\":");
    char *object = p;
    HG_EVE_COMMON(HG_PUT_COMMON)
    *object = '{';
    p = hg_put_body(p, renderer->row, name);
    return hg_put_bytes(p, renderer->tail, renderer->tail_length);
}
