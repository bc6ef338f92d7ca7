/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * datagrams.h - reads the datagrams of a block.
 *
 *     hg_datagram_judge       chooses the reader of a datagram
 *     hg_peeks_take           examines each datagram that may contain a hello; any number of blocks at once
 *     hg_datagrams_follow     reads the datagrams in order, in one thread at a time
 *
 * UDP flows have their own table, as large as TCP's, so that they never evict a TCP conversation. Flows without an
 * event are evicted first, and end 10 s after their first datagram.
 */
#pragma once

#include "conversations/readers.h"
#include "tls/reader.h"

/* ---- fragments (fragments.c) ------------------------------------------------------------------------ */

enum { HG_MOST_FRAGMENTED = 64 };

/* A datagram that came in fragments. */
typedef struct hg_fragmented hg_fragmented;

/* All zero is valid: no fragments yet. */
typedef struct hg_fragments {
    hg_fragmented *list; /* NULL until a fragment arrives */
    uint8_t *bytes;      /* HG_MOST_DATAGRAM bytes for each entry of the list */
} hg_fragments;

void hg_fragments_clear(hg_fragments *fragments);
void hg_fragments_reset(hg_fragments *fragments);

/* Adds a fragment. 1: its datagram is now complete. Its UDP header and data, `*length` bytes, are at `*udp` until the
 * next call, and the reader of `packet` is set. */
int hg_fragments_take(hg_fragments *fragments, hg_packet *packet, const hg_frame *frame, hg_stats *stats,
                      const uint8_t **udp, uint32_t *length);

/* Saves or loads the fragments. `readers` is the number of datagram readers. The caller resets the fragments before
 * loading. */
void hg_fragments_transfer(hg_fragments *fragments, uint8_t readers, hg_saved *saved);

/* ---- datagrams -------------------------------------------------------------------------------------- */

/* All datagram readers; the list ends with NULL. */
extern const hg_datagram_reader *const hg_datagram_readers_list[];

/* Adds the active readers' ports and link protocols, and whether one reads any UDP port, to `requirements`. */
void hg_datagram_readers_need(const hg_config *config, hg_requirements *requirements);

/* The most bytes of text that one datagram adds to a batch; 0: no reader is active. */
uint32_t hg_datagram_readers_most_text(const hg_config *config);

/* 1: the datagram is examined in parallel, without its connection, before hg_datagrams_follow reads it in order. */
static inline int hg_is_examined(const hg_packet *packet)
{
    return hg_is_datagram(packet) && !packet->fragment &&
           hg_datagram_readers_list[packet->reader - 1] == &hg_tls_datagram_reader;
}

/* The results of these examinations for the datagrams of a block. */
typedef struct hg_peeks {
    uint8_t *bytes;
    uint32_t room; /* in the unit of packet->peek */
} hg_peeks;

void hg_peeks_clear(hg_peeks *peeks);

/* Sets the reader of a parsed datagram; fragments after the first get none. HG_DROP_TRUNCATED: it was not captured
 * completely; other drops: no reader takes it. */
hg_drop hg_datagram_judge(uint32_t protocols, hg_packet *packet, const hg_frame *frame);

/* Examines the packets for which hg_is_examined is 1, whose frames are in `frames`, and sets their `peek`, the place of
 * the result, which stays 0 if there is no memory. If `*worker` is NULL, it is created when a datagram needs it. */
void hg_peeks_take(hg_peeks *peeks, hg_hello_worker **worker, const hg_config *config, const hg_database *database,
                   hg_packet *packets, uint32_t count, const hg_frame *frames);

typedef struct hg_datagrams {
    hg_flows flows; /* used if the reader of hellos is active */
    hg_hello_memory hellos; /* used if that reader is active */
    hg_fragments fragments; /* used if `has_fragments` */
    hg_peeks joined; /* the examination of the latest one; `room` counts bytes */
    hg_asked_names asked; /* used by the reader of mDNS */
    hg_config config;
    hg_stats *stats;
    uint8_t is_on;         /* 1: a reader is active */
    uint8_t has_fragments; /* 1: a reader of datagrams is active */
} hg_datagrams;

/* Allocates memory only if the reader of hellos is active. `config` is copied, `stats` borrowed. All functions below
 * except hg_datagrams_follow accept a struct of zeros. */
hg_status hg_datagrams_init(hg_datagrams *datagrams, const hg_config *config, const hg_requirements *requirements,
                            hg_stats *stats, hg_error *error);
void hg_datagrams_clear(hg_datagrams *datagrams);
void hg_datagrams_reset(hg_datagrams *datagrams);

void hg_datagrams_transfer(hg_datagrams *datagrams, hg_saved *saved);

/* Reads the next datagram or fragment, packet number `number`. A fragment that completes its datagram gets the
 * datagram's ports. 1: its reader reports an event, which is in `*found`, except the member `packet`. */
int hg_datagrams_follow(hg_datagrams *datagrams, const hg_database *database, const hg_peeks *peeks, hg_packet *packet,
                        const hg_frame *frame, uint64_t number, hg_batch *batch, hg_reader_event *found);
