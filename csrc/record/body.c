/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * body.c - what all formats of JSON have: what the event tells.
 *
 * Which kind of event has which fields, their keys and their order come from
 * sigcompiler/schema/rows.py; here is a function for the value of each. window_kind says how the window
 * relates to the MSS: "mss" and "mtu" come with the multiple, "literal" with 0.
 */
#include "record/body.h"

#include "database/database.h"
#include "record/common.h"
#include "record/escape.h"
#include "record/hello.h"
#include "record/http.h"
#include "record/kinds.h"
#include "record/params.h"
#include "record/verdict.h"

/* The row and what the database says of it. */
typedef struct named_row {
    hg_row row;
    const hg_name *name;
    const hg_answer_members *answer;
    const hg_database *database;
    hg_http_shown shown; /* of headers */
    uint8_t hides_private;
    uint8_t is_nested; /* in EVE or ECS, where words are those of version 1 */
} named_row;

/* The value of a field, after its key. */
#define VALUE_OF(FIELD) static inline char *put_##FIELD(char *p, named_row of)
#define SHARED(column) (of.row.columns->column[of.row.index])
#define TCP(column) (of.row.columns->tcp.column[of.row.at])
#define NUMBER(FIELD, column)             \
    VALUE_OF(FIELD)                       \
    {                                     \
        return hg_put_u32(p, TCP(column)); \
    }

VALUE_OF(IP_VERSION)
{
    *p++ = SHARED(ip_version) == 6 ? '6' : '4';
    return p;
}

NUMBER(TTL, ttl)
NUMBER(ITTL, ittl)

VALUE_OF(DISTANCE)
{
    return hg_put_i32(p, TCP(distance));
}

NUMBER(OLEN, olen)
NUMBER(MSS, mss)
NUMBER(WSIZE, wsize)

VALUE_OF(WINDOW_KIND)
{
    switch (TCP(window_kind)) {
    case HG_WINDOW_MSS:
        return HG_AFTER(p, "\"mss\"");
    case HG_WINDOW_MTU:
        return HG_AFTER(p, "\"mtu\"");
    default:
        return HG_AFTER(p, "\"literal\"");
    }
}

NUMBER(WINDOW_MULTIPLE, window_multiple)
NUMBER(WSCALE, wscale)

VALUE_OF(OLAYOUT)
{
    *p++ = '"';
    p = hg_put_olayout(p, of.row);
    *p++ = '"';
    return p;
}

VALUE_OF(QUIRKS)
{
    *p++ = '[';
    p = hg_put_quirks(p, TCP(quirks), '"');
    *p++ = ']';
    return p;
}

VALUE_OF(PCLASS)
{
    return TCP(pclass) ? HG_AFTER(p, "\"+\"") : HG_AFTER(p, "\"0\"");
}

NUMBER(DSCP, dscp)

VALUE_OF(SYN_SEEN)
{
    return hg_put_bool(p, TCP(syn_seen));
}

VALUE_OF(SIGNATURE)
{
    if (hg_event_is_http(SHARED(event)))
        return hg_put_http_json(p, of.row, of.database, of.shown);
    *p++ = '"';
    p = hg_put_raw_signature(p, of.row);
    *p++ = '"';
    return p;
}

VALUE_OF(PARAMS)
{
    *p++ = '[';
    p = hg_event_is_http(SHARED(event)) ? hg_put_http_params(p, of.row, of.name, ',', '"')
                                        : hg_put_params(p, of.row, of.name, ',', '"');
    *p++ = ']';
    return p;
}

NUMBER(MTU, mtu)
NUMBER(UPTIME_MINUTES, uptime_minutes)
NUMBER(MODULO_DAYS, modulo_days)
NUMBER(FREQUENCY_HZ, frequency_hz)

VALUE_OF(RAW_FREQUENCY_HZ)
{
    return hg_put_shortest(p, TCP(raw_frequency_hz));
}

VALUE_OF(RELIABLE)
{
    return hg_put_bool(p, TCP(doubt) == HG_DOUBT_NONE);
}

/* Why an uptime is in doubt; on what a verdict rests. */
VALUE_OF(WHY)
{
    if (hg_event_is_hello(SHARED(event)) || SHARED(event) == HG_EVENT_HTTP_REQUEST) {
        hg_judgement found;
        hg_judge(of.database, &of.row, &found);
        return hg_put_json_string(p, (const uint8_t *)found.why, found.length);
    }
    const char *doubt = hg_doubt_reason(TCP(doubt));
    return doubt == NULL ? HG_AFTER(p, "null") : hg_put_quoted(p, doubt);
}

/* ---- hellos ------------------------------------------------------------------------------ */

#define TLS(column) (of.row.columns->tls.column[of.row.at])
#define FLAG(FIELD, column)               \
    VALUE_OF(FIELD)                       \
    {                                     \
        return hg_put_bool(p, TLS(column)); \
    }

VALUE_OF(TRANSPORT)
{
    switch ((hg_transport)TLS(transport)) {
    case HG_TRANSPORT_QUIC:
        return HG_AFTER(p, "\"quic\"");
    case HG_TRANSPORT_DTLS:
        return HG_AFTER(p, "\"dtls\"");
    case HG_TRANSPORT_TCP:
    case HG_TRANSPORTS:
        break;
    }
    return HG_AFTER(p, "\"tcp\"");
}

VALUE_OF(QUIC_VERSION)
{
    char text[HG_QUIC_VERSION_TEXT];
    if (TLS(transport) != HG_TRANSPORT_QUIC)
        return HG_AFTER(p, "null");
    hg_quic_version_text(TLS(quic_version), text);
    return hg_put_quoted(p, text);
}

VALUE_OF(QUIC_USER_AGENT)
{
    hg_span agent = hg_user_agent_of(of.row);
    return agent.length == 0 ? HG_AFTER(p, "null") : hg_put_json_string(p, agent.data, agent.length);
}

VALUE_OF(TLS_VERSION)
{
    *p++ = '"';
    p = hg_put_tls_version(p, TLS(tls_version));
    *p++ = '"';
    return p;
}

VALUE_OF(SNI)
{
    hg_span name = hg_server_name_of(of.row);
    return name.length == 0 ? HG_AFTER(p, "null") : hg_put_json_string(p, name.data, name.length);
}

VALUE_OF(ALPN)
{
    *p++ = '[';
    p = hg_put_protocols(p, of.row);
    *p++ = ']';
    return p;
}

static inline char *put_fingerprint(char *p, named_row of, const uint8_t *text, size_t length)
{
    if (TLS(ssl2))
        return HG_AFTER(p, "null");
    *p++ = '"';
    p = hg_put_bytes(p, (const char *)text, length);
    *p++ = '"';
    return p;
}

VALUE_OF(JA4)
{
    return put_fingerprint(p, of, TLS(ja4), sizeof TLS(ja4));
}

VALUE_OF(JA4_STABLE)
{
    return put_fingerprint(p, of, TLS(ja4_stable), sizeof TLS(ja4_stable));
}

VALUE_OF(JA3S)
{
    *p++ = '"';
    p = hg_put_ja3(p, of.row);
    *p++ = '"';
    return p;
}

VALUE_OF(JA3)
{
    return TLS(ssl2) ? HG_AFTER(p, "null") : put_JA3S(p, of);
}

FLAG(ECH, ech)

VALUE_OF(CLAIMS)
{
    uint32_t system = hg_claimed(of.database, &of.row);
    if (system == HG_NO_SIGNATURE)
        return HG_AFTER(p, "null");
    const hg_db_system *named = of.database->tables.systems + system;
    uint32_t length = named->name_length < HG_MOST_NAME_SHOWN ? named->name_length : HG_MOST_NAME_SHOWN;
    return hg_put_json_string(p, (const uint8_t *)hg_database_text(of.database, named->name_offset), length);
}

VALUE_OF(VERDICT)
{
    hg_judgement found;
    hg_judge(of.database, &of.row, &found);
    if (!of.is_nested)
        return hg_put_quoted(p, hg_verdict_name(found.verdict));
    *p++ = '"';
    p = hg_put_verdict(p, found.verdict);
    *p++ = '"';
    return p;
}

VALUE_OF(CIPHER)
{
    *p++ = '"';
    p = hg_put_tls_cipher(p, TLS(cipher));
    *p++ = '"';
    return p;
}

VALUE_OF(GROUP)
{
    if (TLS(group) == 0)
        return HG_AFTER(p, "null");
    *p++ = '"';
    p = hg_put_tls_group(p, TLS(group));
    *p++ = '"';
    return p;
}

FLAG(HELLO_RETRY, hello_retry)

VALUE_OF(DOWNGRADE)
{
    const char *name = hg_downgrade_name(TLS(downgrade));
    return name == NULL ? HG_AFTER(p, "null") : hg_put_quoted(p, name);
}

FLAG(POST_QUANTUM, post_quantum)
FLAG(MALFORMED, malformed)

VALUE_OF(HELLO_BYTES)
{
    return hg_put_u32(p, TLS(hello_length));
}

/* ---- HTTP ---------------------------------------------------------------------------------- */

#define HTTP_TEXT(FIELD, column)                                                            \
    VALUE_OF(FIELD)                                                                         \
    {                                                                                       \
        const hg_span text = HG_HTTP_TEXT_OF(of.row, column);                               \
        return text.length == 0 ? HG_AFTER(p, "null") : hg_put_json_string(p, text.data, text.length); \
    }

HTTP_TEXT(METHOD, method)
HTTP_TEXT(HTTP_HOST, http_host)
HTTP_TEXT(PATH, path)
HTTP_TEXT(USER_AGENT, user_agent)
HTTP_TEXT(SERVER_HEADER, server_header)
HTTP_TEXT(PLATFORM, platform)
HTTP_TEXT(PLATFORM_VERSION, platform_version)

HTTP_TEXT(AKAMAI, akamai)

VALUE_OF(AKAMAI_MD5)
{
    if (of.row.columns->http.akamai_length[of.row.at] == 0)
        return HG_AFTER(p, "null");
    *p++ = '"';
    p = hg_put_akamai_md5(p, of.row);
    *p++ = '"';
    return p;
}

VALUE_OF(HTTP_VERSION)
{
    *p++ = '"';
    p = hg_put_http_version(p, of.row);
    *p++ = '"';
    return p;
}

VALUE_OF(STATUS)
{
    return hg_put_u32(p, of.row.columns->http.status[of.row.at]);
}

VALUE_OF(LANGUAGE)
{
    const char *name = hg_language_name(of.row.columns->http.language[of.row.at]);
    return name == NULL ? HG_AFTER(p, "null") : hg_put_quoted(p, name);
}

/* ---- changes ------------------------------------------------------------------------------- */

VALUE_OF(REASONS)
{
    *p++ = '[';
    p = hg_put_reasons(p, of.row.columns->changes.reasons[of.row.at], ',', '"');
    *p++ = ']';
    return p;
}

VALUE_OF(RAW_HITS)
{
    *p++ = '[';
    p = hg_put_hits(p, of.row.columns->changes.raw_hits[of.row.at]);
    *p++ = ']';
    return p;
}

static char *put_of_SIGNATURE(char *p, named_row of)
{
    return hg_put_bytes(p, of.name->text, of.name->host);
}

static char *put_of_LINK(char *p, named_row of)
{
    return hg_put_bytes(p, of.name->text, of.name->host);
}

static char *put_of_CLIENT(char *p, named_row of)
{
    return hg_put_bytes(p, of.name->text, of.name->host);
}

static char *put_of_SERVER(char *p, named_row of)
{
    return hg_put_bytes(p, of.name->text, of.name->host);
}

/* The rest of the object that the signature began. */
static char *put_of_ANSWER(char *p, named_row of)
{
    if (!of.name->is_open)
        return p;
    p = hg_put_bytes(p, of.answer->text, of.answer->length);
    return HG_AFTER(p, "}");
}

#define PUT_VALUE(FIELD, key) \
    HG_PUT(p, "," key);       \
    p = HG_PRIVATE_##FIELD && of.hides_private ? HG_AFTER(p, "null") : put_##FIELD(p, of);
#define PUT_NAMED(what) p = put_of_##what(p, of);
#define BODY(KIND, number)                                \
    static char *put_json_##KIND(char *p, named_row of)   \
    {                                                     \
        HG_JSON_##KIND(PUT_VALUE, PUT_NAMED)              \
        return p;                                         \
    }                                                     \
    static char *put_nested_##KIND(char *p, named_row of) \
    {                                                     \
        HG_NESTED_##KIND(PUT_VALUE, PUT_NAMED)            \
        return p;                                         \
    }
HG_RECORD_EVENTS(BODY)

char *hg_put_body(const hg_renderer *renderer, char *p, const hg_name *name)
{
    named_row of = {renderer->row,
                    name,
                    renderer->answer,
                    renderer->database,
                    hg_http_shown_by(renderer),
                    renderer->hides_private,
                    renderer->format != HG_FORMAT_JSON};
#define CASE(KIND, number) \
    case HG_EVENT_##KIND:  \
        return of.is_nested ? put_nested_##KIND(p, of) : put_json_##KIND(p, of);
    switch ((hg_event)SHARED(event)) {
        HG_RECORD_EVENTS(CASE)
    case HG_EVENT_KINDS: /* no kind; rows are checked before */
        break;
    }
    return p;
}
