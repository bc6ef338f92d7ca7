/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "devices/announced.h"

enum { RECORD_HEADER = 2 };

const char *hg_announcement_name(uint32_t kind)
{
#define HG_WORD(word) word,
    static const char *const NAMES[] = {HG_ANNOUNCEMENT_WORDS(HG_WORD)};
#undef HG_WORD
    return kind < HG_ANNOUNCEMENTS ? NAMES[kind] : NULL;
}

int hg_announced_of(const hg_batch *batch, uint32_t row, uint32_t at, hg_announced *out)
{
    const hg_device_columns *c = &batch->columns.devices;
    const uint8_t event = batch->columns.event[row];
    if (hg_event_reader(event) != HG_READER_DEVICES || at >= batch->counts[HG_READER_DEVICES])
        return 0;
    const uint32_t offset = c->announced_offset[at], length = c->announced_length[at];
    const uint8_t version = c->device_ip_version[at];
    if (offset > batch->text_count || length > batch->text_count - offset || length > HG_MOST_ANNOUNCED)
        return 0;
    *out = (hg_announced){
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

int hg_announced_next(const hg_announced *of, uint32_t *at, hg_said_text *out)
{
    if (of->length < RECORD_HEADER || *at > of->length - RECORD_HEADER)
        return 0;
    const uint8_t *record = of->records + *at;
    if (record[1] > of->length - RECORD_HEADER - *at)
        return 0;
    *out = (hg_said_text){.text = record + RECORD_HEADER, .length = record[1], .kind = record[0]};
    *at += RECORD_HEADER + (uint32_t)record[1];
    return 1;
}

/* Where the comment of an announcement of a browser begins: behind the version and the types. */
static uint8_t comment_at(const hg_said_text *said)
{
    uint8_t at = 0;
    for (uint32_t blanks = 0; at < said->length && blanks < 2; at++)
        blanks += said->text[at] == ' ';
    return at < said->length ? (uint8_t)(at - 1) : said->length;
}

int hg_said_is_private(const hg_said_text *said, uint8_t *shown)
{
    *shown = 0;
    switch (said->kind) {
    case HG_SAYS_NAME:
    case HG_SHOWS_CLIENT_ID:
    case HG_SHOWS_FQDN:
        return 1;
    case HG_SAYS_BROWSER:
        *shown = comment_at(said);
        return *shown < said->length;
    default:
        return 0;
    }
}
