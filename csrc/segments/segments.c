/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "segments/segments.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/error.h"
#include "flow/hash.h"
#include "packet/tcp.h"
#include "tcp/observe.h"

enum {
    MOST_HOSTS = 1 << 20,
    FIRST_HOST = 1,
    ENOUGH = 5,       /* segments on which a name rests at least */
    EACH = 16,        /* segments up to which each is judged; after that, a power of two, and what is new */
    WRAP = 1 << 15,   /* where `segments` continues when it is at its end */
    MOST_HOPS = 30,
    SMALL_STEP = 1024, /* of IP IDs within a connection */
    LATE_STEP = 64,    /* the same backwards: segments that came late */
    MOST_COUNT = 250,
    LOOKS = 16,       /* hosts examined to find one to evict */
    MOST_HZ = 5000
};

/* Times are counted in 2^20 ns, which needs no division. */
enum { TIME_SHIFT = 20, SOON = 954 /* 1 s */, SURE = 8 * SOON, STALE = 120 * SOON };
static const uint64_t SECOND_NS = 1000000000;

enum hg_segment_ttl { TTL_32, TTL_64, TTL_128, TTL_255, TTLS };
enum { ONE_TTL_BITS = (1 << TTLS) - 1, TOO_FAR = 1 << TTLS };
enum hg_segment_flag { NO_DF = 1, HAS_TS = 2, HAS_CLOCK = 4, IS_SURE = 8, IS_USED = 16 };

/* Answers: 0 none yet, a rule from 1 on, or why there is no name. */
enum { SILENT = 0xFF00, MOST_RULES = SILENT - 1 };
_Static_assert(HG_SEGMENT_VALUES == HG_SEGMENT_FEATURES, "a value for each feature");
_Static_assert(HG_SEGMENT_MOST_RULES <= MOST_RULES, "a rule has a number");

/* ---- life --------------------------------------------------------------------------------------- */

void hg_segments_needs(const hg_config *config, hg_interest *interest)
{
    interest->segments |= config->segments;
}

hg_status hg_segments_init(hg_segments *s, const hg_config *config, hg_stats *stats, hg_error *error)
{
    *s = (hg_segments){.stats = stats, .hash_key = config->hash_key, .is_on = config->segments};
    if (!s->is_on)
        return HG_OK;
    const uint32_t heads = hg_chain_heads(config->max_hosts);
    s->capacity = config->max_hosts < MOST_HOSTS ? config->max_hosts : MOST_HOSTS;
    s->mask = heads - 1;
    s->hosts = calloc((size_t)FIRST_HOST + s->capacity, sizeof *s->hosts);
    s->heads = calloc(heads, sizeof *s->heads);
    s->next = s->hand = FIRST_HOST;
    if (s->hosts != NULL && s->heads != NULL)
        return HG_OK;
    hg_segments_clear(s);
    return hg_fail(error, HG_E_MEMORY, "no memory for the segments of %u hosts", config->max_hosts);
}

void hg_segments_clear(hg_segments *s)
{
    free(s->hosts);
    free(s->heads);
    s->hosts = NULL;
    s->heads = NULL;
    s->is_on = 0;
}

void hg_segments_reset(hg_segments *s)
{
    if (!s->is_on)
        return;
    memset(s->heads, 0, ((size_t)s->mask + 1) * sizeof *s->heads);
    s->next = s->hand = FIRST_HOST;
}

void hg_segments_forget_names(hg_segments *s)
{
    for (hg_index i = FIRST_HOST; s->is_on && i < s->next; i++)
        s->hosts[i].answer = s->hosts[i].told = 0;
}

/* ---- hosts -------------------------------------------------------------------------------------- */

static hg_index *head_of(const hg_segments *s, uint32_t address)
{
    hg_address whole = {{0, 0}};
    memcpy(&whole, &address, sizeof address);
    return s->heads + (hg_hash_fold(hg_hash_address(s->hash_key, whole, 4)) & s->mask);
}

static void unchain(hg_segments *s, hg_index index)
{
    hg_index *at = head_of(s, s->hosts[index].address);
    while (*at != index)
        at = &s->hosts[*at].chain;
    *at = s->hosts[index].chain;
}

/* A place for a new host. Those of which more than one segment came are spared once. */
static hg_index make_room(hg_segments *s)
{
    if (s->next < FIRST_HOST + s->capacity)
        return s->next++;
    for (uint32_t looks = 0; looks < LOOKS && (s->hosts[s->hand].flags & IS_USED) != 0; looks++) {
        s->hosts[s->hand].flags &= (uint8_t)~IS_USED;
        s->hand = s->hand + 1 < s->next ? s->hand + 1 : FIRST_HOST;
    }
    const hg_index index = s->hand;
    s->hand = s->hand + 1 < s->next ? s->hand + 1 : FIRST_HOST;
    unchain(s, index);
    s->stats->segment_hosts_evicted++;
    return index;
}

static __attribute__((noinline)) hg_segment_host *open_host(hg_segments *s, const hg_packet *packet, uint32_t address)
{
    const hg_index index = make_room(s);
    hg_index *head = s->heads + (packet->source_hash & s->mask);
    s->hosts[index] = (hg_segment_host){.address = address, .chain = *head, .low = UINT16_MAX};
    *head = index;
    s->stats->segment_hosts++;
    return s->hosts + index;
}

static inline hg_segment_host *host_of(hg_segments *s, const hg_packet *packet)
{
    uint32_t address;
    memcpy(&address, packet->source.word, sizeof address);
    hg_index index = s->heads[packet->source_hash & s->mask];
    while (index != 0 && s->hosts[index].address != address)
        index = s->hosts[index].chain;
    if (index == 0)
        return open_host(s, packet, address);
    s->hosts[index].flags |= IS_USED;
    return s->hosts + index;
}

/* ---- what a segment shows ----------------------------------------------------------------------- */

/* Returns whether that is new, here and below. */
static inline int take_ip(hg_segment_host *host, const uint8_t *ip)
{
    const uint8_t ttl = ip[8];
    const uint32_t kind = ttl > 128 ? TTL_255 : ttl > 64 ? TTL_128 : ttl > 32 ? TTL_64 : TTL_32;
    const uint32_t initial = kind == TTL_255 ? 255 : 32U << kind;
    const uint8_t ttls = (uint8_t)(host->ttls | 1U << kind | (initial - ttl > MOST_HOPS ? (uint32_t)TOO_FAR : 0));
    const uint8_t flags = (uint8_t)(host->flags | ((ip[6] & 0x40) == 0 ? NO_DF : 0));
    const int is_new = ttls != host->ttls || flags != host->flags;
    host->ttls = ttls;
    host->flags = flags;
    return is_new;
}

/* A connection of the host, as a number that hardly any other has. */
static inline uint16_t tag_of(const hg_packet *packet)
{
    uint32_t peer;
    memcpy(&peer, packet->destination.word, sizeof peer);
    const uint32_t ports = (uint32_t)packet->source_port << 16 | packet->destination_port;
    return (uint16_t)(((ports ^ peer * 0x85EBCA6BU) * 0x9E3779B1U) >> 16);
}

static inline uint16_t behaviour_of(const hg_segment_host *host)
{
    if (host->flows[0].id == 0)
        return host->zeros > 0 ? HG_ID_ZERO : HG_ID_UNKNOWN;
    if (host->rises >= 2 && host->jumps * 4 <= host->rises)
        return HG_ID_RISES;
    return host->jumps >= 2 && host->jumps > host->rises ? HG_ID_RANDOM : HG_ID_UNKNOWN;
}

static inline void count_id(hg_segment_host *host, uint8_t *counter)
{
    if (++*counter < MOST_COUNT)
        return;
    host->zeros = (uint8_t)(host->zeros / 2);
    host->rises = (uint8_t)(host->rises / 2);
    host->jumps = (uint8_t)(host->jumps / 2);
}

static inline void take_id(hg_segment_host *host, uint16_t id, uint16_t tag)
{
    if (id == 0) {
        count_id(host, &host->zeros);
        return;
    }
    for (uint32_t i = 0; i < HG_SEGMENT_FLOWS; i++) {
        hg_segment_flow *flow = host->flows + i;
        if (flow->tag != tag || flow->id == 0)
            continue;
        const uint16_t step = (uint16_t)(id - flow->id);
        flow->id = id;
        if (step != 0 && step <= SMALL_STEP)
            count_id(host, &host->rises);
        else if (step != 0 && step < UINT16_MAX + 1 - LATE_STEP)
            count_id(host, &host->jumps);
        return;
    }
    host->flows[host->next_flow] = (hg_segment_flow){tag, id};
    host->next_flow = (uint8_t)((host->next_flow + 1) % HG_SEGMENT_FLOWS);
}

static inline void take_window(hg_segment_host *host, uint16_t window)
{
    host->low = window < host->low ? window : host->low;
    host->high = window > host->high ? window : host->high;
    if (window == host->frequent)
        host->votes = (uint16_t)(host->votes + (host->votes < UINT16_MAX));
    else if (host->votes > 0)
        host->votes--;
    else {
        host->frequent = window;
        host->votes = 1;
    }
}

static void begin_clock(hg_segment_host *host, uint32_t ts, uint32_t time, uint16_t tag)
{
    host->flags |= HAS_CLOCK;
    host->clock_ts = ts;
    host->clock_time = time;
    host->clock_tag = tag;
}

/* Once after a second of a connection, and again after eight. */
static inline int take_timestamp(hg_segment_host *host, uint32_t ts, int64_t time_ns, uint16_t tag)
{
    const uint32_t time = (uint32_t)((uint64_t)time_ns >> TIME_SHIFT);
    const uint32_t passed = time - host->clock_time;
    if ((host->flags & HAS_CLOCK) == 0 || (tag != host->clock_tag && passed > STALE && passed <= INT32_MAX)) {
        begin_clock(host, ts, time, tag);
        return 0;
    }
    if (tag != host->clock_tag || passed < (host->hz == 0 ? SOON : SURE) || passed > INT32_MAX)
        return 0;
    const uint64_t hz = ((uint64_t)(ts - host->clock_ts) * SECOND_NS / passed + (1 << (TIME_SHIFT - 1))) >> TIME_SHIFT;
    if (ts - host->clock_ts > INT32_MAX || hz > MOST_HZ) {
        begin_clock(host, ts, time, tag);
        return 0;
    }
    host->flags |= passed >= SURE ? IS_SURE : 0;
    host->hz = hz == 0 ? 1 : (uint16_t)hz;
    return 1;
}

static inline int take_segment(hg_segment_host *host, const hg_packet *packet, const hg_frame *frame)
{
    int is_new = take_ip(host, packet->ip);
    host->segments = (uint16_t)(host->segments == UINT16_MAX ? WRAP : host->segments + 1);
    if ((packet->type & HG_RST) != 0)
        return is_new; /* those have neither the windows nor the IDs of others */
    const uint16_t tag = tag_of(packet), window = hg_be16(packet->tcp + TCP_WINDOW_AT);
    take_id(host, hg_be16(packet->ip + 4), tag);
    if (window != 0)
        take_window(host, window);
    if (packet->options_length >= 10 && (host->flags & IS_SURE) == 0) {
        const uint32_t ts = hg_own_timestamp(packet);
        host->flags |= ts != 0 ? HAS_TS : 0;
        is_new |= ts != 0 && take_timestamp(host, ts, frame->time_ns, tag);
    }
    return is_new;
}

/* ---- answers ------------------------------------------------------------------------------------ */

static uint16_t initial_ttl(const hg_segment_host *host)
{
    const uint32_t ttls = host->ttls;
    if ((ttls & TOO_FAR) != 0 || (ttls & (ttls - 1)) != 0)
        return 0;
    return ttls == 1 << TTL_255 ? 255 : (uint16_t)(ttls << 5);
}

static void show(const hg_segment_host *host, hg_segments_shown *out)
{
    uint16_t *values = out->values;
    values[HG_SEGMENTS_TTL] = initial_ttl(host);
    values[HG_SEGMENTS_DF] = (host->flags & NO_DF) == 0;
    values[HG_SEGMENTS_ID] = behaviour_of(host);
    values[HG_SEGMENTS_LOW] = host->low <= host->high ? host->low : 0;
    values[HG_SEGMENTS_HIGH] = values[HG_SEGMENTS_WINDOW] = host->high;
    values[HG_SEGMENTS_TS] = (host->flags & HAS_TS) != 0;
    values[HG_SEGMENTS_HZ] = host->hz;
    values[HG_SEGMENTS_SEGMENTS] = host->segments;
    out->frequent = host->frequent;
}

static hg_silence silence_of(const hg_segment_host *host, const hg_segments_shown *shown)
{
    const uint32_t ttls = host->ttls & ONE_TTL_BITS;
    if ((ttls & (ttls - 1)) != 0)
        return HG_SILENCE_SEVERAL_TTLS;
    if ((host->ttls & TOO_FAR) != 0)
        return HG_SILENCE_FAR;
    if (ttls == 1 << TTL_255 || ttls == 1 << TTL_32)
        return ttls == 1 << TTL_32 ? HG_SILENCE_TTL_32 : HG_SILENCE_TTL_255;
    if (!shown->values[HG_SEGMENTS_DF])
        return HG_SILENCE_NO_DF;
    return host->segments < ENOUGH ? HG_SILENCE_TOO_FEW : HG_SILENCE_NO_RULE;
}

/* 1 when `now` is reported after `before`. That no rule fits is reported only after some time. */
static int is_news(const hg_database *database, const hg_segment_host *host, uint16_t now, uint16_t before)
{
    if (host->segments < ENOUGH)
        return 0;
    if (now >= SILENT)
        return before < SILENT && (before != 0 || now != SILENT + HG_SILENCE_NO_RULE || host->segments >= EACH);
    if (before == 0 || before >= SILENT)
        return 1;
    const hg_tables *t = &database->tables;
    return t->labels[t->segments[now - 1].label].alike != t->labels[t->segments[before - 1].label].alike;
}

static __attribute__((noinline)) int judge(const hg_database *database, hg_segment_host *host, hg_segments_shown *shown)
{
    *shown = (hg_segments_shown){.rule = HG_NO_SIGNATURE};
    show(host, shown);
    if (database != NULL)
        shown->rule = hg_database_match_segments(database, shown->values, shown->frequent);
    if (shown->rule == HG_NO_SIGNATURE)
        shown->silence = (uint8_t)silence_of(host, shown);
    const uint16_t now = (uint16_t)(shown->rule == HG_NO_SIGNATURE ? (uint32_t)SILENT + shown->silence : shown->rule + 1);
    host->answer = now;
    if (!is_news(database, host, now, host->told))
        return 0;
    host->told = now;
    return 1;
}

int hg_segments_take(hg_segments *s, const hg_database *database, const hg_packet *packet, const hg_frame *frame,
                     hg_segments_shown *shown)
{
    if (hg_is_handshake(packet) || hg_is_datagram(packet))
        return 0;
    if (packet->version != 4) {
        s->stats->segments_not_ipv4++;
        return 0;
    }
    hg_segment_host *host = host_of(s, packet);
    const int is_new = take_segment(host, packet, frame);
    const uint32_t count = host->segments;
    if (count > EACH && !is_new && (count & (count - 1)) != 0)
        return 0;
    return judge(database, host, shown);
}

/* ---- saved state -------------------------------------------------------------------------------- */

typedef struct state_header {
    uint64_t hash_key;
    hg_index capacity;
    hg_index next;
    hg_index hand;
    uint32_t zero;
} state_header;

size_t hg_segments_state_bytes(const hg_segments *s)
{
    return s->is_on ? sizeof(state_header) + (s->next - FIRST_HOST) * sizeof *s->hosts : 0;
}

void hg_segments_save(const hg_segments *s, uint8_t *out)
{
    if (!s->is_on)
        return;
    const state_header header = {.hash_key = s->hash_key, .capacity = s->capacity, .next = s->next, .hand = s->hand};
    memcpy(out, &header, sizeof header);
    memcpy(out + sizeof header, s->hosts + FIRST_HOST, (s->next - FIRST_HOST) * sizeof *s->hosts);
}

/* Whether a host is one that could have been saved; names of the database are checked by its number of rules. */
static int is_sound(const hg_segment_host *host, uint32_t rules)
{
    const uint16_t answers[] = {host->answer, host->told};
    for (int i = 0; i < 2; i++)
        if (answers[i] >= SILENT ? answers[i] - SILENT >= HG_SILENCES : answers[i] > rules)
            return 0;
    return host->next_flow < HG_SEGMENT_FLOWS && host->segments > 0;
}

hg_status hg_segments_load(hg_segments *s, const hg_database *database, const uint8_t *bytes, size_t length, size_t *used,
                           hg_error *error)
{
    state_header header;
    *used = 0;
    hg_segments_reset(s);
    if (!s->is_on)
        return HG_OK;
    if (length < sizeof header)
        return hg_fail(error, HG_E_ARGUMENT, "the saved state is cut");
    memcpy(&header, bytes, sizeof header);
    if (header.capacity != s->capacity || header.hash_key != s->hash_key)
        return hg_fail(error, HG_E_ARGUMENT, "the saved state is of tables of another size or hash key");
    if (header.next < FIRST_HOST || header.next - FIRST_HOST > s->capacity || header.hand < FIRST_HOST ||
        header.hand > header.next || (length - sizeof header) / sizeof *s->hosts < header.next - FIRST_HOST)
        return hg_fail(error, HG_E_ARGUMENT, "the saved state is damaged");
    const uint32_t rules = database == NULL ? 0 : database->tables.segments_count;
    memcpy(s->hosts + FIRST_HOST, bytes + sizeof header, (header.next - FIRST_HOST) * sizeof *s->hosts);
    for (hg_index i = FIRST_HOST; i < header.next; i++) {
        hg_index *head = head_of(s, s->hosts[i].address);
        if (!is_sound(s->hosts + i, rules))
            return hg_fail(error, HG_E_ARGUMENT, "the saved state is damaged");
        s->hosts[i].chain = *head;
        *head = i;
    }
    s->next = header.next;
    s->hand = header.hand < header.next ? header.hand : FIRST_HOST;
    *used = sizeof header + (header.next - FIRST_HOST) * sizeof *s->hosts;
    return HG_OK;
}
