/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "http/values.h"

#include "flow/reader.h"
#include "http/lists.h"
#include "http/message.h"

#include <stdlib.h>

enum { SHOWS_VALUES = 2 }; /* a bit of the first byte, beside the bit for responses */

/* ---- targets ------------------------------------------------------------------------------------- */

/* The offset after the scheme of "http://host/path"; 0: there is no scheme. */
static uint32_t after_scheme(const uint8_t *target, uint32_t length)
{
    uint32_t i = 0;
    while (i < length && ((target[i] | 0x20) >= 'a' && (target[i] | 0x20) <= 'z'))
        i++;
    return i > 0 && length - i >= 3 && memcmp(target + i, "://", 3) == 0 ? i + 3 : 0;
}

/* The offset of the first character of `ends` from `from` on; `length`: none. */
static uint32_t up_to(const uint8_t *text, uint32_t from, uint32_t length, const char *ends)
{
    while (from < length && (text[from] == 0 || strchr(ends, text[from]) == NULL))
        from++;
    return from;
}

static hg_http_text part_of(hg_http_text whole, uint32_t from, uint32_t end)
{
    return (hg_http_text){(uint16_t)(whole.offset + from), (uint16_t)(end - from)};
}

/* The path of the target, without query and fragment. */
static hg_http_text path_of(const hg_http_head *head)
{
    const uint8_t *target = head->bytes + head->target.offset;
    const uint32_t length = head->target.length;
    uint32_t begin = after_scheme(target, length);
    if (begin > 0)
        begin = up_to(target, begin, length, "/?#");
    const int is_path = begin < length && (target[begin] == '/' || target[begin] == '*');
    return is_path ? part_of(head->target, begin, up_to(target, begin, length, "?#")) : (hg_http_text){0, 0};
}

/* The host in an absolute target or a CONNECT target, without user name. */
static hg_http_text target_host(const hg_http_head *head)
{
    const uint8_t *target = head->bytes + head->target.offset;
    const int connects = hg_is_like(head->bytes + head->method.offset, head->method.length, "CONNECT");
    uint32_t begin = after_scheme(target, head->target.length);
    if (begin == 0 && !connects)
        return (hg_http_text){0, 0};
    const uint32_t end = up_to(target, begin, head->target.length, "/?#");
    for (uint32_t i = begin; i < end; i++)
        if (target[i] == '@')
            begin = i + 1;
    return part_of(head->target, begin, end);
}

/* ---- storing --------------------------------------------------------------------------------------- */

static uint32_t put_u16(uint8_t *out, uint32_t at, uint32_t value)
{
    out[at] = (uint8_t)value;
    out[at + 1] = (uint8_t)(value >> 8);
    return at + 2;
}

/* Copies a text of a head to `at`. `*place` becomes its position. Returns the offset after it. */
static uint32_t put_text(uint8_t *out, uint32_t at, const hg_http_head *head, hg_http_text text, hg_http_text *place)
{
    at = put_u16(out, at, text.length);
    memcpy(out + at, head->bytes + text.offset, text.length);
    *place = (hg_http_text){(uint16_t)at, text.length};
    return at + text.length;
}

/* As put_text for name and value of a header, between which the head has two bytes: the value's length replaces
 * them. */
static uint32_t put_field(uint8_t *out, uint32_t at, const hg_http_head *head, const hg_http_field *field,
                          hg_http_field *place)
{
    const uint32_t name = put_u16(out, at, field->name.length), between = name + field->name.length;
    memcpy(out + name, head->bytes + field->name.offset, field->name.length + 2u + field->value.length);
    const uint32_t value = put_u16(out, between, field->value.length);
    *place = (hg_http_field){{(uint16_t)name, field->name.length}, {(uint16_t)value, field->value.length}};
    return value + field->value.length;
}

uint32_t hg_http_store(const hg_http_head *head, hg_http_settings settings, uint8_t *out, hg_http_head *stored)
{
    static const hg_http_text nothing = {0, 0};
    uint64_t lengths = 0;
    out[0] = (uint8_t)(head->response | (settings.values ? SHOWS_VALUES : 0));
    out[1] = head->version;
    uint32_t at = put_u16(out, 2, head->status);
    out[at++] = (uint8_t)head->field_count;
    hg_http_head_begin(stored, out);
    stored->response = head->response;
    stored->version = head->version;
    stored->status = head->status;
    stored->shows_values = settings.values;
    stored->field_count = head->field_count;
    const hg_http_text host = head->authority.length > 0 ? head->authority : target_host(head);
    at = put_text(out, at, head, head->method, &stored->method);
    at = put_text(out, at, head, settings.paths ? path_of(head) : nothing, &stored->target);
    at = put_text(out, at, head, host, &stored->authority);
    for (uint32_t i = 0; i < head->field_count; i++) {
        const hg_http_field *field = head->fields + i;
        const int secret = (head->harmless[i / 64] >> i % 64 & 1) == 0 &&
                           hg_http_is_secret(head->bytes + field->name.offset, field->name.length);
        lengths |= UINT64_C(1) << field->name.length % 64;
        stored->has_secrets |= secret != 0;
        if (!secret && field->value.offset == field->name.offset + field->name.length + 2u) {
            at = put_field(out, at, head, field, stored->fields + i);
            continue;
        }
        at = put_text(out, at, head, field->name, &stored->fields[i].name);
        at = put_text(out, at, head, secret ? nothing : field->value, &stored->fields[i].value);
    }
    stored->absent = ~lengths;
    return stored->length = at;
}

/* ---- reading ---------------------------------------------------------------------------------------- */

/* Reads the text at `*at`, and moves `*at` past it. 0: it is cut. */
static int take_text(const uint8_t *bytes, uint32_t length, uint32_t *at, hg_http_text *text)
{
    if (length - *at < 2)
        return 0;
    const uint32_t size = bytes[*at] | (uint32_t)bytes[*at + 1] << 8;
    *at += 2;
    if (length - *at < size)
        return 0;
    *text = (hg_http_text){(uint16_t)*at, (uint16_t)size};
    *at += size;
    return 1;
}

int hg_http_stored_read(const uint8_t *bytes, uint32_t length, hg_http_head *head)
{
    uint32_t at = HG_HTTP_STORED_HEADER;
    hg_http_head_begin(head, bytes);
    head->length = length;
    if (length < at || length > HG_HTTP_MOST_STORED || bytes[0] > (SHOWS_VALUES | 1) || bytes[1] > 2 ||
        bytes[4] > HG_HTTP_MOST_FIELDS)
        return 0;
    head->response = bytes[0] & 1;
    head->shows_values = (bytes[0] & SHOWS_VALUES) != 0;
    head->version = bytes[1];
    head->status = (uint16_t)(bytes[2] | bytes[3] << 8);
    if (!take_text(bytes, length, &at, &head->method) || !take_text(bytes, length, &at, &head->target) ||
        !take_text(bytes, length, &at, &head->authority))
        return 0;
    for (uint32_t i = 0; i < bytes[4]; i++, head->field_count++)
        if (!take_text(bytes, length, &at, &head->fields[i].name) ||
            !take_text(bytes, length, &at, &head->fields[i].value))
            return 0;
    return at == length;
}

int hg_http_head_of(hg_row row, hg_http_head *out)
{
    const hg_http_columns *c = &row.columns->http;
    if (hg_http_stored_read(row.texts + c->head_offset[row.at], c->head_length[row.at], out))
        return 1;
    *out = (hg_http_head){.bytes = (const uint8_t *)""};
    return 0;
}

/* ---- the values of a row ------------------------------------------------------------------------------ */

static hg_text_place place_of(hg_http_text text)
{
    return (hg_text_place){text.offset, text.length};
}

/* The signature of a head, unless it has more headers than p0f reads. */
static hg_http_match match_of(const hg_database *database, const hg_http_head *head, hg_http_memo *memo)
{
    enum { MOST_FIELDS = 32 };
    if (database == NULL || head->field_count > MOST_FIELDS)
        return (hg_http_match){.signature = HG_NO_SIGNATURE};
    return hg_database_match_http(database, head, memo);
}

uint32_t hg_http_find_values(const hg_http_head *head, const hg_database *database, hg_http_settings settings,
                             hg_http_memo *memo, uint8_t *out, hg_http_values *found, uint8_t *has_secrets)
{
    hg_http_head stored;
    const uint32_t length = hg_http_store(head, settings, out, &stored);
    const hg_http_match match = match_of(database, head, memo);
    *has_secrets = stored.has_secrets;
    *found = (hg_http_values){
        .head = {0, length},
        .software = match.signature,
        .dishonest = match.dishonest,
        .http_syn = HG_NOT_SEEN,
        .http_hello = HG_NOT_SEEN,
        .status = stored.status,
        .http_version = stored.version,
    };
    *(stored.response ? &found->server_header : &found->user_agent) =
        place_of(hg_http_trimmed(stored.bytes, hg_http_software(&stored)));
    if (stored.response)
        return length;
    const hg_http_text host = hg_http_trimmed(stored.bytes, hg_http_value(&stored, "Host"));
    const hg_http_text language = hg_http_value(&stored, "Accept-Language");
    found->method = place_of(stored.method);
    found->http_host = place_of(host.length > 0 ? host : stored.authority);
    found->path = place_of(stored.target);
    found->platform = place_of(hg_http_hint(&stored, "Sec-CH-UA-Platform"));
    found->platform_version = place_of(hg_http_hint(&stored, "Sec-CH-UA-Platform-Version"));
    found->language = hg_http_language(stored.bytes + language.offset, language.length);
    return length;
}

void hg_http_values_place(hg_http_values *found, int response, uint32_t offset)
{
    found->head.offset += offset;
    if (response) {
        found->server_header.offset += offset;
        return;
    }
    found->user_agent.offset += offset;
    found->method.offset += offset;
    found->http_host.offset += offset;
    found->path.offset += offset;
    found->platform.offset += offset;
    found->platform_version.offset += offset;
}

uint32_t hg_http_look_at(hg_span data, const hg_database *database, hg_http_settings settings, uint64_t hash_key,
                         void **memory, void *out)
{
    hg_http_look *look = out;
    hg_http_memo *memo = *memory;
    const int response = data.length > 5 && memcmp(data.data, "HTTP/", 5) == 0;
    if (hg_http_read_begun(data.data, data.length, response, &look->head) == 0 ||
        (look->head.status / 100 == 1 && look->head.status != 101))
        return 0;
    if (memo == NULL && (memo = *memory = calloc(1, sizeof *memo)) == NULL)
        return 0;
    memo->hash_key = hash_key;
    uint8_t *stored = (uint8_t *)(look->head.fields + look->head.field_count);
    look->stored = stored;
    look->stored_length =
        hg_http_find_values(&look->head, database, settings, memo, stored, &look->found, &look->has_secrets);
    return (uint32_t)(stored - (uint8_t *)out) + look->stored_length;
}

int hg_http_report(const hg_http_head *head, const hg_http_look *look, hg_text_place akamai, hg_http_settings settings,
                   hg_http_memo *memo, const hg_reader_output *to)
{
    hg_http_values found;
    uint8_t has_secrets;
    const uint32_t offset = to->batch->text_count;
    uint8_t *out = to->batch->texts + offset;
    if (look == NULL) {
        to->batch->text_count += hg_http_find_values(head, to->database, settings, memo, out, &found, &has_secrets);
    } else {
        memcpy(out, look->stored, look->stored_length);
        to->batch->text_count += look->stored_length;
        found = look->found;
        has_secrets = look->has_secrets;
    }
    hg_http_values_place(&found, head->response, offset);
    found.akamai = akamai;
    if (!head->response) {
        found.http_syn = to->matches->syn;
        found.http_hello = to->matches->hello;
    }
    memcpy(to->values, &found, sizeof found);
    return has_secrets;
}
