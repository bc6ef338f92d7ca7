/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * ssdp.c - announcements of devices and of searching programs by SSDP.
 *
 * Types come before the Server header, which often names only a library.
 */
#include "announcements/readers.h"

#include "announcements/announcing.h"
#include "announcements/head.h"

typedef enum ssdp_kind { NO_MESSAGE, NOTIFY, SEARCH, ANSWER } ssdp_kind;

/* Headers that are read; if a header is repeated, the first one counts. */
typedef enum header { NT, ST, NTS, USN, SERVER, USER_AGENT, HEADERS } header;

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
    static const char *const NAMES[HEADERS] = {"nt", "st", "nts", "usn", "server", "user-agent"};
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

static void announce_all(hg_announcing *to, ssdp_kind kind, const headers *headers)
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
    announce_all(&list, kind, &found);
    return hg_announce_any(&list, to, kind == ANSWER ? HG_DATAGRAM_SERVER : HG_DATAGRAM_CLIENT);
}

int hg_ssdp_begins(const uint8_t *data, uint32_t length, uint32_t whole)
{
    (void)whole;
    return hg_span_begins(hg_span_of(data, length), "HTTP/1.1 200");
}
