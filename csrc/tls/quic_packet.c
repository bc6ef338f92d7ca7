/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "tls/quic_packet.h"

#include "hg_quic_versions.h"
#include "huginn.h"

#include <stdio.h>

/* ---- versions ---------------------------------------------------------------------------------- */

#define SALT(name, ...) {__VA_ARGS__},
const uint8_t HG_QUIC_SALT[HG_SALTS][HG_QUIC_SALT_BYTES] = {HG_QUIC_SALTS_ROWS(SALT)};
#undef SALT

#define HG_DRAFT(number) (0xFF000000u | (number))

#define VERSION(first, last, salt, ...) {first, last, HG_SALT_##salt, __VA_ARGS__},
static const hg_quic_version VERSIONS[] = {HG_QUIC_VERSIONS_ROWS(VERSION)};
#undef VERSION

const hg_quic_version *hg_quic_version_of(uint32_t number)
{
    for (size_t i = 0; i < sizeof VERSIONS / sizeof *VERSIONS; i++)
        if (VERSIONS[i].first <= number && number <= VERSIONS[i].last)
            return VERSIONS + i;
    return NULL;
}

/* Google's version numbers are a letter and three digits. */
static int is_google(uint32_t version)
{
    int is_number = (version & 0xF0F0F0) == 0x303030 && (version & 0xFF) <= '9' && (version >> 8 & 0xFF) <= '9' &&
                    (version >> 16 & 0xFF) <= '9';
    return is_number && (version >> 24 == 'Q' || version >> 24 == 'T');
}

void hg_quic_version_text(uint32_t version, char out[HG_QUIC_VERSION_TEXT])
{
    const uint32_t first = 1, second = 0x6B3343CF;
    const size_t room = HG_QUIC_VERSION_TEXT;
    if (version == first || version == second)
        snprintf(out, room, version == first ? "1" : "2");
    else if (version >> 8 == HG_DRAFT(0) >> 8)
        snprintf(out, room, "draft-%u", version & 0xFF);
    else if (is_google(version))
        snprintf(out, room, "%c%03X", (int)(version >> 24),
                 (version >> 8 & 0xF00) | (version >> 4 & 0xF0) | (version & 0xF));
    else
        snprintf(out, room, "0x%08x", version);
}

enum { LONG_HEADER = 0x80, TYPE_BITS = 0x30, TYPE_SHIFT = 4 };

/* Reads a variable-length integer of 1, 2, 4 or 8 bytes (RFC 9000, section 16). 0: it is cut. */
static int take_number(hg_cursor *from, uint64_t *value)
{
    if (from->at == from->end || from->end - from->at < 1 << (*from->at >> 6))
        return 0;
    const uint8_t *const end = from->at + (1u << (*from->at >> 6));
    for (*value = *from->at++ & 0x3F; from->at < end; from->at++)
        *value = *value << 8 | *from->at;
    return 1;
}

/* Reads a length and that many bytes. 0: they are cut. */
static int take_bytes(hg_cursor *from, hg_span *bytes)
{
    uint64_t length;
    if (!take_number(from, &length) || length > (uint64_t)(from->end - from->at))
        return 0;
    *bytes = hg_span_of(from->at, (size_t)length);
    from->at += length;
    return 1;
}

/* ---- packets ------------------------------------------------------------------------------- */

static int take_id(hg_cursor *from, hg_span *id)
{
    if (from->at == from->end || *from->at > HG_QUIC_LONGEST_ID || from->end - from->at <= *from->at)
        return 0;
    *id = hg_span_of(from->at + 1, *from->at);
    from->at += 1 + id->length;
    return 1;
}

/* In QUIC version 2, the numbers of the packet types are shifted by one. */
static uint8_t type_of(const hg_quic_packet *packet)
{
    uint8_t bits = (packet->data[0] & TYPE_BITS) >> TYPE_SHIFT;
    if (packet->number == 0)
        return HG_QUIC_NEGOTIATION;
    if (packet->version == NULL)
        return HG_QUIC_UNKNOWN;
    return packet->version->is_v2 ? (bits + 3) & 3 : bits;
}

/* Reads the end of the header: the token and the length. */
static int read_rest(hg_cursor from, hg_quic_packet *packet)
{
    hg_span token = {0};
    uint64_t length;
    if ((packet->type == HG_QUIC_INITIAL && !take_bytes(&from, &token)) || !take_number(&from, &length) ||
        length > (uint64_t)(from.end - from.at) || length < HG_QUIC_LEAST_PROTECTED)
        return 0;
    packet->token = token.length;
    packet->header = (uint32_t)(from.at - packet->data);
    packet->length = packet->header + (uint32_t)length;
    return packet->header <= HG_QUIC_LONGEST_HEADER;
}

int hg_quic_packet_read(const uint8_t *data, uint32_t left, hg_quic_packet *packet)
{
    enum { VERSION_END = 5 };
    if (left < VERSION_END || (data[0] & LONG_HEADER) == 0)
        return 0;
    *packet = (hg_quic_packet){.data = data, .number = hg_be32(data + 1), .length = left};
    packet->version = hg_quic_version_of(packet->number);
    packet->type = type_of(packet);
    hg_cursor from = {data + VERSION_END, data + left};
    if (!take_id(&from, &packet->to) || !take_id(&from, &packet->from))
        return 0;
    return packet->type >= HG_QUIC_RETRY || read_rest(from, packet);
}

/* The first packet's public header has flags (version and 8-byte id present, no reset), the id, and the version. From
 * Q046 on it is a long header, with the version in the usual place. */
uint32_t hg_quic_google_version(const uint8_t *data, uint32_t length)
{
    enum { VERSION_FLAG = 0x01, ID_FLAG = 0x08, RESET_FLAG = 0x02, AT = 9, LONG_AT = 1 };
    if (length < AT + 4)
        return 0;
    int is_long = (data[0] & LONG_HEADER) != 0;
    if (!is_long && (data[0] & (VERSION_FLAG | ID_FLAG | RESET_FLAG)) != (VERSION_FLAG | ID_FLAG))
        return 0;
    const uint8_t *v = data + (is_long ? LONG_AT : AT);
    int named = v[0] == 'Q' && v[1] == '0' && v[2] >= '0' && v[2] <= '9' && v[3] >= '0' && v[3] <= '9';
    return named ? hg_be32(v) : 0;
}

/* ---- frames -------------------------------------------------------------------------------- */

enum {
    PADDING = 0x00,
    PING = 0x01,
    ACK = 0x02,
    ACK_ECN = 0x03,
    CRYPTO = 0x06,
    CLOSE = 0x1C,
    GOOGLE_PING = 0x07,
    GOOGLE_CRYPTO = 0x08
};

static int skip_numbers(hg_cursor *from, uint64_t count)
{
    uint64_t value;
    for (; count > 0; count--)
        if (!take_number(from, &value))
            return 0;
    return 1;
}

/* Skips an ACK frame: largest number, delay, count of ranges, first range; then two numbers per range, and three for
 * ECN. A number takes at least a byte, so no count makes the loop longer than the packet. */
static int skip_ack(hg_cursor *from, int ecn)
{
    uint64_t ranges;
    return skip_numbers(from, 2) && take_number(from, &ranges) && skip_numbers(from, 1) &&
           ranges <= (uint64_t)(from->end - from->at) && skip_numbers(from, 2 * ranges) &&
           skip_numbers(from, ecn ? 3 : 0);
}

/* Skips a frame without handshake bytes; 0: an Initial must not contain it. */
static int skip_frame(hg_quic_frames *frames, uint8_t type)
{
    hg_span reason;
    if (type == (frames->google ? GOOGLE_PING : PING))
        return 1;
    if (frames->google)
        return 0;
    if (type == CLOSE)
        return skip_numbers(&frames->from, 2) && take_bytes(&frames->from, &reason); /* code, frame type, reason */
    return (type == ACK || type == ACK_ECN) && skip_ack(&frames->from, type == ACK_ECN);
}

int hg_quic_next_crypto(hg_quic_frames *frames, hg_quic_crypto *found)
{
    hg_cursor *from = &frames->from;
    while (from->at < from->end) {
        const uint8_t type = *from->at++;
        if (type == PADDING)
            continue;
        if (type == (frames->google ? GOOGLE_CRYPTO : CRYPTO)) {
            if (take_number(from, &found->offset) && take_bytes(from, &found->bytes))
                return 1;
            break;
        }
        if (!skip_frame(frames, type))
            break;
    }
    from->at = from->end;
    return 0;
}

/* ---- transport parameters -------------------------------------------------------------------- */

hg_span hg_quic_user_agent(const uint8_t *body, uint32_t length)
{
    enum { USER_AGENT = 0x3129 /* Google's parameter */ };
    hg_cursor from = {body, body + length};
    uint64_t number;
    hg_span value;
    while (take_number(&from, &number) && take_bytes(&from, &value))
        if (number == USER_AGENT)
            return value;
    return (hg_span){0};
}
