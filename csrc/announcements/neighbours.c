/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * neighbours.c - announcements of a neighbour on the link by LLDP and CDP.
 *
 * The device is the frame's sender; addresses in the announcement may belong to another device.
 */
#include "announcements/announcing.h"

/* Announces the capabilities of a neighbour, such as bridge or router. */
static void announce_capabilities(hg_announcing *to, const hg_bit_word *words, uint32_t count, uint32_t capabilities)
{
    hg_announce_open(to, HG_SAYS_CAPABILITIES);
    hg_announce_bits(to, words, count, capabilities);
    hg_announce_close(to);
}

/* Announces a text of several lines as one line, with blanks between them. */
static void announce_lines(hg_announcing *to, uint8_t kind, const uint8_t *text, uint32_t length)
{
    int is_first = 1;
    hg_announce_open(to, kind);
    for (uint32_t at = 0; at < length;) {
        uint32_t next = at, end;
        while (next < length && !hg_ends_line(text[next]))
            next++;
        for (end = next; end > at && text[end - 1] <= ' ';)
            end--;
        if (end > at) {
            while (is_first && text[at] <= ' ')
                at++;
            if (!is_first)
                hg_announce_word(to, " ");
            if (is_first && kind == HG_SAYS_DESCRIPTION)
                hg_announce_unnamed(to, (hg_span){.data = text + at, .length = end - at});
            else
                hg_announce_piece(to, text + at, end - at);
            is_first = 0;
        }
        at = next + 1;
    }
    hg_announce_close(to);
}

/* ---- LLDP ------------------------------------------------------------------------------------ */

/* The header of a value has seven bits of type and nine of length. Every frame begins with chassis, port and time to
 * live, in this order. */
enum { LLDP_HEADER = 2, LENGTH_BITS = 9, LENGTH = (1 << LENGTH_BITS) - 1 };
enum {
    TLV_END = 0,
    TLV_CHASSIS = 1,
    TLV_PORT = 2,
    TLV_TTL = 3,
    TLV_NAME = 5,
    TLV_DESCRIPTION = 6,
    TLV_CAPABILITIES = 7,
    TLV_ORGANISATION = 127
};
enum { CHASSIS_IS_MAC = 4 };

/* VLAN components count as bridges. */
static const hg_bit_word LLDP_CAPABILITIES[] = {{0x0704, "bridge"},  {0x08, "wlan"},    {0x10, "router"},
                                                {0x20, "telephone"}, {0x80, "station"}, {0x02, "repeater"},
                                                {0x40, "docsis"}};

/* The header of an organisation's value: its number (3 bytes), and a type that it defines (1). */
enum { ORGANISATION_HEADER = 4, TIA = 0x0012BB };

typedef struct value {
    const uint8_t *data;
    uint32_t length;
    uint32_t type;
} value;

/* Reads the value at `*at`, and moves `*at` past it. 0: the end; `*is_malformed` becomes 1 if a value is cut or the end
 * value is missing. */
static int next_value(const hg_datagram_in *in, uint32_t *at, value *out, int *is_malformed)
{
    const uint32_t left = in->length - *at;
    if (left < LLDP_HEADER) {
        *is_malformed = 1;
        return 0;
    }
    const uint32_t header = hg_be16(in->data + *at);
    *out = (value){.data = in->data + *at + LLDP_HEADER, .length = header & LENGTH, .type = header >> LENGTH_BITS};
    if (out->type == TLV_END)
        return 0;
    if (out->length > left - LLDP_HEADER) {
        *is_malformed = 1;
        return 0;
    }
    *at += LLDP_HEADER + out->length;
    return 1;
}

/* Reads chassis, port and time to live. 1: all three are present; `*lives` becomes 0 if the neighbour shuts down. */
static int read_head(const hg_datagram_in *in, uint32_t *at, value *chassis, int *lives)
{
    value port, ttl;
    int is_malformed = 0;
    if (!next_value(in, at, chassis, &is_malformed) || chassis->type != TLV_CHASSIS || chassis->length < 2 ||
        !next_value(in, at, &port, &is_malformed) || port.type != TLV_PORT ||
        !next_value(in, at, &ttl, &is_malformed) || ttl.type != TLV_TTL || ttl.length < 2)
        return 0;
    *lives = hg_be16(ttl.data) != 0;
    return 1;
}

/* Announces the inventory of LLDP-MED, without serial number and asset number, which identify a single device. */
static void announce_inventory(hg_announcing *to, const value *value)
{
    static const char *const WORDS[] = {
        [5] = "hardware ", [6] = "firmware ", [7] = "software ", [9] = "manufacturer ", [10] = "model "};
    if (value->length <= ORGANISATION_HEADER || hg_be32(value->data) >> 8 != TIA)
        return;
    const uint8_t subtype = value->data[ORGANISATION_HEADER - 1];
    if (subtype >= sizeof WORDS / sizeof *WORDS || WORDS[subtype] == NULL)
        return;
    uint32_t begin = ORGANISATION_HEADER; /* some devices begin with blanks, some with zeros */
    while (begin < value->length && value->data[begin] <= ' ')
        begin++;
    if (begin == value->length)
        return;
    hg_announce_after(to, HG_SAYS_INVENTORY, WORDS[subtype], value->data + begin, value->length - begin);
}

static void announce_lldp_value(hg_announcing *to, const value *value)
{
    switch (value->type) {
    case TLV_NAME:
        hg_announce(to, HG_SAYS_NAME, value->data, value->length);
        break;
    case TLV_DESCRIPTION:
        announce_lines(to, HG_SAYS_DESCRIPTION, value->data, value->length);
        break;
    case TLV_CAPABILITIES: /* the available capabilities, then the enabled ones */
        if (value->length >= 4)
            announce_capabilities(to, LLDP_CAPABILITIES, sizeof LLDP_CAPABILITIES / sizeof *LLDP_CAPABILITIES,
                                  hg_be16(value->data + 2));
        break;
    case TLV_ORGANISATION:
        announce_inventory(to, value);
        break;
    }
}

hg_datagram_event hg_read_lldp(const hg_config *config, const hg_datagram_in *in, const hg_reader_output *to)
{
    hg_announcing list;
    value chassis, next;
    uint32_t at = 0;
    int is_malformed = 0, lives;
    if (!read_head(in, &at, &chassis, &lives))
        return hg_malformed(&to->stats->lldp_malformed);
    if (!lives)
        return HG_DATAGRAM_NOTHING;
    hg_announce_begin(&list, config->host_names, to);
    if (list.values.macs == 0 && chassis.data[0] == CHASSIS_IS_MAC && chassis.length == 1 + HG_MAC_LENGTH) {
        memcpy(list.values.mac, chassis.data + 1, HG_MAC_LENGTH);
        list.values.macs = HG_KNOWS_MAC;
    }
    while (next_value(in, &at, &next, &is_malformed))
        announce_lldp_value(&list, &next);
    hg_announce_end(&list, to);
    to->stats->lldp_malformed += (uint64_t)is_malformed;
    return HG_DATAGRAM_CLIENT;
}

/* ---- CDP ------------------------------------------------------------------------------------- */

/* Version, time to live, checksum; then values. A value begins with its type and its length, which counts both. */
enum { CDP_HEADER = 4, TTL_AT = 1, VALUE_HEADER = 4, LENGTH_AT = 2 };
enum { CDP_DEVICE = 1, CDP_CAN = 4, CDP_VERSION = 5, CDP_PLATFORM = 6 };

/* Transparent bridges and switches count as bridges. Routers set the bit for source-route bridges (0x04), too. */
static const hg_bit_word CDP_CAPABILITIES[] = {
    {0x0A, "bridge"}, {0x01, "router"}, {0x80, "telephone"}, {0x10, "station"}, {0x40, "repeater"}};

static void announce_cdp_value(hg_announcing *to, uint32_t type, const uint8_t *data, uint32_t length)
{
    switch (type) {
    case CDP_DEVICE:
        hg_announce(to, HG_SAYS_NAME, data, length);
        break;
    case CDP_CAN:
        if (length >= 4)
            announce_capabilities(to, CDP_CAPABILITIES, sizeof CDP_CAPABILITIES / sizeof *CDP_CAPABILITIES,
                                  hg_be32(data));
        break;
    case CDP_VERSION:
        announce_lines(to, HG_SAYS_SOFTWARE, data, length);
        break;
    case CDP_PLATFORM:
        hg_announce(to, HG_SAYS_PLATFORM, data, length);
        break;
    }
}

/* Announces the values. 0: a length is wrong. Zeros at the end are padding of the frame. */
static int announce_cdp(hg_announcing *to, const hg_datagram_in *in)
{
    for (uint32_t at = CDP_HEADER; in->length - at >= VALUE_HEADER;) {
        const uint32_t type = hg_be16(in->data + at), length = hg_be16(in->data + at + LENGTH_AT);
        if (length < VALUE_HEADER || length > in->length - at)
            return (type | length) == 0;
        announce_cdp_value(to, type, in->data + at + VALUE_HEADER, length - VALUE_HEADER);
        at += length;
    }
    return 1;
}

hg_datagram_event hg_read_cdp(const hg_config *config, const hg_datagram_in *in, const hg_reader_output *to)
{
    hg_announcing list;
    if (in->length < CDP_HEADER + VALUE_HEADER)
        return hg_malformed(&to->stats->cdp_malformed);
    if (in->data[TTL_AT] == 0) /* the neighbour shuts down */
        return HG_DATAGRAM_NOTHING;
    hg_announce_begin(&list, config->host_names, to);
    to->stats->cdp_malformed += !announce_cdp(&list, in);
    hg_announce_end(&list, to);
    return HG_DATAGRAM_CLIENT;
}
