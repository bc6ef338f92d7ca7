/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * upnp.c - announces the first device of a UPnP description: its type, and the text
 *
 *     upnp MANUFACTURER;MODEL NAME;MODEL NUMBER;TYPE;MODEL DESCRIPTION
 *
 * Some makers have their own namespace, or none: the type of the device, a URN, shows that it is a description. The
 * friendly name, the serial number and the identifier are skipped; so are devices in the device, which may be
 * others that it speaks for.
 */
#include "announcements/upnp.h"

#include "announcements/announcing.h"
#include "announcements/head.h"
#include "announcements/tags.h"
#include "base/hash.h"

/* In the order of the text. */
typedef enum element { MANUFACTURER, MODEL_NAME, MODEL_NUMBER, TYPE, MODEL_DESCRIPTION, ELEMENTS } element;

typedef enum upnp_stage { BEFORE_ROOT, BEFORE_DEVICE, IN_DEVICE, WHOLE, OTHER } upnp_stage;

typedef struct description {
    hg_span values[ELEMENTS];
    upnp_stage stage;
} description;

/* The body behind the line with the length of its first chunk, if there is one. */
static hg_span without_chunk(hg_span body)
{
    enum { MOST_LINE = 12 };
    const hg_span begin = hg_span_first(body, MOST_LINE);
    if (begin.length == 0 || !hg_is_alphanumeric(*begin.data))
        return body;
    const uint8_t *newline = memchr(begin.data, '\n', begin.length);
    const uint32_t skipped = newline != NULL ? (uint32_t)(newline - begin.data) + 1 : begin.length;
    return hg_span_of(body.data + skipped, body.length - skipped);
}

int hg_upnp_begins(hg_span body)
{
    enum { MOST_BLANKS = 32 };
    static const char *const WORDS[] = {"<?xml ", "<root", "\xEF\xBB\xBF<?xml "};
    const hg_span begin = hg_head_trimmed(hg_span_first(without_chunk(body), MOST_BLANKS));
    for (uint32_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        const size_t length = hg_common_prefix(begin.data, begin.length, WORDS[i]);
        if (WORDS[i][length] == 0 || length == begin.length)
            return 1;
    }
    return 0;
}

/* Takes a value without blanks around it. A chunk's length inside it, like any other control character, spoils it. */
static void take_value(hg_span *value, hg_span text)
{
    text = hg_head_trimmed(text);
    for (uint32_t i = 0; i < text.length; i++)
        if (text.data[i] < ' ')
            return;
    if (value->length == 0)
        *value = text;
}

static int ends_device(hg_span name)
{
    return hg_span_is(name, "device") || hg_span_is(name, "deviceList") || hg_span_is(name, "serviceList") ||
           hg_span_is(name, "/device");
}

/* Takes a tag; comments and instructions are skipped. */
static void take_tag(description *description, const hg_tag *tag)
{
    static const char *const NAMES[ELEMENTS] = {"manufacturer", "modelName", "modelNumber", "deviceType",
                                                "modelDescription"};
    hg_cursor in = hg_cursor_of(tag->inside);
    hg_span prefix;
    const hg_span name = hg_tag_local(hg_tag_word(&in), &prefix);
    if (description->stage == IN_DEVICE) {
        description->stage = ends_device(name) ? WHOLE : IN_DEVICE;
        for (uint32_t i = 0; i < ELEMENTS; i++)
            if (hg_span_is(name, NAMES[i]))
                take_value(description->values + i, tag->text);
    } else if (description->stage == BEFORE_DEVICE) {
        description->stage = hg_span_is(name, "device") ? IN_DEVICE : hg_span_is(name, "/root") ? OTHER : BEFORE_DEVICE;
    } else if (hg_tag_begins(tag)) {
        description->stage = hg_span_is(name, "root") ? BEFORE_DEVICE : OTHER;
    }
}

/* "ZonePlayer" in "urn:schemas-upnp-org:device:ZonePlayer:1". Without it: the text is no type of a device. */
static hg_span name_of_type(hg_span type)
{
    hg_cursor in = hg_cursor_of(type);
    hg_span part;
    if (hg_tag_until(&in, ':', &part) && hg_span_is(part, "urn") && hg_tag_until(&in, ':', &part) &&
        hg_tag_until(&in, ':', &part) && hg_span_is(part, "device") && hg_tag_until(&in, ':', &part))
        return part;
    return hg_span_of(type.data, 0);
}

uint32_t hg_upnp_place(hg_span url)
{
    enum { HOST_AT = sizeof HG_UPNP_URL - 1 };
    const int is_whole = hg_begins_like(url.data, url.length, HG_UPNP_URL);
    for (; is_whole && url.length > HOST_AT && url.data[HOST_AT] != '/'; url.length--)
        url.data++;
    if (is_whole)
        url = url.length > HOST_AT ? hg_span_of(url.data + HOST_AT, url.length - HOST_AT) : hg_span_of("/", 1);
    return hg_hash_fold(hg_hash_span(HG_HASH_MULTIPLIER, url)) | HG_UPNP_SEVERAL << 1;
}

static void announce(hg_announcing *to, const description *description, uint32_t place)
{
    const hg_span type = description->values[TYPE], name = name_of_type(type);
    if (name.length == 0)
        return;
    hg_announce(to, HG_SAYS_DEVICE_TYPE, type.data, type.length);
    HG_ANNOUNCE_PIECES(to, HG_DESCRIPTION_PLACE, place);
    if (description->values[MANUFACTURER].length + description->values[MODEL_NAME].length == 0)
        return;
    hg_announce_open(to, HG_SAYS_DISCOVERY);
    for (uint32_t i = 0; i < ELEMENTS; i++) {
        const hg_span value = i == TYPE ? name : description->values[i];
        HG_ANNOUNCE_MORE(to, i == 0 ? "upnp " : ";", value);
    }
    hg_announce_close(to);
}

hg_upnp_state hg_upnp_read(hg_span body, uint32_t place, const hg_reader_output *to)
{
    description found = {.stage = BEFORE_ROOT};
    hg_announcing list;
    hg_tag tag;
    if (!hg_upnp_begins(body))
        return HG_UPNP_OTHER;
    hg_cursor in = hg_cursor_of(hg_span_first(without_chunk(body), HG_UPNP_MOST));
    while (found.stage < WHOLE && hg_tag_next(&in, &tag) == HG_TAG_READ)
        take_tag(&found, &tag);
    if (found.stage < WHOLE && body.length < HG_UPNP_MOST)
        return HG_UPNP_MORE;
    hg_announce_begin(&list, 0, to);
    if (found.stage == IN_DEVICE || found.stage == WHOLE)
        announce(&list, &found, place);
    return hg_announce_any(&list, to, HG_DATAGRAM_SERVER) == HG_DATAGRAM_SERVER ? HG_UPNP_FOUND : HG_UPNP_OTHER;
}
