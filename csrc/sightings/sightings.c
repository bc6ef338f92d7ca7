/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * sightings.c - the names that rows give their hosts, and what these rows state about the system.
 */
#include "base/kinds.h"
#include "devices/local.h"
#include "handshakes/handshakes.h"
#include "hosts/details.h"
#include "hosts/fact.h"
#include "http/fields.h"
#include "names/browsers.h"
#include "names/client.h"
#include "names/verdict.h"
#include "sightings/naming.h"
#include "ssh/fields.h"

/* Like hg_host_note_name; `name` 0: there was no room for the name. While the host has no room for names that senders
 * can make up, such a name (or 0) is only counted as untracked, and the result is 1. */
static int note_name(const hg_host_event *row, hg_host_source source, uint32_t name)
{
    const hg_names *names = &row->hosts->names;
    const uint8_t scope = row->batch->columns.scope[row->of.index];
    const int found =
        name == 0 ? 0 : hg_host_note_name(row->hosts, row->host, (uint8_t)source, name, scope, hg_row_time(row));
    if (found == 0 && !names->may_invent && (name == 0 || hg_is_invented(hg_host_name_at(names, name)))) {
        row->hosts->untracked++;
        return 1;
    }
    return found;
}

/* Called before a row gets a name that its sender may have made up. */
static void check_room_for_invented(const hg_host_event *row)
{
    row->hosts->names.may_invent = (uint8_t)hg_host_has_room_for_invented(row->hosts, row->host);
}

/* ---- systems ------------------------------------------------------------------------------------- */

/* Takes a handshake that no tool made. Returns 1 if it shows nothing about the system. `name` NULL: no room. */
static int take_stack(const hg_host_event *row, uint32_t number, const hg_host_name *name)
{
    if (!hg_is_proven(row->host))
        hg_handshake_note_hops(row->hosts, row->index, row->of.index, hg_handshake_hops(row->hosts, row->of));
    if (name != NULL && name->kind == HG_NAME_SYSTEM)
        row->host->quality = ((name->flags & HG_NAMED_FUZZY ? 1U : 0) | (name->flags & HG_NAMED_GENERIC ? 2U : 0)) & 3U;
    return hg_handshake_take(row->hosts, row->index, row->of, number, hg_row_is_retry(row), !hg_is_loopback(row->host));
}

/* Takes a handshake's name, port and system, and the findings that follow from them. 0: no room for some of it. */
static int take_name(hg_host_event *row, int is_syn)
{
    const hg_columns *c = &row->batch->columns;
    if (c->tcp.signature[row->of.at] == HG_NO_SIGNATURE)
        check_room_for_invented(row);
    const uint32_t number = hg_name_of_handshake(row->hosts, row->batch, row->of);
    row->name = number;
    const hg_host_name *name = number == 0 ? NULL : hg_host_name_at(&row->hosts->names, number);
    if (!hg_is_proven(row->host) && !hg_row_is_retry(row))
        hg_host_note_port(row->hosts, row->host, row->role,
                          is_syn ? c->dst_port[row->of.index] : c->src_port[row->of.index], hg_row_time(row));
    const int is_tool = name != NULL && name->kind == HG_NAME_TOOL;
    if (is_tool)
        (void)hg_handshake_take(row->hosts, row->index, row->of, number, hg_row_is_retry(row), 0);
    else if (take_stack(row, number, name))
        return 1;
    const int noted = note_name(row, is_syn ? HG_SOURCE_SYN : HG_SOURCE_SYN_ACK, number);
    if (is_tool && noted != 0 && c->tcp.fuzzy[row->of.at] == 0)
        hg_host_add_findings(row->hosts, row->index, row->of.index,
                             UINT64_C(1) << (hg_is_scanner(name) ? HG_FINDING_SCANNER : HG_FINDING_FORGED_PACKETS));
    if (number != 0 && noted != 0 && !hg_is_proven(row->host) && !hg_is_loopback(row->host) &&
        hg_host_has_contradicting_name(row->hosts, row->host, number))
        hg_host_add_findings(row->hosts, row->index, row->of.index, UINT64_C(1) << HG_FINDING_CONTRADICTING_SYSTEMS);
    return noted != 0;
}

/* Takes the counts and the name of a SYN or SYN+ACK. 0: no room for the name. */
static int take_handshake(hg_host_event *row)
{
    const hg_columns *c = &row->batch->columns;
    hg_host_entry *host = row->host;
    const int is_syn = row->event == HG_EVENT_SYN;
    host->connections += !hg_row_is_retry(row);
    if (!is_syn) {
        host->syn_acks++;
    } else if (!hg_is_of_tool(row->hosts, row->of)) {
        host->syns++;
        if (!hg_is_proven(host) && c->src_port[row->of.index] < host->lowest_port)
            host->lowest_port = c->src_port[row->of.index];
    }
    return take_name(row, is_syn);
}

/* The MTU of a proven host counts only once the handshake that shows it is completed. */
static int take_mtu(const hg_host_event *row)
{
    const uint32_t mtu = row->batch->columns.tcp.mtu[row->of.at], link = hg_name_of_link(row->hosts, row->of);
    hg_open_handshake *open = hg_handshake_open(row->hosts, row->of);
    if (!hg_is_proven(row->host))
        hg_host_note_link(row->host, row->role, mtu, link);
    if (open != NULL) {
        open->facts.mtu = mtu;
        open->facts.link = link;
    }
    return 1;
}

/* Takes the system that all segments of the host point to, and raises the sighting's packets to their number. 0: no
 * room. */
static int take_segments(const hg_host_event *row)
{
    const uint32_t name = hg_name_of_segments(row->hosts, row->of),
                   count = row->batch->columns.segments.segment_count[row->of.at];
    if (name == 0 ||
        !hg_host_note_name(row->hosts, row->host, HG_SOURCE_SEGMENTS, name, HG_SCOPE_REMOTE, hg_row_time(row)))
        return 0;
    hg_sighting *seen = hg_host_sighting(row->hosts, row->host, HG_SOURCE_SEGMENTS, name);
    if (seen->packets < count)
        seen->packets = count;
    return 1;
}

/* ---- programs ------------------------------------------------------------------------------------ */

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
static int judge(hg_host_event *row, hg_host_source source)
{
    hg_judgement found;
    hg_judge(row->hosts->database, &row->of, &found);
    row->contradicts = found.verdict == HG_VERDICT_CONTRADICTS && !hg_row_is_weak(row);
    if (!row->contradicts)
        return 0;
    row->host->contradictions++;
    if (!has_sure_syn(row->hosts, row->host))
        return 1;
    hg_host_add_findings(row->hosts, row->index, row->of.index, UINT64_C(1) << HG_FINDING_CONTRADICTS);
    if (!note_name(row, source, hg_name_of_text(row->hosts, HG_NAME_MISMATCH, found.why, found.length)))
        hg_row_leave_out(row);
    return 1;
}

/* The name of the program that sent a request. If the request fits the browser in its User-Agent, the name has the
 * version stated there. */
static uint32_t name_client(const hg_host_event *row)
{
    hg_client_judgement found;
    const uint32_t name = hg_name_of_http(row->hosts, row->of);
    if (row->hosts->database == NULL)
        return name;
    hg_client_judge_row(row->hosts->database, &row->of, &found);
    if (found.check == HG_CLIENT_CONSISTENT)
        return hg_name_of_browser(row->hosts, row->of, name);
    if (found.check == HG_CLIENT_MISMATCH && !hg_row_is_weak(row)) {
        hg_host_add_findings(row->hosts, row->index, row->of.index, UINT64_C(1) << HG_FINDING_CLIENT_MISMATCH);
        if (!note_name(row, HG_SOURCE_CLIENT_CHECK,
                       hg_name_of_text(row->hosts, HG_NAME_MISMATCH, found.why, found.facts)))
            hg_row_leave_out(row);
    }
    return name;
}

static int take_hello(hg_host_event *row)
{
    check_room_for_invented(row);
    (void)judge(row, HG_SOURCE_TLS_CONNECTION);
    return note_name(row, HG_SOURCE_CLIENT_HELLO, hg_name_of_hello(row->hosts, row->of));
}

static void note_honesty(const hg_host_event *row, int against)
{
    if (!hg_row_is_weak(row))
        row->host->dishonest = (row->batch->columns.http.dishonest[row->of.at] != 0 ? 2U : (uint32_t)against) & 3U;
}

/* Whether the header Server of a local host names another system than all its SYN+ACKs, in a response that no proxy
 * marked. On the internet, caches of content networks pass such headers on. */
static int is_of_another_system(const hg_host_event *row, uint32_t name)
{
    hg_http_head head;
    if (hg_row_is_weak(row) || !hg_host_contradicts_all(row->hosts, row->host, name, HG_SOURCE_SYN_ACK) ||
        !hg_host_is_local(row->hosts, row->host))
        return 0;
    hg_http_head_of(row->of, &head);
    return !hg_was_passed_on(&head);
}

static int take_response(hg_host_event *row)
{
    note_honesty(row, 0);
    const uint32_t program = hg_name_of_http(row->hosts, row->of);
    const int has_room = note_name(row, HG_SOURCE_SERVER_HEADER, program);
    const uint32_t name = hg_name_of_server_claim(row->hosts, row->of), stated = name != 0 ? name : program;
    if (stated != 0 && is_of_another_system(row, stated))
        hg_host_add_findings(row->hosts, row->index, row->of.index, UINT64_C(1) << HG_FINDING_SERVER_MISMATCH);
    return name == 0 ? has_room : note_name(row, HG_SOURCE_SERVER_HEADER, name) && has_room;
}

static int take_request(hg_host_event *row)
{
    const hg_http_columns *c = &row->batch->columns.http;
    hg_host_source source;
    check_room_for_invented(row);
    if (c->language[row->of.at] != HG_LANGUAGE_NONE && !hg_row_is_weak(row))
        row->host->language = c->language[row->of.at];
    note_honesty(row, judge(row, HG_SOURCE_HTTP_CONNECTION));
    const int has_room = note_name(row, HG_SOURCE_HTTP_CLIENT, name_client(row));
    if (row->hosts->database == NULL)
        return has_room;
    const uint32_t name = hg_name_of_claim(row->hosts, &row->of, &source);
    return note_name(row, source, name) && has_room;
}

/* Takes a greeting, or the identification of an SSH client or server. A row with a key exchange repeats the
 * identification. */
static int take_banner(hg_host_event *row)
{
    const hg_host_source of_ssh = row->event == HG_EVENT_SSH_CLIENT ? HG_SOURCE_SSH_CLIENT : HG_SOURCE_SSH_SERVER,
                         source = row->event == HG_EVENT_GREETING ? HG_SOURCE_GREETING : of_ssh;
    uint32_t program, system;
    if (source != HG_SOURCE_GREETING && hg_ssh_has_kexinit(row->of))
        return 1;
    check_room_for_invented(row);
    if (!hg_names_of_banner(row->hosts, row->of, &program, &system))
        return 1;
    const int has_room = note_name(row, source, program);
    return system == 0 ? has_room : note_name(row, source, system) && has_room;
}

/* 0: no room for some of the row. */
static int take_event(hg_host_event *row)
{
    switch ((hg_event)row->event) {
    case HG_EVENT_SYN:
    case HG_EVENT_SYN_ACK:
        return take_handshake(row);
    case HG_EVENT_MTU:
        return take_mtu(row);
    case HG_EVENT_TLS_CLIENT:
        return take_hello(row);
    case HG_EVENT_HTTP_REQUEST:
        return take_request(row);
    case HG_EVENT_HTTP_RESPONSE:
        return take_response(row);
    case HG_EVENT_SEGMENTS:
        return take_segments(row);
    case HG_EVENT_SSH_CLIENT:
    case HG_EVENT_SSH_SERVER:
    case HG_EVENT_GREETING:
        return take_banner(row);
    default: /* names no host */
        return 1;
    }
}

static void on(hg_host_event *event)
{
    if (event->event == HG_ON_PROVEN) {
        event->host->contradictions = 0;
        event->host->language = HG_LANGUAGE_NONE;
        event->host->dishonest = 0;
    } else if (!take_event(event))
        hg_row_leave_out(event);
}

const hg_fact hg_fact_sightings = {
    .events = HG_HANDSHAKE_EVENTS | UINT64_C(1) << HG_EVENT_MTU | UINT64_C(1) << HG_EVENT_TLS_CLIENT | HG_HTTP_EVENTS |
              UINT64_C(1) << HG_EVENT_SEGMENTS | HG_SSH_EVENTS | UINT64_C(1) << HG_EVENT_GREETING |
              UINT64_C(1) << HG_ON_PROVEN,
    .on = on,
};
