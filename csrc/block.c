/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "block.h"

#include <stdlib.h>

#include "buffer.h"
#include "error.h"
#include "filter.h"

hg_status hg_setting_init(hg_setting *setting, const hg_config *config, const hg_database *database,
                          hg_error *error)
{
    if (config->max_connections == 0 || config->max_hosts == 0)
        return hg_fail(error, HG_E_ARGUMENT, "max_connections and max_hosts must be at least 1");
    if (config->workers == 0 || config->workers > HG_MAX_WORKERS)
        return hg_fail(error, HG_E_ARGUMENT, "workers must be 1 to %d", HG_MAX_WORKERS);
    setting->filter = config->filter;
    setting->decapsulate = config->decapsulate;
    return hg_conversations_init(&setting->conversations, config, database, &setting->stats, error);
}

void hg_setting_clear(hg_setting *setting)
{
    hg_conversations_clear(&setting->conversations);
}

hg_status hg_block_init(hg_block *block, uint32_t capacity, hg_error *error)
{
    *block = (hg_block){.capacity = capacity};
    block->frames = malloc(capacity * sizeof *block->frames);
    block->segments = calloc(capacity / HG_DETECTED_TOGETHER + 1, sizeof *block->segments);
    block->packets = malloc(capacity * sizeof *block->packets);
    block->handshakes = malloc(capacity * sizeof *block->handshakes);
    block->outcomes = malloc(capacity * sizeof *block->outcomes);
    block->uptimes = malloc(capacity * sizeof *block->uptimes);
    if (block->frames == NULL || block->segments == NULL || block->packets == NULL || block->handshakes == NULL ||
        block->outcomes == NULL || block->uptimes == NULL) {
        hg_block_clear(block);
        return hg_fail(error, HG_E_MEMORY, "no memory for a block of packets");
    }
    return HG_OK;
}

void hg_block_clear(hg_block *block)
{
    free(block->frames);
    free(block->segments);
    free(block->packets);
    free(block->handshakes);
    free(block->outcomes);
    free(block->uptimes);
    *block = (hg_block){0};
}

hg_status hg_block_read(hg_block *block, const hg_setting *setting, hg_source *source, uint64_t limit,
                        uint64_t first_number, hg_error *error)
{
    uint32_t capacity = limit < block->capacity ? (uint32_t)limit : block->capacity;
    block->sieve = (hg_sieve){0};
    source->sieve = setting->sieves ? &block->sieve : NULL;
    hg_status status = source->next(source, block->frames, capacity, &block->frame_count, error);
    if (status < HG_OK)
        block->frame_count = 0;
    if (block->frame_count > 0 && source->hold != NULL)
        block->buffer = source->hold(source);
    block->first_number = first_number;
    block->next_packet = 0;
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

static inline int is_segment(const hg_block *block, uint32_t i)
{
    return block->segments[i / HG_DETECTED_TOGETHER] >> i % HG_DETECTED_TOGETHER & 1;
}

void hg_block_parse(hg_block *block, const hg_setting *setting)
{
    uint32_t found = 0;
    block->bytes = 0;
    memset(block->drops, 0, sizeof block->drops);
    if (setting->sieves)
        setting->detect(block->frames, block->frame_count, block->segments);
    for (uint32_t i = 0; i < block->frame_count; i++) {
        const hg_frame *frame = block->frames + i;
        block->bytes += frame->captured;
        if (setting->sieves && is_segment(block, i)) {
            block->drops[HG_DROP_NONE]++;
            continue;
        }
        hg_packet *packet = block->packets + found;
        hg_drop drop = hg_packet_parse(frame, setting->decapsulate, packet);
        packet->frame = i;
        block->drops[drop]++;
        found += drop == HG_DROP_NONE;
    }
    block->packet_count = found;
    if (setting->filter != NULL) {
        block->packet_count = hg_filter_keep(setting->filter, block->packets, found);
        block->drops[HG_DROP_FILTERED] += found - block->packet_count;
        block->drops[HG_DROP_NONE] = block->packet_count;
    }
}

void hg_block_match(hg_block *block, const hg_setting *setting, hg_matcher *matcher)
{
    hg_block_parse(block, setting);
    for (uint32_t i = 0; i < block->packet_count; i++)
        hg_tracker_locate(&setting->conversations.tracker, block->packets + i);
    for (uint32_t i = 0; i < block->packet_count; i++)
        if (hg_is_handshake(block->packets + i))
            hg_matcher_take(matcher, block->packets + i, block->handshakes + i);
    hg_matcher_settle(matcher);
}

/* Which link types were not supported: without their numbers nobody could ask for them. */
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

void hg_block_count(hg_block *block, hg_stats *stats)
{
    if (block->counted)
        return;
    block->counted = 1;
    stats->packets += hg_block_packets(block);
    stats->bytes += block->bytes + block->sieve.bytes;
    stats->analysed += block->drops[HG_DROP_NONE] + block->sieve.packets;
    for (uint32_t drop = HG_DROP_NONE + 1; drop < HG_DROP_KINDS; drop++)
        stats->drops[drop] += block->drops[drop];
    if (block->drops[HG_DROP_UNSUPPORTED_LINKTYPE] > 0)
        name_linktypes(block, stats);
}

/* Packets between a prefetch and its use: about the 100 ns that memory takes. */
enum { PREFETCH_AHEAD = 6 };

int hg_block_converse(hg_block *block, hg_setting *setting, uint32_t room)
{
    hg_uptime *uptime = block->uptimes;
    hg_outcome *outcome = block->outcomes;
    uint32_t rows = 0, i = block->next_packet;
    hg_block_count(block, setting->conversations.tracker.stats);
    for (; i < block->packet_count && room - rows >= HG_MOST_ROWS_A_PACKET; i++) {
        const hg_packet *packet = block->packets + i;
        if (i + PREFETCH_AHEAD < block->packet_count)
            hg_tracker_prefetch(&setting->conversations.tracker, packet + PREFETCH_AHEAD);
        *outcome = hg_converse(&setting->conversations, packet, block->frames[packet->frame].time_ns,
                               block->handshakes + i, uptime);
        outcome->packet = i;
        rows += outcome->rows;
        uptime += hg_has_uptime(outcome);
        outcome += outcome->rows > 0;
    }
    block->next_packet = i;
    block->row_count = rows;
    block->outcome_count = (uint32_t)(outcome - block->outcomes);
    return i == block->packet_count;
}
