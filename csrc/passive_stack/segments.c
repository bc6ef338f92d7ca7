/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "passive_stack/segments.h"

#include "base/memory.h"
#include "tcp/observe.h"

enum {
    MOST_HOSTS = 1 << 20,
    FIRST_HOST = 1,
    ENOUGH = 5,       /* least number of segments for a result */
    EARLY = 16,       /* up to this number of segments, new windows and IDs can change the result */
    SETTLED = 64, /* after this number, more segments add little: only the first 16 of each 64 are examined fully */
    SKIPPED = 48, /* if one of these bits of the segment number is set, only the IP header is examined */
    WRAP = 1 << 15, /* the value of the counter `segments` after its maximum */
    INITIAL_32 = 4, /* hg_guess_initial for an initial TTL of 32 */
    MOST_HOPS = 30,
    SMALL_STEP = 1024, /* largest normal step of IP IDs within a connection */
    LATE_STEP = 64, /* largest normal step backwards, when segments arrive late */
    MOST_COUNT = 250,
    MOST_EXAMINED = 16, /* hosts examined to find one to evict */
    SPARE = 8, /* records after the last one: for alignment, and for prefetching before an eviction */
    MOST_HZ = 5000
};

/* Times are counted in units of 2^20 ns, which need no division. */
enum { TIME_SHIFT = 20, SOON = 954 /* 1 s */, SURE = 8 * SOON, STALE = 120 * SOON };
static const uint64_t SECOND_NS = 1000000000;

enum hg_segment_ttl { TTL_32, TTL_64, TTL_128, TTL_255, TTLS };
/* Bits of hg_segment_host.seen; the lowest ones stand for initial TTLs. */
enum {
    ONE_TTL_BITS = (1 << TTLS) - 1,
    TOO_FAR = 16,
    NO_DF = 32,
    HAS_TS = 64,
    HAS_CLOCK = 128,
    IS_SURE = 256,
    IS_USED = 512
};

/* From SILENT on, hg_segment_host.reported is SILENT plus an hg_silence, the reason why no rule fits. */
enum { SILENT = 0xFF00, MOST_RULES = SILENT - 1 };
_Static_assert(HG_SEGMENT_VALUES == HG_SEGMENT_FEATURES, "a value for each feature");
_Static_assert(HG_SEGMENT_MOST_RULES <= MOST_RULES, "a rule has a number");

/* ---- creating and clearing ------------------------------------------------------------------------- */

hg_status hg_segments_init(hg_segments *s, const hg_config *config, hg_stats *stats, hg_error *error)
{
    *s = (hg_segments){.stats = stats, .hash_key = config->hash_key, .is_on = config->segments};
    if (!s->is_on)
        return HG_OK;
    s->capacity = config->max_hosts < MOST_HOSTS ? config->max_hosts : MOST_HOSTS;
    uint32_t heads = 16;
    while (heads < s->capacity)
        heads *= 2;
    s->mask = heads - 1;
    s->memory = hg_zeroed((size_t)FIRST_HOST + s->capacity + SPARE, sizeof *s->hosts);
    s->heads = hg_zeroed(heads, sizeof *s->heads);
    s->next = s->eviction_cursor = FIRST_HOST;
    if (s->memory != NULL && s->heads != NULL) {
        s->hosts = (hg_segment_host *)(((uintptr_t)s->memory / HG_CACHE_LINE + 1) * HG_CACHE_LINE);
        return HG_OK;
    }
    hg_segments_clear(s);
    return hg_fail(error, HG_E_MEMORY, "no memory for the segments of %u hosts", config->max_hosts);
}

void hg_segments_clear(hg_segments *s)
{
    hg_zeroed_free(s->memory);
    hg_zeroed_free(s->heads);
    *s = (hg_segments){0};
}

void hg_segments_reset(hg_segments *s)
{
    if (!s->is_on)
        return;
    memset(s->heads, 0, ((size_t)s->mask + 1) * sizeof *s->heads);
    s->next = s->eviction_cursor = FIRST_HOST;
}

void hg_segments_forget_names(hg_segments *s)
{
    for (hg_index i = FIRST_HOST; s->is_on && i < s->next; i++)
        s->hosts[i].reported = 0;
}

/* ---- hosts -------------------------------------------------------------------------------------- */

/* Removes a host from its hash chain. */
static void unchain(hg_segments *s, hg_index index)
{
    hg_index *at = s->heads + (s->hosts[index].hash & s->mask);
    while (*at != index)
        at = &s->hosts[*at].chain;
    *at = s->hosts[index].chain;
}

/* Finds an index for a new host. A host that sent further segments is spared once before it is evicted. */
static hg_index make_room(hg_segments *s)
{
    if (s->next < FIRST_HOST + s->capacity)
        return s->next++;
    for (uint32_t i = 0; i < MOST_EXAMINED && (s->hosts[s->eviction_cursor].seen & IS_USED) != 0; i++) {
        s->hosts[s->eviction_cursor].seen &= (uint16_t)~IS_USED;
        s->eviction_cursor = s->eviction_cursor + 1 < s->next ? s->eviction_cursor + 1 : FIRST_HOST;
    }
    const hg_index index = s->eviction_cursor;
    s->eviction_cursor = s->eviction_cursor + 1 < s->next ? s->eviction_cursor + 1 : FIRST_HOST;
    unchain(s, index);
    /* Prefetches memory of hosts that are likely to be evicted next. */
    hg_prefetch_line(s->heads + (s->hosts[s->eviction_cursor].hash & s->mask));
    hg_prefetch_line(s->hosts + s->eviction_cursor + SPARE / 2);
    s->stats->segment_hosts_evicted++;
    return index;
}

static __attribute__((noinline)) hg_segment_host *add_host(hg_segments *s, const hg_packet *packet, uint32_t address)
{
    const hg_index index = make_room(s);
    hg_index *head = s->heads + (packet->source_hash & s->mask);
    s->hosts[index] =
        (hg_segment_host){.address = address, .hash = packet->source_hash, .chain = *head, .low = UINT16_MAX};
    *head = index;
    s->stats->segment_hosts++;
    return s->hosts + index;
}

static inline hg_segment_host *host_of(hg_segments *s, const hg_packet *packet)
{
    uint32_t address;
    memcpy(&address, packet->source.word, sizeof address);
    hg_index index = s->heads[packet->source_hash & s->mask];
    while (index != 0 && (s->hosts[index].address != address || s->hosts[index].hash != packet->source_hash))
        index = s->hosts[index].chain;
    if (index == 0)
        return add_host(s, packet, address);
    s->hosts[index].seen |= IS_USED;
    return s->hosts + index;
}

/* ---- values of a segment ------------------------------------------------------------------------ */

/* Adds the values of an IP header. Returns whether a value is new, like other functions below. */
static inline int add_ip(hg_segment_host *host, const uint8_t *ip)
{
    const uint16_t latest = (uint16_t)(ip[8] << 8 | (ip[6] & 0x40) | 1);
    if (latest == host->latest_ip)
        return 0;
    host->latest_ip = latest;
    const uint32_t kind = hg_guess_initial(ip[8]) - INITIAL_32, is_far = hg_guess_distance(ip[8]) > MOST_HOPS;
    const uint32_t seen = host->seen | 1U << kind | is_far * TOO_FAR | (~ip[6] >> 1 & NO_DF);
    const int is_new = seen != host->seen;
    host->seen = (uint16_t)seen;
    return is_new;
}

/* A hash of a connection of the host; other connections rarely have the same. */
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

static inline void add_id(hg_segment_host *host, uint16_t id, uint16_t tag)
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

static inline int add_window(hg_segment_host *host, uint16_t window)
{
    if (window == host->frequent) { /* the window is known */
        host->votes = (uint16_t)(host->votes + (host->votes < UINT16_MAX));
        return 0;
    }
    int is_new = window < host->low || window > host->high;
    host->low = window < host->low ? window : host->low;
    host->high = window > host->high ? window : host->high;
    if (host->votes > 0) {
        host->votes--;
    } else {
        host->frequent = window;
        host->votes = 1;
        is_new = 1;
    }
    return is_new;
}

static void begin_clock(hg_segment_host *host, uint32_t ts, uint32_t time, uint16_t tag)
{
    host->seen |= HAS_CLOCK;
    host->clock_ts = ts;
    host->clock_time = time;
    host->clock_tag = tag;
}

/* Measures the rate of a connection's timestamps after one second, and again after eight. */
static inline int add_timestamp(hg_segment_host *host, uint32_t ts, int64_t time_ns, uint16_t tag)
{
    const uint32_t time = (uint32_t)((uint64_t)time_ns >> TIME_SHIFT);
    const uint32_t passed = time - host->clock_time;
    if ((host->seen & HAS_CLOCK) == 0 || (tag != host->clock_tag && passed > STALE && passed <= INT32_MAX)) {
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
    host->seen |= passed >= SURE ? IS_SURE : 0;
    host->hz = hz == 0 ? 1 : (uint16_t)hz;
    return 1;
}

/* Adds a segment. Returns whether the host's result may change. IDs and windows can change it only while there are few
 * segments. */
static inline int add_segment(hg_segment_host *host, const hg_packet *packet, const hg_frame *frame)
{
    int is_new = add_ip(host, packet->ip);
    host->segments = (uint16_t)(host->segments == UINT16_MAX ? WRAP : host->segments + 1);
    if ((packet->type & HG_RST) != 0 || (host->segments > SETTLED && (host->segments & SKIPPED) != 0))
        return is_new; /* RSTs have other windows and IDs than other segments */
    const uint16_t tag = tag_of(packet), window = hg_be16(packet->tcp + TCP_WINDOW_AT);
    add_id(host, hg_be16(packet->ip + 4), tag);
    int is_other = window != 0 && add_window(host, window);
    if (packet->options_length >= 10 && (host->seen & IS_SURE) == 0) {
        const uint32_t ts =
            hg_has_usual_timestamp(packet) ? hg_be32(hg_tcp_options(packet) + 4) : hg_own_timestamp(packet);
        if (ts != 0) {
            is_new |= (host->seen & HAS_TS) == 0;
            host->seen |= HAS_TS;
            is_new |= add_timestamp(host, ts, frame->time_ns, tag);
        }
    }
    if (host->segments > EARLY)
        return is_new;
    const uint8_t behaviour = (uint8_t)behaviour_of(host);
    is_other |= behaviour != host->id_behaviour;
    host->id_behaviour = behaviour;
    return is_new | is_other;
}

/* ---- rules of the database and their conditions ----------------------------------------------- */

/* Whether a condition lists the value. */
static int has(const hg_tables *t, const hg_db_segment_condition *condition, uint16_t value)
{
    const hg_db_segment_values *values = t->segment_values + condition->first_value;
    for (uint32_t i = 0; i < condition->value_count; i++)
        if (value >= values[i].first && value <= values[i].last &&
            (values[i].multiple == 1 || value % values[i].multiple == 0))
            return 1;
    return 0;
}

/* Whether a condition holds for a host's values; `frequent` is another value of the window feature. */
static int holds(const hg_tables *t, const hg_db_segment_condition *condition, const uint16_t values[HG_SEGMENT_VALUES],
                 uint16_t frequent)
{
    int is_met = has(t, condition, values[condition->feature]);
    if (condition->feature == HG_SEGMENTS_WINDOW)
        is_met |= has(t, condition, frequent);
    return is_met != condition->negated;
}

/* The first signature of [segments] all of whose conditions hold, or HG_NO_SIGNATURE. The feature window has a second
 * value: `frequent`, the most frequent window. */
static uint32_t match_segments(const hg_database *database, const uint16_t values[HG_SEGMENT_VALUES], uint16_t frequent)
{
    const hg_tables *t = &database->tables;
    for (uint32_t i = 0; i < t->segments_count; i++) {
        const hg_db_segment_condition *conditions = t->segment_conditions + t->segments[i].first_condition;
        uint32_t met = 0;
        while (met < t->segments[i].condition_count && holds(t, conditions + met, values, frequent))
            met++;
        if (met == t->segments[i].condition_count)
            return i;
    }
    return HG_NO_SIGNATURE;
}

/* ---- results ------------------------------------------------------------------------------------ */

/* The host's initial TTL; 0: it is not known. */
static uint16_t initial_ttl(const hg_segment_host *host)
{
    const uint32_t ttls = host->seen & ONE_TTL_BITS;
    if ((host->seen & TOO_FAR) != 0 || (ttls & (ttls - 1)) != 0)
        return 0;
    return ttls == 1 << TTL_255 ? 255 : (uint16_t)(ttls << 5);
}

/* Sets the host's values by feature; the window feature gets the highest window. */
static void get_values(const hg_segment_host *host, uint16_t values[HG_SEGMENT_VALUES])
{
    values[HG_SEGMENTS_TTL] = initial_ttl(host);
    values[HG_SEGMENTS_DF] = (host->seen & NO_DF) == 0;
    values[HG_SEGMENTS_ID] = behaviour_of(host);
    values[HG_SEGMENTS_LOW] = host->low <= host->high ? host->low : 0;
    values[HG_SEGMENTS_HIGH] = values[HG_SEGMENTS_WINDOW] = host->high;
    values[HG_SEGMENTS_TS] = (host->seen & HAS_TS) != 0;
    values[HG_SEGMENTS_HZ] = host->hz;
    values[HG_SEGMENTS_SEGMENTS] = host->segments;
}

/* The reason why no rule fits. */
static hg_silence silence_of(const hg_segment_host *host)
{
    const uint32_t ttls = host->seen & ONE_TTL_BITS;
    if ((ttls & (ttls - 1)) != 0)
        return HG_SILENCE_SEVERAL_TTLS;
    if ((host->seen & TOO_FAR) != 0)
        return HG_SILENCE_FAR;
    if (ttls == 1 << TTL_255 || ttls == 1 << TTL_32)
        return ttls == 1 << TTL_32 ? HG_SILENCE_TTL_32 : HG_SILENCE_TTL_255;
    if ((host->seen & NO_DF) != 0)
        return HG_SILENCE_NO_DF;
    return host->low > host->high ? HG_SILENCE_TOO_FEW : HG_SILENCE_NO_RULE; /* no windows, for example only RSTs */
}

/* 1 if the result `now` must be reported, given the host's last reported one. If there was none, the reasons NO_RULE
 * and TOO_FEW are reported only after EARLY segments. */
static int is_news(const hg_database *database, const hg_segment_host *host, uint16_t now)
{
    const uint16_t before = host->reported;
    const int is_final = now != SILENT + HG_SILENCE_NO_RULE && now != SILENT + HG_SILENCE_TOO_FEW;
    if (now >= SILENT)
        return before < SILENT && (before != 0 || is_final || host->segments >= EARLY);
    if (before == 0 || before >= SILENT)
        return 1;
    const hg_tables *t = &database->tables;
    return t->labels[t->segments[now - 1].label].alike != t->labels[t->segments[before - 1].label].alike;
}

/* Compares a host with the rules. 1: there is a new result. */
static __attribute__((noinline)) int judge(const hg_database *database, hg_segment_host *host,
                                           hg_segments_values *result)
{
    uint16_t values[HG_SEGMENT_VALUES];
    get_values(host, values);
    const uint32_t rule = database == NULL ? HG_NO_SIGNATURE : match_segments(database, values, host->frequent);
    const uint32_t silence = rule == HG_NO_SIGNATURE ? (uint32_t)silence_of(host) : 0;
    const uint16_t now = (uint16_t)(rule == HG_NO_SIGNATURE ? SILENT + silence : rule + 1);
    if (!is_news(database, host, now))
        return 0;
    host->reported = now;
    *result = (hg_segments_values){
        .segments_rule = rule,
        .silence = (uint8_t)silence,
        .segments_ittl = (uint8_t)values[HG_SEGMENTS_TTL],
        .segments_df = (uint8_t)values[HG_SEGMENTS_DF],
        .id_behaviour = (uint8_t)values[HG_SEGMENTS_ID],
        .low_window = values[HG_SEGMENTS_LOW],
        .high_window = values[HG_SEGMENTS_HIGH],
        .frequent_window = host->frequent,
        .segments_ts = (uint8_t)values[HG_SEGMENTS_TS],
        .segments_hz = values[HG_SEGMENTS_HZ],
        .segment_count = values[HG_SEGMENTS_SEGMENTS],
    };
    return 1;
}

int hg_segments_take(hg_segments *s, const hg_database *database, const hg_packet *packet, const hg_frame *frame,
                     hg_segments_values *result)
{
    if (hg_is_handshake(packet) || hg_is_datagram(packet))
        return 0;
    if (packet->version != 4) {
        s->stats->segments_not_ipv4++;
        return 0;
    }
    hg_segment_host *host = host_of(s, packet);
    const int is_new = add_segment(host, packet, frame);
    const uint32_t count = host->segments;
    if (count < ENOUGH || (!is_new && count != ENOUGH && (count & (count - 1)) != 0))
        return 0;
    return judge(database, host, result);
}

/* ---- saved state -------------------------------------------------------------------------------- */

typedef struct segments_header {
    uint64_t hash_key;
    hg_index capacity;
    hg_index next;
    uint64_t eviction_cursor;
} segments_header;

/* Whether a loaded host is valid. `rules` is the database's number of rules. */
static int is_sound(const hg_segment_host *host, uint32_t rules)
{
    const uint32_t reported = host->reported;
    if (reported >= SILENT ? reported - SILENT >= HG_SILENCES : reported > rules)
        return 0;
    return host->next_flow < HG_SEGMENT_FLOWS && host->segments > 0;
}

void hg_segments_transfer(hg_segments *s, const hg_database *database, hg_saved *saved)
{
    if (!s->is_on)
        return;
    if (saved->is_loading)
        hg_segments_reset(s);
    segments_header header = {s->hash_key, s->capacity, s->next, s->eviction_cursor};
    hg_transfer(saved, &header, sizeof header);
    hg_saved_check(saved, header.capacity == s->capacity && header.hash_key == s->hash_key, HG_SAVED_OTHER_TABLES);
    if (!hg_saved_check(saved,
                        header.next >= FIRST_HOST && header.next - FIRST_HOST <= s->capacity &&
                            header.eviction_cursor >= FIRST_HOST && header.eviction_cursor <= header.next,
                        HG_SAVED_DAMAGED))
        return;
    const uint32_t rules = database == NULL ? 0 : database->tables.segments_count;
    hg_transfer(saved, s->hosts + FIRST_HOST, (header.next - FIRST_HOST) * sizeof *s->hosts);
    for (hg_index i = FIRST_HOST; saved->is_loading && i < header.next; i++) {
        hg_index *head = s->heads + (s->hosts[i].hash & s->mask);
        if (!hg_saved_check(saved, is_sound(s->hosts + i, rules), HG_SAVED_DAMAGED))
            return;
        s->hosts[i].chain = *head;
        *head = i;
    }
    s->next = header.next;
    s->eviction_cursor = header.eviction_cursor < header.next ? (hg_index)header.eviction_cursor : FIRST_HOST;
}
