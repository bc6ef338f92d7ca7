/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * dhcp6.c - announcements of DHCPv6 clients.
 *
 * The device is always the client. A relayed message is a claim of the relay, which any host can send; the client is
 * the one that the innermost relay names. A server's message states only the client's addresses, and the segment's
 * resolvers and time servers. */

#include "announcements/dhcp_texts.h"
#include "packet/sender.h"

/* A header has a type and a transaction number; a relay's header has a type, a hop count and two addresses. */
enum { HEADER = 4, RELAY_HEADER = 34, PEER_AT = 18, IPV6_BYTES = 16 };
enum {
    MESSAGE_ADVERTISE = 2,
    MESSAGE_REPLY = 7,
    MESSAGE_RECONFIGURE = 10,
    MESSAGE_INFORM = 11,
    MESSAGE_RELAY = 12,
    MESSAGE_RELAY_REPLY = 13,
    MESSAGE_LAST = 36 /* later ones are messages between servers */
};
enum { MOST_RELAYS = 8 }; /* RFC 8415, 7.6 */

enum { OPTION_HEADER = 4, LENGTH_BYTES = 2 };
enum {
    OPTION_CLIENT_ID = 1,
    OPTION_REQUEST = 6,
    OPTION_RELAYED = 9,
    OPTION_USER_CLASS = 15,
    OPTION_VENDOR_CLASS = 16,
    OPTION_VENDOR_DATA = 17,
    OPTION_RESOLVERS = 23, /* RFC 3646 */
    OPTION_SIMPLE_CLOCKS = 31, /* RFC 4075 */
    OPTION_FQDN = 39,
    OPTION_CLOCKS = 56, /* RFC 5908; its parts are options */
    OPTION_LINK_ADDRESS = 79, /* the client's, added by its relay (RFC 6939) */
    OPTION_MUD = 112
};

/* Kinds of client identifiers: link address and time, or link address. */
enum { DUID_LINK_TIME = 1, DUID_LINK = 3, DUID_TIME_BYTES = 4, HARDWARE_ETHERNET = 1, ENTERPRISE_BYTES = 4 };

typedef struct dhcp6_message {
    const uint8_t *options;
    uint32_t length;
    uint8_t type;
    uint8_t is_malformed;
} dhcp6_message;

typedef struct dhcp6_option {
    const uint8_t *data;
    uint32_t length;
    uint32_t code;
} dhcp6_option;

/* Reads the value at `*at`, whose header ends with its length, and moves `*at` past it. 0: there is none, or it is
 * cut. */
static int next_value(dhcp6_message *message, const uint8_t *data, uint32_t length, uint32_t header, uint32_t *at,
                      dhcp6_option *out)
{
    const uint32_t left = length - *at;
    if (left == 0)
        return 0;
    data += *at;
    if (left < header || hg_be16(data + header - LENGTH_BYTES) > left - header) {
        message->is_malformed = 1;
        return 0;
    }
    *out =
        (dhcp6_option){.data = data + header, .length = hg_be16(data + header - LENGTH_BYTES), .code = hg_be16(data)};
    *at += header + out->length;
    return 1;
}

static int next_option(dhcp6_message *message, uint32_t *at, dhcp6_option *out)
{
    return next_value(message, message->options, message->length, OPTION_HEADER, at, out);
}

/* Reads the next text; its header is only a length. */
static int next_text(dhcp6_message *message, const dhcp6_option *in, uint32_t *at, dhcp6_option *out)
{
    return next_value(message, in->data, in->length, LENGTH_BYTES, at, out);
}

/* ---- announcements of the client -------------------------------------------------------- */

static void announce_requested(hg_announcing *to, const dhcp6_option *option)
{
    hg_announce_open(to, HG_SAYS_DHCP6_LIST);
    for (uint32_t at = 0; at + 2 <= option->length; at += 2)
        hg_announce_list_item(to, hg_be16(option->data + at), at == 0);
    hg_announce_close(to);
}

/* Announces the codes of all options, in their order. */
static void announce_options(hg_announcing *to, const dhcp6_message *message)
{
    dhcp6_message copy = *message;
    dhcp6_option one;
    hg_announce_open(to, HG_SHOWS_OPTIONS);
    for (uint32_t at = 0, count = 0; count < HG_MOST_RECORDS && next_option(&copy, &at, &one); count++)
        hg_announce_list_item(to, one.code, count == 0);
    hg_announce_close(to);
}

static void announce_vendor_class(hg_announcing *to, dhcp6_message *message, const dhcp6_option *in)
{
    dhcp6_option text;
    if (in->length < ENTERPRISE_BYTES) {
        message->is_malformed = 1;
        return;
    }
    const uint32_t enterprise = hg_be32(in->data);
    hg_announce_vendor(to, enterprise, NULL, 0);
    for (uint32_t at = ENTERPRISE_BYTES; in->code == OPTION_VENDOR_CLASS && next_text(message, in, &at, &text);) {
        hg_announce(to, HG_SAYS_DHCP_CLASS, text.data, text.length);
        hg_announce_vendor(to, enterprise, text.data, text.length);
    }
}

static void announce_user_class(hg_announcing *to, dhcp6_message *message, const dhcp6_option *in)
{
    dhcp6_option text;
    for (uint32_t at = 0; next_text(message, in, &at, &text);)
        if (text.length > 0)
            hg_announce_after(to, HG_SAYS_DHCP_VENDOR, "user-class ", text.data, text.length);
}

static void announce_option(hg_announcing *to, dhcp6_message *message, const dhcp6_option *one)
{
    switch (one->code) {
    case OPTION_REQUEST:
        announce_requested(to, one);
        break;
    case OPTION_USER_CLASS:
        announce_user_class(to, message, one);
        break;
    case OPTION_VENDOR_CLASS:
    case OPTION_VENDOR_DATA:
        announce_vendor_class(to, message, one);
        break;
    case OPTION_FQDN: /* flags, a name (RFC 4704) */
        if (one->length > 1)
            hg_announce_fqdn(to, one->data + 1, one->length - 1, 1);
        break;
    case OPTION_MUD:
        if (one->length > 0)
            hg_announce_after(to, HG_SAYS_DHCP_VENDOR, "mud ", one->data, one->length);
        break;
    case OPTION_CLIENT_ID:
        hg_announce_hex(to, HG_SHOWS_CLIENT_ID, one->data, one->length);
        break;
    }
}

/* ---- what servers state ------------------------------------------------------------------ */

static void announce_stated(hg_announcing *to, const dhcp6_option *one)
{
    enum { CLOCK_ADDRESS = 1 };
    const uint8_t *data = one->data;
    uint32_t length = one->length;
    if (one->code == OPTION_CLOCKS) { /* its first part */
        const int is_address = length >= OPTION_HEADER + IPV6_BYTES && hg_be16(data) == CLOCK_ADDRESS;
        data += OPTION_HEADER;
        length = is_address ? IPV6_BYTES : 0;
    } else if (one->code != OPTION_RESOLVERS && one->code != OPTION_SIMPLE_CLOCKS)
        return;
    for (; length >= IPV6_BYTES; length -= IPV6_BYTES, data += IPV6_BYTES)
        hg_announce_address(to, one->code == OPTION_RESOLVERS ? HG_NETWORK_RESOLVER : HG_NETWORK_CLOCK, 128, data, 6);
}

/* ---- sender and addresses ---------------------------------------------------------------- */

static void set_mac(hg_devices_values *found, const uint8_t *mac)
{
    if ((found->macs & HG_KNOWS_MAC) != 0)
        return;
    memcpy(found->mac, mac, HG_MAC_LENGTH);
    found->macs |= HG_KNOWS_MAC;
}

/* Sets the client's MAC from a value with the hardware type and then the address. */
static void take_link_address(hg_devices_values *found, const uint8_t *data, uint32_t length, uint32_t between)
{
    if (length == 2 + between + HG_MAC_LENGTH && hg_be16(data) == HARDWARE_ETHERNET)
        set_mac(found, data + 2 + between);
}

static void take_duid(hg_devices_values *found, const dhcp6_option *option)
{
    if (option->length < 2)
        return;
    const uint32_t kind = hg_be16(option->data);
    if (kind == DUID_LINK_TIME)
        take_link_address(found, option->data + 2, option->length - 2, DUID_TIME_BYTES);
    else if (kind == DUID_LINK)
        take_link_address(found, option->data + 2, option->length - 2, 0);
}

/* Sets the client's address; a group address or the unspecified address counts as none. */
static void set_address(hg_devices_values *found, const uint8_t *address)
{
    enum { MULTICAST = 0xFF };
    static const uint8_t none[IPV6_BYTES] = {0};
    const int is_own = address[0] != MULTICAST && memcmp(address, none, IPV6_BYTES) != 0;
    memcpy(found->device_ip, is_own ? address : none, IPV6_BYTES);
    found->device_ip_version = is_own ? 6 : 0;
}

/* Removes the frame's MAC, for frames that the client did not send. */
static void forget_sender(hg_devices_values *found)
{
    memset(found->mac, 0, HG_MAC_LENGTH);
    found->macs &= (uint8_t)~HG_KNOWS_MAC;
}

/* Replaces a relay's message by the message inside it. 0: there is none, or an option is cut. */
static int open_relayed(dhcp6_message *message, hg_devices_values *found)
{
    dhcp6_message inner = {.options = NULL};
    dhcp6_option one;
    for (uint32_t at = 0; next_option(message, &at, &one);) {
        if (one.code == OPTION_LINK_ADDRESS)
            take_link_address(found, one.data, one.length, 0);
        else if (one.code == OPTION_RELAYED && one.length >= HEADER)
            inner = (dhcp6_message){.options = one.data, .length = one.length, .type = one.data[0]};
    }
    const int is_whole = inner.options != NULL && !message->is_malformed;
    *message = inner;
    return is_whole;
}

/* Skips the headers of relays, and then the message's own. At first, `message` is the whole datagram. 0: malformed. */
static int unwrap(dhcp6_message *message, hg_devices_values *found)
{
    for (uint32_t relays = 0; message->type == MESSAGE_RELAY || message->type == MESSAGE_RELAY_REPLY; relays++) {
        if (relays == MOST_RELAYS || message->length < RELAY_HEADER)
            return 0;
        forget_sender(found);
        found->forwarded = 1;
        set_address(found, message->options + PEER_AT);
        message->options += RELAY_HEADER;
        message->length -= RELAY_HEADER;
        if (!open_relayed(message, found))
            return 0;
    }
    message->options += HEADER;
    message->length -= HEADER;
    return message->type >= 1 && message->type <= MESSAGE_LAST;
}

static int is_reply(const dhcp6_message *message)
{
    return message->type == MESSAGE_ADVERTISE || message->type == MESSAGE_REPLY || message->type == MESSAGE_RECONFIGURE;
}

/* Whether a station of the link sent the message: routers forward no packet with a link-local address (RFC 4291,
 * 2.5.6), and clients ignore its hop limit. */
static int is_from_link(const hg_datagram_in *in, uint8_t scope)
{
    enum { LINK_LOCAL = 0xFE80, MASK = 0xFFC0 };
    const uint8_t *from = (const uint8_t *)in->packet->source.word, *to = (const uint8_t *)in->packet->destination.word;
    return scope >= HG_SCOPE_SEGMENT || (!hg_in_tunnel(in->packet) && !hg_has_label(in->frame) &&
                                         ((hg_be16(from) & MASK) == LINK_LOCAL || (hg_be16(to) & MASK) == LINK_LOCAL));
}

hg_datagram_event hg_read_dhcp6(const hg_config *config, const hg_datagram_in *in, const hg_reader_output *to)
{
    dhcp6_message message = {.options = in->data, .length = in->length, .type = in->length > 0 ? in->data[0] : 0};
    hg_announcing list;
    dhcp6_option one;
    hg_announce_begin(&list, config->host_names, to);
    if (in->length < HEADER || in->packet->version != 6 || !unwrap(&message, &list.values))
        return hg_malformed(&to->stats->dhcp_malformed);
    if (message.type > MESSAGE_INFORM)
        return HG_DATAGRAM_NOTHING;
    const int answers = is_reply(&message);
    if (answers && !list.values.forwarded)
        forget_sender(&list.values);
    if (answers && !list.values.forwarded && is_from_link(in, *to->scope))
        list.values.macs |= HG_SERVES_LINK;
    if (!list.values.forwarded)
        set_address(&list.values, (const uint8_t *)(answers ? in->packet->destination.word : in->packet->source.word));
    list.values.message = (uint8_t)(HG_DHCP6_MESSAGE_OFFSET + message.type);
    list.is_of_others = (uint8_t)(answers || list.values.forwarded ||
                                  (list.values.device_ip_version == 0 && *to->scope < HG_SCOPE_SEGMENT));
    for (uint32_t at = 0; next_option(&message, &at, &one);) {
        if (one.code == OPTION_CLIENT_ID)
            take_duid(&list.values, &one);
        if (answers)
            announce_stated(&list, &one);
        else
            announce_option(&list, &message, &one);
    }
    if (!answers)
        announce_options(&list, &message);
    hg_announce_end(&list, to);
    to->stats->dhcp_malformed += message.is_malformed;
    return answers ? HG_DATAGRAM_SERVER : HG_DATAGRAM_CLIENT;
}
