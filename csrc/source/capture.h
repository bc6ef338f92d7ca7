/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * capture.h - what the readers of capture formats share, and what each format says of its packets.
 *
 * A format is a pure walk (a cursor in, frames out, no reading, no errors) and
 * around it a reader that fills the window and explains why the walk stopped. Only the
 * reader knows of descriptors; a walk may run on any bytes that start at a record.
 */
#pragma once

#include "base/prefetch.h"
#include "base/span.h"
#include "packet/frame.h"
#include "source/window.h"
#include <stdbool.h>

/* The largest record: 16 MiB. The largest snap length in use is 256 KiB (libpcap; USB
 * captures reach 128 MiB in theory, but carry no TCP). What claims more is damaged. */
#define HG_RECORD_LIMIT ((uint32_t)16 << 20)

typedef struct hg_capture hg_capture;
struct hg_capture {
    struct hg_source source; /* first, so that the two convert into each other */
    /* Contract of hg_source.next, without its memory for errors. */
    hg_status (*read)(hg_capture *self, hg_frame *frames, uint32_t capacity, uint32_t *count,
                      hg_error *error);
    hg_window window;
    uint64_t packets; /* returned so far */
    hg_error failure; /* the error that ended the source, repeated by every later call */
};

/* A format: what makes a source of an opened window, whose first four bytes are the magic. */
typedef struct hg_capture_format {
    size_t bytes;        /* of its struct, which begins with an hg_capture */
    size_t header_bytes; /* of the file that `begin` may ask for */
    hg_status (*read)(hg_capture *self, hg_frame *frames, uint32_t capacity, uint32_t *count, hg_error *error);
    /* Takes the file's header. HG_END: it is not whole. */
    hg_status (*begin)(hg_capture *self, hg_error *error);
    void (*free)(hg_source *self); /* NULL: nothing of its own is to be freed */
} hg_capture_format;

extern const hg_capture_format hg_pcap_capture, hg_pcapng_capture;

/* The input ends inside the record that begins at `offset`. These errors have the record number of the next packet. */
hg_status hg_capture_truncated(const hg_capture *capture, uint64_t offset, hg_error *error);
/* The record that begins at `offset` is damaged; `why` is a clause. */
hg_status hg_capture_damaged(const hg_capture *capture, uint64_t offset, const char *why,
                             hg_error *error);

#define HG_PREFETCH_BYTES 4096

/* Prefetches the cache lines from `ahead` up to 4 KiB after `at` and returns how far it came.
 * Where a record starts is known only from the one before it, so without this the walk is a
 * chain of cache misses: 100 ns a packet against 14 ns on mixed traffic in cold memory. */
static inline const uint8_t *hg_prefetch(const uint8_t *ahead, const uint8_t *at, const uint8_t *end)
{
    const uint8_t *goal = end - at > HG_PREFETCH_BYTES ? at + HG_PREFETCH_BYTES : end;
    if (ahead < at)
        ahead = at;
    for (size_t lines = goal > ahead ? (size_t)(goal - ahead) / HG_CACHE_LINE : 0; lines > 0; lines--) {
        hg_prefetch_line(ahead);
        ahead += HG_CACHE_LINE;
    }
    return ahead;
}

/* ---- the classic format, walked without state ---- */

/* What a file header says of its records. */
typedef struct hg_pcap_format {
    uint32_t linktype;
    uint32_t fraction_ns;  /* of one unit of a record's fraction: 1000 or 1 */
    uint32_t header_bytes; /* of a record: 16, or 24 in Kuznetzov's variant */
    bool big_endian;
} hg_pcap_format;

/* What a file header of 24 bytes says; its magic is one of a pcap file. */
void hg_pcap_format_of(const uint8_t *header, hg_pcap_format *format);

/* ---- the clock of a pcapng interface: ticks of any resolution to ns ---- */

/* Ticks since an epoch that is `offset_s` later than the common one. */
typedef struct hg_timescale {
    uint64_t quick;     /* fewer ticks than this convert by one multiplication; 0: none do */
    int64_t offset_ns;  /* right when `quick` is above 0 */
    int64_t offset_s;   /* if_tsoffset */
    uint32_t tick_ns;   /* right when `quick` is above 0 */
    uint8_t resolution; /* if_tsresol: 10^-n s, or 2^-n s with the top bit set */
} hg_timescale;

hg_timescale hg_timescale_make(uint8_t resolution, int64_t offset_s);

/* For every case: exact, rounded down to whole ns; a time beyond int64_t becomes its end. */
int64_t hg_timescale_exact(const hg_timescale *scale, uint64_t ticks);

static inline int64_t hg_timescale_ns(const hg_timescale *scale, uint64_t ticks)
{
    if (ticks < scale->quick)
        return (int64_t)(ticks * scale->tick_ns) + scale->offset_ns;
    return hg_timescale_exact(scale, ticks);
}

/* ---- pcapng, walked with the state of one section ---- */

/* Interfaces a section may describe. An enhanced packet block could name 2^32 of them; the
 * obsolete packet block names 2^16, and no capture comes near. */
#define HG_MAX_INTERFACES 65536

typedef struct hg_pcapng_interface {
    hg_timescale timescale;
    uint32_t linktype;
    uint32_t snaplen; /* 0: no limit */
} hg_pcapng_interface;

typedef struct hg_pcapng_section {
    hg_pcapng_interface *interfaces;
    uint32_t count;
    uint32_t capacity;
    int64_t last_ns; /* time of the packet before, given to simple packets, which have none */
    bool big_endian;
} hg_pcapng_section;

/* The resolution and offset of an interface's clock, from the options of its description. NULL, or what is
 * damaged: a clause for hg_capture_damaged. */
const char *hg_pcapng_read_clock(const uint8_t *options, size_t length, bool big_endian, hg_timescale *scale);
