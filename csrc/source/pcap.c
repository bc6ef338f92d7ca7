/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "source/capture.h"

#include "base/error.h"
#include "packet/sieve.h"

/* The file header: magic, version, zone, accuracy, snap length, link type; in IXIA's variant the size of all. */
enum { FILE_HEADER_BYTES = 24, IXIA_BYTES = 28, MAGIC_AT = 0, MAJOR_AT = 4, MINOR_AT = 6, LINKTYPE_AT = 20 };

/* The header of a record. Kuznetzov's variant adds interface index, protocol and packet type. */
enum { RECORD_BYTES = 16, KUZNETZOV_BYTES = 24 };
enum { SECONDS_AT = 0, FRACTION_AT = 4 };

#define MAGIC_NANO 0xa1b23c4du
#define MAGIC_KUZNETZOV 0xa1b2cd34u
#define MAGIC_IXIA 0x1c0001abu
#define MAGIC_IXIA_NANO 0x1c0001acu

typedef struct hg_pcap {
    hg_capture capture; /* first, so that pointers to the two can be converted */
    hg_pcap_format format;
} hg_pcap;

/* For smaller records, the processor's own prefetcher keeps up with the walk; prefetching every line would then
 * make the walk a quarter slower. */
enum { LARGE_RECORD = 128 };

/* The time cannot overflow: 2^32 s is 4.3e18 ns, and a fraction of 2^32 us adds 4.3e12. Some programs write fractions
 * of one second or more. They become the largest fraction of the same second, in the unit of the file: there is no
 * carry, because other readers, such as p0f, show the seconds unchanged. */
static inline __attribute__((always_inline)) int64_t time_of(const hg_pcap_format *format, const uint8_t *record,
                                                             bool big_endian)
{
    const int64_t last_fraction = 1000000000 - (int64_t)format->fraction_ns;
    const int64_t fraction = (int64_t)hg_read32(record + FRACTION_AT, big_endian) * (int64_t)format->fraction_ns;
    return (int64_t)hg_read32(record + SECONDS_AT, big_endian) * 1000000000 +
           (fraction < 1000000000 ? fraction : last_fraction);
}

static inline void note_times(hg_sieve *sieve, int64_t first_ns, int64_t latest_ns)
{
    sieve->first_ns = first_ns;
    sieve->latest_ns = latest_ns;
}

/* `big_endian` and `is_old` are constant in every call, so the compiler makes a walk for each of them. */
static inline __attribute__((always_inline)) uint32_t walk(const hg_pcap_format *format, hg_cursor *from,
                                                           hg_frame *frames, uint32_t capacity, hg_sieve *sieve,
                                                           bool big_endian, bool is_old)
{
    const uint8_t *at = from->at, *end = from->end, *ahead = at, *record = at;
    const size_t header = format->header_bytes;
    uint32_t count = 0, counted = 0;
    uint64_t counted_bytes = 0;
    while (count < capacity && counted < HG_SIEVE_LIMIT && (size_t)(end - at) >= header) {
        uint32_t captured, wire;
        hg_pcap_lengths(at, big_endian, is_old, &captured, &wire);
        if (captured > HG_RECORD_LIMIT || captured > (size_t)(end - at) - header)
            break;
        const uint8_t *data = at + header;
        record = at;
        wire = wire > captured ? wire : captured; /* some files state a smaller number than `captured` */
        at = data + captured;
        if (captured >= LARGE_RECORD)
            ahead = hg_prefetch(ahead, at, end);
        if (sieve != NULL && captured >= HG_SIEVE_BYTES && hg_is_plain_segment(data, captured, wire)) {
            counted++;
            counted_bytes += captured;
            continue;
        }
        frames[count++] = (hg_frame){
            .data = data,
            .time_ns = time_of(format, record, big_endian),
            .captured = captured,
            .wire = wire,
            .linktype = format->linktype,
            .counted_before = counted,
        };
    }
    if (sieve != NULL)
        *sieve = (hg_sieve){.packets = counted, .bytes = counted_bytes, .segments = 1};
    if (counted > 0)
        note_times(sieve, time_of(format, from->at, big_endian), time_of(format, record, big_endian));
    from->at = at;
    return count;
}

/* Reads complete records from `from` and returns the number of frames, at most `capacity`. It stops at a
 * record that is not complete or is longer than HG_RECORD_LIMIT. With a `sieve` (may be NULL), plain segments
 * of little-endian Ethernet captures are only counted in it, at most HG_SIEVE_LIMIT in one walk. */
static uint32_t take_records(const hg_pcap_format *format, hg_cursor *from, hg_frame *frames, uint32_t capacity,
                             hg_sieve *sieve)
{
    if (format->is_old)
        return format->big_endian ? walk(format, from, frames, capacity, NULL, true, true)
                                  : walk(format, from, frames, capacity, NULL, false, true);
    if (format->big_endian)
        return walk(format, from, frames, capacity, NULL, true, false);
    if (sieve == NULL || format->linktype != LINKTYPE_ETHERNET)
        return walk(format, from, frames, capacity, NULL, false, false);
    return walk(format, from, frames, capacity, sieve, false, false);
}

/* Reads until the record at the window's start is complete, or reports the reason why it cannot be. */
static hg_status bring_record(hg_pcap *pcap, hg_error *error)
{
    hg_window *window = &pcap->capture.window;
    const size_t header = pcap->format.header_bytes;
    const uint64_t offset = hg_window_offset(window);
    hg_status status = hg_window_fill(window, header, error);
    if (status == HG_OK) {
        uint32_t captured, wire;
        hg_pcap_lengths(window->at, pcap->format.big_endian, pcap->format.is_old, &captured, &wire);
        if (captured > HG_RECORD_LIMIT)
            return hg_capture_damaged(&pcap->capture, offset, "its captured length is beyond 16 MiB", error);
        status = hg_window_fill(window, header + captured, error);
    }
    if (status == HG_END && hg_window_left(window) > 0)
        return hg_capture_truncated(&pcap->capture, offset, error);
    return status;
}

static hg_status pcap_read(hg_capture *self, hg_frame *frames, uint32_t capacity, uint32_t *count, hg_error *error)
{
    hg_pcap *pcap = (hg_pcap *)self;
    hg_sieve *sieve = self->source.sieve != NULL && self->source.sieve->segments ? self->source.sieve : NULL;
    hg_cursor from = {self->window.at, self->window.end};
    *count = take_records(&pcap->format, &from, frames, capacity, sieve);
    if (*count == 0 && (sieve == NULL || sieve->packets == 0)) {
        hg_status status = bring_record(pcap, error);
        if (status != HG_OK)
            return status;
        from = (hg_cursor){self->window.at, self->window.end};
        *count = take_records(&pcap->format, &from, frames, capacity, sieve);
    }
    self->window.at = from.at;
    return HG_OK;
}

/* AIX numbers links as SNMP does, in files whose fractions are nanoseconds. No other program of this version wrote
 * captures of such a number. */
static void read_aix(hg_pcap_format *format)
{
    static const uint8_t LINKTYPES[16] = {[6] = LINKTYPE_ETHERNET, [9] = 6, [15] = 10};
    const uint32_t number = format->linktype;
    if (number >= sizeof LINKTYPES || LINKTYPES[number] == 0)
        return;
    format->linktype = LINKTYPES[number];
    format->fraction_ns = 1;
}

void hg_pcap_format_of(const uint8_t *header, hg_pcap_format *format)
{
    format->big_endian = header[MAGIC_AT] == 0xa1 || header[MAGIC_AT] == MAGIC_IXIA >> 24;
    uint32_t magic = hg_read32(header + MAGIC_AT, format->big_endian);
    enum { OF_AIX = 2, LAST_OLD = 3, OF_IBM = 543 }; /* 543: some early programs of AIX */
    format->fraction_ns = magic == MAGIC_NANO || magic == MAGIC_IXIA_NANO ? 1 : 1000;
    format->file_bytes = magic == MAGIC_IXIA || magic == MAGIC_IXIA_NANO ? IXIA_BYTES : FILE_HEADER_BYTES;
    format->major = hg_read16(header + MAJOR_AT, format->big_endian);
    format->minor = hg_read16(header + MINOR_AT, format->big_endian);
    format->is_old = format->major == OF_IBM || (format->major == 2 && format->minor <= LAST_OLD);
    format->header_bytes = magic == MAGIC_KUZNETZOV ? KUZNETZOV_BYTES : RECORD_BYTES;
    /* In the upper half, bits 26 and 28 to 31 describe the frame check sequence after each packet; the others are
     * reserved. */
    format->linktype = hg_read32(header + LINKTYPE_AT, format->big_endian) & 0xffff;
    if (format->major == 2 && format->minor == OF_AIX)
        read_aix(format);
}

static hg_status read_file_header(const uint8_t *header, hg_pcap_format *format, hg_error *error)
{
    hg_pcap_format_of(header, format);
    if (format->major != 2 && !format->is_old)
        return hg_fail_at(error, HG_E_UNSUPPORTED, 0, 4, "pcap version %u.%u is not read, only 2.x", format->major,
                          format->minor);
    return HG_OK;
}

static hg_status pcap_begin(hg_capture *self, hg_error *error)
{
    hg_status status = hg_window_fill(&self->window, FILE_HEADER_BYTES, error);
    if (status == HG_OK)
        status = read_file_header(self->window.at, &((hg_pcap *)self)->format, error);
    if (status == HG_OK)
        status = hg_window_fill(&self->window, ((hg_pcap *)self)->format.file_bytes, error);
    if (status == HG_OK)
        self->window.at += ((hg_pcap *)self)->format.file_bytes;
    return status;
}

const hg_capture_format hg_pcap_capture = {
    .bytes = sizeof(hg_pcap),
    .header_bytes = FILE_HEADER_BYTES,
    .read = pcap_read,
    .begin = pcap_begin,
};
