/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * datagrams.h - reads the datagrams of a block.
 *
 *     hg_datagram_judge       chooses the reader of a datagram
 *     hg_peeks_take          examines each datagram alone, if its reader can; any number of blocks at once
 *     hg_datagrams_follow     in order, one thread at a time
 *
 * UDP flows have their own table, as large as the one for TCP, so that they never evict a TCP conversation.
 * Flows without an event are evicted first, and end after 10 s.
 */
#pragma once

#include "engine/fragments.h"
#include "engine/readers.h"

/* All datagram readers; the list ends with NULL. */
extern const hg_datagram_reader *const hg_datagram_readers_list[];

/* Adds the ports and link protocols of the active readers. */
void hg_datagram_readers_need(const hg_config *config, hg_requirements *requirements);

/* The most bytes of text that one datagram adds to a batch; 0: no reader is active. */
uint32_t hg_datagram_readers_most_text(const hg_config *config);

/* The function with which the packet's reader examines it in parallel; NULL: none, or the packet is a fragment or no
 * datagram. */
static inline const hg_datagram_look *hg_datagram_look_of(const hg_packet *packet)
{
    return hg_is_datagram(packet) && !packet->fragment ? hg_datagram_readers_list[packet->reader - 1]->look : NULL;
}

/* One worker's state for examining datagrams. Only one reader has such state; NULL until a datagram needs it. */
typedef struct hg_lookers {
    const hg_datagram_look *look;
    void *worker;
} hg_lookers;

void hg_lookers_clear(hg_lookers *lookers);

/* Results for the datagrams of a block, each examined alone. */
typedef struct hg_peeks {
    uint8_t *bytes;
    size_t capacity;
} hg_peeks;

void hg_peeks_clear(hg_peeks *peeks);

/* Sets the reader of a parsed datagram. HG_DROP_NONE: a reader takes it; HG_DROP_TRUNCATED: a reader might, but it was
 * not captured completely. */
hg_drop hg_datagram_judge(uint32_t protocols, hg_packet *packet, const hg_frame *frame);

/* Examines each datagram among the packets alone; the result is its peek. `frames` holds the packets' frames. Without
 * memory there are no peeks (packet->peek 0). */
void hg_peeks_take(hg_peeks *peeks, hg_lookers *lookers, const hg_config *config, const hg_database *database,
                   hg_packet *packets, uint32_t count, const hg_frame *frames);

typedef struct hg_datagrams {
    const hg_datagram_memory *memory; /* functions of the only reader with state of flows, if it is active; or NULL */
    void *state; /* that reader's state */
    hg_flows flows; /* used with a memory */
    hg_fragments fragments; /* used with `has_fragments` */
    hg_config config;
    hg_stats *stats;
    uint8_t is_on;
    uint8_t has_fragments; /* 1: one of the readers has ports */
} hg_datagrams;

/* Does nothing if `requirements` has no datagrams. `config` is copied, `stats` borrowed. The other functions accept
 * a struct of zeros. */
hg_status hg_datagrams_init(hg_datagrams *datagrams, const hg_config *config, const hg_requirements *requirements,
                            hg_stats *stats, hg_error *error);
void hg_datagrams_clear(hg_datagrams *datagrams);
void hg_datagrams_reset(hg_datagrams *datagrams);
void hg_datagrams_count_into(hg_datagrams *datagrams, hg_stats *stats);

void hg_datagrams_save(const hg_datagrams *datagrams, hg_saving *to);
hg_status hg_datagrams_load(hg_datagrams *datagrams, hg_loading *from); /* contract of hg_flows_load */

/* Reads the next datagram or fragment, packet number `number`. A fragment that completes its datagram gets the datagram's
 * ports. 1: its reader reports an event, which is in `*found`, except the member `packet`. */
int hg_datagrams_follow(hg_datagrams *datagrams, const hg_database *database, const hg_peeks *peeks,
                        hg_packet *packet, const hg_frame *frame, uint64_t number, hg_batch *batch,
                        hg_reader_event *found);
