/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * tpkt.c - ISO transport on TCP (RFC 1006, X.224 class 0), which carries S7comm and MMS.
 */
#include "industrial/protocol.h"

/* Version (1 byte), reserved (1), length (2); then the length of the transport header (1) and its type (1). */
enum { HEADER = 4, VERSION = 3, LEAST = 7, CONNECTION_REQUEST = 0xE0, CONNECTION_CONFIRM = 0xD0, DATA = 0xF0,
       DATA_HEADER = 3, LAST = 0x80 };

static uint32_t length_of(hg_span data)
{
    if (data.data[0] != VERSION || (data.length > 1 && data.data[1] != 0))
        return 0;
    if (data.length < HEADER)
        return HEADER;
    const uint32_t length = hg_be16(data.data + 2);
    return length >= LEAST ? length : 0;
}

/* The user data of a message in several packets are not joined: identities are short. */
static hg_frame_kind read(hg_industrial_frame *frame)
{
    const uint8_t *p = frame->bytes.data + HEADER;
    const uint32_t end = frame->bytes.length - HEADER;
    if (p[0] >= end)
        return HG_FRAME_WRONG;
    if (p[1] == CONNECTION_REQUEST || p[1] == CONNECTION_CONFIRM)
        return frame->from_server == (p[1] == CONNECTION_CONFIRM) ? HG_FRAME_OTHER : HG_FRAME_WRONG;
    if (p[1] != DATA || p[0] != DATA_HEADER - 1)
        return HG_FRAME_WRONG;
    const hg_span data = hg_span_from(frame->bytes, HEADER + DATA_HEADER);
    if ((p[2] & LAST) == 0 || data.length == 0)
        return HG_FRAME_OTHER;
    switch (data.data[0]) {
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

const hg_industrial_protocol hg_industrial_tpkt = {"tpkt", length_of, read};
