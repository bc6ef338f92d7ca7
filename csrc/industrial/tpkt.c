/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * tpkt.c - ISO transport on TCP (RFC 1006, X.224 class 0), which carries S7comm and MMS.
 */
#include "industrial/protocol.h"

/* Version (1 byte), reserved (1), length (2); then the length of the transport header (1) and its type (1). */
enum {
    HEADER = 4,
    VERSION = 3,
    LEAST = 7,
    CONNECTION_REQUEST = 0xE0,
    CONNECTION_CONFIRM = 0xD0,
    DATA = 0xF0,
    DATA_HEADER = 3,
    LAST = 0x80
};

/* A message in more or longer packets is not joined. */
enum { MOST_PACKETS = 8, MOST_JOINED = 4096 };

static uint32_t packet_length(hg_span data)
{
    if (data.length > 0 && (data.data[0] != VERSION || (data.length > 1 && data.data[1] != 0)))
        return 0;
    if (data.length < HEADER)
        return HEADER;
    const uint32_t length = hg_be16(data.data + 2);
    return length >= LEAST ? length : 0;
}

/* The user data of the packet with which `data` begin. */
static hg_span content_of(hg_span data)
{
    return hg_span_from(hg_span_first(data, packet_length(data)), HEADER + DATA_HEADER);
}

/* Whether the message of the first packet goes on in the next one: in ISO transport, or as a list of S7comm. */
static int goes_on(hg_span data)
{
    const uint8_t *p = data.data + HEADER;
    return p[0] == DATA_HEADER - 1 && p[1] == DATA && ((p[2] & LAST) == 0 || hg_s7_goes_on(content_of(data)));
}

static uint32_t length_of(hg_span data)
{
    uint32_t end = 0, length = 1;
    for (uint32_t i = 0; i < MOST_PACKETS && length > 0; i++) {
        const hg_span packet = hg_span_from(data, end);
        length = packet_length(packet);
        end += length;
        if (length > packet.length || end > MOST_JOINED || (length > 0 && !goes_on(packet)))
            break;
    }
    return end;
}

/* Joins the user data of several packets in `out`; empty: they are too long, or not the whole of a message. */
static hg_span join(hg_span packets, uint8_t *out)
{
    enum { REFERENCE_AT = 4, DATA_AT = 8, BEFORE_DATA = 22 /* of a list of S7comm */ };
    uint32_t length = 0, next, is_list = 0;
    int is_whole = 0;
    for (; packets.length > 0; packets = hg_span_from(packets, next)) {
        next = packet_length(packets);
        is_whole = next <= packets.length && packets.data[HEADER + 1] == DATA && !goes_on(packets);
        const hg_span content = content_of(packets), part = is_list ? hg_s7_rest(content) : content;
        if (part.length > MOST_JOINED - length)
            return hg_span_of(out, 0);
        memcpy(out + length, part.data, part.length);
        length += part.length;
        is_list |= (uint32_t)hg_s7_goes_on(content);
        if (is_list && part.length > 0 && part.length < content.length)
            memcpy(out + REFERENCE_AT, content.data + REFERENCE_AT, sizeof(uint16_t)); /* of the latest question */
    }
    if (is_list) {
        out[DATA_AT] = (uint8_t)((length - BEFORE_DATA) >> 8);
        out[DATA_AT + 1] = (uint8_t)(length - BEFORE_DATA);
    }
    return hg_span_of(out, is_whole ? length : 0);
}

static hg_frame_kind read_content(hg_industrial_frame *frame, hg_span data)
{
    switch (data.length == 0 ? 0 : data.data[0]) {
    case 0x32: /* S7comm */
    case 0x72: /* S7comm-plus */
        frame->word = "s7";
        return hg_read_s7(frame, data);
    case 0x01: /* data of ISO session */
        frame->word = "mms";
        return hg_read_mms(frame, data);
    default:
        return HG_FRAME_OTHER;
    }
}

static hg_frame_kind read(hg_industrial_frame *frame)
{
    const uint8_t *p = frame->bytes.data + HEADER;
    const uint32_t first = packet_length(frame->bytes), end = first - HEADER;
    uint8_t joined[MOST_JOINED];
    if (p[0] >= end)
        return HG_FRAME_WRONG;
    if (p[1] == CONNECTION_REQUEST || p[1] == CONNECTION_CONFIRM)
        return frame->from_server == (p[1] == CONNECTION_CONFIRM) ? HG_FRAME_OTHER : HG_FRAME_WRONG;
    if (p[1] != DATA || p[0] != DATA_HEADER - 1)
        return HG_FRAME_WRONG;
    if (frame->bytes.length > first)
        return read_content(frame, join(frame->bytes, joined));
    return goes_on(frame->bytes) ? HG_FRAME_OTHER : read_content(frame, content_of(frame->bytes));
}

const hg_industrial_protocol hg_industrial_tpkt = {"tpkt", length_of, read, sizeof(uint32_t), NULL};
