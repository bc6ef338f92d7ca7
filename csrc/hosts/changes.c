/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * changes.c - compares a row with the host's previous row of its kind, and records the difference.
 */
#include <string.h>

#include "answers/browsers.h"
#include "answers/claim.h"
#include "flow/hash.h"
#include "hosts/hosts.h"
#include "http/fields.h"
#include "http/lists.h"
#include "http/stored.h"

/* The scores of most hosts are all zero, and take no memory. 0: there was no room. */
static int score(hg_hosts *hosts, uint32_t *place, uint8_t role, hg_score of, int64_t time_ns, hg_change_news *news,
                 hg_change *change)
{
    *news = HG_NO_CHANGE;
    if (of.points == 0 && of.reasons == 0 && *place == 0)
        return 1;
    hg_scores *scores = hg_pool_keep(&hosts->scores, place);
    if (scores != NULL)
        *news = hg_scores_add(scores, role, of, time_ns, change);
    return scores != NULL;
}

/* Whether the row counts for the changes in the record of a proven host. */
static int is_completed(const hg_host_entry *host, hg_row row)
{
    return hg_is_proven(host) && row.columns->scope[row.index] == HG_SCOPE_HANDSHAKE;
}

static int add_own(hg_hosts *hosts, hg_host_entry *host, uint8_t role, hg_score of, int64_t time_ns)
{
    hg_change change;
    hg_change_news news;
    hg_host_extra *extra = hg_host_take_extra(hosts, host);
    return extra != NULL && score(hosts, &extra->own_scores, role, of, time_ns, &news, &change);
}

/* The events follow p0f, for which all packets count. */
static int add(hg_hosts *hosts, hg_host_entry *host, uint8_t role, hg_score of, hg_row row)
{
    hg_change change;
    hg_change_news news;
    const int64_t time_ns = row.columns->time_ns[row.index];
    if (of.points == 0 && of.reasons == 0 && host->extra == 0)
        return 1;
    hg_host_extra *extra = hg_host_take_extra(hosts, host);
    if (extra == NULL || !score(hosts, &extra->scores, role, of, time_ns, &news, &change))
        return 0;
    return news == HG_NO_CHANGE || hg_host_note_change(hosts, row.index, &change, news == HG_NEW_CHANGE);
}

/* ---- handshakes -------------------------------------------------------------------------------- */

static uint32_t layout_of(const uint8_t *olayout)
{
    uint64_t words[HG_MAX_OPTIONS / 8], state = olayout[HG_MAX_OPTIONS];
    memcpy(words, olayout, sizeof words);
    for (uint32_t i = 0; i < HG_MAX_OPTIONS / 8; i++)
        state = hg_hash_mix(state, words[i]);
    return hg_hash_fold(state);
}

hg_syn_traits hg_host_traits(const hg_hosts *hosts, hg_row row)
{
    const hg_columns *c = row.columns;
    uint32_t ns;
    const int64_t seconds = hg_floor_seconds(c->time_ns[row.index], &ns);
    return (hg_syn_traits){
        .layout = layout_of(c->tcp.olayout[row.at]),
        .time_s = (uint32_t)seconds,
        .time_ms = (uint16_t)(ns / 1000000),
        .ts1 = c->tcp.ts1[row.at],
        .signature = c->tcp.signature[row.at],
        .quirks = c->tcp.quirks[row.at] & ((1U << 17) - 1),
        .fuzzy = c->tcp.fuzzy[row.at] != 0,
        .database = hosts->databases & ((1U << 14) - 1),
        .mss = c->tcp.mss[row.at],
        .port = c->src_port[row.index],
        .ttl = c->tcp.ttl[row.at],
    };
}

/* Where the host's latest packet in a role is kept; NULL: no room. */
static uint32_t *place_of(hg_hosts *hosts, hg_host_entry *host, int is_syn)
{
    if (is_syn)
        return &host->syn;
    hg_host_extra *extra = hg_host_take_extra(hosts, host);
    return extra == NULL ? NULL : &extra->syn_ack;
}

/* Compares a handshake with the one before it, and takes the place of that. `system` is the latest name. */
static hg_score compare_shown(hg_hosts *hosts, const hg_host_entry *host, hg_syn_traits *before, int is_first,
                              const hg_syn_traits *now, int distance, int is_syn, hg_system_name *system)
{
    const hg_system_name name = hg_named_by(hosts->database, now->signature);
    hg_score found = hg_score_shown(hosts->database, is_first || before->database != now->database ? NULL : before, now,
                                    distance, name, *system, is_syn);
    if (hg_is_loopback(host)) /* every system has that address */
        found.now = 0;
    found.is_retry = (uint8_t)(is_syn && !is_first && before->port == now->port && before->ttl == now->ttl);
    if (name.name != 0)
        *system = name;
    *before = *now;
    return found;
}

int hg_host_score_handshake(hg_hosts *hosts, hg_host_entry *host, const hg_batch *batch, hg_row row)
{
    const hg_columns *c = &batch->columns;
    const int is_syn = c->event[row.index] == HG_EVENT_SYN;
    const hg_syn_traits now = hg_host_traits(hosts, row);
    uint32_t *place = place_of(hosts, host, is_syn);
    const int is_first = place != NULL && *place == 0;
    hg_syn_traits *before = place == NULL ? NULL : hg_pool_keep(&hosts->shown, place);
    if (before == NULL)
        return 0;
    hg_system_name system = {.name = host->system_name, .stacks = host->system_stacks};
    const hg_score found = compare_shown(hosts, host, before, is_first, &now, c->tcp.distance[row.at], is_syn, &system);
    host->system_name = system.name;
    host->system_stacks = system.stacks;
    return add(hosts, host, is_syn ? HG_ROLE_CLIENT : HG_ROLE_SERVER, found, row);
}

int hg_host_score_completed(hg_hosts *hosts, hg_host_entry *host, uint8_t role, const hg_handshake_facts *of,
                            int64_t time_ns)
{
    hg_host_extra *extra = hg_host_take_extra(hosts, host);
    const int is_first = extra != NULL && extra->own_shown[role] == 0;
    hg_syn_traits *before = extra == NULL ? NULL : hg_pool_keep(&hosts->shown, extra->own_shown + role);
    if (before == NULL)
        return 0;
    const hg_score found = compare_shown(hosts, host, before, is_first, &of->traits, of->distance,
                                         role == HG_ROLE_CLIENT, &extra->own_system);
    return add_own(hosts, host, role, found, time_ns);
}

/* ---- HTTP messages -------------------------------------------------------------------------- */

static int number(const uint8_t *text, uint32_t digits, uint32_t *out)
{
    *out = 0;
    for (uint32_t i = 0; i < digits; i++) {
        if (text[i] < '0' || text[i] > '9')
            return 0;
        *out = 10 * *out + (uint32_t)(text[i] - '0');
    }
    return 1;
}

/* "Sun, 06 Nov 1994 08:49:37 GMT", in seconds since 1970. */
static int64_t read_date(const uint8_t *text, uint32_t length)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    uint32_t day, year, hour, minute, second, month = 0;
    if (length < 29 || !number(text + 5, 2, &day) || !number(text + 12, 4, &year) || !number(text + 17, 2, &hour) ||
        !number(text + 20, 2, &minute) || !number(text + 23, 2, &second))
        return HG_NO_DATE;
    while (month < 12 && memcmp(months + 3 * (size_t)month, text + 8, 3) != 0)
        month++;
    if (month == 12 || year == 0)
        return HG_NO_DATE;
    return 86400 * hg_days_of((int32_t)year, month + 1, day) + 3600 * hour + 60 * minute + second;
}

/* Software that does not run on a system of these stacks. */
static int cannot_run(const hg_hosts *hosts, uint16_t system_stacks, uint32_t software)
{
    const hg_tables *tables = &hosts->database->tables;
    uint32_t stacks = hg_stacks_of_label(hosts->database, tables->labels + tables->https[software].label);
    return stacks != 0 && system_stacks != 0 && (stacks & system_stacks) == 0;
}

/* Without a known system there is no score. */
static int score_software(hg_hosts *hosts, hg_host_entry *host, uint8_t role, hg_row row)
{
    const uint32_t software = row.columns->http.software[row.at];
    if (host->system_name == 0 || hosts->database == NULL || software >= hosts->database->tables.https_count)
        return 1;
    hg_score found = {0}, own = {0};
    if (cannot_run(hosts, host->system_stacks, software))
        hg_score_more(&found, 4, HG_REASON_APP_VS_OS);
    const int has_room = add(hosts, host, role, found, row);
    const hg_host_extra *extra = is_completed(host, row) ? hg_host_take_extra(hosts, host) : NULL;
    if (extra == NULL || extra->own_system.name == 0)
        return has_room;
    if (cannot_run(hosts, extra->own_system.stacks, software))
        hg_score_more(&own, 4, HG_REASON_APP_VS_OS);
    return add_own(hosts, host, role, own, row.columns->time_ns[row.index]) && has_room;
}

/* Compares the response with the previous one. */
static hg_score compare_answers(hg_hosts *hosts, hg_host_entry *host, const hg_response_traits *now, hg_row row)
{
    hg_score found = {0};
    hg_host_extra *extra = hg_host_take_extra(hosts, host);
    const int is_first = extra != NULL && extra->answered == 0;
    hg_response_traits *before = extra == NULL ? NULL : hg_pool_keep(&hosts->answered, &extra->answered);
    if (before == NULL)
        return found;
    if (!is_first && before->database == now->database)
        found = hg_score_answered(hosts->database, before, now);
    if (is_first || !hg_is_proven(host) || is_completed(host, row))
        *before = *now;
    return found;
}

int hg_host_score_message(hg_hosts *hosts, hg_host_entry *host, const hg_batch *batch, hg_row row, int is_contradicted)
{
    const hg_columns *c = &batch->columns;
    const uint8_t role = c->event[row.index] == HG_EVENT_HTTP_RESPONSE ? HG_ROLE_SERVER : HG_ROLE_CLIENT;
    const uint32_t software = c->http.software[row.at];
    hg_http_head head;
    if (hg_check_http(batch, &row, NULL) != HG_OK ||
        !hg_http_stored_read(row.texts + c->http.head_offset[row.at], c->http.head_length[row.at], &head))
        return 1;
    int has_room = score_software(hosts, host, role, row);
    hg_score found = {0};
    if (role == HG_ROLE_SERVER) {
        const hg_http_text date = hg_http_value(&head, "Date");
        const hg_response_traits now = {.time_ns = c->time_ns[row.index], .date_s = read_date(head.bytes + date.offset, date.length),
                                        .software = software, .database = hosts->databases};
        found = compare_answers(hosts, host, &now, row);
    } else if (is_contradicted && software != HG_NO_SIGNATURE && c->http.dishonest[row.at] == 0) {
        hg_score_more(&found, 4, HG_REASON_UA_VS_OS);
    }
    if (hg_was_passed_on(&head))
        hg_score_more(&found, 8, HG_REASON_VIA);
    if (is_completed(host, row))
        has_room &= add_own(hosts, host, role, found, c->time_ns[row.index]);
    return add(hosts, host, role, found, row) && has_room;
}
