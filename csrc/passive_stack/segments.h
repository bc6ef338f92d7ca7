/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * segments.h - finds the system family of a host from its TCP segments, without any handshake.
 *
 *     segments, in order ─▶ values of each host ─▶ rules of the database ─▶ an event for each new result
 *
 * A host takes one cache line. The table has a fixed size; when it is full, a new host evicts another one, preferably
 * one that was silent lately.
 */
#pragma once

#include "base/saved.h"
#include "base/prefetch.h"
#include "database/database.h"
#include "flow/index.h"
#include "hg_columns.h"
#include "packet/frame.h"
#include "packet/packet.h"

enum { HG_SEGMENT_FLOWS = 4 /* connections of a host whose IP IDs are followed */ };

/* A connection's latest IP ID other than 0. `tag` is a hash that distinguishes nearly all connections of a host. */
typedef struct hg_segment_flow {
    uint16_t tag;
    uint16_t id;
} hg_segment_flow;

/* The combined values of a host's segments. */
typedef struct hg_segment_host {
    uint32_t address; /* IPv4, in network order */
    uint32_t hash;    /* of the address and its tunnel: hg_packet.source_hash */
    hg_index chain;   /* next host in the chain; 0: none */
    hg_segment_flow flows[HG_SEGMENT_FLOWS]; /* of the latest connections */
    uint32_t clock_ts;   /* a TCP timestamp of one connection */
    uint32_t clock_time; /* when it arrived, in 2^20 ns */
    uint16_t clock_tag;  /* that connection's tag */
    uint16_t hz;       /* rate of its timestamps; 0: not known */
    uint16_t segments; /* number of segments; after 65,535 it continues at 32,768 */
    uint16_t low;      /* lowest window other than 0; above `high` if there was none */
    uint16_t high;     /* highest window */
    uint16_t frequent; /* most frequent window (majority vote of Boyer and Moore) */
    uint16_t votes;    /* count of the majority vote for `frequent` */
    uint16_t reported; /* 0: nothing yet; otherwise the rule's index plus 1, or why no rule fits (segments.c) */
    uint16_t seen;     /* bits defined in segments.c */
    uint8_t zeros;     /* segments whose IP ID is 0; this and the next two counters are halved together */
    uint8_t rises;     /* segments whose ID is a little higher than the connection's previous one */
    uint8_t jumps;     /* segments whose ID differs more, except IDs a little lower (late segments) */
    uint8_t next_flow; /* index in `flows` for the next connection */
    uint8_t id_behaviour; /* hg_id_behaviour; updated only by its first segments */
    uint8_t unused[3];
    uint16_t latest_ip; /* TTL and DF flag of its latest IP header, to skip headers that repeat them; 0: none */
} hg_segment_host;

_Static_assert(sizeof(hg_segment_host) == HG_CACHE_LINE, "a host is as large as a cache line");

/* The table of hosts. It has its own hash index, like the table of flows, because it is searched for each segment. */
typedef struct hg_segments {
    void *memory;           /* contains `hosts` */
    hg_segment_host *hosts; /* each in its own cache line; index 0 is unused */
    hg_index *heads;        /* for each hash the first host of its chain; 0: none */
    hg_stats *stats;
    uint32_t mask;          /* number of heads minus 1 */
    hg_index capacity;      /* most hosts */
    hg_index next;          /* the first index that was never used */
    hg_index eviction_cursor; /* where the search for a host to evict continues */
    uint64_t hash_key;
    uint8_t is_on;
} hg_segments;

/* Allocates nothing unless hg_config.segments is set. `stats` is borrowed. */
hg_status hg_segments_init(hg_segments *segments, const hg_config *config, hg_stats *stats, hg_error *error);
void hg_segments_clear(hg_segments *segments);
/* Forgets all hosts. */
void hg_segments_reset(hg_segments *segments);
/* Call after the database was exchanged: forgets which results were reported. */
void hg_segments_forget_names(hg_segments *segments);

/* hg_segments_prefetch reads up to HG_SEGMENTS_AHEAD packets after the current one. Their memory must be zeroed or
 * hold parsed packets. */
enum { HG_SEGMENTS_STEP = 12, HG_SEGMENTS_AHEAD = 3 * HG_SEGMENTS_STEP };

/* The first host in the chain of a packet's source. */
static inline const hg_segment_host *hg_segments_first(const hg_segments *segments, const hg_packet *packet)
{
    return segments->hosts + segments->heads[packet->source_hash & segments->mask];
}

/* Prefetches memory for three later packets: for the farthest one the head of its chain, for the middle one the first
 * host of its chain, for the nearest one the second host. */
static inline void hg_segments_prefetch(const hg_segments *segments, const hg_packet *packet)
{
    const hg_packet *far = packet + HG_SEGMENTS_AHEAD, *next = packet + 2 * HG_SEGMENTS_STEP,
                    *near = packet + HG_SEGMENTS_STEP;
    hg_prefetch_line(segments->heads + (far->source_hash & segments->mask));
    hg_prefetch_line(hg_segments_first(segments, next));
    hg_prefetch_line(segments->hosts + hg_segments_first(segments, near)->chain);
}

/* Adds the next packet. 1: there is a new result for its source, in `*result`. */
int hg_segments_take(hg_segments *segments, const hg_database *database, const hg_packet *packet, const hg_frame *frame,
                     hg_segments_values *result);

/* Saves or loads all hosts (base/saved.h). */
void hg_segments_transfer(hg_segments *segments, const hg_database *database, hg_saved *saved);
