/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * name.c - what a database says of a row, escaped once per signature and call.
 */
#include "record/name.h"

#include "base/error.h"
#include "database/database.h"
#include "record/common.h"
#include "record/escape.h"

#include <stdlib.h>
#include <string.h>

/* More than the fixed text of any name. */
#define NAME_FIXED 512

typedef struct text_view {
    const uint8_t *bytes;
    size_t length;
} text_view;

static text_view text_at(const hg_database *database, uint32_t offset, uint32_t length)
{
    return (text_view){(const uint8_t *)hg_database_text(database, offset), length};
}

/* The strings of one name; those that a format leaves out are empty. */
typedef struct strings {
    text_view name;
    text_view flavor;
    text_view os_class;
    text_view signature;
    text_view file;
    uint32_t line;
    uint8_t flags; /* HG_SIGNATURE_... bits, 0 without a signature */
    uint8_t fuzzy;
} strings;

static strings strings_of(const hg_database *database, uint32_t label_index, uint32_t file_index)
{
    const hg_db_label *label = &database->tables.labels[label_index];
    const hg_db_file *file = &database->tables.files[file_index];
    return (strings){
        .name = text_at(database, label->name_offset, label->name_length),
        .flavor = text_at(database, label->flavor_offset, label->flavor_length),
        .os_class = text_at(database, label->class_offset, label->class_length),
        .file = text_at(database, file->name_offset, file->name_length),
    };
}

static strings signature_strings(const hg_database *database, uint32_t index)
{
    const hg_db_signature *signature = &database->tables.signatures[index];
    strings of = strings_of(database, signature->label, signature->file);
    of.signature = text_at(database, signature->text_offset, signature->text_length);
    of.line = signature->line;
    of.flags = signature->flags;
    return of;
}

static strings link_strings(const hg_database *database, uint32_t index)
{
    const hg_db_mtu *mtu = &database->tables.mtus[index];
    strings of = strings_of(database, mtu->label, mtu->file);
    of.line = mtu->line;
    return of;
}

/* ---- the formats -------------------------------------------------------------------- */

static char *put_plain(char *p, const strings *of, uint8_t separator)
{
    p = hg_escape_plain(p, of->name.bytes, of->name.length, separator);
    if (of->flavor.length == 0)
        return p;
    *p++ = ' ';
    return hg_escape_plain(p, of->flavor.bytes, of->flavor.length, separator);
}

static char *put_text(char *p, text_view text)
{
    return hg_put_json_string(p, text.bytes, text.length);
}

/* The value of a field of the match or the link, after its key. */
#define VALUE_OF(FIELD) static inline char *put_##FIELD(char *p, const strings *of)

VALUE_OF(MATCH_NAME)
{
    return put_text(p, of->name);
}

VALUE_OF(MATCH_FLAVOR)
{
    return put_text(p, of->flavor);
}

VALUE_OF(MATCH_KIND)
{
    return of->flags & HG_SIGNATURE_GENERIC ? HG_AFTER(p, "\"generic\"") : HG_AFTER(p, "\"specific\"");
}

VALUE_OF(MATCH_FUZZY)
{
    return hg_put_bool(p, of->fuzzy);
}

VALUE_OF(MATCH_USERLAND)
{
    return hg_put_bool(p, of->flags & HG_SIGNATURE_USERLAND);
}

VALUE_OF(MATCH_QUALITY)
{
    if (of->fuzzy)
        return HG_AFTER(p, HG_QUALITY_FUZZY);
    return of->flags & HG_SIGNATURE_GENERIC ? HG_AFTER(p, HG_QUALITY_GENERIC) : HG_AFTER(p, HG_QUALITY_SPECIFIC);
}

VALUE_OF(MATCH_SIGNATURE)
{
    return put_text(p, of->signature);
}

VALUE_OF(MATCH_FILE)
{
    return put_text(p, of->file);
}

VALUE_OF(MATCH_LINE)
{
    return hg_put_u32(p, of->line);
}

VALUE_OF(LINK)
{
    return put_MATCH_NAME(p, of);
}

VALUE_OF(LINK_FILE)
{
    return put_MATCH_FILE(p, of);
}

VALUE_OF(LINK_LINE)
{
    return put_MATCH_LINE(p, of);
}

#define PUT_VALUE(FIELD)            \
    HG_PUT(p, "," HG_JSON_##FIELD); \
    p = known ? put_##FIELD(p, of) : HG_AFTER(p, "null");

/* An object, or null. */
static char *put_match(char *p, const strings *of, int known)
{
    HG_PUT(p, "," HG_JSON_MATCH);
    if (!known)
        return HG_AFTER(p, "null");
    char *object = p;
    HG_FIELDS_SIGNATURE(PUT_VALUE)
    *object = '{';
    return HG_AFTER(p, "}");
}

/* All fields, each null when the link is unknown. */
static char *put_link(char *p, const strings *of, int known)
{
    HG_FIELDS_LINK(PUT_VALUE)
    return p;
}

static int is(text_view text, const char *word, size_t length)
{
    return text.length == length && memcmp(text.bytes, word, length) == 0;
}

/* host.os.type, or NULL where the name leaves it open. */
static const char *os_type(const strings *of)
{
#define HG_TYPED(word, type)                    \
    if (is(of->name, (word), sizeof(word) - 1)) \
        return (type);
    HG_ECS_OS_TYPES(HG_TYPED)
#undef HG_TYPED
    static const char between[] = " or ";
    for (size_t i = 0; i + sizeof between - 1 <= of->name.length; i++)
        if (memcmp(of->name.bytes + i, between, sizeof between - 1) == 0)
            return NULL;
    return is(of->os_class, "unix", 4) ? "unix" : NULL;
}

static char *put_host_os(char *p, const strings *of)
{
    HG_PUT(p, ",\"os\":{\"name\":");
    p = put_text(p, of->name);
    if (of->flavor.length > 0) {
        HG_PUT(p, ",\"version\":");
        p = put_text(p, of->flavor);
    }
    HG_PUT(p, ",\"full\":\"");
    p = hg_escape_json(p, of->name.bytes, of->name.length);
    if (of->flavor.length > 0) {
        *p++ = ' ';
        p = hg_escape_json(p, of->flavor.bytes, of->flavor.length);
    }
    *p++ = '"';
    const char *type = os_type(of);
    if (type != NULL) {
        HG_PUT(p, ",\"type\":\"");
        p = hg_put_bytes(p, type, strlen(type));
        *p++ = '"';
    }
    return HG_AFTER(p, "}");
}

/* Sets `name->host` too. */
static char *put_object(char *p, hg_format format, const strings *of, hg_name *name, int link, int known)
{
    p = link ? put_link(p, of, known) : put_match(p, of, known);
    name->host = (size_t)(p - name->text);
    int is_system = known && !link && !(of->flags & HG_SIGNATURE_USERLAND);
    return format == HG_FORMAT_ECS && is_system ? put_host_os(p, of) : p;
}

/* `known` and `of` speak of a signature or, with `link`, of a link. */
static char *put_name(char *p, hg_format format, const strings *of, hg_name *name, int link, int known)
{
    int app = of->flags & HG_SIGNATURE_USERLAND;
    switch (format) {
    case HG_FORMAT_P0F:
        p = link ? HG_AFTER(p, "link=") : app ? HG_AFTER(p, "app=") : HG_AFTER(p, "os=");
        return known ? put_plain(p, of, '|') : HG_AFTER(p, "???");
    case HG_FORMAT_TEXT:
        p = link ? HG_AFTER(p, "Link:   ") : app ? HG_AFTER(p, "App:    ") : HG_AFTER(p, "OS:     ");
        return known ? put_plain(p, of, 0) : HG_AFTER(p, "???");
    case HG_FORMAT_JSON:
    case HG_FORMAT_EVE:
    case HG_FORMAT_ECS:
    case HG_FORMATS:
    default:
        return put_object(p, format, of, name, link, known);
    }
}

/* ---- finding and keeping ------------------------------------------------------------ */

static hg_status reserve(hg_name *name, const strings *of, hg_error *error)
{
    /* The strings lie in memory, but with growth their sum may exceed a 32-bit size_t. */
    uint64_t label = (uint64_t)of->name.length + of->flavor.length; /* up to three times */
    uint64_t bytes = 3 * label + of->signature.length + of->file.length;
    uint64_t need = bytes * HG_ESCAPE_GROWTH + NAME_FIXED;
    if (need <= name->capacity)
        return HG_OK;
    if (need > SIZE_MAX - HG_RENDER_FIXED)
        return hg_fail(error, HG_E_MEMORY, "a label is too long to print");
    char *grown = realloc(name->text, (size_t)need);
    if (grown == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for the text of a label");
    name->text = grown;
    name->capacity = (size_t)need;
    return HG_OK;
}

static hg_status fill(hg_renderer *renderer, hg_name *name, uint32_t index, uint8_t fuzzy, int link,
                      hg_error *error)
{
    strings of = {0};
    int known = index != HG_NO_SIGNATURE;
    if (known)
        of = link ? link_strings(renderer->database, index) : signature_strings(renderer->database, index);
    of.fuzzy = fuzzy;
    name->key = 0; /* holds nothing should the next line fail */
    hg_status status = reserve(name, &of, error);
    if (status != HG_OK)
        return status;
    name->flags = of.flags;
    name->fuzzy = of.fuzzy;
    char *end = put_name(name->text, renderer->format, &of, name, link, known);
    name->length = (size_t)(end - name->text);
    return HG_OK;
}

hg_status hg_name_find(hg_renderer *renderer, uint32_t row, const hg_name **out, hg_error *error)
{
    static const hg_name nothing = {0};
    const hg_columns *columns = renderer->columns;
    const uint32_t at = renderer->row.at;
    const hg_database *database = renderer->database;
    int link = 0;
    switch ((hg_event)columns->event[row]) {
    case HG_EVENT_SYN:
    case HG_EVENT_SYN_ACK:
        break;
    case HG_EVENT_MTU:
        link = 1;
        break;
    case HG_EVENT_CLIENT_UPTIME:
    case HG_EVENT_SERVER_UPTIME:
    case HG_EVENT_KINDS:
        *out = &nothing;
        return HG_OK;
    }
    uint32_t index = link ? columns->tcp.link[at] : columns->tcp.signature[at];
    uint32_t held = database == NULL ? 0 : link ? database->tables.mtus_count : database->tables.signatures_count;
    if (index != HG_NO_SIGNATURE && index >= held)
        return hg_fail(error, HG_E_ARGUMENT, "row %u refers to %s %u, but the database has %u", row,
                       link ? "link" : "signature", index, held);
    uint8_t fuzzy = !link && index != HG_NO_SIGNATURE && columns->tcp.fuzzy[at];
    uint64_t key = (uint64_t)index << 3 | (uint64_t)fuzzy << 2 | (uint64_t)link << 1 | 1;
    hg_name *name = &renderer->names[(key * UINT64_C(0x9E3779B97F4A7C15)) >> 40 & (HG_NAME_SLOTS - 1)];
    if (name->key != key) {
        hg_status status = fill(renderer, name, index, fuzzy, link, error);
        if (status != HG_OK)
            return status;
        name->key = key;
    }
    *out = name;
    return HG_OK;
}

void hg_names_free(hg_renderer *renderer)
{
    for (uint32_t i = 0; i < HG_NAME_SLOTS; i++)
        free(renderer->names[i].text);
}
