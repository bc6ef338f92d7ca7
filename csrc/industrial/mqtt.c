/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * mqtt.c - MQTT (OASIS, versions 3.1 to 5), which shows who is broker and who is client. Identifiers and topics are
 *
 * skipped. */
#include "industrial/protocol.h"

enum {
    KIND = 4,
    CONNECT = 1,
    CONNECTED = 2,
    PUBLISH = 3,
    SUBSCRIBE = 8,
    SUBSCRIBED = 9,
    PING = 12,
    PONG = 13,
    LAST = 15,
    MOST_SIZE = 4,
    EMPTY = 2
};

/* Kind and flags (1 byte), length of the rest (1 to 4 bytes of 7 bits). */
static uint32_t header_of(hg_span data, uint32_t *length)
{
    enum { MORE = 0x80, BITS = 7 };
    uint32_t at = 1;
    *length = 0;
    for (; at < data.length && at <= MOST_SIZE; at++) {
        *length |= (uint32_t)(data.data[at] & (MORE - 1)) << BITS * (at - 1);
        if ((data.data[at] & MORE) == 0)
            return at + 1;
    }
    return at <= MOST_SIZE ? UINT32_MAX : 0; /* more bytes are needed, or there is no end */
}

/* Whether an empty message, such as a ping, is at `at`. */
static int is_empty(hg_span data, uint32_t at)
{
    const uint32_t kind = at + EMPTY <= data.length ? data.data[at] >> KIND : 0;
    return kind > CONNECTED && kind < LAST && data.data[at + 1] == 0;
}

/* Empty messages that follow each other count as one, so that thousands of them are cheap. */
static uint32_t length_of(hg_span data)
{
    uint32_t length, end = 0;
    const uint32_t kind = data.data[0] >> KIND, header = header_of(data, &length);
    if (kind == 0 || kind == LAST || header == 0)
        return 0;
    while (is_empty(data, end))
        end += EMPTY;
    return header == UINT32_MAX ? data.length + 1 : end > 0 ? end : header + length;
}

static int is_connect(hg_span content)
{
    enum { NAME = 2, MOST_VERSION = 5 };
    static const char *const NAMES[] = {"MQTT", "MQIsdp"};
    for (uint32_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        const uint32_t length = (uint32_t)strlen(NAMES[i]);
        if (content.length > NAME + length && hg_be16(content.data) == length &&
            hg_span_begins(hg_span_from(content, NAME), NAMES[i]))
            return content.data[NAME + length] <= MOST_VERSION;
    }
    return 0;
}

/* Only a connection's first messages show the protocol; without the client's, others show nothing. */
static hg_frame_kind read(hg_industrial_frame *frame)
{
    uint32_t length;
    const uint32_t kind = frame->bytes.data[0] >> KIND;
    const hg_span content = hg_span_from(frame->bytes, header_of(frame->bytes, &length));
    if (kind == CONNECT)
        return !frame->from_server && is_connect(content) ? HG_FRAME_QUESTION : HG_FRAME_WRONG;
    if (frame->asked == 0)
        return HG_FRAME_WRONG;
    if (kind == CONNECTED)
        return frame->from_server && content.length >= 2 && content.data[1] == 0 ? HG_FRAME_ANSWER : HG_FRAME_WRONG;
    if (frame->from_server)
        return kind == SUBSCRIBED || kind == PONG ? HG_FRAME_ANSWER : HG_FRAME_OTHER;
    return kind == PUBLISH || kind == SUBSCRIBE || kind == PING ? HG_FRAME_WORK : HG_FRAME_OTHER;
}

static int may_begin(hg_span data, int from_server)
{
    return data.data[0] == (from_server ? CONNECTED : CONNECT) << KIND;
}

const hg_industrial_protocol hg_industrial_mqtt = {"mqtt", length_of, read, 0, may_begin};
