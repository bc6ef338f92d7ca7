/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * hpack.c - HPACK's fields, its static table and its dynamic one.
 */
#include "http/hpack.h"

#include "base/span.h"

enum { STATIC_ENTRIES = 61, MOST_INTEGER_BYTES = 5 };

typedef struct entry {
    const char *name;
    const char *value;
} entry;

/* RFC 7541, appendix A. */
static const entry STATIC[STATIC_ENTRIES] = {
    {":authority", ""}, {":method", "GET"}, {":method", "POST"}, {":path", "/"}, {":path", "/index.html"},
    {":scheme", "http"}, {":scheme", "https"}, {":status", "200"}, {":status", "204"}, {":status", "206"},
    {":status", "304"}, {":status", "400"}, {":status", "404"}, {":status", "500"}, {"accept-charset", ""},
    {"accept-encoding", "gzip, deflate"}, {"accept-language", ""}, {"accept-ranges", ""}, {"accept", ""},
    {"access-control-allow-origin", ""}, {"age", ""}, {"allow", ""}, {"authorization", ""},
    {"cache-control", ""}, {"content-disposition", ""}, {"content-encoding", ""}, {"content-language", ""},
    {"content-length", ""}, {"content-location", ""}, {"content-range", ""}, {"content-type", ""},
    {"cookie", ""}, {"date", ""}, {"etag", ""}, {"expect", ""}, {"expires", ""}, {"from", ""}, {"host", ""},
    {"if-match", ""}, {"if-modified-since", ""}, {"if-none-match", ""}, {"if-range", ""},
    {"if-unmodified-since", ""}, {"last-modified", ""}, {"link", ""}, {"location", ""}, {"max-forwards", ""},
    {"proxy-authenticate", ""}, {"proxy-authorization", ""}, {"range", ""}, {"referer", ""}, {"refresh", ""},
    {"retry-after", ""}, {"server", ""}, {"set-cookie", ""}, {"strict-transport-security", ""},
    {"transfer-encoding", ""}, {"user-agent", ""}, {"vary", ""}, {"via", ""}, {"www-authenticate", ""},
};

/* ---- numbers and texts --------------------------------------------------------------------------- */

/* An integer that begins in the low `bits` of a byte. 0: it is cut, or larger than any we need. */
static int read_number(hg_cursor *from, unsigned bits, uint32_t *value)
{
    uint32_t most = (1u << bits) - 1;
    uint64_t sum = *from->at++ & most;
    if (sum == most) {
        uint8_t byte;
        unsigned shift = 0;
        do {
            if (from->at == from->end || shift == 7 * MOST_INTEGER_BYTES)
                return 0;
            byte = *from->at++;
            sum += (uint64_t)(byte & 0x7F) << shift;
            shift += 7;
        } while (byte & 0x80);
    }
    *value = (uint32_t)sum;
    return sum <= UINT32_MAX;
}

static hg_hpack_result put_text(hg_hpack *table, const void *text, size_t length, hg_http_text *out)
{
    *out = (hg_http_text){(uint16_t)table->used, (uint16_t)length};
    if (length > table->room - table->used)
        return HG_HPACK_NO_ROOM;
    memcpy(table->text + table->used, text, length);
    table->used += (uint32_t)length;
    return HG_HPACK_GOOD;
}

static hg_hpack_result read_text(hg_hpack *table, hg_cursor *from, hg_http_text *out)
{
    uint32_t length, used;
    if (from->at == from->end)
        return HG_HPACK_BAD;
    int coded = *from->at & 0x80;
    if (!read_number(from, 7, &length) || length > (uint32_t)(from->end - from->at))
        return HG_HPACK_BAD;
    const uint8_t *text = from->at;
    from->at += length;
    if (!coded)
        return put_text(table, text, length, out);
    hg_hpack_result result =
        hg_huffman_read(text, length, table->text + table->used, table->room - table->used, &used);
    *out = (hg_http_text){(uint16_t)table->used, (uint16_t)used};
    table->used += used;
    return result;
}

/* ---- tables -------------------------------------------------------------------------------------- */

void hg_hpack_begin(hg_hpack *table, uint8_t *text, uint32_t room)
{
    table->text = text;
    table->room = room;
    table->used = 0;
    table->size = 0;
    table->limit = HG_HPACK_TABLE;
    table->newest = 0;
    table->count = 0;
}

static const hg_http_field *entry_of(const hg_hpack *table, uint32_t age)
{
    return &table->entries[(table->newest + HG_HPACK_MOST_ENTRIES - age) % HG_HPACK_MOST_ENTRIES];
}

static uint32_t size_of(const hg_http_field *field)
{
    return HG_HPACK_ENTRY + (uint32_t)field->name.length + field->value.length;
}

static void shrink(hg_hpack *table, uint32_t size)
{
    while (table->size > size)
        table->size -= size_of(entry_of(table, --table->count));
}

static void add(hg_hpack *table, const hg_http_field *field)
{
    uint32_t size = size_of(field);
    shrink(table, size < table->limit ? table->limit - size : 0);
    if (size > table->limit)
        return;
    table->newest = (table->newest + 1) % HG_HPACK_MOST_ENTRIES;
    table->entries[table->newest] = *field;
    table->size += size;
    table->count++;
}

/* The name at an index, and the value when `with_value`. */
static hg_hpack_result find(hg_hpack *table, uint32_t index, int with_value, hg_http_field *out)
{
    if (index == 0 || index - 1 >= STATIC_ENTRIES + table->count)
        return HG_HPACK_BAD;
    if (index > STATIC_ENTRIES) {
        *out = *entry_of(table, index - 1 - STATIC_ENTRIES);
        return HG_HPACK_GOOD;
    }
    const entry *known = &STATIC[index - 1];
    hg_hpack_result result = put_text(table, known->name, strlen(known->name), &out->name);
    if (result == HG_HPACK_GOOD && with_value)
        result = put_text(table, known->value, strlen(known->value), &out->value);
    return result;
}

/* ---- fields -------------------------------------------------------------------------------------- */

static hg_hpack_result read_indexed(hg_hpack *table, hg_cursor *from, hg_http_field *out)
{
    uint32_t index;
    return read_number(from, 7, &index) ? find(table, index, 1, out) : HG_HPACK_BAD;
}

static hg_hpack_result read_literal(hg_hpack *table, hg_cursor *from, hg_http_field *out)
{
    int indexed = *from->at & 0x40;
    uint32_t index;
    if (!read_number(from, indexed ? 6 : 4, &index))
        return HG_HPACK_BAD;
    hg_hpack_result result = index > 0 ? find(table, index, 0, out) : read_text(table, from, &out->name);
    if (result == HG_HPACK_GOOD)
        result = read_text(table, from, &out->value);
    if (result == HG_HPACK_GOOD && indexed)
        add(table, out);
    return result;
}

/* A larger table keeps older entries than ours; the younger ones have the same indices in both. */
static int resize(hg_hpack *table, hg_cursor *from)
{
    uint32_t size;
    if (!read_number(from, 5, &size))
        return 0;
    table->limit = size < HG_HPACK_TABLE ? size : HG_HPACK_TABLE;
    shrink(table, table->limit);
    return 1;
}

hg_hpack_result hg_hpack_read(hg_hpack *table, const uint8_t *block, uint32_t length, hg_http_field *fields,
                              uint32_t most, uint32_t *count)
{
    hg_cursor from = {block, block + length};
    while (from.at < from.end && (*from.at & 0xE0) == 0x20)
        if (!resize(table, &from))
            return HG_HPACK_BAD;
    while (from.at < from.end) {
        if ((*from.at & 0xE0) == 0x20)
            return HG_HPACK_BAD; /* allowed only before all fields */
        if (*count == most)
            return HG_HPACK_NO_ROOM;
        hg_http_field *field = &fields[*count];
        hg_hpack_result result =
            *from.at & 0x80 ? read_indexed(table, &from, field) : read_literal(table, &from, field);
        if (result != HG_HPACK_GOOD)
            return result;
        ++*count;
    }
    return HG_HPACK_GOOD;
}
