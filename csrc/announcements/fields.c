/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "announcements/fields.h"

#include "announcements/conclusion.h"
#include "base/error.h"
#include "base/escape.h"
#include "hg_records.h"

enum { MOST_WORD = 24 }; /* bytes of the longest word for a kind and the characters around it */

hg_status hg_check_device(const hg_batch *batch, const hg_row *row, hg_error *error)
{
    hg_announcement_row contents;
    if (!hg_announced_of(batch, row->index, row->at, &contents))
        return hg_fail(error, HG_E_ARGUMENT, "row %u has texts too long or outside the batch", row->index);
    return HG_OK;
}

size_t hg_device_bound(hg_row row)
{
    /* Two formats show each text twice. Separators need no more bytes than the headers of stored records; only the
     * words for kinds need more. */
    return 2 * HG_ESCAPE_GROWTH * (size_t)row.columns->devices.announced_length[row.at] + HG_MOST_RECORDS * MOST_WORD +
           HG_DEVICE_VALUES * HG_DEVICE_CLAIM_BYTES * HG_ESCAPE_GROWTH;
}

int hg_mac_is_local(const uint8_t *mac)
{
    return (mac[0] & 2) != 0;
}

int hg_mac_is_virtual(const uint8_t *mac)
{
    enum { QEMU = 0x525400, OPENSTACK = 0xFA163E, VIRTUALBOX = 0x0A0027, NSX = 0x025056 };
    const uint32_t prefix = hg_be24(mac);
    return prefix == QEMU || prefix == OPENSTACK || prefix == VIRTUALBOX || prefix == NSX;
}

/* Cuts a text to the part that is shown; 0: nothing is shown. */
static int show(const hg_announcement_row *contents, hg_announcement_text *item)
{
    uint8_t shown;
    if (contents->shows_names || !hg_text_is_private(item, &shown))
        return 1;
    item->length = shown;
    return shown > 0;
}

/* Gets the next record of a kind that is shown. */
static int next_of(const hg_announcement_row *contents, uint32_t *at, uint8_t kind, hg_announcement_text *item)
{
    while (hg_announced_next(contents, at, item))
        if (item->kind == kind && show(contents, item))
            return 1;
    return 0;
}

/* The contents of a row, which must have been checked. */
static hg_announcement_row announced(hg_row row)
{
    const hg_device_columns *c = &row.columns->devices;
    return (hg_announcement_row){.records = row.texts + c->announced_offset[row.at],
                                 .length = c->announced_length[row.at],
                                 .shows_names = c->shows_names[row.at]};
}

hg_span hg_device_text(hg_row row, uint8_t kind)
{
    const hg_announcement_row contents = announced(row);
    hg_announcement_text item;
    uint32_t at = 0;
    if (!next_of(&contents, &at, kind, &item))
        return (hg_span){0};
    return hg_span_of(item.text, item.length);
}

/* Writes an item of a list that began at `first`: the word, unless it is empty, and the text. */
static char *put_text(char *p, const char *first, const char *word, const hg_announcement_text *item, char quote)
{
    if (p != first)
        p = quote ? HG_AFTER(p, ",") : HG_AFTER(p, HG_TEXTS_BETWEEN);
    if (quote)
        *p++ = '"';
    p = hg_put_word(p, word);
    if (*word != 0)
        *p++ = ' ';
    p = quote ? hg_escape_json(p, item->text, item->length) : hg_put_bytes(p, (const char *)item->text, item->length);
    if (quote)
        *p++ = '"';
    return p;
}

char *hg_put_device_texts(char *p, hg_row row, uint8_t kind, char quote)
{
    const hg_announcement_row contents = announced(row);
    const char *first = p;
    hg_announcement_text item;
    for (uint32_t at = 0; next_of(&contents, &at, kind, &item);)
        p = put_text(p, first, "", &item, quote);
    return p;
}

char *hg_put_announced(char *p, hg_row row, int hides, char quote)
{
    hg_announcement_row contents = announced(row);
    const char *first = p;
    hg_announcement_text item;
    contents.shows_names &= (uint8_t)!hides;
    for (uint32_t at = 0; hg_announced_next(&contents, &at, &item);) {
        const char *word = hg_announcement_name(item.kind);
        if (word != NULL && show(&contents, &item))
            p = put_text(p, first, word, &item, quote);
    }
    return p;
}

char *hg_put_device_numbers(char *p, hg_row row, uint8_t kind, char quote)
{
    const hg_span text = hg_device_text(row, kind);
    const char *first = p;
    (void)quote;
    for (uint32_t at = 0; at < text.length; at++) {
        uint32_t number = 0, begin = at;
        for (; at < text.length && text.data[at] >= '0' && text.data[at] <= '9' && at < begin + 5; at++)
            number = number * 10 + (uint32_t)(text.data[at] - '0');
        if (at == begin)
            continue;
        if (p != first)
            *p++ = ',';
        p = hg_put_u32(p, number);
    }
    return p;
}

char *hg_put_mac(char *p, const uint8_t *mac)
{
    for (uint32_t i = 0; i < HG_MAC_LENGTH; i++) {
        if (i > 0)
            *p++ = ':';
        p = hg_put_hex_byte(p, mac[i]);
    }
    return p;
}

const char *hg_dhcp_message_name(uint8_t message)
{
    static const char *const NAMES[] = {NULL,  "discover", "offer",   "request", "decline",
                                        "ack", "nak",      "release", "inform",  "forcerenew"};
    static const char *const NAMES_6[] = {NULL,      "solicit", "advertise",   "request",
                                          "confirm", "renew",   "rebind",      "reply",
                                          "release", "decline", "reconfigure", "information-request"};
    const uint32_t of_6 = message - (uint32_t)HG_DHCP6_MESSAGE_OFFSET; /* wraps to a large number for DHCP */
    if (message == 0)
        return NULL;
    if (of_6 >= 1 && of_6 < sizeof NAMES_6 / sizeof *NAMES_6)
        return NAMES_6[of_6];
    return message < sizeof NAMES / sizeof *NAMES ? NAMES[message] : "other";
}

uint8_t hg_dhcp_list_kind(hg_row row)
{
    return row.columns->devices.message[row.at] > HG_DHCP6_MESSAGE_OFFSET ? HG_SAYS_DHCP6_LIST : HG_SAYS_DHCP_LIST;
}

const char *hg_mac_virtual(const uint8_t *mac)
{
    /* RFC 9568, 7.3; RFC 2281, 5.3 and Cisco's documentation of HSRP version 2 and GLBP */
    static const struct {
        uint8_t begin[5];
        uint8_t length;
        const char *word;
    } RANGES[] = {{{0x00, 0x00, 0x5E, 0x00, 0x01}, 5, "vrrp"}, {{0x00, 0x00, 0x5E, 0x00, 0x02}, 5, "vrrp"},
                  {{0x00, 0x00, 0x0C, 0x07, 0xAC}, 5, "hsrp"}, {{0x00, 0x00, 0x0C, 0x9F}, 4, "hsrp"},
                  {{0x00, 0x05, 0x73, 0xA0}, 4, "hsrp"},       {{0x00, 0x07, 0xB4, 0x00}, 4, "glbp"}};
    for (uint32_t i = 0; i < sizeof RANGES / sizeof RANGES[0]; i++)
        if (memcmp(mac, RANGES[i].begin, RANGES[i].length) == 0)
            return RANGES[i].word;
    return NULL;
}
