/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "annotate/blocks.h"

#define BYTE_ORDER_MAGIC 0x1a2b3c4du

enum { BLOCK_FRAME = 12 }; /* type and length before the body, the length again after it */
enum { PACKET_FIELDS = 20, OPTION_HEAD = 4 };
enum { OPTION_COMMENT = 1, OPTION_RESOLUTION = 9 };
enum { NAME_IPV4 = 1, NAME_IPV6 = 2 };
enum { USUAL_DIGITS = 6 };

/* The longest value of an option or record whose padded length fits into 16 bits. */
enum { MOST_VALUE = 65532 };

static size_t padded(size_t length)
{
    return (length + 3) & ~(size_t)3;
}

static void put16(hg_blocks *blocks, uint16_t value)
{
    const uint8_t high = (uint8_t)(value >> 8), low = (uint8_t)value;
    hg_write(&blocks->to, blocks->big_endian ? (uint8_t[]){high, low} : (uint8_t[]){low, high}, 2);
}

static void put32(hg_blocks *blocks, uint32_t value)
{
    put16(blocks, (uint16_t)(blocks->big_endian ? value >> 16 : value));
    put16(blocks, (uint16_t)(blocks->big_endian ? value : value >> 16));
}

/* Writes bytes, padded with zeros to a multiple of four. */
static void put_padded(hg_blocks *blocks, const void *data, size_t length)
{
    hg_write(&blocks->to, data, length);
    hg_write(&blocks->to, "\0\0\0", padded(length) - length);
}

bool hg_next_line(hg_lines *lines, size_t most, const char **text, size_t *length)
{
    if (lines->at == lines->end)
        return false;
    const char *stop = memchr(lines->at, '\n', (size_t)(lines->end - lines->at));
    const char *end = stop == NULL ? lines->end : stop;
    *text = lines->at;
    *length = (size_t)(end - lines->at);
    lines->at = stop == NULL ? end : stop + 1;
    if (*length > most) {
        *length = most;
        while (*length > 0 && ((unsigned char)(*text)[*length] & 0xc0) == 0x80)
            --*length;
    }
    return true;
}

size_t hg_comments_bytes(hg_lines lines, uint32_t count)
{
    const char *text;
    size_t length, bytes = 0;
    while (count-- > 0 && hg_next_line(&lines, MOST_VALUE, &text, &length))
        bytes += length == 0 ? 0 : OPTION_HEAD + padded(length);
    return bytes;
}

/* The caller has checked that there is room. */
static void put_comments(hg_blocks *blocks, hg_lines lines, uint32_t count)
{
    const char *text;
    size_t length;
    while (count-- > 0 && hg_next_line(&lines, MOST_VALUE, &text, &length)) {
        if (length == 0)
            continue;
        put16(blocks, OPTION_COMMENT);
        put16(blocks, (uint16_t)length);
        put_padded(blocks, text, length);
    }
}

void hg_blocks_begin(hg_blocks *blocks, uint32_t linktype, uint32_t snaplen, uint8_t digits)
{
    blocks->big_endian = false;
    put32(blocks, HG_BLOCK_SECTION);
    put32(blocks, 28);
    put32(blocks, BYTE_ORDER_MAGIC);
    put16(blocks, 1);
    put16(blocks, 0);
    put32(blocks, UINT32_MAX); /* the length of the section is unknown */
    put32(blocks, UINT32_MAX);
    put32(blocks, 28);
    const uint32_t total = digits == USUAL_DIGITS ? 20 : 32;
    put32(blocks, HG_BLOCK_INTERFACE);
    put32(blocks, total);
    put16(blocks, (uint16_t)linktype);
    put16(blocks, 0);
    put32(blocks, snaplen);
    if (digits != USUAL_DIGITS) {
        put16(blocks, OPTION_RESOLUTION);
        put16(blocks, 1);
        put_padded(blocks, &digits, 1);
        put32(blocks, 0); /* end of options */
    }
    put32(blocks, total);
}

void hg_blocks_packet(hg_blocks *blocks, const hg_packet_fields *fields, const uint8_t *data, hg_lines lines,
                      uint32_t count)
{
    const size_t comments = count == 0 ? 0 : hg_comments_bytes(lines, count);
    const size_t total =
        BLOCK_FRAME + PACKET_FIELDS + padded(fields->captured) + (comments == 0 ? 0 : comments + OPTION_HEAD);
    put32(blocks, HG_BLOCK_ENHANCED);
    put32(blocks, (uint32_t)total);
    put32(blocks, fields->interface);
    put32(blocks, (uint32_t)(fields->ticks >> 32));
    put32(blocks, (uint32_t)fields->ticks);
    put32(blocks, fields->captured);
    put32(blocks, fields->wire);
    put_padded(blocks, data, fields->captured);
    if (comments > 0) {
        put_comments(blocks, lines, count);
        put32(blocks, 0); /* end of options */
    }
    put32(blocks, (uint32_t)total);
}

void hg_blocks_commented(hg_blocks *blocks, const uint8_t *block, uint32_t total, uint32_t options_at, hg_lines lines,
                         uint32_t count)
{
    const size_t comments = hg_comments_bytes(lines, count);
    const uint32_t options = total - 4 - options_at;
    const size_t grown = total + comments + (options == 0 ? OPTION_HEAD : 0);
    hg_write(&blocks->to, block, 4); /* type */
    put32(blocks, (uint32_t)grown);
    put_padded(blocks, block + 8, options_at - 8);
    put_comments(blocks, lines, count);
    if (options == 0)
        put32(blocks, 0);
    else
        put_padded(blocks, block + options_at, options);
    put32(blocks, (uint32_t)grown);
}

void hg_blocks_name(hg_blocks *blocks, const uint8_t *address, uint8_t version, hg_lines *lines)
{
    const char *text;
    size_t length;
    if (!hg_next_line(lines, MOST_VALUE - 20, &text, &length))
        return;
    const size_t bytes = version == 4 ? 4 : 16, value = bytes + length + 1;
    const size_t total = BLOCK_FRAME + OPTION_HEAD + padded(value) + OPTION_HEAD;
    put32(blocks, HG_BLOCK_NAMES);
    put32(blocks, (uint32_t)total);
    put16(blocks, version == 4 ? NAME_IPV4 : NAME_IPV6);
    put16(blocks, (uint16_t)value);
    hg_write(&blocks->to, address, bytes);
    hg_write(&blocks->to, text, length);
    hg_write(&blocks->to, "\0\0\0", 1 + padded(value) - value);
    put32(blocks, 0); /* end of records */
    put32(blocks, (uint32_t)total);
}
