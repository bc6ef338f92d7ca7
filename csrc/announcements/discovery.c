/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * discovery.c - protocols in which devices of one kind make themselves known: MikroTik's neighbour discovery (UDP port
 * 5678), CAPWAP's discovery (RFC 5415, UDP port 5246) and Tuya's broadcasts (UDP ports 6666 and 6667).
 *
 * A text begins with a word for the protocol:
 *
 *     mndp PLATFORM;BOARD;VERSION
 *     capwap wtp VENDOR MODEL      an access point; numbers of vendors are IANA's
 *     capwap ac                    a controller of access points
 *     tuya                         a device with Tuya's radio module or its firmware
 *
 * Names, serial numbers and identifiers are skipped. Texts of the same kind that begin with "upnp" are those of upnp.c.
 */

#include "announcements/announcing.h"

enum { MNDP = 5678, CAPWAP = 5246, TUYA_PLAIN = 6666, TUYA_ENCRYPTED = 6667 };

/* Reads the next element: type (2 bytes), length (2), value. 0: it does not fit. */
static int next_element(hg_cursor *in, uint32_t *type, hg_span *value)
{
    enum { HEADER = 4 };
    hg_span header;
    if (!hg_take_bytes(in, HEADER, &header))
        return 0;
    *type = hg_be16(header.data);
    return hg_take_bytes(in, hg_be16(header.data + 2), value);
}

/* Each of these returns 0 for a malformed message. */

static int read_mndp(hg_announcing *to, hg_cursor in)
{
    enum { HEADER = 4, MOST_REQUEST = 9, VERSION = 7, PLATFORM = 8, BOARD = 12 };
    hg_span found[BOARD + 1] = {{.length = 0}}, value;
    uint32_t type;
    if (in.end - in.at <= MOST_REQUEST)
        return 1; /* a program asks who is there */
    for (in.at += HEADER; in.at < in.end;) {
        if (!next_element(&in, &type, &value))
            return 0;
        if (type <= BOARD)
            found[type] = value;
    }
    if (found[PLATFORM].length == 0)
        return 1;
    HG_ANNOUNCE_PIECES(to, HG_SAYS_DISCOVERY, "mndp ", found[PLATFORM], ";", found[BOARD], ";", found[VERSION]);
    return 1;
}

/* Announces an access point by its Board Data: vendor (4 bytes), then elements, of which 0 is the model. */
static int announce_point(hg_announcing *to, hg_cursor elements)
{
    enum { BOARD_DATA = 38, MODEL = 0, VENDOR = 4 };
    hg_span value, model = {.length = 0};
    uint32_t type, vendor = 0;
    while (elements.at < elements.end) {
        if (!next_element(&elements, &type, &value))
            return 0;
        if (type != BOARD_DATA || value.length < VENDOR)
            continue;
        vendor = hg_be32(value.data);
        hg_cursor board = {value.data + VENDOR, value.data + value.length};
        while (next_element(&board, &type, &value))
            model = type == MODEL ? value : model;
    }
    HG_ANNOUNCE_PIECES(to, HG_SAYS_DISCOVERY, "capwap wtp ", vendor, " ", model);
    return 1;
}

static int read_capwap(hg_announcing *to, hg_cursor in, int from_controller)
{
    enum { LEAST = 8, CONTROL = 8, LENGTH_AT = 5, BEFORE_LENGTH = 3, WORD = 4 };
    enum { REQUEST = 1, RESPONSE = 2, PRIMARY_REQUEST = 19, PRIMARY_RESPONSE = 20 };
    if (in.end - in.at < LEAST || in.at[0] != 0)
        return 1; /* encrypted, or not CAPWAP */
    const ptrdiff_t header = WORD * (ptrdiff_t)(in.at[1] >> 3);
    if (header < LEAST || in.end - in.at < header + CONTROL)
        return 0;
    const uint32_t type = hg_be32(in.at + header), length = hg_be16(in.at + header + LENGTH_AT);
    hg_cursor elements = {in.at + header + CONTROL, in.end};
    if (length < BEFORE_LENGTH || elements.end - elements.at < (ptrdiff_t)(length - BEFORE_LENGTH))
        return 0;
    elements.end = elements.at + (length - BEFORE_LENGTH);
    if (!from_controller && (type == REQUEST || type == PRIMARY_REQUEST))
        return announce_point(to, elements);
    if (from_controller && (type == RESPONSE || type == PRIMARY_RESPONSE))
        hg_announce(to, HG_SAYS_DISCOVERY, (const uint8_t *)"capwap ac", sizeof "capwap ac" - 1);
    return 1;
}

static int read_tuya(hg_announcing *to, hg_cursor in)
{
    static const uint8_t MARKS[][4] = {{0, 0, 0x55, 0xAA}, {0, 0, 0x66, 0x99}};
    enum { LEAST = 20 };
    if (in.end - in.at >= LEAST &&
        (memcmp(in.at, MARKS[0], sizeof MARKS[0]) == 0 || memcmp(in.at, MARKS[1], sizeof MARKS[1]) == 0))
        hg_announce(to, HG_SAYS_DISCOVERY, (const uint8_t *)"tuya", sizeof "tuya" - 1);
    return 1;
}

hg_datagram_event hg_read_discovery(const hg_config *config, const hg_datagram_in *in, const hg_reader_output *to)
{
    const uint16_t port = in->packet->destination_port;
    const hg_cursor data = {in->data, in->data + in->length};
    hg_announcing list;
    int is_sound = 1;
    hg_announce_begin(&list, config->host_names, to);
    if (port == MNDP)
        is_sound = read_mndp(&list, data);
    else if (port == TUYA_PLAIN || port == TUYA_ENCRYPTED)
        is_sound = read_tuya(&list, data);
    else if (port == CAPWAP || in->packet->source_port == CAPWAP)
        is_sound = read_capwap(&list, data, port != CAPWAP);
    to->stats->discovery_malformed += !is_sound;
    return hg_announce_any(&list, to, HG_DATAGRAM_CLIENT);
}
