/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * block.h - a block of some hundred frames, which passes through the stages of the engine.
 *
 *     read ─▶ parse ─▶ observe and match ─▶ converse ─▶ write rows
 *      one block at a time      │               │           │
 *      reads the source         │               │   any number of blocks at once
 *                     any number of blocks      │
 *                     at once        one block at a time, in the order of reading
 *
 * A block goes through every stage before it is used again, so that the output of one stage is still in the cache for
 * the next.
 */
#pragma once

#include "engine/datagrams.h"
#include "segments/segments.h"
#include "packet/sieve.h"

/* The state and configuration that all blocks share. */
typedef struct hg_setting {
    const hg_filter *filter; /* or NULL */
    const hg_filter *tunnels; /* which tunnels are read, by their outer ends; NULL: all */
    uint8_t reads;  /* bits HG_READ_: what is read besides TCP */
    uint8_t sieves; /* 1: plain segments are only counted */
    uint32_t protocols; /* as in hg_config */
    uint32_t most_text; /* the most text bytes that one packet adds to a batch */
    hg_detector detect;
    hg_requirements requirements; /* of all readers */
    hg_conversations conversations;
    hg_readers readers; /* stream readers */
    hg_datagrams datagrams;
    hg_segments segments;
    uint64_t reads_left; /* packets that may still be read beyond their headers in this call */
    uint8_t apart[HG_APART];
    hg_stats stats;
} hg_setting;

/* What is read besides TCP, as bits HG_READ_. */
static inline uint8_t hg_reads(const hg_config *config, const hg_requirements *needed)
{
    return (uint8_t)((config->decapsulate ? HG_READ_TUNNELS : 0) |
                     (hg_needs_datagrams(needed) ? HG_READ_DATAGRAMS : 0) |
                     (needed->udp_ports[0] != 0 ? HG_READ_FRAGMENTS : 0) |
                     (needed->link_protocols[0] != 0 ? HG_READ_LINK : 0));
}

static inline void hg_batch_empty(hg_batch *batch)
{
    batch->count = 0;
    memset(batch->counts, 0, sizeof batch->counts);
    batch->text_count = batch->completion_count = 0;
}

/* HG_E_ARGUMENT: the batch has no room for all events of one packet. */
hg_status hg_batch_check(const hg_batch *batch, const hg_setting *setting, hg_error *error);

/* Rows reserved in a batch: the first shared row, and the first row in each reader's columns. */
typedef struct hg_reservation {
    uint32_t row;
    uint32_t rows[HG_READERS];
} hg_reservation;

typedef struct hg_block {
    hg_frame *frames;
    uint8_t *segments;        /* hg_detector's result, if only handshakes matter */
    hg_packet *packets;       /* the packets in the frames that are analysed, in order */
    hg_handshake *handshakes; /* by packet; only SYN and SYN+ACK have one */
    hg_outcome *outcomes;     /* the results of packets that have any, in order */
    hg_uptime *uptimes;       /* by outcome; only outcomes with uptimes have one */
    hg_reader_event *reader_events;            /* events of stream and datagram readers, and of segments, in order */
    hg_peeks peeks;         /* of its datagrams */
    struct hg_buffer *buffer; /* the memory of the frames, which is held; or NULL */
    uint64_t first_number; /* number of its first packet, over all input */
    hg_sieve sieve;        /* packets that were only counted and never became frames */
    uint64_t bytes;
    uint64_t drops[HG_DROP_KINDS];
    uint32_t capacity; /* frames */
    uint32_t frame_count;
    uint32_t packet_count;
    uint32_t look_count; /* datagrams that their reader examines in parallel, counted before the filter */
    uint32_t next_packet; /* the first packet that has not been through the ordered stage */
    uint32_t outcome_count;
    uint32_t reader_event_count;
    hg_reservation reserved; /* for all outcomes */
    uint8_t has_tunnels;  /* 1: one of its packets came in a tunnel */
    uint8_t counted;      /* 1 once its packets are in the statistics */
    uint8_t has_shown;    /* 1: `shown` is set */
    uint32_t next_segment; /* the first packet that hg_segments_take has not seen */
    hg_segments_values shown; /* its result for the packet before that */
} hg_block;

/* `database` (or NULL) is borrowed, as in hg_engine_new. HG_E_ARGUMENT: a number in `config` is
 * outside its range. Counters are in the `stats` of the setting, until hg_setting_count_into changes
 * that. */
hg_status hg_setting_init(hg_setting *setting, const hg_config *config, const hg_database *database,
                          hg_error *error);
void hg_setting_clear(hg_setting *setting);
/* Forgets all flows and hosts, and the state of all readers. */
void hg_setting_reset(hg_setting *setting);
/* Sets the counters that are used from now on. */
void hg_setting_count_into(hg_setting *setting, hg_stats *stats);
/* Contract of hg_engine_load. */
void hg_setting_transfer(hg_setting *setting, hg_saved *saved);

/* The listener that is called when flows end. */
hg_end_listener *hg_sensor_ends(hg_sensor *sensor);

hg_status hg_block_init(hg_block *block, uint32_t capacity, hg_error *error);
void hg_block_clear(hg_block *block);

/* Reads up to `limit` frames, with the contract of hg_source.next. The bytes of the frames stay valid until
 * hg_block_release. */
hg_status hg_block_read(hg_block *block, const hg_setting *setting, hg_source *source, uint64_t limit,
                        uint64_t first_number, hg_error *error);
/* The number of packets in the block, including those only counted. */
static inline uint64_t hg_block_packets(const hg_block *block)
{
    return (uint64_t)block->frame_count + block->sieve.packets;
}
/* Parses the frames into packets and keeps those that pass the filter. */
void hg_block_parse(hg_block *block, const hg_setting *setting);
/* Adds the packets of the parsed block to the statistics; a second call does nothing. */
void hg_block_count(hg_block *block, hg_stats *stats);
/* Runs the stages that examine each packet alone, parsing included. `worker` belongs to the thread. */
void hg_block_match(hg_block *block, const hg_setting *setting, hg_matcher *matcher, hg_hello_worker **worker);
/* Runs the ordered stage: stores the packets' results in the block's outcomes, and reserves rows in the
 * batch for hg_rows_write. 0: the batch has no room for the whole block; call again for the rest. */
int hg_block_converse(hg_block *block, hg_setting *setting, hg_batch *batch);
void hg_block_release(hg_block *block);
/* Writes the results into the rows that hg_block_converse reserved. These rows belong to this block alone, so several
 * workers can write at once. */
void hg_rows_write(const hg_block *block, const hg_columns *columns);
