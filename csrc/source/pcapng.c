/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * pcapng.c - the pcapng format.
 *
 * A block has its type, total length, body, and total length again. The functions that return a `damage`
 * check a block. The walk stops at a damaged block; then the reader repeats the check to get the reason.
 */
#include "source/capture.h"

#include <stdlib.h>

#include "base/error.h"

enum {
    BLOCK_INTERFACE = 1,
    BLOCK_PACKET_OBSOLETE = 2,
    BLOCK_PACKET_SIMPLE = 3,
    BLOCK_STATISTICS = 5,
    BLOCK_PACKET_ENHANCED = 6
};
#define BLOCK_SECTION 0x0a0d0d0au
#define BYTE_ORDER_MAGIC 0x1a2b3c4du

/* Offsets into every block. BLOCK_BYTES is the size of a block with an empty body. */
enum { TYPE_AT = 0, LENGTH_AT = 4, BODY_AT = 8, TAIL_BYTES = 4, BLOCK_BYTES = BODY_AT + TAIL_BYTES };

/* For each kind of block, the offsets of its mandatory fields, and its smallest size. */
enum { BYTE_ORDER_AT = BODY_AT, MAJOR_AT = 12, SECTION_BYTES = 28 };
enum { LINKTYPE_AT = BODY_AT, SNAPLEN_AT = 12, INTERFACE_OPTIONS_AT = 16, INTERFACE_BYTES = 20 };
enum { STATISTICS_OPTIONS_AT = 20, STATISTICS_BYTES = 24 };
enum { SIMPLE_WIRE_AT = BODY_AT, SIMPLE_DATA_AT = 12, SIMPLE_BYTES = 16 };
enum { /* enhanced and obsolete packet blocks */
       INTERFACE_AT = BODY_AT,
       TIME_UPPER_AT = 12,
       TIME_LOWER_AT = 16,
       CAPTURED_AT = 20,
       WIRE_AT = 24,
       DATA_AT = 28,
       PACKET_BYTES = 32
};

/* An option: code, length, value. */
enum { OPTION_CODE_AT = 0, OPTION_LENGTH_AT = 2, OPTION_VALUE_AT = 4 };

enum { OPTION_END = 0, OPTION_RESOLUTION = 9, OPTION_OFFSET = 14, DEFAULT_RESOLUTION = 6 };
enum { OPTION_DROPPED_BY_INTERFACE = 5, OPTION_DROPPED_BY_SYSTEM = 7, COUNTER_BYTES = 8 };
#define COUNTER_UNKNOWN UINT64_MAX

/* A clause that describes the damage of a block; NULL: it has none. */
typedef const char *damage;

#define LENGTHS_DIFFER "the block lengths before and after it differ"

typedef struct hg_pcapng {
    hg_capture capture; /* first, so that pointers to the two can be converted */
    hg_pcapng_section section;
    /* The block that is being skipped and is not kept in memory: how many bytes are left before its second
     * length, where it began, and the length that must follow. skip_total 0: no such block. */
    uint64_t skip_left;
    uint64_t skip_offset;
    uint32_t skip_total;
    bool is_foreign;        /* the version of the current section is unknown: its blocks are skipped */
    hg_error first_foreign; /* of the first such section; the status of the input's end */
} hg_pcapng;

/* Where the current block begins. */
static uint64_t block_offset(const hg_pcapng *ng)
{
    return ng->skip_total != 0 ? ng->skip_offset : hg_window_offset(&ng->capture.window);
}

static hg_status damaged(const hg_pcapng *ng, damage found, hg_error *error)
{
    return hg_capture_damaged(&ng->capture, block_offset(ng), found, error);
}

static hg_status truncated(const hg_pcapng *ng, hg_error *error)
{
    return hg_capture_truncated(&ng->capture, block_offset(ng), error);
}

static inline bool is_packet(uint32_t type)
{
    return type == BLOCK_PACKET_ENHANCED || type == BLOCK_PACKET_SIMPLE || type == BLOCK_PACKET_OBSOLETE;
}

static inline damage check_total(uint32_t total)
{
    return total < BLOCK_BYTES ? "its block length is below 12" : NULL;
}

static inline damage check_tail(const uint8_t *block, uint32_t total, bool big_endian)
{
    if (hg_read32(block + total - TAIL_BYTES, big_endian) != hg_read32(block + LENGTH_AT, big_endian))
        return LENGTHS_DIFFER;
    return NULL;
}

/* A simple packet block belongs to interface 0 and has no captured length: the packet was cut at that interface's snap
 * length. It has no time either. It gets the time of the previous packet in its section (0 for the first), so that time
 * does not jump. */
static inline damage read_simple(const hg_pcapng_section *section, const uint8_t *block, uint32_t total,
                                 int64_t last_ns, bool big_endian, hg_frame *frame)
{
    if (total < SIMPLE_BYTES)
        return "its block is too short for a packet";
    if (section->count == 0)
        return "no interface description comes before this packet";
    const hg_pcapng_interface *interface = &section->interfaces[0];
    uint32_t wire = hg_read32(block + SIMPLE_WIRE_AT, big_endian);
    uint32_t captured = wire;
    if (interface->snaplen != 0 && captured > interface->snaplen)
        captured = interface->snaplen;
    if (captured > total - SIMPLE_BYTES)
        return "its packet is longer than its block";
    frame->data = block + SIMPLE_DATA_AT;
    frame->time_ns = last_ns;
    frame->captured = captured;
    frame->wire = wire;
    frame->linktype = interface->linktype;
    frame->counted_before = 0;
    return NULL;
}

/* Reads enhanced and obsolete packet blocks, which differ in the width of the interface number. */
static inline damage read_packet(const hg_pcapng_section *section, const uint8_t *block, uint32_t total,
                                 uint32_t number, bool big_endian, hg_frame *frame)
{
    if (total < PACKET_BYTES)
        return "its block is too short for a packet";
    if (number >= section->count)
        return "no interface description comes before this packet";
    const hg_pcapng_interface *interface = &section->interfaces[number];
    uint64_t ticks =
        ((uint64_t)hg_read32(block + TIME_UPPER_AT, big_endian) << 32) | hg_read32(block + TIME_LOWER_AT, big_endian);
    uint32_t captured = hg_read32(block + CAPTURED_AT, big_endian);
    uint32_t wire = hg_read32(block + WIRE_AT, big_endian);
    if (captured > total - PACKET_BYTES)
        return "its packet is longer than its block";
    frame->data = block + DATA_AT;
    frame->time_ns = hg_timescale_ns(&interface->timescale, ticks);
    frame->captured = captured;
    frame->wire = wire > captured ? wire : captured; /* some files state a smaller number than `captured` */
    frame->linktype = interface->linktype;
    frame->counted_before = 0;
    return NULL;
}

/* Reads a packet block of any kind; all of its bytes are available at `block`. */
static inline damage read_frame(const hg_pcapng_section *section, const uint8_t *block, uint32_t type, uint32_t total,
                                int64_t last_ns, bool big_endian, hg_frame *frame)
{
    damage found = check_total(total);
    if (found == NULL)
        found = check_tail(block, total, big_endian);
    if (found != NULL)
        return found;
    if (type == BLOCK_PACKET_SIMPLE)
        return read_simple(section, block, total, last_ns, big_endian, frame);
    uint32_t number = type == BLOCK_PACKET_ENHANCED ? hg_read32(block + INTERFACE_AT, big_endian)
                                                    : hg_read16(block + INTERFACE_AT, big_endian);
    return read_packet(section, block, total, number, big_endian, frame);
}

/* Notes how many packets of an interface were dropped, by the latest of its statistics. Options that are damaged end
 * them. */
static __attribute__((cold, noinline)) void note_statistics(hg_pcapng_section *section, const uint8_t *block,
                                                            uint32_t total)
{
    const bool big_endian = section->big_endian;
    const uint8_t *at = block + STATISTICS_OPTIONS_AT, *end = block + total - TAIL_BYTES;
    uint64_t by_interface = 0, by_system = 0;
    if (total < STATISTICS_BYTES || hg_read32(block + INTERFACE_AT, big_endian) >= section->count)
        return;
    while (end - at >= OPTION_VALUE_AT) {
        const uint16_t code = hg_read16(at + OPTION_CODE_AT, big_endian);
        const uint16_t bytes = hg_read16(at + OPTION_LENGTH_AT, big_endian);
        const uint32_t padded = hg_padded(bytes);
        at += OPTION_VALUE_AT;
        if (code == OPTION_END || padded > (size_t)(end - at))
            break;
        const uint64_t value = bytes != COUNTER_BYTES ? COUNTER_UNKNOWN : big_endian ? hg_be64(at) : hg_le64(at);
        if (code == OPTION_DROPPED_BY_INTERFACE && value != COUNTER_UNKNOWN)
            by_interface = value;
        if (code == OPTION_DROPPED_BY_SYSTEM && value != COUNTER_UNKNOWN)
            by_system = value;
        at += padded;
    }
    hg_pcapng_interface *interface = section->interfaces + hg_read32(block + INTERFACE_AT, big_endian);
    const uint64_t before = interface->dropped;
    interface->dropped = hg_add_limited(by_interface, by_system);
    if (interface->dropped >= before)
        section->dropped = hg_add_limited(section->dropped, interface->dropped - before);
    else if (section->dropped != UINT64_MAX)
        section->dropped -= before - interface->dropped;
}

/* Reads packets from `from`, at most `capacity`, skips blocks of other kinds, and returns the number of packets. It
 * stops at a block that is incomplete or damaged, or changes the section (a section header or an interface
 * description). `big_endian` is constant in every call, so the compiler makes a walk for each byte order. */
static inline uint32_t walk(hg_pcapng_section *section, hg_cursor *from, hg_frame *frames, uint32_t capacity,
                            bool big_endian)
{
    const uint8_t *at = from->at, *end = from->end, *ahead = at;
    int64_t last_ns = section->last_ns;
    uint32_t count = 0;
    while (count < capacity && end - at >= BLOCK_BYTES) {
        uint32_t type = hg_read32(at + TYPE_AT, big_endian);
        uint32_t total = hg_padded(hg_read32(at + LENGTH_AT, big_endian));
        if (total > HG_RECORD_LIMIT || total > (size_t)(end - at))
            break;
        if (is_packet(type)) {
            if (read_frame(section, at, type, total, last_ns, big_endian, &frames[count]) != NULL)
                break;
            last_ns = frames[count].time_ns;
            count++;
        } else if (type == BLOCK_SECTION || type == BLOCK_INTERFACE || check_total(total) != NULL ||
                   check_tail(at, total, big_endian) != NULL) {
            break;
        } else if (type == BLOCK_STATISTICS) {
            note_statistics(section, at, total);
        }
        at += total;
        ahead = hg_prefetch(ahead, at, end);
    }
    section->last_ns = last_ns;
    from->at = at;
    return count;
}

damage hg_pcapng_read_clock(const uint8_t *options, size_t length, bool big_endian, hg_timescale *scale)
{
    uint8_t resolution = DEFAULT_RESOLUTION;
    int64_t offset_s = 0;
    while (length >= OPTION_VALUE_AT) {
        uint16_t code = hg_read16(options + OPTION_CODE_AT, big_endian);
        uint16_t bytes = hg_read16(options + OPTION_LENGTH_AT, big_endian);
        size_t padded = ((size_t)bytes + 3) & ~(size_t)3;
        if (code == OPTION_END)
            break;
        if (padded > length - OPTION_VALUE_AT)
            return "an option of its interface description is longer than its block";
        if (code == OPTION_RESOLUTION) {
            if (bytes != 1)
                return "its time resolution is not one byte";
            resolution = options[OPTION_VALUE_AT];
        } else if (code == OPTION_OFFSET) {
            if (bytes != 8)
                return "its time offset is not eight bytes";
            uint64_t raw = big_endian ? hg_be64(options + OPTION_VALUE_AT) : hg_le64(options + OPTION_VALUE_AT);
            memcpy(&offset_s, &raw, sizeof offset_s);
        }
        options += OPTION_VALUE_AT + padded;
        length -= OPTION_VALUE_AT + padded;
    }
    *scale = hg_timescale_make(resolution, offset_s);
    return NULL;
}

static hg_status reserve_interface(hg_pcapng *ng, hg_error *error)
{
    hg_pcapng_section *section = &ng->section;
    if (section->count == HG_MAX_INTERFACES)
        return damaged(ng, "its section has more than 65536 interfaces", error);
    if (section->count < section->capacity)
        return HG_OK;
    uint32_t capacity = section->capacity == 0 ? 4 : section->capacity * 2;
    hg_pcapng_interface *larger = realloc(section->interfaces, capacity * sizeof *larger);
    if (larger == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for %u interfaces", capacity);
    section->interfaces = larger;
    section->capacity = capacity;
    return HG_OK;
}

/* Adds an interface. Its description is complete and at the window's start. */
static hg_status add_interface(hg_pcapng *ng, uint32_t total, hg_error *error)
{
    hg_pcapng_section *section = &ng->section;
    const uint8_t *block = ng->capture.window.at;
    hg_pcapng_interface interface;
    damage found = check_tail(block, total, section->big_endian);
    if (found == NULL && total < INTERFACE_BYTES)
        found = "its block is too short for an interface description";
    if (found == NULL)
        found = hg_pcapng_read_clock(block + INTERFACE_OPTIONS_AT, total - INTERFACE_BYTES, section->big_endian,
                                     &interface.timescale);
    if (found != NULL)
        return damaged(ng, found, error);
    hg_status status = reserve_interface(ng, error);
    if (status != HG_OK)
        return status;
    interface.linktype = hg_read16(block + LINKTYPE_AT, section->big_endian);
    interface.snaplen = hg_read32(block + SNAPLEN_AT, section->big_endian);
    interface.dropped = 0;
    section->interfaces[section->count++] = interface;
    ng->capture.window.at += total;
    return HG_OK;
}

/* Begins to skip the block at the window's start. */
static void begin_skip(hg_pcapng *ng, uint32_t total)
{
    ng->skip_left = hg_padded(total) - TAIL_BYTES;
    ng->skip_offset = hg_window_offset(&ng->capture.window);
    ng->skip_total = total;
}

/* Skips more of a block, with at most one read. It is called again until skip_total is 0. */
static hg_status continue_skip(hg_pcapng *ng, hg_error *error)
{
    hg_window *window = &ng->capture.window;
    hg_status status = hg_window_skip(window, &ng->skip_left, error);
    if (status == HG_OK && ng->skip_left > 0)
        return HG_OK;
    if (status == HG_OK)
        status = hg_window_fill(window, TAIL_BYTES, error);
    if (status == HG_END)
        return truncated(ng, error);
    if (status != HG_OK)
        return status;
    if (hg_read32(window->at, ng->section.big_endian) != ng->skip_total)
        return damaged(ng, LENGTHS_DIFFER, error);
    window->at += TAIL_BYTES;
    ng->skip_total = 0;
    return HG_OK;
}

/* Begins a section. At least twelve bytes of its header are at the window's start. The length of the whole
 * section is not used: it may be "unknown", and every block has its own length. */
static hg_status begin_section(hg_pcapng *ng, hg_error *error)
{
    hg_window *window = &ng->capture.window;
    bool big_endian = hg_be32(window->at + BYTE_ORDER_AT) == BYTE_ORDER_MAGIC;
    if (!big_endian && hg_le32(window->at + BYTE_ORDER_AT) != BYTE_ORDER_MAGIC)
        return damaged(ng, "its section header has no byte order", error);
    const uint32_t stated = hg_read32(window->at + LENGTH_AT, big_endian), total = hg_padded(stated);
    damage found = check_total(total);
    if (found == NULL && total < SECTION_BYTES)
        found = "its block is too short for a section header";
    if (found != NULL)
        return damaged(ng, found, error);
    hg_status status = hg_window_fill(window, SECTION_BYTES, error);
    if (status == HG_END)
        return truncated(ng, error);
    if (status != HG_OK)
        return status;
    ng->is_foreign = hg_read16(window->at + MAJOR_AT, big_endian) != 1;
    if (ng->is_foreign && ng->first_foreign.status == HG_OK)
        damaged(ng, "its section has an unsupported version, and was skipped; only 1.x is read", &ng->first_foreign);
    ng->section.big_endian = big_endian;
    ng->section.count = 0;
    ng->section.last_ns = 0;
    begin_skip(ng, stated);
    return HG_OK;
}

/* The input has ended; a section that was skipped becomes the error. */
static hg_status ended(const hg_pcapng *ng, hg_error *error)
{
    if (ng->first_foreign.status == HG_OK)
        return HG_END;
    *error = ng->first_foreign;
    return (hg_status)error->status;
}

/* Reads until the block at the window's start is complete. */
static hg_status hold_block(hg_pcapng *ng, uint32_t total, hg_error *error)
{
    if (total > HG_RECORD_LIMIT)
        return damaged(ng, "its block length is beyond 16 MiB", error);
    hg_status status = hg_window_fill(&ng->capture.window, total, error);
    return status == HG_END ? truncated(ng, error) : status;
}

/* Handles the block at the window's start, at which the walk stopped. HG_OK: the block is done, is being
 * skipped, or is a valid packet that is now complete. */
static hg_status handle_block(hg_pcapng *ng, hg_error *error)
{
    hg_window *window = &ng->capture.window;
    if (ng->skip_total != 0)
        return continue_skip(ng, error);
    hg_status status = hg_window_fill(window, BLOCK_BYTES, error);
    if (status == HG_END)
        return hg_window_left(window) == 0 ? ended(ng, error) : truncated(ng, error);
    if (status != HG_OK)
        return status;
    bool big_endian = ng->section.big_endian;
    uint32_t type = hg_read32(window->at + TYPE_AT, big_endian);
    if (type == BLOCK_SECTION)
        return begin_section(ng, error);
    const uint32_t stated = hg_read32(window->at + LENGTH_AT, big_endian), total = hg_padded(stated);
    damage found = check_total(total);
    if (found != NULL)
        return damaged(ng, found, error);
    const bool has_statistics = type == BLOCK_STATISTICS && total <= HG_RECORD_LIMIT;
    if (ng->is_foreign || (type != BLOCK_INTERFACE && !has_statistics && !is_packet(type))) {
        begin_skip(ng, stated);
        return HG_OK;
    }
    status = hold_block(ng, total, error);
    if (status != HG_OK)
        return status;
    if (type == BLOCK_INTERFACE)
        return add_interface(ng, total, error);
    hg_frame frame;
    found = has_statistics ? check_tail(window->at, total, big_endian)
                           : read_frame(&ng->section, window->at, type, total, 0, big_endian, &frame);
    return found == NULL ? HG_OK : damaged(ng, found, error);
}

/* The most steps without a packet in one call, so that the caller regains control even in an endless series of
 * other blocks. A step reads 1 MiB at most. */
enum { PATIENCE = 64 };

static hg_status pcapng_read(hg_capture *self, hg_frame *frames, uint32_t capacity, uint32_t *count, hg_error *error)
{
    hg_pcapng *ng = (hg_pcapng *)self;
    for (int step = 0; *count == 0 && capacity > 0 && step < PATIENCE; step++) {
        if (ng->skip_total == 0 && !ng->is_foreign) {
            hg_cursor from = {self->window.at, self->window.end};
            *count = ng->section.big_endian ? walk(&ng->section, &from, frames, capacity, true)
                                            : walk(&ng->section, &from, frames, capacity, false);
            self->window.at = from.at;
            self->dropped = ng->section.dropped;
        }
        if (*count == 0) {
            hg_status status = handle_block(ng, error);
            if (status != HG_OK)
                return status;
        }
    }
    return HG_OK;
}

static void pcapng_free(hg_source *self)
{
    hg_pcapng *ng = (hg_pcapng *)self;
    hg_window_close(&ng->capture.window);
    free(ng->section.interfaces);
    free(ng);
}

/* Reads the first section header, so that a file of another kind fails to open. */
static hg_status pcapng_begin(hg_capture *self, hg_error *error)
{
    const hg_status status = hg_window_fill(&self->window, BLOCK_BYTES, error);
    return status == HG_OK ? begin_section((hg_pcapng *)self, error) : status;
}

const hg_capture_format hg_pcapng_capture = {
    .bytes = sizeof(hg_pcapng),
    .header_bytes = SECTION_BYTES,
    .read = pcapng_read,
    .begin = pcapng_begin,
    .free = pcapng_free,
};
