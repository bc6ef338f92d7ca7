/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * telecontrol.c - protocols of electrical grids, which show roles: DNP3 (IEEE 1815), IEC 60870-5-104 and synchrophasors
 * (IEEE C37.118.2). */
#include "industrial/protocol.h"

/* ---- DNP3: start (2 bytes), length (1), control (1), destination (2), source (2), checksum (2), blocks of at most 16
 * bytes, each with a checksum (2) ---- */

enum { DNP3_HEADER = 10, DNP3_LEAST = 5, DNP3_BLOCK = 16, DNP3_CHECKSUM_AT = 8 };

static uint32_t dnp3_checksum(const uint8_t *data, uint32_t length)
{
    static const uint16_t OF_FOUR_BITS[16] = {
        /* for the polynomial 0x3D65, low bit first */
        0x0000, 0xB26B, 0x29AF, 0x9BC4, 0x535E, 0xE135, 0x7AF1, 0xC89A,
        0xA6BC, 0x14D7, 0x8F13, 0x3D78, 0xF5E2, 0x4789, 0xDC4D, 0x6E26,
    };
    uint32_t sum = 0;
    for (uint32_t i = 0; i < length; i++) {
        sum ^= data[i];
        sum = sum >> 4 ^ OF_FOUR_BITS[sum & 15];
        sum = sum >> 4 ^ OF_FOUR_BITS[sum & 15];
    }
    return ~sum & UINT16_MAX;
}

static uint32_t dnp3_length(hg_span data)
{
    if (data.data[0] != 0x05 || (data.length > 1 && data.data[1] != 0x64))
        return 0;
    if (data.length < DNP3_HEADER)
        return DNP3_HEADER;
    if (data.data[2] < DNP3_LEAST ||
        dnp3_checksum(data.data, DNP3_CHECKSUM_AT) != hg_le16(data.data + DNP3_CHECKSUM_AT))
        return 0;
    const uint32_t content = data.data[2] - DNP3_LEAST;
    return DNP3_HEADER + content + 2 * ((content + DNP3_BLOCK - 1) / DNP3_BLOCK);
}

/* The application layer follows a byte of the transport layer: control (1 byte), function (1). */
static hg_frame_kind dnp3_read(hg_industrial_frame *frame)
{
    enum {
        CONTROL_AT = 3,
        FROM_MASTER = 0x80,
        FUNCTION_AT = DNP3_HEADER + 2,
        CONFIRM = 0,
        LAST_QUESTION = 0x21,
        FIRST_ANSWER = 0x81,
        LAST_ANSWER = 0x83
    };
    const uint8_t *p = frame->bytes.data;
    if (((p[CONTROL_AT] & FROM_MASTER) == 0) != frame->from_server)
        return HG_FRAME_WRONG;
    if (frame->bytes.length <= FUNCTION_AT)
        return frame->from_server ? HG_FRAME_ANSWER : HG_FRAME_QUESTION; /* of the link layer */
    const uint8_t function = p[FUNCTION_AT];
    if (frame->from_server)
        return function >= FIRST_ANSWER && function <= LAST_ANSWER ? HG_FRAME_ANSWER : HG_FRAME_OTHER;
    return function == CONFIRM ? HG_FRAME_OTHER : function <= LAST_QUESTION ? HG_FRAME_WORK : HG_FRAME_OTHER;
}

const hg_industrial_protocol hg_industrial_dnp3 = {"dnp3", dnp3_length, dnp3_read, DNP3_HEADER, NULL};

/* ---- IEC 104: start (1 byte), length (1), control (4), and in frames of format I a data unit: type (1), number (1),
 * cause (2), address (2) ---- */

enum { I104_HEADER = 6, I104_CONTROL = 4, I104_MOST = 253, I104_UNIT = 6 };

static uint32_t iec104_length(hg_span data)
{
    if (data.data[0] != 0x68)
        return 0;
    if (data.length < I104_HEADER)
        return I104_HEADER;
    const uint32_t length = data.data[1];
    const int has_unit = (data.data[2] & 1) == 0;
    const int fits = has_unit ? length >= I104_CONTROL + I104_UNIT : length == I104_CONTROL;
    return length <= I104_MOST && fits ? 2 + length : 0;
}

/* A data unit from the controlled station has a type of monitoring, one of the controlling station a type of control,
 * which the other side confirms with the same type. */
static hg_frame_kind iec104_unit(const hg_industrial_frame *frame)
{
    enum {
        TYPE_AT = 6,
        CAUSE_AT = 8,
        CAUSE = 0x3F,
        LAST_MONITORED = 44,
        FIRST_CONTROLLED = 45,
        LAST = 127,
        INITIALISED = 70,
        ACTIVATE = 6,
        DEACTIVATE = 8,
        REQUEST = 5
    };
    const uint8_t type = frame->bytes.data[TYPE_AT], cause = frame->bytes.data[CAUSE_AT] & CAUSE;
    if (type == 0 || type > LAST || cause == 0)
        return HG_FRAME_WRONG;
    const int asks = type >= FIRST_CONTROLLED && type != INITIALISED &&
                     (cause == ACTIVATE || cause == DEACTIVATE || cause == REQUEST);
    if (frame->from_server == asks)
        return HG_FRAME_WRONG;
    return asks ? HG_FRAME_WORK : HG_FRAME_ANSWER;
}

static hg_frame_kind iec104_read(hg_industrial_frame *frame)
{
    enum { START = 0x07, STARTED = 0x0B, SUPERVISORY = 1, FORMAT = 3, HIGHEST = 0x83 };
    const uint8_t *p = frame->bytes.data + 2;
    if ((p[0] & 1) == 0)
        return iec104_unit(frame);
    if (p[1] != 0 || ((p[0] & FORMAT) != SUPERVISORY && hg_le16(p + 2) != 0))
        return HG_FRAME_WRONG;
    if ((p[0] & FORMAT) == SUPERVISORY) /* the receiver of data confirms them */
        return p[0] != SUPERVISORY                     ? HG_FRAME_WRONG
               : frame->is_first || frame->from_server ? HG_FRAME_OTHER
                                                       : HG_FRAME_WORK;
    if (p[0] == START || p[0] == STARTED)
        return frame->from_server != (p[0] == STARTED) ? HG_FRAME_WRONG
               : p[0] == START                         ? HG_FRAME_WORK
                                                       : HG_FRAME_ANSWER;
    return p[0] <= HIGHEST ? HG_FRAME_OTHER : HG_FRAME_WRONG; /* ends, tests */
}

/* With a frame that starts the transmission of data, or grants it. */
static int iec104_may_begin(hg_span data, int from_server)
{
    enum { START = 0x07, STARTED = 0x0B };
    return (data.length <= 1 || data.data[1] == I104_CONTROL) &&
           (data.length <= 2 || data.data[2] == (from_server ? STARTED : START));
}

const hg_industrial_protocol hg_industrial_iec104 = {"iec104", iec104_length, iec104_read, 0, iec104_may_begin};

/* ---- synchrophasors: start (1 byte), kind and version (1), length (2), station (2), ..., checksum (2) ---- */

static uint32_t c37118_checksum(const uint8_t *data, uint32_t length)
{
    enum { POLYNOMIAL = 0x1021, BITS = 8, TOP = 0x8000 };
    uint32_t sum = UINT16_MAX;
    for (uint32_t i = 0; i < length; i++) {
        sum ^= (uint32_t)data[i] << BITS;
        for (uint32_t bit = 0; bit < BITS; bit++)
            sum = (sum << 1 ^ ((sum & TOP) != 0 ? POLYNOMIAL : 0)) & UINT16_MAX;
    }
    return sum;
}

static uint32_t c37118_length(hg_span data)
{
    enum { LEAST = 16, SIZE_END = 4 };
    if (data.data[0] != 0xAA || (data.length > 1 && (data.data[1] & 0x8C) != 0))
        return 0;
    if (data.length < SIZE_END)
        return SIZE_END;
    return hg_be16(data.data + 2) >= LEAST ? hg_be16(data.data + 2) : 0;
}

static hg_frame_kind c37118_read(hg_industrial_frame *frame)
{
    enum { KIND = 4, COMMAND = 4, LAST_KIND = 5, STATION_AT = 4 };
    const uint8_t *p = frame->bytes.data;
    const uint32_t kind = p[1] >> KIND, end = frame->bytes.length - 2;
    if (kind > LAST_KIND || (kind == COMMAND) == frame->from_server || c37118_checksum(p, end) != hg_be16(p + end))
        return HG_FRAME_WRONG;
    frame->key = hg_be16(p + STATION_AT);
    return kind == COMMAND ? HG_FRAME_WORK : HG_FRAME_ANSWER;
}

const hg_industrial_protocol hg_industrial_c37118 = {"c37118", c37118_length, c37118_read, 0, NULL};
