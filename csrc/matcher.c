/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * matcher.c - observes and names handshake packets.
 *
 * Real traffic repeats itself, so handshakes are kept in a small memo whose key is what the
 * headers hold, not yet taken apart: a hit saves the header fields, the window's multiple and the
 * walk of the table. Where traffic does not repeat itself the memo only costs, so it is judged
 * by its hits and rests when they are few; an attacker gains nothing by sending what is never
 * seen twice.
 */
#include "matcher.h"

#include <stdlib.h>

#include "bytes.h"
#include "error.h"
#include "template.h"

/* 2,048 lines of two answers: what is hot of these 400 kB stays in the L2 cache. */
enum { MEMO_LINES = 2048, WAYS = 2 };
enum { JUDGED_EVERY = 4096, LEAST_HITS = JUDGED_EVERY / 2, REST = 16 * JUDGED_EVERY };

/* 256 kB of entries. Smaller tables come from the L2 cache before anything could be asked for. */
enum { LARGE_TABLE_ENTRIES = 16384 };

typedef struct memo_key {
    uint64_t headers; /* never 0 in use: the IP version is in it */
    uint64_t options;
} memo_key;

typedef struct memo_answer {
    memo_key key;
    hg_handshake handshake;
} memo_answer;

struct hg_memo_line {
    memo_answer way[WAYS];
    uint8_t latest; /* the way used last; the other one makes room */
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

/* All that hg_observe_headers looks at, but for what hardly any packet has: see is_usual. */
static inline uint64_t header_key(const hg_packet *packet)
{
    const uint8_t *ip = packet->ip;
    uint32_t first, ttl, flags;
    if (packet->version == 4) {
        uint32_t id_and_fragment = hg_be32(ip + 4);
        first = (uint32_t)hg_be16(ip) << 16; /* version, header length, type of service */
        ttl = ip[8];
        flags = (id_and_fragment >> 13 & 7u) | (uint32_t)(id_and_fragment >> 16 != 0) << 3;
    } else {
        uint32_t word = hg_be32(ip);
        first = word & 0xFFF00000u; /* version, traffic class */
        ttl = ip[7];
        flags = (word & 0x000FFFFFu) != 0;
    }
    return (uint64_t)hg_be32(packet->tcp + 12) << 32 | first | ttl << 8 | flags;
}

/* 1 for packets without data, urgent pointer, or odd numbers. Only these have a key. */
static inline int is_usual(const hg_packet *packet)
{
    uint32_t expected_ack = packet->type >> 4; /* the flag */
    return (packet->payload | (uint32_t)hg_be16(packet->tcp + 18) | (uint32_t)(packet->seq == 0) |
            ((uint32_t)(hg_be32(packet->tcp + 8) != 0) ^ expected_ack)) == 0;
}

enum {
    OPTION_QUIRKS_SHIFT = 12,
    KEY_LAYOUT_SHIFT = 46,
    KEY_LAYOUTS = 1 << (64 - KEY_LAYOUT_SHIFT) /* the first layouts; the rest does without a memo */
};
_Static_assert(HG_QUIRK_TS1_MINUS == 1 << OPTION_QUIRKS_SHIFT && HG_QUIRK_BAD == HG_QUIRK_TS1_MINUS << 4,
               "quirks of options are the last five");

/* All that the options say, and the length of the headers, which extension headers add to. */
static inline uint64_t option_key(const hg_packet *packet, const hg_observation *o, uint32_t layout)
{
    return (uint64_t)o->mss | (uint64_t)packet->header_bytes << 16 | (uint64_t)o->wscale << 32 |
           (uint64_t)(o->quirks >> OPTION_QUIRKS_SHIFT) << 40 | (uint64_t)(o->ts1 != 0) << 45 |
           (uint64_t)layout << KEY_LAYOUT_SHIFT;
}

static inline uint32_t line_of(const hg_matcher *matcher, memo_key key)
{
    uint64_t hash = ((key.headers ^ matcher->hash_key) * HG_HASH_MULTIPLIER) ^ key.options;
    hash = (hash ^ hash >> 32) * HG_HASH_MULTIPLIER;
    return (uint32_t)(hash >> 40) & (MEMO_LINES - 1);
}

static inline int same_key(memo_key a, memo_key b)
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

static void name(const hg_database *database, uint32_t layout, hg_handshake *handshake)
{
    handshake->match = layout == HG_NO_INDEX ? (hg_match){.signature = HG_NO_SIGNATURE, .fuzzy = 0}
                                             : hg_table_match(&database->tables, layout, &handshake->observation);
    complete(database, handshake);
}

void hg_matcher_settle(hg_matcher *matcher)
{
    hg_unnamed *first = matcher->unnamed, *end = first + matcher->unnamed_count;
    const hg_database *database = matcher->database;
    matcher->unnamed_count = 0;
    for (hg_unnamed *u = first; u < end; u++)
        hg_table_expect(&database->tables, u->layout, &u->handshake->observation);
    for (hg_unnamed *u = first; u < end; u++)
        hg_table_plan(&database->tables, u->layout, &u->handshake->observation, &u->plan);
    for (hg_unnamed *u = first; u < end; u++) {
        u->handshake->match = hg_table_follow(&database->tables, &u->plan, &u->handshake->observation);
        if (u->handshake->match.signature != HG_NO_SIGNATURE)
            __builtin_prefetch(database->tables.signatures + u->handshake->match.signature);
    }
    for (hg_unnamed *u = first; u < end; u++)
        complete(database, u->handshake);
}

static void name_later(hg_matcher *matcher, uint32_t layout, hg_handshake *handshake)
{
    hg_unnamed *unnamed = matcher->unnamed + matcher->unnamed_count++;
    unnamed->handshake = handshake;
    unnamed->layout = layout;
    if (matcher->unnamed_count == HG_NAMED_TOGETHER)
        hg_matcher_settle(matcher);
}

/* Whether the memo is worth asking just now. */
static int memo_is_on(hg_matcher *matcher)
{
    if (matcher->rest > 0) {
        matcher->rest--;
        return 0;
    }
    if (++matcher->lookups == JUDGED_EVERY) {
        matcher->rest = matcher->hits < LEAST_HITS ? REST : 0;
        matcher->lookups = 0;
        matcher->hits = 0;
    }
    return 1;
}

static void name_with_memo(hg_matcher *matcher, const hg_packet *packet, uint32_t layout,
                           hg_handshake *handshake)
{
    uint32_t ts1 = handshake->observation.ts1;
    memo_key key = {header_key(packet), option_key(packet, &handshake->observation, layout)};
    hg_memo_line *line = matcher->memo + line_of(matcher, key);
    uint8_t way = line->latest;
    if (!same_key(line->way[way].key, key))
        way ^= 1;
    memo_answer *answer = line->way + way;
    line->latest = way;
    if (same_key(answer->key, key)) {
        matcher->hits++;
        *handshake = answer->handshake;
        handshake->observation.ts1 = ts1;
        return;
    }
    observe(matcher, packet, handshake);
    name(matcher->database, layout, handshake);
    answer->key = key;
    answer->handshake = *handshake;
}

/* Reads the options; their layout's number, or HG_NO_INDEX when no signature has it. */
static inline uint32_t read_options(const hg_database *database, const hg_packet *packet, hg_observation *o)
{
    uint32_t layout = HG_NO_INDEX;
    o->quirks = 0;
    if (database != NULL && hg_template_read(&database->tables, packet, o, &layout))
        return layout;
    hg_observe_options(packet, o);
    return database == NULL ? HG_NO_INDEX : hg_table_layout(&database->tables, o);
}

void hg_matcher_take(hg_matcher *matcher, const hg_packet *packet, hg_handshake *handshake)
{
    uint32_t layout = read_options(matcher->database, packet, &handshake->observation);
    if (layout < KEY_LAYOUTS && is_usual(packet) && memo_is_on(matcher)) {
        name_with_memo(matcher, packet, layout, handshake);
        return;
    }
    observe(matcher, packet, handshake);
    if (layout != HG_NO_INDEX && matcher->large)
        name_later(matcher, layout, handshake);
    else
        name(matcher->database, layout, handshake);
}

void hg_matcher_learn_peer(const hg_database *database, hg_handshake *handshake, uint16_t peer_mss)
{
    hg_observation *o = &handshake->observation;
    if (!hg_observe_peer(o, peer_mss) || database == NULL)
        return;
    name(database, hg_table_layout(&database->tables, o), handshake);
}
