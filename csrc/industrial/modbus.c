/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * modbus.c - Modbus/TCP (Modbus Application Protocol 1.1b3). The answer to function 43/14 states
 *
 *     modbus vendor NAME
 *     modbus product CODE
 *     modbus revision VERSION
 *     modbus model NAME
 */
#include "industrial/protocol.h"

/* Transaction (2 bytes), protocol (2, always 0), length of the rest (2), unit (1), function (1), its data. */
enum {
    HEADER = 7,
    LENGTH_AT = 4,
    LENGTH_END = 6,
    LEAST = 2,
    MOST = 254,
    EXCEPTION = 0x80,
    MOST_EXCEPTION = 11,
    IDENTIFY = 43,
    IDENTIFY_KIND = 14
};

static uint32_t length_of(hg_span data)
{
    const uint8_t *p = data.data;
    if (data.length < LENGTH_END) /* the upper byte of the length is 0, too */
        return (data.length > 2 && p[2] != 0) || (data.length > 3 && p[3] != 0) || (data.length > 4 && p[4] != 0)
                   ? 0
                   : LENGTH_END;
    const uint32_t length = hg_be16(p + LENGTH_AT);
    return hg_be16(p + 2) == 0 && length >= LEAST && length <= MOST ? LENGTH_END + length : 0;
}

/* Whether a question's data have the length that the function requires. */
static int is_question(hg_span pdu)
{
    enum { READ_WRITE_COUNT = 9, WRITE_COUNT = 5 };
    switch (pdu.data[0]) {
    case 1:
    case 2:
    case 3:
    case 4:
    case 5:
    case 6:
    case 8:
        return pdu.length == 5;
    case 7:
    case 11:
    case 12:
    case 17:
        return pdu.length == 1;
    case 15:
    case 16:
        return pdu.length > WRITE_COUNT && pdu.length == WRITE_COUNT + 1u + pdu.data[WRITE_COUNT];
    case 20:
    case 21:
        return pdu.length > 1 && pdu.length == 2u + pdu.data[1];
    case 22:
        return pdu.length == 7;
    case 23:
        return pdu.length > READ_WRITE_COUNT && pdu.length == READ_WRITE_COUNT + 1u + pdu.data[READ_WRITE_COUNT];
    case 24:
        return pdu.length == 3;
    case IDENTIFY:
        return pdu.length == 4 && pdu.data[1] == IDENTIFY_KIND;
    default:
        return 0;
    }
}

static int is_answer(hg_span pdu)
{
    enum { OBJECTS = 7 };
    switch (pdu.data[0]) {
    case 1:
    case 2:
    case 3:
    case 4:
    case 12:
    case 17:
    case 20:
    case 21:
    case 23:
        return pdu.length > 2 && pdu.length == 2u + pdu.data[1];
    case 5:
    case 6:
    case 8:
    case 11:
    case 15:
    case 16:
        return pdu.length == 5;
    case 7:
        return pdu.length == 2;
    case 22:
        return pdu.length == 7;
    case 24:
        return pdu.length >= 5 && pdu.length == 3u + hg_be16(pdu.data + 1);
    case IDENTIFY:
        return pdu.length >= OBJECTS && pdu.data[1] == IDENTIFY_KIND;
    default:
        return (pdu.data[0] & EXCEPTION) != 0 && pdu.length == 2 && pdu.data[1] >= 1 && pdu.data[1] <= MOST_EXCEPTION;
    }
}

/* Objects: number (1 byte), length (1), text. */
static void state_objects(hg_announcing *to, hg_span objects)
{
    static const char *const WORDS[] = {"modbus vendor ", "modbus product ", "modbus revision ", NULL, NULL,
                                        "modbus model "};
    enum { OBJECT = 2 };
    hg_cursor in = hg_cursor_of(objects);
    hg_span header, text;
    while (hg_take_bytes(&in, OBJECT, &header) && hg_take_bytes(&in, header.data[1], &text))
        if (header.data[0] < sizeof WORDS / sizeof *WORDS && WORDS[header.data[0]] != NULL)
            hg_state_text(to, WORDS[header.data[0]], text);
}

static int is_work(uint8_t function)
{
    return function <= 6 || function == 15 || function == 16 || function == 22 || function == 23;
}

static hg_frame_kind read(hg_industrial_frame *frame)
{
    enum { OBJECTS = 7 };
    const hg_span pdu = hg_span_from(frame->bytes, HEADER);
    const int can_ask = is_question(pdu), can_answer = is_answer(pdu);
    frame->key = hg_be16(frame->bytes.data);
    if (frame->is_first && can_ask && can_answer)
        return HG_FRAME_OTHER;
    if (!(frame->from_server ? can_answer : can_ask))
        return HG_FRAME_WRONG;
    if (frame->from_server && pdu.data[0] == IDENTIFY)
        state_objects(frame->list, hg_span_from(pdu, OBJECTS));
    return frame->from_server ? HG_FRAME_ANSWER : is_work(pdu.data[0]) ? HG_FRAME_WORK : HG_FRAME_QUESTION;
}

const hg_industrial_protocol hg_industrial_modbus = {"modbus", length_of, read, 0, NULL};
