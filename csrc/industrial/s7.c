/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * s7.c - S7comm and S7comm-plus of Siemens' controllers. A list of the system state (SZL) states
 *
 *     s7 order NUMBER         0x0011, also in S7comm-plus
 *     s7 firmware VERSION     0x0011, also in S7comm-plus
 *     s7 module NAME          0x001C
 *
 * Serial numbers and the names of plants are skipped; the name of the system is private.
 */
#include "industrial/protocol.h"

/* Protocol (1 byte), kind (1), reserved (2), reference (2), lengths of parameters (2) and data (2). */
enum {
    HEADER = 10,
    ACKNOWLEDGED = 12 /* with error class and code */,
    KIND_AT = 1,
    REFERENCE_AT = 4,
    PARAMETERS_AT = 6,
    DATA_AT = 8
};
enum { COMM = 0x32, JOB = 1, ACK = 2, ACK_DATA = 3, USER_DATA = 7, READ = 4, WRITE = 5 };

/* ---- lists of the system state ---- */

static void state_order(hg_announcing *to, hg_span entry)
{
    enum { INDEX_MODULE = 1, INDEX_FIRMWARE = 7, ORDER = 2, ORDER_LENGTH = 20, VERSION = 24, PARTS = 3 };
    const uint32_t index = hg_be16(entry.data);
    if (index == INDEX_MODULE)
        hg_state_text(to, "s7 order ", hg_span_of(entry.data + ORDER, ORDER_LENGTH));
    if (index == INDEX_FIRMWARE && entry.data[VERSION] == 'V')
        hg_state_version(to, "s7 firmware ", entry.data + VERSION + 1, PARTS);
}

static void state_component(hg_announcing *to, hg_span entry)
{
    enum { INDEX_SYSTEM = 1, INDEX_MODULE = 7, TEXT = 2 };
    const uint32_t index = hg_be16(entry.data);
    if (index == INDEX_SYSTEM)
        hg_state_name(to, hg_span_from(entry, TEXT));
    if (index == INDEX_MODULE)
        hg_state_text(to, "s7 module ", hg_span_from(entry, TEXT));
}

/* Reads an answer: return code (1 byte), kind (1), length (2), list (2), index (2), length of an entry (2), their
 * number (2). The first byte of the list selects entries and kinds of modules. */
static void read_list(hg_announcing *to, hg_span data)
{
    enum {
        FOUND = 0xFF,
        LIST_AT = 4,
        ENTRY_AT = 8,
        COUNT_AT = 10,
        ENTRIES = 12,
        MODULES = 0x11,
        COMPONENTS = 0x1C,
        MODULE = 28,
        COMPONENT = 34
    };
    if (data.length < ENTRIES || data.data[0] != FOUND)
        return;
    const uint32_t list = data.data[LIST_AT + 1], length = hg_be16(data.data + ENTRY_AT);
    hg_cursor in = hg_cursor_of(hg_span_from(data, ENTRIES));
    hg_span entry;
    for (uint32_t left = hg_be16(data.data + COUNT_AT);
         left > 0 && length >= MODULE && hg_take_bytes(&in, length, &entry); left--)
        if (list == MODULES && length == MODULE)
            state_order(to, entry);
        else if (list == COMPONENTS && length == COMPONENT)
            state_component(to, entry);
}

/* Parameters of user data: head (3 bytes), length (1), method (1), kind and group (1), function (1), sequence (1); of
 * an answer then the number of its part (1), whether another part follows (1), and an error (2). */
enum {
    GROUP_AT = 5,
    FUNCTION_AT = 6,
    LEAST = 8,
    GOES_ON_AT = 9,
    ANSWER_BYTES = 12,
    ANSWER = 0x80,
    QUESTION = 0x40,
    CPU = 4,
    READ_LIST = 1
};

/* The parameters and data of an answer to "read list", from the parameters on; empty: it is something else. */
static hg_span answered_list(hg_span data)
{
    const hg_span rest = hg_span_from(data, HEADER);
    const int is_list = rest.length >= ANSWER_BYTES && data.data[0] == COMM && data.data[KIND_AT] == USER_DATA &&
                        hg_be16(data.data + PARAMETERS_AT) == ANSWER_BYTES && rest.data[GROUP_AT] == (ANSWER | CPU) &&
                        rest.data[FUNCTION_AT] == READ_LIST;
    return is_list ? rest : hg_span_of(data.data, 0);
}

int hg_s7_goes_on(hg_span data)
{
    const hg_span list = answered_list(data);
    return list.length > 0 && list.data[GOES_ON_AT] != 0;
}

hg_span hg_s7_rest(hg_span data)
{
    enum { DATA_HEAD = 4 };
    return hg_span_from(answered_list(data), ANSWER_BYTES + DATA_HEAD);
}

static hg_frame_kind read_user_data(hg_industrial_frame *frame, hg_span parameters, hg_span data)
{
    if (parameters.length < LEAST)
        return HG_FRAME_WRONG;
    const uint8_t group = parameters.data[GROUP_AT];
    if ((group & (ANSWER | QUESTION)) == QUESTION)
        return frame->from_server ? HG_FRAME_WRONG : HG_FRAME_QUESTION;
    if ((group & ANSWER) == 0)
        return HG_FRAME_OTHER; /* pushed data */
    if (!frame->from_server)
        return HG_FRAME_WRONG;
    if (group == (ANSWER | CPU) && parameters.data[FUNCTION_AT] == READ_LIST)
        read_list(frame->list, data);
    return HG_FRAME_ANSWER;
}

/* ---- S7comm-plus ---- */

/* Reads the version of a session, in which the server names itself: "1;6ES7 511-1AK00-0AB0;V1.5". */
static hg_frame_kind read_plus(hg_industrial_frame *frame, hg_span data)
{
    enum {
        LENGTH_AT = 2,
        PLUS_HEADER = 4,
        FUNCTION_AT = 5,
        FUNCTION_END = 4,
        QUESTION = 0x31,
        ANSWER = 0x32,
        MOST = 512,
        MOST_ORDER = 24
    };
    if (data.length < PLUS_HEADER + FUNCTION_END || hg_be16(data.data + LENGTH_AT) > data.length - PLUS_HEADER)
        return HG_FRAME_WRONG;
    if (data.data[PLUS_HEADER] != (frame->from_server ? ANSWER : QUESTION))
        return frame->is_first ? HG_FRAME_WRONG : HG_FRAME_OTHER;
    const hg_span place = hg_span_first(data, MOST);
    const char *order = frame->from_server ? hg_text_find(place, "1;6ES7 ") : NULL;
    if (order != NULL) {
        hg_span text = hg_span_of(order + 2, (size_t)(place.text + place.length - order - 2));
        const char *end = memchr(text.text, ';', text.length);
        if (end != NULL && end - text.text <= MOST_ORDER) {
            hg_state_text(frame->list, "s7 order ", hg_span_of(text.text, (size_t)(end - text.text)));
            hg_cursor version = {(const uint8_t *)end + 1, text.data + text.length};
            const uint8_t *from = version.at;
            while (version.at < version.end && (*version.at == 'V' || *version.at == '.' || hg_is_digit(*version.at)))
                version.at++;
            if (version.at > from && *from == 'V')
                hg_state_text(frame->list, "s7 firmware ", hg_span_of(from + 1, (size_t)(version.at - from - 1)));
        }
    }
    return frame->from_server ? HG_FRAME_ANSWER : HG_FRAME_QUESTION;
}

/* ---- both ---- */

hg_frame_kind hg_read_s7(hg_industrial_frame *frame, hg_span data)
{
    enum { PLUS = 0x72 };
    if (data.data[0] == PLUS)
        return read_plus(frame, data);
    if (data.length < HEADER)
        return HG_FRAME_WRONG;
    const uint8_t kind = data.data[KIND_AT];
    const uint32_t header = kind == ACK || kind == ACK_DATA ? ACKNOWLEDGED : HEADER;
    const uint32_t parameters = hg_be16(data.data + PARAMETERS_AT), content = hg_be16(data.data + DATA_AT);
    if (data.length < header || data.length - header != parameters + content)
        return HG_FRAME_WRONG;
    frame->key = hg_be16(data.data + REFERENCE_AT);
    switch (kind) {
    case JOB:
        if (frame->from_server || parameters == 0)
            return HG_FRAME_WRONG;
        return data.data[HEADER] == READ || data.data[HEADER] == WRITE ? HG_FRAME_WORK : HG_FRAME_QUESTION;
    case ACK:
    case ACK_DATA:
        return frame->from_server ? HG_FRAME_ANSWER : HG_FRAME_WRONG;
    case USER_DATA:
        return read_user_data(frame, hg_span_of(data.data + header, parameters),
                              hg_span_from(data, header + parameters));
    default:
        return HG_FRAME_WRONG;
    }
}
