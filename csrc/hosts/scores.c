/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * scores.c - p0f's scores: how much the packets of an address have changed, and why.
 */
#include "hosts/scores.h"

#include "answers/claim.h"
#include "base/bytes.h"
#include "base/value.h"
#include "flow/hash.h"

#include <string.h>

enum {
    NEAR_HOPS = 9,  /* the TTL of a host farther away may go one up or down */
    LOCAL_HOPS = 5, /* and within this distance it should not change at all */
    LITTLE_TTL = 2,
    LEAST_PORT_DROP = 64,
    GRACE_MS = 100,
    DAY_MS = 86400000,
    CLOCK_GRACE_S = 10, /* of the date that a server names */
    KNOWN_S = 600,      /* a fact shown within this time is not new */
    LEAST_DIFFERING = 3, /* messages, for a sharing that is reported */
};

/* ---- names ------------------------------------------------------------------------------------- */

static uint32_t hash_name(const uint8_t *name, uint32_t length)
{
    uint32_t hash = 2166136261U;
    for (uint32_t i = 0; i < length; i++) {
        uint8_t letter = name[i];
        hash = (hash ^ (letter >= 'A' && letter <= 'Z' ? letter | 0x20U : letter)) * 16777619U;
    }
    return hash == 0 ? 1 : hash;
}

static hg_system_name named_by_label(const hg_database *database, uint32_t index)
{
    const hg_db_label *label = database->tables.labels + index;
    return (hg_system_name){
        .name = hash_name((const uint8_t *)hg_database_text(database, label->name_offset), label->name_length),
        .stacks = (uint16_t)hg_stacks_of_label(database, label),
    };
}

const hg_db_signature *hg_signature_at(const hg_database *database, uint32_t index)
{
    if (database == NULL || index >= database->tables.signatures_count)
        return NULL;
    return database->tables.signatures + index;
}

hg_system_name hg_named_by(const hg_database *database, uint32_t signature)
{
    const hg_db_signature *found = hg_signature_at(database, signature);
    if (found == NULL || (found->flags & HG_SIGNATURE_USERLAND) != 0)
        return (hg_system_name){0};
    return named_by_label(database, found->label);
}

/* Names of one stack can be of one system. */
static int are_apart(hg_system_name one, hg_system_name other)
{
    return one.name != 0 && other.name != 0 && one.name != other.name && (one.stacks & other.stacks) == 0;
}

/* ---- handshakes -------------------------------------------------------------------------------- */

static int is_unreliable(const hg_db_signature *signature)
{
    return signature != NULL && (signature->flags & HG_SIGNATURE_UNRELIABLE_TTL) != 0;
}

int hg_is_reliable(const hg_database *database, uint32_t signature)
{
    const hg_db_signature *found = hg_signature_at(database, signature);
    return found != NULL && !is_unreliable(found);
}

static void compare_unknown(const hg_syn_traits *before, const hg_syn_traits *now, int is_syn, hg_score *out)
{
    if (((before->quirks ^ now->quirks) & ~(uint32_t)HG_SOFT_QUIRKS) != 0)
        hg_score_more(out, 2, HG_REASON_SIG_DIFF);
    else if (is_syn && before->layout != now->layout)
        hg_score_more(out, 1, HG_REASON_SIG_DIFF);
}

static void compare_named(const hg_syn_traits *before, const hg_syn_traits *now, const hg_db_signature *old,
                          const hg_db_signature *new, int is_syn, hg_score *out)
{
    if (!is_syn)
        return;
    if (old->label != new->label)
        hg_score_more(out, 2, HG_REASON_OS_DIFF);
    else if (old != new)
        hg_score_more(out, 1, HG_REASON_OS_DIFF);
    else if (before->fuzzy != now->fuzzy)
        hg_score_more(out, 1, HG_REASON_FUZZY);
}

static void compare_ttl(const hg_syn_traits *before, const hg_syn_traits *now, int distance, hg_score *out)
{
    int change = before->ttl > now->ttl ? before->ttl - now->ttl : now->ttl - before->ttl;
    if (change == 0 || (distance > NEAR_HOPS && change <= 1))
        return;
    hg_score_more(out, distance > LOCAL_HOPS && change <= LITTLE_TTL ? 1 : 4, HG_REASON_TTL);
}

/* Timestamps that no single clock explains suggest a change; timestamps of one clock do not. */
static void weigh_timestamps(const hg_syn_traits *before, const hg_syn_traits *now, hg_score *out)
{
    if (before->ts1 == 0 || now->ts1 == 0)
        return;
    int64_t gap = ((int64_t)now->time_s - before->time_s) * 1000 + now->time_ms - before->time_ms;
    gap = gap < 0 ? 0 : gap;
    if (gap >= DAY_MS)
        return;
    const uint32_t ticks = now->ts1 - before->ts1;
    const uint64_t most = (uint64_t)(gap > GRACE_MS ? gap : GRACE_MS) * 3 / 2;
    if (ticks > most && (gap >= GRACE_MS || ~ticks > most))
        hg_score_more(out, 4, HG_REASON_TSTAMP);
    else
        out->points /= 2;
}

/* ---- systems ------------------------------------------------------------------------------------ */

static uint32_t fact_of(uint32_t kind, uint64_t value)
{
    const uint32_t key = hg_hash_fold(hg_hash_mix(kind, value));
    return key == 0 ? 1 : key;
}

enum { FACT_SYSTEM, FACT_SHARING };

/* `now` is a system of another stack than `before`. Another window, TTL or MSS shows none, nor does a program. */
static void take_system(hg_score *out, hg_system_name before, uint32_t before_s, hg_system_name now)
{
    hg_score_more(out, 8, HG_REASON_OS_DIFF);
    out->before = fact_of(FACT_SYSTEM, before.name);
    out->before_s = before_s;
    out->now = fact_of(FACT_SYSTEM, now.name);
}

hg_score hg_score_shown(const hg_database *database, const hg_syn_traits *before, const hg_syn_traits *now, int distance,
                        hg_system_name name, hg_system_name system, int is_syn)
{
    hg_score out = {0};
    const hg_db_signature *new = hg_signature_at(database, now->signature);
    hg_system_name other = are_apart(system, name) ? system : (hg_system_name){0};
    if (before == NULL) {
        if (other.name != 0)
            take_system(&out, other, now->time_s, name);
        return out;
    }
    const hg_db_signature *old = hg_signature_at(database, before->signature);
    if (old != NULL && new != NULL && old->label != new->label &&
        are_apart(hg_named_by(database, before->signature), name))
        other = hg_named_by(database, before->signature);
    else if (old == NULL || new == NULL)
        compare_unknown(before, now, is_syn, &out);
    else
        compare_named(before, now, old, new, is_syn, &out);
    if (is_syn && (old == NULL) != (new == NULL))
        hg_score_more(&out, 1, HG_REASON_X_KNOWN);
    if (other.name != 0)
        take_system(&out, other, before->time_s, name);
    else if (!is_unreliable(old) && !is_unreliable(new))
        compare_ttl(before, now, distance, &out);
    if (is_syn && before->port >= now->port + LEAST_PORT_DROP)
        hg_score_more(&out, 1, HG_REASON_PORT);
    if (before->mss != now->mss)
        hg_score_more(&out, 1, HG_REASON_MTU);
    if (out.points > 0)
        weigh_timestamps(before, now, &out);
    return out;
}

/* ---- responses --------------------------------------------------------------------------------- */

static uint32_t software_label(const hg_database *database, uint32_t software)
{
    if (database == NULL || software >= database->tables.https_count)
        return HG_NO_INDEX;
    return database->tables.https[software].label;
}

static void compare_software(const hg_database *database, uint32_t before, uint32_t now, hg_score *out)
{
    const uint32_t old = software_label(database, before), new = software_label(database, now);
    if ((old == HG_NO_INDEX) != (new == HG_NO_INDEX))
        hg_score_more(out, 4, HG_REASON_X_KNOWN);
    if (old == new || old == HG_NO_INDEX || new == HG_NO_INDEX)
        return;
    int is_same_name = named_by_label(database, old).name == named_by_label(database, new).name;
    hg_score_more(out, is_same_name ? 2 : 8, HG_REASON_SRV_SIG_LB);
}

/* Scores a Date that went back or ran ahead: the clock was set, or it is the clock of another system. */
static void compare_dates(const hg_response_traits *before, const hg_response_traits *now, hg_score *out)
{
    if (before->date_s == HG_NO_DATE || now->date_s == HG_NO_DATE)
        return;
    const int64_t passed = now->date_s - before->date_s,
                  gap = now->time_ns / 1000000000 - before->time_ns / 1000000000;
    if (passed < -CLOCK_GRACE_S || passed > gap + CLOCK_GRACE_S)
        hg_score_more(out, 4, HG_REASON_DATE);
}

hg_score hg_score_answered(const hg_database *database, const hg_response_traits *before, const hg_response_traits *now)
{
    hg_score out = {0};
    compare_software(database, before->software, now->software, &out);
    compare_dates(before, now, &out);
    return out;
}

/* ---- scores ------------------------------------------------------------------------------------ */

/* Notes a fact. 1: it is new. */
static int note(hg_scores *scores, uint32_t key, uint32_t time_s)
{
    hg_fact *fact = NULL;
    for (uint32_t i = 0; i < HG_KNOWN_FACTS && fact == NULL; i++)
        fact = scores->facts[i].key == key ? scores->facts + i : NULL;
    const int is_known = fact != NULL && time_s - fact->last_s + KNOWN_S <= 2 * KNOWN_S;
    if (fact == NULL)
        fact = scores->facts + scores->fact_count++ % HG_KNOWN_FACTS;
    *fact = (hg_fact){.key = key, .last_s = time_s};
    return !is_known;
}

/* Notes the system that a message shows. 1: it is new. */
static int note_system(hg_scores *scores, uint8_t role, const hg_score *of, uint32_t time_s)
{
    if (of->now == 0)
        return 0;
    (void)note(scores, of->before, of->before_s);
    const int is_new = note(scores, of->now, time_s);
    if (of->is_retry)
        return 0;
    scores->differing[role] = (uint8_t)(scores->differing[role] + (scores->differing[role] < UINT8_MAX));
    return is_new;
}

static void report(hg_scores *scores, const hg_change *change)
{
    scores->reported_ns[change->kind] = change->time_ns;
    scores->changes[scores->change_count++ % HG_HOST_CHANGES] = *change;
    if (scores->change_count == 2 * HG_HOST_CHANGES)
        scores->change_count = HG_HOST_CHANGES;
}

/* Starts again to count for the next row of sharing. 1: enough messages differed, and the latest report is old. */
static int take_sharing(hg_scores *scores, uint8_t role, hg_change *change, uint32_t time_s)
{
    const int is_founded = scores->differing[role] >= LEAST_DIFFERING;
    change->kind = HG_IP_SHARING;
    change->reasons = scores->reasons[role];
    memset(scores->levels[role], 0, sizeof scores->levels[role]);
    scores->reasons[role] = 0;
    scores->differing[role] = 0;
    return is_founded && note(scores, fact_of(FACT_SHARING, role), time_s);
}

hg_change_news hg_scores_add(hg_scores *scores, uint8_t role, hg_score of, int64_t time_ns, hg_change *change)
{
    static const uint8_t least[HG_SCORE_LEVELS] = {6, 3, 2, 1}, most[HG_SCORE_LEVELS] = {2, 4, 6, 8};
    uint32_t *levels = scores->levels[role], ns;
    const uint32_t time_s = (uint32_t)hg_floor_seconds(time_ns, &ns);
    int is_shared = 0, is_news = note_system(scores, role, &of, time_s);
    *change = (hg_change){.time_ns = time_ns, .kind = HG_HOST_CHANGE, .role = role, .reasons = of.reasons};
    for (uint32_t i = 0; i < HG_SCORE_LEVELS; i++) {
        levels[i] = levels[i] << 1 | (of.points >= least[i]);
        change->hits[i] = (uint8_t)hg_count_bits(levels[i]);
        is_shared |= change->hits[i] > most[i];
    }
    scores->reasons[role] |= of.reasons;
    if (of.points == 0 || (!is_shared && of.points < 2))
        return HG_NO_CHANGE;
    if (is_shared)
        is_news |= take_sharing(scores, role, change, time_s);
    scores->p0f_ns[change->kind] = time_ns;
    if (!is_news)
        return HG_KNOWN_CHANGE;
    report(scores, change);
    return HG_NEW_CHANGE;
}
