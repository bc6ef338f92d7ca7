/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "tls/quic_packet.h"

#include <stddef.h>

#include "base/bytes.h"

enum { LONG_HEADER = 0x80, TYPE_BITS = 0x30, TYPE_SHIFT = 4 };

int hg_quic_take_number(const uint8_t **at, uint32_t *left, uint64_t *value)
{
    if (*left == 0)
        return 0;
    uint32_t bytes = 1u << (**at >> 6);
    if (*left < bytes)
        return 0;
    uint64_t number = **at & 0x3F;
    for (uint32_t i = 1; i < bytes; i++)
        number = number << 8 | (*at)[i];
    *at += bytes;
    *left -= bytes;
    *value = number;
    return 1;
}

/* ---- packets ------------------------------------------------------------------------------- */

static int take_id(const uint8_t **at, uint32_t *left, hg_quic_id *id)
{
    if (*left == 0 || **at > HG_QUIC_LONGEST_ID || *left <= **at)
        return 0;
    id->length = **at;
    id->bytes = *at + 1;
    *at += 1 + id->length;
    *left -= 1u + id->length;
    return 1;
}

/* Version 2 turned the types by one. */
static uint8_t type_of(const hg_quic_packet *packet)
{
    uint8_t bits = (packet->data[0] & TYPE_BITS) >> TYPE_SHIFT;
    if (packet->number == 0)
        return HG_QUIC_NEGOTIATION;
    if (packet->version == NULL)
        return HG_QUIC_UNKNOWN;
    return packet->version->second ? (bits + 3) & 3 : bits;
}

/* Token and length, which end the header. */
static int read_rest(const uint8_t *at, uint32_t left, hg_quic_packet *packet)
{
    uint64_t token = 0, length;
    if (packet->type == HG_QUIC_INITIAL) {
        if (!hg_quic_take_number(&at, &left, &token) || token > left)
            return 0;
        at += token;
        left -= (uint32_t)token;
    }
    if (!hg_quic_take_number(&at, &left, &length) || length > left || length < HG_QUIC_LEAST_PROTECTED)
        return 0;
    packet->token = (uint32_t)token;
    packet->header = (uint32_t)(at - packet->data);
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
    const uint8_t *at = data + VERSION_END;
    uint32_t rest = left - VERSION_END;
    if (!take_id(&at, &rest, &packet->to) || !take_id(&at, &rest, &packet->from))
        return 0;
    if (packet->type == HG_QUIC_NEGOTIATION)
        return 1;
    return packet->type >= HG_QUIC_RETRY || read_rest(at, rest, packet);
}

/* Public header: flags (a version, an id of 8 bytes, one that is not a server's), id, version. From
 * Q046 on the header is long, and the rest as in those before. */
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

static int skip_numbers(hg_quic_frames *frames, uint64_t count)
{
    uint64_t value;
    for (; count > 0; count--)
        if (!hg_quic_take_number(&frames->at, &frames->left, &value))
            return 0;
    return 1;
}

/* Largest, delay, count of ranges, first range; two numbers a range; three of ECN. Each takes a byte at
 * least, so the walk ends with the packet whatever the count says. */
static int skip_ack(hg_quic_frames *frames, int ecn)
{
    uint64_t ranges;
    return skip_numbers(frames, 2) && hg_quic_take_number(&frames->at, &frames->left, &ranges) &&
           skip_numbers(frames, 1) && ranges <= frames->left && skip_numbers(frames, 2 * ranges) &&
           skip_numbers(frames, ecn ? 3 : 0);
}

/* Code, type of frame, reason. */
static int skip_close(hg_quic_frames *frames)
{
    uint64_t reason;
    if (!skip_numbers(frames, 2) || !hg_quic_take_number(&frames->at, &frames->left, &reason) ||
        reason > frames->left)
        return 0;
    frames->at += reason;
    frames->left -= (uint32_t)reason;
    return 1;
}

static int take_crypto(hg_quic_frames *frames, hg_quic_crypto *found)
{
    uint64_t length;
    if (!hg_quic_take_number(&frames->at, &frames->left, &found->offset) ||
        !hg_quic_take_number(&frames->at, &frames->left, &length) || length > frames->left)
        return 0;
    found->data = frames->at;
    found->length = (uint32_t)length;
    frames->at += length;
    frames->left -= (uint32_t)length;
    return 1;
}

/* A frame without bytes of the handshake; 0 when it is none that an Initial may hold. */
static int skip_frame(hg_quic_frames *frames, uint8_t type)
{
    if (type == (frames->google ? GOOGLE_PING : PING))
        return 1;
    if (frames->google)
        return 0;
    if (type == CLOSE)
        return skip_close(frames);
    return (type == ACK || type == ACK_ECN) && skip_ack(frames, type == ACK_ECN);
}

int hg_quic_next_crypto(hg_quic_frames *frames, hg_quic_crypto *found)
{
    while (frames->left > 0) {
        uint8_t type = *frames->at++;
        frames->left--;
        if (type == PADDING)
            continue;
        if (type == (frames->google ? GOOGLE_CRYPTO : CRYPTO)) {
            if (take_crypto(frames, found))
                return 1;
            break;
        }
        if (!skip_frame(frames, type))
            break;
    }
    frames->left = 0;
    return 0;
}
