/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * matcher.c - observes handshake packets and matches them with signatures.
 *
 * Real traffic repeats itself, so matches are kept in a small cache. Its key is the unparsed content of headers and
 * options: after a hit only the timestamp must be read. If traffic does not repeat itself, the cache only costs time.
 * So its hits are counted, and with few hits it is switched off for a while. An attacker therefore gains nothing by
 * sending packets that never repeat.
 *
 * Up to 32 packets go through each step before the next step begins. Every step waits for memory, and the processor can
 * overlap these waits only if the accesses are close together:
 *
 *     make keys ─▶ ask the cache ─┬─ hit ────────────────────────────────────────────────────▶ answer
 *                                 └─▶ find templates, read options ─▶ observe ─▶ look up, cache ─▶ answer
 */
#include "tcp/matcher.h"

#include "base/error.h"
#include "base/prefetch.h"
#include "tcp/erased.h"

#include <stdlib.h>

/* ---- templates ----------------------------------------------------------------------------------------
 *
 * With varying layouts, the parser of single bytes mispredicts five branches per packet, a template only one (measured
 * with cachegrind, SYNs of all p0f signatures in random order).
 */

/* The one template that the packet's options may fit, or NULL. Each step examines a byte in which the templates of this
 * length differ. All packets take the same number of steps, so no branch is mispredicted. */
static const hg_db_template *find_template(const hg_tables *t, const hg_packet *packet)
{
    if (packet->options_length > HG_TEMPLATE_BYTES)
        return NULL;
    const uint8_t *window = hg_template_window(packet);
    uint32_t next = t->template_roots[packet->options_length / 4].step;
    for (uint32_t step = 0; step < HG_TEMPLATE_STEPS; step++) {
        uint32_t byte = window[next % HG_TEMPLATE_BYTES];
        next = t->template_nodes[next / HG_TEMPLATE_BYTES].steps[byte % HG_TEMPLATE_BRANCHES];
    }
    uint32_t number = t->template_ends[next / HG_TEMPLATE_BYTES].template_number;
    return number == HG_NO_INDEX ? NULL : t->templates + number;
}

/* Masks out the values of absent options, without branches, which would be mispredicted in random traffic. */
static void read_values(const hg_db_template *template, const uint8_t *window, uint32_t pure_syn, hg_observation *o)
{
    uint32_t peer_ts = hg_be32(window + template->ts_at + 4);
    o->mss = (uint16_t)(hg_be16(window + template->mss_at) & template->mss_mask);
    o->wscale = (uint8_t)(window[template->wscale_at] & template->wscale_mask);
    o->ts1 = hg_be32(window + template->ts_at) & template->ts_mask;
    o->quirks |= (o->wscale > HG_HIGHEST_USUAL_WSCALE ? HG_QUIRK_EXWS : 0u) |
                 ((o->ts1 == 0 ? HG_QUIRK_TS1_MINUS : 0u) & template->ts_mask) |
                 (((pure_syn & (peer_ts != 0)) != 0 ? HG_QUIRK_TS2_PLUS : 0u) & template->ts_mask);
}

/* If the packet's options fit the template, fills the same members as hg_observe_options, except the option layout,
 * which is the template's, and returns 1. Otherwise returns 0 and changes nothing. */
static int read_template(const hg_db_template *template, const hg_packet *packet, hg_observation *o)
{
    const uint8_t *at = hg_template_window(packet);
    uint64_t differing = 0, pad = 0;
    for (int i = 0; i < (int)HG_TEMPLATE_WORDS; i++) {
        const uint64_t word = hg_le64(at + 8 * i);
        differing |= (word ^ template->value[i]) & template->mask[i];
        pad |= word & template->pad[i];
    }
    if (differing != 0)
        return 0;
    o->quirks |= pad != 0 ? HG_QUIRK_OPT_PLUS : 0u;
    read_values(template, at, packet->type == HG_SYN, o);
    return 1;
}

/* ---- the memo, a cache of matches ---------------------------------------------------------------------- */

/* 2,048 sets of two answers: 16 kB of tags and 655 kB of entries, whose frequently used part stays in the L2 cache. */
enum { MEMO_SETS = 2048, WAYS = 2 };
/* After JUDGED_EVERY lookups with fewer than LEAST_HITS hits, REST handshakes bypass the cache. */
enum { JUDGED_EVERY = 4096, LEAST_HITS = JUDGED_EVERY / 2, REST = 16 * JUDGED_EVERY };

/* 256 kB of entries. Smaller tables stay in the L2 cache, so prefetching them does not help. */
enum { LARGE_TABLE_ENTRIES = 16384 };

/* A matched handshake. Other packets get the same answer if their headers are equal and their option windows
 * (hg_template_window) are equal under a mask. The mask leaves out the bytes before the options, and the timestamp: its
 * value does not matter unless it is 0. */
struct hg_memo_entry {
    uint64_t headers; /* 0: empty */
    uint64_t value[HG_TEMPLATE_WORDS];
    uint64_t mask[HG_TEMPLATE_WORDS];
    uint32_t ts_mask; /* 0: no timestamp option */
    uint8_t ts_at;    /* offset in the window */
    uint8_t ts_set;   /* 1: the timestamp is not 0 */
    hg_handshake answer;
};

/* Sets of two ways (places for entries) instead of chains: a lookup reads one set, which is prefetched, and a new entry
 * replaces the less recently used one of its set without a search. */
struct hg_memo {
    uint32_t tags[MEMO_SETS][WAYS];
    uint8_t latest[MEMO_SETS]; /* the way used last; the other one is evicted */
    hg_memo_entry entries[MEMO_SETS * WAYS];
};

hg_status hg_matcher_init(hg_matcher *matcher, const hg_database *database, uint64_t hash_key, hg_error *error)
{
    *matcher = (hg_matcher){.database = database, .hash_key = hash_key};
    matcher->large = database != NULL && database->tables.entries_count > LARGE_TABLE_ENTRIES;
    matcher->memo = calloc(1, sizeof *matcher->memo);
    return matcher->memo != NULL ? HG_OK : hg_fail(error, HG_E_MEMORY, "no memory for a matcher");
}

void hg_matcher_clear(hg_matcher *matcher)
{
    free(matcher->memo);
    matcher->memo = NULL;
}

/* All header values that hg_observe_headers uses, except rare ones (is_usual). Bytes are in wire order, since they are
 * only compared. The packet is not a fragment, so the byte with the fragment flags has a free bit, which says whether
 * the IPv4 ID is other than 0. The key is 0 with IPv6 extension headers, because it has no room for their length.
 * Otherwise it is never 0, because it contains the IP version. */
static inline uint64_t header_key(const hg_packet *packet)
{
    const uint8_t *ip = packet->ip;
    uint32_t first, ttl, flags;
    if (packet->version == 4) {
        first = hg_le16(ip); /* version, header length, type of service */
        ttl = ip[IPV4_TTL_AT];
        flags = ip[IPV4_FRAGMENT_AT] | (uint32_t)(hg_le16(ip + IPV4_ID_AT) != 0);
    } else {
        if (packet->header_bytes != HG_IPV6_HEADER + HG_TCP_HEADER + packet->options_length)
            return 0;
        first = hg_le16(ip + IPV6_WORD_AT) & 0xF0FF; /* version, traffic class */
        ttl = ip[IPV6_HOPS_AT];
        flags = (hg_be32(ip + IPV6_WORD_AT) & IPV6_FLOW_LABEL) != 0;
    }
    return (uint64_t)hg_le32(packet->tcp + TCP_OFFSET_AT) << 32 | first << 16 | ttl << 8 | flags;
}

/* 1 for packets without data, urgent pointer or unusual sequence numbers. Only these are cached. */
static inline int is_usual(const hg_packet *packet)
{
    uint32_t expected_ack = packet->type >> 4; /* the ACK flag */
    return (packet->payload | (uint32_t)hg_le16(packet->tcp + TCP_URGENT_AT) | (uint32_t)(packet->seq == 0) |
            ((uint32_t)(hg_le32(packet->tcp + TCP_ACK_AT) != 0) ^ expected_ack)) == 0;
}

/* Hashes only the first eight bytes of the options, because timestamps mostly begin after them. */
static inline uint64_t memo_hash(uint64_t hash_key, uint64_t headers, const hg_packet *packet)
{
    uint64_t options = packet->options_length < 8 ? 0 : hg_le64(hg_tcp_options(packet));
    uint64_t hash = ((headers ^ hash_key) * HG_HASH_MULTIPLIER) ^ options;
    hash = (hash ^ hash >> 32) * HG_HASH_MULTIPLIER;
    return hash ^ hash >> 32;
}

static inline uint32_t set_of(uint64_t hash)
{
    return (uint32_t)hash & (MEMO_SETS - 1);
}

/* The part of the hash that selects a way of a set. */
static inline uint32_t tag_of(uint64_t hash)
{
    return (uint32_t)(hash >> 32);
}

/* The hops from the signature's initial TTL if that is plausible, else guessed from the TTL alone. */
static int distance_of(const hg_database *database, const hg_observation *o, hg_match match)
{
    if (match.signature == HG_NO_SIGNATURE)
        return hg_guess_distance(o->ttl);
    const hg_db_signature *signature = database->tables.signatures + match.signature;
    int distance = signature->ittl - o->ttl;
    int within = (signature->flags & HG_SIGNATURE_UNRELIABLE_TTL) != 0 || distance <= HG_MAX_DISTANCE;
    return match.fuzzy && (distance < 0 || !within) ? hg_guess_distance(o->ttl) : distance;
}

/* Sets the members that depend on the match. */
static void complete(const hg_database *database, hg_handshake *handshake)
{
    const hg_observation *o = &handshake->observation;
    if (handshake->match.signature == HG_NO_SIGNATURE && database != NULL)
        handshake->match = hg_match_erased(&database->tables, o);
    uint32_t number = handshake->match.signature;
    handshake->userland =
        number != HG_NO_SIGNATURE && (database->tables.signatures[number].flags & HG_SIGNATURE_USERLAND) != 0;
    handshake->distance = distance_of(database, o, handshake->match);
}

/* Adds the headers and all that follows from them; the observation already has the options and their quirks. */
static void observe(const hg_matcher *matcher, const hg_packet *packet, hg_handshake *handshake)
{
    hg_observation *o = &handshake->observation;
    uint32_t option_quirks = o->quirks;
    hg_observe_headers(packet, o);
    o->quirks |= option_quirks;
    hg_observe_multiple(o);
    handshake->ittl = (uint8_t)(o->ttl + hg_guess_distance(o->ttl));
    handshake->mtu = hg_mtu(o);
    handshake->link =
        matcher->database == NULL ? HG_NO_SIGNATURE : hg_table_link(&matcher->database->tables, handshake->mtu);
}

/* ---- the steps -------------------------------------------------------------------------- */

static inline void read_options(const hg_database *database, hg_pending *pending)
{
    hg_observation *o = &pending->handshake->observation;
    o->quirks = 0;
    if (pending->template != NULL && read_template(pending->template, pending->packet, o)) {
        pending->layout = pending->template->layout;
        return;
    }
    pending->template = NULL;
    hg_observe_options(pending->packet, o);
    pending->layout = database == NULL ? HG_NO_INDEX : hg_table_layout(&database->tables, o);
}

/* Whether to use the cache now. */
static int memo_is_on(hg_matcher *matcher, uint32_t count)
{
    if (matcher->rest > 0) {
        matcher->rest -= count < matcher->rest ? count : matcher->rest;
        return 0;
    }
    if (matcher->lookups >= JUDGED_EVERY) {
        matcher->rest = matcher->hits < LEAST_HITS ? REST : 0;
        matcher->lookups = 0;
        matcher->hits = 0;
    }
    return 1;
}

static inline void make_key(hg_matcher *matcher, hg_pending *pending)
{
    const hg_packet *packet = pending->packet;
    pending->headers = is_usual(packet) ? header_key(packet) : 0;
    pending->hash = memo_hash(matcher->hash_key, pending->headers, packet);
    const uint32_t set = set_of(pending->hash);
    pending->way = matcher->memo->tags[set][1] == tag_of(pending->hash); /* no branch: it would be mispredicted */
    pending->entry = matcher->memo->entries + set * WAYS + pending->way;
    for (size_t at = 0; at < sizeof(hg_memo_entry); at += HG_CACHE_LINE)
        hg_prefetch_line((const uint8_t *)pending->entry + at);
}

static inline int recall(hg_matcher *matcher, const hg_pending *pending)
{
    if (pending->headers == 0)
        return 0;
    const hg_memo_entry *entry = pending->entry;
    const uint8_t *window = hg_template_window(pending->packet);
    uint32_t ts1 = hg_be32(window + entry->ts_at) & entry->ts_mask;
    uint64_t differing = (entry->headers ^ pending->headers) | (uint64_t)((ts1 != 0) ^ entry->ts_set);
    for (int i = 0; i < (int)HG_TEMPLATE_WORDS; i++)
        differing |= (hg_le64(window + 8 * i) ^ entry->value[i]) & entry->mask[i];
    matcher->lookups++;
    if (differing != 0)
        return 0;
    matcher->hits++;
    matcher->memo->latest[set_of(pending->hash)] = pending->way;
    *pending->handshake = entry->answer;
    pending->handshake->observation.ts1 = ts1;
    return 1;
}

/* Caches an answer. In a SYN the peer's timestamp stays part of the key, because a quirk depends on it. */
static inline void remember(hg_matcher *matcher, const hg_pending *pending)
{
    const hg_db_template *template = pending->template;
    const uint8_t *window = hg_template_window(pending->packet);
    const uint32_t set = set_of(pending->hash), way = matcher->memo->latest[set] ^= 1;
    matcher->memo->tags[set][way] = tag_of(pending->hash);
    hg_memo_entry *entry = matcher->memo->entries + set * WAYS + way;
    *entry = (hg_memo_entry){
        .headers = pending->headers,
        .ts_mask = template->ts_mask,
        .ts_at = template->ts_at,
        .ts_set = pending->handshake->observation.ts1 != 0,
        .answer = *pending->handshake,
    };
    uint8_t mask[HG_TEMPLATE_BYTES] = {0};
    const uint32_t options = pending->packet->options_length;
    memset(mask + HG_TEMPLATE_BYTES - options, 0xFF, options);
    if (template->ts_mask != 0)
        memset(mask + template->ts_at, 0, pending->packet->type == HG_SYN ? 4 : 8);
    for (int i = 0; i < (int)HG_TEMPLATE_WORDS; i++) {
        entry->mask[i] = hg_le64(mask + 8 * i);
        entry->value[i] = hg_le64(window + 8 * i);
    }
}

/* Answers the handshakes that are cached, and moves the others to the front. Returns the number of others. */
static inline uint32_t ask_memo(hg_matcher *matcher, uint32_t count)
{
    hg_pending *pending = matcher->pending;
    uint32_t left = 0;
    for (uint32_t i = 0; i < count; i++)
        make_key(matcher, pending + i);
    for (uint32_t i = 0; i < count; i++)
        if (!recall(matcher, pending + i))
            pending[left++] = pending[i];
    return left;
}

/* Marks all handshakes, so that none is cached. */
static inline uint32_t pass_memo(hg_matcher *matcher, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        matcher->pending[i].headers = 0;
    return count;
}

static void look_up(const hg_database *database, uint32_t layout, hg_handshake *handshake)
{
    handshake->match = database == NULL ? (hg_match){.signature = HG_NO_SIGNATURE, .fuzzy = 0}
                                        : hg_table_match(&database->tables, layout, &handshake->observation);
}

/* Looks up many handshakes at once, so that their waits for memory overlap. */
static void look_up_together(hg_matcher *matcher, uint32_t count)
{
    const hg_tables *tables = &matcher->database->tables;
    hg_pending *first = matcher->pending, *end = first + count;
    hg_plan *plan = matcher->plans;
    for (hg_pending *p = first; p < end; p++)
        hg_table_prefetch(tables, p->layout, &p->handshake->observation);
    for (hg_pending *p = first; p < end; p++, plan++)
        hg_table_plan(tables, p->layout, &p->handshake->observation, plan);
    plan = matcher->plans;
    for (hg_pending *p = first; p < end; p++, plan++) {
        p->handshake->match = hg_table_follow(tables, plan, &p->handshake->observation);
        if (p->handshake->match.signature != HG_NO_SIGNATURE)
            hg_prefetch_line(tables->signatures + p->handshake->match.signature);
    }
}

/* Answers the first `count` pending handshakes. */
static void answer(hg_matcher *matcher, uint32_t count)
{
    const hg_database *database = matcher->database;
    for (hg_pending *p = matcher->pending; p < matcher->pending + count; p++)
        p->template = database == NULL ? NULL : find_template(&database->tables, p->packet);
    for (hg_pending *p = matcher->pending; p < matcher->pending + count; p++)
        read_options(database, p);
    for (hg_pending *p = matcher->pending; p < matcher->pending + count; p++) {
        if (p->layout != HG_NO_INDEX) /* read_template leaves it unset */
            hg_set_olayout(&p->handshake->observation, (const uint8_t *)(database->tables.layouts + p->layout));
        observe(matcher, p->packet, p->handshake);
        if (!matcher->large)
            look_up(database, p->layout, p->handshake);
    }
    if (matcher->large)
        look_up_together(matcher, count);
    for (hg_pending *p = matcher->pending; p < matcher->pending + count; p++) {
        complete(database, p->handshake);
        if (p->headers != 0 && p->template != NULL)
            remember(matcher, p);
    }
}

void hg_matcher_settle(hg_matcher *matcher)
{
    const uint32_t count = matcher->pending_count;
    matcher->pending_count = 0;
    answer(matcher, memo_is_on(matcher, count) ? ask_memo(matcher, count) : pass_memo(matcher, count));
}

void hg_matcher_learn_peer(const hg_database *database, hg_handshake *handshake, uint16_t peer_mss)
{
    hg_observation *o = &handshake->observation;
    if (!hg_observe_peer(o, peer_mss) || database == NULL)
        return;
    look_up(database, hg_table_layout(&database->tables, o), handshake);
    complete(database, handshake);
}
