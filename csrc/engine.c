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

/* Frames of one block that are TCP, in order. */
typedef struct hg_block {
    hg_frame frames[HG_BLOCK_FRAMES];
    hg_packet packets[HG_BLOCK_FRAMES];
    uint32_t frame_of[HG_BLOCK_FRAMES]; /* index into frames, by packet */
    hg_handshake handshakes[HG_BLOCK_FRAMES]; /* by packet; only SYN and SYN+ACK have one */
    uint32_t frame_count;
    uint32_t packet_count;
    uint32_t next_packet; /* first that has not been through the last stage */
} hg_block;

struct hg_engine {
    const hg_database *database;
    hg_conversations conversations;
    hg_stats stats;
    hg_block block;
};

static int is_handshake(const hg_packet *packet)
{
    return packet->type == HG_SYN || packet->type == (HG_SYN | HG_ACK);
}

hg_status hg_engine_new(const hg_config *config, const hg_database *database, hg_engine **out, hg_error *error)
{
    *out = NULL;
    if (config->max_connections == 0 || config->max_hosts == 0)
        return hg_fail(error, HG_E_ARGUMENT, "max_connections and max_hosts must be at least 1");
    hg_engine *engine = calloc(1, sizeof *engine);
    if (engine == NULL)
        return hg_fail(error, HG_E_MEMORY, "out of memory");
    engine->database = database;
    hg_status status = hg_conversations_init(&engine->conversations, config, database, &engine->stats, error);
    if (status != HG_OK) {
        free(engine);
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
    free(engine);
}

const hg_stats *hg_engine_stats(const hg_engine *engine)
{
    return &engine->stats;
}

static void parse_block(hg_block *block, hg_stats *stats)
{
    uint32_t found = 0;
    for (uint32_t i = 0; i < block->frame_count; i++) {
        const hg_frame *frame = block->frames + i;
        hg_drop drop = hg_packet_parse(frame, block->packets + found);
        stats->bytes += frame->captured;
        if (drop != HG_DROP_NONE) {
            stats->drops[drop]++;
            continue;
        }
        block->frame_of[found++] = i;
    }
    block->packet_count = found;
    block->next_packet = 0;
    stats->analysed += found;
}

static void match_block(hg_block *block, const hg_database *database)
{
    for (uint32_t i = 0; i < block->packet_count; i++) {
        const hg_packet *packet = block->packets + i;
        if (!is_handshake(packet))
            continue;
        hg_handshake *handshake = block->handshakes + i;
        hg_observe(packet, &handshake->observation);
        handshake->match = hg_name(database, &handshake->observation);
    }
}

/* Takes the rest of the block through the ordered stage; 0 when the batch is full first. */
static int converse_block(hg_engine *engine, hg_batch *batch)
{
    hg_block *block = &engine->block;
    uint64_t first_number = engine->stats.packets - block->frame_count + 1;
    for (; block->next_packet < block->packet_count; block->next_packet++) {
        if (batch->capacity - batch->count < HG_MOST_ROWS_A_PACKET)
            return 0;
        uint32_t i = block->next_packet;
        uint32_t frame = block->frame_of[i];
        hg_occasion occasion = {
            .packet = block->packets + i,
            .time_ns = block->frames[frame].time_ns,
            .packet_number = first_number + frame,
            .from_server = 0,
        };
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
    parse_block(block, &engine->stats);
    match_block(block, engine->database);
    return status;
}

hg_status hg_engine_run(hg_engine *engine, hg_source *source, hg_batch *batch, uint64_t max_packets,
                        hg_error *error)
{
    if (batch->capacity < HG_MIN_BATCH)
        return hg_fail(error, HG_E_ARGUMENT, "a batch needs room for at least %d rows", HG_MIN_BATCH);
    batch->count = 0;
    if (!converse_block(engine, batch))
        return HG_OK;
    hg_status status = HG_OK;
    for (uint64_t left = max_packets; status == HG_OK && left > 0; left -= engine->block.frame_count) {
        uint32_t limit = left < HG_BLOCK_FRAMES ? (uint32_t)left : HG_BLOCK_FRAMES;
        status = read_block(engine, source, limit, error);
        if (!converse_block(engine, batch))
            return status < HG_OK ? status : HG_OK;
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
    };
    return drop < HG_DROP_KINDS ? NAMES[drop] : NULL;
}
