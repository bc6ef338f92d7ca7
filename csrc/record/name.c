/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * name.c - what a database says of a row, escaped once per signature and call.
 */
#include "record/name.h"

#include "base/error.h"
#include "database/label.h"
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

/* What a name is of. */
typedef enum named {
    NAMED_SIGNATURE = 0,
    NAMED_LINK = 1,
    NAMED_CLIENT = 2, /* of a ClientHello */
    NAMED_REQUEST = 3,
    NAMED_RESPONSE = 4
} named;

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
    uint8_t hides_private;
    uint8_t is_either; /* the name has several families */
    uint8_t says_all;  /* the flavor names them again */
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
        .is_either = hg_first_family(database, label) < label->name_length,
        .says_all = (uint8_t)hg_flavor_says_all(database, label),
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

static strings client_strings(const hg_database *database, uint32_t index)
{
    const hg_db_hello *hello = &database->tables.hellos[index];
    strings of = strings_of(database, hello->label, hello->file);
    of.signature = text_at(database, hello->text_offset, hello->text_length);
    of.line = hello->line;
    of.flags = (uint8_t)hello->flags;
    return of;
}

static strings http_strings(const hg_database *database, uint32_t index)
{
    const hg_db_http *http = &database->tables.https[index];
    const uint32_t label = database->tables.labels[http->label].flags;
    strings of = strings_of(database, http->label, http->file);
    of.signature = text_at(database, http->text_offset, http->text_length);
    of.line = http->line;
    of.flags = (uint8_t)((label & HG_LABEL_GENERIC ? HG_SIGNATURE_GENERIC : 0) |
                         (label & HG_LABEL_USERLAND ? HG_SIGNATURE_USERLAND : 0));
    return of;
}

static strings strings_named(const hg_database *database, named what, uint32_t index)
{
    switch (what) {
    case NAMED_LINK:
        return link_strings(database, index);
    case NAMED_CLIENT:
        return client_strings(database, index);
    case NAMED_REQUEST:
    case NAMED_RESPONSE:
        return http_strings(database, index);
    case NAMED_SIGNATURE:
        break;
    }
    return signature_strings(database, index);
}

/* ---- the formats -------------------------------------------------------------------- */

/* Name and flavor as people read them. */
static char *put_plain(char *p, const strings *of, uint8_t separator)
{
    if (of->says_all)
        return hg_escape_plain(p, of->flavor.bytes, of->flavor.length, separator);
    p = hg_escape_plain(p, of->name.bytes, of->name.length, separator);
    if (of->flavor.length == 0)
        return p;
    *p++ = ' ';
    return hg_escape_plain(p, of->flavor.bytes, of->flavor.length, separator);
}

#define put_text(p, text) hg_put_json_string((p), (text).bytes, (text).length)

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

#define SAME_AS_MATCH(FIELD)                     \
    VALUE_OF(CLIENT_##FIELD)                     \
    {                                            \
        return put_MATCH_##FIELD(p, of);         \
    }                                            \
    VALUE_OF(SERVER_##FIELD)                     \
    {                                            \
        return put_MATCH_##FIELD(p, of);         \
    }
SAME_AS_MATCH(NAME)
SAME_AS_MATCH(FLAVOR)
SAME_AS_MATCH(KIND)
SAME_AS_MATCH(QUALITY)
SAME_AS_MATCH(SIGNATURE)
SAME_AS_MATCH(FILE)
SAME_AS_MATCH(LINE)

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

#define PUT_VALUE(FIELD, key) \
    HG_PUT(p, "," key);       \
    p = known && !(HG_PRIVATE_##FIELD && of->hides_private) ? put_##FIELD(p, of) : HG_AFTER(p, "null");

/* An object that stays open, or null. */
static char *put_match(char *p, const strings *of, int known)
{
    HG_PUT(p, "," HG_JSON_MATCH);
    if (!known)
        return HG_AFTER(p, "null");
    char *object = p;
    HG_FIELDS_SIGNATURE(PUT_VALUE)
    *object = '{';
    return p;
}

static char *put_program_key(char *p, named what, int is_nested)
{
    *p++ = ',';
    if (what == NAMED_CLIENT)
        return is_nested ? HG_AFTER(p, HG_NESTED_PROGRAM_TLS_CLIENT) : HG_AFTER(p, HG_JSON_CLIENT);
    if (what == NAMED_REQUEST)
        return is_nested ? HG_AFTER(p, HG_NESTED_PROGRAM_HTTP_REQUEST) : HG_AFTER(p, HG_JSON_CLIENT);
    return is_nested ? HG_AFTER(p, HG_NESTED_PROGRAM_HTTP_RESPONSE) : HG_AFTER(p, HG_JSON_SERVER);
}

/* An object, or null. */
static char *put_program(char *p, const strings *of, int known)
{
    if (!known)
        return HG_AFTER(p, "null");
    char *object = p;
    HG_FIELDS_CLIENT(PUT_VALUE) /* as those of servers */
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
    if (of->is_either)
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
    if (!of->says_all)
        p = hg_escape_json(p, of->name.bytes, of->name.length);
    if (of->flavor.length > 0) {
        if (!of->says_all)
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

static char *put_members(char *p, const strings *of, named what, int known, int is_nested)
{
    switch (what) {
    case NAMED_LINK:
        return put_link(p, of, known);
    case NAMED_CLIENT:
    case NAMED_REQUEST:
    case NAMED_RESPONSE:
        return put_program(put_program_key(p, what, is_nested), of, known);
    case NAMED_SIGNATURE:
        break;
    }
    return put_match(p, of, known);
}

/* Sets `name->host` too. */
static char *put_object(char *p, hg_format format, const strings *of, hg_name *name, named what, int known)
{
    p = put_members(p, of, what, known, format != HG_FORMAT_JSON);
    name->host = (size_t)(p - name->text);
    name->is_open = known && what == NAMED_SIGNATURE;
    int is_system = name->is_open && !(of->flags & HG_SIGNATURE_USERLAND);
    return format == HG_FORMAT_ECS && is_system ? put_host_os(p, of) : p;
}

/* The word before a name. */
static char *put_head(char *p, int is_p0f, named what, int app)
{
    switch (what) {
    case NAMED_LINK:
        return is_p0f ? HG_AFTER(p, "link=") : HG_AFTER(p, "Link:   ");
    case NAMED_CLIENT: /* p0f does not read hellos */
        return is_p0f ? p : HG_AFTER(p, "Client:  ");
    case NAMED_REQUEST:
    case NAMED_RESPONSE: /* the word depends on who speaks */
        return !is_p0f ? p : app ? HG_AFTER(p, "app=") : HG_AFTER(p, "os=");
    case NAMED_SIGNATURE:
        break;
    }
    if (is_p0f)
        return app ? HG_AFTER(p, "app=") : HG_AFTER(p, "os=");
    return app ? HG_AFTER(p, "App:    ") : HG_AFTER(p, "OS:     ");
}

/* `known` and `of` speak of what is named. */
static char *put_name(char *p, hg_format format, const strings *of, hg_name *name, named what, int known)
{
    const int is_p0f = format != HG_FORMAT_TEXT;
    switch (format) {
    case HG_FORMAT_P0F:
    case HG_FORMAT_P0F_JSON: /* made from p0f's lines */
    case HG_FORMAT_TEXT:
        p = put_head(p, is_p0f, what, (!known && (what == NAMED_REQUEST || what == NAMED_RESPONSE)) || (of->flags & HG_SIGNATURE_USERLAND) != 0);
        return known ? put_plain(p, of, is_p0f ? '|' : 0) : HG_AFTER(p, "???");
    case HG_FORMAT_JSON:
    case HG_FORMAT_EVE:
    case HG_FORMAT_ECS:
    case HG_FORMATS:
    default:
        return put_object(p, format, of, name, what, known);
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

/* Which record of the database names a row. */
typedef struct naming {
    uint32_t index; /* or HG_NO_SIGNATURE */
    named what;
    uint8_t fuzzy; /* of a client: places are left open */
} naming;

static hg_status fill(hg_renderer *renderer, hg_name *name, const naming *by, hg_error *error)
{
    strings of = {0};
    int known = by->index != HG_NO_SIGNATURE;
    if (known)
        of = strings_named(renderer->database, by->what, by->index);
    of.fuzzy = by->fuzzy;
    of.hides_private = renderer->hides_private;
    name->key = 0; /* holds nothing should the next line fail */
    hg_status status = reserve(name, &of, error);
    if (status != HG_OK)
        return status;
    name->flags = of.flags;
    name->fuzzy = of.fuzzy;
    char *end = put_name(name->text, renderer->format, &of, name, by->what, known);
    name->length = (size_t)(end - name->text);
    return HG_OK;
}

/* 0: nothing names rows of this kind. */
static int find_naming(const hg_columns *columns, uint32_t row, uint32_t at, naming *out)
{
    switch ((hg_event)columns->event[row]) {
    case HG_EVENT_SYN:
    case HG_EVENT_SYN_ACK:
        *out = (naming){columns->tcp.signature[at], NAMED_SIGNATURE, columns->tcp.fuzzy[at]};
        break;
    case HG_EVENT_MTU:
        *out = (naming){columns->tcp.link[at], NAMED_LINK, 0};
        break;
    case HG_EVENT_TLS_CLIENT:
        *out = (naming){columns->tls.client[at], NAMED_CLIENT, columns->tls.client_wildcard[at]};
        break;
    case HG_EVENT_HTTP_REQUEST:
        *out = (naming){columns->http.software[at], NAMED_REQUEST, 0};
        break;
    case HG_EVENT_HTTP_RESPONSE:
        *out = (naming){columns->http.software[at], NAMED_RESPONSE, 0};
        break;
    case HG_EVENT_CLIENT_UPTIME:
    case HG_EVENT_SERVER_UPTIME:
    case HG_EVENT_TLS_SERVER:
    case HG_EVENT_HOST_CHANGE:
    case HG_EVENT_IP_SHARING:
    case HG_EVENT_KINDS:
        return 0;
    }
    out->fuzzy = out->index != HG_NO_SIGNATURE && out->fuzzy;
    return 1;
}

/* How many records there are of what names. */
static uint32_t held_of(const hg_database *database, named what)
{
    if (database == NULL)
        return 0;
    switch (what) {
    case NAMED_LINK:
        return database->tables.mtus_count;
    case NAMED_CLIENT:
        return database->tables.hellos_count;
    case NAMED_REQUEST:
    case NAMED_RESPONSE:
        return database->tables.https_count;
    case NAMED_SIGNATURE:
        break;
    }
    return database->tables.signatures_count;
}

hg_status hg_name_find(hg_renderer *renderer, uint32_t row, const hg_name **out, hg_error *error)
{
    static const hg_name nothing = {0};
    static const char *const WORDS[] = {"signature", "link", "client", "program", "program"};
    naming by = {.index = HG_NO_SIGNATURE};
    if (!find_naming(renderer->columns, row, renderer->row.at, &by)) {
        *out = &nothing;
        return HG_OK;
    }
    uint32_t held = held_of(renderer->database, by.what);
    if (by.index != HG_NO_SIGNATURE && by.index >= held)
        return hg_fail(error, HG_E_ARGUMENT, "row %u refers to %s %u, but the database has %u", row, WORDS[by.what],
                       by.index, held);
    uint64_t key = (uint64_t)by.index << 5 | (uint64_t)by.fuzzy << 4 | (uint64_t)by.what << 1 | 1;
    hg_name *name = &renderer->names[(key * UINT64_C(0x9E3779B97F4A7C15)) >> 40 & (HG_NAME_SLOTS - 1)];
    if (name->key != key) {
        hg_status status = fill(renderer, name, &by, error);
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
