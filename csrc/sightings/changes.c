/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * changes.c - p0f's scores and changes: how much the packets of an address changed, and why. It compares a row with the
 * host's previous row of the same kind, and scores the difference.
 */
#include "sightings/changes.h"

#include "base/kinds.h"
#include "hosts/fact.h"
#include "http/fields.h"
#include "http/lists.h"
#include "names/browsers.h"
#include "names/verdict.h"
#include "sightings/naming.h"

enum {
    NEAR_HOPS = 9,  /* beyond this distance, a TTL may change by one */
    LOCAL_HOPS = 5, /* within this distance, any change of the TTL scores fully */
    LITTLE_TTL_CHANGE = 2, /* up to this change, a TTL from beyond LOCAL_HOPS scores little */
    LEAST_PORT_DROP = 64,
    GRACE_MS = 100, /* a shorter gap between packets counts as this long */
    DAY_MS = 86400000,
    CLOCK_GRACE_S = 10, /* tolerance for a server's Date */
    KNOWN_S = 600,      /* a fact shown again within this time is not new */
    LEAST_DIFFERING = 3, /* messages from another system before sharing is reported */
};

/* A score and its reasons, and the key of a system with another stack, if the message shows one. */
typedef struct score {
    uint32_t points;
    uint32_t now;    /* key of the other system; 0: none */
    uint32_t before; /* key of the previous system */
    uint32_t before_s; /* time of the previous system, in seconds */
    uint16_t reasons; /* bits by hg_reason */
    uint8_t is_retry; /* 1: the SYN may be a retry by the same system, with other options */
} score;

static void score_more(score *to, uint32_t points, hg_reason reason)
{
    to->points += points;
    to->reasons = (uint16_t)(to->reasons | 1U << reason);
}

/* ---- names ------------------------------------------------------------------------------------- */

static hg_system_name named_by_label(hg_hosts *hosts, uint32_t label)
{
    const hg_tables *tables = &hosts->database->tables;
    return (hg_system_name){.name = hg_hash_of_label(hosts, label),
                            .stacks = (uint16_t)tables->claims[tables->labels[label].claim].stacks};
}

/* The system that a signature names; tools name none. */
static hg_system_name named_by(hg_hosts *hosts, uint32_t signature)
{
    const hg_db_signature *found = hg_signature_at(hosts->database, signature);
    if (found == NULL || (found->flags & HG_SIGNATURE_USERLAND) != 0)
        return (hg_system_name){0};
    return named_by_label(hosts, found->label);
}

/* Whether two names exclude each other. Names that share a stack can belong to one system. */
static int are_apart(hg_system_name one, hg_system_name other)
{
    return one.name != 0 && other.name != 0 && one.name != other.name && (one.stacks & other.stacks) == 0;
}

/* ---- handshakes -------------------------------------------------------------------------------- */

static int is_unreliable(const hg_db_signature *signature)
{
    return signature != NULL && (signature->flags & HG_SIGNATURE_UNRELIABLE_TTL) != 0;
}

static void compare_unknown(const hg_syn_traits *before, const hg_syn_traits *now, int is_syn, score *out)
{
    if (((before->quirks ^ now->quirks) & ~(uint32_t)HG_SOFT_QUIRKS) != 0)
        score_more(out, 2, HG_REASON_SIG_DIFF);
    else if (is_syn && before->layout != now->layout)
        score_more(out, 1, HG_REASON_SIG_DIFF);
}

static void compare_named(const hg_syn_traits *before, const hg_syn_traits *now, const hg_db_signature *old,
                          const hg_db_signature *new, int is_syn, score *out)
{
    if (!is_syn)
        return;
    if (old->label != new->label)
        score_more(out, 2, HG_REASON_OS_DIFF);
    else if (old != new)
        score_more(out, 1, HG_REASON_OS_DIFF);
    else if (before->fuzzy != now->fuzzy)
        score_more(out, 1, HG_REASON_FUZZY);
}

static void compare_ttl(const hg_syn_traits *before, const hg_syn_traits *now, int distance, score *out)
{
    int change = before->ttl > now->ttl ? before->ttl - now->ttl : now->ttl - before->ttl;
    if (change == 0 || (distance > NEAR_HOPS && change <= 1))
        return;
    score_more(out, distance > LOCAL_HOPS && change <= LITTLE_TTL_CHANGE ? 1 : 4, HG_REASON_TTL);
}

/* Timestamps that no single clock explains raise the score; timestamps of one clock halve it. */
static void weigh_timestamps(const hg_syn_traits *before, const hg_syn_traits *now, score *out)
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
        score_more(out, 4, HG_REASON_TSTAMP);
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

/* Scores a system `now` of another stack than `before`. Another window, TTL, MSS or program alone shows none. */
static void take_system(score *out, hg_system_name before, uint32_t before_s, hg_system_name now)
{
    score_more(out, 8, HG_REASON_OS_DIFF);
    out->before = fact_of(FACT_SYSTEM, before.name);
    out->before_s = before_s;
    out->now = fact_of(FACT_SYSTEM, now.name);
}

/* Compares a handshake packet from `distance` hops away with the previous one of its kind (NULL: none comparable).
 * `name` is the packet's system, `system` the latest system in the host's handshakes. */
static score score_handshake(hg_hosts *hosts, const hg_syn_traits *before, const hg_syn_traits *now, int distance,
                             hg_system_name name, hg_system_name system, int is_syn)
{
    score out = {0};
    const hg_database *database = hosts->database;
    const hg_db_signature *new = hg_signature_at(database, now->signature);
    hg_system_name other = are_apart(system, name) ? system : (hg_system_name){0};
    if (before == NULL) {
        if (other.name != 0)
            take_system(&out, other, now->time_s, name);
        return out;
    }
    const hg_db_signature *old = hg_signature_at(database, before->signature);
    if (old != NULL && new != NULL && old->label != new->label && are_apart(named_by(hosts, before->signature), name))
        other = named_by(hosts, before->signature);
    else if (old == NULL || new == NULL)
        compare_unknown(before, now, is_syn, &out);
    else
        compare_named(before, now, old, new, is_syn, &out);
    if (is_syn && (old == NULL) != (new == NULL))
        score_more(&out, 1, HG_REASON_X_KNOWN);
    if (other.name != 0)
        take_system(&out, other, before->time_s, name);
    else if (!is_unreliable(old) && !is_unreliable(new))
        compare_ttl(before, now, distance, &out);
    if (is_syn && before->port >= now->port + LEAST_PORT_DROP)
        score_more(&out, 1, HG_REASON_PORT);
    if (before->mss != now->mss)
        score_more(&out, 1, HG_REASON_MTU);
    if (out.points > 0)
        weigh_timestamps(before, now, &out);
    return out;
}

/* ---- responses --------------------------------------------------------------------------------- */

static uint32_t software_label(const hg_database *database, uint32_t software)
{
    return database == NULL || software >= database->tables.https_count ? HG_NO_INDEX
                                                                        : database->tables.https[software].label;
}

static void compare_software(hg_hosts *hosts, uint32_t before, uint32_t now, score *out)
{
    const uint32_t old = software_label(hosts->database, before), new = software_label(hosts->database, now);
    if ((old == HG_NO_INDEX) != (new == HG_NO_INDEX))
        score_more(out, 4, HG_REASON_X_KNOWN);
    if (old == new || old == HG_NO_INDEX || new == HG_NO_INDEX)
        return;
    const int is_same_name = hg_hash_of_label(hosts, old) == hg_hash_of_label(hosts, new);
    score_more(out, is_same_name ? 2 : 8, HG_REASON_SRV_SIG_LB);
}

/* Scores a Date that went back or ran ahead: the clock was set, or another system answered. */
static void compare_dates(const hg_response_traits *before, const hg_response_traits *now, score *out)
{
    if (before->date_s == HG_NO_DATE || now->date_s == HG_NO_DATE)
        return;
    const int64_t passed = now->date_s - before->date_s, gap = now->time_ns / 1000000000 - before->time_ns / 1000000000;
    if (passed < -CLOCK_GRACE_S || passed > gap + CLOCK_GRACE_S)
        score_more(out, 4, HG_REASON_DATE);
}

/* ---- scores ------------------------------------------------------------------------------------ */

/* Notes a fact. Returns 1 if it is new. */
static int note(hg_scores *scores, uint32_t key, uint32_t time_s)
{
    hg_shown_fact *fact = NULL;
    for (uint32_t i = 0; i < HG_KNOWN_FACTS && fact == NULL; i++)
        fact = scores->facts[i].key == key ? scores->facts + i : NULL;
    const int is_known = fact != NULL && time_s - fact->last_s + KNOWN_S <= 2 * KNOWN_S;
    if (fact == NULL)
        fact = scores->facts + scores->fact_count++ % HG_KNOWN_FACTS;
    *fact = (hg_shown_fact){.key = key, .last_s = time_s};
    return !is_known;
}

/* Notes the system that a message shows. Returns 1 if it is new. */
static int note_system(hg_scores *scores, uint8_t role, const score *score, uint32_t time_s)
{
    if (score->now == 0)
        return 0;
    (void)note(scores, score->before, score->before_s);
    const int is_new = note(scores, score->now, time_s);
    if (score->is_retry)
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

/* Turns the change into HG_IP_SHARING, and resets the counts for the next one. Returns 1 if it is reported: enough
 * messages came from another system, and the latest such report is old. */
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

typedef enum change_news { HG_NO_CHANGE, HG_KNOWN_CHANGE /* reported in p0f's log only */, HG_NEW_CHANGE } change_news;

/* Adds a score to a role. `*change` is the resulting change, if there is one. */
static change_news add_score(hg_scores *scores, uint8_t role, score of, int64_t time_ns, hg_change *change)
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

/* ---- scores of hosts --------------------------------------------------------------------------- */

/* Whether the row belongs to a completed handshake of a proven host. */
static int is_completed(const hg_host_entry *host, hg_row row)
{
    return hg_is_proven(host) && row.columns->scope[row.index] == HG_SCOPE_HANDSHAKE;
}

/* Adds a score to the host's scores of all packets, from which the same events follow as in p0f; with HG_NO_ROW, to its
 * scores of completed handshakes. Most hosts have only zero scores, which take no memory. 0: no room. */
static int add(hg_hosts *hosts, hg_host_entry *host, uint8_t role, score of, int64_t time_ns, uint32_t row)
{
    const int is_zero = of.points == 0 && of.reasons == 0;
    hg_host_extra *extra = is_zero && host->extra == 0 ? NULL : hg_host_take_extra(hosts, host);
    uint32_t *place = extra == NULL ? NULL : row == HG_NO_ROW ? &extra->own_scores : &extra->scores;
    if (is_zero && (place == NULL || *place == 0))
        return 1;
    hg_scores *scores = place == NULL ? NULL : hg_pool_get_or_take(&hosts->scores, place);
    hg_change change;
    if (scores == NULL)
        return 0;
    const change_news news = add_score(scores, role, of, time_ns, &change);
    return row == HG_NO_ROW || news == HG_NO_CHANGE || hg_host_note_change(hosts, row, &change, news == HG_NEW_CHANGE);
}

/* ---- rows of handshakes -------------------------------------------------------------------------------- */

/* Compares a handshake with the previous one in record `*place`, and stores it there (`place` NULL: there is no room).
 * `system` is the latest system; it is updated. 0: no room. */
static int compare_handshake(hg_hosts *hosts, const hg_host_entry *host, uint32_t *place, const hg_syn_traits *now,
                             int distance, int is_syn, hg_system_name *system, score *out)
{
    const hg_system_name name = named_by(hosts, now->signature);
    const int is_first = place != NULL && *place == 0;
    hg_syn_traits *before = place == NULL ? NULL : hg_pool_get_or_take(&hosts->traits, place);
    if (before == NULL)
        return 0;
    *out = score_handshake(hosts, is_first || before->database != now->database ? NULL : before, now, distance, name,
                           *system, is_syn);
    if (hg_is_loopback(host)) /* every system has that address */
        out->now = 0;
    out->is_retry = (uint8_t)(is_syn && !is_first && before->port == now->port && before->ttl == now->ttl);
    if (name.name != 0)
        *system = name;
    *before = *now;
    return 1;
}

static int score_syn(hg_hosts *hosts, hg_host_entry *host, const hg_batch *batch, hg_row row)
{
    const hg_columns *c = &batch->columns;
    const int is_syn = c->event[row.index] == HG_EVENT_SYN;
    const hg_syn_traits now = hg_host_traits(hosts, row);
    hg_host_extra *extra = is_syn ? NULL : hg_host_take_extra(hosts, host);
    uint32_t *place = is_syn ? &host->syn : extra == NULL ? NULL : &extra->syn_ack;
    hg_system_name system = {.name = host->system_name, .stacks = host->system_stacks};
    score found;
    if (!compare_handshake(hosts, host, place, &now, c->tcp.distance[row.at], is_syn, &system, &found))
        return 0;
    host->system_name = system.name;
    host->system_stacks = system.stacks;
    return add(hosts, host, is_syn ? HG_ROLE_CLIENT : HG_ROLE_SERVER, found, c->time_ns[row.index], row.index);
}

/* A change gets no row. */
static void take_handshake(hg_hosts *hosts, const hg_open_handshake *open)
{
    hg_host_entry *host = hg_host_at(hosts, open->host);
    hg_host_extra *extra = hg_host_take_extra(hosts, host);
    const uint8_t role = open->source == HG_SOURCE_SYN ? HG_ROLE_CLIENT : HG_ROLE_SERVER;
    score found;
    hosts->untracked += !(extra != NULL &&
                          compare_handshake(hosts, host, extra->own_traits + role, &open->facts.traits,
                                            open->facts.distance, role == HG_ROLE_CLIENT, &extra->own_system, &found) &&
                          add(hosts, host, role, found, open->syn.time_ns, HG_NO_ROW));
}

/* ---- rows of HTTP messages -------------------------------------------------------------------------- */

/* "Sun, 06 Nov 1994 08:49:37 GMT", in seconds since 1970. */
static int64_t read_date(const uint8_t *text, uint32_t length)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    uint32_t month = 0;
    if (length < 29)
        return HG_NO_DATE;
    const int32_t day = hg_digits(text + 5, 2), year = hg_digits(text + 12, 4), hour = hg_digits(text + 17, 2),
                  minute = hg_digits(text + 20, 2), second = hg_digits(text + 23, 2);
    while (month < 12 && memcmp(months + 3 * (size_t)month, text + 8, 3) != 0)
        month++;
    if (month == 12 || year < 1 || day < 0 || hour < 0 || minute < 0 || second < 0)
        return HG_NO_DATE;
    return 86400 * hg_days_of(year, month + 1, (uint32_t)day) + 3600 * hour + 60 * minute + second;
}

/* Whether the software does not run on a system with these stacks. */
static int cannot_run(const hg_hosts *hosts, uint16_t system_stacks, uint32_t software)
{
    const hg_tables *tables = &hosts->database->tables;
    const uint32_t stacks = tables->claims[tables->labels[tables->https[software].label].claim].stacks;
    return stacks != 0 && system_stacks != 0 && (stacks & system_stacks) == 0;
}

/* Scores software that the known system cannot run; no score without a known system. 0: no room. */
static int score_software(hg_hosts *hosts, hg_host_entry *host, uint8_t role, hg_row row)
{
    const uint32_t software = row.columns->http.software[row.at];
    if (host->system_name == 0 || hosts->database == NULL || software >= hosts->database->tables.https_count)
        return 1;
    score found = {0}, own = {0};
    if (cannot_run(hosts, host->system_stacks, software))
        score_more(&found, 4, HG_REASON_APP_VS_OS);
    const int64_t time_ns = row.columns->time_ns[row.index];
    const int has_room = add(hosts, host, role, found, time_ns, row.index);
    const hg_host_extra *extra = is_completed(host, row) ? hg_host_take_extra(hosts, host) : NULL;
    if (extra == NULL || extra->own_system.name == 0)
        return has_room;
    if (cannot_run(hosts, extra->own_system.stacks, software))
        score_more(&own, 4, HG_REASON_APP_VS_OS);
    return add(hosts, host, role, own, time_ns, HG_NO_ROW) && has_room;
}

/* Compares the response with the previous one. */
static score compare_answers(hg_hosts *hosts, hg_host_entry *host, const hg_response_traits *now, hg_row row)
{
    score found = {0};
    hg_host_extra *extra = hg_host_take_extra(hosts, host);
    const int is_first = extra != NULL && extra->response == 0;
    hg_response_traits *before = extra == NULL ? NULL : hg_pool_get_or_take(&hosts->responses, &extra->response);
    if (before == NULL)
        return found;
    if (!is_first && before->database == now->database) {
        compare_software(hosts, before->software, now->software, &found);
        compare_dates(before, now, &found);
    }
    if (is_first || !hg_is_proven(host) || is_completed(host, row))
        *before = *now;
    return found;
}

static int score_message(hg_hosts *hosts, hg_host_entry *host, const hg_batch *batch, hg_row row, int is_contradicted)
{
    const hg_columns *c = &batch->columns;
    const uint8_t role = c->event[row.index] == HG_EVENT_HTTP_RESPONSE ? HG_ROLE_SERVER : HG_ROLE_CLIENT;
    const uint32_t software = c->http.software[row.at];
    hg_http_head head;
    if (hg_check_http(batch, &row, NULL) != HG_OK || !hg_http_head_of(row, &head))
        return 1;
    int has_room = score_software(hosts, host, role, row);
    score found = {0};
    if (role == HG_ROLE_SERVER) {
        const hg_http_text date = hg_http_value(&head, "Date");
        const hg_response_traits now = {.time_ns = c->time_ns[row.index],
                                        .date_s = read_date(head.bytes + date.offset, date.length),
                                        .software = software,
                                        .database = hosts->database_number};
        found = compare_answers(hosts, host, &now, row);
    } else if (is_contradicted && software != HG_NO_SIGNATURE && c->http.dishonest[row.at] == 0) {
        score_more(&found, 4, HG_REASON_UA_VS_OS);
    }
    if (hg_was_passed_on(&head))
        score_more(&found, 8, HG_REASON_VIA);
    if (is_completed(host, row))
        has_room &= add(hosts, host, role, found, c->time_ns[row.index], HG_NO_ROW);
    return add(hosts, host, role, found, c->time_ns[row.index], row.index) && has_room;
}

/* ---- the fact ---- */

static void forget(hg_hosts *hosts, const hg_host_entry *host)
{
    const hg_host_extra *extra = hg_host_read_extra(hosts, host);
    hg_pool_give_back(&hosts->traits, extra->syn_ack);
    for (uint32_t role = 0; role < HG_ROLES; role++)
        hg_pool_give_back(&hosts->traits, extra->own_traits[role]);
    hg_pool_give_back(&hosts->scores, extra->scores);
    hg_pool_give_back(&hosts->scores, extra->own_scores);
    hg_pool_give_back(&hosts->responses, extra->response);
}

static void on(hg_host_event *row)
{
    if (row->event == HG_ON_HANDSHAKE) {
        take_handshake(row->hosts, row->handshake);
        return;
    }
    if (hg_event_is_handshake(row->event)) {
        if (!hg_is_of_tool(row->hosts, row->of) && !score_syn(row->hosts, row->host, row->batch, row->of))
            row->hosts->untracked =
                row->untracked + 1; /* the packet counts once, even if its name found no room either */
        return;
    }
    hg_judgement found;
    if (row->event == HG_EVENT_HTTP_REQUEST && row->contradicts < 0) {
        hg_judge(row->hosts->database, &row->of, &found);
        row->contradicts = found.verdict == HG_VERDICT_CONTRADICTS;
    }
    row->hosts->untracked += !score_message(row->hosts, row->host, row->batch, row->of, row->contradicts > 0);
}

const hg_fact hg_fact_changes = {
    .events = HG_HANDSHAKE_EVENTS | HG_HTTP_EVENTS | UINT64_C(1) << HG_ON_HANDSHAKE,
    .pools =
        HG_FACT_POOLS(HG_FACT_POOL(scores, hg_scores, HG_AS_WATCHED), HG_FACT_POOL(traits, hg_syn_traits, HG_AS_ROLES),
                      HG_FACT_POOL(responses, hg_response_traits, HG_AS_HOSTS)),
    .on = on,
    .forget = forget,
};
