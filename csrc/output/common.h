/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * common.h - the fields of every event, a function each, for the formats of JSON. Their keys and
 * order come from sigcompiler/schema/rows.py.
 */
#ifndef HG_OUTPUT_COMMON_H
#define HG_OUTPUT_COMMON_H

#include "base/span.h"
#include "output/renderer.h"

/* A comma, the key and the value of a field, or nothing of what is not there; for the lists HG_JSON_COMMON,
 * HG_EVE_COMMON and HG_ECS_COMMON. Needs `p`, `renderer` and the row `i`. An object that begins with such a list
 * writes its brace over the first comma. */
#define HG_PUT_COMMON(FIELD, key)                                    \
    {                                                                \
        char *const value = HG_AFTER(p, "," key);                    \
        char *const end = hg_put_##FIELD(renderer, value, i);        \
        p = HG_OPTIONAL_##FIELD && hg_is_null(value, end) ? p : end; \
    }

static inline int hg_is_null(const char *value, const char *end)
{
    return end - value == 4 && memcmp(value, "null", 4) == 0;
}

/* RFC 3339, with ns, UTC; without quotes. */
static inline char *hg_put_time(hg_renderer *renderer, char *p, int64_t time_ns)
{
    uint32_t ns;
    p = hg_put_second(renderer, p, hg_floor_seconds(time_ns, &ns));
    *p++ = '.';
    p = hg_put_9_digits(p, ns);
    *p++ = 'Z';
    return p;
}

static inline char *hg_put_quoted(char *p, const char *word)
{
    *p++ = '"';
    p = hg_put_word(p, word);
    *p++ = '"';
    return p;
}

#define HG_QUOTED(word) {.text = "\"" word "\"", .length = sizeof(word) + 1},

/* A word of a field by its place; -1: null. */
static inline char *hg_put_one_word(char *p, const hg_span *words, int place)
{
    return place < 0 ? HG_AFTER(p, "null") : hg_put_bytes(p, words[place].text, words[place].length);
}

static inline char *hg_put_bool(char *p, int value)
{
    return value ? HG_AFTER(p, "true") : HG_AFTER(p, "false");
}

static inline char *hg_put_TIME_NS(hg_renderer *renderer, char *p, uint32_t i)
{
    *p++ = '"';
    p = hg_put_time(renderer, p, renderer->columns->time_ns[i]);
    *p++ = '"';
    return p;
}

static inline char *hg_put_PACKET_NUMBER(hg_renderer *renderer, char *p, uint32_t i)
{
    return hg_put_u64(p, renderer->columns->packet_number[i]);
}

static inline char *hg_put_FLOW(hg_renderer *renderer, char *p, uint32_t i)
{
    return hg_put_u64(p, renderer->columns->flow[i]);
}

static inline char *hg_put_EVENT(hg_renderer *renderer, char *p, uint32_t i)
{
    return hg_put_quoted(p, hg_event_name(renderer->columns->event[i]));
}

static inline char *hg_put_SRC_IP(hg_renderer *renderer, char *p, uint32_t i)
{
    if (!hg_has_addresses(renderer->columns, i))
        return HG_AFTER(p, "null");
    *p++ = '"';
    p = hg_put_address(p, renderer->columns->ip_version[i], renderer->columns->src_ip[i]);
    *p++ = '"';
    return p;
}

static inline char *hg_put_SRC_PORT(hg_renderer *renderer, char *p, uint32_t i)
{
    return hg_has_addresses(renderer->columns, i) ? hg_put_u32(p, renderer->columns->src_port[i]) : HG_AFTER(p, "null");
}

static inline char *hg_put_DST_IP(hg_renderer *renderer, char *p, uint32_t i)
{
    if (!hg_has_addresses(renderer->columns, i))
        return HG_AFTER(p, "null");
    *p++ = '"';
    p = hg_put_address(p, renderer->columns->ip_version[i], renderer->columns->dst_ip[i]);
    *p++ = '"';
    return p;
}

static inline char *hg_put_DST_PORT(hg_renderer *renderer, char *p, uint32_t i)
{
    return hg_has_addresses(renderer->columns, i) ? hg_put_u32(p, renderer->columns->dst_port[i]) : HG_AFTER(p, "null");
}

static inline char *hg_put_TUNNEL(hg_renderer *renderer, char *p, uint32_t i)
{
    uint8_t tunnel = renderer->columns->tunnel[i];
    const char *name = tunnel == HG_TUNNEL_NONE ? NULL : hg_tunnel_name(tunnel);
    return name == NULL ? HG_AFTER(p, "null") : hg_put_quoted(p, name);
}

static inline char *hg_put_FROM_SERVER(hg_renderer *renderer, char *p, uint32_t i)
{
    return hg_put_bool(p, renderer->columns->from_server[i]);
}

static inline char *hg_put_COMMUNITY_ID(hg_renderer *renderer, char *p, uint32_t i)
{
    if (!hg_has_addresses(renderer->columns, i))
        return HG_AFTER(p, "null");
    *p++ = '"';
    p = hg_put_bytes(p, hg_connection(renderer, i)->text, HG_COMMUNITY_BYTES);
    *p++ = '"';
    return p;
}

#endif
