/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#define _POSIX_C_SOURCE 200809L

#include "blocks/block.h"

#include "base/buffer.h"
#include "base/thread.h"
#include "flow/hash.h"

/* After how many packets that are read beyond their headers the time is checked. The slowest take 0.1 ms each. */
enum { READS_A_CHECK = 256 };

/* Spare room in the array of packets, because the ordered stage prefetches for packets ahead: after a block's last
 * packet these are zeros, or packets of an earlier block. */
enum { MOST_AHEAD = HG_SEGMENTS_AHEAD };

hg_status hg_block_init(hg_block *block, uint32_t capacity, hg_error *error)
{
    *block = (hg_block){.capacity = capacity, .sha256 = hg_sha256_fastest()}; /* not for each packet: it is slow */
    block->frames = malloc(capacity * sizeof *block->frames);
    block->plain_bits = calloc(capacity / HG_DETECTED_TOGETHER + 1, sizeof *block->plain_bits);
    block->packets = calloc(capacity + MOST_AHEAD, sizeof *block->packets);
    block->handshakes = malloc(capacity * sizeof *block->handshakes);
    block->outcomes = malloc(capacity * sizeof *block->outcomes);
    block->uptimes = malloc(capacity * sizeof *block->uptimes);
    /* This memory is not touched unless readers report events, or packets are of stealth scans. */
    block->reader_events = calloc(capacity + HG_MOST_READERS + 1, sizeof *block->reader_events);
    block->stealth = calloc(capacity, sizeof *block->stealth);
    if (block->frames == NULL || block->plain_bits == NULL || block->packets == NULL || block->handshakes == NULL ||
        block->outcomes == NULL || block->uptimes == NULL || block->reader_events == NULL || block->stealth == NULL) {
        hg_block_clear(block);
        return hg_fail(error, HG_E_MEMORY, "no memory for a block of packets");
    }
    return HG_OK;
}

void hg_block_clear(hg_block *block)
{
    free(block->frames);
    free(block->plain_bits);
    free(block->packets);
    free(block->handshakes);
    free(block->outcomes);
    free(block->uptimes);
    free(block->reader_events);
    free(block->waiting);
    free(block->left_out);
    free(block->senders);
    free(block->sender_places);
    free(block->stealth);
    hg_peeks_clear(&block->peeks);
    hg_ahead_clear(&block->ahead);
    *block = (hg_block){0};
}

hg_status hg_block_read(hg_block *block, const hg_stages *stages, hg_source *source, uint64_t limit,
                        uint64_t first_number, hg_error *error)
{
    uint32_t capacity = limit < block->capacity ? (uint32_t)limit : block->capacity;
    block->sieve = (hg_sieve){.segments = stages->sieves};
    source->sieve = &block->sieve;
    hg_status status = source->next(source, block->frames, capacity, &block->frame_count, error);
    if (status < HG_OK)
        block->frame_count = 0;
    if (block->frame_count > 0)
        block->buffer = hg_source_hold(source);
    block->first_number = first_number;
    block->next_packet = block->next_segment = 0;
    block->has_segments_result = 0;
    block->counted = 0;
    return status;
}

void hg_block_release(hg_block *block)
{
    hg_buffer_release(block->buffer);
    block->buffer = NULL;
    block->sieve = (hg_sieve){0};
    block->frame_count = 0;
    block->packet_count = 0;
}

/* Computes hg_packet.checksum of a SYN or SYN+ACK. */
static hg_checksum checksum_of(const hg_packet *packet, const hg_frame *frame)
{
    const uint8_t *data = hg_tcp_options(packet) + packet->options_length;
    if (packet->payload > 0 && hg_packet_data(packet, frame, &data) != packet->payload)
        return HG_CHECKSUM_UNKNOWN;
    return hg_checksum_is_right(packet, data) ? HG_CHECKSUM_RIGHT : HG_CHECKSUM_WRONG;
}

void hg_block_match(hg_block *block, const hg_stages *stages, hg_matcher *matcher, hg_hello_worker **worker)
{
    hg_block_parse(block, stages);
    hg_packet *packets = block->packets;
    const uint32_t count = block->packet_count;
    const uint64_t hash_key = stages->conversations.flows.hash_key;
    for (uint32_t i = 0; i < count; i++) {
        hg_hash_packet(hash_key, packets + i);
        if (!hg_is_handshake(packets + i))
            continue;
        hg_matcher_queue(matcher, packets + i, block->handshakes + i);
        if (stages->readers.count > 0)
            packets[i].checksum = (uint8_t)checksum_of(packets + i, block->frames + packets[i].frame);
    }
    if (block->has_tunnels)
        hg_hash_tunnels(hash_key, packets, count);
    hg_matcher_settle(matcher);
    if (stages->requirements.senders)
        hg_senders_take(block, stages);
    block->stealth_count = block->next_stealth = 0;
    if (block->has_stealth)
        hg_stealth_take(block, stages);
    if (block->examined_count > 0)
        hg_peeks_take(&block->peeks, worker, &stages->datagrams.config, stages->conversations.database, packets, count,
                      block->frames);
}

void hg_block_look(hg_block *block, hg_stages *stages, hg_ahead_memory memory)
{
    if (stages->readers.count > 0)
        hg_ahead_take(&block->ahead, &stages->readers, stages->conversations.database, memory, &stages->credit,
                      block->packets, block->packet_count, block->frames);
}

/* Notes the unsupported link types, so that users can report their numbers. */
static void name_linktypes(const hg_block *block, hg_stats *stats)
{
    uint32_t *named = stats->unsupported_linktypes;
    uint32_t previous = HG_LINKTYPE_FILTERED;
    for (uint32_t i = 0; i < block->frame_count; i++) {
        uint32_t linktype = block->frames[i].linktype;
        if (linktype == HG_LINKTYPE_FILTERED || linktype == previous || hg_linktype_supported(linktype))
            continue;
        previous = linktype;
        uint32_t k = 0;
        while (k < HG_NAMED_LINKTYPES && named[k] != 0 && named[k] != linktype)
            k++;
        if (k < HG_NAMED_LINKTYPES)
            named[k] = linktype;
    }
}

void hg_block_count(hg_block *block, const hg_stages *stages)
{
    hg_stats *stats = stages->conversations.flows.stats;
    if (block->counted)
        return;
    block->counted = 1;
    stats->packets += hg_block_packets(block);
    stats->bytes += block->bytes + block->sieve.bytes;
    stats->analysed += block->drops[HG_DROP_NONE] + block->sieve.packets;
    for (uint32_t drop = HG_DROP_NONE + 1; drop < HG_DROP_KINDS; drop++)
        stats->drops[drop] += block->drops[drop];
    hg_count_cut(&stats->packets_cut, stats->cut_at, block->packets_cut, block->cut_at);
    if (block->drops[HG_DROP_UNSUPPORTED_LINKTYPE] > 0)
        name_linktypes(block, stats);
    if (stages->left_out != NULL)
        hg_left_out_count(block, stages->left_out);
}

_Static_assert(HG_ALL_PROTOCOLS == (1 << HG_PROTOCOLS) - 1, "HG_ALL_PROTOCOLS lacks a protocol");

hg_status hg_batch_check(const hg_batch *batch, const hg_stages *stages, hg_error *error)
{
    if (batch->capacity < HG_MIN_BATCH)
        return hg_fail(error, HG_E_ARGUMENT, "a batch needs room for at least %d rows", HG_MIN_BATCH);
    if (batch->text_capacity < stages->most_text)
        return hg_fail(error, HG_E_ARGUMENT, "a batch needs room for at least %d bytes of text", HG_MIN_TEXTS);
    if (batch->completions != NULL && batch->completion_capacity < HG_MIN_COMPLETIONS)
        return hg_fail(error, HG_E_ARGUMENT, "a batch needs room for at least %d completions", HG_MIN_COMPLETIONS);
    if (batch->senders != NULL && batch->sender_capacity < HG_MIN_SENDERS)
        return hg_fail(error, HG_E_ARGUMENT, "a batch needs room for at least %d senders", HG_MIN_SENDERS);
    return HG_OK;
}

void hg_stages_limit(hg_stages *stages, int64_t limit_ns)
{
    stages->packets_left = READS_A_CHECK;
    stages->pause_ns = hg_clock_ns(CLOCK_MONOTONIC) + limit_ns;
}

__attribute__((cold)) int hg_stages_read_on(hg_stages *stages)
{
    if (hg_clock_ns(CLOCK_MONOTONIC) >= stages->pause_ns)
        return 0;
    stages->packets_left = READS_A_CHECK;
    return 1;
}
