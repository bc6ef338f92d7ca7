/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * ssdp.c - announcements of devices and of searching programs by SSDP.
 *
 * Types come before the Server header, which often names only a library.
 */
#include "announcements/readers.h"

#include "announcements/announcing.h"
#include "announcements/head.h"
#include "announcements/upnp.h"
#include "base/value.h"

typedef enum ssdp_kind { NO_MESSAGE, NOTIFY, SEARCH, ANSWER } ssdp_kind;

/* Headers that are read; if a header is repeated, the first one counts. */
typedef enum header { NT, ST, NTS, USN, SERVER, USER_AGENT, LOCATION, HEADERS } header;

typedef struct headers {
    hg_span values[HEADERS];
    uint8_t is_malformed;
} headers;

static int begins(hg_span text, const char *word)
{
    return hg_begins_like(text.data, text.length, word);
}

static ssdp_kind message_of(hg_span first)
{
    if (begins(first, "notify "))
        return NOTIFY;
    if (begins(first, "m-search "))
        return SEARCH;
    return begins(first, "http/1.1 200") || begins(first, "http/1.0 200") ? ANSWER : NO_MESSAGE;
}

static void take_header(headers *headers, hg_span line)
{
    static const char *const NAMES[HEADERS] = {"nt", "st", "nts", "usn", "server", "user-agent", "location"};
    hg_span name, value;
    if (!hg_head_field(line, &name, &value)) {
        headers->is_malformed = 1;
        return;
    }
    for (uint32_t i = 0; i < HEADERS; i++)
        if (headers->values[i].data == NULL && hg_is_like(name.data, name.length, NAMES[i]))
            headers->values[i] = value;
}

static void read_headers(headers *headers, hg_span rest)
{
    hg_span line;
    while (hg_head_line(&rest, &line)) {
        line = hg_head_trimmed(line);
        if (line.length == 0)
            return;
        take_header(headers, line);
    }
}

/* ---- announcements ---------------------------------------------------------------------------- */

/* Announces the type of a device or service. A device's identifier (uuid:) is not a type. */
static void announce_type(hg_announcing *to, hg_span type)
{
    if (!begins(type, "uuid:"))
        hg_announce(to, HG_SAYS_DEVICE_TYPE, type.data, type.length);
}

/* Announces the type in "uuid:IDENTIFIER::TYPE". */
static void announce_type_of(hg_announcing *to, hg_span name)
{
    for (uint32_t i = 0; i + 2 < name.length; i++)
        if (name.data[i] == ':' && name.data[i + 1] == ':') {
            announce_type(to, hg_span_of(name.data + i + 2, name.length - i - 2));
            return;
        }
}

/* Announces the port and path of "http://ADDRESS:PORT/PATH", if it is the sender's address. */
static void announce_place(hg_announcing *to, hg_span url, const hg_packet *packet)
{
    enum { WEB = 80 };
    char own[64] = HG_UPNP_URL "[", *at = own + strlen(HG_UPNP_URL) + (packet->version == 6);
    uint8_t source[16];
    memcpy(source, packet->source.word, sizeof source);
    *(at = hg_put_address(at, packet->version, source)) = 0;
    if (!begins(url, own))
        return;
    const uint8_t *rest = url.data + (at - own), *end = url.data + url.length;
    while (packet->version == 6 && rest < end && *rest++ != ']') /* a zone may follow the address */
        continue;
    uint32_t port = WEB;
    if (rest < end && *rest == ':')
        for (port = 0, rest++; rest < end && hg_is_digit(*rest) && port <= UINT16_MAX; rest++)
            port = 10 * port + *rest - '0';
    if (rest == end || *rest == '/')
        HG_ANNOUNCE_PIECES(to, HG_DESCRIPTION_PLACE, port, " ", hg_upnp_place(url));
}

static void announce_all(hg_announcing *to, ssdp_kind kind, const headers *headers, const hg_packet *packet)
{
    const hg_span *values = headers->values;
    if (kind == SEARCH) {
        hg_announce(to, HG_SAYS_SSDP_AGENT, values[USER_AGENT].data, values[USER_AGENT].length);
        hg_announce(to, HG_SAYS_SSDP_AGENT, values[SERVER].data, values[SERVER].length);
        return;
    }
    if (kind == NOTIFY && hg_is_like(values[NTS].data, values[NTS].length, "ssdp:byebye"))
        return;
    if (kind == ANSWER && values[ST].data == NULL && values[USN].data == NULL)
        return;
    announce_place(to, values[LOCATION], packet);
    announce_type(to, values[kind == NOTIFY ? NT : ST]);
    announce_type_of(to, values[USN]);
    hg_announce(to, HG_SAYS_SERVER, values[SERVER].data, values[SERVER].length);
}

hg_datagram_event hg_read_ssdp(const hg_config *config, const hg_datagram_in *in, const hg_reader_output *to)
{
    headers found = {.is_malformed = 0};
    hg_span rest = hg_span_of(in->data, in->length), first = hg_span_of(in->data, 0);
    hg_announcing list;
    (void)hg_head_line(&rest, &first);
    const ssdp_kind kind = message_of(first);
    if (kind != NO_MESSAGE)
        read_headers(&found, rest);
    to->stats->ssdp_malformed += kind == NO_MESSAGE || found.is_malformed;
    if (kind == NO_MESSAGE)
        return HG_DATAGRAM_NOTHING;
    hg_announce_begin(&list, config->host_names, to);
    announce_all(&list, kind, &found, in->packet);
    return hg_announce_any(&list, to, kind == ANSWER ? HG_DATAGRAM_SERVER : HG_DATAGRAM_CLIENT);
}

int hg_ssdp_begins(const uint8_t *data, uint32_t length, uint32_t whole)
{
    (void)whole;
    return hg_span_begins(hg_span_of(data, length), "HTTP/1.1 200");
}
