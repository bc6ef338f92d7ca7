/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * capture.h - code that the readers of capture formats share, and descriptions of the formats.
 *
 * Each format has two parts. A walk turns bytes into frames; it neither reads input nor reports errors, and
 * may run on any bytes that start at a record. A reader around it fills the window from the input, and finds
 * the reason when the walk stops.
 */
#pragma once

#include <stdatomic.h>

#include "base/prefetch.h"
#include "base/bytes.h"
#include "packet/frame.h"
#include "source/window.h"

/* The largest record: 16 MiB. Larger records count as damaged: the largest snap length in use is
 * 256 KiB (libpcap). USB captures reach 128 MiB in theory, but carry no TCP. */
#define HG_RECORD_LIMIT ((uint32_t)16 << 20)

typedef struct hg_capture hg_capture;
struct hg_capture {
    struct hg_source source; /* first, so that pointers to the two can be converted */
    /* As hg_source.next, but it need not repeat an earlier error. */
    hg_status (*read)(hg_capture *self, hg_frame *frames, uint32_t capacity, uint32_t *count, hg_error *error);
    hg_window window;
    uint64_t packets; /* returned or only counted so far */
    uint64_t digests[HG_FIRST_PACKETS];
    atomic_uint digested; /* how many of them are known */
    int64_t first_ns, latest_ns; /* times of the first and the latest of them */
    uint64_t dropped; /* packets that the capturing program lost, as it states */
    int64_t compared_ns; /* time of the latest packet that was compared with the one compared before */
    uint64_t back;       /* how often one of these was a second or more older */
    hg_error failure; /* the error that ended the source, repeated by every later call */
};

/* A capture format: how to make a source from an opened window that begins with the format's magic. */
typedef struct hg_capture_format {
    size_t bytes;        /* size of its struct, which begins with an hg_capture */
    size_t header_bytes; /* the most bytes of the file that `begin` requests */
    hg_status (*read)(hg_capture *self, hg_frame *frames, uint32_t capacity, uint32_t *count, hg_error *error);
    /* Reads the file's header. HG_END: it is not complete. */
    hg_status (*begin)(hg_capture *self, hg_error *error);
    void (*free)(hg_source *self); /* NULL: the format allocates no memory */
} hg_capture_format;

extern const hg_capture_format hg_pcap_capture, hg_pcapng_capture;

/* Fails because the input ends inside the record at `offset`. The error's record number is the number of the next
 * packet. */
hg_status hg_capture_truncated(const hg_capture *capture, uint64_t offset, hg_error *error);
/* Fails because the record at `offset` is damaged. `why` is a clause, such as "its block length is below 12". */
hg_status hg_capture_damaged(const hg_capture *capture, uint64_t offset, const char *why, hg_error *error);

#define HG_PREFETCH_BYTES 4096

/* The length of a pcapng block that states `length`: some programs do not count the padding, which is there
 * nevertheless. A length near 2^32 becomes 0. */
static inline uint32_t hg_padded(uint32_t length)
{
    return (length + 3) & ~3u;
}

/* Counters of a file may be any numbers, so their sum has a limit. */
static inline uint64_t hg_add_limited(uint64_t one, uint64_t other)
{
    return one > UINT64_MAX - other ? UINT64_MAX : one + other;
}

/* Prefetches the cache lines from `ahead` up to 4 KiB after `at`, and returns where it stopped.
 * The start of a record is known only from the record before it, so without this the walk is a
 * chain of cache misses: 100 ns per packet instead of 14 ns, on mixed traffic in cold memory. */
static inline const uint8_t *hg_prefetch(const uint8_t *ahead, const uint8_t *at, const uint8_t *end)
{
    const uint8_t *goal = end - at > HG_PREFETCH_BYTES ? at + HG_PREFETCH_BYTES : end;
    if (ahead < at)
        ahead = at;
    for (; goal - ahead >= 4 * HG_CACHE_LINE; ahead += 4 * HG_CACHE_LINE) {
        hg_prefetch_line(ahead);
        hg_prefetch_line(ahead + HG_CACHE_LINE);
        hg_prefetch_line(ahead + 2 * HG_CACHE_LINE);
        hg_prefetch_line(ahead + 3 * HG_CACHE_LINE);
    }
    return ahead;
}

/* ---- the classic format, walked without state ---- */

/* The properties of a file's records, from its header. */
typedef struct hg_pcap_format {
    uint32_t linktype;
    uint32_t fraction_ns;  /* ns in one unit of a record's fraction of a second: 1000 or 1 */
    uint32_t header_bytes; /* size of a record's header: 16, or 24 in Kuznetzov's variant */
    uint32_t file_bytes;   /* size of the file's header: 24, or 28 in IXIA's variant */
    uint16_t major, minor; /* version */
    bool big_endian;
    bool is_old; /* before version 2.4: the lengths of records may be in the other order */
} hg_pcap_format;

/* Reads a file header, 24 bytes with a valid magic. */
void hg_pcap_format_of(const uint8_t *header, hg_pcap_format *format);

/* The lengths in a record's header: what was captured, and what was on the wire. */
static inline void hg_pcap_lengths(const uint8_t *record, bool big_endian, bool is_old, uint32_t *captured,
                                   uint32_t *wire)
{
    enum { FIRST_AT = 8, SECOND_AT = 12 };
    const uint32_t first = hg_read32(record + FIRST_AT, big_endian), second = hg_read32(record + SECOND_AT, big_endian);
    *captured = is_old && first > second ? second : first;
    *wire = is_old && first > second ? first : second;
}

/* ---- the clock of a pcapng interface: ticks of any resolution to ns ---- */

/* The clock counts ticks since `offset_s` seconds after the Unix epoch. */
typedef struct hg_timescale {
    uint64_t quick_limit; /* fewer ticks than this are converted with one multiplication; 0: never */
    int64_t offset_ns;  /* valid when `quick_limit` is above 0 */
    int64_t offset_s;   /* if_tsoffset */
    uint32_t tick_ns;   /* valid when `quick_limit` is above 0 */
    uint8_t resolution; /* if_tsresol: 10^-n s, or 2^-n s with the top bit set */
} hg_timescale;

hg_timescale hg_timescale_make(uint8_t resolution, int64_t offset_s);

/* Converts any number of ticks to ns since the epoch, rounded down. A time outside int64_t becomes its minimum or
 * maximum. */
int64_t hg_timescale_any(const hg_timescale *scale, uint64_t ticks);

/* As hg_timescale_any, but faster for usual resolutions and times. */
static inline int64_t hg_timescale_ns(const hg_timescale *scale, uint64_t ticks)
{
    if (ticks < scale->quick_limit)
        return (int64_t)(ticks * scale->tick_ns) + scale->offset_ns;
    return hg_timescale_any(scale, ticks);
}

/* ---- pcapng, walked with the state of one section ---- */

/* The most interfaces in a section. An enhanced packet block could refer to 2^32 interfaces, the
 * obsolete packet block to 2^16; no capture has nearly so many. */
#define HG_MAX_INTERFACES 65536

typedef struct hg_pcapng_interface {
    hg_timescale timescale;
    uint32_t linktype;
    uint32_t snaplen; /* 0: no limit */
    uint64_t dropped; /* packets, by its latest statistics */
} hg_pcapng_interface;

typedef struct hg_pcapng_section {
    hg_pcapng_interface *interfaces;
    uint32_t count;
    uint32_t capacity;
    int64_t last_ns; /* time of the previous packet, used for simple packets, which have no time */
    bool big_endian;
    uint64_t dropped; /* packets of all interfaces of all sections; UINT64_MAX: too many to count */
} hg_pcapng_section;

/* Reads the resolution and offset of an interface's clock from the options of its description block. Returns NULL, or
 * a clause for hg_capture_damaged that describes the damage. */
const char *hg_pcapng_read_clock(const uint8_t *options, size_t length, bool big_endian, hg_timescale *scale);
