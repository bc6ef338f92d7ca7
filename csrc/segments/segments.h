/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * segments.h - the system family that a host's segments indicate, without any handshake.
 *
 *     segments, in order ─▶ hosts: what all of them show ─▶ rules of the database ─▶ one event a host, more if it changes
 *
 * A host takes a cache line. The table has a fixed size; when it is full, a host that was not seen lately is evicted.
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

/* The latest IP ID of a connection; `tag` distinguishes a host's connections, most of the time. */
typedef struct hg_segment_flow {
    uint16_t tag;
    uint16_t id;
} hg_segment_flow;

/* What the segments of a host show. */
typedef struct hg_segment_host {
    uint32_t address; /* IPv4, in network order */
    uint32_t hash;    /* of it and its tunnel: hg_packet.source_hash */
    hg_index chain;
    hg_segment_flow flows[HG_SEGMENT_FLOWS];
    uint32_t clock_ts; /* a timestamp of one connection, and when it came */
    uint32_t clock_time;
    uint16_t clock_tag;
    uint16_t hz; /* 0: not known */
    uint16_t segments;
    uint16_t low; /* windows that are not 0; none: low is above high */
    uint16_t high;
    uint16_t frequent;
    uint16_t votes;    /* for it (Boyer and Moore) */
    uint16_t reported; /* 0: nothing yet, a rule from 1 on, or why there is no name */
    uint16_t seen;     /* bits of segments.c */
    uint8_t zeros; /* segments whose ID is 0; this and the next two are halved together */
    uint8_t rises;
    uint8_t jumps;
    uint8_t next_flow;
    uint8_t id_behaviour; /* as of the latest of its first segments */
    uint8_t unused[3];
    uint16_t latest_ip; /* TTL and flags of its latest IP header, 0: none; the same again shows nothing new */
} hg_segment_host;

_Static_assert(sizeof(hg_segment_host) == HG_CACHE_LINE, "a host is as large as a cache line");

/* Its own hash table, like the table of flows: it is searched for each segment, and a host is one cache line. */
typedef struct hg_segments {
    void *memory;
    hg_segment_host *hosts; /* each in its own cache line; place 0 is unused */
    hg_index *heads;
    hg_stats *stats;
    uint32_t mask;
    hg_index capacity;
    hg_index next; /* never used so far */
    hg_index hand; /* where the search for a host to be forgotten continues */
    uint64_t hash_key;
    uint8_t is_on;
} hg_segments;

/* Nothing is made unless it is switched on. `stats` is borrowed. */
hg_status hg_segments_init(hg_segments *segments, const hg_config *config, hg_stats *stats, hg_error *error);
void hg_segments_clear(hg_segments *segments);
void hg_segments_reset(hg_segments *segments);
/* The database is another one from here on. */
void hg_segments_forget_names(hg_segments *segments);

/* Packets after the present one that hg_segments_prefetch reads: any that were parsed once, or zeros. */
enum { HG_SEGMENTS_STEP = 12, HG_SEGMENTS_AHEAD = 3 * HG_SEGMENTS_STEP };

static inline const hg_segment_host *hg_segments_first(const hg_segments *segments, const hg_packet *packet)
{
    return segments->hosts + segments->heads[packet->source_hash & segments->mask];
}

/* Asks the cache for what the packets after this one need: a head of a chain, its first host, the second one. */
static inline void hg_segments_prefetch(const hg_segments *segments, const hg_packet *packet)
{
    const hg_packet *far = packet + HG_SEGMENTS_AHEAD, *next = packet + 2 * HG_SEGMENTS_STEP, *near = packet + HG_SEGMENTS_STEP;
    hg_prefetch_line(segments->heads + (far->source_hash & segments->mask));
    hg_prefetch_line(hg_segments_first(segments, next));
    hg_prefetch_line(segments->hosts + hg_segments_first(segments, near)->chain);
}

/* Takes the next TCP packet. 1: its source has a name now that it did not have before; `*shown` says which. */
int hg_segments_take(hg_segments *segments, const hg_database *database, const hg_packet *packet, const hg_frame *frame,
                     hg_segments_values *shown);

void hg_segments_transfer(hg_segments *segments, const hg_database *database, hg_saved *saved);
