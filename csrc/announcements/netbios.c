/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * netbios.c - announcements by NetBIOS: the names of a host, and its announcement as a server.
 *
 * In the name service (port 137), only a host's statements about itself count: registering or refreshing a name, and
 * answers with its own address. A name server answers for other hosts. In the datagram service (port 138), the sender's
 * name counts, and a server's announcement to the mail slot of the browsers, which keep lists of servers.
 */
#include "announcements/readers.h"

#include "announcements/dns.h"

enum { NAME_PORT = 137 };

typedef struct netbios_message {
    const uint8_t *data;
    uint32_t length;
    hg_announcing list;
    uint8_t address[4]; /* of the sender */
} netbios_message;

/* ---- names ------------------------------------------------------------------------------ */

/* The last byte of a name, its suffix, states the kind of service that has the name. */
enum { NAME_BYTES = 15, WHOLE_NAME, NAME_LETTERS = 2 * WHOLE_NAME, MOST_SCOPE = 255, POINTER_BYTES = 2 };

enum { SUFFIX_WORKSTATION = 0x00, SUFFIX_SERVER = 0x20 };

/* Decodes a name of 16 bytes, each of which is encoded as two letters from A to P. */
static int decode(const uint8_t *letters, uint8_t name[WHOLE_NAME])
{
    for (uint32_t i = 0; i < NAME_LETTERS; i += 2) {
        const uint32_t high = (uint32_t)letters[i] - 'A', low = (uint32_t)letters[i + 1] - 'A';
        if (high > 15 || low > 15)
            return 0;
        name[i / 2] = (uint8_t)(high << 4 | low);
    }
    return 1;
}

/* Moves `*at` past labels and the zero or pointer that ends them. 0: they are malformed or too long. */
static int skip_labels(const netbios_message *message, uint32_t *at)
{
    const uint32_t begin = *at;
    *at = hg_dns_skip_name(&(hg_span){{message->data}, message->length}, begin);
    return *at != 0 && *at - begin <= MOST_SCOPE + POINTER_BYTES;
}

/* Reads the name at `*at`, and moves `*at` past the name and its scope. 0: they are malformed. */
static int take_name(const netbios_message *message, uint32_t *at, uint8_t name[WHOLE_NAME])
{
    if (*at > message->length || message->length - *at < 1 + NAME_LETTERS || message->data[*at] != NAME_LETTERS ||
        !decode(message->data + *at + 1, name))
        return 0;
    return skip_labels(message, at);
}

/* Announces the name of a workstation or server, without the blanks that pad it. */
static void announce_name(netbios_message *message, const uint8_t *text, uint32_t most, uint8_t suffix)
{
    uint32_t length = 0;
    while (length < most && text[length] != 0)
        length++;
    if (suffix == SUFFIX_WORKSTATION || suffix == SUFFIX_SERVER)
        hg_announce(&message->list, HG_SAYS_NAME, text, length);
}

/* ---- the name service ---------------------------------------------------------------------- */

enum { NAME_HEADER = 12, RECORD_FIXED = 10, ADDRESS_BYTES = 6, STATUS_ENTRY = 18 };
enum { IS_RESPONSE = 0x8000, RETURN_CODE = 0x000F, IS_GROUP = 0x8000 };
enum {
    OPCODE_QUERY = 0,
    OPCODE_REGISTRATION = 5,
    OPCODE_REFRESH = 8,
    OPCODE_REFRESH_TOO = 9, /* RFC 1002 defines both numbers */
    OPCODE_MULTIHOMED = 15
};
enum { TYPE_ADDRESS = 0x20, TYPE_STATUS = 0x21 };

/* Announces the name if the list of its addresses contains the sender's. */
static void announce_if_own(netbios_message *message, const uint8_t name[WHOLE_NAME], const uint8_t *data,
                            uint32_t length)
{
    for (uint32_t at = 0; at + ADDRESS_BYTES <= length; at += ADDRESS_BYTES)
        if ((hg_be16(data + at) & IS_GROUP) == 0 &&
            memcmp(data + at + 2, message->address, sizeof message->address) == 0) {
            announce_name(message, name, NAME_BYTES, name[NAME_BYTES]);
            return;
        }
}

/* Announces all names of the sender. 0: the list is cut. */
static int announce_status(netbios_message *message, const uint8_t *data, uint32_t length)
{
    const uint32_t count = length > 0 ? data[0] : 0;
    if (length < 1 + count * STATUS_ENTRY)
        return 0;
    for (uint32_t i = 0; i < count; i++) {
        const uint8_t *entry = data + 1 + (size_t)i * STATUS_ENTRY;
        if ((hg_be16(entry + NAME_BYTES + 1) & IS_GROUP) == 0)
            announce_name(message, entry, NAME_BYTES, entry[NAME_BYTES]);
    }
    return 1;
}

/* Reads the record at `at`, whose name is `name`. 0: it is malformed. */
static int read_record(netbios_message *message, uint32_t at, const uint8_t name[WHOLE_NAME])
{
    if (message->length < RECORD_FIXED || at > message->length - RECORD_FIXED)
        return 0;
    const uint32_t type = hg_be16(message->data + at), length = hg_be16(message->data + at + RECORD_FIXED - 2);
    at += RECORD_FIXED;
    if (length > message->length - at)
        return 0;
    if (type == TYPE_STATUS)
        return announce_status(message, message->data + at, length);
    if (type == TYPE_ADDRESS)
        announce_if_own(message, name, message->data + at, length);
    return 1;
}

/* Reads an answer, or a registration, which has the name in its question and again in its record. */
static int read_named(netbios_message *message, int has_question)
{
    enum { QUESTION_FIXED = 4 };
    uint8_t name[WHOLE_NAME];
    uint32_t at = NAME_HEADER;
    if (!take_name(message, &at, name))
        return 0;
    at += has_question ? QUESTION_FIXED : 0;
    return (!has_question || skip_labels(message, &at)) && read_record(message, at, name);
}

/* Reads a message of the name service. 0: it is malformed. */
static int read_name_service(netbios_message *message)
{
    enum { FLAGS_AT = 2, QUESTIONS_AT = 4, ANSWERS_AT = 6, ADDITIONAL_AT = 10 };
    if (message->length < NAME_HEADER)
        return 0;
    const uint32_t flags = hg_be16(message->data + FLAGS_AT);
    if ((flags & IS_RESPONSE) != 0) {
        const int answers = (flags >> 11 & 15) == OPCODE_QUERY && (flags & RETURN_CODE) == 0;
        return !answers || hg_be16(message->data + ANSWERS_AT) == 0 || read_named(message, 0);
    }
    switch (flags >> 11 & 15) {
    case OPCODE_REGISTRATION:
    case OPCODE_REFRESH:
    case OPCODE_REFRESH_TOO:
    case OPCODE_MULTIHOMED:
        return hg_be16(message->data + QUESTIONS_AT) == 0 || hg_be16(message->data + ADDITIONAL_AT) == 0 ||
               read_named(message, 1);
    default:
        return 1;
    }
}

/* ---- announcements to browsers ---------------------------------------------------------------- */

enum { HOST_ANNOUNCEMENT = 1, LOCAL_MASTER = 15 };
enum { BROWSER_NAME_AT = 6, BROWSER_NAME = 16, MAJOR_AT = 22, MINOR_AT = 23, TYPES_AT = 24, COMMENT_AT = 32 };

/* Reads a server's announcement. 0: it is cut. Other messages are not read; the version in a domain's announcement is
 * the protocol's, not the system's. */
static int read_browser(netbios_message *message, const uint8_t *data, uint32_t length)
{
    static const hg_bit_word TYPES[] = {
        {0x800, "unix"}, {0x8000, "server"}, {0x18, "dc"}, {0x1, "workstation"}, {0x200, "printq"}};
    if (length == 0 || (data[0] != HOST_ANNOUNCEMENT && data[0] != LOCAL_MASTER))
        return 1;
    if (length < COMMENT_AT)
        return 0;
    uint32_t comment = 0;
    while (comment < length - COMMENT_AT && data[COMMENT_AT + comment] != 0)
        comment++;
    announce_name(message, data + BROWSER_NAME_AT, BROWSER_NAME, SUFFIX_SERVER);
    hg_announce_open(&message->list, HG_SAYS_BROWSER);
    HG_ANNOUNCE_MORE(&message->list, data[MAJOR_AT], ".", data[MINOR_AT], " ");
    if (hg_announce_bits(&message->list, TYPES, sizeof TYPES / sizeof *TYPES, hg_le32(data + TYPES_AT)) == 0)
        hg_announce_word(&message->list, "-");
    HG_ANNOUNCE_MORE(&message->list, " ", hg_span_of(data + COMMENT_AT, comment));
    hg_announce_close(&message->list);
    return 1;
}

/* 1 if the zero-terminated text at `at` is the name of the browsers' mail slot. */
static int is_browsers(const uint8_t *data, uint32_t length, uint32_t at)
{
    static const char SLOT[] = "\\MAILSLOT\\BROWSE";
    return at <= length && length - at >= sizeof SLOT && hg_begins_like(data + at, length - at, SLOT) &&
           data[at + sizeof SLOT - 1] == 0;
}

/* Reads an SMB message that writes to a mail slot ([MS-MAIL]). */
static int read_mail(netbios_message *message, const uint8_t *data, uint32_t length)
{
    enum { COMMAND_AT = 4, TRANSACTION = 0x25, WORDS_AT = 32, LEAST_WORDS = 17 };
    enum { DATA_LENGTH_AT = WORDS_AT + 1 + 22, DATA_PLACE_AT = WORDS_AT + 1 + 24 };
    if (length < 4 || memcmp(data, "\xFFSMB", 4) != 0)
        return 1;
    if (length < COMMAND_AT + 1 || data[COMMAND_AT] != TRANSACTION)
        return 1;
    if (length < WORDS_AT + 1 || data[WORDS_AT] < LEAST_WORDS)
        return 0;
    const uint32_t name = WORDS_AT + 1 + 2 * (uint32_t)data[WORDS_AT] + 2;
    if (name > length)
        return 0;
    if (!is_browsers(data, length, name))
        return 1;
    const uint32_t place = hg_le16(data + DATA_PLACE_AT), size = hg_le16(data + DATA_LENGTH_AT);
    if (place > length || size > length - place)
        return 0;
    return read_browser(message, data + place, size);
}

/* ---- the datagram service -------------------------------------------------------------------- */

static int read_datagram_service(netbios_message *message)
{
    enum { TYPE_AT = 0, FLAGS_AT = 1, ADDRESS_AT = 4, PLACE_AT = 12, HEADER = 14 };
    enum { DIRECT = 0x10, BROADCAST = 0x12, IS_FIRST = 0x02 };
    uint8_t name[WHOLE_NAME], to[WHOLE_NAME];
    uint32_t at = HEADER;
    if (message->length < HEADER)
        return 0;
    const uint8_t *data = message->data;
    if (data[TYPE_AT] < DIRECT || data[TYPE_AT] > BROADCAST)
        return 1; /* errors, and requests to a server that distributes datagrams */
    if ((data[FLAGS_AT] & IS_FIRST) == 0 || hg_be16(data + PLACE_AT) != 0)
        return 1;
    if (memcmp(data + ADDRESS_AT, message->address, sizeof message->address) != 0)
        return 1; /* sent by a server that distributes datagrams, or through address translation */
    if (!take_name(message, &at, name) || !take_name(message, &at, to))
        return 0;
    announce_name(message, name, NAME_BYTES, name[NAME_BYTES]);
    return read_mail(message, data + at, message->length - at);
}

/* ---- a datagram ------------------------------------------------------------------------------- */

hg_datagram_event hg_read_netbios(const hg_config *config, const hg_datagram_in *in, const hg_reader_output *to)
{
    enum { RESPONSE_BIT = 0x80, RESPONSE_AT = 2 };
    netbios_message message = {.data = in->data, .length = in->length};
    if (in->packet->version != 4)
        return HG_DATAGRAM_NOTHING; /* NetBIOS messages contain IPv4 addresses */
    const int is_name = in->packet->source_port == NAME_PORT || in->packet->destination_port == NAME_PORT;
    memcpy(message.address, in->packet->source.word, sizeof message.address);
    hg_announce_begin(&message.list, config->host_names, to);
    if (!(is_name ? read_name_service(&message) : read_datagram_service(&message)))
        to->stats->netbios_malformed++;
    const int is_response = is_name && in->length > RESPONSE_AT && (in->data[RESPONSE_AT] & RESPONSE_BIT) != 0;
    return hg_announce_any(&message.list, to, is_response ? HG_DATAGRAM_SERVER : HG_DATAGRAM_CLIENT);
}
