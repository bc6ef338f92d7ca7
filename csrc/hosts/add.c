/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * add.c - takes the rows of batches.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "flow/hash.h"
#include "hosts/hosts.h"
#include "record/value.h"

/* A row on its way in. */
typedef struct taking {
    hg_hosts *hosts;
    const hg_batch *batch;
    uint32_t row;
    uint32_t at; /* among the rows of its reader */
    uint8_t event;
    uint8_t role;
    hg_known *host;
    hg_naming naming; /* of its name */
    uint32_t index;   /* HG_NO_SIGNATURE: it has none */
    uint32_t label;   /* with its flags; HG_NO_LABEL: it has none */
} taking;

/* ---- labels ------------------------------------------------------------------------------------ */

static const char *const sections[HG_NAMINGS] = {"signatures", "mtus", "hellos", "https"};

hg_status hg_hosts_use(hg_hosts *hosts, const hg_database *database, hg_error *error)
{
    hosts->database = database;
    hosts->databases++;
    for (uint32_t i = 0; i < HG_NAMINGS; i++) {
        uint32_t count = 0, stride;
        free(hosts->labels[i]);
        hosts->labels[i] = NULL;
        hosts->label_counts[i] = 0;
        if (database == NULL || hg_database_section(database, sections[i], &count, &stride) == NULL || count == 0)
            continue;
        count = i == HG_NAMING_TCP ? 2 * count : count;
        hosts->labels[i] = malloc(count * sizeof *hosts->labels[i]);
        if (hosts->labels[i] == NULL)
            return hg_fail(error, HG_E_MEMORY, "no memory for the names of hosts");
        memset(hosts->labels[i], 0xFF, count * sizeof *hosts->labels[i]);
        hosts->label_counts[i] = count;
    }
    return HG_OK;
}

/* Scores ask of names only whether they are tools. */
void hg_hosts_nameless(hg_hosts *hosts)
{
    for (uint32_t i = 0; i < HG_NAMINGS; i++)
        if (hosts->label_counts[i] > 0)
            memset(hosts->labels[i], 0, hosts->label_counts[i] * sizeof *hosts->labels[i]);
    for (uint32_t i = 0; i < hosts->label_counts[HG_NAMING_TCP]; i++)
        if ((hosts->database->tables.signatures[i / 2].flags & HG_SIGNATURE_USERLAND) != 0)
            hosts->labels[HG_NAMING_TCP][i] = (uint32_t)HG_NAMED_TOOL << HG_LABEL_BITS;
}

hg_status hg_hosts_label(hg_hosts *hosts, hg_naming naming, uint32_t index, uint32_t label, uint32_t flags,
                         hg_error *error)
{
    if ((uint32_t)naming >= HG_NAMINGS || index >= hosts->label_counts[naming])
        return hg_fail(error, HG_E_ARGUMENT, "the database has no name %u of kind %u", index, (unsigned)naming);
    if (label >= UINT32_C(1) << HG_LABEL_BITS || flags > 15)
        return hg_fail(error, HG_E_ARGUMENT, "label %u with flags %u is out of range", label, flags);
    hosts->labels[naming][index] = label | flags << HG_LABEL_BITS;
    return HG_OK;
}

/* Which name the row refers to. */
static void find_name(taking *t)
{
    const hg_columns *c = &t->batch->columns;
    t->index = HG_NO_SIGNATURE;
    t->naming = HG_NAMING_TCP;
    switch ((hg_event)t->event) {
    case HG_EVENT_SYN:
    case HG_EVENT_SYN_ACK:
        if (c->tcp.signature[t->at] != HG_NO_SIGNATURE)
            t->index = 2 * c->tcp.signature[t->at] + (c->tcp.fuzzy[t->at] != 0);
        break;
    case HG_EVENT_MTU:
        t->naming = HG_NAMING_LINK;
        t->index = c->tcp.link[t->at];
        break;
    case HG_EVENT_TLS_CLIENT:
        t->naming = HG_NAMING_TLS;
        t->index = c->tls.client[t->at];
        break;
    case HG_EVENT_HTTP_REQUEST:
    case HG_EVENT_HTTP_RESPONSE:
        t->naming = HG_NAMING_HTTP;
        t->index = c->http.software[t->at];
        break;
    case HG_EVENT_CLIENT_UPTIME:
    case HG_EVENT_SERVER_UPTIME:
    case HG_EVENT_TLS_SERVER:
    case HG_EVENT_HOST_CHANGE:
    case HG_EVENT_IP_SHARING:
    case HG_EVENT_KINDS:
        break;
    }
}

/* 0: its name has no label yet. What is not in the database has no name. */
static int find_label(taking *t)
{
    find_name(t);
    t->label = HG_NO_LABEL;
    if (t->index >= t->hosts->label_counts[t->naming])
        return 1;
    t->label = t->hosts->labels[t->naming][t->index];
    return t->label != HG_NO_LABEL;
}

static int is_flagged(const taking *t, uint32_t flag)
{
    return t->label != HG_NO_LABEL && (t->label >> HG_LABEL_BITS & flag) != 0;
}

/* ---- events ------------------------------------------------------------------------------------ */

static int64_t time_of(const taking *t)
{
    return t->batch->columns.time_ns[t->row];
}

static int take_name(taking *t)
{
    if (t->label == HG_NO_LABEL)
        return 1;
    const hg_seen sighting = {.label = t->label, .first_ns = time_of(t), .last_ns = time_of(t), .packets = 1,
                              .role = t->role, .naming = (uint8_t)t->naming};
    return hg_known_sight(t->hosts, t->host, &sighting);
}

/* What p0f's raw signature shows, but for the TTL. */
static uint64_t answer_of(const taking *t)
{
    const hg_tcp_columns *c = &t->batch->columns.tcp;
    const uint32_t at = t->at, kind = c->window_kind[at];
    uint64_t words[4];
    memcpy(words, c->olayout[at], sizeof words);
    uint64_t state = hg_hash_mix(t->hosts->hash_key, t->host->version | (uint64_t)c->olen[at] << 8 |
                                                         (uint64_t)c->mss[at] << 16 | (uint64_t)kind << 32 |
                                                         (uint64_t)c->wscale[at] << 40 | (uint64_t)c->pclass[at] << 48);
    state = hg_hash_mix(state, (kind != 0 ? c->window_multiple[at] : c->wsize[at]) | (uint64_t)c->quirks[at] << 32);
    for (uint32_t i = 0; i < 4; i++)
        state = hg_hash_mix(state, words[i]);
    return state;
}

static void take_answer(taking *t)
{
    hg_known *host = t->host;
    if ((host->flags & HG_HOST_ANSWERS) != 0 || t->label == HG_NO_LABEL || is_flagged(t, HG_NAMED_ANYTHING))
        return;
    hg_more *more = hg_known_more(t->hosts, host);
    if (more == NULL)
        return;
    uint64_t answer = answer_of(t);
    more->answer_low = (uint32_t)answer;
    more->answer_high = (uint32_t)(answer >> 32);
    more->answer_distance = t->batch->columns.tcp.distance[t->at];
    host->flags |= HG_HOST_ANSWERS;
}

/* The options that a system itself sends, in order: neither padding nor what a program asks for (MPTCP, TCP
 * Fast Open, experiments), with which and without the same system connects. How many there are. */
static uint32_t own_options(const uint8_t *olayout, uint8_t *own)
{
    uint32_t count = 0;
    const uint32_t all = olayout[HG_OLAYOUT_COUNT] < HG_MAX_OPTIONS ? olayout[HG_OLAYOUT_COUNT] : HG_MAX_OPTIONS;
    for (uint32_t i = 0; i < all; i++)
        if (olayout[i] > 1 && olayout[i] != 30 && olayout[i] != 34 && olayout[i] < 253)
            own[count++] = olayout[i];
    return count;
}

/* With timestamps and without. */
static int are_of_linux(const uint8_t *own, uint32_t count)
{
    static const uint8_t with[] = {2, 4, 8, 3}, without[] = {2, 4, 3};
    return (count == sizeof with && memcmp(own, with, sizeof with) == 0) ||
           (count == sizeof without && memcmp(own, without, sizeof without) == 0);
}

/* A SYN that was sent again; with fewer options, perhaps. */
static int is_retry(const taking *t)
{
    const hg_columns *c = &t->batch->columns;
    return t->event == HG_EVENT_SYN && c->flow[t->row] != c->packet_number[t->row];
}

/* The host's second SYN is the first that is looked at: most hosts never send one. 0: there was no room. */
static int take_system(taking *t)
{
    const hg_columns *c = &t->batch->columns;
    if (t->host->syns < 2)
        return 1;
    hg_systems *systems = hg_known_systems(t->hosts, t->host);
    if (systems == NULL)
        return 0;
    uint8_t own[HG_MAX_OPTIONS];
    const uint32_t count = own_options(c->tcp.olayout[t->at], own);
    uint64_t options = count;
    for (uint32_t i = 0; i < count; i++)
        options = hg_hash_mix(options, own[i]);
    hg_address other;
    memcpy(other.word, c->dst_ip[t->row], sizeof other.word);
    const hg_systems_syn syn = {
        .time_ns = time_of(t),
        .options = options,
        .other = hg_hash_mix(hg_hash_address(t->hosts->hash_key, other, c->version[t->row]), c->dst_port[t->row]),
        .label = t->label == HG_NO_LABEL ? HG_NO_LABEL : hg_label_number(t->label),
        .port = c->src_port[t->row],
        .ittl = c->tcp.ittl[t->at],
        .is_linux = (uint8_t)(c->tcp.ittl[t->at] == 64 && are_of_linux(own, count)),
    };
    hg_systems_take(systems, &syn);
    return 1;
}

static int take_handshake(taking *t)
{
    const hg_columns *c = &t->batch->columns;
    hg_known *host = t->host;
    int is_syn = t->event == HG_EVENT_SYN, is_tool = is_flagged(t, HG_NAMED_TOOL);
    host->connections += !is_retry(t);
    host->flags |= HG_HOST_SPOKE_TCP | HG_HOST_DISTANCE;
    host->distance = c->tcp.distance[t->at];
    if (!is_syn) {
        host->syn_acks++;
        take_answer(t);
    } else if (!is_tool) {
        host->syns++;
        if (c->src_port[t->row] < host->lowest_port)
            host->lowest_port = c->src_port[t->row];
    }
    if (t->label != HG_NO_LABEL && !is_tool)
        host->quality = (uint8_t)((is_flagged(t, HG_NAMED_FUZZY) ? 1 : 0) | (is_flagged(t, HG_NAMED_GENERIC) ? 2 : 0));
    hg_known_use_port(t->hosts, host, t->role, is_syn ? c->dst_port[t->row] : c->src_port[t->row], time_of(t));
    int is_watched = is_tool || !is_syn || is_retry(t) || take_system(t);
    if (!is_tool && !hg_known_score_handshake(t->hosts, host, t->batch, hg_row_of(t->batch, t->row)))
        is_watched = 0;
    t->hosts->unwatched += !is_watched;
    return take_name(t);
}

static int take_mtu(taking *t)
{
    t->host->mtu = t->batch->columns.tcp.mtu[t->at];
    if (t->label != HG_NO_LABEL)
        t->host->link = hg_label_number(t->label);
    return 1;
}

static int take_uptime(taking *t)
{
    const hg_tcp_columns *c = &t->batch->columns.tcp;
    t->host->flags |= HG_HOST_SPOKE_TCP;
    hg_seen_clock *clock = hg_known_clock(t->hosts, t->host);
    if (clock == NULL)
        return 0;
    clock->points++;
    clock->minutes = c->uptime_minutes[t->at];
    clock->modulo_days = c->modulo_days[t->at];
    clock->hz = c->raw_frequency_hz[t->at];
    clock->doubt = c->doubt[t->at];
    if (clock->doubt == HG_DOUBT_NONE && clock->rate_count < HG_HOST_RATES)
        clock->rates[clock->rate_count++] = clock->hz;
    return 1;
}

/* Whether what the client says contradicts its SYN. */
static int contradicts(const taking *t)
{
    hg_verdict verdict;
    char why[HG_WHY_BYTES];
    size_t length;
    return hg_row_verdict(t->batch, t->hosts->database, t->row, &verdict, why, sizeof why, &length, NULL) == HG_OK &&
           verdict == HG_VERDICT_CONTRADICTS;
}

static int take_http(taking *t, int against)
{
    t->hosts->unwatched += !hg_known_score_message(t->hosts, t->host, t->batch, hg_row_of(t->batch, t->row), against);
    const hg_http_columns *c = &t->batch->columns.http;
    t->host->dishonest = c->dishonest[t->at] != 0 ? 2 : (uint8_t)against;
    if (t->event == HG_EVENT_HTTP_REQUEST && c->language[t->at] != HG_LANGUAGE_NONE)
        t->host->language = c->language[t->at];
    return take_name(t);
}

/* 0: there was no room for all of it. */
static int take_event(taking *t)
{
    int against = 0;
    switch ((hg_event)t->event) {
    case HG_EVENT_SYN:
    case HG_EVENT_SYN_ACK:
        return take_handshake(t);
    case HG_EVENT_MTU:
        return take_mtu(t);
    case HG_EVENT_CLIENT_UPTIME:
    case HG_EVENT_SERVER_UPTIME:
        return take_uptime(t);
    case HG_EVENT_TLS_CLIENT:
        t->host->contradictions += (uint32_t)contradicts(t);
        return take_name(t);
    case HG_EVENT_HTTP_REQUEST:
        against = contradicts(t);
        t->host->contradictions += (uint32_t)against;
        return take_http(t, against);
    case HG_EVENT_HTTP_RESPONSE:
        return take_http(t, 0);
    case HG_EVENT_TLS_SERVER:
    case HG_EVENT_HOST_CHANGE:
    case HG_EVENT_IP_SHARING:
    case HG_EVENT_KINDS:
        break;
    }
    return 1;
}

/* ---- rows -------------------------------------------------------------------------------------- */

static void leave_out(taking *t)
{
    uint64_t number = t->batch->columns.packet_number[t->row];
    if (number != t->hosts->last_left_out)
        t->hosts->left_out++;
    t->hosts->last_left_out = number;
}

/* 0: its name has no label yet. */
static int take_row(taking *t)
{
    const hg_columns *c = &t->batch->columns;
    hg_address address;
    memcpy(address.word, c->src_ip[t->row], sizeof address.word);
    hg_index index = hg_known_take(t->hosts, &address, c->version[t->row], time_of(t));
    if (index == 0) {
        leave_out(t);
        return 1;
    }
    t->host = hg_known_at(t->hosts, index);
    if (!find_label(t))
        return 0;
    if (time_of(t) > t->host->last_ns)
        t->host->last_ns = time_of(t);
    if (time_of(t) < t->host->first_ns)
        t->host->first_ns = time_of(t);
    hg_known_touch(t->hosts, index);
    if (!take_event(t))
        leave_out(t);
    return 1;
}

static hg_status take_rows(hg_hosts *hosts, const hg_batch *batch, uint32_t first, uint32_t *next, hg_naming *naming,
                           uint32_t *index, hg_error *error)
{
    uint32_t at[HG_READERS];
    if (first == 0)
        hosts->told_count = 0;
    for (uint32_t reader = 0; reader < HG_READERS; reader++)
        at[reader] = hg_reader_place(batch, (hg_reader_id)reader, first);
    for (*next = first; *next < batch->count; ++*next) {
        const uint8_t event = batch->columns.event[*next];
        const hg_reader_id reader = hg_event_reader(event);
        if (reader >= HG_READERS || at[reader] >= batch->counts[reader] ||
            hg_reader_rows(&batch->columns, reader)[at[reader]] != *next)
            return hg_fail(error, HG_E_ARGUMENT, "row %u is of no reader", *next);
        taking one = {.hosts = hosts, .batch = batch, .row = *next, .at = at[reader], .event = event,
                      .role = batch->columns.from_server[*next] ? HG_ROLE_SERVER : HG_ROLE_CLIENT};
        if (reader != HG_READER_CHANGES && !take_row(&one)) {
            *naming = one.naming;
            *index = one.index;
            return HG_OK;
        }
        at[reader]++;
    }
    return HG_OK;
}

hg_status hg_hosts_add(hg_hosts *hosts, const hg_batch *batch, uint32_t first, uint32_t *next, hg_naming *naming,
                       uint32_t *index, hg_error *error)
{
    if (first > batch->count)
        return hg_fail(error, HG_E_ARGUMENT, "row %u of %u", first, batch->count);
    pthread_mutex_lock(&hosts->lock);
    const hg_status status = take_rows(hosts, batch, first, next, naming, index, error);
    pthread_mutex_unlock(&hosts->lock);
    return status;
}
