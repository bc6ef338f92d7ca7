/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * segments.h - finds the system family of a host from its segments, without any handshake.
 *
 *     segments, in order ─▶ hosts: values of all segments ─▶ rules of the database ─▶ one event per host, more if it changes
 *
 * A host takes one cache line. The table has a fixed size; when it is full, a host that was not seen lately is evicted.
 */
#pragma once

#include "base/saved.h"
#include "base/prefetch.h"
#include "database/database.h"
#include "flow/index.h"
#include "hg_columns.h"
#include "packet/frame.h"
#include "packet/packet.h"

enum { HG_SEGMENT_FLOWS = 4 };

/* The latest IP ID of a connection. `tag` usually distinguishes a host's connections. */
typedef struct hg_segment_flow {
    uint16_t tag;
    uint16_t id;
} hg_segment_flow;

/* The combined values of a host's segments. */
typedef struct hg_segment_host {
    uint32_t address; /* IPv4, in network order */
    uint32_t hash;    /* of the address and its tunnel: hg_packet.source_hash */
    hg_index chain;
    hg_segment_flow flows[HG_SEGMENT_FLOWS];
    uint32_t clock_ts; /* a timestamp of one connection, and its time of arrival */
    uint32_t clock_time;
    uint16_t clock_tag;
    uint16_t hz; /* 0: not known */
    uint16_t segments;
    uint16_t low; /* lowest window other than 0; above `high` if there was none */
    uint16_t high;
    uint16_t frequent;
    uint16_t votes;    /* for `frequent` (majority vote of Boyer and Moore) */
    uint16_t reported; /* 0: nothing yet; else a rule, counted from 1, or why no rule fits */
    uint16_t seen;     /* bits defined in segments.c */
    uint8_t zeros; /* segments whose ID is 0; this and the next two counters are halved together */
    uint8_t rises;
    uint8_t jumps;
    uint8_t next_flow;
    uint8_t id_behaviour; /* as of the latest of its first segments */
    uint8_t unused[3];
    uint16_t latest_ip; /* TTL and flags of its latest IP header, 0: none; equal values need no further look */
} hg_segment_host;

_Static_assert(sizeof(hg_segment_host) == HG_CACHE_LINE, "a host is as large as a cache line");

/* This has its own hash table, like the table of flows, because it is searched for each segment. */
typedef struct hg_segments {
    void *memory;
    hg_segment_host *hosts; /* each in its own cache line; place 0 is unused */
    hg_index *heads;
    hg_stats *stats;
    uint32_t mask;
    hg_index capacity;
    hg_index next; /* the first place that was never used */
    hg_index hand; /* where the search for a host to evict continues */
    uint64_t hash_key;
    uint8_t is_on;
} hg_segments;

/* Allocates nothing unless hg_config.segments is set. `stats` is borrowed. */
hg_status hg_segments_init(hg_segments *segments, const hg_config *config, hg_stats *stats, hg_error *error);
void hg_segments_clear(hg_segments *segments);
void hg_segments_reset(hg_segments *segments);
/* The database has been exchanged. */
void hg_segments_forget_names(hg_segments *segments);

/* How many packets after the current one hg_segments_prefetch reads. They must be zeros or have been parsed once. */
enum { HG_SEGMENTS_STEP = 12, HG_SEGMENTS_AHEAD = 3 * HG_SEGMENTS_STEP };

static inline const hg_segment_host *hg_segments_first(const hg_segments *segments, const hg_packet *packet)
{
    return segments->hosts + segments->heads[packet->source_hash & segments->mask];
}

/* Prefetches for three later packets: the head of a chain, the first host of a chain, the second host of a chain. */
static inline void hg_segments_prefetch(const hg_segments *segments, const hg_packet *packet)
{
    const hg_packet *far = packet + HG_SEGMENTS_AHEAD, *next = packet + 2 * HG_SEGMENTS_STEP, *near = packet + HG_SEGMENTS_STEP;
    hg_prefetch_line(segments->heads + (far->source_hash & segments->mask));
    hg_prefetch_line(hg_segments_first(segments, next));
    hg_prefetch_line(segments->hosts + hg_segments_first(segments, near)->chain);
}

/* Adds the next TCP packet. 1: there is a new result for its source, in `*shown`. */
int hg_segments_take(hg_segments *segments, const hg_database *database, const hg_packet *packet, const hg_frame *frame,
                     hg_segments_values *shown);

void hg_segments_transfer(hg_segments *segments, const hg_database *database, hg_saved *saved);
