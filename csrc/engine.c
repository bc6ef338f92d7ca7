/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * engine.c - the pipeline: a block of frames goes through every stage before the next
 * block is read, so that what one stage wrote is still in the cache for the next.
 *
 *     read ─▶ parse ─▶ observe and match ─▶ converse (in order) ─▶ rows
 */
#include <stdlib.h>
#include <string.h>

#include "conversation.h"
#include "error.h"
#include "filter.h"

/* Frames of one block that are TCP, in order. */
typedef struct hg_block {
    hg_frame frames[HG_BLOCK_FRAMES];
    hg_packet packets[HG_BLOCK_FRAMES];
    hg_handshake handshakes[HG_BLOCK_FRAMES]; /* by packet; only SYN and SYN+ACK have one */
    uint32_t frame_count;
    uint32_t packet_count;
    uint32_t next_packet; /* first that has not been through the last stage */
} hg_block;

struct hg_engine {
    hg_matcher matcher;
    hg_conversations conversations;
    hg_stats stats;
    const hg_filter *filter; /* or NULL */
    uint32_t prepared_rows;  /* of the batch being filled */
    uint8_t decapsulate;
    hg_block block;
};

hg_status hg_engine_new(const hg_config *config, const hg_database *database, hg_engine **out, hg_error *error)
{
    *out = NULL;
    if (config->max_connections == 0 || config->max_hosts == 0)
        return hg_fail(error, HG_E_ARGUMENT, "max_connections and max_hosts must be at least 1");
    hg_engine *engine = calloc(1, sizeof *engine);
    if (engine == NULL)
        return hg_fail(error, HG_E_MEMORY, "out of memory");
    engine->filter = config->filter;
    engine->decapsulate = config->decapsulate;
    hg_status status = hg_matcher_init(&engine->matcher, database, config->hash_key, error);
    if (status == HG_OK)
        status =
            hg_conversations_init(&engine->conversations, config, &engine->matcher, &engine->stats, error);
    if (status != HG_OK) {
        hg_engine_free(engine);
        return status;
    }
    *out = engine;
    return HG_OK;
}

void hg_engine_free(hg_engine *engine)
{
    if (engine == NULL)
        return;
    hg_conversations_clear(&engine->conversations);
    hg_matcher_clear(&engine->matcher);
    free(engine);
}

const hg_stats *hg_engine_stats(const hg_engine *engine)
{
    return &engine->stats;
}

static int admits(const hg_filter *filter, const hg_packet *p)
{
    return hg_filter_admits(filter, (const uint8_t *)p->source.word, (const uint8_t *)p->destination.word,
                            p->source_port, p->destination_port, p->version, p->type);
}

static void parse_block(hg_block *block, const hg_filter *filter, int decapsulate, hg_stats *stats)
{
    uint32_t found = 0;
    for (uint32_t i = 0; i < block->frame_count; i++) {
        const hg_frame *frame = block->frames + i;
        hg_packet *packet = block->packets + found;
        hg_drop drop = hg_packet_parse(frame, decapsulate, packet);
        if (filter != NULL && drop == HG_DROP_NONE && !admits(filter, packet))
            drop = HG_DROP_FILTERED;
        packet->frame = i;
        stats->bytes += frame->captured;
        stats->drops[drop]++;
        found += drop == HG_DROP_NONE;
    }
    block->packet_count = found;
    block->next_packet = 0;
    stats->drops[HG_DROP_NONE] = 0;
    stats->analysed += found;
}

static void match_block(hg_block *block, hg_matcher *matcher)
{
    for (uint32_t i = 0; i < block->packet_count; i++)
        if (hg_is_handshake(block->packets + i))
            hg_matcher_take(matcher, block->packets + i, block->handshakes + i);
}

static void locate_block(hg_block *block, const hg_tracker *tracker)
{
    for (uint32_t i = 0; i < block->packet_count; i++)
        hg_tracker_locate(tracker, block->packets + i);
}

/* Packets between a prefetch and its use: about the 100 ns that memory takes. */
enum { PREFETCH_AHEAD = 6 };

/* Takes the rest of the block through the ordered stage; 0 when the batch is full first. */
static int converse_block(hg_engine *engine, hg_batch *batch)
{
    hg_block *block = &engine->block;
    uint64_t first_number = engine->stats.packets - block->frame_count + 1;
    for (; block->next_packet < block->packet_count; block->next_packet++) {
        if (batch->capacity - batch->count < HG_MOST_ROWS_A_PACKET)
            return 0;
        uint32_t i = block->next_packet;
        const hg_packet *packet = block->packets + i;
        hg_occasion occasion = {
            .packet = packet,
            .time_ns = block->frames[packet->frame].time_ns,
            .packet_number = first_number + packet->frame,
            .from_server = 0,
        };
        hg_rows_prepare(batch, &engine->prepared_rows);
        if (i + PREFETCH_AHEAD < block->packet_count)
            hg_tracker_prefetch(&engine->conversations.tracker, packet + PREFETCH_AHEAD);
        hg_converse(&engine->conversations, &occasion, block->handshakes + i, batch);
    }
    return 1;
}

/* Reads the next block and takes it through the stages that look at one packet alone. */
static hg_status read_block(hg_engine *engine, hg_source *source, uint32_t limit, hg_error *error)
{
    hg_block *block = &engine->block;
    hg_status status = source->next(source, block->frames, limit, &block->frame_count, error);
    if (status < HG_OK)
        block->frame_count = 0;
    engine->stats.packets += block->frame_count;
    parse_block(block, engine->filter, engine->decapsulate, &engine->stats);
    locate_block(block, &engine->conversations.tracker);
    match_block(block, &engine->matcher);
    return status;
}

hg_status hg_engine_run(hg_engine *engine, hg_source *source, hg_batch *batch, uint64_t max_packets,
                        hg_error *error)
{
    if (batch->capacity < HG_MIN_BATCH)
        return hg_fail(error, HG_E_ARGUMENT, "a batch needs room for at least %d rows", HG_MIN_BATCH);
    batch->count = 0;
    engine->prepared_rows = 0;
    if (!converse_block(engine, batch))
        return HG_OK;
    hg_status status = HG_OK;
    for (uint64_t left = max_packets; status == HG_OK && left > 0; left -= engine->block.frame_count) {
        uint32_t limit = left < HG_BLOCK_FRAMES ? (uint32_t)left : HG_BLOCK_FRAMES;
        status = read_block(engine, source, limit, error);
        if (!converse_block(engine, batch))
            return status < HG_OK ? status : HG_OK;
        if (engine->block.frame_count == 0) /* nothing just now: a live source is idle */
            break;
    }
    return status;
}

const char *hg_drop_name(uint32_t drop)
{
    static const char *const NAMES[HG_DROP_KINDS] = {
        [HG_DROP_NONE] = "none",
        [HG_DROP_TRUNCATED] = "truncated",
        [HG_DROP_UNSUPPORTED_LINKTYPE] = "unsupported_linktype",
        [HG_DROP_BAD_LINK_HEADER] = "bad_link_header",
        [HG_DROP_NOT_IP] = "not_ip",
        [HG_DROP_BAD_IP_HEADER] = "bad_ip_header",
        [HG_DROP_NOT_TCP] = "not_tcp",
        [HG_DROP_FRAGMENT] = "fragment",
        [HG_DROP_BAD_TCP_HEADER] = "bad_tcp_header",
        [HG_DROP_BAD_FLAGS] = "bad_flags",
        [HG_DROP_FILTERED] = "filtered",
        [HG_DROP_ENCRYPTED] = "encrypted",
    };
    return drop < HG_DROP_KINDS ? NAMES[drop] : NULL;
}
