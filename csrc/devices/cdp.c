/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * cdp.c - announcements of a neighbour on the link by CDP.
 *
 * The device is the sender of the frame; the addresses in it may belong to another device.
 */
#include "devices/readers.h"

#include "base/bytes.h"
#include "devices/neighbours.h"

/* In SNAP, of Cisco. */
#define SNAP_CDP (UINT64_C(0x00000C) << 16 | 0x2000)

/* Version, time to live, checksum; then values: type and length, which counts both. */
enum { MESSAGE_HEADER = 4, TTL_AT = 1, HEADER = 4, LENGTH_AT = 2 };
enum { TLV_DEVICE = 1, TLV_CAPABILITIES = 4, TLV_VERSION = 5, TLV_PLATFORM = 6 };

/* The bridges are transparent, of source routes, switches. */
static const hg_bit_word CAPABILITIES[] = {
    {0x0E, "bridge"}, {0x01, "router"}, {0x80, "telephone"}, {0x10, "station"}, {0x40, "repeater"}};

static void say_value(hg_announcing *to, uint32_t type, const uint8_t *data, uint32_t length)
{
    switch (type) {
    case TLV_DEVICE:
        hg_announce(to, HG_SAYS_NAME, data, length);
        break;
    case TLV_CAPABILITIES:
        if (length >= 4)
            hg_say_capabilities(to, CAPABILITIES, sizeof CAPABILITIES / sizeof *CAPABILITIES, hg_be32(data));
        break;
    case TLV_VERSION:
        hg_say_lines(to, HG_SAYS_CDP_VERSION, data, length);
        break;
    case TLV_PLATFORM:
        hg_announce(to, HG_SAYS_CDP_PLATFORM, data, length);
        break;
    default:
        break;
    }
}

/* 0: a length is wrong. Zeros at the end are padding of the link. */
static int say_all(hg_announcing *to, const hg_datagram_in *in)
{
    for (uint32_t at = MESSAGE_HEADER; in->length - at >= HEADER;) {
        const uint32_t type = hg_be16(in->data + at), length = hg_be16(in->data + at + LENGTH_AT);
        if (length < HEADER || length > in->length - at)
            return (type | length) == 0;
        say_value(to, type, in->data + at + HEADER, length - HEADER);
        at += length;
    }
    return 1;
}

static hg_datagram_event read_frame(const hg_config *config, const hg_datagram_in *in, const hg_reader_output *to)
{
    hg_announcing list;
    if (in->length < MESSAGE_HEADER + HEADER)
        return hg_malformed(&to->stats->cdp_malformed);
    if (in->data[TTL_AT] == 0) /* it goes */
        return HG_DATAGRAM_NOTHING;
    hg_announce_begin(&list, config->host_names, to);
    to->stats->cdp_malformed += !say_all(&list, in);
    hg_announce_end(&list, to);
    return HG_DATAGRAM_CLIENT;
}

const hg_datagram_reader hg_cdp_reader = {
    HG_READS_DEVICES(CDP),
    .proof = HG_PROOF_LINK,
    .link_protocol = SNAP_CDP,
    .read = read_frame,
};
