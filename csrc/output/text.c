/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * text.c - text for people: a head line, indented values, a blank line.
 */
#include "names/fields.h"
#include "names/client.h"
#include "names/verdict.h"
#include "base/escape.h"
#include "output/renderer.h"

#define ARROW " \xe2\x86\x92 " /* U+2192 */

static char *put_endpoint(char *p, uint8_t version, const uint8_t *address, uint16_t port)
{
    if (version == 6) {
        *p++ = '[';
        p = hg_put_ipv6(p, address);
        *p++ = ']';
    } else {
        p = hg_put_ipv4(p, address);
    }
    *p++ = ':';
    return hg_put_u32(p, port);
}

/* Writes "10:00:02 ": the time of the packet in seconds. */
static char *put_clock(hg_renderer *renderer, char *p, int64_t time_ns)
{
    enum { DAY = sizeof "2026-01-15 " - 1 };
    uint32_t ns; /* not shown */
    char text[HG_CALENDAR_BYTES];
    hg_put_second(renderer, text, hg_floor_seconds(time_ns, &ns));
    p = hg_put_bytes(p, text + DAY, HG_CALENDAR_BYTES - DAY);
    *p++ = ' ';
    return p;
}

/* How head lines begin. */
#define HEADING(KIND, name, READER, heading) [HG_EVENT_##KIND] = (heading),
static const char *const HEADS[HG_EVENT_KINDS] = {HG_EVENT_NAMES(HEADING)};

static char *put_head(hg_renderer *renderer, char *p, uint32_t i)
{
    const hg_columns *columns = renderer->row.columns;
    if (renderer->shows_clock)
        p = put_clock(renderer, p, columns->time_ns[i]);
    p = hg_put_word(p, HEADS[columns->event[i]]); /* rows are checked before */
    if (!hg_has_addresses(columns, i))
        return columns->event[i] == HG_EVENT_DEVICE_CHANGE ? HG_AFTER(p - 1, "\n  ")
                                                           : HG_AFTER(p, "without addresses\n  ");
    p = put_endpoint(p, columns->ip_version[i], columns->src_ip[i], columns->src_port[i]);
    HG_PUT(p, ARROW);
    return HG_AFTER(put_endpoint(p, columns->ip_version[i], columns->dst_ip[i], columns->dst_port[i]), "\n  ");
}

/* ---- fields with a label, one line each --------------------------------------------------------- */

#define WORD_ITEM(word) word,
#define TEXT_MADE(get, words) return get(context, room);
#define TEXT_FREE(get, words) return get(context, room);
#define TEXT_LIST(get, words) return hg_span_of(room, (size_t)(get(context, room, 0) - room));
#define TEXT_WORD(get, words)                              \
    static const char *const texts[] = {words(WORD_ITEM)}; \
    const int place = get(context);                        \
    (void)room;                                            \
    return place < 0 ? (hg_span){0} : hg_span_of_word(texts[place]);
#define TEXT(function, FORM, get, words, label, events, is_private)    \
    static hg_span function(const hg_row_context *context, char *room) \
    {                                                                  \
        FORM(get, words)                                               \
    }
HG_LABELLED_FIELDS(TEXT)

static const struct {
    hg_span (*text)(const hg_row_context *context, char *room);
    const char *label;
    uint64_t events; /* that have the field, a bit each */
    uint8_t is_private;
} LINES[] = {
#define LINE(function, FORM, get, words, label, events, is_private) {function, (label), (events), (is_private)},
    HG_LABELLED_FIELDS(LINE)};

/* Writes the lines of the renderer's row; missing values have none. Before each line but the one at `first` comes a
 * line break. */
static char *put_labelled_lines(const hg_renderer *renderer, char *p, const char *first)
{
    const hg_row_context of = {
        .row = renderer->row, .database = renderer->database, .shown = hg_http_shown_by(renderer->hides_private)};
    const uint8_t event = renderer->row.columns->event[renderer->row.index];
    char room[HG_FIELD_ROOM];
#define OR_EVENTS(function, FORM, get, words, label, events, is_private) | (events)
    if (((UINT64_C(0) HG_LABELLED_FIELDS(OR_EVENTS)) >> event & 1) == 0) /* saves time for events without such fields */
        return p;
    for (uint32_t i = 0; i < sizeof LINES / sizeof LINES[0]; i++) {
        if ((LINES[i].events >> event & 1) == 0 || (LINES[i].is_private && renderer->hides_private))
            continue;
        const hg_span text = LINES[i].text(&of, room);
        if (text.length == 0)
            continue;
        if (p != first)
            HG_PUT(p, "\n  ");
        p = hg_escape_plain(hg_put_word(p, LINES[i].label), text.data, text.length, 0);
    }
    return p;
}

/* ---- other values ---------------------------------------------------------------------------- */

static char *put_handshake(char *p, hg_renderer *renderer, const hg_name *name)
{
    const hg_row row = renderer->row;
    const hg_span kept = hg_kept_text(renderer);
    if (kept.length > 0)
        return hg_put_bytes(p, kept.text, kept.length);
    const char *const first = p;
    p = hg_put_bytes(p, name->text, name->length);
    HG_PUT_WITH(p, "\n  Dist:   ", hg_put_distance, row, &name->marks);
    HG_PUT_WITH(p, "\n  Params: ", hg_put_params_or_none, row, &name->marks);
    p = hg_put_raw_signature(HG_AFTER(p, "\n  Sig:    "), row);
    hg_keep_text(renderer, first, p);
    return p;
}

/* Writes, for example, "198 days": the period after which the clock wraps. On the last one, hours follow. */
static char *put_modulo(char *p, const hg_tcp_columns *columns, uint32_t at, uint32_t days)
{
    p = hg_put_u32(p, columns->modulo_days[at]);
    HG_PUT(p, " days");
    if (days < columns->modulo_days[at] || columns->frequency_hz[at] == 0)
        return p;
    HG_PUT_WITH(p, ", ", hg_put_u32, UINT32_MAX / columns->frequency_hz[at] / 3600 % 24);
    return HG_AFTER(p, " hrs");
}

static char *put_uptime(char *p, const hg_tcp_columns *columns, uint32_t at)
{
    uint32_t minutes = columns->uptime_minutes[at];
    HG_PUT_WITH(p, "Uptime: ", hg_put_u32, minutes / 60 / 24);
    HG_PUT_WITH(p, " days, ", hg_put_u32, minutes / 60 % 24);
    HG_PUT_WITH(p, " hrs, ", hg_put_u32, minutes % 60);
    HG_PUT_WITH(p, " min (modulo ", put_modulo, columns, at, minutes / 60 / 24);
    HG_PUT_WITH(p, ")\n  Freq:   ", hg_put_2_decimals, columns->raw_frequency_hz[at]);
    HG_PUT(p, " Hz");
    const char *doubt = hg_doubt_reason(columns->uptime_doubt[at]);
    if (doubt == NULL)
        return p;
    return hg_put_word(HG_AFTER(p, "\n  Note:   unreliable: "), doubt);
}

static char *put_server_name(char *p, const hg_renderer *renderer)
{
    if (renderer->hides_private)
        return HG_AFTER(p, "(left out)");
    hg_span name = hg_server_name_of(renderer->row);
    return name.length > 0 ? hg_escape_plain(p, name.data, name.length, 0) : HG_AFTER(p, "none");
}

/* Writes, for example, "consistent (…)". */
static char *put_verdict(char *p, const hg_renderer *renderer)
{
    hg_judgement found;
    hg_judge(renderer->database, &renderer->row, &found);
    p = found.verdict == HG_VERDICT_NOT_CHECKED ? HG_AFTER(p, "not checked")
                                                : hg_put_word(p, hg_verdict_name(found.verdict));
    HG_PUT_WITH(p, " (", hg_escape_plain, (const uint8_t *)found.why, found.length, 0);
    return HG_AFTER(p, ")");
}

/* Only QUIC needs a word; the version shows DTLS. */
static char *put_transport(char *p, hg_row row)
{
    return row.columns->tls.transport[row.at] == HG_TRANSPORT_QUIC ? HG_AFTER(p, " (QUIC)") : p;
}

static char *put_user_agent(char *p, hg_row row)
{
    hg_span agent = hg_user_agent_of(row);
    if (agent.length == 0)
        return p;
    return hg_escape_plain(HG_AFTER(p, "\n  Agent:   "), agent.data, agent.length, 0);
}

static char *put_client_hello(char *p, const hg_renderer *renderer, const hg_name *name)
{
    const hg_row row = renderer->row;
    const hg_tls_columns *c = &row.columns->tls;
    HG_PUT_WITH(p, "SNI:     ", put_server_name, renderer);
    HG_PUT_WITH(p, "\n  Version: ", hg_put_tls_version, c->tls_version[row.at]);
    p = put_transport(p, row);
    p = put_user_agent(p, row);
    HG_PUT(p, "\n  JA4:     ");
    if (c->ssl2[row.at])
        return HG_AFTER(p, "none (SSL 2.0's format)");
    p = hg_put_bytes(p, (const char *)c->ja4[row.at], sizeof c->ja4[row.at]);
    HG_PUT_WITH(p, "\n  ", hg_put_bytes, name->text, name->length);
    HG_PUT_WITH(p, "\n  TLS/OS:  ", put_verdict, renderer);
    p = put_labelled_lines(renderer, p, NULL);
    return c->malformed[row.at] ? HG_AFTER(p, "\n  Note:    malformed") : p;
}

static char *put_server_hello(char *p, const hg_renderer *renderer)
{
    const hg_row row = renderer->row;
    const hg_tls_columns *c = &row.columns->tls;
    const char *downgrade = hg_downgrade_name(c->downgrade[row.at]);
    HG_PUT_WITH(p, "Version: ", hg_put_tls_version, c->tls_version[row.at]);
    p = put_transport(p, row);
    HG_PUT_WITH(p, "\n  Cipher:  ", hg_put_tls_cipher, c->cipher[row.at]);
    if (c->group[row.at] != 0)
        HG_PUT_WITH(p, "\n  Group:   ", hg_put_tls_group, c->group[row.at]);
    p = put_labelled_lines(renderer, p, NULL);
    if (c->hello_retry[row.at])
        HG_PUT(p, "\n  Note:    asks for another hello (HelloRetryRequest)");
    if (downgrade != NULL)
        HG_PUT_WITH(p, "\n  Note:    could do a newer version than ", hg_put_word, downgrade);
    return p;
}

/* Writes the mismatch of a request with the browser that it names, if there is one. */
static char *put_client(char *p, const hg_renderer *renderer)
{
    hg_client_judgement found;
    hg_client_judge_row(renderer->database, &renderer->row, &found);
    if (found.check == HG_CLIENT_MISMATCH) {
        HG_PUT_WITH(p, "\n  Client:  mismatch (", hg_escape_plain, (const uint8_t *)found.why, found.length, 0);
        HG_PUT(p, ")");
    }
    return p;
}

static char *put_http(char *p, const hg_renderer *renderer, const hg_name *name)
{
    const hg_row row = renderer->row;
    const int is_request = row.columns->event[row.index] == HG_EVENT_HTTP_REQUEST;
    p = is_request ? HG_AFTER(p, "Program: ") : HG_AFTER(p, "Server:  ");
    p = hg_put_bytes(p, name->text, name->length);
    if (is_request)
        HG_PUT_WITH(p, "\n  Lang:    ", hg_put_language, row);
    HG_PUT_WITH(p, "\n  Params:  ", hg_put_http_params_or_none, row, &name->marks);
    if (is_request)
        HG_PUT_WITH(p, "\n  UA/OS:   ", put_verdict, renderer);
    if (is_request)
        p = put_client(p, renderer);
    p = put_labelled_lines(renderer, p, NULL);
    HG_PUT(p, "\n  Sig:     ");
    return hg_put_http_plain(p, row, renderer->database, hg_http_shown_by(renderer->hides_private), 0);
}

static char *put_segments(char *p, const hg_renderer *renderer)
{
    const hg_row row = renderer->row;
    const hg_span name = hg_segments_name(renderer->database, row);
    const char *silence = hg_silence_reason(row.columns->segments.silence[row.at]);
    HG_PUT(p, "OS:     ");
    p = name.length > 0 ? hg_escape_plain(p, name.data, name.length, 0) : HG_AFTER(p, "???");
    if (silence != NULL) {
        HG_PUT_WITH(p, " (", hg_put_word, silence);
        *p++ = ')';
    } else {
        HG_PUT_WITH(p, "\n  Conf:   ", hg_put_2_decimals, hg_segments_confidence_of(renderer->database, row));
    }
    return hg_put_segments(HG_AFTER(p, "\n  Shows:  "), row);
}

/* Writes, for example, "request for 192.0.2.1". A sender without an address only asks whether an address is free. */
static char *put_resolution(char *p, const hg_renderer *renderer)
{
    static const char *const WORDS[HG_LINK_OPERATIONS] = {[HG_LINK_REQUEST] = "request for ",
                                                          [HG_LINK_REPLY] = "reply to ",
                                                          [HG_LINK_SOLICITATION] = "solicitation for ",
                                                          [HG_LINK_ADVERTISEMENT] = "advertisement of ",
                                                          [HG_LINK_REDIRECT] = "redirect to "};
    const hg_device_columns *c = &renderer->row.columns->devices;
    const uint32_t at = renderer->row.at;
    const uint8_t operation = c->operation[at], *own = c->device_ip[at];
    const int is_of_own = operation == HG_LINK_ADVERTISEMENT || operation == HG_LINK_REDIRECT;
    const uint8_t *shown = is_of_own ? own : c->target_ip[at];
    const uint8_t version = is_of_own ? c->device_ip_version[at] : c->target_ip_version[at];
    if (operation == HG_LINK_ROUTER_SOLICITATION)
        return HG_AFTER(p, "router solicitation");
    if (operation == HG_LINK_ROUTER_ADVERTISEMENT)
        return c->router_lifetime[at] != 0 ? HG_AFTER(p, "router advertisement")
                                           : HG_AFTER(p, "router advertisement, forwards no packets");
    p = operation <= HG_LINK_REPLY && version != 0 && memcmp(own, shown, sizeof c->device_ip[at]) == 0
            ? HG_AFTER(p, "announcement of ")
        : c->device_ip_version[at] == 0 && operation != HG_LINK_REPLY ? HG_AFTER(p, "probe for ")
                                                                      : hg_put_word(p, WORDS[operation]);
    return version == 0 || renderer->hides_private ? HG_AFTER(p, "an address") : hg_put_address(p, version, shown);
}

/* Writes an event that has only labelled values. */
static char *put_values(const hg_renderer *renderer, char *p)
{
    char *const end = put_labelled_lines(renderer, p, p);
    if (hg_event_is_resolution(renderer->row.columns->event[renderer->row.index]))
        return put_resolution(HG_AFTER(end == p ? p : HG_AFTER(end, "\n  "), "Says:    "), renderer);
    return end == p ? HG_AFTER(p, "announces nothing") : end;
}

static char *put_event(hg_renderer *renderer, char *p, const hg_name *name)
{
    const hg_row row = renderer->row;
    switch ((hg_event)row.columns->event[row.index]) {
    case HG_EVENT_SYN:
    case HG_EVENT_SYN_ACK:
        return put_handshake(p, renderer, name);
    case HG_EVENT_MTU:
        p = hg_put_bytes(p, name->text, name->length);
        return hg_put_u32(HG_AFTER(p, "\n  MTU:    "), row.columns->tcp.mtu[row.at]);
    case HG_EVENT_CLIENT_UPTIME:
    case HG_EVENT_SERVER_UPTIME:
        return put_uptime(p, &row.columns->tcp, row.at);
    case HG_EVENT_TLS_CLIENT:
        return put_client_hello(p, renderer, name);
    case HG_EVENT_TLS_SERVER:
        return put_server_hello(p, renderer);
    case HG_EVENT_HTTP_REQUEST:
    case HG_EVENT_HTTP_RESPONSE:
        return put_http(p, renderer, name);
    case HG_EVENT_HOST_CHANGE:
    case HG_EVENT_IP_SHARING:
        return hg_put_change(p, row, "Reason: ", "\n  Hits:   ");
    case HG_EVENT_SEGMENTS:
        return put_segments(p, renderer);
        HG_CASES_OF_LABELLED
        return put_values(renderer, p);
    case HG_EVENT_KINDS:
        break;
    }
    return p;
}

/* Writes the line with the VLAN or interface of the packet, if it has one. */
static char *put_segment(char *p, const hg_renderer *renderer)
{
    char room[HG_SEGMENT_TEXT + HG_RENDER_SLACK];
    const hg_span segment = hg_of_segment(&(hg_row_context){.row = renderer->row}, room);
    return segment.length == 0 ? p : hg_put_bytes(HG_AFTER(p, "\n  Segment: "), segment.text, segment.length);
}

char *hg_render_text(hg_renderer *renderer, uint32_t i, const hg_name *name, char *p)
{
    p = put_head(renderer, p, i);
    p = put_event(renderer, p, name);
    p = put_segment(p, renderer);
    return HG_AFTER(p, "\n\n");
}
