/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "tls/records.h"

#include "base/bytes.h"

#include <string.h>

/* Records of one message. A byte in each is legal, and nobody does it. */
enum { MOST_RECORDS = 256 };

/* 1 when the bytes, as far as they go, are the header of a handshake record. */
static int fits_header(const uint8_t *data, uint32_t length)
{
    if (length >= HG_RECORD_HEADER && hg_be16(data + 3) > HG_RECORD_MOST)
        return 0;
    return data[0] == HG_RECORD_HANDSHAKE && (length < 2 || data[1] == 3);
}

int hg_records_pass(const uint8_t *data, uint32_t length, uint32_t *at)
{
    for (*at = 0; *at < length;) {
        const uint8_t *record = data + *at;
        const uint32_t left = length - *at, content = record[0] == HG_RECORD_ALERT ? 2 : 1;
        if ((record[0] != HG_RECORD_ALERT && record[0] != HG_RECORD_CIPHER_CHANGE) || (left > 1 && record[1] != 3) ||
            (left >= HG_RECORD_HEADER && hg_be16(record + 3) != content))
            return 0;
        if (left < HG_RECORD_HEADER + content)
            return 1;
        *at += HG_RECORD_HEADER + content;
    }
    return 1;
}

/* The first bytes of a message, gathered from records. */
typedef struct message_start {
    uint8_t header[HG_TLS_MESSAGE_HEADER];
    uint32_t length; /* of the message, so far */
    uint32_t needed;
} message_start;

/* Adds a fragment; 0 when it is no such message. */
static int gather(message_start *message, const uint8_t *fragment, uint32_t length, uint8_t type)
{
    for (uint32_t i = 0; i < length && message->length + i < HG_TLS_MESSAGE_HEADER; i++)
        message->header[message->length + i] = fragment[i];
    message->length += length;
    if (length > 0 && message->header[0] != type)
        return 0;
    if (message->length >= HG_TLS_MESSAGE_HEADER)
        message->needed = HG_TLS_MESSAGE_HEADER + (hg_be32(message->header) & 0xFFFFFF);
    return 1;
}

hg_message_state hg_records_find(const uint8_t *data, uint32_t length, uint8_t type, hg_record_message *out)
{
    message_start message = {.needed = HG_TLS_MESSAGE_HEADER};
    uint32_t at = 0;
    for (uint32_t records = 0; records < MOST_RECORDS; records++) {
        uint32_t left = length - at;
        if (left > 0 && !fits_header(data + at, left))
            return HG_MESSAGE_OTHER;
        if (left < HG_RECORD_HEADER)
            return HG_MESSAGE_MORE;
        uint32_t content = hg_be16(data + at + 3), there = left - HG_RECORD_HEADER;
        uint32_t fragment = content < there ? content : there;
        if (!gather(&message, data + at + HG_RECORD_HEADER, fragment, type))
            return HG_MESSAGE_OTHER;
        if (message.needed > HG_MOST_HELLO)
            return HG_MESSAGE_TOO_LONG;
        at += HG_RECORD_HEADER + content;
        if (message.length >= HG_TLS_MESSAGE_HEADER && message.length >= message.needed) {
            *out = (hg_record_message){message.needed, at, message.length == message.needed && fragment == content};
            return HG_MESSAGE_WHOLE;
        }
        if (fragment < content)
            return HG_MESSAGE_MORE;
    }
    return HG_MESSAGE_TOO_LONG;
}

void hg_records_join(const uint8_t *data, const hg_record_message *message, uint8_t *out)
{
    for (uint32_t left = message->length; left > 0;) {
        uint32_t content = hg_be16(data + 3), fragment = content < left ? content : left;
        memcpy(out, data + HG_RECORD_HEADER, fragment);
        out += fragment;
        left -= fragment;
        data += HG_RECORD_HEADER + content;
    }
}
