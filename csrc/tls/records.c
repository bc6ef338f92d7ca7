/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "tls/records.h"

#include "base/bytes.h"

/* The most records of one message. One byte in each record is legal, but no implementation does it. */
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
    uint32_t skip; /* bytes before it that are to come */
} message_start;

/* Adds a fragment; 0 when it is no such message. */
static int gather(message_start *message, const uint8_t *fragment, uint32_t length, uint8_t type)
{
    const uint32_t passed = length < message->skip ? length : message->skip;
    message->skip -= passed;
    fragment += passed;
    length -= passed;
    for (uint32_t i = 0; i < length && message->length + i < HG_TLS_MESSAGE_HEADER; i++)
        message->header[message->length + i] = fragment[i];
    message->length += length;
    if (length > 0 && message->header[0] != type)
        return 0;
    if (message->length >= HG_TLS_MESSAGE_HEADER)
        message->needed = HG_TLS_MESSAGE_HEADER + (hg_be32(message->header) & 0xFFFFFF);
    return 1;
}

hg_message_state hg_records_find(const uint8_t *data, uint32_t length, uint32_t skip, uint8_t type, uint32_t most,
                                 hg_record_message *out)
{
    message_start message = {.needed = HG_TLS_MESSAGE_HEADER, .skip = skip};
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
        if (message.needed > most)
            return HG_MESSAGE_TOO_LONG;
        if (message.length >= HG_TLS_MESSAGE_HEADER && message.length >= message.needed) {
            const uint32_t used = fragment - (message.length - message.needed);
            *out = (hg_record_message){message.needed, skip, at, at + HG_RECORD_HEADER + content, used, used == content};
            return HG_MESSAGE_WHOLE;
        }
        at += HG_RECORD_HEADER + content;
        if (fragment < content)
            return HG_MESSAGE_MORE;
    }
    return HG_MESSAGE_TOO_LONG;
}

void hg_records_join(const uint8_t *data, const hg_record_message *message, uint8_t *out)
{
    for (uint32_t left = message->length, skip = message->skip; left > 0;) {
        const uint32_t content = hg_be16(data + 3), passed = content < skip ? content : skip;
        const uint32_t fragment = content - passed < left ? content - passed : left;
        memcpy(out, data + HG_RECORD_HEADER + passed, fragment);
        out += fragment;
        left -= fragment;
        skip -= passed;
        data += HG_RECORD_HEADER + content;
    }
}
