/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * address_resolution.c - Neighbor Discovery, redirects and routers of ICMP, and ARP.
 */
#include "announcements/announcing.h"
#include "base/value.h"
#include "packet/sender.h"

/* ---- addresses of IPv4 -------------------------------------------------------------------------- */

enum { ADDRESS_BYTES = 16 };

static int is_a_host(const uint8_t *address)
{
    return address[0] != 0 && address[0] < 224 && address[0] != 127;
}

/* Sets an address, if a host can have it. */
static void take_host(uint8_t *to, uint8_t *version, const uint8_t *address)
{
    memset(to, 0, ADDRESS_BYTES);
    *version = is_a_host(address) ? 4 : 0;
    if (*version != 0)
        memcpy(to, address, 4);
}

/* ---- Neighbor Discovery ------------------------------------------------------------------------- */

enum { ROUTER_SOLICITATION = 133, ROUTER_ADVERTISEMENT, NEIGHBOR_SOLICITATION, NEIGHBOR_ADVERTISEMENT, REDIRECT };
_Static_assert(REDIRECT - ROUTER_SOLICITATION == HG_LINK_REDIRECT - HG_LINK_ROUTER_SOLICITATION,
               "operations have the order of the types");
enum { CODE_AT = 1, GATEWAY_AT = 4, FLAGS_AT = 4, ROUTER_LIFETIME_AT = 6, TARGET_AT = 8, REDIRECTED_AT = 24 };
enum { IS_ROUTER = 0x80, ICMP_REDIRECT = 5 };
enum { LINK_LOCAL = 0xFE80, LINK_LOCAL_MASK = 0xFFC0 };

/* Options: a type, the length in units of eight bytes, a value. */
enum {
    OPTION_UNIT = 8,
    OPTION_SOURCE = 1,
    OPTION_TARGET = 2,
    OPTION_PREFIX = 3,
    OPTION_RESOLVERS = 25,
    RESOLVERS_AT = 8
};
enum {
    PREFIX_LENGTH_AT = 2,
    PREFIX_FLAGS_AT = 3,
    ON_LINK = 0x80,
    PREFIX_LIFETIME_AT = 4,
    PREFIX_AT = 16,
    PREFIX_BYTES = 32
};

static uint32_t options_at(uint8_t type)
{
    return type == ROUTER_SOLICITATION ? 8 : type == ROUTER_ADVERTISEMENT ? 16 : type == REDIRECT ? 40 : 24;
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

/* Whether the address is a group of no station: its scope is none or the sender itself, or it would be all nodes beyond
 * the link (RFC 4291, 2.7). */
static int is_empty_group(const uint8_t *address)
{
    enum { SCOPE = 0x0F, LINK = 2 };
    const int is_all_nodes = (hg_be64(address) & INT64_MAX >> 15) == 0 && hg_be64(address + 8) == 1;
    return is_group(address) && ((address[1] & SCOPE) < LINK || (is_all_nodes && address[1] != LINK));
}

static int is_of_ipv4(const hg_datagram_in *in)
{
    return in->packet->ip[0] >> 4 == 4;
}

/* Whether the checksum is right (RFC 792; RFC 4443, 2.3). */
static int has_right_checksum(const hg_datagram_in *in)
{
    const uint8_t *addresses = in->packet->ip + IPV6_SOURCE_AT;
    uint64_t sum = is_of_ipv4(in) ? 0 : PROTOCOL_ICMP6 + in->length;
    for (uint32_t i = 0; i < 2 * ADDRESS_BYTES && !is_of_ipv4(in); i += 2)
        sum += hg_be16(addresses + i);
    for (uint32_t i = 0; i + 2 <= in->length; i += 2)
        sum += hg_be16(in->data + i);
    sum += in->length % 2 != 0 ? (uint64_t)in->data[in->length - 1] << 8 : 0;
    while (sum > UINT16_MAX)
        sum = (sum & UINT16_MAX) + (sum >> 16);
    return sum == UINT16_MAX;
}

/* Whether Linux skips all options in a header of this length. It drops packets with more of them, or with padding that
 * could carry data. */
static int skips_options(const uint8_t *header, uint32_t length, int is_hop_by_hop)
{
    enum {
        PADDING_1,
        PADDING,
        ROUTER_ALERT = 5,
        ALERT_BYTES = 4,
        MUST_DROP = 0xC0,
        MOST_PADDING = 7,
        MOST_OPTIONS = 8
    };
    uint32_t options = 0, padding = 0, bytes;
    uint8_t content = 0;
    for (uint32_t at = 2; at < length; at += bytes) {
        const uint8_t type = header[at];
        bytes = type == PADDING_1 ? 1 : at + 1 < length ? 2 + (uint32_t)header[at + 1] : length;
        if (bytes > length - at || (type & MUST_DROP) != 0 ||
            (is_hop_by_hop && type == ROUTER_ALERT && bytes != ALERT_BYTES))
            return 0;
        for (uint32_t i = 2; type == PADDING && i < bytes; i++)
            content |= header[at + i];
        padding = type <= PADDING ? padding + bytes : 0;
        options += type > PADDING;
        if (padding > MOST_PADDING || options > MOST_OPTIONS || content != 0)
            return 0;
    }
    return 1;
}

/* Whether Linux skips all headers between IPv6 and the message: it knows no mobility, HIP or Shim6, and takes no
 * routing header in packets to a group. */
static int skips_headers(const hg_datagram_in *in)
{
    enum { HOP_BY_HOP = 0, ROUTING = 43, DESTINATION = 60, ROUTING_TYPE_AT = 2, LEFT_AT = 3, RPL = 3, SEGMENTS = 4 };
    const uint8_t *ip = in->packet->ip, *header = ip + HG_IPV6_HEADER;
    uint8_t next = ip[IPV6_NEXT_AT];
    for (uint32_t length; header < in->data; header += length) {
        const int is_first = next == HOP_BY_HOP && header == ip + HG_IPV6_HEADER;
        length = LEAST_EXTENSION + header[EXTENSION_LENGTH_AT] * 8u;
        if (next == ROUTING) {
            if (header[LEFT_AT] != 0 || header[ROUTING_TYPE_AT] == RPL || header[ROUTING_TYPE_AT] == SEGMENTS ||
                is_group(ip + IPV6_DESTINATION_AT))
                return 0;
        } else if ((next != DESTINATION && !is_first) || !skips_options(header, length, is_first)) {
            return 0;
        }
        next = header[EXTENSION_NEXT_AT];
    }
    return 1;
}

/* Whether a redirect names a router, or states that its destination is on the link (RFC 4861, 8.1). */
static int has_valid_target(const hg_datagram_in *in)
{
    const uint8_t *target = in->data + TARGET_AT, *redirected = in->data + REDIRECTED_AT;
    return !is_group(redirected) &&
           ((hg_be16(target) & LINK_LOCAL_MASK) == LINK_LOCAL || memcmp(target, redirected, ADDRESS_BYTES) == 0);
}

/* Checks the rules of RFC 4861, 6.1, 7.1 and 8.1; `source` is the packet's source address. */
static int is_valid(const hg_datagram_in *in, const uint8_t *source)
{
    enum { UNROUTED = 255 };
    const uint8_t type = in->data[0];
    uint32_t at = options_at(type);
    if (in->packet->ip[IPV6_HOPS_AT] != UNROUTED || in->length < at || in->data[CODE_AT] != 0 || is_group(source) ||
        (type >= NEIGHBOR_SOLICITATION && (is_group(in->data + TARGET_AT) || is_unset(in->data + TARGET_AT))) ||
        ((type == ROUTER_ADVERTISEMENT || type == REDIRECT) && (hg_be16(source) & LINK_LOCAL_MASK) != LINK_LOCAL) ||
        (type == NEIGHBOR_ADVERTISEMENT && is_unset(source)) || (type == REDIRECT && !has_valid_target(in)) ||
        is_empty_group(in->packet->ip + IPV6_DESTINATION_AT))
        return 0;
    for (const uint8_t *option; (option = next_option(in, &at)) != NULL;)
        if (option[0] == OPTION_SOURCE && is_unset(source))
            return 0;
    return at == in->length && has_right_checksum(in) && skips_headers(in);
}

/* Removes the frame's MAC, as a redirect names another device. */
static void forget_sender(hg_devices_values *found)
{
    memset(found->mac, 0, HG_MAC_LENGTH);
    found->macs &= (uint8_t)~HG_KNOWS_MAC;
}

/* Sets the device's MAC from the first option, even if it is a group's or zeros, as systems do. The frame's MAC stays
 * if there is no option, except in a redirect, which names another device, perhaps without its MAC; and if a router's
 * advertisement names no station, because systems use its route nevertheless. 0: there is no valid MAC. */
static int take_mac(hg_devices_values *found, const hg_datagram_in *in)
{
    const uint8_t wanted = in->data[0] >= NEIGHBOR_ADVERTISEMENT ? OPTION_TARGET : OPTION_SOURCE;
    uint32_t at = options_at(in->data[0]);
    const uint8_t *option;
    while ((option = next_option(in, &at)) != NULL && option[0] != wanted)
        continue;
    const int is_of_router = in->data[0] == ROUTER_ADVERTISEMENT;
    const int is_usable = option != NULL && option[1] == 1 && (hg_mac_is_station(option + 2) || !is_of_router);
    if (!is_usable && option != NULL && !is_of_router)
        return 0;
    if (in->data[0] == REDIRECT && option == NULL) {
        forget_sender(found);
        return 1;
    }
    if (is_usable) {
        memcpy(found->mac, option + 2, HG_MAC_LENGTH);
        found->macs |= HG_KNOWS_MAC;
    }
    if (is_of_router && in->frame->linktype == LINKTYPE_ETHERNET)
        found->macs |= HG_KNOWS_MAC; /* also zeros */
    return (found->macs & HG_KNOWS_MAC) != 0 && (is_usable || is_of_router || hg_mac_is_station(found->mac));
}

/* Sets the operation, the device's address and the target. A sender without an address has none: it only probes whether
 * an address is free. */
static void take_message(hg_devices_values *found, const hg_datagram_in *in, const uint8_t *source)
{
    const uint8_t type = in->data[0], *destination = in->packet->ip + IPV6_DESTINATION_AT;
    const uint8_t *address = type >= NEIGHBOR_ADVERTISEMENT ? in->data + TARGET_AT : source;
    const uint8_t *target = type == NEIGHBOR_SOLICITATION ? in->data + TARGET_AT : destination;
    found->operation = (uint8_t)(HG_LINK_ROUTER_SOLICITATION + type - ROUTER_SOLICITATION);
    found->unicast = !is_group(destination);
    if (type == ROUTER_ADVERTISEMENT)
        found->router_lifetime = hg_be16(in->data + ROUTER_LIFETIME_AT);
    if (!is_unset(address)) {
        memcpy(found->device_ip, address, ADDRESS_BYTES);
        found->device_ip_version = 6;
    }
    if (type >= NEIGHBOR_SOLICITATION && type != REDIRECT && !is_group(target)) {
        memcpy(found->target_ip, target, ADDRESS_BYTES);
        found->target_ip_version = 6;
    }
}

/* Whether the option is a network that is on the link and has not expired. Prefixes for other uses do not count. */
static int is_network(const uint8_t *option)
{
    return option[0] == OPTION_PREFIX && option[1] * (uint32_t)OPTION_UNIT == PREFIX_BYTES &&
           (option[PREFIX_FLAGS_AT] & ON_LINK) != 0 && hg_be32(option + PREFIX_LIFETIME_AT) != 0;
}

/* Announces the networks that are on the link, and the resolvers (RFC 8106). */
static void announce_prefixes(hg_announcing *to, const hg_datagram_in *in)
{
    uint32_t at = options_at(ROUTER_ADVERTISEMENT);
    for (const uint8_t *option; (option = next_option(in, &at)) != NULL;) {
        const uint32_t length = option[1] * (uint32_t)OPTION_UNIT;
        if (is_network(option))
            hg_announce_address(to, HG_NETWORK_PREFIX, option[PREFIX_LENGTH_AT], option + PREFIX_AT, 6);
        for (uint32_t i = RESOLVERS_AT; option[0] == OPTION_RESOLVERS && i + ADDRESS_BYTES <= length;
             i += ADDRESS_BYTES)
            hg_announce_address(to, HG_NETWORK_RESOLVER, 128, option + i, 6);
    }
}

/* What a route (RFC 4191) or a network makes its sender: of many addresses, a router for the link; of public ones, a
 * router. Routers of private networks (RFC 4193), as those of Thread are, matter to nobody else. */
static uint8_t served_with(const uint8_t *option, uint32_t prefix_at)
{
    enum { WIDE = 16, MOST_ADDRESSES = 3, PRIVATE = 0xFC };
    const uint8_t length = option[PREFIX_LENGTH_AT];
    const int is_public = option[1] * (uint32_t)OPTION_UNIT > prefix_at && (option[prefix_at] & PRIVATE) != PRIVATE;
    return length <= MOST_ADDRESSES || (length <= WIDE && is_public) ? HG_SERVES_LINK
           : is_public                                               ? HG_ACTS_AS_ROUTER
                                                                     : 0;
}

/* HG_SERVES_LINK if the advertisement makes its sender a router for many addresses: by its lifetime, by a route, or by
 * a network on the link, which systems take from a router without a lifetime, too. So they do what makes it
 * HG_ACTS_AS_ROUTER: DNS servers (RFC 8106), a captive portal (RFC 8910), a prefix for IPv4 (RFC 8781). */
static uint8_t served_by(const hg_datagram_in *in)
{
    enum { ROUTE = 24, DOMAINS = 31, PORTAL = 37, IPV4 = 38, PREFERENCE = 0x18, RESERVED = 0x10 };
    enum { ROUTE_AT = 8, LIFETIME_AT = 4, IPV4_LIFETIME_AT = 2, IPV4_LIFETIME = 0xFFF8 };
    uint32_t at = options_at(ROUTER_ADVERTISEMENT), found = 0;
    const uint8_t *option;
    if (hg_be16(in->data + ROUTER_LIFETIME_AT) != 0)
        return HG_SERVES_LINK;
    while ((option = next_option(in, &at)) != NULL)
        if (option[0] == PORTAL || (option[0] == IPV4 && (hg_be16(option + IPV4_LIFETIME_AT) & IPV4_LIFETIME) != 0))
            found |= HG_ACTS_AS_ROUTER;
        else if (hg_be32(option + LIFETIME_AT) == 0)
            continue;
        else if (option[0] == OPTION_RESOLVERS || option[0] == DOMAINS)
            found |= HG_ACTS_AS_ROUTER;
        else if (option[0] == ROUTE && (option[3] & PREFERENCE) != RESERVED)
            found |= served_with(option, ROUTE_AT);
        else if (is_network(option))
            found |= served_with(option, PREFIX_AT);
    return (uint8_t)found;
}

/* Checks a redirect of ICMP (RFC 792), which quotes the header of the redirected packet and eight bytes. Systems take
 * it from their router's address, with any number of hops, so the frame's sender is one that forwards packets. A system
 * without an address sends them, too, if it forwards a lease to itself. */
static int is_valid_4(const hg_datagram_in *in)
{
    enum { LAST_CODE = 3, LEAST = 8 + HG_IPV4_HEADER + 8 };
    const uint8_t *source = in->packet->ip + IPV4_SOURCE_AT;
    return in->length >= LEAST && in->data[CODE_AT] <= LAST_CODE && is_a_host(in->data + GATEWAY_AT) &&
           is_a_host(source) && hg_be32(source) != hg_be32(in->data + GATEWAY_AT) && has_right_checksum(in);
}

/* ---- routers of ICMP (RFC 1256) -------------------------------------------------------------------------- */

enum { COUNT_AT = 4, WORDS_AT = 5, ENTRIES_AT = 8, WORD = 4 };

static int is_valid_router_4(const hg_datagram_in *in)
{
    enum { LEAST_WORDS = 2, MOBILE = 16 };
    return in->length >= ENTRIES_AT && in->data[WORDS_AT] >= LEAST_WORDS && (in->data[CODE_AT] & ~MOBILE) == 0 &&
           in->length >= ENTRIES_AT + in->data[COUNT_AT] * in->data[WORDS_AT] * (uint32_t)WORD &&
           is_a_host(in->packet->ip + IPV4_SOURCE_AT) && has_right_checksum(in);
}

/* Announces the routers: addresses with a preference, of which the least value is for routers that are no gateway. */
static void take_routers_4(hg_announcing *list, const hg_datagram_in *in)
{
    const uint8_t *one = in->data + ENTRIES_AT;
    take_host(list->values.device_ip, &list->values.device_ip_version, in->packet->ip + IPV4_SOURCE_AT);
    list->values.operation = HG_LINK_ROUTER_ADVERTISEMENT;
    list->values.router_lifetime = hg_be16(in->data + ROUTER_LIFETIME_AT);
    for (uint32_t i = 0; i < in->data[COUNT_AT]; i++, one += in->data[WORDS_AT] * WORD)
        if (list->values.router_lifetime != 0 && hg_be32(one + WORD) != 1U << 31 && is_a_host(one)) {
            list->values.macs |= HG_SERVES_LINK;
            hg_announce_address(list, HG_NETWORK_GATEWAY, 32, one, 4);
        }
}

/* ---- the event ------------------------------------------------------------------------------------------- */

hg_datagram_event hg_read_neighbor(const hg_config *config, const hg_datagram_in *in, const hg_reader_output *to)
{
    const uint8_t *source = in->packet->ip + IPV6_SOURCE_AT;
    const int is_4 = is_of_ipv4(in), is_router_4 = is_4 && in->data[0] != ICMP_REDIRECT;
    hg_announcing list;
    if (is_router_4 ? !is_valid_router_4(in) : is_4 ? !is_valid_4(in) : !is_valid(in, source))
        return hg_malformed(&to->stats->neighbor_malformed);
    if (hg_has_label(in->frame)) /* of another segment, although its hop limit is 255 */
        return HG_DATAGRAM_NOTHING;
    hg_announce_begin(&list, config->host_names, to);
    if (is_router_4) {
        take_routers_4(&list, in);
        hg_announce_end(&list, to);
        return HG_DATAGRAM_CLIENT;
    }
    if (is_4) {
        forget_sender(&list.values);
        take_host(list.values.device_ip, &list.values.device_ip_version, in->data + GATEWAY_AT);
        list.values.operation = HG_LINK_REDIRECT;
        list.values.unicast = 1;
        list.values.macs |= HG_ACTS_AS_ROUTER;
        hg_announce_end(&list, to);
        return HG_DATAGRAM_CLIENT;
    }
    if (!take_mac(&list.values, in))
        return HG_DATAGRAM_NOTHING;
    take_message(&list.values, in, source);
    if (in->data[0] == ROUTER_ADVERTISEMENT) {
        list.values.macs |= served_by(in);
        announce_prefixes(&list, in);
    } else if (in->data[0] == REDIRECT) {
        list.values.macs |= HG_ACTS_AS_ROUTER;
    } else if (in->data[0] == NEIGHBOR_ADVERTISEMENT && (in->data[FLAGS_AT] & IS_ROUTER) == 0) {
        list.values.macs |= HG_IS_NO_ROUTER;
    }
    hg_announce_end(&list, to);
    return HG_DATAGRAM_CLIENT;
}

/* ---- ARP ------------------------------------------------------------------------------------- */

enum { OPERATION_AT = 6, SENDER_AT = 8, SENDER_IP_AT = 14, TARGET_IP_AT = 24, LENGTH = 28 };

hg_datagram_event hg_read_arp(const hg_config *config, const hg_datagram_in *in, const hg_reader_output *to)
{
    hg_announcing list;
    /* Only Ethernet and IPv4: hardware type 1 or 6 (IEEE 802), protocol 0x0800, address lengths 6 and 4. */
    if (in->length < LENGTH || (hg_be16(in->data) != 1 && hg_be16(in->data) != 6) || hg_be16(in->data + 2) != 0x0800 ||
        hg_be16(in->data + 4) != 0x0604)
        return hg_malformed(&to->stats->arp_malformed);
    const uint8_t *sender = in->data + SENDER_AT;
    const uint16_t operation = hg_be16(in->data + OPERATION_AT);
    if (operation != HG_LINK_REQUEST && operation != HG_LINK_REPLY)
        return HG_DATAGRAM_NOTHING;
    hg_announce_begin(&list, config->host_names, to);
    memcpy(list.values.mac, sender, HG_MAC_LENGTH);
    list.values.macs |= HG_KNOWS_MAC;
    list.values.operation = (uint8_t)operation;
    list.values.unicast = in->frame->linktype == LINKTYPE_ETHERNET && (in->frame->data[0] & 1) == 0;
    take_host(list.values.device_ip, &list.values.device_ip_version, in->data + SENDER_IP_AT);
    take_host(list.values.target_ip, &list.values.target_ip_version, in->data + TARGET_IP_AT);
    hg_announce_end(&list, to);
    return HG_DATAGRAM_CLIENT;
}
