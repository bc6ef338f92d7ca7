/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * fins.c - FINS of Omron's controllers, in datagrams and connections (W227). The answer to "controller data read"
 * states
 *
 *     fins model NAME
 *     fins version VERSION
 */
#include "industrial/protocol.h"

/* Flags (1 byte), reserved (1), gateways (1), destination and source (3 each), number (1), command (2); in answers the
 * result (2). */
enum {
    HEADER = 12,
    MOST_GATEWAYS = 7,
    GATEWAYS_AT = 2,
    NUMBER_AT = 9,
    COMMAND_AT = 10,
    IS_ANSWER = 0x40,
    FLAGS = 0x80,
    UNUSED = 0x3E,
    IDENTITY = 0x0501
};
enum { RESULT = 2, TEXT = 20 };

static int is_frame(hg_span data)
{
    return data.length >= HEADER && (data.data[0] & FLAGS) != 0 && (data.data[0] & UNUSED) == 0 && data.data[1] == 0 &&
           data.data[GATEWAYS_AT] <= MOST_GATEWAYS && data.data[COMMAND_AT] != 0;
}

static hg_frame_kind read_content(hg_announcing *to, hg_span data, uint16_t *key)
{
    const uint32_t command = hg_be16(data.data + COMMAND_AT);
    const hg_span content = hg_span_from(data, HEADER + RESULT);
    *key = data.data[NUMBER_AT];
    if ((data.data[0] & IS_ANSWER) == 0)
        return command == IDENTITY ? HG_FRAME_QUESTION : HG_FRAME_WORK;
    if (data.length < HEADER + RESULT)
        return HG_FRAME_WRONG;
    if (command == IDENTITY && content.length >= 2 * TEXT) {
        hg_state_text(to, "fins model ", hg_span_of(content.data, TEXT));
        hg_state_text(to, "fins version ", hg_span_of(content.data + TEXT, TEXT));
    }
    return HG_FRAME_ANSWER;
}

int hg_fins_begins(hg_span data, uint32_t whole)
{
    (void)whole;
    return is_frame(data);
}

int hg_fins_read(hg_announcing *to, hg_span data)
{
    uint16_t key;
    const hg_frame_kind kind = read_content(to, data, &key);
    if (kind == HG_FRAME_ANSWER)
        hg_announce(to, HG_SAYS_INDUSTRIAL, (const uint8_t *)"fins server", sizeof "fins server" - 1);
    return kind != HG_FRAME_WRONG;
}

/* ---- connections: "FINS", length of the rest (4 bytes), command (4), error (4) ---- */

enum {
    TCP_HEADER = 16,
    LENGTH_AT = 4,
    LENGTH_END = 8,
    TCP_COMMAND_AT = 8,
    ADDRESS_ASKED = 0,
    ADDRESS_GIVEN = 1,
    FRAME = 2
};

static uint32_t length_of(hg_span data)
{
    if (memcmp(data.data, "FINS", data.length < LENGTH_AT ? data.length : LENGTH_AT) != 0)
        return 0;
    if (data.length < TCP_HEADER)
        return TCP_HEADER;
    const uint32_t length = hg_be32(data.data + LENGTH_AT);
    return length >= TCP_HEADER - LENGTH_END && length <= UINT16_MAX ? LENGTH_END + length : 0;
}

static hg_frame_kind read(hg_industrial_frame *frame)
{
    const hg_span data = hg_span_from(frame->bytes, TCP_HEADER);
    const uint32_t command = hg_be32(frame->bytes.data + TCP_COMMAND_AT);
    if (command == ADDRESS_ASKED || command == ADDRESS_GIVEN)
        return frame->from_server != (command == ADDRESS_GIVEN) ? HG_FRAME_WRONG
               : frame->from_server                             ? HG_FRAME_ANSWER
                                                                : HG_FRAME_QUESTION;
    if (command != FRAME || !is_frame(data))
        return HG_FRAME_WRONG;
    const int is_answer = (data.data[0] & IS_ANSWER) != 0;
    return is_answer != frame->from_server ? HG_FRAME_OTHER : read_content(frame->list, data, &frame->key);
}

const hg_industrial_protocol hg_industrial_fins = {"fins", length_of, read, TCP_HEADER, NULL};
