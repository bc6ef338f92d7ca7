/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * ecs_records.c - hosts and devices as documents of the Elastic Common Schema (ECS), made from their JSON records: so
 * hosts of a store, which are in no table of the core, become documents in the same way.
 */
#include "base/error.h"
#include "base/writer.h"
#include "database/database.h"
#include "output/json.h"

enum { MOST_MEMBERS = 128 };

typedef struct member {
    hg_span key;
    hg_span value; /* as written, texts with their quotes */
} member;

typedef struct object {
    uint32_t count;
    member members[MOST_MEMBERS];
} object;

/* ---- reading ------------------------------------------------------------------------------- */

/* The next mark from `at` on that is outside quotes and inner brackets; text.length: none. */
static uint32_t next_mark(hg_span text, uint32_t at)
{
    int is_quoted = 0;
    for (uint32_t depth = 0; at < text.length; at++) {
        const char c = text.text[at];
        if (is_quoted) {
            is_quoted = c != '"';
            at += c == '\\';
        } else if (depth == 0 && memchr(",:]}", c, 4) != NULL) {
            return at;
        } else {
            is_quoted = c == '"';
            depth += (uint32_t)(c == '{' || c == '[');
            depth -= (uint32_t)(c == '}' || c == ']');
        }
    }
    return text.length;
}

/* The part of a text from `begin` to before `end`. */
static hg_span part(hg_span text, uint32_t begin, uint32_t end)
{
    return hg_span_of(text.data + begin, end - begin);
}

/* Reads the member of an object, or the item of a list, after the mark at `*at`, which becomes the mark that follows.
 * There are no spaces between marks. 0: no more. */
static int next_member(hg_span text, uint32_t *at, member *out)
{
    uint32_t begin = *at + 1, end = next_mark(text, begin);
    if (text.length > 0 && text.text[0] == '{') {
        if (end >= text.length || text.text[end] != ':' || end < begin + 2)
            return 0;
        out->key = part(text, begin + 1, end - 1);
        begin = end + 1;
        end = next_mark(text, begin);
    }
    if (end >= text.length || end == begin)
        return 0;
    out->value = part(text, begin, end);
    *at = end;
    return 1;
}

/* Returns 0 if the text is not an object, or is empty. */
static int read_object(hg_span text, object *out)
{
    uint32_t at = 0;
    out->count = 0;
    if (text.length == 0 || text.text[0] != '{')
        return 0;
    while (out->count < MOST_MEMBERS && (at == 0 || text.text[at] == ',') &&
           next_member(text, &at, out->members + out->count))
        out->count++;
    return at + 1 == text.length && text.text[at] == '}';
}

/* The value of a key; empty: there is none, or null. */
static hg_span value_of(const object *object, const char *key)
{
    for (uint32_t i = 0; i < object->count; i++)
        if (hg_span_is(object->members[i].key, key))
            return hg_span_is(object->members[i].value, "null") ? (hg_span){0} : object->members[i].value;
    return (hg_span){0};
}

/* A text of an object, escaped; empty: there is none. */
static hg_span text_of(const object *object, const char *key)
{
    const hg_span value = value_of(object, key);
    return value.length < 2 || value.text[0] != '"' ? (hg_span){0} : part(value, 1, value.length - 1);
}

/* ---- writing ------------------------------------------------------------------------------- */

#define hg_json_value(to, value) hg_json_raw((to), (value).text, (value).length)

/* Writes a member, unless its value is empty. */
static void put_known(hg_json *to, const char *key, hg_span value)
{
    if (value.length > 0)
        HG_JSON_KEY(to, key, value, value);
}

/* Writes one text made of two that are already escaped, either of which may be empty. */
static void put_texts(hg_json *to, const char *key, hg_span first, hg_span second)
{
    hg_json_key(to, key);
    hg_json_begin_text(to);
    hg_write(&to->out, first.text, first.length);
    if (first.length > 0 && second.length > 0)
        hg_write_word(&to->out, " ");
    hg_write(&to->out, second.text, second.length);
    hg_json_end_text(to);
}

/* Writes the members of an object but those of `without`, which ends with NULL. */
static void put_others(hg_json *to, const object *object, const char *const *without, int with_nulls)
{
    for (uint32_t i = 0; i < object->count; i++) {
        const char *const *one = without;
        while (*one != NULL && !hg_span_is(object->members[i].key, *one))
            one++;
        const hg_span key = object->members[i].key, value = object->members[i].value;
        if (*one == NULL && (with_nulls || !hg_span_is(value, "null")))
            hg_json_raw(to, key.text - 1, (size_t)(value.text + value.length + 1 - key.text));
    }
}

static void put_system(hg_json *to, hg_span name, hg_span version, int with_full)
{
    const hg_span none = {0};
    const char *type = hg_ecs_os_type(name);
    if (name.length == 0)
        return;
    HG_JSON_KEY(to, "os", open, '{');
    put_texts(to, "name", name, none);
    if (version.length > 0)
        put_texts(to, "version", version, none);
    if (with_full)
        put_texts(to, "full", hg_flavor_repeats_name(name, version) ? none : name, version);
    if (type != NULL)
        HG_JSON_KEY(to, "type", word, type);
    hg_json_close(to, '}');
}

/* Writes a MAC in ECS's form. */
static void put_mac(hg_json *to, hg_span mac)
{
    if (mac.length == 0)
        return;
    HG_JSON_KEY(to, "mac", open, '[');
    hg_json_begin_text(to);
    for (uint32_t i = 0; i < mac.length; i++) {
        const char c = mac.text[i], written = (char)(c == ':' ? '-' : c >= 'a' && c <= 'f' ? c - 'a' + 'A' : c);
        hg_write(&to->out, &written, 1);
    }
    hg_json_end_text(to);
    hg_json_close(to, ']');
}

static void put_addresses(hg_json *to, const object *record)
{
    const hg_span one = value_of(record, "ip"), list = value_of(record, "addresses");
    object address;
    member item;
    if (one.length == 0 && list.length <= strlen("[]"))
        return;
    HG_JSON_KEY(to, "ip", open, '[');
    if (one.length > 0)
        hg_json_value(to, one);
    for (uint32_t at = 0; next_member(list, &at, &item);)
        if (read_object(item.value, &address))
            hg_json_value(to, value_of(&address, "ip"));
    hg_json_close(to, ']');
}

static void put_host(hg_json *to, const object *record, int is_device)
{
    const hg_span minutes = value_of(record, "uptime_minutes");
    uint64_t seconds = 0;
    HG_JSON_KEY(to, "host", open, '{');
    put_addresses(to, record);
    put_mac(to, text_of(record, "mac"));
    put_known(to, "hostname", value_of(record, "host_name"));
    put_system(to, text_of(record, is_device ? "system" : "family"), text_of(record, is_device ? "version" : "flavor"),
               !is_device);
    for (uint32_t i = 0; i < minutes.length && minutes.data[i] >= '0' && minutes.data[i] <= '9'; i++)
        seconds = 10 * seconds + 60 * (uint64_t)(minutes.data[i] - '0');
    if (hg_span_is(value_of(record, "uptime_reliable"), "true"))
        HG_JSON_KEY(to, "uptime", u64, seconds);
    hg_json_close(to, '}');
}

/* Writes the keys of a device for which ECS has names. */
static void put_product(hg_json *to, hg_span manufacturer, hg_span model)
{
    if (manufacturer.length == 0 && model.length == 0)
        return;
    HG_JSON_KEY(to, "device", open, '{');
    put_known(to, "manufacturer", manufacturer);
    if (model.length > 0) {
        HG_JSON_KEY(to, "model", open, '{');
        HG_JSON_KEY(to, "name", value, model);
        hg_json_close(to, '}');
    }
    hg_json_close(to, '}');
}

/* Writes what ECS has no names for. */
static void put_own(hg_json *to, const object *record, const object *device, int is_device)
{
    static const char *const OF_HOST[] = {"ip", "mac", "mac_local", "host_name", "device", NULL}, *const OF_DEVICE[] = {
                                                                                                      "mac",
                                                                                                      "host_name",
                                                                                                      "manufacturer",
                                                                                                      "model", NULL};
    const hg_span local = value_of(record, "mac_local");
    HG_JSON_KEY(to, HG_ECS_OBJECT, open, '{');
    put_others(to, record, is_device ? OF_DEVICE : OF_HOST, 1);
    if (!is_device && (device->count > 0 || local.length > 0)) {
        HG_JSON_KEY(to, "device", open, '{');
        put_others(to, device, OF_DEVICE, 0);
        put_known(to, "mac_local", local);
        hg_json_close(to, '}');
    }
    hg_json_value(to, hg_span_of_word(HG_JSON_SCHEMA_VERSION));
    hg_json_close(to, '}');
}

#define ABOUT_EVENT                                                                              \
    "\"kind\":\"asset\",\"category\":[\"host\"],\"type\":[\"info\"],\"module\":\"" HG_ECS_OBJECT \
    "\",\"dataset\":\"" HG_ECS_OBJECT "."

static void put_document(hg_json *to, const object *record)
{
    const hg_span event = text_of(record, "event"), last = value_of(record, "last_seen");
    const int is_device = hg_span_is(event, "device");
    object inner = {.count = 0};
    if (!is_device)
        read_object(value_of(record, "device"), &inner);
    const object *device = is_device ? record : &inner;
    hg_json_open(to, '{');
    put_known(to, "@timestamp", last);
    HG_JSON_KEY(to, "event", open, '{');
    hg_json_value(to, hg_span_of_word(ABOUT_EVENT));
    hg_write(&to->out, event.text, event.length);
    hg_write_word(&to->out, "\"");
    put_known(to, "start", value_of(record, "first_seen"));
    put_known(to, "end", last);
    hg_json_close(to, '}');
    put_host(to, record, is_device);
    put_product(to, value_of(device, "manufacturer"), value_of(device, "model"));
    put_own(to, record, device, is_device);
    hg_json_value(to, hg_span_of_word(HG_ECS_OBSERVER "}," HG_ECS_VERSIONED));
    hg_json_close(to, '}');
}

hg_status hg_ecs_of_records(const char *records, size_t length, char *out, size_t capacity, size_t *written,
                            hg_error *error)
{
    hg_json to = {.out = {.at = out, .capacity = capacity, .is_json = 1}};
    object record;
    *written = 0;
    for (const char *end; length > 0; length -= (size_t)(end + 1 - records), records = end + 1) {
        end = memchr(records, '\n', length);
        if (end == NULL || (size_t)(end - records) > UINT32_MAX ||
            !read_object(hg_span_of(records, (size_t)(end - records)), &record))
            return hg_fail(error, HG_E_ARGUMENT, "a record is not an object on a line of its own");
        to.needs_comma = 0;
        put_document(&to, &record);
        hg_write_word(&to.out, "\n");
    }
    *written = to.out.length;
    return to.out.is_full ? hg_fail(error, HG_E_ARGUMENT, "no room for documents in %zu bytes", capacity) : HG_OK;
}
