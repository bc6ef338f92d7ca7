/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "record/device_json.h"

#include "record/device.h"
#include "record/escape.h"
#include "record/hello.h"

/* A member whose key begins with a comma; none of an empty text. */
static char *put_text(char *p, const char *key, hg_span text)
{
    if (text.length == 0)
        return p;
    p = hg_put_word(p, key);
    return hg_put_json_string(p, text.data, text.length);
}

/* ---- EVE --------------------------------------------------------------------------------- */

static char *put_dhcp(const hg_renderer *renderer, char *p)
{
    const hg_row row = renderer->row;
    const hg_device_columns *c = &row.columns->devices;
    const int is_reply = row.columns->from_server[row.index];
    const char *message = hg_dhcp_message_name(c->message[row.at]);
    p = is_reply ? HG_AFTER(p, ",\"dhcp\":{\"type\":\"reply\"") : HG_AFTER(p, ",\"dhcp\":{\"type\":\"request\"");
    if (message != NULL)
        p = put_text(p, ",\"dhcp_type\":", (hg_span){(const uint8_t *)message, (uint32_t)strlen(message)});
    if (!renderer->hides_private && (c->macs[row.at] & HG_KNOWS_MAC) != 0) {
        HG_PUT(p, ",\"client_mac\":\"");
        p = hg_put_mac(p, c->mac[row.at]);
        *p++ = '"';
    }
    if (!renderer->hides_private && is_reply && c->device_ip_version[row.at] != 0) {
        HG_PUT(p, ",\"assigned_ip\":\"");
        p = hg_put_address(p, c->device_ip_version[row.at], c->device_ip[row.at]);
        *p++ = '"';
    }
    if (!renderer->hides_private) {
        p = put_text(p, ",\"hostname\":", hg_device_text(row, HG_SAYS_NAME));
        p = put_text(p, ",\"client_id\":", hg_device_text(row, HG_SHOWS_CLIENT_ID));
    }
    p = put_text(p, ",\"vendor_class_identifier\":", hg_device_text(row, HG_SAYS_DHCP_CLASS));
    return HG_AFTER(p, "}");
}

char *hg_put_eve_device(const hg_renderer *renderer, char *p)
{
    return renderer->columns->event[renderer->row.index] == HG_EVENT_DHCP ? put_dhcp(renderer, p) : p;
}

/* ---- ECS --------------------------------------------------------------------------------- */

char *hg_put_device_network(char *p, hg_row row)
{
    HG_PUT(p, "\"protocol\":\"");
    p = hg_put_word(p, hg_event_name(row.columns->event[row.index]));
    return hg_is_over_udp(row) ? HG_AFTER(p, "\",\"transport\":\"udp\"") : HG_AFTER(p, "\",\"transport\":\"tcp\"");
}

/* "00-00-5E-00-53-23" */
static char *put_ecs_mac(char *p, const uint8_t *mac)
{
    static const char DIGITS[] = "0123456789ABCDEF";
    for (uint32_t i = 0; i < HG_MAC_LENGTH; i++) {
        if (i > 0)
            *p++ = '-';
        *p++ = DIGITS[mac[i] >> 4];
        *p++ = DIGITS[mac[i] & 15];
    }
    return p;
}

char *hg_put_device_host(const hg_renderer *renderer, char *p)
{
    const hg_row row = renderer->row;
    const hg_device_columns *c = &row.columns->devices;
    HG_PUT(p, ",\"host\":");
    char *object = p;
    if (!renderer->hides_private && c->device_ip_version[row.at] != 0) {
        HG_PUT(p, ",\"ip\":[\"");
        p = hg_put_address(p, c->device_ip_version[row.at], c->device_ip[row.at]);
        HG_PUT(p, "\"]");
    }
    if (!renderer->hides_private && (c->macs[row.at] & HG_KNOWS_MAC) != 0) {
        HG_PUT(p, ",\"mac\":[\"");
        p = put_ecs_mac(p, c->mac[row.at]);
        HG_PUT(p, "\"]");
    }
    if (!renderer->hides_private)
        p = put_text(p, ",\"hostname\":", hg_device_text(row, HG_SAYS_NAME));
    if (p == object)
        return HG_AFTER(p, "{}");
    *object = '{';
    return HG_AFTER(p, "}");
}
