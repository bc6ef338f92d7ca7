/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * block.h - a block of up to 2,048 frames, which passes through the stages of the engine.
 *
 *     read ─▶ parse ─▶ observe and match ─▶ converse ─▶ write rows
 *
 * One thread at a time reads a source. One block at a time is in the ordered stage (converse), which the blocks of a
 * source enter in the order of reading. Any number of blocks can be in the other stages at once.
 *
 * A block is small, so that one stage's output is usually still in the cache for the next.
 */
#pragma once

#include "base/batch.h"
#include "base/digest.h"
#include "conversations/ahead.h"
#include "conversations/datagrams.h"
#include "packet/sieve.h"
#include "passive_stack/segments.h"

/* The stages that keep state, and the configuration. All blocks share them. */
/* Senders of the latest datagrams to groups, by whose digests (hg_senders_report) later ones are copies. */
enum { HG_GROUP_SENDERS = 8 };
typedef struct hg_group_senders {
    hg_sender latest[HG_GROUP_SENDERS];
    uint32_t count;
    uint32_t zero;
} hg_group_senders;

typedef struct hg_stages {
    const hg_filter *filter;  /* or NULL */
    const hg_filter *tunnels; /* which tunnels are read, by their two ends; NULL: all */
    uint64_t *left_out; /* packets that were not analysed, by hg_left_out_key; NULL: not counted */
    uint8_t read_bits;  /* HG_READ_ bits: what is read besides TCP */
    uint8_t sieves;     /* 1: plain segments are only counted */
    uint32_t protocols; /* as in hg_config */
    uint32_t most_text; /* the most text bytes that one packet adds to a batch */
    hg_detector detect;
    hg_requirements requirements; /* of all readers */
    hg_conversations conversations;
    hg_readers readers; /* stream readers */
    hg_datagrams datagrams;
    hg_segments segments;
    hg_group_senders group_senders;
    hg_ahead_credit credit;
    uint64_t packets_left; /* packets that may still be read beyond their headers; see hg_stages_may_read */
    int64_t pause_ns;      /* when this hg_engine_run is to pause, on the monotonic clock */
    uint8_t apart[HG_APART]; /* keeps `stats` out of the cache lines that all workers read */
    hg_stats stats;
} hg_stages;

/* The kinds of packets to read besides TCP, as HG_READ_ bits. */
static inline uint8_t hg_read_bits(const hg_config *config, const hg_requirements *needed)
{
    return (uint8_t)((config->decapsulate ? HG_READ_TUNNELS : 0) |
                     (hg_needs_datagrams(needed) ? HG_READ_DATAGRAMS | HG_READ_FRAGMENTS : 0) |
                     (needed->stream_bytes > 0 ? HG_READ_SEGMENTS : 0) |
                     (needed->link_protocols[0] != 0 ? HG_READ_LINK : 0));
}

/* HG_E_ARGUMENT: the batch is too small for all events of one packet, or for a block's completions or senders. */
hg_status hg_batch_check(const hg_batch *batch, const hg_stages *stages, hg_error *error);

/* Rows reserved in a batch: the first shared row, and the first row in each reader's columns. */
typedef struct hg_reservation {
    uint32_t row;
    uint32_t rows[HG_READERS];
} hg_reservation;

typedef struct hg_block {
    hg_frame *frames;
    uint8_t *plain_bits;      /* result of hg_detector: a bit for each frame, 1 for a plain segment */
    hg_packet *packets;       /* the packets to analyse, in the order of their frames */
    hg_handshake *handshakes; /* by packet; set for SYN and SYN+ACK */
    hg_outcome *outcomes;     /* results of the ordered stage, in order; only packets with events have one */
    hg_uptime *uptimes;       /* by outcome; set for outcomes with an uptime event */
    hg_reader_event *reader_events; /* events of stream readers, datagram readers and segments, in order */
    hg_waiting *waiting;      /* by reader event; set for those with HG_NEVER; NULL: none had it yet */
    hg_waiting settled;       /* the bytes of hg_readers_settle whose rest may be left */
    hg_peeks peeks;           /* results for datagrams that were examined in parallel */
    hg_ahead ahead;           /* results for segments that were examined in parallel */
    hg_sender *senders;       /* of all frames, in the order of their first frames; NULL: not wanted yet */
    hg_stealth *stealth;      /* of all frames, in their order */
    uint16_t *sender_places;  /* two hash tables: number in `senders`, from 1; 0: free; then bits */
    uint32_t *left_out;       /* hg_left_out_key of the frames that are not analysed; NULL: not wanted yet */
    struct hg_buffer *buffer; /* the memory of the frames, held so that the source does not reuse it; or NULL */
    uint64_t first_number; /* number of its first packet, over all input */
    hg_digest_blocks sha256; /* for tunnels inside tunnels */
    hg_sieve sieve;        /* packets that were only counted and never became frames */
    uint64_t bytes; /* captured bytes of its frames */
    uint64_t drops[HG_DROP_KINDS];
    uint64_t packets_cut; /* of its dropped packets; this and the next as in hg_stats */
    uint32_t cut_at[2];
    uint32_t capacity; /* frames */
    uint32_t frame_count;
    uint32_t packet_count;
    uint32_t examined_count; /* datagrams to examine in parallel, counted before the filter */
    uint32_t next_packet; /* the first packet that has not been through the ordered stage */
    uint32_t outcome_count;
    uint32_t reader_event_count;
    uint32_t left_out_count;
    uint32_t sender_count;
    uint32_t next_sender; /* the first sender that is not in a batch */
    uint32_t stealth_count;
    uint32_t next_stealth;
    hg_reservation reserved; /* for its outcomes and reader events */
    uint8_t has_tunnels;  /* 1: at least one of its packets came in a tunnel */
    uint8_t has_torn;     /* 1: at least one is a segment in fragments (HG_TCP_FRAGMENT) */
    uint8_t has_stealth;  /* 1: at least one may be a hg_stealth */
    uint8_t counted;      /* 1: its packets are in the statistics */
    uint8_t has_segments_result;
    uint32_t next_segment; /* the first packet that hg_segments_take has not seen */
    hg_segments_values segments_result; /* of hg_segments_take for packet next_segment - 1 */
} hg_block;

/* `database` (or NULL) is borrowed, as in hg_engine_new. HG_E_ARGUMENT: a number in `config` is outside its range.
 * Events and packets are counted in `stats` of the stages, until hg_stages_count_into sets other counters. */
hg_status hg_stages_init(hg_stages *stages, const hg_config *config, const hg_database *database, hg_error *error);
void hg_stages_clear(hg_stages *stages);
/* Forgets the state of all flows, hosts and readers. */
void hg_stages_reset(hg_stages *stages);
/* Sets the counters that are used from now on. */
void hg_stages_count_into(hg_stages *stages, hg_stats *stats);
/* Saves or loads the state of flows, hosts and readers. If loading fails, the state is empty. */
void hg_stages_transfer(hg_stages *stages, hg_saved *saved);

/* Has the call that begins pause after a time. */
void hg_stages_limit(hg_stages *stages, int64_t limit_ns);
/* Called when `packets_left` is 0. 0: the call pauses. */
int hg_stages_read_on(hg_stages *stages);
/* 1 when another packet may be read beyond its headers in this call. */
static inline int hg_stages_may_read(hg_stages *stages)
{
    return stages->packets_left > 0 || hg_stages_read_on(stages);
}

/* The listener that the sensor calls when a FIN or RST ends a flow, or another flow replaces it. */
hg_end_listener *hg_sensor_end_listener(hg_sensor *sensor);

hg_status hg_block_init(hg_block *block, uint32_t capacity, hg_error *error);
void hg_block_clear(hg_block *block);

/* Reads up to `limit` frames, with the contract of hg_source.next. The bytes of the frames stay valid until
 * hg_block_release. */
hg_status hg_block_read(hg_block *block, const hg_stages *stages, hg_source *source, uint64_t limit,
                        uint64_t first_number, hg_error *error);
/* The number of packets in the block, including those that were only counted. */
static inline uint64_t hg_block_packets(const hg_block *block)
{
    return (uint64_t)block->frame_count + block->sieve.packets;
}
/* Parses the frames into packets and keeps those that pass the filter. */
void hg_block_parse(hg_block *block, const hg_stages *stages);
/* Adds the packets of the parsed block to the statistics, once per block. */
void hg_block_count(hg_block *block, const hg_stages *stages);
/* Names the frames that are not analysed, before the filter is applied. */
void hg_left_out_name(hg_block *block, const hg_stages *stages);
/* Adds the names of a block to the counts. */
void hg_left_out_count(const hg_block *block, uint64_t *counts);
/* As hg_engine_left_out; `counts` may be NULL. */
uint32_t hg_left_out_list(const uint64_t *counts, hg_left_out out[HG_MOST_LEFT_OUT]);
/* Runs the stages that examine each packet alone: parse, observe and match. No other thread may use `matcher`
 * and `*worker` meanwhile. */
void hg_block_match(hg_block *block, const hg_stages *stages, hg_matcher *matcher, hg_hello_worker **worker);
/* Has stream readers look at the segments of the matched block; for blocks that several workers process. */
void hg_block_look(hg_block *block, hg_stages *stages, hg_ahead_memory memory);
/* Lists the senders of the block's frames that pass the filters. Each frame of an address from which several stations
 * send is listed by itself, so the list says the same however packets are cut into blocks. Without memory it is empty.
 */
void hg_senders_take(hg_block *block, const hg_stages *stages);
/* Adds the senders whose first frame was before `end` to the batch, which has room for all of the block. */
void hg_senders_report(hg_block *block, hg_group_senders *group, uint32_t end, hg_batch *batch);
/* The same for the packets of FIN, NULL and Xmas scans. */
void hg_stealth_take(hg_block *block, const hg_stages *stages);
void hg_stealth_report(hg_block *block, uint32_t end, hg_batch *batch);
/* Runs the ordered stage: stores the packets' results in the block, and reserves rows in the batch for
 * hg_rows_write. 0: the batch has no room for the whole block, or the call pauses; call again for the rest. */
int hg_block_converse(hg_block *block, hg_stages *stages, hg_batch *batch);
/* The most rows of one packet besides those of readers: also that of its PROXY header. */
enum { HG_MOST_OTHER_ROWS = HG_MOST_ROWS_A_PACKET + 1 };
/* 1 when the batch and the block have room for all events of one more packet. */
static inline __attribute__((always_inline)) int hg_block_has_room(const hg_block *block, const hg_stages *stages,
                                                                   const hg_batch *batch)
{
    return batch->capacity - batch->count > HG_MOST_OTHER_ROWS + stages->readers.count &&
           batch->text_capacity - batch->text_count >= stages->most_text && block->reader_event_count < block->capacity;
}
/* Counts the events that readers reported for a packet. */
static inline void hg_block_count_events(hg_block *block, hg_batch *batch, hg_stats *stats, uint32_t packet,
                                         uint32_t count)
{
    for (hg_reader_event *found = block->reader_events + block->reader_event_count; count > 0; count--, found++) {
        found->packet = packet;
        stats->events[found->event]++;
        batch->counts[hg_event_reader(found->event)]++;
        batch->count++;
        block->reader_event_count++;
    }
}
/* Reads bytes that no packet acknowledged, of a flow that packet `i` may displace from the full table. 0: there are
 * none; 1: call it again, because there may be more. */
int hg_block_settle_displaced(hg_block *block, hg_stages *stages, hg_batch *batch, uint32_t i);
/* Reads all such bytes that packets up to number `until` brought, at the end of the capture; `block` has no packets. As
 * hg_engine_finish. */
hg_status hg_block_settle(hg_block *block, hg_stages *stages, hg_batch *batch, uint64_t until, hg_error *error);
void hg_block_release(hg_block *block);
/* Writes the results into the rows that hg_block_converse reserved. These rows belong to this block alone, so several
 * workers can write at once. */
void hg_rows_write(const hg_block *block, const hg_columns *columns);
