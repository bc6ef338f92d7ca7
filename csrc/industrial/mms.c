/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * mms.c - MMS of IEC 61850 and IEC 60870-6 (ISO 9506): the answer to Identify states
 *
 *     mms vendor NAME
 *     mms model NAME
 *     mms revision VERSION
 */
#include "industrial/protocol.h"

#include "base/asn1.h"

/* Tags: presentation's user data with its parts, then questions and answers of MMS. */
enum {
    USER_DATA = 0x61,
    LIST = 0x30,
    CONTEXT = 0x02,
    SINGLE = 0xA0,
    CONFIRMED = 0xA0,
    ANSWERED = 0xA1,
    INTEGER = 0x02
};
enum { IDENTIFY = 0xA2, VENDOR = 0x80, MODEL = 0x81, REVISION = 0x82 };
enum { READ = 0xA4, WRITE = 0xA5 };

static void state_identity(hg_announcing *to, hg_span content)
{
    hg_cursor in = hg_cursor_of(content);
    uint8_t tag;
    hg_span text;
    while (hg_asn1_next(&in, 0, &tag, &text))
        if (tag >= VENDOR && tag <= REVISION)
            hg_state_text(to, tag == VENDOR ? "mms vendor " : tag == MODEL ? "mms model " : "mms revision ", text);
}

/* Session's units "give tokens" and "data transfer" without parameters come first. Others, such as connections, show
 * nothing. Either side may ask. */
hg_frame_kind hg_read_mms(hg_industrial_frame *frame, hg_span data)
{
    static const uint8_t SESSION[] = {1, 0, 1, 0};
    hg_cursor in, list, mms, unit;
    uint8_t kind, tag;
    hg_span content;
    if (data.length < sizeof SESSION || memcmp(data.data, SESSION, sizeof SESSION) != 0)
        return HG_FRAME_OTHER;
    in = hg_cursor_of(hg_span_from(data, sizeof SESSION));
    if (!hg_asn1_enter(&in, 0, USER_DATA, &list) || !hg_asn1_enter(&list, 0, LIST, &mms) ||
        !hg_asn1_next(&mms, 0, &tag, &content) || tag != CONTEXT || !hg_asn1_enter(&mms, 0, SINGLE, &unit))
        return HG_FRAME_OTHER;
    if (!hg_asn1_next(&unit, 0, &kind, &content) || (kind != CONFIRMED && kind != ANSWERED))
        return HG_FRAME_OTHER;
    unit = hg_cursor_of(content);
    if (!hg_asn1_next(&unit, 0, &tag, &content) || tag != INTEGER || content.length == 0)
        return HG_FRAME_WRONG;
    frame->key = content.length > 1 ? hg_be16(content.data + content.length - 2) : content.data[0];
    if (!hg_asn1_next(&unit, 0, &tag, &content))
        return HG_FRAME_OTHER;
    if (kind == ANSWERED && tag == IDENTIFY)
        state_identity(frame->list, content);
    if (frame->is_first || frame->from_server != (kind == ANSWERED))
        return HG_FRAME_OTHER;
    return kind == ANSWERED ? HG_FRAME_ANSWER : tag == READ || tag == WRITE ? HG_FRAME_WORK : HG_FRAME_QUESTION;
}
