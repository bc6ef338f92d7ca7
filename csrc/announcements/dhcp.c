/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * dhcp.c - announcements of DHCP clients.
 *
 * The device is always the client. A message describes it only if the client itself sent the frame: a relayed message
 * is a claim of the relay, which any host can send. A server's message states the client's addresses; its options
 * describe the network. */

#include "announcements/dhcp_texts.h"
#include "packet/linktype.h"

/* Offsets in the fixed part of a message. */
enum {
    OP_AT = 0,
    HARDWARE_AT = 1,
    HARDWARE_LENGTH_AT = 2,
    CIADDR_AT = 12,
    YIADDR_AT = 16,
    GIADDR_AT = 24,
    CHADDR_AT = 28,
    SNAME_AT = 44,
    FILE_AT = 108,
    COOKIE_AT = 236,
    OPTIONS_AT = 240
};
enum { OP_REQUEST = 1, OP_REPLY = 2, HARDWARE_ETHERNET = 1, IPV4_BYTES = 4 };
#define COOKIE 0x63825363u

enum {
    OPTION_PAD = 0,
    OPTION_MASK = 1,
    OPTION_ROUTER = 3,
    OPTION_RESOLVERS = 6,
    OPTION_HOST_NAME = 12,
    OPTION_CLOCKS = 42,
    OPTION_ADDRESS = 50,
    OPTION_LEASE_TIME = 51,
    OPTION_OVERLOAD = 52,
    OPTION_MESSAGE = 53,
    OPTION_PARAMETERS = 55,
    OPTION_MAX_SIZE = 57,
    OPTION_CLASS = 60,
    OPTION_CLIENT_ID = 61,
    OPTION_USER_CLASS = 77,
    OPTION_FQDN = 81,
    OPTION_ROUTES = 121,
    OPTION_VENDOR_CLASS = 124,
    OPTION_VENDOR_DATA = 125,
    OPTION_MUD = 161,
    OPTION_ROUTES_OF_MICROSOFT = 249,
    OPTION_PROXY = 252,
    OPTION_END = 255
};
enum { OVERLOADS_FILE = 1, OVERLOADS_SNAME = 2 };
enum { MESSAGE_REQUEST = 3, MESSAGE_DECLINE = 4, MESSAGE_ACK = 5 };

/* Options are in up to three areas, which are read one after the other. */
enum { MOST_AREAS = 3 };
typedef struct dhcp_message {
    const uint8_t *data;
    hg_span areas[MOST_AREAS];
    uint32_t area_count;
    uint8_t codes[32]; /* a bit for each option that is present; before note_codes, all bits are set */
    uint8_t is_malformed;
} dhcp_message;

/* ---- options ---------------------------------------------------------------------------- */

typedef struct dhcp_option {
    const uint8_t *data;
    uint32_t length;
    uint8_t code;
} dhcp_option;

/* Reads the option at `*at` in an area, and moves `*at` past it. 0: there is none, or it is cut. */
static int next_option(dhcp_message *message, const hg_span *in, uint32_t *at, dhcp_option *out)
{
    while (*at < in->length && in->data[*at] == OPTION_PAD)
        ++*at;
    if (*at >= in->length || in->data[*at] == OPTION_END)
        return 0;
    const uint32_t left = in->length - *at;
    if (left < 2 || in->data[*at + 1] > left - 2) {
        message->is_malformed = 1;
        return 0;
    }
    *out = (dhcp_option){.data = in->data + *at + 2, .length = in->data[*at + 1], .code = in->data[*at]};
    *at += 2 + out->length;
    return 1;
}

/* The value of an option. A long one is split over several options with the same code (RFC 3396). */
enum { MOST_VALUE = 1024 };
typedef struct dhcp_value {
    uint8_t bytes[MOST_VALUE];
    uint32_t length;
} dhcp_value;

/* Gets the whole value of an option; length 0: there is none. Returns `out`. */
static const dhcp_value *read_value(dhcp_message *message, uint8_t code, dhcp_value *out)
{
    dhcp_option one;
    out->length = 0;
    if ((message->codes[code / 8] >> code % 8 & 1) == 0)
        return out;
    for (uint32_t i = 0; i < message->area_count; i++)
        for (uint32_t at = 0; next_option(message, message->areas + i, &at, &one);) {
            if (one.code != code)
                continue;
            const uint32_t room = MOST_VALUE - out->length, length = one.length < room ? one.length : room;
            memcpy(out->bytes + out->length, one.data, length);
            out->length += length;
        }
    return out;
}

/* Notes which options are present, so that a message with hundreds of options is not searched for each missing one. */
static void note_codes(dhcp_message *message)
{
    dhcp_option one;
    memset(message->codes, 0, sizeof message->codes);
    for (uint32_t i = 0; i < message->area_count; i++)
        for (uint32_t at = 0; next_option(message, message->areas + i, &at, &one);)
            message->codes[one.code / 8] |= (uint8_t)(1U << one.code % 8);
}

/* Finds the areas with options: after the cookie, and in the fields that option 52 names. */
static void find_areas(dhcp_message *message, uint32_t length)
{
    dhcp_value overload;
    message->areas[0] = hg_span_of(message->data + OPTIONS_AT, length - OPTIONS_AT);
    message->area_count = 1;
    memset(message->codes, UINT8_MAX, sizeof message->codes);
    const uint8_t which = read_value(message, OPTION_OVERLOAD, &overload)->length > 0 ? overload.bytes[0] : 0;
    if ((which & OVERLOADS_FILE) != 0)
        message->areas[message->area_count++] = hg_span_of(message->data + FILE_AT, COOKIE_AT - FILE_AT);
    if ((which & OVERLOADS_SNAME) != 0)
        message->areas[message->area_count++] = hg_span_of(message->data + SNAME_AT, FILE_AT - SNAME_AT);
    note_codes(message);
}

/* ---- announcements of the client -------------------------------------------------------- */

static void announce_numbers(hg_announcing *to, uint8_t kind, const dhcp_value *numbers)
{
    hg_announce_open(to, kind);
    for (uint32_t i = 0; i < numbers->length; i++)
        hg_announce_list_item(to, numbers->bytes[i], i == 0);
    hg_announce_close(to);
}

/* Announces the codes of all options, in their order. */
static void announce_options(hg_announcing *to, dhcp_message *message)
{
    dhcp_value codes = {.length = 0};
    dhcp_option one;
    for (uint32_t i = 0; i < message->area_count; i++)
        for (uint32_t at = 0; codes.length < HG_MOST_RECORDS && next_option(message, message->areas + i, &at, &one);)
            codes.bytes[codes.length++] = one.code;
    announce_numbers(to, HG_SHOWS_OPTIONS, &codes);
}

/* Announces the user class: texts, each after its length (RFC 3004), or one text without a length, as some clients send
 * it. */
static void announce_user_class(hg_announcing *to, const dhcp_value *value)
{
    uint32_t end = 0;
    while (end < value->length && value->bytes[end] != 0)
        end += 1 + (uint32_t)value->bytes[end];
    const int is_list = end == value->length;
    for (uint32_t at = 0; at < value->length;) {
        const uint32_t length = is_list ? value->bytes[at] : value->length;
        hg_announce_after(to, HG_SAYS_DHCP_VENDOR, "user-class ", value->bytes + at + (is_list ? 1 : 0), length);
        at += length + 1;
    }
}

/* Announces the product class from the options of the Broadband Forum (TR-069, table 1): manufacturer, serial number
 * and product class, with codes 1 to 3 for a device and 4 to 6 for a gateway. */
static void announce_broadband(hg_announcing *to, uint32_t enterprise, const uint8_t *data, uint32_t length)
{
    enum { DEVICE_CLASS = 3, GATEWAY_CLASS = 6 };
    for (uint32_t at = 0; at + 2 <= length; at += 2 + (uint32_t)data[at + 1]) {
        const uint32_t size = data[at + 1], left = length - at - 2;
        if (data[at] == DEVICE_CLASS || data[at] == GATEWAY_CLASS)
            hg_announce_vendor(to, enterprise, data + at + 2, size < left ? size : left);
    }
}

static void announce_vendors(hg_announcing *to, dhcp_message *message, uint8_t code, const dhcp_value *values)
{
    enum { HEADER = 5, BROADBAND_FORUM = 3561 };
    for (uint32_t at = 0; at < values->length;) {
        const uint8_t *data = values->bytes + at;
        const uint32_t left = values->length - at;
        if (left < HEADER || data[HEADER - 1] > left - HEADER) {
            message->is_malformed = 1;
            return;
        }
        const uint32_t enterprise = hg_be32(data), length = data[HEADER - 1];
        if (code == OPTION_VENDOR_DATA && enterprise == BROADBAND_FORUM)
            announce_broadband(to, enterprise, data + HEADER, length);
        else
            hg_announce_vendor(to, enterprise, data + HEADER, code == OPTION_VENDOR_CLASS ? length : 0);
        at += HEADER + length;
    }
}

/* The option has flags, two bytes without meaning, and a name, as DNS labels or as text (RFC 4702). */
static void announce_fqdn(hg_announcing *to, const dhcp_value *value)
{
    enum { HEADER = 3, IS_ENCODED = 0x04 };
    if (value->length > HEADER)
        hg_announce_fqdn(to, value->bytes + HEADER, value->length - HEADER, (value->bytes[0] & IS_ENCODED) != 0);
}

static void announce_all(hg_announcing *to, dhcp_message *message)
{
    dhcp_value found;
    read_value(message, OPTION_CLASS, &found);
    hg_announce(to, HG_SAYS_DHCP_CLASS, found.bytes, found.length);
    announce_numbers(to, HG_SAYS_DHCP_LIST, read_value(message, OPTION_PARAMETERS, &found));
    read_value(message, OPTION_HOST_NAME, &found);
    hg_announce(to, HG_SAYS_NAME, found.bytes, found.length);
    announce_fqdn(to, read_value(message, OPTION_FQDN, &found));
    announce_vendors(to, message, OPTION_VENDOR_CLASS, read_value(message, OPTION_VENDOR_CLASS, &found));
    announce_vendors(to, message, OPTION_VENDOR_DATA, read_value(message, OPTION_VENDOR_DATA, &found));
    announce_user_class(to, read_value(message, OPTION_USER_CLASS, &found));
    if (read_value(message, OPTION_MUD, &found)->length > 0)
        hg_announce_after(to, HG_SAYS_DHCP_VENDOR, "mud ", found.bytes, found.length);
    read_value(message, OPTION_CLIENT_ID, &found);
    hg_announce_hex(to, HG_SHOWS_CLIENT_ID, found.bytes, found.length);
    if (read_value(message, OPTION_MAX_SIZE, &found)->length == 2)
        to->values.max_message_size = hg_be16(found.bytes);
    announce_options(to, message);
}

/* ---- sender and addresses ---------------------------------------------------------------- */

static void set_address(hg_devices_values *found, const uint8_t *address)
{
    memset(found->device_ip, 0, sizeof found->device_ip);
    found->device_ip_version = hg_be32(address) != 0 ? 4 : 0;
    memcpy(found->device_ip, address, IPV4_BYTES);
}

/* Sets the client's address: as stated by the client, assigned by the server, or the packet's source. */
static void find_address(hg_devices_values *found, dhcp_message *message, int is_reply, const hg_packet *packet)
{
    dhcp_value requested;
    const uint8_t *source = (const uint8_t *)packet->source.word;
    const uint8_t *address = message->data + CIADDR_AT;
    if (is_reply && found->message == MESSAGE_ACK && hg_be32(message->data + YIADDR_AT) != 0)
        address = message->data + YIADDR_AT;
    set_address(found, address);
    if ((is_reply && found->message != MESSAGE_ACK) || found->message == MESSAGE_DECLINE)
        found->device_ip_version = 0;
    if (is_reply || found->message == MESSAGE_DECLINE || found->device_ip_version != 0)
        return;
    if (!found->forwarded && packet->version == 4)
        set_address(found, source);
    if (found->message != MESSAGE_REQUEST || found->device_ip_version != 0)
        return;
    if (read_value(message, OPTION_ADDRESS, &requested)->length == IPV4_BYTES)
        set_address(found, requested.bytes);
}

/* Sets the client's MAC from the message. If the message has none, keeps the frame's, but only if the client sent the
 * frame. */
static void find_mac(hg_devices_values *found, const uint8_t *data, int is_reply)
{
    if (data[HARDWARE_AT] == HARDWARE_ETHERNET && data[HARDWARE_LENGTH_AT] == HG_MAC_LENGTH) {
        memcpy(found->mac, data + CHADDR_AT, HG_MAC_LENGTH);
        found->macs |= HG_KNOWS_MAC;
    } else if (is_reply || found->forwarded) {
        memset(found->mac, 0, HG_MAC_LENGTH);
        found->macs &= (uint8_t)~HG_KNOWS_MAC;
    }
}

/* The prefix length of the networks in which addresses of one link are: of a private network, or 24. */
static uint32_t near_length(uint32_t address)
{
    return address >> 24 == 10                                  ? 8
           : address >> 20 == 0xAC1                             ? 12
           : address >> 16 == 0xC0A8 || address >> 16 == 0xA9FE ? 16
                                                                : 24;
}

/* Whether routers forward no packet with the address: of no network, this host, the link, a group, or all (RFC 1812,
 * 5.3.7; RFC 3927, 7). */
static int stays_on_link(uint32_t address)
{
    return address >> 24 == 0 || address >> 24 == 127 || address >> 16 == 0xA9FE || address >> 28 >= 14;
}

/* Whether the frame was sent to the message's client, whatever the packet's destination, as clients without an address
 * take any; and by an address near the one that the message gives. Remote servers send to a client, too, but routers
 * stand between. */
static int is_to_client(const hg_datagram_in *in)
{
    const uint32_t source = hg_be32((const uint8_t *)in->packet->source.word);
    const uint32_t given = hg_be32(in->data + YIADDR_AT), known = hg_be32(in->data + CIADDR_AT);
    const uint32_t destination = hg_be32((const uint8_t *)in->packet->destination.word);
    const uint32_t address = given != 0 ? given : known != 0 ? known : destination;
    return in->frame->linktype == LINKTYPE_ETHERNET && in->frame->captured >= HG_MAC_LENGTH &&
           memcmp(in->frame->data, in->data + CHADDR_AT, HG_MAC_LENGTH) == 0 &&
           (stays_on_link(source) || (source ^ address) >> (32 - near_length(address)) == 0);
}

/* Whether a station of the link sent the server's message. Routers forward no broadcast, and no server sends to a group
 * beyond them; so neither the TTL nor the relay's address matters for these, and clients ignore both. */
static int is_from_link(const hg_datagram_in *in, uint8_t scope)
{
    const int is_local =
        stays_on_link(hg_be32((const uint8_t *)in->packet->destination.word)) ||
        (in->frame->linktype == LINKTYPE_ETHERNET && in->frame->captured > 0 && (in->frame->data[0] & 1) != 0);
    return !hg_in_tunnel(in->packet) &&
           (is_local || scope >= HG_SCOPE_SEGMENT || (scope == HG_SCOPE_REMOTE && is_to_client(in)));
}

/* Whether the message is a lease from a server on the link. */
static int is_lease(const hg_devices_values *found, const hg_datagram_in *in, uint8_t *scope)
{
    if (found->device_ip_version == 0 || (found->macs & HG_KNOWS_MAC) == 0)
        return 0;
    if (*scope == HG_SCOPE_REMOTE && is_to_client(in))
        *scope = HG_SCOPE_SEGMENT; /* the client has the address, because the server sent the frame to it */
    return *scope >= HG_SCOPE_SEGMENT;
}

enum { MOST_ADDRESSES = 4, LONGEST_PREFIX = 32 };

static void announce_addresses(hg_announcing *to, dhcp_message *message, uint8_t code, uint8_t kind)
{
    dhcp_value value;
    read_value(message, code, &value);
    for (uint32_t at = 0; at + IPV4_BYTES <= value.length && at < MOST_ADDRESSES * IPV4_BYTES; at += IPV4_BYTES)
        hg_announce_address(to, kind, LONGEST_PREFIX, value.bytes + at, 4);
}

/* Announces the routers of routes (RFC 3442), of which two are as good as one for all addresses. */
static void announce_routes(hg_announcing *to, dhcp_message *message, uint8_t option)
{
    enum { MOST_ROUTES = 16 };
    dhcp_value value;
    read_value(message, option, &value); /* the length of a prefix, its bytes without zeros, a router */
    for (uint32_t at = 0, end, count = 0; at < value.length && count < MOST_ROUTES; at = end) {
        end = at + 1 + (value.bytes[at] + 7u) / 8 + IPV4_BYTES;
        if (end > value.length)
            return;
        if (hg_be32(value.bytes + end - IPV4_BYTES) != 0) { /* else the network is on the link */
            hg_announce_address(to, HG_NETWORK_GATEWAY, LONGEST_PREFIX, value.bytes + end - IPV4_BYTES, 4);
            count++;
        }
    }
}

/* Announces what clients take from an acknowledgement: routers, resolvers, time servers and a proxy. */
static void announce_network(hg_announcing *to, dhcp_message *message)
{
    dhcp_value value;
    announce_addresses(to, message, OPTION_ROUTER, HG_NETWORK_GATEWAY);
    announce_addresses(to, message, OPTION_RESOLVERS, HG_NETWORK_RESOLVER);
    announce_addresses(to, message, OPTION_CLOCKS, HG_NETWORK_CLOCK);
    read_value(message, OPTION_PROXY, &value);
    hg_announce(to, HG_NETWORK_PROXY, value.bytes, value.length);
    announce_routes(to, message, OPTION_ROUTES);
    announce_routes(to, message, OPTION_ROUTES_OF_MICROSOFT);
}

/* Takes how long an acknowledged lease holds. Announces its network, from its mask, unless it was relayed. */
static void announce_lease(hg_announcing *to, dhcp_message *message)
{
    dhcp_value value;
    uint32_t length = 0;
    if (to->values.message == MESSAGE_ACK && read_value(message, OPTION_LEASE_TIME, &value)->length == 4)
        to->values.lease_seconds = hg_be32(value.bytes);
    if (to->is_of_others)
        return;
    read_value(message, OPTION_MASK, &value);
    while (value.length == IPV4_BYTES && length < 32 && (hg_be32(value.bytes) << length & UINT32_C(1) << 31) != 0)
        length++;
    hg_announce_address(to, HG_NETWORK_PREFIX, length, to->values.device_ip, 4);
}

/* Whether the client itself sent the message: from its own MAC, and from its address if it has one. */
static int is_own(const hg_devices_values *found, const hg_datagram_in *in, uint8_t scope)
{
    enum { KNOWS_BOTH = HG_KNOWS_MAC | HG_KNOWS_SOURCE_MAC };
    if ((found->macs & KNOWS_BOTH) == KNOWS_BOTH && memcmp(found->mac, found->source_mac, HG_MAC_LENGTH) != 0)
        return 0;
    const uint8_t *source = (const uint8_t *)in->packet->source.word;
    if (found->device_ip_version != 0 && hg_be32(source) != 0)
        return memcmp(found->device_ip, source, IPV4_BYTES) == 0;
    return scope >= HG_SCOPE_SEGMENT;
}

hg_datagram_event hg_read_dhcp(const hg_config *config, const hg_datagram_in *in, const hg_reader_output *to)
{
    dhcp_message message = {.data = in->data};
    dhcp_value kind;
    hg_announcing list;
    if (in->length < OPTIONS_AT || hg_be32(in->data + COOKIE_AT) != COOKIE ||
        (in->data[OP_AT] != OP_REQUEST && in->data[OP_AT] != OP_REPLY))
        return hg_malformed(&to->stats->dhcp_malformed);
    const int is_reply = in->data[OP_AT] == OP_REPLY;
    find_areas(&message, in->length);
    hg_announce_begin(&list, config->host_names, to);
    list.values.message = read_value(&message, OPTION_MESSAGE, &kind)->length == 1 ? kind.bytes[0] : 0;
    list.values.forwarded = hg_be32(in->data + GIADDR_AT) != 0;
    find_mac(&list.values, in->data, is_reply);
    find_address(&list.values, &message, is_reply, in->packet);
    if (is_reply && is_from_link(in, *to->scope) &&
        (list.values.message != 0 || hg_be32(in->data + YIADDR_AT) != 0)) /* BOOTP has no kinds of messages */
        list.values.macs |= HG_SERVES_LINK;
    list.is_of_others = (uint8_t)(list.values.forwarded || !(is_reply ? is_lease(&list.values, in, to->scope)
                                                                      : is_own(&list.values, in, *to->scope)));
    if (!is_reply)
        announce_all(&list, &message);
    else
        announce_lease(&list, &message);
    if (is_reply && (list.values.macs & HG_SERVES_LINK) != 0 &&
        (list.values.message == MESSAGE_ACK || list.values.message == 0))
        announce_network(&list, &message);
    hg_announce_end(&list, to);
    to->stats->dhcp_malformed += message.is_malformed;
    return is_reply ? HG_DATAGRAM_SERVER : HG_DATAGRAM_CLIENT;
}
