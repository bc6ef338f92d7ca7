/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * bacnet.c - BACnet/IP (ASHRAE 135, annex J). I-Am and answers to ReadProperty and ReadPropertyMultiple state
 *
 *     bacnet vendor NUMBER instance NUMBER    ASHRAE's vendors
 *     bacnet routed vendor ...                the same of a device in another network, for which the sender is the
 *     router bacnet maker NAME bacnet model NAME bacnet firmware VERSION
 *     bacnet server                           it answers questions about its device
 *
 * The name of the device is private.
 */
#include "industrial/protocol.h"

/* Kind (1 byte), function (1), length (2). DISTRIBUTE: a device in another network has its broadcast passed on. */
enum {
    LINK_HEADER = 4,
    LINK = 0x81,
    UNICAST = 0x0A,
    BROADCAST = 0x0B,
    DISTRIBUTE = 0x09,
    FORWARDED = 0x04,
    ADDRESS = 4,
    PORT = 2
};
enum { VERSION = 1, IS_NETWORK = 0x80, HAS_DESTINATION = 0x20, HAS_SOURCE = 8 };
enum {
    UNCONFIRMED = 1,
    COMPLEX_ANSWER = 3,
    SEGMENTED = 8,
    I_AM = 0,
    READ_PROPERTY = 12,
    READ_MULTIPLE = 14,
    DEVICE = 8,
    INSTANCE_BITS = 22
};

/* A tag with its value. */
typedef struct bacnet_tag {
    hg_span value;
    uint8_t number;
    uint8_t is_context; /* 1: the number depends on the place */
    uint8_t bracket;    /* 0, OPENING or CLOSING */
} bacnet_tag;

enum { OPENING = 6, CLOSING = 7, UNSIGNED = 2, CHARACTERS = 7, OBJECT = 12 };

/* Reads the next tag: number (4 bits), class (1), length (3), which longer numbers and lengths follow. */
static int next_tag(hg_cursor *in, bacnet_tag *out)
{
    enum { LONG_NUMBER = 15, CONTEXT = 8, LONG_LENGTH = 5, TWO_BYTES = 254, BOOLEAN = 1 };
    hg_span bytes;
    if (!hg_take_bytes(in, 1, &bytes))
        return 0;
    const uint8_t first = bytes.data[0];
    uint32_t length = first & 7;
    *out = (bacnet_tag){.number = first >> 4, .is_context = (first & CONTEXT) != 0, .value = {.length = 0}};
    if (out->number == LONG_NUMBER) {
        if (!hg_take_bytes(in, 1, &bytes))
            return 0;
        out->number = bytes.data[0];
    }
    if (out->is_context && length > LONG_LENGTH) {
        out->bracket = (uint8_t)length;
        return 1;
    }
    if (!out->is_context && out->number == BOOLEAN)
        return 1;
    if (length == LONG_LENGTH) {
        if (!hg_take_bytes(in, 1, &bytes))
            return 0;
        length = bytes.data[0];
        if (length >= TWO_BYTES) {
            if (length != TWO_BYTES || !hg_take_bytes(in, 2, &bytes))
                return 0;
            length = hg_be16(bytes.data);
        }
    }
    return hg_take_bytes(in, length, &out->value);
}

static uint32_t number_of(hg_span value)
{
    uint32_t number = 0;
    for (uint32_t i = 0; i < value.length && i < sizeof number; i++)
        number = number << 8 | value.data[i];
    return number;
}

static int is_device(const bacnet_tag *tag)
{
    return tag->value.length == sizeof(uint32_t) && number_of(tag->value) >> INSTANCE_BITS == DEVICE;
}

static void state_vendor(hg_announcing *to, const bacnet_tag *device, const bacnet_tag *vendor, int is_routed)
{
    HG_ANNOUNCE_PIECES(to, HG_SAYS_INDUSTRIAL, is_routed ? "bacnet routed vendor " : "bacnet vendor ",
                       number_of(vendor->value), " instance ", number_of(device->value) & ((1U << INSTANCE_BITS) - 1));
}

/* I-Am: object, longest message, segmentation, vendor. */
static int read_i_am(hg_announcing *to, hg_cursor in, int is_routed)
{
    enum { PARTS = 4 };
    bacnet_tag parts[PARTS];
    for (uint32_t i = 0; i < PARTS; i++)
        if (!next_tag(&in, parts + i) || parts[i].is_context)
            return 0;
    if (parts[0].number != OBJECT || !is_device(parts) || parts[PARTS - 1].number != UNSIGNED)
        return 0;
    state_vendor(to, parts, parts + PARTS - 1, is_routed);
    return 1;
}

/* The characters of a text: its encoding (1 byte), then they. Other encodings than UTF-8 are copied to `room`, and read
 * only if all characters are ASCII's. */
static hg_span characters_of(hg_span value, uint8_t *room, uint32_t most)
{
    enum { UTF_8 = 0, UCS_2 = 4, LATIN_1 = 5, ASCII_END = 0x7F };
    const hg_span text = hg_span_from(value, 1);
    const uint8_t encoding = value.length > 0 ? value.data[0] : UTF_8;
    const uint32_t unit = encoding == UCS_2 ? 2 : 1;
    uint32_t length = 0;
    if (encoding != UCS_2 && encoding != LATIN_1)
        return encoding == UTF_8 ? text : hg_span_of(room, 0);
    for (uint32_t at = 0; at + unit <= text.length && length < most; at += unit) {
        const uint32_t c = unit == 2 ? hg_be16(text.data + at) : text.data[at];
        if (c >= ASCII_END)
            return hg_span_of(room, 0);
        room[length++] = (uint8_t)c;
    }
    return hg_span_of(room, length);
}

static void state_property(hg_announcing *to, uint32_t property, const bacnet_tag *device, const bacnet_tag *value)
{
    enum { FIRMWARE = 44, MODEL = 70, NAME = 77, VENDOR_NUMBER = 120, VENDOR = 121, MOST = 255 };
    uint8_t room[MOST];
    if (property == VENDOR_NUMBER && !value->is_context && value->number == UNSIGNED)
        state_vendor(to, device, value, 0);
    if (value->is_context || value->number != CHARACTERS)
        return;
    const hg_span text = characters_of(value->value, room, MOST);
    switch (property) {
    case FIRMWARE:
        hg_state_text(to, "bacnet firmware ", text);
        return;
    case MODEL:
        hg_state_text(to, "bacnet model ", text);
        return;
    case VENDOR:
        hg_state_text(to, "bacnet maker ", text);
        return;
    case NAME:
        hg_state_name(to, text);
        return;
    }
}

/* Reads an answer: objects (context 0 with their properties), each property (`first`, in context `first`) with an
 * optional index and its value in brackets. Brackets inside a value are counted, not entered. `is_cut`: it goes on in
 * other datagrams. */
static int read_properties(hg_announcing *to, hg_cursor in, uint8_t first, int is_cut)
{
    enum { MOST_TAGS = 1024 };
    uint32_t property = UINT32_MAX, depth = 0, objects = 0, tags = 0;
    const uint32_t outer = first > 1; /* of several objects, the properties of each are in brackets */
    bacnet_tag device = {.number = 0}, one;
    while (in.at < in.end) {
        if (++tags > MOST_TAGS || !next_tag(&in, &one)) {
            if (!is_cut)
                return 0;
            break;
        }
        if (one.bracket == CLOSING && depth-- == 0)
            return 0;
        depth += one.bracket == OPENING;
        if (one.bracket != 0)
            continue;
        if (depth == 0 && one.is_context && one.number == 0) {
            device = is_device(&one) ? one : (bacnet_tag){.number = 0};
            objects += (uint32_t)is_device(&one);
        } else if (depth == outer && one.is_context && one.number == first) {
            property = number_of(one.value);
        } else if (depth == outer + 1 && device.value.length > 0) {
            state_property(to, property, &device, &one);
        }
    }
    if (objects > 0)
        hg_announce(to, HG_SAYS_INDUSTRIAL, (const uint8_t *)"bacnet server", sizeof "bacnet server" - 1);
    return depth == 0 || is_cut;
}

/* A question for a service has: kind (1 byte), service (1); an answer: kind, number (1), then of a part of one its
 * number (1) and the window (1), service (1). Only the first part is read. */
static int read_message(hg_announcing *to, hg_cursor in, int is_routed)
{
    enum { PROPERTY = 1, PROPERTY_OF_SEVERAL = 2, PART = 2 };
    hg_span head;
    if (!hg_take_bytes(&in, 2, &head))
        return 0;
    const uint8_t kind = head.data[0] >> 4;
    if (kind == UNCONFIRMED)
        return head.data[1] == I_AM ? read_i_am(to, in, is_routed) : 1;
    const int is_cut = (head.data[0] & SEGMENTED) != 0;
    if (kind != COMPLEX_ANSWER || is_routed)
        return 1;
    if (!hg_take_bytes(&in, is_cut ? PART + 1 : 1, &head))
        return 0;
    if (is_cut && head.data[0] != 0)
        return 1;
    const uint8_t service = head.data[head.length - 1];
    return service == READ_PROPERTY   ? read_properties(to, in, PROPERTY, is_cut)
           : service == READ_MULTIPLE ? read_properties(to, in, PROPERTY_OF_SEVERAL, is_cut)
                                      : 1;
}

/* Reads a network and an address in it: number (2 bytes), length of the address (1), address. */
static int skip_address(hg_cursor *in)
{
    enum { HEADER = 3 };
    hg_span bytes;
    return hg_take_bytes(in, HEADER, &bytes) && hg_take_bytes(in, bytes.data[HEADER - 1], &bytes);
}

int hg_bacnet_begins(hg_span data, uint32_t whole)
{
    return data.length >= LINK_HEADER && data.data[0] == LINK && hg_be16(data.data + 2) == whole;
}

/* Of a message that the sender passes on: address and port of the device. */
static int read_sender(hg_announcing *to, hg_cursor *in)
{
    hg_span address, port;
    if (!hg_take_bytes(in, ADDRESS, &address) || !hg_take_bytes(in, PORT, &port))
        return 0;
    to->is_of_others = 1;
    memset(to->values.device_ip, 0, sizeof to->values.device_ip);
    memcpy(to->values.device_ip, address.data, ADDRESS);
    to->values.device_ip_version = 4;
    return 1;
}

int hg_bacnet_read(hg_announcing *to, hg_span data)
{
    enum { HEADER = 2 };
    const uint8_t function = data.data[1];
    hg_cursor in = hg_cursor_of(hg_span_from(data, LINK_HEADER));
    hg_span bytes;
    if (function != UNICAST && function != BROADCAST && function != DISTRIBUTE && function != FORWARDED)
        return 1;
    if (function == FORWARDED && !read_sender(to, &in))
        return 0;
    if (!hg_take_bytes(&in, HEADER, &bytes) || bytes.data[0] != VERSION)
        return 0;
    const uint8_t control = bytes.data[1];
    const int is_routed = (control & HAS_SOURCE) != 0;
    if ((control & IS_NETWORK) != 0)
        return 1;
    if (((control & HAS_DESTINATION) != 0 && !skip_address(&in)) || (is_routed && !skip_address(&in)) ||
        ((control & HAS_DESTINATION) != 0 && !hg_take_bytes(&in, 1, &bytes)))
        return 0;
    return read_message(to, in, is_routed);
}
