/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * tracker.c - passes packets with times through conversations with tiny tables.
 *
 * Input: sizes of the tables, then a step of 16 bytes per packet: flags, ends, sequence number, acknowledgement,
 * timestamp, and how time advances or goes back. After every packet all lists, chains and counters are checked.
 */
#include "fuzz.h"

#include "flow/hash.h"
#include "packet/parse.h"
#include "tcp/conversation.h"

enum { STEP = 16, MOST_STEPS = 128, HEADERS = 40, TIMESTAMPS = 12 };

/* Builds an IPv4 packet between two of four hosts. */
static void build(uint8_t *bytes, const uint8_t *step)
{
    static const uint8_t types[8] = {HG_SYN, HG_SYN | HG_ACK, HG_ACK, HG_ACK, HG_FIN | HG_ACK, HG_RST, HG_SYN, HG_FIN};
    uint8_t from = step[1] & 3, to = step[1] >> 2 & 3;
    memset(bytes, 0, HEADERS + TIMESTAMPS);
    fuzz_put(bytes, 0x4500, 2);
    fuzz_put(bytes + 2, HEADERS + TIMESTAMPS + (step[0] >> 3 & 3), 2);
    fuzz_put(bytes + 8, 0x4006, 2);
    fuzz_put(bytes + 12, 0x0A000000u + from, 4);
    fuzz_put(bytes + 16, 0x0A000000u + to, 4);
    fuzz_put(bytes + 20, 1000u + from + (step[1] >> 4 & 1), 2);
    fuzz_put(bytes + 22, 1000u + to + (step[1] >> 5 & 1), 2);
    fuzz_put(bytes + 24, step[2], 4); /* small numbers, so that they collide */
    fuzz_put(bytes + 28, step[3], 4);
    fuzz_put(bytes + 32, 0x8000u | types[step[0] & 7], 2);
    fuzz_put(bytes + 34, 0xFFFF, 2);
    fuzz_put(bytes + HEADERS, 0x0101080A, 4);
    memcpy(bytes + HEADERS + 4, step + 4, 4);
}

/* Advances time by ms, s, hours, or any number. */
static int64_t later(int64_t now, const uint8_t *step)
{
    static const uint64_t units[4] = {1000000, 1000000000, UINT64_C(60000000000), 1};
    uint64_t amount;
    memcpy(&amount, step + 8, 8);
    unsigned unit = step[0] >> 6;
    if (unit < 3)
        amount = amount % 1024 * units[unit];
    return (int64_t)((step[0] & 0x20) != 0 ? (uint64_t)now - amount : (uint64_t)now + amount);
}

static uint32_t count_flows(const hg_flows *t)
{
    uint32_t listed = 0, chained = 0;
    for (hg_index end = 0; end < HG_FLOW_STATES; end++) {
        hg_index before = end;
        for (hg_index index = t->places[end].newer; index != end; index = t->places[index].newer) {
            FUZZ_CHECK(index >= HG_FIRST_FLOW && index < t->next && t->records[index].state == end);
            FUZZ_CHECK(t->places[index].older == before && ++listed <= t->capacity);
            before = index;
        }
        FUZZ_CHECK(t->places[end].older == before);
    }
    for (uint32_t head = 0; head <= t->mask; head++)
        for (hg_index index = t->heads[head]; index != 0; index = t->places[index].chain)
            FUZZ_CHECK((t->records[index].hash & t->mask) == head && ++chained <= t->capacity);
    FUZZ_CHECK(listed == chained);
    for (hg_index index = t->free; index != 0; index = t->places[index].chain)
        FUZZ_CHECK(++chained <= t->capacity);
    FUZZ_CHECK(chained == t->next - HG_FIRST_FLOW);
    return listed;
}

static uint32_t count_hosts(const hg_clocks *t)
{
    uint32_t listed = 0, chained = 0;
    hg_index before = 0;
    for (hg_index index = t->hosts[0].newer; index != 0; index = t->hosts[index].newer) {
        FUZZ_CHECK(index < t->next && t->hosts[index].older == before && ++listed <= t->capacity);
        before = index;
    }
    FUZZ_CHECK(t->hosts[0].older == before);
    for (uint32_t head = 0; head <= t->mask; head++)
        for (hg_index index = t->heads[head]; index != 0; index = t->hosts[index].chain)
            FUZZ_CHECK(++chained <= t->capacity);
    FUZZ_CHECK(listed == chained && chained == t->next - HG_FIRST_HOST);
    return listed;
}

static void check_tables(const hg_conversations *c, const hg_stats *s)
{
    uint64_t flows_gone = s->flows_closed + s->flows_replaced + s->flows_aged + s->flows_evicted_half_open +
                          s->flows_evicted_established;
    FUZZ_CHECK(s->flows == flows_gone + count_flows(&c->flows));
    FUZZ_CHECK(s->hosts == s->hosts_aged + s->hosts_evicted + count_hosts(&c->clocks));
}

static void take(hg_conversations *c, hg_matcher *matcher, const uint8_t *bytes, int64_t now)
{
    hg_frame frame = {
        .data = bytes,
        .time_ns = now,
        .captured = HEADERS + TIMESTAMPS,
        .wire = HEADERS + TIMESTAMPS + 3,
        .linktype = 101,
    };
    hg_packet packet;
    hg_parsing with;
    with.reads = 1;
    hg_handshake handshake;
    FUZZ_CHECK(hg_packet_parse(&frame, &with, &packet) == HG_DROP_NONE);
    packet.frame = 0;
    hg_hash_packet(c->flows.hash_key, &packet);
    if (hg_is_handshake(&packet))
        hg_matcher_queue(matcher, &packet, &handshake);
    hg_matcher_settle(matcher);
    hg_conversations_prefetch_heads(c, &packet);
    hg_conversations_prefetch_records(c, &packet);
    hg_uptime uptime;
    hg_outcome outcome = hg_converse(c, &packet, &frame, &handshake, &uptime);
    FUZZ_CHECK(__builtin_popcount(outcome.events) <= HG_MOST_ROWS_A_PACKET);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static hg_matcher matcher;
    if (matcher.memo == NULL)
        FUZZ_CHECK(hg_matcher_init(&matcher, hg_database_default(), 1, NULL) == HG_OK);
    fuzz_input input = {data, size};
    uint8_t sizes = fuzz_byte(&input), step[STEP], bytes[HEADERS + TIMESTAMPS];
    hg_config config = {.protocols = HG_ALL_PROTOCOLS, .max_connections = (sizes & 7u) + 1, .max_hosts = (sizes >> 3 & 3u) + 1, .uptime = 1};
    hg_stats stats = {0};
    hg_conversations conversations;
    hg_requirements requirements = {.timestamps = 1, .flow_ends = 1};
    FUZZ_CHECK(hg_conversations_init(&conversations, &config, matcher.database, &requirements, &stats, NULL) == HG_OK);
    int64_t now = INT64_C(1700000000000000000);
    for (int i = 0; i < MOST_STEPS && input.left > 0; i++) {
        fuzz_take(&input, step, STEP);
        build(bytes, step);
        now = later(now, step);
        take(&conversations, &matcher, bytes, now);
        check_tables(&conversations, &stats);
    }
    hg_conversations_clear(&conversations);
    return 0;
}
