/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * lldp.c - announcements of a neighbour on the link by LLDP.
 *
 * The device is the sender of the frame; the management address may belong to another device.
 */
#include "devices/readers.h"

#include "base/bytes.h"
#include "devices/neighbours.h"

enum { ETHERTYPE_LLDP = 0x88CC };

/* A value: seven bits of type, nine of length. The first three are there in this order. */
enum { HEADER = 2, LENGTH_BITS = 9, LENGTH = (1 << LENGTH_BITS) - 1 };
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

/* VLANs are parts of bridges. */
static const hg_bit_word CAPABILITIES[] = {{0x0704, "bridge"}, {0x08, "wlan"},     {0x10, "router"}, {0x20, "telephone"},
                                           {0x80, "station"},  {0x02, "repeater"}, {0x40, "docsis"}};

/* An organisation and a number of its own. */
enum { ORGANISATION_HEADER = 4, TIA = 0x0012BB };

typedef struct lldp_value {
    const uint8_t *data;
    uint32_t length;
    uint32_t type;
} lldp_value;

/* Reads the value at `*at`, and moves `*at` past it. 0: the end; `*is_malformed`: the message ends before it. */
static int next_value(const hg_datagram_in *in, uint32_t *at, lldp_value *out, int *is_malformed)
{
    const uint32_t left = in->length - *at;
    if (left < HEADER) {
        *is_malformed = 1;
        return 0;
    }
    const uint32_t header = hg_be16(in->data + *at);
    *out = (lldp_value){.data = in->data + *at + HEADER, .length = header & LENGTH, .type = header >> LENGTH_BITS};
    if (out->type == TLV_END)
        return 0;
    if (out->length > left - HEADER) {
        *is_malformed = 1;
        return 0;
    }
    *at += HEADER + out->length;
    return 1;
}

/* Chassis, port, time to live. 1 when all three are there; `*lives` becomes 0 of a neighbour that goes. */
static int read_head(const hg_datagram_in *in, uint32_t *at, lldp_value *chassis, int *lives)
{
    lldp_value port, ttl;
    int is_malformed = 0;
    if (!next_value(in, at, chassis, &is_malformed) || chassis->type != TLV_CHASSIS || chassis->length < 2 ||
        !next_value(in, at, &port, &is_malformed) || port.type != TLV_PORT ||
        !next_value(in, at, &ttl, &is_malformed) || ttl.type != TLV_TTL || ttl.length < 2)
        return 0;
    *lives = hg_be16(ttl.data) != 0;
    return 1;
}

/* The inventory of LLDP-MED. Serial number and asset tell which device it is, not what it is. */
static void say_inventory(hg_announcing *to, const lldp_value *of)
{
    static const char *const WORDS[] = {[5] = "hardware ",     [6] = "firmware ", [7] = "software ",
                                        [9] = "manufacturer ", [10] = "model "};
    if (of->length <= ORGANISATION_HEADER || hg_be32(of->data) >> 8 != TIA)
        return;
    const uint8_t subtype = of->data[ORGANISATION_HEADER - 1];
    if (subtype >= sizeof WORDS / sizeof *WORDS || WORDS[subtype] == NULL)
        return;
    uint32_t begin = ORGANISATION_HEADER; /* some pad with blanks, some with zeros */
    while (begin < of->length && of->data[begin] <= ' ')
        begin++;
    if (begin == of->length)
        return;
    hg_announce_after(to, HG_SAYS_LLDP_MED, WORDS[subtype], of->data + begin, of->length - begin);
}

static void say_value(hg_announcing *to, const lldp_value *of)
{
    switch (of->type) {
    case TLV_NAME:
        hg_announce(to, HG_SAYS_NAME, of->data, of->length);
        break;
    case TLV_DESCRIPTION:
        hg_say_lines(to, HG_SAYS_LLDP, of->data, of->length);
        break;
    case TLV_CAPABILITIES: /* those that there are, then those that are enabled */
        if (of->length >= 4)
            hg_say_capabilities(to, CAPABILITIES, sizeof CAPABILITIES / sizeof *CAPABILITIES, hg_be16(of->data + 2));
        break;
    case TLV_ORGANISATION:
        say_inventory(to, of);
        break;
    default:
        break;
    }
}

static hg_datagram_event read_frame(const hg_config *config, const hg_datagram_in *in, const hg_reader_output *to)
{
    hg_announcing list;
    lldp_value chassis, next;
    uint32_t at = 0;
    int is_malformed = 0, lives;
    if (!read_head(in, &at, &chassis, &lives))
        return hg_malformed(&to->stats->lldp_malformed);
    if (!lives)
        return HG_DATAGRAM_NOTHING;
    hg_announce_begin(&list, config->host_names, to);
    if (list.found.macs == 0 && chassis.data[0] == CHASSIS_IS_MAC && chassis.length == 1 + HG_MAC_LENGTH) {
        memcpy(list.found.mac, chassis.data + 1, HG_MAC_LENGTH);
        list.found.macs = HG_KNOWS_MAC;
    }
    while (next_value(in, &at, &next, &is_malformed))
        say_value(&list, &next);
    hg_announce_end(&list, to);
    to->stats->lldp_malformed += (uint64_t)is_malformed;
    return HG_DATAGRAM_CLIENT;
}

const hg_datagram_reader hg_lldp_reader = {
    HG_READS_DEVICES(LLDP),
    .proof = HG_PROOF_LINK,
    .link_protocol = ETHERTYPE_LLDP,
    .read = read_frame,
};
