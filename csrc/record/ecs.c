/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * ecs.c - one object a row with the names of the Elastic Common Schema, and an object of
 * ours for what it has no names for. "host" is the sender.
 */
#include "record/body.h"
#include "record/common.h"
#include "record/kinds.h"
#include "record/writers.h"

static char *put_end(char *p, uint8_t version, const uint8_t *address, uint16_t port)
{
    HG_PUT(p, HG_ECS_SRC_IP "\"");
    p = hg_put_address(p, version, address);
    HG_PUT(p, "\"," HG_ECS_SRC_PORT);
    p = hg_put_u32(p, port);
    return HG_AFTER(p, "}");
}

static char *put_event(char *p, const hg_columns *columns, uint32_t i)
{
    HG_PUT(p, ",\"event\":{\"kind\":\"event\",\"category\":[\"network\"],\"type\":[\"info\"],"
              "\"module\":\"" HG_ECS_OBJECT "\",\"dataset\":\"" HG_ECS_OBJECT ".");
    p = hg_put_word(p, hg_event_name(columns->event[i]));
    HG_PUT(p, "\"," HG_ECS_PACKET_NUMBER);
    p = hg_put_u64(p, columns->packet_number[i]);
    return HG_AFTER(p, "}");
}

/* What is known of the sender. */
static char *put_host(char *p, hg_row row, const hg_name *name)
{
    const hg_columns *columns = row.columns;
    const uint32_t i = row.index;
    HG_PUT(p, ",\"host\":{\"ip\":[\"");
    p = hg_put_address(p, columns->version[i], columns->src_ip[i]);
    HG_PUT(p, "\"]");
    if (name->length > name->host)
        p = hg_put_bytes(p, name->text + name->host, name->length - name->host);
    if (hg_event_is_uptime(columns->event[i]) && columns->tcp.doubt[row.at] == HG_DOUBT_NONE) {
        HG_PUT(p, ",\"uptime\":");
        p = hg_put_u64(p, (uint64_t)columns->tcp.uptime_minutes[row.at] * 60);
    }
    return HG_AFTER(p, "}");
}

char *hg_render_ecs(hg_renderer *renderer, uint32_t i, const hg_name *name, char *p)
{
    const hg_columns *columns = renderer->columns;
    uint8_t version = columns->version[i];
    HG_PUT(p, "{" HG_ECS_TIME_NS "\"");
    p = hg_put_time(renderer, p, columns->time_ns[i]);
    *p++ = '"';
    p = put_event(p, columns, i);
    HG_PUT(p, ",\"source\":{");
    p = put_end(p, version, columns->src_ip[i], columns->src_port[i]);
    HG_PUT(p, ",\"destination\":{");
    p = put_end(p, version, columns->dst_ip[i], columns->dst_port[i]);
    p = version == 6 ? HG_AFTER(p, ",\"network\":{\"transport\":\"tcp\",\"type\":\"ipv6\"")
                     : HG_AFTER(p, ",\"network\":{\"transport\":\"tcp\",\"type\":\"ipv4\"");
    HG_PUT(p, "," HG_ECS_COMMUNITY_ID "\"");
    p = hg_put_bytes(p, hg_connection(renderer, i)->text, HG_COMMUNITY_BYTES);
    HG_PUT(p, "\"}");
    p = put_host(p, renderer->row, name);
    HG_PUT(p, ",\"" HG_ECS_OBJECT "\":");
    char *object = p;
    HG_ECS_COMMON(HG_PUT_COMMON)
    *object = '{';
    p = hg_put_body(p, renderer->row, name);
    return hg_put_bytes(p, renderer->tail, renderer->tail_length);
}
