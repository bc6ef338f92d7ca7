/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * datagrams.h - reads the datagrams of a block.
 *
 *     hg_datagram_judge       which reader takes one
 *     hg_peeks_take          each datagram of hellos alone; any number of blocks at once
 *     hg_datagrams_follow     in order, one thread at a time
 *
 * Flows over UDP have a table of their own, as large as that of TCP, so that they never evict a TCP conversation.
 * Flows without an event are evicted first, and end after 10 s.
 */
#pragma once

#include "engine/readers.h"
#include "tls/reader.h"

/* ---- fragments (fragments.c) ------------------------------------------------------------------------ */

enum { HG_MOST_FRAGMENTED = 64 };

/* A datagram that came in fragments. */
typedef struct hg_fragmented hg_fragmented;

/* All zero: nothing came. */
typedef struct hg_fragments {
    hg_fragmented *list; /* NULL until a fragment comes */
    uint8_t *bytes;      /* of them, HG_MOST_DATAGRAM each */
} hg_fragments;

void hg_fragments_clear(hg_fragments *fragments);
void hg_fragments_reset(hg_fragments *fragments);

/* Takes a fragment. 1 when its datagram is whole now: its UDP header and data are at `*udp` until the next call,
 * `*length` bytes, and `packet` has its reader. */
int hg_fragments_take(hg_fragments *fragments, hg_packet *packet, const hg_frame *frame, hg_stats *stats,
                      const uint8_t **udp, uint32_t *length);

/* `readers` is the number of readers of datagrams. Loads where there are no fragments. */
void hg_fragments_transfer(hg_fragments *fragments, uint8_t readers, hg_saved *saved);

/* ---- datagrams -------------------------------------------------------------------------------------- */

/* All readers of datagrams that there are, ended by NULL. */
extern const hg_datagram_reader *const hg_datagram_readers_list[];

/* Adds the ports and link protocols of those that are on. */
void hg_datagram_readers_need(const hg_config *config, hg_requirements *requirements);

/* Bytes of text that one datagram adds to a batch at most; 0: none of the readers is on. */
uint32_t hg_datagram_readers_most_text(const hg_config *config);

/* 1 for a datagram that is examined alone, in parallel, before it is read. */
static inline int hg_is_examined(const hg_packet *packet)
{
    return hg_is_datagram(packet) && !packet->fragment &&
           hg_datagram_readers_list[packet->reader - 1] == &hg_tls_datagram_reader;
}

/* Results for the datagrams of a block, each examined alone. */
typedef struct hg_peeks {
    uint8_t *bytes;
    size_t capacity;
} hg_peeks;

void hg_peeks_clear(hg_peeks *peeks);

/* HG_DROP_NONE when a reader takes a datagram that was parsed, HG_DROP_TRUNCATED when one may and it was not captured
 * as a whole. Sets its reader. */
hg_drop hg_datagram_judge(uint32_t protocols, hg_packet *packet, const hg_frame *frame);

/* Reads each datagram among the packets alone; the result is its peek. `frames` are those of the packets. Without
 * memory there are no peeks (packet->peek 0). `worker` is made when it is NULL and a datagram needs it. */
void hg_peeks_take(hg_peeks *peeks, hg_hello_worker **worker, const hg_config *config, const hg_database *database,
                   hg_packet *packets, uint32_t count, const hg_frame *frames);

typedef struct hg_datagrams {
    hg_flows flows; /* with hellos */
    hg_hello_memory hellos; /* if their reader is on */
    hg_fragments fragments; /* where `has_fragments` */
    hg_config config;
    hg_stats *stats;
    uint8_t is_on;
    uint8_t has_fragments; /* 1: one of the readers has ports */
} hg_datagrams;

/* Nothing where `requirements` has no datagrams. `config` is copied, `stats` borrowed. All zero is valid for
 * the rest. */
hg_status hg_datagrams_init(hg_datagrams *datagrams, const hg_config *config, const hg_requirements *requirements,
                            hg_stats *stats, hg_error *error);
void hg_datagrams_clear(hg_datagrams *datagrams);
void hg_datagrams_reset(hg_datagrams *datagrams);

void hg_datagrams_transfer(hg_datagrams *datagrams, hg_saved *saved);

/* The next datagram or fragment, packet number `number`; a fragment that makes its datagram whole gets the ports of that.
 * 1 when its reader reports something: the event is in `*found`, but for its packet. */
int hg_datagrams_follow(hg_datagrams *datagrams, const hg_database *database, const hg_peeks *peeks,
                        hg_packet *packet, const hg_frame *frame, uint64_t number, hg_batch *batch,
                        hg_reader_event *found);
