/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "announcements/announcing.h"

#include "base/hash.h"
#include "base/value.h"
#include "packet/sender.h"
#include "tcp/observe.h"

enum { RECORD_HEADER = 2 };

/* A repeater sends the same datagram again, from its own MAC: the identification (of IPv6, the flow label) and the
 * content stay, and so does the UDP checksum, which covers the content. */
static uint32_t digest_of(const hg_packet *packet, const hg_frame *frame)
{
    enum { CHECKSUM_BEFORE_DATA = 2 };
    if (!hg_is_datagram(packet) || packet->fragment)
        return 0;
    const uint32_t captured = (uint32_t)(frame->data + frame->captured - packet->data);
    uint32_t content = hg_be16(packet->data - CHECKSUM_BEFORE_DATA);
    if (content == 0)
        content = hg_hash_fold(hg_hash_span(HG_HASH_MULTIPLIER, hg_span_of(packet->data, captured)));
    return (uint32_t)hg_be16(packet->ip + (packet->version == 4 ? IPV4_ID_AT : IPV6_WORD_AT + 2)) << 16 ^ content;
}

void hg_announce_begin(hg_announcing *list, uint8_t shows_names, const hg_reader_output *to)
{
    const hg_packet *packet = to->packet;
    hg_devices_values *values = &list->values;
    *list = (hg_announcing){.batch = to->batch, .begin = to->batch->text_count, .record = UINT32_MAX};
    values->shows_names = shows_names;
    const uint8_t transport = to->matches != NULL ? HG_CAME_OVER_TCP : 0;
    values->macs = transport;
    values->device_ip_version = packet->version;
    memcpy(values->device_ip, to->is_late ? packet->destination.word : packet->source.word, sizeof values->device_ip);
    if (to->is_late) /* the frame is another station's */
        return;
    if (hg_in_tunnel(packet) || !hg_source_mac(to->frame, values->source_mac))
        return;
    values->macs = transport | HG_KNOWS_SOURCE_MAC;
    if (packet->version != 0) {
        if (hg_shows_router(packet) || hg_has_label(to->frame))
            return;
        values->datagram = digest_of(packet, to->frame);
    }
    memcpy(values->mac, values->source_mac, sizeof values->mac);
    values->macs = transport | HG_KNOWS_SOURCE_MAC | HG_KNOWS_MAC;
}

void hg_announce_open(hg_announcing *to, uint8_t kind)
{
    hg_batch *batch = to->batch;
    const uint32_t used = batch->text_count - to->begin;
    to->record = UINT32_MAX;
    if (to->count == HG_MOST_RECORDS || used + RECORD_HEADER >= HG_MOST_ANNOUNCED ||
        batch->text_capacity - batch->text_count <= RECORD_HEADER) {
        to->is_cut = 1;
        return;
    }
    to->record = batch->text_count;
    batch->texts[batch->text_count] = kind;
    batch->texts[batch->text_count + 1] = 0;
    batch->text_count += RECORD_HEADER;
}

void hg_announce_piece(hg_announcing *to, const uint8_t *text, uint32_t length)
{
    hg_batch *batch = to->batch;
    if (to->record == UINT32_MAX || length == 0)
        return;
    uint32_t most = HG_MOST_ANNOUNCED_TEXT - (batch->text_count - to->record - RECORD_HEADER);
    const uint32_t left = HG_MOST_ANNOUNCED - (batch->text_count - to->begin);
    const uint32_t room = batch->text_capacity - batch->text_count;
    most = most < left ? most : left;
    most = most < room ? most : room;
    to->is_cut |= length > most;
    length = length < most ? length : most;
    memcpy(batch->texts + batch->text_count, text, length);
    batch->text_count += length;
}

void hg_announce_word(hg_announcing *to, const char *word)
{
    hg_announce_piece(to, (const uint8_t *)word, (uint32_t)strlen(word));
}

void hg_announce_span(hg_announcing *to, hg_span piece)
{
    hg_announce_piece(to, piece.data, piece.length);
}

void hg_announce_number(hg_announcing *to, uint32_t value)
{
    enum { MOST_DIGITS = 10 };
    char text[MOST_DIGITS + HG_RENDER_SLACK];
    hg_announce_piece(to, (const uint8_t *)text, (uint32_t)(hg_put_u32(text, value) - text));
}

uint32_t hg_announce_bits(hg_announcing *to, const hg_bit_word *words, uint32_t count, uint32_t bits)
{
    uint32_t written = 0;
    for (uint32_t i = 0; i < count; i++) {
        if ((bits & words[i].bits) == 0)
            continue;
        HG_ANNOUNCE_MORE(to, written++ > 0 ? "+" : "", words[i].word);
    }
    return written;
}

/* The length without zeros, line ends and blanks at the end, which some devices add. */
static uint32_t trimmed(const uint8_t *text, uint32_t length)
{
    while (length > 0 && text[length - 1] <= ' ')
        length--;
    return length;
}

/* 1 if the list already has this record. */
static int is_repeated(const hg_announcing *to, uint32_t length)
{
    const uint8_t *texts = to->batch->texts, *record = texts + to->record;
    for (uint32_t at = to->begin; at < to->record; at += RECORD_HEADER + texts[at + 1])
        if (texts[at] == record[0] && texts[at + 1] == length &&
            memcmp(texts + at + RECORD_HEADER, record + RECORD_HEADER, length) == 0)
            return 1;
    return 0;
}

void hg_announce_close(hg_announcing *to)
{
    hg_batch *batch = to->batch;
    if (to->record == UINT32_MAX)
        return;
    uint8_t *record = batch->texts + to->record;
    const uint32_t length = trimmed(record + RECORD_HEADER, batch->text_count - to->record - RECORD_HEADER);
    if (length == 0 || is_repeated(to, length)) {
        batch->text_count = to->record;
    } else {
        record[1] = (uint8_t)length;
        batch->text_count = to->record + RECORD_HEADER + length;
        to->count++;
    }
    to->record = UINT32_MAX;
}

void hg_announce(hg_announcing *to, uint8_t kind, const uint8_t *text, uint32_t length)
{
    if (trimmed(text, length) == 0)
        return;
    hg_announce_after(to, kind, "", text, length);
}

static void put_utf16(hg_announcing *to, const uint8_t *text, uint32_t length)
{
    enum { HIGH = 0xD800, LOW = 0xDC00, AFTER = 0xE000, REPLACEMENT = 0xFFFD };
    char character[4];
    for (uint32_t at = 0; at + 2 <= length && at < 2 * HG_MOST_ANNOUNCED_TEXT; at += 2) {
        uint32_t c = hg_le16(text + at);
        const uint32_t other = at + 4 <= length ? hg_le16(text + at + 2) : 0;
        if (c >= HIGH && c < LOW && other >= LOW && other < AFTER) {
            c = 0x10000 + ((c - HIGH) << 10) + (other - LOW);
            at += 2;
        } else if (c >= HIGH && c < AFTER) {
            c = REPLACEMENT;
        }
        HG_ANNOUNCE_MORE(to, hg_span_of(character, (size_t)(hg_put_character(character, c) - character)));
    }
}

void hg_announce_wide(hg_announcing *to, uint8_t kind, const uint8_t *text, uint32_t length, int is_utf16)
{
    hg_announce_open(to, kind);
    if (is_utf16)
        put_utf16(to, text, length);
    else
        hg_announce_piece(to, text, length);
    hg_announce_close(to);
}

void hg_announce_after(hg_announcing *to, uint8_t kind, const char *word, const uint8_t *text, uint32_t length)
{
    HG_ANNOUNCE_PIECES(to, kind, word, hg_span_of(text, length));
}

void hg_announce_hex(hg_announcing *to, uint8_t kind, const uint8_t *bytes, uint32_t length)
{
    char text[HG_MOST_ANNOUNCED_TEXT];
    const char *end = hg_put_hex(text, bytes, length < sizeof text / 2 ? length : sizeof text / 2);
    hg_announce(to, kind, (const uint8_t *)text, (uint32_t)(end - text));
}

void hg_announce_address(hg_announcing *to, uint8_t kind, uint32_t length, const uint8_t *address, uint8_t version)
{
    uint8_t bytes[HG_ADDRESS_BYTES] = {(uint8_t)length};
    memcpy(bytes + 1, address, version == 4 ? 4 : 16);
    bytes[HG_ADDRESS_BYTES - 1] = (uint8_t)('0' + version);
    hg_announce(to, kind, bytes, sizeof bytes);
}

/* The offset of the host name in output of `uname -a`: after the system's name. 0: there is none, as when a version
 * follows. */
static uint32_t host_name_at(hg_span text)
{
    static const char *const SYSTEMS[] = {"Linux ",  "FreeBSD ", "OpenBSD ", "NetBSD ", "DragonFly ",
                                          "Darwin ", "SunOS ",   "HP-UX ",   "AIX ",    "IRIX ",
                                          "IRIX64 ", "OSF1 ",    "Windows ", "pfSense "};
    for (uint32_t i = 0; i < sizeof SYSTEMS / sizeof *SYSTEMS; i++) {
        if (text.text[0] != SYSTEMS[i][0])
            continue;
        uint32_t at = (uint32_t)strlen(SYSTEMS[i]);
        const uint32_t begin = at;
        if (text.length <= at || memcmp(text.text, SYSTEMS[i], at) != 0)
            continue;
        while (at < text.length && text.data[at] >= '0' && text.data[at] <= '9')
            at++;
        return at > begin && (at == text.length || text.data[at] == '.' || text.data[at] == ' ') ? 0 : begin;
    }
    return 0;
}

void hg_announce_unnamed(hg_announcing *to, hg_span text)
{
    uint32_t begin = text.length > 0 ? host_name_at(text) : 0, end = begin;
    while (begin > 0 && end < text.length && text.data[end] != ' ')
        end++;
    if (begin > 0 && hg_before_serial(text.data, (uint32_t)text.length) < end) /* "Linux S/N: 123" has no name */
        begin = end = 0;
    HG_ANNOUNCE_MORE(to, hg_span_first(text, begin), begin > 0 ? "-" : "",
                     hg_span_of(text.data + end, text.length - end));
}

void hg_announce_end(hg_announcing *list, const hg_reader_output *to)
{
    list->values.announced = (hg_text_place){.offset = list->begin, .length = list->batch->text_count - list->begin};
    to->stats->announcements_cut += list->is_cut;
    if (list->is_of_others)
        *to->scope = HG_SCOPE_NONE;
    if (*to->scope == HG_SCOPE_NONE)
        *(list->is_of_others         ? &to->stats->announcements_of_others
          : hg_in_tunnel(to->packet) ? &to->stats->announcements_tunnelled
                                     : &to->stats->announcements_routed) += 1;
    memcpy(to->values, &list->values, sizeof list->values);
}

hg_datagram_event hg_announce_any(hg_announcing *list, const hg_reader_output *to, hg_datagram_event event)
{
    if (list->count > 0)
        hg_announce_end(list, to);
    else
        list->batch->text_count = list->begin;
    return list->count > 0 ? event : HG_DATAGRAM_NOTHING;
}

HG_FITS_EVENT(hg_devices_values);
HG_ROW_WRITER(hg_device_write, devices)
