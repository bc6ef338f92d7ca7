/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * matcher.c - observes and names handshake packets.
 *
 * Real traffic repeats itself, so answers are kept in a small memo: a hit saves the window's
 * multiple and the walk of the table: 256 of 1,400 instructions a SYN and 5 of 9 mispredicted
 * branches (cachegrind, SYNs of all p0f's signatures in random order). Where traffic does not
 * repeat itself the memo only costs, so it is judged by its hits and rests when
 * they are few; an attacker gains nothing by sending what is never seen twice.
 */
#include "matcher.h"

#include <stdlib.h>

#include "error.h"
#include "table.h"
#include "template.h"

/* Two answers a line, the one used last in front. 4,096 lines of 64 bytes stay in the L2 cache. */
enum { MEMO_LINES = 4096, WAYS = 2 };
enum { JUDGED_EVERY = 4096, LEAST_HITS = JUDGED_EVERY / 2, REST = 16 * JUDGED_EVERY };

typedef struct memo_key {
    uint64_t low;
    uint64_t high;
} memo_key;

typedef struct memo_answer {
    memo_key key; /* high is never 0 in use */
    uint32_t signature;
    uint32_t link;
    int16_t distance;
    uint16_t window_multiple;
    uint8_t window_kind;
    uint8_t fuzzy;
    uint8_t userland;
} memo_answer;

_Static_assert(sizeof(memo_answer) == 32, "two answers are one cache line");

struct hg_memo_line {
    memo_answer way[WAYS];
};

hg_status hg_matcher_init(hg_matcher *matcher, const hg_database *database, uint64_t hash_key, hg_error *error)
{
    *matcher = (hg_matcher){.database = database, .hash_key = hash_key};
    matcher->memo = calloc(MEMO_LINES, sizeof *matcher->memo);
    return matcher->memo != NULL ? HG_OK : hg_fail(error, HG_E_MEMORY, "no memory for a matcher");
}

void hg_matcher_clear(hg_matcher *matcher)
{
    free(matcher->memo);
    matcher->memo = NULL;
}

/* Everything that an answer depends on. Options enter through their layout's number,
 * HG_NO_INDEX standing for all that no signature has. */
static memo_key key_of(const hg_observation *o, uint32_t layout)
{
    return (memo_key){
        .low = (uint64_t)o->mss | (uint64_t)o->window << 16 | (uint64_t)o->header_bytes << 32 |
               (uint64_t)o->wscale << 48 | (uint64_t)o->ttl << 56,
        .high = (uint64_t)o->quirks | (uint64_t)o->olen << 17 | (uint64_t)o->payload << 25 |
                (uint64_t)o->response << 26 | (uint64_t)(o->version == 6) << 27 |
                (uint64_t)(o->ts1 != 0) << 28 | UINT64_C(1) << 29 | (uint64_t)layout << 32,
    };
}

static uint32_t line_of(const hg_matcher *matcher, memo_key key)
{
    uint64_t hash = ((key.low ^ matcher->hash_key) * HG_HASH_MULTIPLIER) ^ key.high;
    hash = (hash ^ hash >> 32) * HG_HASH_MULTIPLIER;
    return (uint32_t)(hash >> 40) & (MEMO_LINES - 1);
}

static inline int same_key(memo_key a, memo_key b)
{
    return ((a.low ^ b.low) | (a.high ^ b.high)) == 0;
}

static void use_answer(hg_handshake *handshake, const memo_answer *answer)
{
    handshake->observation.window_kind = answer->window_kind;
    handshake->observation.window_multiple = answer->window_multiple;
    handshake->match = (hg_match){.signature = answer->signature, .fuzzy = answer->fuzzy};
    handshake->distance = answer->distance;
    handshake->link = answer->link;
    handshake->userland = answer->userland;
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

static void name(const hg_database *database, uint32_t layout, hg_handshake *handshake)
{
    const hg_observation *o = &handshake->observation;
    handshake->match = (hg_match){.signature = HG_NO_SIGNATURE, .fuzzy = 0};
    handshake->userland = 0;
    if (layout != HG_NO_INDEX)
        handshake->match = hg_table_match(&database->tables, layout, o);
    if (handshake->match.signature != HG_NO_SIGNATURE) {
        const hg_db_signature *signature = database->tables.signatures + handshake->match.signature;
        handshake->userland = (signature->flags & HG_SIGNATURE_USERLAND) != 0;
    }
    handshake->distance = distance_of(database, o, handshake->match);
}

static void observe_and_name(const hg_matcher *matcher, uint32_t layout, hg_handshake *handshake)
{
    hg_observe_multiple(&handshake->observation);
    name(matcher->database, layout, handshake);
    handshake->link = matcher->database == NULL
                          ? HG_NO_SIGNATURE
                          : hg_table_link(&matcher->database->tables, hg_mtu(&handshake->observation));
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

static void name_with_memo(hg_matcher *matcher, uint32_t layout, hg_handshake *handshake)
{
    memo_key key = key_of(&handshake->observation, layout);
    memo_answer *way = matcher->memo[line_of(matcher, key)].way;
    if (same_key(way[0].key, key)) {
        matcher->hits++;
        use_answer(handshake, way);
        return;
    }
    if (same_key(way[1].key, key)) {
        memo_answer used = way[1];
        way[1] = way[0];
        way[0] = used;
        matcher->hits++;
        use_answer(handshake, way);
        return;
    }
    observe_and_name(matcher, layout, handshake);
    way[1] = way[0];
    way[0] = (memo_answer){
        .key = key,
        .signature = handshake->match.signature,
        .link = handshake->link,
        .distance = (int16_t)handshake->distance,
        .window_multiple = handshake->observation.window_multiple,
        .window_kind = handshake->observation.window_kind,
        .fuzzy = handshake->match.fuzzy,
        .userland = handshake->userland,
    };
}

void hg_matcher_take(hg_matcher *matcher, const hg_packet *packet, hg_handshake *handshake)
{
    hg_observation *o = &handshake->observation;
    uint32_t layout = HG_NO_INDEX;
    hg_observe_headers(packet, o);
    if (matcher->database == NULL) {
        hg_observe_options(packet, o);
        observe_and_name(matcher, layout, handshake);
        return;
    }
    if (!hg_template_read(&matcher->database->tables, packet, o, &layout)) {
        hg_observe_options(packet, o);
        layout = hg_table_layout(&matcher->database->tables, o);
    }
    if (memo_is_on(matcher))
        name_with_memo(matcher, layout, handshake);
    else
        observe_and_name(matcher, layout, handshake);
}

void hg_matcher_learn_peer(const hg_database *database, hg_handshake *handshake, uint16_t peer_mss)
{
    hg_observation *o = &handshake->observation;
    if (!hg_observe_peer(o, peer_mss) || database == NULL)
        return;
    name(database, hg_table_layout(&database->tables, o), handshake);
}
