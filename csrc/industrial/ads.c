/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * ads.c - ADS of Beckhoff's controllers (AMS/TCP). The answer to ReadDeviceInfo states
 *
 *     ads device NAME
 *     ads version MAJOR.MINOR
 */
#include "industrial/protocol.h"

/* Reserved (2 bytes), length of the rest (4); then addresses and ports of target and source (8 each), command (2),
 * flags (2), length of the data (4), error (4), number of the question (4). */
enum {
    PREFIX = 6,
    HEADER = PREFIX + 32,
    COMMAND_AT = PREFIX + 16,
    FLAGS_AT = COMMAND_AT + 2,
    DATA_LENGTH_AT = FLAGS_AT + 2,
    NUMBER_AT = DATA_LENGTH_AT + 8
};
enum { DEVICE_INFO = 1, LAST_COMMAND = 9, STATE = 4, QUESTION = 4, ANSWER = 5, NOTIFICATION = 8 };

static uint32_t length_of(hg_span data)
{
    if (data.data[0] != 0 || (data.length > 1 && data.data[1] != 0))
        return 0;
    if (data.length < PREFIX)
        return data.length <= 4 || data.data[4] == 0 ? HEADER : 0;
    const uint32_t length = hg_le32(data.data + 2);
    if (data.length < HEADER)
        return length <= UINT16_MAX && length >= HEADER - PREFIX ? HEADER : 0;
    const uint32_t content = hg_le32(data.data + DATA_LENGTH_AT);
    return length <= UINT16_MAX && length == HEADER - PREFIX + content ? PREFIX + length : 0;
}

static hg_frame_kind read(hg_industrial_frame *frame)
{
    enum { VERSION = 4, NAME = 8, INFO = 24 };
    const uint32_t command = hg_le16(frame->bytes.data + COMMAND_AT), flags = hg_le16(frame->bytes.data + FLAGS_AT);
    const hg_span data = hg_span_from(frame->bytes, HEADER);
    frame->key = hg_le16(frame->bytes.data + NUMBER_AT);
    if (command == 0 || command > LAST_COMMAND || (flags != QUESTION && flags != ANSWER))
        return HG_FRAME_WRONG;
    if (command == NOTIFICATION)
        return HG_FRAME_OTHER;
    if (frame->from_server != (flags == ANSWER))
        return frame->is_first ? HG_FRAME_WRONG : HG_FRAME_OTHER; /* either side may ask */
    if (flags == QUESTION)
        return command == DEVICE_INFO || command == STATE ? HG_FRAME_QUESTION : HG_FRAME_WORK;
    if (command == DEVICE_INFO && data.length >= INFO && hg_le32(data.data) == 0) {
        hg_state_text(frame->list, "ads device ", hg_span_of(data.data + NAME, INFO - NAME));
        hg_state_version(frame->list, "ads version ", data.data + VERSION, 2);
    }
    return HG_FRAME_ANSWER;
}

const hg_industrial_protocol hg_industrial_ads = {"ads", length_of, read, 0, NULL};
