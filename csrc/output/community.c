/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "output/renderer.h"

#include "base/value.h"

#include <string.h>

enum { TCP = 6, UDP = 17, ADDRESS_BYTES = 16 };

/* Rows whose hashes are computed together. */
typedef struct hash_queue {
    hg_sha1_message messages[HG_SHA1_LANES];
    hg_community *of[HG_SHA1_LANES];
    uint32_t count;
} hash_queue;

static uint8_t protocol_of(const hg_batch *batch, uint32_t row)
{
    if (!hg_event_is_hello(batch->columns.event[row]) && !hg_event_is_device(batch->columns.event[row]))
        return TCP;
    hg_row of = hg_row_of(batch, row);
    return of.at == UINT32_MAX || !hg_is_not_tcp(of) ? TCP : UDP;
}

/* Composes the message to hash: seed (0), addresses, protocol, a zero, ports; the lower end first. */
static void compose(const hg_batch *batch, uint32_t row, hg_sha1_message *message)
{
    const hg_columns *columns = &batch->columns;
    const size_t length = columns->ip_version[row] == 6 ? 16 : 4;
    const uint16_t from_port = columns->src_port[row], to_port = columns->dst_port[row];
    const uint8_t *const from = columns->src_ip[row], *const other = columns->dst_ip[row];
    const int order = memcmp(from, other, length), is_lower = order < 0 || (order == 0 && from_port <= to_port);
    uint8_t *const to = message->bytes, *const behind = to + 2 + 2 * length;
    to[0] = to[1] = 0;
    memcpy(to + 2, is_lower ? from : other, length);
    memcpy(to + 2 + length, is_lower ? other : from, length);
    behind[0] = protocol_of(batch, row);
    behind[1] = 0;
    hg_put_be32(behind + 2, is_lower ? (uint32_t)from_port << 16 | to_port : (uint32_t)to_port << 16 | from_port);
    message->length = (uint8_t)(behind + 6 - to);
}

static int same_connection(const hg_batch *batch, uint32_t a, uint32_t b)
{
    const hg_columns *columns = &batch->columns;
    return columns->src_port[a] == columns->src_port[b] && columns->dst_port[a] == columns->dst_port[b] &&
           columns->ip_version[a] == columns->ip_version[b] &&
           memcmp(columns->src_ip[a], columns->src_ip[b], ADDRESS_BYTES) == 0 &&
           memcmp(columns->dst_ip[a], columns->dst_ip[b], ADDRESS_BYTES) == 0 &&
           protocol_of(batch, a) == protocol_of(batch, b);
}

static void finish(hash_queue *list)
{
    uint8_t digests[HG_SHA1_LANES][HG_SHA1_BYTES];
    if (list->count == 0)
        return;
    hg_sha1_of(list->messages, digests);
    for (uint32_t i = 0; i < list->count; i++) {
        memcpy(list->of[i]->text, "1:", 2);
        hg_put_base64(list->of[i]->text + 2, digests[i], HG_SHA1_BYTES);
        list->of[i]->flow = ((uint64_t)hg_be32(digests[i]) << 32 | hg_be32(digests[i] + 4)) >> 11;
    }
    list->count = 0;
}

void hg_community_name(const hg_batch *batch, uint32_t first, uint32_t last, hg_community *out)
{
    uint8_t repeats[HG_COMMUNITY_ROWS]; /* 1: the row has the same connection as the row before */
    hash_queue list = {.count = 0};
    for (uint32_t row = first; row < last; row++) {
        repeats[row - first] = row > first && same_connection(batch, row - 1, row);
        if (repeats[row - first])
            continue;
        compose(batch, row, list.messages + list.count);
        list.of[list.count++] = out + (row - first);
        if (list.count == HG_SHA1_LANES)
            finish(&list);
    }
    finish(&list);
    for (uint32_t i = 0; i < last - first; i++)
        if (repeats[i])
            out[i] = out[i - 1];
}

void hg_community_ids(const hg_batch *batch, uint32_t first, uint32_t last, char *out)
{
    hg_community names[HG_COMMUNITY_ROWS];
    while (first < last) {
        uint32_t end = last - first < HG_COMMUNITY_ROWS ? last : first + HG_COMMUNITY_ROWS;
        hg_community_name(batch, first, end, names);
        for (uint32_t i = 0; i < end - first; i++, out += HG_COMMUNITY_BYTES)
            memcpy(out, names[i].text, HG_COMMUNITY_BYTES);
        first = end;
    }
}
