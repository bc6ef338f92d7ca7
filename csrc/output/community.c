/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "output/renderer.h"

#include "base/value.h"

#include <string.h>

enum {
    TCP = 6,
    UDP = 17,
    GROUPS = 7, /* of three bytes of a digest */
    MOST_HASHES = HG_COMMUNITY_ROWS / 2 / HG_SHA1_LANES * HG_SHA1_LANES /* connections often have two rows each */
};

/* Rows whose hashes are computed together. */
typedef struct hash_queue {
    hg_sha1_message messages[HG_SHA1_LANES];
    hg_community *results[HG_SHA1_LANES];
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

/* Whether two rows have the same ends and protocol. */
static int same_connection(const hg_batch *batch, uint32_t a, uint32_t b)
{
    return hg_same_connection(&batch->columns, a, b) && protocol_of(batch, a) == protocol_of(batch, b);
}

typedef int8_t characters __attribute__((vector_size(16)));

/* The characters of digits of base64 (RFC 4648), which are below 64. */
static inline characters base64_of(characters digits)
{
    return digits + 'A' + ((digits > 25) & ('a' - 'Z' - 1)) - ((digits > 51) & ('z' + 1 - '0')) -
           ((digits > 61) & ('9' + 1 - '+')) + ((digits > 62) & ('/' - '+' - 1));
}

/* Writes the digests of all lanes in base64: in each word the characters of three bytes, the first one highest. */
static void to_base64(uint32_t digests[HG_SHA1_WORDS + 1][HG_SHA1_LANES], uint32_t out[GROUPS][HG_SHA1_LANES])
{
    characters some;
    for (uint32_t i = 0; i < GROUPS; i++)
        for (uint32_t lane = 0; lane < HG_SHA1_LANES; lane++) {
            const uint32_t *word = &digests[24 * i / 32][lane], shift = 24 * i % 32;
            const uint32_t three = (word[0] << shift | (word[HG_SHA1_LANES] >> 1 >> (31 - shift))) >> 8;
            out[i][lane] = (three << 6 & 0x3F000000) | (three << 4 & 0x3F0000) | (three << 2 & 0x3F00) | (three & 0x3F);
        }
    for (uint8_t *at = (uint8_t *)out, *const end = at + GROUPS * sizeof *out; at < end; at += sizeof some) {
        memcpy(&some, at, sizeof some);
        some = base64_of(some);
        memcpy(at, &some, sizeof some);
    }
}

static void finish(hash_queue *list, hg_sha1_lanes sha1)
{
    uint32_t digests[HG_SHA1_WORDS + 1][HG_SHA1_LANES] = {{0}}, texts[GROUPS][HG_SHA1_LANES];
    if (list->count == 0)
        return;
    sha1(list->messages, digests);
    to_base64(digests, texts);
    for (uint32_t lane = 0; lane < list->count; lane++) {
        uint8_t *text = (uint8_t *)list->results[lane]->text;
        memcpy(text, "1:", 2);
        for (int i = 0; i < GROUPS; i++)
            hg_put_be32(text + 2 + 4 * i, texts[i][lane]);
        text[HG_COMMUNITY_BYTES - 1] = '='; /* the last word has two bytes only */
        list->results[lane]->flow = ((uint64_t)digests[0][lane] << 32 | digests[1][lane]) >> 11;
    }
    list->count = 0;
}

uint32_t hg_community_name(const hg_batch *batch, uint32_t first, uint32_t last, hg_sha1_lanes sha1, hg_community *out)
{
    uint8_t repeats[HG_COMMUNITY_ROWS]; /* 1: the row has the same connection as the row before */
    hash_queue list = {.count = 0};
    uint32_t row = first, left = MOST_HASHES;
    for (; row < last; row++) {
        repeats[row - first] = row > first && same_connection(batch, row - 1, row);
        if (repeats[row - first])
            continue;
        if (left-- == 0)
            break;
        compose(batch, row, list.messages + list.count);
        list.results[list.count++] = out + (row - first);
        if (list.count == HG_SHA1_LANES)
            finish(&list, sha1);
    }
    finish(&list, sha1);
    for (uint32_t i = 0; i < row - first; i++)
        if (repeats[i])
            out[i] = out[i - 1];
    return row;
}

void hg_community_ids(const hg_batch *batch, uint32_t first, uint32_t last, char *out)
{
    hg_community names[HG_COMMUNITY_ROWS];
    const hg_sha1_lanes sha1 = hg_sha1_fastest();
    while (first < last) {
        const uint32_t most = last - first < HG_COMMUNITY_ROWS ? last : first + HG_COMMUNITY_ROWS;
        const uint32_t end = hg_community_name(batch, first, most, sha1, names);
        for (uint32_t i = 0; i < end - first; i++, out += HG_COMMUNITY_BYTES)
            memcpy(out, names[i].text, HG_COMMUNITY_BYTES);
        first = end;
    }
}
