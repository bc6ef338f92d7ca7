/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * blocks.h - blocks of pcapng, written one after the other to memory that grows; `to.is_full` says that there was none.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/writer.h"

#define HG_BLOCK_SECTION 0x0a0d0d0au
enum { HG_BLOCK_INTERFACE = 1, HG_BLOCK_OBSOLETE = 2, HG_BLOCK_SIMPLE = 3, HG_BLOCK_NAMES = 4, HG_BLOCK_ENHANCED = 6 };

typedef struct hg_blocks {
    hg_writer to;
    bool big_endian; /* of the section that is written */
} hg_blocks;

/* Lines of text, of which the next ones are taken. */
typedef struct hg_lines {
    const char *at;
    const char *end;
} hg_lines;

/* The next line without its end, cut to `most` bytes, never inside a character of UTF-8; false past the last. */
bool hg_next_line(hg_lines *lines, size_t most, const char **text, size_t *length);

/* What a packet block holds, as its fields have it. */
typedef struct hg_packet_fields {
    uint32_t interface;
    uint64_t ticks;
    uint32_t captured;
    uint32_t wire;
} hg_packet_fields;

/* The header of a section of this machine's order, and an interface of so many digits after the second. */
void hg_blocks_begin(hg_blocks *blocks, uint32_t linktype, uint32_t snaplen, uint8_t digits);
/* Bytes that the comments of `count` lines take in a block. */
size_t hg_comments_bytes(hg_lines lines, uint32_t count);
/* A packet with comments, and without other options. */
void hg_blocks_packet(hg_blocks *blocks, const hg_packet_fields *fields, const uint8_t *data, hg_lines lines, uint32_t count);
/* A packet block of `total` bytes with comments in front of its options, which begin at `options_at`. */
void hg_blocks_commented(hg_blocks *blocks, const uint8_t *block, uint32_t total, uint32_t options_at, hg_lines lines,
                         uint32_t count);
/* A name resolution block with one address, of which 16 bytes are given; the name is the next of `lines`. */
void hg_blocks_name(hg_blocks *blocks, const uint8_t *address, uint8_t version, hg_lines *lines);
