/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "announcements/announced.h"

#include "base/bytes.h"
#include "base/words.h"

enum { RECORD_HEADER = 2 };

HG_WORDS_OF(hg_announcement_name, HG_ANNOUNCEMENTS, HG_ANNOUNCEMENT_WORDS(HG_WORD))

int hg_announced_of(const hg_batch *batch, uint32_t row, uint32_t at, hg_announcement_row *out)
{
    const hg_device_columns *c = &batch->columns.devices;
    const uint8_t event = batch->columns.event[row];
    if (hg_event_reader(event) != HG_READER_DEVICES || at >= batch->counts[HG_READER_DEVICES])
        return 0;
    const uint32_t offset = c->announced_offset[at], length = c->announced_length[at];
    const uint8_t version = c->device_ip_version[at];
    if (offset > batch->text_count || length > batch->text_count - offset || length > HG_MOST_ANNOUNCED)
        return 0;
    *out = (hg_announcement_row){
        .mac = (c->macs[at] & HG_KNOWS_MAC) != 0 ? c->mac[at] : NULL,
        .address = version == 4 || version == 6 ? c->device_ip[at] : NULL,
        .version = version,
        .records = batch->texts + offset,
        .length = length,
        .forwarded = c->forwarded[at],
        .shows_names = c->shows_names[at],
        .event = event,
    };
    return 1;
}

int hg_announced_next(const hg_announcement_row *row, uint32_t *at, hg_announcement_text *out)
{
    if (row->length < RECORD_HEADER || *at > row->length - RECORD_HEADER)
        return 0;
    const uint8_t *record = row->records + *at;
    if (record[1] > row->length - RECORD_HEADER - *at)
        return 0;
    *out = (hg_announcement_text){.text = record + RECORD_HEADER, .length = record[1], .kind = record[0]};
    *at += RECORD_HEADER + (uint32_t)record[1];
    return 1;
}

int hg_mdns_key_is_public(const uint8_t *key, uint32_t length)
{
    /* clang-format off */
    static const char *const KEYS[] = {
        "am", "api_version", "apiver", "app", "board", "c#", "ci", "dt", "ff", "fv", "fw", "fw_ver", "fwversion",
        "gen", "hardware_ver", "hmv", "manufacturer", "md", "mdl", "mfg", "model", "model_number", "modelid",
        "modelname", "modelnumber", "osvers", "osxvers", "platform", "product", "project_name", "project_version",
        "protovers", "pv", "rpmd", "rpvr", "sf", "srcvers", "syds", "syvs", "txtvers", "ty", "type", "usb_mdl",
        "usb_mfg", "vendor", "ver", "vers", "version", "version_build", "version_major", "version_minor", "vp", "vs",
    };
    /* clang-format on */
    for (uint32_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++)
        if (hg_is_like(key, length, KEYS[i]))
            return 1;
    return 0;
}

/* Texts are "SERVICE", "SERVICE KEY=VALUE" or "hinfo CPU SYSTEM". */
static int is_private_mdns(const hg_announcement_text *text)
{
    const uint8_t *key = memchr(text->text, ' ', text->length);
    if (key == NULL || (text->length >= 6 && memcmp(text->text, "hinfo ", 6) == 0))
        return 0;
    key++;
    const uint32_t left = text->length - (uint32_t)(key - text->text);
    const uint8_t *end = memchr(key, '=', left);
    return end == NULL || !hg_mdns_key_is_public(key, (uint32_t)(end - key));
}

/* The length of a NetBIOS server announcement without its comment: of the version and the types. */
static uint8_t length_before_comment(const hg_announcement_text *text)
{
    uint8_t at = 0;
    for (uint32_t blanks = 0; at < text->length && blanks < 2; at++)
        blanks += text->text[at] == ' ';
    return at < text->length ? (uint8_t)(at - 1) : text->length;
}

/* ---- serial numbers ------------------------------------------------------------------------------------- */

static int is_word(uint8_t c)
{
    return hg_is_alphanumeric(c) || c >= 0x80;
}

/* Whether the text begins with a word for a value that is unique to one device. Short words need a separator after
 * them. */
static int begins_serial(const uint8_t *text, uint32_t length)
{
    static const struct {
        const char *word;
        uint8_t is_sure; /* 1: the word counts even without a separator after it */
    } WORDS[] = {{"service tag", 1}, {"servicetag", 1}, {"serial number", 1}, {"serialnumber", 1},
                 {"serial no", 1},   {"asset tag", 1},  {"s/n", 1},           {"serial", 0},
                 {"sn", 0},          {"asset", 0},      {"imei", 0},          {"uuid", 0}};
    for (uint32_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        size_t at = hg_common_prefix(text, length, WORDS[i].word);
        if (WORDS[i].word[at] != 0 || (at < length && is_word(text[at])))
            continue;
        while (at < length && text[at] == ' ')
            at++;
        if (WORDS[i].is_sure || (at < length && (text[at] == ':' || text[at] == '=' || text[at] == '#')))
            return 1;
    }
    return 0;
}

static int is_hexadecimal(uint8_t c)
{
    return hg_is_digit(c) || (hg_lower(c) >= 'a' && hg_lower(c) <= 'f');
}

/* Whether the text begins with a word that is a MAC: twelve hexadecimal digits, or six pairs with separators. */
static int begins_mac(const uint8_t *text, uint32_t length)
{
    enum { DIGITS = 12 };
    const int has_separators = length > 2 && (text[2] == ':' || text[2] == '-'); /* an IPv6 address has longer parts */
    uint32_t digits = 0, at = 0;
    for (; at < length && digits < DIGITS && is_hexadecimal(text[at]); at++)
        if (++digits % 2 == 0 && digits < DIGITS && has_separators && at + 1 < length && text[at + 1] == text[2])
            at++;
    return digits == DIGITS && (at == length || !is_word(text[at]));
}

uint32_t hg_before_serial(const uint8_t *text, uint32_t length)
{
    for (uint32_t at = 0; at < length; at++) {
        if ((at > 0 && is_word(text[at - 1])) ||
            (!begins_serial(text + at, length - at) && !begins_mac(text + at, length - at)))
            continue;
        while (at > 0 && !is_word(text[at - 1]) && text[at - 1] != ')')
            at--;
        return at;
    }
    return length;
}

/* ---- parts that are shown ------------------------------------------------------------------------------- */

int hg_text_is_private(const hg_announcement_text *text, uint8_t *shown)
{
    *shown = 0;
    switch (text->kind) {
    case HG_SAYS_NAME:
    case HG_SHOWS_CLIENT_ID:
    case HG_SHOWS_FQDN:
        return 1;
    case HG_SAYS_MDNS:
        if (is_private_mdns(text))
            return 1;
        break;
    case HG_SAYS_BROWSER:
        *shown = length_before_comment(text);
        return *shown < text->length;
    }
    *shown = (uint8_t)hg_before_serial(text->text, text->length);
    return *shown < text->length;
}

size_t hg_announcement_shown(uint32_t kind, const char *text, size_t length)
{
    if (kind >= HG_ANNOUNCEMENTS)
        return 0;
    const uint8_t stored = length < HG_MOST_ANNOUNCED_TEXT ? (uint8_t)length : HG_MOST_ANNOUNCED_TEXT;
    const hg_announcement_text record = {(const uint8_t *)text, stored, (uint8_t)kind};
    uint8_t shown;
    return hg_text_is_private(&record, &shown) ? shown : stored;
}
