/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * enip.c - EtherNet/IP (ODVA, volume 2): List Identity, and the Identity object of CIP (volume 1, 5-2), which state
 *
 *     enip vendor NUMBER      ODVA's
 *     enip type NUMBER        ODVA's device profile
 *     enip product NAME
 *     enip revision MAJOR.MINOR
 *     enip routed vendor ...  the same for a module that the sender forwards requests to
 *
 * Serial numbers are skipped.
 */
#include "industrial/protocol.h"

/* The encapsulation header: command (2 bytes), length (2), session (4), status (4), context (8), options (4). */
enum { HEADER = 24, SESSION_AT = 4, CONTEXT_AT = 12, OPTIONS_AT = 20 };
enum {
    LIST_SERVICES = 4,
    LIST_IDENTITY = 0x63,
    LIST_INTERFACES = 0x64,
    REGISTER = 0x65,
    UNREGISTER = 0x66,
    SEND = 0x6F,
    SEND_UNIT = 0x70
};
enum { REPLY = 0x80, GET_ALL = 1, GET_LIST = 3, GET_ONE = 14, PASS_ON = 0x52, ITEM_HEADER = 4 };
/* Attributes of an identity; ROUTED: the request is for another module, whose attribute alone is not reported. */
enum { VENDOR = 1, TYPE = 2, REVISION = 4, SERIAL = 6, PRODUCT = 7, ROUTED = 3 };

static uint32_t length_of(hg_span data)
{
    const uint8_t *p = data.data;
    if (p[0] != LIST_SERVICES && (p[0] < LIST_IDENTITY || p[0] > SEND_UNIT))
        return 0;
    if (data.length < HEADER)
        return data.length > 1 && p[1] != 0 ? 0 : HEADER;
    return p[1] == 0 && hg_le32(p + OPTIONS_AT) == 0 ? HEADER + (uint32_t)hg_le16(p + 2) : 0;
}

/* Numbers have 2 bytes, a name its length before it. */
static void state_attribute(hg_announcing *to, int is_routed, uint32_t attribute, hg_span value)
{
    static const char *const WORDS[][PRODUCT + 1] = {
        {[VENDOR] = "enip vendor ", [TYPE] = "enip type ", [REVISION] = "enip revision ", [PRODUCT] = "enip product "},
        {[VENDOR] = "enip routed vendor ",
         [TYPE] = "enip routed type ",
         [REVISION] = "enip routed revision ",
         [PRODUCT] = "enip routed product "}};
    const char *const *words = WORDS[is_routed];
    if (value.length < 2)
        return;
    if (attribute == VENDOR || attribute == TYPE)
        hg_state_number(to, words[attribute], hg_le16(value.data));
    if (attribute == REVISION)
        hg_state_version(to, words[attribute], value.data, 2);
    if (attribute == PRODUCT && value.data[0] == value.length - 1)
        hg_state_text(to, words[attribute], hg_span_from(value, 1));
}

/* Vendor, type, product and status (2 bytes each, revision's parts 1 each, before status), serial (4), name. */
static int state_identity(hg_announcing *to, int is_routed, hg_span object)
{
    enum { NAME = 14, REVISION_AT = 6, TYPE_AT = 2 };
    const uint8_t *p = object.data;
    if (object.length <= NAME || object.length - NAME - 1 < p[NAME])
        return 0;
    state_attribute(to, is_routed, VENDOR, object);
    state_attribute(to, is_routed, TYPE, hg_span_from(object, TYPE_AT));
    state_attribute(to, is_routed, PRODUCT, hg_span_of(p + NAME, 1 + (size_t)p[NAME]));
    state_attribute(to, is_routed, REVISION, hg_span_from(object, REVISION_AT));
    return 1;
}

/* Their number (2 bytes), then each attribute: number (2), status (2), value. */
static void state_list(hg_announcing *to, int is_routed, hg_span list)
{
    hg_cursor in = hg_cursor_of(hg_span_from(list, 2));
    hg_span head, value;
    while (hg_take_bytes(&in, 2 * sizeof(uint16_t), &head)) {
        const uint32_t attribute = hg_le16(head.data), bytes = attribute == SERIAL ? 4 : 2;
        if (attribute == 0 || attribute > PRODUCT || hg_le16(head.data + 2) != 0 || in.at == in.end ||
            !hg_take_bytes(&in, attribute == PRODUCT ? 1u + *in.at : bytes, &value))
            return;
        state_attribute(to, is_routed, attribute, value);
    }
}

/* Reads the next item of a common packet format: type (2 bytes), length (2), data. */
static int next_item(hg_cursor *in, uint32_t *type, hg_span *item)
{
    hg_span header;
    if (!hg_take_bytes(in, ITEM_HEADER, &header))
        return 0;
    *type = hg_le16(header.data);
    return hg_take_bytes(in, hg_le16(header.data + 2), item);
}

/* The items of a message follow their number (2 bytes). Returns the first item of a type; empty: there is none. */
static hg_span item_of(hg_span data, uint32_t wanted, uint32_t or_wanted)
{
    hg_cursor in = hg_cursor_of(hg_span_from(data, 2));
    uint32_t type = 0;
    hg_span item;
    for (uint32_t left = data.length < 2 ? 0 : hg_le16(data.data); left > 0 && next_item(&in, &type, &item); left--)
        if (type == wanted || type == or_wanted)
            return item;
    return hg_span_of(data.data, 0);
}

/* The item of an identity: version (2 bytes), socket address (16), object. */
static int read_list(hg_announcing *to, hg_span data)
{
    enum { IDENTITY = 0x0C, OBJECT = 18 };
    return state_identity(to, 0, hg_span_from(item_of(data, IDENTITY, IDENTITY), OBJECT));
}

/* Whether a question is for class 1, instance 1; `*part` becomes the only attribute for which it asks. */
static int asks_identity(hg_span cip, uint8_t *part)
{
    static const uint8_t PATH[] = {0x20, 1, 0x24, 1};
    enum { PATH_AT = 2, ALL = PATH_AT + sizeof PATH, ATTRIBUTE = 0x30, ONE = ALL + 2 };
    if (cip.length < ALL || memcmp(cip.data + PATH_AT, PATH, sizeof PATH) != 0)
        return 0;
    if (cip.length == ONE && cip.data[0] == GET_ONE && cip.data[ALL] == ATTRIBUTE && cip.data[ALL + 1] <= PRODUCT)
        *part = cip.data[ALL + 1];
    return *part != 0 || (cip.data[0] == GET_ALL && cip.length == ALL) || (cip.data[0] == GET_LIST && cip.length > ALL);
}

/* The question that a connection manager (class 6) passes on after a time and its length (2 bytes each), or nothing. */
static hg_span passed_on(hg_span cip)
{
    static const uint8_t TO_MANAGER[] = {PASS_ON, 2, 0x20, 6, 0x24, 1};
    enum { LENGTH_AT = sizeof TO_MANAGER + 2, QUESTION_AT = LENGTH_AT + 2 };
    const hg_span rest = hg_span_from(cip, QUESTION_AT);
    const int is_whole = rest.length > 0 && memcmp(cip.data, TO_MANAGER, sizeof TO_MANAGER) == 0 &&
                         hg_le16(cip.data + LENGTH_AT) <= rest.length;
    return hg_span_of(rest.data, is_whole ? hg_le16(cip.data + LENGTH_AT) : 0);
}

static hg_frame_kind read_question(hg_industrial_frame *frame, hg_span cip)
{
    const hg_span inside = passed_on(cip);
    if (frame->from_server)
        return HG_FRAME_WRONG;
    if (!asks_identity(inside.length > 0 ? inside : cip, &frame->part))
        return HG_FRAME_WORK;
    if (inside.length > 0)
        frame->part = ROUTED; /* a single attribute of another module is not stated */
    return HG_FRAME_QUESTION;
}

/* Reads a CIP message: service (1 byte), then of a question its path's length in words (1) and path, of an answer a
 * reserved byte, status (1), and number of further status words (1). Before them are interface (4) and timeout (2). */
static hg_frame_kind read_cip(hg_industrial_frame *frame, int is_unit)
{
    enum { ITEMS = 6, CONNECTED = 0xB1, UNCONNECTED = 0xB2, ANSWER = 4, STATUS = 2 };
    hg_span cip = item_of(hg_span_from(frame->bytes, HEADER + ITEMS), CONNECTED, UNCONNECTED);
    if (is_unit && cip.length >= 2) {
        frame->key = hg_le16(cip.data);
        cip = hg_span_from(cip, 2);
    }
    if (cip.length < 2)
        return HG_FRAME_OTHER;
    if ((cip.data[0] & REPLY) == 0)
        return read_question(frame, cip);
    if (!frame->from_server || cip.length < ANSWER)
        return HG_FRAME_WRONG;
    if (cip.data[STATUS] != 0 || frame->asked != HG_FRAME_QUESTION || frame->key != frame->asked_key)
        return HG_FRAME_ANSWER;
    const int is_routed = frame->asked_part == ROUTED;
    const hg_span value = hg_span_from(cip, ANSWER);
    if (cip.data[0] == (REPLY | GET_ALL))
        (void)state_identity(frame->list, is_routed, value);
    if (cip.data[0] == (REPLY | GET_LIST))
        state_list(frame->list, is_routed, value);
    if (cip.data[0] == (REPLY | GET_ONE) && !is_routed)
        state_attribute(frame->list, 0, frame->asked_part, value);
    return HG_FRAME_ANSWER;
}

static hg_frame_kind read(hg_industrial_frame *frame)
{
    const uint8_t *p = frame->bytes.data;
    const int is_empty = frame->bytes.length == HEADER;
    frame->key = hg_le16(p + CONTEXT_AT);
    switch (p[0]) {
    case LIST_SERVICES:
    case LIST_IDENTITY:
    case LIST_INTERFACES:
        if (frame->from_server == is_empty)
            return HG_FRAME_WRONG;
        if (p[0] == LIST_IDENTITY && !is_empty && !read_list(frame->list, hg_span_from(frame->bytes, HEADER)))
            return HG_FRAME_WRONG;
        return is_empty ? HG_FRAME_QUESTION : HG_FRAME_ANSWER;
    case REGISTER:
        if (frame->from_server != (hg_le32(p + SESSION_AT) != 0))
            return HG_FRAME_WRONG;
        return frame->from_server ? HG_FRAME_ANSWER : HG_FRAME_QUESTION;
    case UNREGISTER:
        return HG_FRAME_OTHER;
    case SEND:
    case SEND_UNIT:
        return read_cip(frame, p[0] == SEND_UNIT);
    default:
        return HG_FRAME_WRONG;
    }
}

int hg_enip_begins(hg_span data, uint32_t whole)
{
    return data.length >= HEADER && data.data[0] == LIST_IDENTITY && length_of(data) == whole;
}

int hg_enip_read(hg_announcing *to, hg_span data)
{
    return data.length == HEADER || read_list(to, hg_span_from(data, HEADER));
}

const hg_industrial_protocol hg_industrial_enip = {"enip", length_of, read, HEADER, NULL};
