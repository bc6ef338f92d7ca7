/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * stages.c - creates, saves and loads the stages that keep state, which all blocks share.
 */
#include "blocks/block.h"

void hg_config_requirements(const hg_config *config, hg_requirements *requirements)
{
    const uint8_t uptime = config->uptime & (config->protocols >> HG_PROTOCOL_TCP & 1);
    *requirements = (hg_requirements){
        .timestamps = uptime, .flow_ends = uptime, .segments = config->segments, .senders = config->senders};
    for (uint32_t i = 0; hg_readers_list[i] != NULL; i++) {
        const hg_reader *reader = hg_readers_list[i];
        if (!hg_reader_is_on(reader, config))
            continue;
        requirements->flow_ends = 1;
        requirements->whole_streams |= reader->whole_streams & config->http_all;
        if (requirements->stream_bytes < reader->stream_bytes)
            requirements->stream_bytes = reader->stream_bytes;
    }
    hg_datagram_readers_need(config, requirements);
}

hg_status hg_stages_init(hg_stages *stages, const hg_config *config, const hg_database *database, hg_error *error)
{
    if (config->max_connections == 0 || config->max_hosts == 0)
        return hg_fail(error, HG_E_ARGUMENT, "max_connections and max_hosts must be at least 1");
    if (config->protocols == 0 || (config->protocols & ~(uint32_t)HG_ALL_PROTOCOLS) != 0)
        return hg_fail(error, HG_E_ARGUMENT, "there are protocols 0 to %d", HG_PROTOCOLS - 1);
    if (config->workers == 0 || config->workers > HG_MAX_WORKERS)
        return hg_fail(error, HG_E_ARGUMENT, "workers must be 1 to %d", HG_MAX_WORKERS);
    stages->filter = config->filter;
    stages->tunnels = config->tunnels;
    stages->packets_left = UINT64_MAX;
    atomic_init(&stages->credit, HG_FIRST_CREDIT);
    stages->protocols = config->protocols;
    hg_config_requirements(config, &stages->requirements);
    stages->read_bits = hg_read_bits(config, &stages->requirements);
    stages->most_text = hg_datagram_readers_most_text(config);
    hg_status status =
        hg_conversations_init(&stages->conversations, config, database, &stages->requirements, &stages->stats, error);
    if (status == HG_OK)
        status = hg_readers_init(&stages->readers, config, &stages->requirements, &stages->conversations.flows,
                                 &stages->stats, error);
    if (status == HG_OK)
        status = hg_datagrams_init(&stages->datagrams, config, &stages->requirements, &stages->stats, error);
    if (status == HG_OK)
        status = hg_segments_init(&stages->segments, config, &stages->stats, error);
    if (status == HG_OK && config->left_out &&
        (stages->left_out = calloc(HG_LEFT_OUT_KEYS, sizeof *stages->left_out)) == NULL)
        status = hg_fail(error, HG_E_MEMORY, "no memory to count packets left out");
    if (stages->readers.most_text > stages->most_text)
        stages->most_text = stages->readers.most_text;
    return status;
}

void hg_stages_clear(hg_stages *stages)
{
    hg_segments_clear(&stages->segments);
    hg_datagrams_clear(&stages->datagrams);
    hg_readers_clear(&stages->readers);
    hg_conversations_clear(&stages->conversations);
    free(stages->left_out);
}

void hg_stages_reset(hg_stages *stages)
{
    hg_conversations_reset(&stages->conversations);
    hg_readers_reset(&stages->readers);
    hg_datagrams_reset(&stages->datagrams);
    hg_segments_reset(&stages->segments);
    stages->group_senders = (hg_group_senders){0};
    if (stages->left_out != NULL)
        memset(stages->left_out, 0, HG_LEFT_OUT_KEYS * sizeof *stages->left_out);
}

void hg_stages_count_into(hg_stages *stages, hg_stats *stats)
{
    stages->conversations.flows.stats = stages->conversations.clocks.stats = stats;
    stages->readers.streams.stats = stats;
    stages->segments.stats = stats;
    stages->datagrams.stats = stages->datagrams.flows.stats = stats;
}

/* Saves or loads the readers' state of flows with an index below `flows`: streams, the readers that are done, notes,
 * reaches, each reader's own. */
static void transfer_readers(hg_readers *readers, hg_index flows, hg_saved *saved)
{
    if (readers->count == 0)
        return;
    if (saved->is_loading)
        readers->rest.pending = 0;
    hg_streams_transfer(&readers->streams, flows, saved);
    hg_transfer(saved, readers->done, 2 * (size_t)flows * sizeof *readers->done); /* any bytes are valid, as below */
    hg_transfer(saved, readers->notes, flows * sizeof *readers->notes);
    hg_transfer(saved, readers->reaches, 2 * (size_t)flows * sizeof *readers->reaches);
    hg_transfer(saved, &readers->torn_next, sizeof readers->torn_next);
    hg_transfer(saved, readers->torn, sizeof readers->torn);
    for (uint32_t i = 0; i < readers->count; i++)
        hg_flow_memory_transfer(readers->readers[i], readers->states[i], flows, saved);
}

void hg_stages_transfer(hg_stages *stages, hg_saved *saved)
{
    hg_conversations_transfer(&stages->conversations, saved);
    transfer_readers(&stages->readers, stages->conversations.flows.next, saved);
    hg_datagrams_transfer(&stages->datagrams, saved);
    hg_transfer(saved, &stages->group_senders, sizeof stages->group_senders); /* any bytes are valid */
    hg_segments_transfer(&stages->segments, stages->conversations.database, saved);
    if (saved->is_loading && !hg_saved_check(saved, saved->length == 0, HG_SAVED_DAMAGED))
        hg_stages_reset(stages);
}
