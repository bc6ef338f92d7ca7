/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * blocks.h - writes pcapng blocks one after the other to growing memory; `to.is_full` is set when memory runs out.
 */
#pragma once

#include <stdbool.h>

#include "base/writer.h"

#define HG_BLOCK_SECTION 0x0a0d0d0au
enum { HG_BLOCK_INTERFACE = 1, HG_BLOCK_OBSOLETE = 2, HG_BLOCK_SIMPLE = 3, HG_BLOCK_NAMES = 4, HG_BLOCK_ENHANCED = 6 };

typedef struct hg_blocks {
    hg_writer to;
    bool big_endian; /* of the section that is being written */
} hg_blocks;

/* The lines of a text that were not taken yet. */
typedef struct hg_lines {
    const char *at;
    const char *end;
} hg_lines;

/* Takes the next line without its end, cut to `most` bytes but never inside a UTF-8 character; false: none is left. */
bool hg_next_line(hg_lines *lines, size_t most, const char **text, size_t *length);

/* The fields of a packet block. */
typedef struct hg_packet_fields {
    uint32_t interface;
    uint64_t ticks; /* the time, in the interface's unit */
    uint32_t captured; /* bytes in the block */
    uint32_t wire;     /* bytes on the wire */
} hg_packet_fields;

/* Writes a little-endian section header, and an interface whose times have `digits` decimal places. */
void hg_blocks_begin(hg_blocks *blocks, uint32_t linktype, uint32_t snaplen, uint8_t digits);
/* The bytes that the first `count` lines take as comments in a block. Empty lines take none. */
size_t hg_comments_bytes(hg_lines lines, uint32_t count);
/* Writes a packet whose only options are the first `count` lines as comments. */
void hg_blocks_packet(hg_blocks *blocks, const hg_packet_fields *fields, const uint8_t *data, hg_lines lines,
                      uint32_t count);
/* Copies a packet block of `total` bytes, and inserts the comments before the options, at offset `options_at`. */
void hg_blocks_commented(hg_blocks *blocks, const uint8_t *block, uint32_t total, uint32_t options_at, hg_lines lines,
                         uint32_t count);
/* Writes a name resolution block with one address, whose name is the next of `lines`; nothing if none is left. */
void hg_blocks_name(hg_blocks *blocks, const uint8_t *address, uint8_t version, hg_lines *lines);
