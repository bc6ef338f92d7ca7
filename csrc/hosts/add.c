/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * add.c - adds the rows of batches to the hosts.
 */
#include <string.h>

#include "answers/verdict.h"
#include "base/error.h"
#include "base/memory.h"
#include "flow/hash.h"
#include "hosts/devices.h"
#include "hosts/targets.h"
#include "hosts/ended.h"
#include "hosts/cryptography.h"
#include "hosts/handshakes.h"
#include "hosts/hosts.h"
#include "hosts/naming.h"
#include "hosts/reports.h"
#include "hosts/services.h"
#include "http/fields.h"
#include "rows/check.h"
#include "ssh/fields.h"
#include "tls/fields.h"
#include "tls/hello.h"

/* A row while it is added, and its host. */
typedef struct incoming_row {
    hg_hosts *hosts;
    const hg_batch *batch;
    hg_row of;
    uint8_t event;
    uint8_t role;
    hg_index index;
    hg_host_entry *host;
    hg_announcement_row announcement; /* if the row is an announcement */
} incoming_row;

/* ---- events ------------------------------------------------------------------------------------ */

static int64_t time_of(const incoming_row *t)
{
    return t->batch->columns.time_ns[t->of.index];
}

/* Counts a packet for whose host, name or port there is no room. Returns 0. */
static hg_index leave_out(const incoming_row *t)
{
    hg_host_extra *extra = t->index == 0 ? NULL : hg_host_take_extra(t->hosts, t->host);
    if (extra != NULL)
        extra->is_cut = 1;
    uint64_t number = t->batch->columns.packet_number[t->of.index];
    if (number != t->hosts->last_left_out)
        t->hosts->left_out++;
    t->hosts->last_left_out = number;
    return 0;
}

/* Like hg_host_note_name; `name` 0: there was no room for the name. While the host has no room for names that senders
 * can make up, such a name (or 0) is only counted as untracked, and the result is 1. */
static int note_name(const incoming_row *t, hg_host_source source, uint32_t name)
{
    const hg_names *names = &t->hosts->names;
    const hg_sighting packet = {.name = name, .first_ns = time_of(t), .last_ns = time_of(t), .source = (uint8_t)source,
                                .scope = t->batch->columns.scope[t->of.index]};
    const int found = name == 0 ? 0 : hg_host_note_name(t->hosts, t->host, &packet);
    if (found == 0 && !names->may_invent && (name == 0 || hg_is_invented(hg_host_name_at(names, name)))) {
        t->hosts->untracked++;
        return 1;
    }
    return found;
}

/* Called before a row gets a name that its sender may have made up. */
static void check_room_for_invented(const incoming_row *t)
{
    t->hosts->names.may_invent = (uint8_t)hg_host_has_room_for_invented(t->hosts, t->host);
}

/* A hash of all parts of the SYN+ACK's raw signature except the TTL. */
static uint64_t hash_of_answer(const incoming_row *t)
{
    const hg_tcp_columns *c = &t->batch->columns.tcp;
    const uint32_t at = t->of.at, kind = c->window_kind[at];
    uint64_t state = hg_hash_mix(t->hosts->hash_key, t->host->version | (uint64_t)c->olen[at] << 8 |
                                                         (uint64_t)c->mss[at] << 16 | (uint64_t)kind << 32 |
                                                         (uint64_t)c->wscale[at] << 40 | (uint64_t)c->pclass[at] << 48);
    state = hg_hash_mix(state, (kind != 0 ? c->window_multiple[at] : c->wsize[at]) | (uint64_t)c->quirks[at] << 32);
    return hg_hash_span(state, hg_span_of(c->olayout[at], sizeof c->olayout[at]));
}

/* Notes the host's first SYN+ACK that names a system, for the search for middleboxes. */
static void note_answer(const incoming_row *t, const hg_host_name *name)
{
    hg_host_entry *host = t->host;
    if ((host->flags & HG_HOST_ANSWERS) != 0 || name->kind != HG_NAME_SYSTEM || (name->flags & HG_NAMED_ANYTHING) != 0)
        return;
    hg_host_extra *extra = hg_host_take_extra(t->hosts, host);
    if (extra == NULL)
        return;
    uint64_t answer = hash_of_answer(t);
    extra->answer_low = (uint32_t)answer;
    extra->answer_high = (uint32_t)(answer >> 32);
    extra->answer_distance = t->batch->columns.tcp.distance[t->of.at];
    host->flags |= HG_HOST_ANSWERS;
}

/* Whether a SYN repeats an earlier one of the connection, perhaps with fewer options. */
static int is_retry(const incoming_row *t)
{
    const hg_columns *c = &t->batch->columns;
    return t->event == HG_EVENT_SYN && c->flow[t->of.index] != c->packet_number[t->of.index];
}

/* Takes a handshake that no tool made. Returns 1 if it shows nothing about the system. `name` NULL: no room. */
static int take_stack(const incoming_row *t, int is_syn, uint32_t number, const hg_host_name *name)
{
    if (!hg_is_proven(t->host))
        hg_handshake_note_hops(t->hosts, t->index, t->of.index, hg_handshake_hops(t->hosts, t->of));
    if (name != NULL && name->kind == HG_NAME_SYSTEM)
        t->host->quality = (uint8_t)((name->flags & HG_NAMED_FUZZY ? 1 : 0) | (name->flags & HG_NAMED_GENERIC ? 2 : 0));
    if (!is_syn && name != NULL)
        note_answer(t, name);
    return hg_is_loopback(t->host) ? 0 : hg_handshake_take(t->hosts, t->index, t->of, number, is_retry(t));
}

/* Takes a handshake's name, port and system, and the findings that follow from them. 0: no room for some of it. */
static int take_handshake_name(const incoming_row *t, int is_syn)
{
    const hg_columns *c = &t->batch->columns;
    if (c->tcp.signature[t->of.at] == HG_NO_SIGNATURE)
        check_room_for_invented(t);
    const uint32_t number = hg_name_of_handshake(t->hosts, t->batch, t->of);
    const hg_host_name *name = number == 0 ? NULL : hg_host_name_at(&t->hosts->names, number);
    if (!hg_is_proven(t->host))
        hg_host_note_port(t->hosts, t->host, t->role, is_syn ? c->dst_port[t->of.index] : c->src_port[t->of.index], time_of(t));
    const int is_tool = name != NULL && name->kind == HG_NAME_TOOL;
    if (!is_tool && take_stack(t, is_syn, number, name))
        return 1;
    const int noted = note_name(t, is_syn ? HG_SOURCE_SYN : HG_SOURCE_SYN_ACK, number);
    if (is_tool && noted != 0 && c->tcp.fuzzy[t->of.at] == 0)
        hg_host_add_findings(t->hosts, t->index, t->of.index, 1U << (hg_is_scanner(name) ? HG_FINDING_SCANNER : HG_FINDING_FORGED_PACKETS));
    if (noted == 2 && !hg_is_proven(t->host) && !hg_is_loopback(t->host) &&
        hg_host_has_contradicting_name(t->hosts, t->host, number))
        hg_host_add_findings(t->hosts, t->index, t->of.index, 1U << HG_FINDING_CONTRADICTING_SYSTEMS);
    return noted != 0;
}

/* Takes a SYN or SYN+ACK: its counts, name, score and target. 0: no room for some of it. */
static int take_handshake(incoming_row *t)
{
    const hg_columns *c = &t->batch->columns;
    hg_host_entry *host = t->host;
    int is_syn = t->event == HG_EVENT_SYN, is_tool = hg_is_of_tool(t->hosts, t->of);
    host->connections += !is_retry(t);
    if (!is_syn) {
        host->syn_acks++;
    } else if (!is_tool) {
        host->syns++;
        if (!hg_is_proven(host) && c->src_port[t->of.index] < host->lowest_port)
            host->lowest_port = c->src_port[t->of.index];
    }
    const uint64_t untracked = t->hosts->untracked;
    const int has_room = t->hosts->options.only_changes || take_handshake_name(t, is_syn);
    if (!is_tool && !hg_host_score_handshake(t->hosts, host, t->batch, t->of))
        t->hosts->untracked = untracked + 1;
    if (t->hosts->options.only_changes)
        return has_room;
    if (is_syn)
        hg_host_add_findings(t->hosts, t->index, t->of.index, hg_target_note_syn(t->hosts, t->index, t->of, is_retry(t)));
    else
        hg_target_note_syn_ack(t->hosts, t->of);
    return has_room;
}

/* Whether the row may be forged, although its host completed handshakes. Such a row adds names, but replaces no fact and
 * causes no finding. */
static int is_weak(const incoming_row *t)
{
    return hg_is_proven(t->host) && t->batch->columns.scope[t->of.index] < HG_SCOPE_HANDSHAKE;
}

/* The MTU of a proven host counts only once the handshake that shows it is completed. */
static int take_mtu(const incoming_row *t)
{
    const uint32_t mtu = t->batch->columns.tcp.mtu[t->of.at], link = hg_name_of_link(t->hosts, t->of);
    hg_open_handshake *open = hg_handshake_open(t->hosts, t->of);
    if (!hg_is_proven(t->host))
        hg_host_note_link(t->host, t->role, mtu, link);
    if (open != NULL) {
        open->facts.mtu = mtu;
        open->facts.link = link;
    }
    return 1;
}

/* Whether a measurement continues the only clock seen at the host. To forge it, an attacker must know that clock. */
static int confirms(const incoming_row *t, const hg_clock_shown *found)
{
    enum { MINUTES = 60 };
    const hg_host_clock *known = hg_host_clock_of(t->hosts, t->host);
    return known != NULL && known->now.doubt == HG_DOUBT_ALONE && found->doubt == HG_DOUBT_NONE &&
           known->now.modulo_days == found->modulo_days && found->minutes - known->now.minutes <= MINUTES;
}

static int take_uptime(const incoming_row *t)
{
    const hg_tcp_columns *c = &t->batch->columns.tcp;
    const hg_clock_shown found = {.hz = c->raw_frequency_hz[t->of.at], .minutes = c->uptime_minutes[t->of.at],
                                  .modulo_days = c->modulo_days[t->of.at], .doubt = c->doubt[t->of.at]};
    hg_open_handshake *open = hg_handshake_open(t->hosts, t->of);
    if (open != NULL) {
        open->facts.clock = found;
        open->facts.has_clock = 1;
    }
    return (is_weak(t) && !confirms(t, &found)) || hg_host_note_clock(t->hosts, t->index, t->role, &found, t->of.index);
}

/* Takes the system that all segments of the host point to, and raises the sighting's packets to their number. 0: no room. */
static int take_segments(const incoming_row *t)
{
    const uint32_t name = hg_name_of_segments(t->hosts, t->of), count = t->batch->columns.segments.segment_count[t->of.at];
    const hg_sighting packet = {.name = name, .first_ns = time_of(t), .last_ns = time_of(t), .source = HG_SOURCE_SEGMENTS,
                                .scope = HG_SCOPE_REMOTE};
    if (name == 0 || hg_host_note_name(t->hosts, t->host, &packet) == 0)
        return 0;
    hg_sighting *seen = hg_host_sighting(t->hosts, t->host, HG_SOURCE_SEGMENTS, name);
    if (seen->packets < count)
        seen->packets = count;
    return 1;
}

/* ---- programs ---------------------------------------------------------------------------------- */

/* Whether a SYN names the host's system with enough confidence for a comparison. */
static int has_sure_syn(const hg_hosts *hosts, const hg_host_entry *host)
{
    for (const hg_sighting *seen = NULL; (seen = hg_next_sighting(hosts, host, seen)) != NULL;) {
        const hg_host_name *name = hg_host_name_at(&hosts->names, seen->name);
        if (seen->source == HG_SOURCE_SYN && name->kind == HG_NAME_SYSTEM && name->confidence >= HG_LEAST_CONFIDENCE)
            return 1;
    }
    return 0;
}

/* Returns 1 if the system that the client claims contradicts its SYN. Weak rows are not judged. */
static int judge(const incoming_row *t, hg_host_source source)
{
    hg_judgement found;
    hg_judge(t->hosts->database, &t->of, &found);
    if (found.verdict != HG_VERDICT_CONTRADICTS || is_weak(t))
        return 0;
    t->host->contradictions++;
    if (t->hosts->options.only_changes || !has_sure_syn(t->hosts, t->host))
        return 1;
    hg_host_add_findings(t->hosts, t->index, t->of.index, 1U << HG_FINDING_CONTRADICTS);
    if (!note_name(t, source, hg_name_of_text(t->hosts, HG_NAME_MISMATCH, found.why, found.length)))
        (void)leave_out(t);
    return 1;
}

/* The name of the program that sent a request. If the request fits the browser in its User-Agent, the name has the
 * version stated there. */
static uint32_t name_client(const incoming_row *t)
{
    hg_client_verdict found;
    const uint32_t name = hg_name_of_http(t->hosts, t->of);
    if (t->hosts->database == NULL)
        return name;
    hg_judge_client(t->hosts->database, &t->of, &found);
    if (found.check == HG_CLIENT_CONSISTENT)
        return hg_name_of_browser(t->hosts, t->of, name);
    if (found.check == HG_CLIENT_MISMATCH && !is_weak(t)) {
        hg_host_add_findings(t->hosts, t->index, t->of.index, 1U << HG_FINDING_CLIENT_MISMATCH);
        if (!note_name(t, HG_SOURCE_CLIENT_CHECK, hg_name_of_text(t->hosts, HG_NAME_MISMATCH, found.why, found.facts)))
            (void)leave_out(t);
    }
    return name;
}

static int take_hello(incoming_row *t)
{
    check_room_for_invented(t);
    (void)judge(t, HG_SOURCE_TLS_CONNECTION);
    if (t->hosts->options.only_changes)
        return 1;
    hg_target_note_data(t->hosts, t->index, t->of);
    hg_service_note_request(t->hosts, t->of, hg_server_name_of(t->of));
    hg_take_service_name(t->hosts, t->index, hg_server_name_of(t->of), time_of(t));
    if (t->batch->columns.tls.post_quantum[t->of.at] != 0)
        t->host->flags |= HG_HOST_POST_QUANTUM;
    t->host->client_versions |= hg_bit_of_tls(t->batch->columns.tls.tls_version[t->of.at]);
    return note_name(t, HG_SOURCE_CLIENT_HELLO, hg_name_of_hello(t->hosts, t->of));
}

static int take_message(incoming_row *t, int against)
{
    t->hosts->untracked += !hg_host_score_message(t->hosts, t->host, t->batch, t->of, against);
    if (!is_weak(t))
        t->host->dishonest = t->batch->columns.http.dishonest[t->of.at] != 0 ? 2 : (uint8_t)against;
    if (t->hosts->options.only_changes)
        return 1;
    hg_take_software(t->hosts, t->index, t->of, against || is_weak(t));
    if (t->event == HG_EVENT_HTTP_REQUEST)
        return note_name(t, HG_SOURCE_HTTP_CLIENT, name_client(t));
    return note_name(t, HG_SOURCE_SERVER_HEADER, hg_name_of_http(t->hosts, t->of));
}

static int take_response(incoming_row *t)
{
    if (hg_check_http(t->batch, &t->of, NULL) != HG_OK)
        return 1;
    const int has_room = take_message(t, 0);
    hg_service_note_answer(t->hosts, t->host, t->of);
    const uint32_t name = t->hosts->options.only_changes ? 0 : hg_name_of_server_claim(t->hosts, t->of);
    return name == 0 ? has_room : note_name(t, HG_SOURCE_SERVER_HEADER, name) && has_room;
}

static int take_request(incoming_row *t)
{
    const hg_http_columns *c = &t->batch->columns.http;
    hg_host_source source;
    if (hg_check_http(t->batch, &t->of, NULL) != HG_OK)
        return 1;
    check_room_for_invented(t);
    if (c->language[t->of.at] != HG_LANGUAGE_NONE && !is_weak(t))
        t->host->language = c->language[t->of.at];
    if (!t->hosts->options.only_changes) {
        hg_target_note_data(t->hosts, t->index, t->of);
        hg_service_note_request(t->hosts, t->of, HG_HTTP_TEXT_OF(t->of, http_host));
    }
    const int has_room = take_message(t, judge(t, HG_SOURCE_HTTP_CONNECTION));
    if (t->hosts->options.only_changes || t->hosts->database == NULL)
        return has_room;
    const uint32_t name = hg_name_of_claim(t->hosts, &t->of, &source);
    return note_name(t, source, name) && has_room;
}

/* Takes a greeting, or the identification of an SSH client or server. A row with a key exchange repeats the
 * identification, so only its cryptography is taken. */
static int take_banner(incoming_row *t)
{
    const hg_host_source of_ssh = t->event == HG_EVENT_SSH_CLIENT ? HG_SOURCE_SSH_CLIENT : HG_SOURCE_SSH_SERVER,
                         source = t->event == HG_EVENT_GREETING ? HG_SOURCE_GREETING : of_ssh;
    uint32_t program, system;
    if (t->hosts->options.only_changes || hg_check_row(t->batch, &t->of, NULL) != HG_OK)
        return 1;
    if (source != HG_SOURCE_GREETING && hg_ssh_has_kexinit(t->of)) {
        if (source == HG_SOURCE_SSH_SERVER)
            hg_host_keys_note(t->hosts, t->index, t->of);
        hg_host_note_cryptography(t->hosts, t->host, t->of);
        return 1;
    }
    if (t->event == HG_EVENT_SSH_CLIENT)
        hg_target_note_data(t->hosts, t->index, t->of);
    check_room_for_invented(t);
    if (!hg_names_of_banner(t->hosts, t->of, &program, &system))
        return 1;
    const int has_room = note_name(t, source, program);
    return system == 0 ? has_room : note_name(t, source, system) && has_room;
}

static int take_certificate(incoming_row *t)
{
    if (hg_check_row(t->batch, &t->of, NULL) == HG_OK) {
        hg_host_note_cryptography(t->hosts, t->host, t->of);
        hg_host_add_findings(t->hosts, t->index, t->of.index, t->hosts->options.only_changes || is_weak(t) ? 0 : hg_findings_of_certificate(t->of));
    }
    return 1;
}

/* 0: no room for some of the row. */
static int take_event(incoming_row *t)
{
    switch ((hg_event)t->event) {
    case HG_EVENT_SYN:
    case HG_EVENT_SYN_ACK:
        return take_handshake(t);
    case HG_EVENT_MTU:
        return t->hosts->options.only_changes || take_mtu(t);
    case HG_EVENT_CLIENT_UPTIME:
    case HG_EVENT_SERVER_UPTIME:
        return t->hosts->options.only_changes || take_uptime(t);
    case HG_EVENT_TLS_CLIENT:
        return take_hello(t);
    case HG_EVENT_TLS_SERVER:
        t->host->server_versions |= hg_bit_of_tls(t->batch->columns.tls.tls_version[t->of.at]);
        hg_service_note_answer(t->hosts, t->host, t->of);
        hg_host_note_cryptography(t->hosts, t->host, t->of);
        return 1;
    case HG_EVENT_HTTP_REQUEST:
        return take_request(t);
    case HG_EVENT_HTTP_RESPONSE:
        return take_response(t);
    case HG_EVENT_SEGMENTS:
        return t->hosts->options.only_changes || take_segments(t);
    HG_CASES_OF_DEVICES
        return hg_take_announcement(t->hosts, t->batch, t->of, &t->announcement, t->index);
    case HG_EVENT_SSH_CLIENT:
    case HG_EVENT_SSH_SERVER:
    case HG_EVENT_GREETING:
        return take_banner(t);
    case HG_EVENT_CERTIFICATE:
        return take_certificate(t);
    default: /* describes no host */
        return 1;
    }
}

/* ---- rows -------------------------------------------------------------------------------------- */

static hg_index host_of(const incoming_row *t, hg_reader_id reader)
{
    const hg_columns *c = &t->batch->columns;
    hg_tunnel_id tunnel;
    if (reader == HG_READER_DEVICES)
        return hg_announcing_host(t->hosts, t->batch, t->of, &t->announcement);
    const hg_host_id id = {hg_address_of(c->src_ip[t->of.index]), hg_tunnel_of_row(t->of, &tunnel), c->ip_version[t->of.index]};
    return hg_host_take(t->hosts, id, time_of(t), 0);
}

/* Adds a row to its host, and returns the host; 0: the row describes none, or there is no room. */
static hg_index take_row(incoming_row *t, hg_reader_id reader)
{
    if (reader == HG_READER_DEVICES)
        hg_dhcp_note(t->hosts, t->batch, t->of);
    if (reader == HG_READER_CHANGES ||
        (reader == HG_READER_DEVICES && !hg_announcement_counts(t->hosts, t->batch, t->of, &t->announcement)))
        return 0;
    t->index = host_of(t, reader);
    if (t->index == 0)
        return leave_out(t);
    t->host = hg_host_at(t->hosts, t->index);
    if (reader != HG_READER_DEVICES || t->batch->columns.scope[t->of.index] == HG_SCOPE_HANDSHAKE)
        hg_host_note_sent(t->hosts, t->host);
    hg_widen(&t->host->first_ns, &t->host->last_ns, time_of(t), time_of(t));
    hg_host_touch(t->hosts, t->index);
    t->hosts->names.may_invent = 1;
    if (t->batch->columns.scope[t->of.index] == HG_SCOPE_HANDSHAKE && !t->hosts->options.only_changes)
        hg_handshake_prove(t->hosts, t->index, t->of);
    if (!take_event(t))
        (void)leave_out(t);
    if (t->hosts->options.reports_findings && reader != HG_READER_DEVICES) /* announcements may come from other hosts */
        t->hosts->untracked += !hg_host_report_findings(t->hosts, t->host, &(hg_finding_place){time_of(t), t->of.index, NULL});
    return t->index;
}

/* Takes the batch's completions up to packet `until`. Their findings are reported at the row before `row`. */
static void take_completions(hg_hosts *hosts, const hg_batch *batch, uint32_t *at, uint64_t until, uint32_t row)
{
    const uint32_t before = batch->count == 0 ? HG_NO_ROW : row == 0 ? 0 : row - 1;
    for (; *at < batch->completion_count && batch->completions[*at].packet_number <= until; ++*at) {
        if ((batch->completions[*at].marks & HG_COMPLETES) != 0)
            hg_handshake_complete(hosts, batch->completions + *at, before);
        hg_finding_place place = {.row = row - 1};
        hg_host_entry *host = hg_target_note_outcome(hosts, batch->completions + *at, before, &place);
        hosts->untracked += host != NULL && !hg_host_report_findings(hosts, host, &place);
    }
}

/* Adds all rows of a batch, and the completions between them. */
static hg_status take_rows(hg_hosts *hosts, const hg_batch *batch, hg_error *error)
{
    uint32_t at[HG_READERS] = {0}, completions = 0;
    hg_hosts_begin_changes(hosts);
    if (!hg_make_room(&hosts->row_hosts, &hosts->row_room, batch->count, sizeof *hosts->row_hosts, 0))
        return hg_fail(error, HG_E_MEMORY, "no memory for the hosts of %u rows", batch->count);
    for (uint32_t row = 0; row < batch->count; row++) {
        const uint8_t event = batch->columns.event[row];
        const hg_reader_id reader = hg_event_reader(event);
        if (reader >= HG_READERS || at[reader] >= batch->counts[reader] ||
            hg_reader_rows(&batch->columns, reader)[at[reader]] != row)
            return hg_fail(error, HG_E_ARGUMENT, "row %u is of no reader", row);
        incoming_row one = {.hosts = hosts, .batch = batch, .event = event,
                      .of = {&batch->columns, batch->texts, row, at[reader]},
                      .role = batch->columns.from_server[row] ? HG_ROLE_SERVER : HG_ROLE_CLIENT};
        hg_host_prefetch(hosts, &batch->columns, row, batch->count);
        take_completions(hosts, batch, &completions, batch->columns.packet_number[row], row);
        hosts->row_hosts[row] = take_row(&one, reader);
        at[reader]++;
    }
    take_completions(hosts, batch, &completions, UINT64_MAX, batch->count);
    return HG_OK;
}

hg_status hg_hosts_add(hg_hosts *hosts, const hg_batch *batch, hg_error *error)
{
    pthread_mutex_lock(&hosts->lock);
    const hg_status status = take_rows(hosts, batch, error);
    pthread_mutex_unlock(&hosts->lock);
    return status;
}
