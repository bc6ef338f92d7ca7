/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "output/device_json.h"

#include "devices/fields.h"
#include "devices/match.h"
#include "devices/verdict.h"
#include "output/common.h"

/* ---- EVE --------------------------------------------------------------------------------- */

char *hg_put_eve_dhcp(const hg_renderer *renderer, char *p)
{
    const hg_row row = renderer->row;
    const hg_device_columns *c = &row.columns->devices;
    const int is_reply = row.columns->from_server[row.index];
    const char *message = hg_dhcp_message_name(c->message[row.at]);
    p = is_reply ? HG_AFTER(p, ",\"dhcp\":{\"type\":\"reply\"") : HG_AFTER(p, ",\"dhcp\":{\"type\":\"request\"");
    if (message != NULL)
        p = hg_put_member(p, ",\"dhcp_type\":", hg_span_of_word(message));
    if (!renderer->hides_private && (c->macs[row.at] & HG_KNOWS_MAC) != 0) {
        HG_PUT_QUOTED(p, ",\"client_mac\":", hg_put_mac, c->mac[row.at]);
    }
    if (!renderer->hides_private && is_reply && c->device_ip_version[row.at] != 0) {
        HG_PUT_QUOTED(p, ",\"assigned_ip\":", hg_put_address, c->device_ip_version[row.at], c->device_ip[row.at]);
    }
    if (!renderer->hides_private) {
        p = hg_put_member(p, ",\"hostname\":", hg_device_text(row, HG_SAYS_NAME));
        p = hg_put_member(p, ",\"client_id\":", hg_device_text(row, HG_SHOWS_CLIENT_ID));
    }
    p = hg_put_member(p, ",\"vendor_class_identifier\":", hg_device_text(row, HG_SAYS_DHCP_CLASS));
    return HG_AFTER(p, "}");
}

/* ---- ECS --------------------------------------------------------------------------------- */

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
        HG_PUT_WITH(p, ",\"ip\":[\"", hg_put_address, c->device_ip_version[row.at], c->device_ip[row.at]);
        HG_PUT(p, "\"]");
    }
    if (!renderer->hides_private && (c->macs[row.at] & HG_KNOWS_MAC) != 0) {
        HG_PUT_WITH(p, ",\"mac\":[\"", put_ecs_mac, c->mac[row.at]);
        HG_PUT(p, "\"]");
    }
    if (!renderer->hides_private)
        p = hg_put_member(p, ",\"hostname\":", hg_device_text(row, HG_SAYS_NAME));
    if (p == object)
        return HG_AFTER(p, "{}");
    *object = '{';
    return HG_AFTER(p, "}");
}

/* What a text says of the device. */
static void add_claim(const hg_database *database, const hg_announcement_text *item, hg_device_claim *claims, uint32_t *count)
{
    const char *text = (const char *)item->text;
    const hg_device_match match = hg_device_match_text(&database->tables, item->kind, text, item->length);
    hg_device_values values;
    if (match.signature == HG_NO_SIGNATURE)
        return;
    hg_device_write_values(database, &match, text, &values);
    claims[(*count)++] = hg_device_claim_of(item->kind, database->tables.announcements + match.signature, &values);
}

/* A MAC, and all texts. */
enum { MOST_CLAIMS = HG_MOST_RECORDS + 1 };
_Static_assert((int)MOST_CLAIMS <= (int)HG_DEVICE_READINGS, "all claims of a row find room");

/* What all texts of the row say. */
static void read_row(const hg_renderer *renderer, hg_device_claim *claims, hg_device_verdict *out)
{
    hg_announcement_row of;
    hg_announcement_text item;
    uint32_t at = 0, count = 0;
    char mac[HG_MAC_TEXT];
    if (renderer->database != NULL && hg_announced_of(renderer->batch, renderer->row.index, renderer->row.at, &of)) {
        if (of.mac != NULL) {
            item = (hg_announcement_text){(const uint8_t *)mac, (uint8_t)(hg_put_mac(mac, of.mac) - mac), HG_SAYS_MAC};
            add_claim(renderer->database, &item, claims, &count);
        }
        while (count < MOST_CLAIMS && hg_announced_next(&of, &at, &item))
            if (item.kind < HG_ANNOUNCEMENTS)
                add_claim(renderer->database, &item, claims, &count);
    }
    for (out->reading_count = 0; out->reading_count < count; out->reading_count++)
        out->readings[out->reading_count] = (hg_device_reading){.claim = claims + out->reading_count};
    out->database = renderer->database;
    out->browses = 0;
    hg_device_decide(out);
}

static char *put_value(char *p, const char *key, const hg_device_value *value)
{
    return hg_put_member(p, key, hg_span_of(value->text, value->length));
}

static char *put_ecs_product(char *p, const hg_device_value *values)
{
    if (values[HG_DEVICE_MANUFACTURER].length + values[HG_DEVICE_MODEL].length == 0)
        return p;
    HG_PUT(p, ",\"device\":");
    char *object = p;
    p = put_value(p, ",\"manufacturer\":", values + HG_DEVICE_MANUFACTURER);
    if (values[HG_DEVICE_MODEL].length > 0) {
        p = put_value(p, ",\"model\":{\"name\":", values + HG_DEVICE_MODEL);
        *p++ = '}';
    }
    *object = '{';
    return HG_AFTER(p, "}");
}

/* What ECS has no names for. */
static char *put_own_device(const hg_renderer *renderer, char *p, const hg_device_value *values)
{
    const hg_row row = renderer->row;
    const hg_device_columns *c = &row.columns->devices;
    char *begin = p;
    HG_PUT(p, ",\"device\":");
    char *object = p;
    p = put_value(p, ",\"type\":", values + HG_DEVICE_TYPE);
    p = put_value(p, ",\"system\":", values + HG_DEVICE_SYSTEM);
    p = put_value(p, ",\"version\":", values + HG_DEVICE_VERSION);
    if (!renderer->hides_private && (c->macs[row.at] & HG_KNOWS_MAC) != 0)
        HG_PUT_WITH(p, ",\"mac_local\":", hg_put_bool, hg_mac_is_local(c->mac[row.at]));
    if (p == object)
        return begin;
    *object = '{';
    return HG_AFTER(p, "}");
}

char *hg_put_ecs_device(const hg_renderer *renderer, char *p, char **object)
{
    hg_device_claim claims[MOST_CLAIMS];
    hg_device_verdict verdict;
    read_row(renderer, claims, &verdict);
    p = put_ecs_product(p, verdict.values);
    HG_PUT(p, ",\"" HG_ECS_OBJECT "\":");
    *object = p;
    return put_own_device(renderer, p, verdict.values);
}
