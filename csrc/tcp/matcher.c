/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * matcher.c - observes and names handshake packets.
 *
 * Real traffic repeats itself, so handshakes are kept in a small memo whose key is what the
 * headers hold, not yet taken apart: a hit saves the header fields, the window's multiple and the
 * walk of the table. Where traffic does not repeat itself the memo only costs, so it is judged
 * by its hits and rests when they are few; an attacker gains nothing by sending what is never
 * seen twice.
 *
 * Some 32 packets go through each step before the next one begins. Every step waits for what it
 * looked up, and the processor lets such waits overlap only where they stand close together:
 *
 *     find templates ─▶ read options, make keys ─▶ ask the memo ─┬─ hit ──────────────────▶ answer
 *                                                               └─▶ observe ─▶ look up ──▶ answer
 */
#include "tcp/matcher.h"

#include <stdlib.h>

#include "base/bytes.h"
#include "base/error.h"
#include "packet/ip.h"
#include "packet/tcp.h"
#include "tcp/erased.h"
#include "tcp/template.h"

/* 2,048 lines of two answers: what is hot of these 400 kB stays in the L2 cache. */
enum { MEMO_LINES = 2048, WAYS = 2 };
enum { JUDGED_EVERY = 4096, LEAST_HITS = JUDGED_EVERY / 2, REST = 16 * JUDGED_EVERY };

/* 256 kB of entries. Smaller tables come from the L2 cache before anything could be asked for. */
enum { LARGE_TABLE_ENTRIES = 16384 };

struct hg_memo_line {
    hg_memo_key key[WAYS];
    uint32_t latest; /* the way used last; the other one makes room */
    hg_handshake answer[WAYS];
};

hg_status hg_matcher_init(hg_matcher *matcher, const hg_database *database, uint64_t hash_key, hg_error *error)
{
    *matcher = (hg_matcher){.database = database, .hash_key = hash_key};
    matcher->large = database != NULL && database->tables.entries_count > LARGE_TABLE_ENTRIES;
    matcher->memo = calloc(MEMO_LINES, sizeof *matcher->memo);
    return matcher->memo != NULL ? HG_OK : hg_fail(error, HG_E_MEMORY, "no memory for a matcher");
}

void hg_matcher_clear(hg_matcher *matcher)
{
    free(matcher->memo);
    matcher->memo = NULL;
}

/* All that hg_observe_headers looks at, but for what hardly any packet has: see is_usual. Fragments
 * do not come here, so the byte of the flags holds nothing else, and leaves room for a bit. */
static inline uint64_t header_key(const hg_packet *packet)
{
    const uint8_t *ip = packet->ip;
    uint32_t first, ttl, flags;
    if (packet->version == 4) {
        first = hg_be16(ip + IP_VERSION_AT); /* version, header length, type of service */
        ttl = ip[IPV4_TTL_AT];
        flags = ip[IPV4_FRAGMENT_AT] | (uint32_t)(hg_be16(ip + IPV4_ID_AT) != 0);
    } else {
        uint32_t word = hg_be32(ip + IPV6_WORD_AT);
        first = word >> 16 & 0xFFF0; /* version, traffic class */
        ttl = ip[IPV6_HOPS_AT];
        flags = (word & IPV6_FLOW_LABEL) != 0;
    }
    return (uint64_t)hg_be32(packet->tcp + TCP_OFFSET_AT) << 32 | first << 16 | ttl << 8 | flags;
}

/* 1 for packets without data, urgent pointer, or odd numbers. Only these have a key. */
static inline int is_usual(const hg_packet *packet)
{
    uint32_t expected_ack = packet->type >> 4; /* the flag */
    return (packet->payload | (uint32_t)hg_be16(packet->tcp + TCP_URGENT_AT) | (uint32_t)(packet->seq == 0) |
            ((uint32_t)(hg_be32(packet->tcp + TCP_ACK_AT) != 0) ^ expected_ack)) == 0;
}

enum {
    OPTION_QUIRKS_SHIFT = 12,
    KEY_LAYOUT_SHIFT = 46,
    KEY_LAYOUTS = 1 << (64 - KEY_LAYOUT_SHIFT) /* the first layouts; the rest does without a memo */
};
_Static_assert(HG_QUIRK_TS1_MINUS == 1 << OPTION_QUIRKS_SHIFT && HG_QUIRK_BAD == HG_QUIRK_TS1_MINUS << 4,
               "quirks of options are the last five");

/* All that the options say, and the length of the headers, which extension headers add to. Of the
 * timestamp it is whether there is one: the quirk does not tell where a layout repeats the option. */
static inline uint64_t option_key(const hg_packet *packet, const hg_observation *o, uint32_t layout)
{
    return (uint64_t)o->mss | (uint64_t)packet->header_bytes << 16 | (uint64_t)o->wscale << 32 |
           (uint64_t)(o->quirks >> OPTION_QUIRKS_SHIFT) << 40 | (uint64_t)(o->ts1 != 0) << 45 |
           (uint64_t)layout << KEY_LAYOUT_SHIFT;
}

static inline uint32_t line_of(const hg_matcher *matcher, hg_memo_key key)
{
    uint64_t hash = ((key.headers ^ matcher->hash_key) * HG_HASH_MULTIPLIER) ^ key.options;
    hash = (hash ^ hash >> 32) * HG_HASH_MULTIPLIER;
    return (uint32_t)(hash >> 40) & (MEMO_LINES - 1);
}

static inline uint32_t same_key(hg_memo_key a, hg_memo_key b)
{
    return ((a.headers ^ b.headers) | (a.options ^ b.options)) == 0;
}

/* Hops by the signature's initial TTL where it can be believed, else by the TTL alone. */
static int distance_of(const hg_database *database, const hg_observation *o, hg_match match)
{
    if (match.signature == HG_NO_SIGNATURE)
        return hg_guess_distance(o->ttl);
    const hg_db_signature *signature = database->tables.signatures + match.signature;
    int distance = signature->ittl - o->ttl;
    int within = (signature->flags & HG_SIGNATURE_UNRELIABLE_TTL) != 0 || distance <= HG_MAX_DISTANCE;
    return match.fuzzy && (distance < 0 || !within) ? hg_guess_distance(o->ttl) : distance;
}

/* Everything that follows from the match. */
static void complete(const hg_database *database, hg_handshake *handshake)
{
    const hg_observation *o = &handshake->observation;
    if (handshake->match.signature == HG_NO_SIGNATURE && o->option_count >= HG_ERASED_NOPS && database != NULL)
        handshake->match = hg_match_erased(&database->tables, o);
    uint32_t number = handshake->match.signature;
    handshake->userland = number != HG_NO_SIGNATURE &&
                          (database->tables.signatures[number].flags & HG_SIGNATURE_USERLAND) != 0;
    handshake->distance = distance_of(database, o, handshake->match);
}

/* The observation holds what the options say, quirks included; the rest is added here. */
static void observe(const hg_matcher *matcher, const hg_packet *packet, hg_handshake *handshake)
{
    hg_observation *o = &handshake->observation;
    uint32_t option_quirks = o->quirks;
    hg_observe_headers(packet, o);
    o->quirks |= option_quirks;
    hg_observe_multiple(o);
    handshake->link = matcher->database == NULL ? HG_NO_SIGNATURE
                                                : hg_table_link(&matcher->database->tables, hg_mtu(o));
}

/* ---- the steps -------------------------------------------------------------------------- */

static inline void find_templates(const hg_database *database, hg_pending *pending, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        pending[i].template = database == NULL ? NULL : hg_template_find(&database->tables, pending[i].packet);
}

static inline void read_options(const hg_database *database, hg_pending *pending)
{
    hg_observation *o = &pending->handshake->observation;
    o->quirks = 0;
    if (pending->template != NULL && hg_template_read(pending->template, pending->packet, o)) {
        pending->layout = pending->template->layout;
        return;
    }
    hg_observe_options(pending->packet, o);
    pending->layout = database == NULL ? HG_NO_INDEX : hg_table_layout(&database->tables, o);
}

static inline void make_key(const hg_matcher *matcher, hg_pending *pending)
{
    const hg_packet *packet = pending->packet;
    if (pending->layout >= KEY_LAYOUTS || !is_usual(packet))
        return;
    pending->key.headers = header_key(packet); /* not 0: the IP version is in it */
    pending->key.options = option_key(packet, &pending->handshake->observation, pending->layout);
    pending->line = line_of(matcher, pending->key);
}

/* Whether the memo is worth asking just now. */
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

/* Which way it is cannot be foreseen, only that it is one of them: so there is one branch. */
static inline int recall(hg_matcher *matcher, const hg_pending *pending)
{
    hg_memo_line *line = matcher->memo + pending->line;
    matcher->lookups++;
    uint32_t first = same_key(line->key[0], pending->key), second = same_key(line->key[1], pending->key);
    if ((first | second) == 0)
        return 0;
    uint32_t ts1 = pending->handshake->observation.ts1;
    matcher->hits++;
    line->latest = second;
    *pending->handshake = line->answer[second];
    pending->handshake->observation.ts1 = ts1;
    return 1;
}

static inline void remember(hg_matcher *matcher, const hg_pending *pending)
{
    hg_memo_line *line = matcher->memo + pending->line;
    line->latest ^= 1;
    line->key[line->latest] = pending->key;
    line->answer[line->latest] = *pending->handshake;
}

/* Answers what the memo knows; the rest is moved to the front. Returns how many those are. */
static inline uint32_t ask_memo(hg_matcher *matcher, uint32_t count)
{
    hg_pending *pending = matcher->pending;
    uint32_t left = 0;
    for (uint32_t i = 0; i < count; i++)
        if (pending[i].key.headers == 0 || !recall(matcher, pending + i))
            pending[left++] = pending[i];
    return left;
}

static void look_up(const hg_database *database, uint32_t layout, hg_handshake *handshake)
{
    handshake->match = database == NULL ? (hg_match){.signature = HG_NO_SIGNATURE, .fuzzy = 0}
                                        : hg_table_match(&database->tables, layout, &handshake->observation);
}

/* The same for many, whose waits for memory overlap. */
static void look_up_together(hg_matcher *matcher, uint32_t count)
{
    const hg_tables *tables = &matcher->database->tables;
    hg_pending *first = matcher->pending, *end = first + count;
    hg_plan *plan = matcher->plans;
    for (hg_pending *p = first; p < end; p++)
        hg_table_expect(tables, p->layout, &p->handshake->observation);
    for (hg_pending *p = first; p < end; p++, plan++)
        hg_table_plan(tables, p->layout, &p->handshake->observation, plan);
    plan = matcher->plans;
    for (hg_pending *p = first; p < end; p++, plan++) {
        p->handshake->match = hg_table_follow(tables, plan, &p->handshake->observation);
        if (p->handshake->match.signature != HG_NO_SIGNATURE)
            __builtin_prefetch(tables->signatures + p->handshake->match.signature);
    }
}

/* The first `count` of the pending handshakes, of which only the options are known. */
static void answer(hg_matcher *matcher, uint32_t count)
{
    const hg_database *database = matcher->database;
    for (hg_pending *p = matcher->pending; p < matcher->pending + count; p++) {
        if (p->layout != HG_NO_INDEX) /* the byte parser has done so already, a template has not */
            hg_set_olayout(&p->handshake->observation, (const uint8_t *)(database->tables.layouts + p->layout));
        observe(matcher, p->packet, p->handshake);
        if (!matcher->large)
            look_up(database, p->layout, p->handshake);
    }
    if (matcher->large)
        look_up_together(matcher, count);
    for (hg_pending *p = matcher->pending; p < matcher->pending + count; p++) {
        complete(database, p->handshake);
        if (p->key.headers != 0)
            remember(matcher, p);
    }
}

void hg_matcher_settle(hg_matcher *matcher)
{
    const uint32_t count = matcher->pending_count;
    matcher->pending_count = 0;
    find_templates(matcher->database, matcher->pending, count);
    const int asked = memo_is_on(matcher, count);
    for (hg_pending *p = matcher->pending; p < matcher->pending + count; p++) {
        read_options(matcher->database, p);
        p->key.headers = 0;
        if (asked)
            make_key(matcher, p);
    }
    answer(matcher, asked ? ask_memo(matcher, count) : count);
}

void hg_matcher_learn_peer(const hg_database *database, hg_handshake *handshake, uint16_t peer_mss)
{
    hg_observation *o = &handshake->observation;
    if (!hg_observe_peer(o, peer_mss) || database == NULL)
        return;
    look_up(database, hg_table_layout(&database->tables, o), handshake);
    complete(database, handshake);
}
