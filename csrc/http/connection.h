/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * connection.h - what follows a head in its connection: a login, another protocol, the description of a device.
 */
#pragma once

#include "announcements/ntlm.h"
#include "announcements/upnp.h"
#include "base/bytes.h"
#include "flow/login.h"
#include "http/lists.h"

/* Whether a request has a name and a password in clear text (RFC 7617). */
static inline int hg_http_logs_in(const hg_http_head *head)
{
    static const char BASIC[] = "Basic ";
    const hg_http_text own = hg_http_value(head, "Authorization"), proxy = hg_http_value(head, "Proxy-Authorization");
    return (own.length > sizeof BASIC && hg_begins_like(head->bytes + own.offset, own.length, BASIC)) ||
           (proxy.length > sizeof BASIC && hg_begins_like(head->bytes + proxy.offset, proxy.length, BASIC));
}

/* What a request's credentials are. */
typedef enum hg_http_login {
    HG_HTTP_NO_LOGIN = 0,
    HG_HTTP_CLEAR_LOGIN,   /* a password in clear text */
    HG_HTTP_NTLM,          /* a message of NTLM */
    HG_HTTP_NTLM_FORWARDED /* the same, for a server behind a proxy, whose answer is not the proxy's */
} hg_http_login;

/* The token of NTLM or Negotiate (RFC 4559) that the sender of a head made; of length 0: none. */
static inline hg_span hg_http_ntlm(const hg_http_head *head, hg_http_login sent)
{
    static const char *const NAMES[][2] = {{"Proxy-Authorization", "Authorization"},
                                           {"Proxy-Authenticate", "WWW-Authenticate"}};
    const int is_forwarded = hg_http_value(head, "Via").length > 0 || hg_http_value(head, "X-Forwarded-For").length > 0;
    for (uint32_t i = 0, end = is_forwarded                                       ? 0
                               : head->response && sent == HG_HTTP_NTLM_FORWARDED ? 1
                                                                                  : 2;
         i < end; i++)
        for (uint32_t at = 0; at < head->field_count; at++) {
            const hg_http_text name = head->fields[at].name,
                               value = hg_http_trimmed(head->bytes, head->fields[at].value);
            hg_span rest = hg_span_of(head->bytes + value.offset, value.length);
            const hg_span way = hg_span_item(&rest, ' '), token = hg_span_item(&rest, ' ');
            if (token.length > 0 && hg_is_like(head->bytes + name.offset, name.length, NAMES[head->response][i]) &&
                (hg_is_like(way.data, way.length, "NTLM") || hg_is_like(way.data, way.length, "Negotiate")))
                return token;
        }
    return hg_span_of("", 0);
}

static inline hg_http_login hg_http_login_of(const hg_http_head *request)
{
    if (hg_http_logs_in(request))
        return HG_HTTP_CLEAR_LOGIN;
    if (hg_http_ntlm(request, HG_HTTP_NO_LOGIN).length == 0)
        return HG_HTTP_NO_LOGIN;
    return request->target.length > 0 && request->bytes[request->target.offset] != '/' &&
                   !hg_is_like(request->bytes + request->method.offset, request->method.length, "CONNECT")
               ? HG_HTTP_NTLM_FORWARDED
               : HG_HTTP_NTLM;
}

/* Whether a response refuses a request without a password, or with a wrong one. */
static inline int hg_http_asks_to_log_in(uint16_t status)
{
    enum { UNAUTHORIZED = 401, PROXY_UNAUTHORIZED = 407 };
    return status == UNAUTHORIZED || status == PROXY_UNAUTHORIZED;
}

/* Reports NTLM's message, or a response to a password. 0: there is nothing to report. */
static inline int hg_http_report_login(const hg_flow_memory *memory, hg_http_login login, const hg_http_head *head,
                                       hg_reader_result *out, const hg_reader_output *to)
{
    out->event = login == HG_HTTP_CLEAR_LOGIN ? HG_EVENT_LOGIN : HG_EVENT_SMB;
    out->has_event = login == HG_HTTP_CLEAR_LOGIN
                         ? head->response
                         : (uint8_t)hg_report_ntlm(memory, head->response, hg_http_ntlm(head, login), to);
    if (out->has_event && login == HG_HTTP_CLEAR_LOGIN)
        hg_login_report(to, HG_LOGIN_HTTP, hg_http_asks_to_log_in(head->status));
    return out->has_event;
}

/* Whether a request offers to switch to HTTP/2, or a response 101 switches. */
static inline int hg_http_upgrades(const hg_http_head *head)
{
    const hg_http_text protocol = hg_http_trimmed(head->bytes, hg_http_value(head, "Upgrade"));
    return (!head->response || head->status == 101) &&
           hg_is_like(head->bytes + protocol.offset, protocol.length, "h2c");
}

/* Whether a value is text/xml or application/xml. */
static inline int hg_http_is_xml(const uint8_t *value, uint32_t length)
{
    enum { TEXT = sizeof "text/" - 1, APPLICATION = sizeof "application/" - 1, XML = 3 };
    return (length >= TEXT + XML && memcmp(value + TEXT, "xml", XML) == 0) ||
           (length >= APPLICATION + XML && memcmp(value + APPLICATION, "xml", XML) == 0);
}

/* Whether the body of a response may describe its sender. `body`: its bytes so far. Every response is asked, so the
 * first header whose name looks like Content-Type is found without comparing names. */
static inline int hg_http_may_describe(const hg_http_head *head, hg_span body)
{
    enum { OK = 200, NAME_LENGTH = sizeof "Content-Type" - 1, TYPE_AT = sizeof "Content-" - 1 };
    const hg_http_field *field = head->fields, *end = head->fields + head->field_count;
    while (field < end &&
           (field->name.length != NAME_LENGTH || hg_lower(head->bytes[field->name.offset + TYPE_AT]) != 't'))
        field++;
    return field < end && hg_http_is_xml(head->bytes + field->value.offset, field->value.length) &&
           hg_is_like(head->bytes + field->name.offset, NAME_LENGTH, "Content-Type") && head->status == OK &&
           hg_upnp_begins(body) && hg_http_value(head, "Via").length == 0;
}
