/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * copy.c - copies a capture to pcapng with comments, piece by piece.
 *
 * The engine reads the packets of a piece through this copy, while the original bytes stay in the window. When the
 * engine is done with them, they are written with its comments:
 *
 *     window   │ kept: the piece, whole records ┊ at: not read yet │
 *              │  └─▶ engine ─▶ comments ─┐     ┊
 *              │  └─────────▶ write ◀─────┘     ┊  and `kept` moves on
 *
 * Writing walks over the records again without checking them: the piece has only records that the reader accepted.
 */
#include <stdlib.h>

#include "annotate/blocks.h"
#include "base/error.h"
#include "source/capture.h"

/* Bytes after which a piece ends. Smaller pieces cost more calls, larger ones do not fit into the CPU caches. */
#ifndef HG_PIECE_BYTES
#define HG_PIECE_BYTES ((uint64_t)1 << 20)
#endif

enum { LEAST_BLOCK = 12, BYTE_ORDER_AT = 8, MAJOR_AT = 12, SECTION_LENGTH_AT = 16 };
enum {
    SNAPLEN_AT = 12,
    INTERFACE_OPTIONS_AT = 16,
    DATA_AT = 28,
    SIMPLE_WIRE_AT = 8,
    SIMPLE_DATA_AT = 12,
    TAIL_BYTES = 4
};

typedef struct section_state {
    uint32_t interfaces;
    uint32_t snaplen; /* of the first interface */
    uint32_t interface; /* interface and time of the previous packet */
    uint64_t ticks;
    uint8_t is_timed;  /* 1: a packet with a time came before */
    uint8_t is_offset; /* 1: the clock of the first interface does not begin at 0 */
    uint8_t is_foreign; /* 1: of a version that is not read; its blocks are copied unchanged */
} section_state;

struct hg_copy {
    hg_source source; /* first member, so that the two convert into each other */
    hg_capture *inner; /* borrowed */
    uint64_t begun; /* offset in the input where the piece begins */
    uint64_t packets; /* packets written */
    uint64_t to_skip; /* remaining bytes of a block that is left out */
    uint64_t left_out;
    hg_pcap_format format; /* of a pcap file */
    section_state section; /* of pcapng */
    hg_blocks out;
    uint8_t ended;
    uint8_t has_begun; /* 1: the beginning of the file was read */
    uint8_t is_pcap;
};

/* The state of writing a piece. */
typedef struct hg_progress {
    const uint8_t *at;
    const uint8_t *end;
    const uint8_t *run; /* blocks from here to `at` are copied unchanged */
    const hg_notes *notes;
    hg_lines lines; /* comments not yet used */
    hg_lines names;
    uint32_t note;
    uint32_t name;
} hg_progress;

/* ---- reading --------------------------------------------------------------------------- */

static hg_status copy_next(hg_source *self, hg_frame *frames, uint32_t capacity, uint32_t *count, hg_error *error)
{
    hg_copy *copy = (hg_copy *)self;
    *count = 0;
    if (hg_window_offset(&copy->inner->window) - copy->begun >= HG_PIECE_BYTES)
        return HG_END;
    hg_status status = copy->inner->source.next(&copy->inner->source, frames, capacity, count, error);
    copy->ended = status != HG_OK;
    return status;
}

static struct hg_buffer *copy_hold(hg_source *self)
{
    return hg_source_hold(&((hg_copy *)self)->inner->source);
}

hg_status hg_copy_new(hg_source *source, hg_copy **out, hg_error *error)
{
    *out = NULL;
    hg_copy *copy = calloc(1, sizeof *copy);
    if (copy == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for a copy of a capture");
    copy->source.next = copy_next;
    copy->source.hold = copy_hold;
    copy->inner = (hg_capture *)source;
    hg_window_keep(&copy->inner->window, (size_t)hg_window_offset(&copy->inner->window));
    *out = copy;
    return HG_OK;
}

void hg_copy_free(hg_copy *copy)
{
    if (copy == NULL)
        return;
    free(copy->out.to.at);
    free(copy);
}

hg_source *hg_copy_source(hg_copy *copy)
{
    return &copy->source;
}

int hg_copy_ended(const hg_copy *copy)
{
    return copy->ended;
}

uint64_t hg_copy_packets(const hg_copy *copy)
{
    return copy->inner->packets;
}

uint64_t hg_copy_left_out(const hg_copy *copy)
{
    return copy->left_out;
}

/* ---- notes ----------------------------------------------------------------------------- */

/* Takes the notes for the next packet. Returns their number; they are at the beginning of `*lines`. */
static uint32_t take_notes(hg_copy *copy, hg_progress *on, hg_lines *lines)
{
    const uint64_t number = on->notes->packets_before + ++copy->packets;
    uint32_t count = 0;
    const char *text;
    size_t length, bytes = 0;
    *lines = on->lines;
    while (on->note < on->notes->count && on->notes->numbers[on->note] <= number) {
        on->note++;
        if (hg_next_line(&on->lines, SIZE_MAX, &text, &length))
            bytes += length;
        count++;
    }
    return bytes == 0 ? 0 : count;
}

/* Whether a name must be written before the packet that take_notes counted last. */
static bool has_names(const hg_copy *copy, const hg_progress *on)
{
    const hg_notes *notes = on->notes;
    return on->name < notes->name_count && notes->name_numbers[on->name] <= notes->packets_before + copy->packets;
}

static void write_names(hg_copy *copy, hg_progress *on)
{
    for (; has_names(copy, on); on->name++)
        hg_blocks_name(&copy->out, on->notes->name_addresses + (size_t)on->name * 16,
                       on->notes->name_versions[on->name], &on->names);
}

/* ---- pcap ------------------------------------------------------------------------------ */

enum { PCAP_HEADER = 24, PCAP_SNAPLEN_AT = 16 };
enum { PCAP_SECONDS_AT = 0, PCAP_FRACTION_AT = 4 };
enum { PACKET_FRAME = DATA_AT + TAIL_BYTES, END_OF_OPTIONS = 4 };

/* Whether a packet's block with comments is read by other programs. */
static bool has_room(uint32_t captured, hg_lines lines, uint32_t count)
{
    return PACKET_FRAME + hg_padded(captured) + hg_comments_bytes(lines, count) + END_OF_OPTIONS <= HG_RECORD_LIMIT;
}

static hg_status begin_pcap(hg_copy *copy, hg_progress *on, hg_error *error)
{
    if (on->end - on->at < PCAP_HEADER)
        return hg_fail(error, HG_E_ARGUMENT, "the source was read before it was copied");
    const uint8_t *header = on->at;
    hg_pcap_format_of(header, &copy->format);
    if (on->end - on->at < copy->format.file_bytes)
        return hg_fail(error, HG_E_ARGUMENT, "the source was read before it was copied");
    on->at += copy->format.file_bytes;
    hg_blocks_begin(&copy->out, copy->format.linktype, hg_read32(header + PCAP_SNAPLEN_AT, copy->format.big_endian),
                    copy->format.fraction_ns == 1 ? 9 : 6);
    return HG_OK;
}

/* A packet is cut where its block would be too long, so that packets keep their numbers. */
static void write_record(hg_copy *copy, hg_progress *on, uint32_t captured, uint32_t wire)
{
    const hg_pcap_format *format = &copy->format;
    const uint8_t *record = on->at;
    const uint64_t second = 1000000000 / format->fraction_ns;
    uint64_t fraction = hg_read32(record + PCAP_FRACTION_AT, format->big_endian);
    fraction = fraction < second ? fraction : second - 1; /* limited as by the reader */
    const hg_packet_fields fields = {
        .ticks = hg_read32(record + PCAP_SECONDS_AT, format->big_endian) * second + fraction,
        .captured = captured > HG_RECORD_LIMIT - PACKET_FRAME ? HG_RECORD_LIMIT - PACKET_FRAME : captured,
        .wire = wire,
    };
    hg_lines lines;
    uint32_t count = take_notes(copy, on, &lines);
    write_names(copy, on);
    copy->left_out += fields.captured < captured;
    if (count > 0 && !has_room(fields.captured, lines, count)) {
        copy->left_out += count;
        count = 0;
    }
    hg_blocks_packet(&copy->out, &fields, record + format->header_bytes, lines, count);
}

static void write_records(hg_copy *copy, hg_progress *on)
{
    const size_t header = copy->format.header_bytes;
    while ((size_t)(on->end - on->at) >= header) {
        uint32_t captured, wire;
        hg_pcap_lengths(on->at, copy->format.big_endian, copy->format.is_old, &captured, &wire);
        if (captured > HG_RECORD_LIMIT || captured > (size_t)(on->end - on->at) - header)
            break;
        write_record(copy, on, captured, wire);
        on->at += header + captured;
    }
    on->run = on->at;
}

/* ---- pcapng ---------------------------------------------------------------------------- */

/* Copies the blocks that need no change. */
static void flush_run(hg_copy *copy, hg_progress *on)
{
    hg_write(&copy->out.to, on->run, (size_t)(on->at - on->run));
    on->run = on->at;
}

/* Comments make the section longer, so its length is written as unknown. */
static void write_section(hg_copy *copy, hg_progress *on, uint32_t total)
{
    static const uint8_t UNKNOWN[] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
    enum { REST_AT = SECTION_LENGTH_AT + sizeof UNKNOWN };
    copy->section = (section_state){.is_foreign = hg_read16(on->at + MAJOR_AT, copy->out.big_endian) != 1};
    flush_run(copy, on);
    hg_write(&copy->out.to, on->at, SECTION_LENGTH_AT);
    hg_write(&copy->out.to, UNKNOWN, sizeof UNKNOWN);
    hg_write(&copy->out.to, on->at + REST_AT, total - REST_AT);
    on->run = on->at + total;
}

/* A simple packet block cannot have options. To get a comment it becomes an enhanced packet block with the previous
 * packet's time, or 0, as the reader assigns it. If the first interface cannot express that time, the comment is left
 * out. */
static void write_simple(hg_copy *copy, hg_progress *on, uint32_t total, hg_lines lines, uint32_t count)
{
    const section_state *section = &copy->section;
    if (section->interface != 0 || (!section->is_timed && section->is_offset)) {
        copy->left_out += count;
        return;
    }
    hg_packet_fields fields = {.ticks = section->ticks};
    fields.wire = fields.captured = hg_read32(on->at + SIMPLE_WIRE_AT, copy->out.big_endian);
    if (section->snaplen != 0 && fields.captured > section->snaplen)
        fields.captured = section->snaplen;
    if (total < SIMPLE_DATA_AT + TAIL_BYTES || fields.captured > total - SIMPLE_DATA_AT - TAIL_BYTES)
        return; /* impossible: the reader has accepted it */
    if (!has_room(fields.captured, lines, count)) {
        copy->left_out += count;
        return;
    }
    flush_run(copy, on);
    on->run = on->at + total;
    hg_blocks_packet(&copy->out, &fields, on->at + SIMPLE_DATA_AT, lines, count);
}

static void write_commented(hg_copy *copy, hg_progress *on, uint32_t total, hg_lines lines, uint32_t count)
{
    const uint32_t captured = hg_read32(on->at + DATA_AT - 8, copy->out.big_endian);
    const uint64_t options_at = DATA_AT + (((uint64_t)captured + 3) & ~(uint64_t)3);
    if (options_at > total - TAIL_BYTES)
        return; /* impossible: the reader has accepted it */
    if (total + hg_comments_bytes(lines, count) > HG_RECORD_LIMIT - TAIL_BYTES) {
        copy->left_out += count;
        return;
    }
    flush_run(copy, on);
    on->run = on->at + total;
    hg_blocks_commented(&copy->out, on->at, total, (uint32_t)options_at, lines, count);
}

static void note_time(hg_copy *copy, const uint8_t *block, uint32_t type)
{
    const bool big_endian = copy->out.big_endian;
    section_state *section = &copy->section;
    section->interface = hg_read32(block + 8, big_endian);
    if (type == HG_BLOCK_OBSOLETE)
        section->interface = big_endian ? hg_be16(block + 8) : hg_le16(block + 8);
    section->ticks = (uint64_t)hg_read32(block + 12, big_endian) << 32 | hg_read32(block + 16, big_endian);
    section->is_timed = 1;
}

static void note_interface(hg_copy *copy, const uint8_t *block, uint32_t total)
{
    const bool big_endian = copy->out.big_endian;
    section_state *section = &copy->section;
    hg_timescale scale;
    if (section->interfaces++ != 0 || total < INTERFACE_OPTIONS_AT + TAIL_BYTES)
        return;
    section->snaplen = hg_read32(block + SNAPLEN_AT, big_endian);
    if (hg_pcapng_read_clock(block + INTERFACE_OPTIONS_AT, total - INTERFACE_OPTIONS_AT - TAIL_BYTES, big_endian,
                             &scale) == NULL)
        section->is_offset = hg_timescale_ns(&scale, 0) != 0;
}

static void write_packet_block(hg_copy *copy, hg_progress *on, uint32_t type, uint32_t total)
{
    hg_lines lines;
    const uint32_t count = take_notes(copy, on, &lines);
    if (has_names(copy, on)) {
        flush_run(copy, on);
        write_names(copy, on);
    }
    if (type != HG_BLOCK_SIMPLE && total >= DATA_AT + TAIL_BYTES)
        note_time(copy, on->at, type);
    if (count == 0)
        return;
    if (type == HG_BLOCK_SIMPLE)
        write_simple(copy, on, total, lines, count);
    else
        write_commented(copy, on, total, lines, count);
}

static void write_block(hg_copy *copy, hg_progress *on, uint32_t type, uint32_t total)
{
    if (copy->section.is_foreign && type != HG_BLOCK_SECTION)
        return;
    switch (type) {
    case HG_BLOCK_SECTION:
        write_section(copy, on, total);
        break;
    case HG_BLOCK_ENHANCED:
    case HG_BLOCK_OBSOLETE:
    case HG_BLOCK_SIMPLE:
        write_packet_block(copy, on, type, total);
        break;
    case HG_BLOCK_INTERFACE:
        note_interface(copy, on->at, total);
        break;
    default:
        break;
    }
}

/* Leaves out a block that is too long for the window. */
static hg_status leave_out(hg_copy *copy, hg_progress *on, uint32_t type, uint32_t total, hg_error *error)
{
    if (type == HG_BLOCK_SECTION)
        return hg_fail(error, HG_E_UNSUPPORTED, "a section header exceeds 16 MiB");
    flush_run(copy, on);
    copy->to_skip = total;
    copy->left_out++;
    return HG_OK;
}

static void skip_left_out(hg_copy *copy, hg_progress *on)
{
    const uint64_t there = (uint64_t)(on->end - on->at), step = there < copy->to_skip ? there : copy->to_skip;
    if (step == 0)
        return;
    copy->to_skip -= step;
    on->at += step;
    on->run = on->at;
}

static hg_status write_blocks(hg_copy *copy, hg_progress *on, hg_error *error)
{
    hg_status status = HG_OK;
    while (status == HG_OK) {
        skip_left_out(copy, on);
        const size_t there = (size_t)(on->end - on->at);
        if (there < LEAST_BLOCK)
            break;
        if (hg_le32(on->at) == HG_BLOCK_SECTION)
            copy->out.big_endian = on->at[BYTE_ORDER_AT] == 0x1a;
        const uint32_t type = hg_read32(on->at, copy->out.big_endian),
                       total = hg_padded(hg_read32(on->at + 4, copy->out.big_endian));
        if (total > HG_RECORD_LIMIT) {
            status = leave_out(copy, on, type, total, error);
            continue;
        }
        if (total > there || total < LEAST_BLOCK)
            break;
        write_block(copy, on, type, total);
        on->at += total;
    }
    flush_run(copy, on);
    return status;
}

/* ---- writing --------------------------------------------------------------------------- */

static hg_status begin_file(hg_copy *copy, hg_progress *on, hg_error *error)
{
    copy->has_begun = 1;
    copy->is_pcap = on->end - on->at >= 4 && hg_le32(on->at) != HG_BLOCK_SECTION;
    hg_status status = copy->is_pcap ? begin_pcap(copy, on, error) : HG_OK;
    on->run = on->at;
    return status;
}

hg_status hg_copy_write(hg_copy *copy, const hg_notes *notes, const uint8_t **bytes, size_t *length, hg_error *error)
{
    hg_window *window = &copy->inner->window;
    hg_progress on = {.at = window->kept, .end = window->at, .run = window->kept, .notes = notes};
    on.lines = (hg_lines){notes->lines, notes->lines + notes->bytes};
    on.names = (hg_lines){notes->names, notes->names + notes->name_bytes};
    copy->out.to.length = copy->out.to.is_full = 0;
    copy->out.to.may_grow = 1;
    hg_status status = HG_OK;
    if (!copy->has_begun && on.at < on.end)
        status = begin_file(copy, &on, error);
    if (status == HG_OK && copy->is_pcap)
        write_records(copy, &on);
    else if (status == HG_OK)
        status = write_blocks(copy, &on, error);
    if (status == HG_OK && copy->out.to.is_full)
        status = hg_fail(error, HG_E_MEMORY, "no memory for a piece of %zu bytes", (size_t)(on.end - on.at));
    hg_window_keep(window, (size_t)(window->at - on.run));
    copy->begun = hg_window_offset(window);
    *bytes = (const uint8_t *)copy->out.to.at;
    *length = copy->out.to.length;
    return status;
}
