/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * wsd.c - announcements of devices by WS-Discovery: Hello, and the answers to Probe and Resolve.
 *
 * The types and the scopes for hardware (ONVIF Core, 7.3.2) and manufacturer, which some makers add, are read. Names
 * and locations of cameras are skipped. A message about several devices comes from a proxy and is skipped, too.
 */
#include "announcements/readers.h"

#include "announcements/announcing.h"
#include "announcements/tags.h"

enum { MOST_PREFIXES = 32 };

typedef struct wsd_prefix {
    hg_span name, uri;
} wsd_prefix;

typedef struct wsd_message {
    hg_span action, types, scopes;
    uint32_t matches;
    uint32_t prefix_count;
    wsd_prefix prefixes[MOST_PREFIXES];
} wsd_message;

/* Stores the prefixes that a tag declares with xmlns:PREFIX="URI". */
static void take_prefixes(wsd_message *message, hg_cursor in)
{
    hg_span name, skipped, value;
    while (hg_tag_until(&in, '=', &name) && in.at < in.end && (*in.at == '"' || *in.at == '\'')) {
        const char quote = (char)*in.at++;
        hg_cursor words = hg_cursor_of(name);
        if (!hg_tag_until(&in, quote, &value))
            return;
        name = hg_tag_local(hg_tag_word(&words), &skipped);
        if (hg_span_is(skipped, "xmlns") && message->prefix_count < MOST_PREFIXES)
            message->prefixes[message->prefix_count++] = (wsd_prefix){name, value};
    }
}

/* Prefixes as the specifications write them. Some devices use them without a declaration. */
static const char *const USUAL[][2] = {
    {"wprt", "http://schemas.microsoft.com/windows/2006/08/wdp/print"},
    {"wscn", "http://schemas.microsoft.com/windows/2006/08/wdp/scan"},
    {"pub", "http://schemas.microsoft.com/windows/pub/2005/07"},
    {"dn", "http://www.onvif.org/ver10/network/wsdl"},
};

/* The namespace that was declared last for a prefix, or the usual one; length 0: there is none. */
static hg_span namespace_of(const wsd_message *message, hg_span prefix)
{
    for (uint32_t i = message->prefix_count; i > 0; i--)
        if (hg_span_equal(message->prefixes[i - 1].name, prefix))
            return message->prefixes[i - 1].uri;
    for (uint32_t i = 0; i < sizeof USUAL / sizeof *USUAL; i++)
        if (hg_span_is(prefix, USUAL[i][0]))
            return hg_span_of_word(USUAL[i][1]);
    return hg_span_of(prefix.data, 0);
}

/* Stores an element that begins, with the text up to the next tag. Of elements with equal names, the first counts. */
static void take_element(wsd_message *message, hg_span tag, hg_span text)
{
    hg_cursor in = hg_cursor_of(tag);
    hg_span prefix;
    const hg_span name = hg_tag_local(hg_tag_word(&in), &prefix);
    take_prefixes(message, in);
    message->matches += hg_span_is(name, "ProbeMatch") || hg_span_is(name, "ResolveMatch");
    hg_span *wanted = hg_span_is(name, "Action")   ? &message->action
                      : hg_span_is(name, "Types")  ? &message->types
                      : hg_span_is(name, "Scopes") ? &message->scopes
                                                   : NULL;
    if (wanted != NULL && wanted->length == 0)
        *wanted = text;
}

/* Reads a message; 0: it does not consist of tags. */
static int read_message(hg_cursor in, wsd_message *message)
{
    hg_tag tag;
    hg_tag_state state;
    uint32_t count = 0;
    for (; (state = hg_tag_next(&in, &tag)) == HG_TAG_READ; count++)
        if (hg_tag_begins(&tag))
            take_element(message, tag.inside, tag.text);
    return state == HG_TAG_NONE && count > 0;
}

/* Whether the message is about its sender. */
static int is_announcement(const wsd_message *message)
{
    static const char *const ACTIONS[] = {"/Hello", "/ProbeMatches", "/ResolveMatches"};
    hg_cursor in = hg_cursor_of(message->action);
    const hg_span action = hg_tag_word(&in);
    for (uint32_t i = 0; i < sizeof ACTIONS / sizeof *ACTIONS; i++)
        if (action.length > strlen(ACTIONS[i]) && hg_span_ends(action, ACTIONS[i]))
            return message->matches <= 1;
    return 0;
}

static void announce_types(hg_announcing *to, const wsd_message *message)
{
    hg_cursor in = hg_cursor_of(message->types);
    hg_span prefix;
    for (hg_span word = hg_tag_word(&in); word.length > 0; word = hg_tag_word(&in)) {
        const hg_span name = hg_tag_local(word, &prefix), space = namespace_of(message, prefix);
        if (space.length > 0)
            HG_ANNOUNCE_PIECES(to, HG_SAYS_DEVICE_TYPE, space, " ", name);
    }
}

static void announce_scopes(hg_announcing *to, const wsd_message *message)
{
    static const char *const KINDS[] = {"onvif://www.onvif.org/hardware/", "onvif://www.onvif.org/manufacturer/"};
    hg_cursor in = hg_cursor_of(message->scopes);
    for (hg_span word = hg_tag_word(&in); word.length > 0; word = hg_tag_word(&in))
        for (uint32_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
            if (word.length > strlen(KINDS[i]) && hg_begins_like(word.data, word.length, KINDS[i]))
                hg_announce(to, HG_SAYS_DEVICE_TYPE, word.data, word.length);
}

hg_datagram_event hg_read_wsd(const hg_config *config, const hg_datagram_in *in, const hg_reader_output *to)
{
    const hg_span nothing = hg_span_of("", 0);
    wsd_message found = {.action = nothing, .types = nothing, .scopes = nothing};
    hg_announcing list;
    if (!read_message((hg_cursor){in->data, in->data + in->length}, &found) || found.action.length == 0)
        return hg_malformed(&to->stats->ssdp_malformed);
    if (!is_announcement(&found))
        return HG_DATAGRAM_NOTHING;
    hg_announce_begin(&list, config->host_names, to);
    announce_types(&list, &found);
    announce_scopes(&list, &found);
    return hg_announce_any(&list, to, found.matches > 0 ? HG_DATAGRAM_SERVER : HG_DATAGRAM_CLIENT);
}
