/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * json.c - JSON Lines: one object a row, keys in a fixed order, no blanks.
 *
 * Every event: time packet event src_ip src_port dst_ip dst_port tunnel from_server
 * community_id, then what the event tells (body.c), database and schema_version.
 */
#include "hg_layout.h"
#include "record/body.h"
#include "record/writers.h"

char *hg_render_json(hg_renderer *renderer, uint32_t i, const hg_name *name, char *p)
{
    const hg_columns *columns = renderer->columns;
    uint8_t version = columns->version[i];
    HG_PUT(p, "{" HG_JSON_TIME_NS "\"");
    p = hg_put_time(renderer, p, columns->time_ns[i]);
    HG_PUT(p, "\"," HG_JSON_PACKET_NUMBER);
    p = hg_put_u64(p, columns->packet_number[i]);
    *p++ = ',';
    p = hg_put_event(p, columns->event[i]);
    HG_PUT(p, "," HG_JSON_SRC_IP "\"");
    p = hg_put_address(p, version, columns->src_ip[i]);
    HG_PUT(p, "\"," HG_JSON_SRC_PORT);
    p = hg_put_u32(p, columns->src_port[i]);
    HG_PUT(p, "," HG_JSON_DST_IP "\"");
    p = hg_put_address(p, version, columns->dst_ip[i]);
    HG_PUT(p, "\"," HG_JSON_DST_PORT);
    p = hg_put_u32(p, columns->dst_port[i]);
    p = hg_put_packet(p, columns, i);
    HG_PUT(p, "," HG_JSON_COMMUNITY_ID "\"");
    p = hg_put_bytes(p, hg_connection(renderer, i)->text, HG_COMMUNITY_BYTES);
    *p++ = '"';
    p = hg_put_body(p, (hg_row){columns, i}, name);
    return hg_put_bytes(p, renderer->tail, renderer->tail_length);
}
