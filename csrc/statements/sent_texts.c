/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * sent_texts.c - what a host says of itself in connections: its User-Agent, its server's banner, ports that it serves.
 */
#include "announcements/match.h"
#include "devices/devices.h"
#include "devices/local.h"
#include "handshakes/handshakes.h"
#include "hosts/fact.h"
#include "http/fields.h"
#include "names/browsers.h"
#include "statements/known_claims.h"
#include "tls/fields.h"

/* Adds a text that a host sent in a connection. Other systems may connect from its address too. */
static void note_sent_text(hg_hosts *hosts, hg_index index, hg_span text, uint8_t kind, int64_t time_ns)
{
    const hg_announcement_text announced = {text.data, text.length < UINT8_MAX ? (uint8_t)text.length : UINT8_MAX,
                                            kind};
    hg_device_claim claim;
    if (text.length == 0 || hg_known_claim_of(hosts, &announced, &claim) == HG_NO_SIGNATURE)
        return;
    claim.packets = 1;
    claim.first_ns = claim.last_ns = time_ns;
    claim.scope = HG_SCOPE_REMOTE;
    claim.has_mac = 0;
    hosts->untracked += !hg_device_add_claim(hosts, index, &claim);
}

static void take_service_name(hg_hosts *hosts, hg_index index, hg_span name, int64_t time_ns)
{
    if (hg_host_is_local(hosts, hg_host_at(hosts, index)))
        note_sent_text(hosts, index, hg_called_service_pattern(hosts->database, name.text, name.length), HG_SAYS_CALLS,
                       time_ns);
}

/* The User-Agent of a browser on Android, from the model on; empty: it is none. */
static hg_span from_model(hg_span agent)
{
    enum { LANGUAGE = 7 /* as "en-us; " */ };
    static const char SYSTEM[] = "(Linux; Android ";
    const char *at = hg_text_find(agent, SYSTEM), *end = agent.text + agent.length;
    at = at == NULL ? NULL : memchr(at + strlen(SYSTEM), ';', (size_t)(end - at) - strlen(SYSTEM));
    if (at == NULL || end - at <= 2 + LANGUAGE)
        return hg_span_of(NULL, 0);
    at += at[4] == '-' && at[7] == ';' ? 2 + LANGUAGE : 2;
    return hg_span_of(at, (size_t)(end - at));
}

static void take_software(hg_hosts *hosts, hg_index index, hg_row row, int is_doubtful)
{
    const int is_answer = row.columns->event[row.index] == HG_EVENT_HTTP_RESPONSE;
    const hg_host_entry *host = hg_host_at(hosts, index);
    hg_http_head head;
    if (is_doubtful || row.columns->http.dishonest[row.at] != 0 || hosts->database == NULL ||
        !(hg_host_is_local(hosts, host) || (!is_answer && hg_is_proven(host))))
        return;
    const hg_span announced = is_answer ? HG_HTTP_TEXT_OF(row, server_header) : HG_HTTP_TEXT_OF(row, user_agent);
    hg_http_head_of(row, &head);
    if (hg_was_passed_on(&head))
        return;
    note_sent_text(hosts, index, announced, is_answer ? HG_SAYS_SERVER : HG_SAYS_USER_AGENT,
                   row.columns->time_ns[row.index]);
    const hg_span model = from_model(announced);
    hg_device_claim claim;
    hg_span type;
    if (model.length > 0 && hg_known_type_of(hosts, HG_SAYS_USER_AGENT, announced, &claim, &type) && type.length == 0)
        note_sent_text(hosts, index, model, HG_SAYS_USER_AGENT, row.columns->time_ns[row.index]);
}

/* Takes the identification of a local SSH server. */
static void take_identification(hg_hosts *hosts, hg_index index, hg_row row)
{
    if (hosts->database != NULL && hg_host_is_local(hosts, hg_host_at(hosts, index)))
        note_sent_text(hosts, index, HG_TEXT_OF(row, ssh, banner), HG_SAYS_SERVES, row.columns->time_ns[row.index]);
}

/* Takes a completed handshake: the port of a local server. */
static void take_handshake(hg_hosts *hosts, const hg_open_handshake *open)
{
    char text[sizeof "65535" + HG_RENDER_SLACK];
    if (open->source == HG_SOURCE_SYN_ACK && hosts->database != NULL &&
        hg_host_is_local(hosts, hg_host_at(hosts, open->host)))
        note_sent_text(hosts, open->host, hg_span_of(text, (size_t)(hg_put_u32(text, open->facts.port) - text)),
                       HG_SAYS_SERVES, open->syn.time_ns);
}

static void on(hg_host_event *event)
{
    if (event->event == HG_ON_HANDSHAKE)
        take_handshake(event->hosts, event->handshake);
    else if (event->event == HG_EVENT_TLS_CLIENT)
        take_service_name(event->hosts, event->index, hg_server_name_of(event->of), hg_row_time(event));
    else if (event->event == HG_EVENT_SSH_SERVER)
        take_identification(event->hosts, event->index, event->of);
    else
        take_software(event->hosts, event->index, event->of, event->contradicts > 0 || hg_row_is_weak(event));
}

const hg_fact hg_fact_sent_texts = {
    .events = HG_HTTP_EVENTS | UINT64_C(1) << HG_EVENT_TLS_CLIENT | UINT64_C(1) << HG_EVENT_SSH_SERVER |
              UINT64_C(1) << HG_ON_HANDSHAKE,
    .on = on,
};
