/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * address_resolution.c - Neighbor Discovery and ARP. Checksums are not checked, because any sender on the link can
 * compute them.
 */
#include "base/value.h"
#include "devices/announcing.h"
#include "packet/link.h"

static const uint8_t NO_MAC[HG_MAC_LENGTH] = {0};

/* ---- Neighbor Discovery ------------------------------------------------------------------------- */

enum { ROUTER_SOLICITATION = 133, ROUTER_ADVERTISEMENT, NEIGHBOR_SOLICITATION, NEIGHBOR_ADVERTISEMENT };
enum { CODE_AT = 1, ROUTER_LIFETIME_AT = 6, TARGET_AT = 8, ADDRESS_BYTES = 16 };

/* Options: a type, the length in units of eight bytes, a value. */
enum { OPTION_UNIT = 8, OPTION_SOURCE = 1, OPTION_TARGET = 2, OPTION_PREFIX = 3 };
enum { PREFIX_LENGTH_AT = 2, PREFIX_FLAGS_AT = 3, ON_LINK = 0x80, PREFIX_LIFETIME_AT = 4, PREFIX_AT = 16, PREFIX_BYTES = 32 };

static uint32_t options_at(uint8_t type)
{
    return type == ROUTER_SOLICITATION ? 8 : type == ROUTER_ADVERTISEMENT ? 16 : 24;
}

/* Returns the option at `*at` and moves `*at` past it; NULL: there is none, or it is cut. */
static const uint8_t *next_option(const hg_datagram_in *in, uint32_t *at)
{
    const uint8_t *option = in->data + *at;
    const uint32_t left = in->length - *at;
    if (left < OPTION_UNIT || option[1] == 0 || option[1] * (uint32_t)OPTION_UNIT > left)
        return NULL;
    *at += option[1] * (uint32_t)OPTION_UNIT;
    return option;
}

static int is_unset(const uint8_t *address)
{
    return (hg_be64(address) | hg_be64(address + 8)) == 0;
}

static int is_group(const uint8_t *address)
{
    return address[0] == 0xFF;
}

/* Checks the rules of RFC 4861, 6.1 and 7.1; `source` is the packet's source address. */
static int is_valid(const hg_datagram_in *in, const uint8_t *source)
{
    enum { UNROUTED = 255, LINK_LOCAL = 0xFE80, LINK_LOCAL_MASK = 0xFFC0 };
    const uint8_t type = in->data[0];
    uint32_t at = options_at(type);
    if (in->packet->ip[IPV6_HOPS_AT] != UNROUTED || in->length < at || in->data[CODE_AT] != 0 || is_group(source) ||
        (type >= NEIGHBOR_SOLICITATION && (is_group(in->data + TARGET_AT) || is_unset(in->data + TARGET_AT))) ||
        (type == ROUTER_ADVERTISEMENT && (hg_be16(source) & LINK_LOCAL_MASK) != LINK_LOCAL) ||
        (type == NEIGHBOR_ADVERTISEMENT && is_unset(source)))
        return 0;
    for (const uint8_t *option; (option = next_option(in, &at)) != NULL;)
        if (option[0] == OPTION_SOURCE && is_unset(source))
            return 0;
    return at == in->length;
}

/* Sets the device's MAC from the option. Without one, the frame's MAC stays. 0: there is no valid MAC. */
static int take_mac(hg_devices_values *found, const hg_datagram_in *in)
{
    const uint8_t wanted = in->data[0] == NEIGHBOR_ADVERTISEMENT ? OPTION_TARGET : OPTION_SOURCE;
    uint32_t at = options_at(in->data[0]);
    for (const uint8_t *option; (option = next_option(in, &at)) != NULL;) {
        if (option[0] != wanted)
            continue;
        if (option[1] != 1)
            return 0;
        memcpy(found->mac, option + 2, HG_MAC_LENGTH);
        found->macs |= HG_KNOWS_MAC;
    }
    return (found->macs & HG_KNOWS_MAC) != 0 && (found->mac[0] & 1) == 0 && memcmp(found->mac, NO_MAC, sizeof NO_MAC) != 0;
}

/* Sets the device's address. A sender without an address has none: it only probes whether an address is free. */
static void take_address(hg_devices_values *found, const hg_datagram_in *in, const uint8_t *source)
{
    const uint8_t *address = in->data[0] == NEIGHBOR_ADVERTISEMENT ? in->data + TARGET_AT : source;
    if (is_unset(address))
        return;
    memcpy(found->device_ip, address, ADDRESS_BYTES);
    found->device_ip_version = 6;
}

static void announce_target(hg_announcing *to, const char *what, const uint8_t *target)
{
    char text[HG_MAX_ADDRESS + HG_RENDER_SLACK];
    const char *end = hg_put_address(text, 6, target);
    hg_announce_after(to, HG_SHOWS_NEIGHBOR, what, (const uint8_t *)text, (uint32_t)(end - text));
}

/* Announces the networks that are on the link and have not expired. Prefixes for other uses do not count. */
static void announce_prefixes(hg_announcing *to, const hg_datagram_in *in)
{
    uint32_t at = options_at(ROUTER_ADVERTISEMENT);
    for (const uint8_t *option; (option = next_option(in, &at)) != NULL;) {
        if (option[0] != OPTION_PREFIX || option[1] * (uint32_t)OPTION_UNIT != PREFIX_BYTES ||
            (option[PREFIX_FLAGS_AT] & ON_LINK) == 0 || hg_be32(option + PREFIX_LIFETIME_AT) == 0)
            continue;
        hg_announce_address(to, HG_NETWORK_PREFIX, option[PREFIX_LENGTH_AT], option + PREFIX_AT, 6);
    }
}

/* Announces the message, and the addresses that it shows. */
static void announce_message(hg_announcing *to, const hg_datagram_in *in, int has_source)
{
    const uint8_t *destination = in->packet->ip + IPV6_DESTINATION_AT;
    switch (in->data[0]) {
    case ROUTER_SOLICITATION:
        hg_announce(to, HG_SHOWS_NEIGHBOR, (const uint8_t *)"router solicitation", 19);
        break;
    case ROUTER_ADVERTISEMENT: /* without a lifetime, the router only announces networks */
        hg_announce(to, hg_be16(in->data + ROUTER_LIFETIME_AT) != 0 ? HG_SHOWS_ROUTER : HG_SHOWS_NEIGHBOR,
                    (const uint8_t *)"advertisement", 13);
        announce_prefixes(to, in);
        break;
    case NEIGHBOR_SOLICITATION:
        announce_target(to, has_source ? "solicitation for " : "probe for ", in->data + TARGET_AT);
        if (has_source && is_group(destination)) /* a unicast one only checks a known neighbor */
            hg_announce_address(to, HG_NETWORK_REQUESTED, 128, in->data + TARGET_AT, 6);
        break;
    default:
        announce_target(to, "advertisement of ", in->data + TARGET_AT);
        if (!is_group(destination))
            hg_announce_address(to, HG_NETWORK_REQUESTER, 128, destination, 6);
    }
}

hg_datagram_event hg_read_neighbor(const hg_config *config, const hg_datagram_in *in, const hg_reader_output *to)
{
    const uint8_t *source = in->packet->ip + IPV6_SOURCE_AT;
    hg_announcing list;
    if (!is_valid(in, source))
        return hg_malformed(&to->stats->neighbor_malformed);
    hg_announce_begin(&list, config->host_names, to);
    if (!take_mac(&list.values, in))
        return HG_DATAGRAM_NOTHING;
    take_address(&list.values, in, source);
    announce_message(&list, in, !is_unset(source));
    hg_announce_end(&list, to);
    return HG_DATAGRAM_CLIENT;
}

/* ---- ARP ------------------------------------------------------------------------------------- */

enum { OPERATION_AT = 6, SENDER_AT = 8, SENDER_IP_AT = 14, TARGET_IP_AT = 24, LENGTH = 28, REQUEST = 1, REPLY = 2 };

static int is_a_host(const uint8_t *address)
{
    return address[0] != 0 && address[0] < 224 && address[0] != 127;
}

/* Announces the message in words. */
static void announce_arp(hg_announcing *to, const uint8_t *data)
{
    const uint8_t *sender = data + SENDER_IP_AT, *target = data + TARGET_IP_AT;
    const char *word = memcmp(sender, target, 4) == 0               ? "announcement of "
                       : hg_be16(data + OPERATION_AT) == REPLY      ? "reply to "
                       : hg_be32(sender) == 0                       ? "probe for "
                                                                    : "request for ";
    char text[HG_MAX_ADDRESS + 16 + HG_RENDER_SLACK];
    const char *end = hg_put_address(hg_put_word(text, word), 4, target);
    hg_announce(to, HG_SHOWS_ARP, (const uint8_t *)text, (uint32_t)(end - text));
}

/* Announces the address that the device requests, or to which it replies. */
static void announce_peer(hg_announcing *to, const hg_datagram_in *in)
{
    const uint8_t *sender = in->data + SENDER_IP_AT, *target = in->data + TARGET_IP_AT;
    if (!is_a_host(sender) || !is_a_host(target) || memcmp(sender, target, 4) == 0)
        return;
    if (hg_be16(in->data + OPERATION_AT) == REPLY)
        hg_announce_address(to, HG_NETWORK_REQUESTER, 32, target, 4);
    else if (in->frame->linktype != LINKTYPE_ETHERNET || (in->frame->data[0] & 1) != 0) /* a unicast request only checks */
        hg_announce_address(to, HG_NETWORK_REQUESTED, 32, target, 4);
}

hg_datagram_event hg_read_arp(const hg_config *config, const hg_datagram_in *in, const hg_reader_output *to)
{
    hg_announcing list;
    /* Only Ethernet and IPv4: hardware type 1 or 6 (IEEE 802), protocol 0x0800, address lengths 6 and 4. */
    if (in->length < LENGTH || (hg_be16(in->data) != 1 && hg_be16(in->data) != 6) || hg_be16(in->data + 2) != 0x0800 ||
        hg_be16(in->data + 4) != 0x0604)
        return hg_malformed(&to->stats->arp_malformed);
    const uint8_t *sender = in->data + SENDER_AT, *address = in->data + SENDER_IP_AT;
    const uint16_t operation = hg_be16(in->data + OPERATION_AT);
    if ((operation != REQUEST && operation != REPLY) || (sender[0] & 1) != 0 || memcmp(sender, NO_MAC, sizeof NO_MAC) == 0)
        return HG_DATAGRAM_NOTHING;
    hg_announce_begin(&list, config->host_names, to);
    memcpy(list.values.mac, sender, HG_MAC_LENGTH);
    list.values.macs |= HG_KNOWS_MAC;
    if (is_a_host(address)) {
        memset(list.values.device_ip, 0, sizeof list.values.device_ip);
        memcpy(list.values.device_ip, address, 4);
        list.values.device_ip_version = 4;
    }
    announce_arp(&list, in->data);
    announce_peer(&list, in);
    hg_announce_end(&list, to);
    return HG_DATAGRAM_CLIENT;
}
