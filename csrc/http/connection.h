/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * connection.h - what follows a head in its connection: a login, another protocol, the description of a device.
 */
#pragma once

#include "announcements/upnp.h"
#include "base/bytes.h"
#include "http/lists.h"

/* Whether a request has a name and a password in clear text (RFC 7617). */
static inline int hg_http_logs_in(const hg_http_head *head)
{
    static const char BASIC[] = "Basic ";
    const hg_http_text own = hg_http_value(head, "Authorization"), proxy = hg_http_value(head, "Proxy-Authorization");
    return (own.length > sizeof BASIC && hg_begins_like(head->bytes + own.offset, own.length, BASIC)) ||
           (proxy.length > sizeof BASIC && hg_begins_like(head->bytes + proxy.offset, proxy.length, BASIC));
}

/* Whether a response refuses a request without a password, or with a wrong one. */
static inline int hg_http_asks_to_log_in(uint16_t status)
{
    enum { UNAUTHORIZED = 401, PROXY_UNAUTHORIZED = 407 };
    return status == UNAUTHORIZED || status == PROXY_UNAUTHORIZED;
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
