/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * ssdp.c - announcements of devices and of searching programs by SSDP.
 *
 * Types come before the Server header, which often names only a library.
 */
#include "devices/readers.h"

#include "devices/announcing.h"

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

static hg_span trimmed(hg_span text)
{
    while (text.length > 0 && text.data[text.length - 1] <= ' ')
        text.length--;
    while (text.length > 0 && text.data[0] <= ' ')
        text = hg_span_of(text.data + 1, text.length - 1);
    return text;
}

/* Removes the next line, without its LF, from `rest`. 0: there is none. */
static int next_line(hg_span *rest, hg_span *line)
{
    const uint8_t *end = rest->length == 0 ? NULL : memchr(rest->data, '\n', rest->length);
    if (rest->length == 0)
        return 0;
    line->data = rest->data;
    line->length = end == NULL ? rest->length : (uint32_t)(end - rest->data);
    const uint32_t taken = end == NULL ? rest->length : line->length + 1;
    *rest = hg_span_of(rest->data + taken, rest->length - taken);
    return 1;
}

static ssdp_kind message_of(hg_span first)
{
    if (begins(first, "notify "))
        return NOTIFY;
    if (begins(first, "m-search "))
        return SEARCH;
    return begins(first, "http/1.1 200") || begins(first, "http/1.0 200") ? ANSWER : NO_MESSAGE;
}

static void take_header(headers *of, hg_span line)
{
    static const char *const NAMES[HEADERS] = {"nt", "st", "nts", "usn", "server", "user-agent"};
    const uint8_t *colon = memchr(line.data, ':', line.length);
    if (colon == NULL) {
        of->is_malformed = 1;
        return;
    }
    const uint32_t length = (uint32_t)(colon - line.data);
    const hg_span name = trimmed(hg_span_of(line.data, length));
    for (uint32_t i = 0; i < HEADERS; i++)
        if (of->values[i].data == NULL && hg_is_like(name.data, name.length, NAMES[i]))
            of->values[i] = trimmed(hg_span_of(colon + 1, line.length - length - 1));
}

static void read_headers(headers *of, hg_span rest)
{
    hg_span line;
    while (next_line(&rest, &line)) {
        line = trimmed(line);
        if (line.length == 0)
            return;
        take_header(of, line);
    }
}

/* ---- announcements ---------------------------------------------------------------------------- */

/* Announces the type of a device or service. A device's identifier (uuid:) is not a type. */
static void announce_type(hg_announcing *to, hg_span type)
{
    if (!begins(type, "uuid:"))
        hg_announce(to, HG_SAYS_SSDP_TYPE, type.data, type.length);
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

static void announce_all(hg_announcing *to, ssdp_kind kind, const headers *of)
{
    const hg_span *values = of->values;
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
    hg_announce(to, HG_SAYS_SSDP_SERVER, values[SERVER].data, values[SERVER].length);
}

hg_datagram_event hg_read_ssdp(const hg_config *config, const hg_datagram_in *in, const hg_reader_output *to)
{
    headers found = {.is_malformed = 0};
    hg_span rest = hg_span_of(in->data, in->length), first = hg_span_of(in->data, 0);
    hg_announcing list;
    (void)next_line(&rest, &first);
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
    static const char ANSWERS[] = "HTTP/1.1 200";
    return length >= sizeof ANSWERS - 1 && memcmp(data, ANSWERS, sizeof ANSWERS - 1) == 0;
}
