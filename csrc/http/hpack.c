/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * hpack.c - HPACK: fields, Huffman code, static and dynamic table.
 */
#include "http/hpack.h"

#include "base/bytes.h"
#include "hg_hpack.h"
#include "hg_huffman.h"

/* ---- Huffman's code (RFC 7541, 5.2 and appendix B) ------------------------------------------------------
 *
 * The code is canonical: codes of one length are consecutive numbers, assigned to symbols in rising order, and longer
 * codes continue where shorter ones end. So the class of a code follows from its value alone.
 */
enum { END_OF_TEXT = 256 };

/* Codes of 5 to 8 bits, which all frequent symbols have, form one class per length. Their first byte is below
 * SHORT_CODES. Longer codes begin at LONG_CLASSES in CLASSES. */
enum { SHORT_CODES = 0xFE, LONG_CLASSES = 4 };

typedef struct code_class {
    uint8_t bits;   /* length of each code */
    uint32_t place; /* to add to a code: it gives the index of its symbol */
    uint32_t last;  /* last code, followed by one-bits up to 32 bits */
} code_class;

#define CLASS(bits, symbol, first, last, ...) {bits, (symbol##u) - (first##u), last},
static const code_class CLASSES[] = {HG_HUFFMAN_ROWS(CLASS)};
#undef CLASS

/* Symbols by the length of their code, then by value. */
#define SYMBOLS_OF(bits, symbol, first, last, ...) __VA_ARGS__,
static const uint8_t SYMBOLS[] = {HG_HUFFMAN_ROWS(SYMBOLS_OF)};
#undef SYMBOLS_OF

_Static_assert(sizeof SYMBOLS == END_OF_TEXT, "each byte has a code");

/* The class of the code at the top of `window`. There always is one, since the last class ends with all bits set. */
static const code_class *class_of(uint32_t window)
{
    const uint32_t top = window >> 24;
    if (top < SHORT_CODES)
        return CLASSES + (top >= 0x50) + (top >= 0xB8) + (top >= 0xF8);
    const code_class *class = CLASSES + LONG_CLASSES;
    while (window > class->last)
        class++;
    return class;
}

/* Decodes a whole text to `out`, at most `room` bytes. `*used` becomes its length. */
static hg_hpack_result read_huffman(const uint8_t *in, uint32_t length, uint8_t *out, uint32_t room, uint32_t *used)
{
    uint64_t window = 0; /* bits not yet decoded, from the top */
    uint32_t bits = 0, at = 0, put = 0;
    hg_hpack_result result = HG_HPACK_GOOD;
    for (;;) {
        for (; bits >= 8 && window >> 56 < SHORT_CODES && put < room; put++) {
            const code_class *frequent = class_of((uint32_t)(window >> 32));
            out[put] = SYMBOLS[frequent->place + (uint32_t)(window >> (64 - frequent->bits))];
            window <<= frequent->bits;
            bits -= frequent->bits;
        }
        if (bits < 32 && length - at >= 4) {
            window |= (uint64_t)hg_be32(in + at) << (32 - bits);
            at += 4;
            bits += 32;
        }
        for (; bits < 32 && at < length; bits += 8)
            window |= (uint64_t)in[at++] << (56 - bits);
        const uint32_t next = (uint32_t)(window >> 32);
        const code_class *class = class_of(next);
        if (bits < class->bits)
            break;
        const uint32_t place = class->place + (next >> (32 - class->bits));
        if (place == END_OF_TEXT || put == room) {
            result = place == END_OF_TEXT ? HG_HPACK_BAD : HG_HPACK_NO_ROOM;
            break;
        }
        out[put++] = SYMBOLS[place];
        window <<= class->bits;
        bits -= class->bits;
    }
    *used = put;
    /* Only padding of the last byte may remain: fewer than eight bits, all ones. */
    const int padded = bits < 8 && window >> 56 == ((0xFF00u >> bits) & 0xFF);
    return result != HG_HPACK_GOOD || padded ? result : HG_HPACK_BAD;
}

/* ---- static entries -------------------------------------------------------------------------------- */

enum { STATIC_ENTRIES = 61, MOST_INTEGER_BYTES = 5 };

typedef struct entry {
    const char *name;
    const char *value;
} entry;

/* RFC 7541, appendix A. */
#define ROW(name, text) {name, text},
/* clang-format off */
static const entry STATIC[STATIC_ENTRIES] = {HG_HPACK_ROWS(ROW)};
/* clang-format on */
#undef ROW

/* ---- numbers and texts --------------------------------------------------------------------------- */

/* Reads an integer that begins in the low `bits` of a byte. 0: it is cut, or larger than any valid one. */
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

/* Appends a text to the decoded texts. */
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
    hg_hpack_result result = read_huffman(text, length, table->text + table->used, table->room - table->used, &used);
    *out = (hg_http_text){(uint16_t)table->used, (uint16_t)used};
    table->used += used;
    return result;
}

/* ---- tables -------------------------------------------------------------------------------------- */

void hg_hpack_begin(hg_hpack *table, uint8_t *text, uint32_t room)
{
    memset(table, 0, offsetof(hg_hpack, entries));
    table->text = text;
    table->room = room;
    table->limit = HG_HPACK_TABLE;
}

/* The dynamic entry of this age; 0 is the newest. */
static const hg_http_field *entry_of(const hg_hpack *table, uint32_t age)
{
    return &table->entries[(table->newest + HG_HPACK_MOST_ENTRIES - age) % HG_HPACK_MOST_ENTRIES];
}

static uint32_t size_of(const hg_http_field *field)
{
    return HG_HPACK_ENTRY + (uint32_t)field->name.length + field->value.length;
}

/* Drops the oldest entries until the table has at most this size. */
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

/* Gets the name at an index of the static and dynamic tables, and with `with_value` its value. */
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

static hg_hpack_result read_field(hg_hpack *table, hg_cursor *from, hg_http_field *out)
{
    const int is_entry = *from->at & 0x80, is_added = *from->at & 0x40;
    uint32_t index;
    if (!read_number(from, is_entry ? 7 : is_added ? 6 : 4, &index))
        return HG_HPACK_BAD;
    if (is_entry)
        return find(table, index, 1, out);
    hg_hpack_result result = index > 0 ? find(table, index, 0, out) : read_text(table, from, &out->name);
    if (result == HG_HPACK_GOOD)
        result = read_text(table, from, &out->value);
    if (result == HG_HPACK_GOOD && is_added)
        add(table, out);
    return result;
}

/* If the sender's table is larger, it also has older entries; the newer ones have the same indexes in both tables. */
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
            return HG_HPACK_BAD; /* allowed only before the first field */
        if (*count == most)
            return HG_HPACK_NO_ROOM;
        const hg_hpack_result result = read_field(table, &from, fields + *count);
        if (result != HG_HPACK_GOOD)
            return result;
        ++*count;
    }
    return HG_HPACK_GOOD;
}
