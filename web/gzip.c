/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * gzip.c - a gzip stream as the bytes in it: members one after the other, zeros between them.
 *
 *     bytes ──▶ bits ──▶ blocks ──▶ ring ──▶ whoever reads
 *
 * The ring holds what matches reach back to and what waits to be read, each half of it. Steps continue until half
 * of it waits; what is wrong ends them, and what came out before is read first. A byte of gzip stands for 1,032
 * at most, so that there are no bombs.
 */
#include "gzip.h"

#include <stdio.h>
#include <string.h>

enum step { MEMBER, BLOCK, STORED, CODED, TRAILER, END };
enum { MOST_WAITING = HG_GZIP_WINDOW - 258 /* the longest match */, END_OF_BLOCK = 256 };
enum { FIRST_BYTE = 0x1F, SECOND_BYTE = 0x8B, DEFLATE = 8 };
enum { HEADER_CRC = 2, EXTRA = 4, NAME = 8, COMMENT = 16, RESERVED = 0xE0 };

static const char DAMAGED[] = "damaged", SHORT[] = "ends too early", OTHER[] = "other",
                  UNREADABLE[] = "unreadable";

static const uint16_t LENGTH_BASE[29] = {3,  4,  5,  6,  7,  8,  9,  10, 11,  13,  15,  17,  19,  23, 27,
                                         31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};
static const uint8_t LENGTH_BITS[29] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
static const uint16_t DISTANCE_BASE[30] = {1,   2,   3,   4,   5,   7,    9,    13,   17,   25,   33,   49,   65,    97,    129,
                                           193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};

/* ---- bytes and bits ---------------------------------------------------------------------------------------- */

static int fail(hg_gzip *gzip, const char *why)
{
    gzip->damage = why;
    gzip->step = END;
    return 0;
}

/* Whether there is another byte in `bytes`. */
static int more(hg_gzip *gzip)
{
    if (gzip->at < gzip->end)
        return 1;
    int32_t got = gzip->input(gzip->bytes, HG_GZIP_INPUT);
    if (got < 0)
        return fail(gzip, UNREADABLE);
    gzip->at = 0;
    gzip->end = (uint32_t)got;
    gzip->read += gzip->end;
    return got > 0;
}

/* Holds `count` bits, or all that there are. */
static int hold(hg_gzip *gzip, uint32_t count)
{
    while (gzip->held < count && more(gzip)) {
        gzip->bits |= (uint64_t)gzip->bytes[gzip->at++] << gzip->held;
        gzip->held += 8;
    }
    return gzip->held >= count;
}

static void skip(hg_gzip *gzip, uint32_t count)
{
    gzip->bits >>= count;
    gzip->held -= count;
}

/* The next `count` bits, 32 at most. */
static int take(hg_gzip *gzip, uint32_t count, uint32_t *value)
{
    if (!hold(gzip, count))
        return gzip->damage == NULL ? fail(gzip, SHORT) : 0;
    *value = (uint32_t)(gzip->bits & ((1ull << count) - 1));
    skip(gzip, count);
    return 1;
}

/* Bytes of the input that were used. */
static uint64_t place(const hg_gzip *gzip)
{
    return gzip->read - (gzip->end - gzip->at) - gzip->held / 8;
}

static void put(hg_gzip *gzip, uint8_t byte)
{
    gzip->ring[gzip->made++ % HG_GZIP_RING] = byte;
}

/* ---- codes ------------------------------------------------------------------------------------------------- */

/* Whether `lengths` make a code. With `gaps` it may have one symbol alone, or none. */
static int count_codes(hg_gzip_code *code, const uint8_t *lengths, uint32_t count, int gaps)
{
    int32_t room = 1;
    uint32_t longest = 0;
    memset(code, 0, sizeof *code);
    for (uint32_t i = 0; i < count; i++)
        code->count[lengths[i]]++;
    code->count[0] = 0;
    for (uint32_t bits = 1; bits <= HG_GZIP_CODE_BITS; bits++) {
        room = 2 * room - code->count[bits];
        if (room < 0)
            return 0;
        longest = code->count[bits] != 0 ? bits : longest;
    }
    return room == 0 || (gaps && longest <= 1);
}

/* Writes a code of the fast table at each place whose lowest bits are it; codes come highest bit first. */
static void put_fast(hg_gzip_code *code, uint32_t word, uint32_t bits, uint32_t symbol)
{
    uint32_t turned = 0;
    for (uint32_t i = 0; i < bits; i++)
        turned |= (word >> i & 1) << (bits - 1 - i);
    for (; turned < 1 << HG_GZIP_FAST_BITS; turned += 1u << bits)
        code->fast[turned] = (uint16_t)(symbol << 4 | bits);
}

static int make_code(hg_gzip_code *code, const uint8_t *lengths, uint32_t count, int gaps)
{
    uint16_t next[HG_GZIP_CODE_BITS + 1], offset[HG_GZIP_CODE_BITS + 1];
    uint32_t word = 0, before = 0;
    if (!count_codes(code, lengths, count, gaps))
        return 0;
    for (uint32_t bits = 1; bits <= HG_GZIP_CODE_BITS; bits++) {
        word = (word + code->count[bits - 1]) << 1;
        next[bits] = (uint16_t)word;
        offset[bits] = (uint16_t)before;
        before += code->count[bits];
    }
    for (uint32_t symbol = 0; symbol < count; symbol++) {
        uint32_t bits = lengths[symbol];
        if (bits == 0)
            continue;
        code->symbols[offset[bits]++] = (uint16_t)symbol;
        if (bits <= HG_GZIP_FAST_BITS)
            put_fast(code, next[bits], bits, symbol);
        next[bits]++;
    }
    return 1;
}

/* The next symbol of a code that the fast table has not. */
static int take_long(hg_gzip *gzip, const hg_gzip_code *code, uint32_t *symbol)
{
    uint32_t word = 0, first = 0, before = 0;
    for (uint32_t bits = 1; bits <= HG_GZIP_CODE_BITS; bits++) {
        if (bits > gzip->held)
            return gzip->damage == NULL ? fail(gzip, SHORT) : 0;
        word = word << 1 | (gzip->bits >> (bits - 1) & 1);
        first = (first + code->count[bits - 1]) << 1;
        if (word - first < code->count[bits]) {
            *symbol = code->symbols[before + word - first];
            skip(gzip, bits);
            return 1;
        }
        before += code->count[bits];
    }
    return fail(gzip, DAMAGED);
}

static int take_symbol(hg_gzip *gzip, const hg_gzip_code *code, uint32_t *symbol)
{
    if (gzip->held < HG_GZIP_CODE_BITS)
        (void)hold(gzip, HG_GZIP_CODE_BITS);
    uint32_t found = code->fast[gzip->bits & ((1 << HG_GZIP_FAST_BITS) - 1)];
    if (found == 0 || (found & 15) > gzip->held)
        return take_long(gzip, code, symbol);
    *symbol = found >> 4;
    skip(gzip, found & 15);
    return 1;
}

/* ---- blocks ------------------------------------------------------------------------------------------------ */

static void use_fixed_codes(hg_gzip *gzip)
{
    uint8_t lengths[HG_GZIP_CODES];
    if (gzip->fixed)
        return;
    for (uint32_t i = 0; i < HG_GZIP_CODES; i++)
        lengths[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
    (void)make_code(&gzip->literals, lengths, HG_GZIP_CODES, 0);
    memset(lengths, 5, 32);
    (void)make_code(&gzip->distances, lengths, 32, 0);
    gzip->fixed = 1;
}

/* The lengths of both codes, which are compressed themselves. */
static int take_lengths(hg_gzip *gzip, uint8_t *lengths, uint32_t count)
{
    uint32_t symbol, more_of, at = 0;
    while (at < count) {
        if (!take_symbol(gzip, &gzip->distances, &symbol))
            return 0;
        if (symbol < 16) {
            lengths[at++] = (uint8_t)symbol;
            continue;
        }
        if (symbol == 16 && at == 0)
            return fail(gzip, DAMAGED);
        if (!take(gzip, symbol == 16 ? 2 : symbol == 17 ? 3 : 7, &more_of))
            return 0;
        more_of += symbol == 18 ? 11 : 3;
        if (more_of > count - at)
            return fail(gzip, DAMAGED);
        memset(lengths + at, symbol == 16 ? lengths[at - 1] : 0, more_of);
        at += more_of;
    }
    return 1;
}

static int take_codes(hg_gzip *gzip)
{
    static const uint8_t ORDER[19] = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
    uint8_t lengths[HG_GZIP_CODES + 32], own[19] = {0};
    uint32_t numbers, value;
    if (!take(gzip, 14, &numbers))
        return 0;
    uint32_t literals = (numbers & 31) + 257, distances = (numbers >> 5 & 31) + 1, count = (numbers >> 10) + 4;
    if (literals > 286 || distances > 30)
        return fail(gzip, DAMAGED);
    for (uint32_t i = 0; i < count; i++) {
        if (!take(gzip, 3, &value))
            return 0;
        own[ORDER[i]] = (uint8_t)value;
    }
    gzip->fixed = 0;
    if (!make_code(&gzip->distances, own, 19, 0))
        return fail(gzip, DAMAGED);
    if (!take_lengths(gzip, lengths, literals + distances))
        return 0;
    if (lengths[END_OF_BLOCK] == 0 || !make_code(&gzip->literals, lengths, literals, 1) ||
        !make_code(&gzip->distances, lengths + literals, distances, 1))
        return fail(gzip, DAMAGED);
    return 1;
}

static int begin_stored(hg_gzip *gzip)
{
    uint32_t length, complement;
    skip(gzip, gzip->held % 8);
    if (!take(gzip, 16, &length) || !take(gzip, 16, &complement))
        return 0;
    if ((length ^ complement) != 0xFFFF)
        return fail(gzip, DAMAGED);
    gzip->left = length;
    gzip->step = STORED;
    return 1;
}

static int begin_block(hg_gzip *gzip)
{
    uint32_t last, kind;
    if (gzip->last) {
        gzip->step = TRAILER;
        return 1;
    }
    if (!take(gzip, 1, &last) || !take(gzip, 2, &kind))
        return 0;
    gzip->last = (int)last;
    if (kind == 0)
        return begin_stored(gzip);
    if (kind == 3)
        return fail(gzip, DAMAGED);
    if (kind == 1)
        use_fixed_codes(gzip);
    else if (!take_codes(gzip))
        return 0;
    gzip->step = CODED;
    return 1;
}

static int is_full(const hg_gzip *gzip)
{
    return gzip->made - gzip->given >= MOST_WAITING;
}

static int stored(hg_gzip *gzip)
{
    uint32_t byte;
    for (; gzip->left > 0 && !is_full(gzip); gzip->left--) {
        if (!take(gzip, 8, &byte))
            return 0;
        put(gzip, (uint8_t)byte);
    }
    if (gzip->left == 0)
        gzip->step = BLOCK;
    return 1;
}

/* A match whose length has this symbol. */
static int match(hg_gzip *gzip, uint32_t symbol)
{
    uint32_t extra, far_symbol, farther;
    symbol -= END_OF_BLOCK + 1;
    if (symbol >= 29)
        return fail(gzip, DAMAGED);
    if (!take(gzip, LENGTH_BITS[symbol], &extra) || !take_symbol(gzip, &gzip->distances, &far_symbol))
        return 0;
    if (far_symbol >= 30)
        return fail(gzip, DAMAGED);
    if (!take(gzip, far_symbol < 2 ? 0 : far_symbol / 2 - 1, &farther))
        return 0;
    uint32_t distance = DISTANCE_BASE[far_symbol] + farther;
    if (distance > gzip->made - gzip->begun)
        return fail(gzip, DAMAGED);
    for (uint32_t left = LENGTH_BASE[symbol] + extra; left > 0; left--)
        put(gzip, gzip->ring[(gzip->made - distance) % HG_GZIP_RING]);
    return 1;
}

static int coded(hg_gzip *gzip)
{
    uint32_t symbol;
    while (!is_full(gzip)) {
        if (!take_symbol(gzip, &gzip->literals, &symbol))
            return 0;
        if (symbol < END_OF_BLOCK) {
            put(gzip, (uint8_t)symbol);
        } else if (symbol == END_OF_BLOCK) {
            gzip->step = BLOCK;
            return 1;
        } else if (!match(gzip, symbol)) {
            return 0;
        }
    }
    return 1;
}

/* ---- members ----------------------------------------------------------------------------------------------- */

/* The checksum of all that came out, which must be called before the ring is overwritten. */
static void hash(hg_gzip *gzip)
{
    uint32_t crc = gzip->crc;
    for (; gzip->hashed < gzip->made; gzip->hashed++)
        crc = gzip->crc_table[(crc ^ gzip->ring[gzip->hashed % HG_GZIP_RING]) & 255] ^ crc >> 8;
    gzip->crc = crc;
}

static int trailer(hg_gzip *gzip)
{
    uint32_t crc, length;
    skip(gzip, gzip->held % 8);
    if (!take(gzip, 32, &crc))
        return 0;
    hash(gzip);
    if (crc != ~gzip->crc)
        return fail(gzip, DAMAGED);
    if (!take(gzip, 32, &length))
        return 0;
    if (length != (uint32_t)(gzip->made - gzip->begun))
        return fail(gzip, DAMAGED);
    gzip->step = MEMBER;
    return 1;
}

static int skip_text(hg_gzip *gzip)
{
    uint32_t byte;
    do
        if (!take(gzip, 8, &byte))
            return 0;
    while (byte != 0);
    return 1;
}

/* What a header may have beyond its first ten bytes. Its own checksum guards nothing that is used. */
static int skip_fields(hg_gzip *gzip, uint32_t flags)
{
    uint32_t length = 0, ignored;
    if (flags & EXTRA && !take(gzip, 16, &length))
        return 0;
    for (; length > 0; length--)
        if (!take(gzip, 8, &ignored))
            return 0;
    if (flags & NAME && !skip_text(gzip))
        return 0;
    if (flags & COMMENT && !skip_text(gzip))
        return 0;
    return flags & HEADER_CRC ? take(gzip, 16, &ignored) : 1;
}

static int begin_member(hg_gzip *gzip)
{
    uint32_t one, other, method, flags, ignored;
    while (place(gzip) > 0 && hold(gzip, 8) && (gzip->bits & 255) == 0)
        skip(gzip, 8); /* padding */
    if (!hold(gzip, 8)) {
        gzip->step = END;
        return 1;
    }
    (void)hold(gzip, 16);
    if ((gzip->bits & 0xFFFF) != (SECOND_BYTE << 8 | FIRST_BYTE))
        return gzip->damage == NULL ? fail(gzip, OTHER) : 0;
    if (!take(gzip, 8, &one) || !take(gzip, 8, &other) || !take(gzip, 8, &method) || !take(gzip, 8, &flags) ||
        !take(gzip, 32, &ignored) || !take(gzip, 16, &ignored))
        return 0;
    if (method != DEFLATE || flags & RESERVED)
        return fail(gzip, DAMAGED);
    if (!skip_fields(gzip, flags))
        return 0;
    gzip->begun = gzip->made;
    gzip->crc = ~0u;
    gzip->last = 0;
    gzip->step = BLOCK;
    return 1;
}

static int go_on(hg_gzip *gzip)
{
    switch (gzip->step) {
    case MEMBER: return begin_member(gzip);
    case BLOCK: return begin_block(gzip);
    case STORED: return stored(gzip);
    case CODED: return coded(gzip);
    default: return trailer(gzip);
    }
}

/* ---- what is called ---------------------------------------------------------------------------------------- */

void hg_gzip_open(hg_gzip *gzip, hg_gzip_input input, const uint8_t *head, uint32_t length)
{
    memset(gzip, 0, sizeof *gzip);
    gzip->input = input;
    memcpy(gzip->bytes, head, length);
    gzip->read = gzip->end = length;
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t crc = i;
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
        gzip->crc_table[i] = crc;
    }
}

int32_t hg_gzip_read(hg_gzip *gzip, uint8_t *to, uint32_t length)
{
    while (gzip->made == gzip->given && gzip->step != END) {
        while (!is_full(gzip) && go_on(gzip) && gzip->step != END)
            ;
        hash(gzip);
    }
    uint32_t from = (uint32_t)(gzip->given % HG_GZIP_RING), given = HG_GZIP_RING - from;
    given = given < length ? given : length;
    if (given > gzip->made - gzip->given)
        given = (uint32_t)(gzip->made - gzip->given);
    memcpy(to, gzip->ring + from, given);
    gzip->given += given;
    return given == 0 && gzip->damage == UNREADABLE ? -1 : (int32_t)given;
}

size_t hg_gzip_damage(const hg_gzip *gzip, char *out, size_t capacity)
{
    unsigned long long at = place(gzip);
    int length = 0;
    if (gzip->damage == SHORT)
        length = snprintf(out, capacity, "the gzip data ends too early, after %llu bytes", (unsigned long long)gzip->read);
    else if (gzip->damage == OTHER)
        length = snprintf(out, capacity, "something that is no gzip data begins at byte %llu of the compressed file", at);
    else if (gzip->damage == DAMAGED)
        length = snprintf(out, capacity, "damaged gzip data near byte %llu of the compressed file", at);
    return length < 0 ? 0 : (size_t)length;
}
