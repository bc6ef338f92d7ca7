/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * setting.c - creates, saves and loads the stages that keep state, which all blocks share.
 */
#include "base/error.h"
#include "engine/block.h"

void hg_config_requirements(const hg_config *config, hg_requirements *requirements)
{
    const uint8_t uptime = config->uptime & (config->protocols >> HG_PROTOCOL_TCP & 1);
    *requirements = (hg_requirements){.timestamps = uptime, .flow_ends = uptime, .segments = config->segments};
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

hg_status hg_setting_init(hg_setting *setting, const hg_config *config, const hg_database *database,
                          hg_error *error)
{
    if (config->max_connections == 0 || config->max_hosts == 0)
        return hg_fail(error, HG_E_ARGUMENT, "max_connections and max_hosts must be at least 1");
    if (config->protocols == 0 || (config->protocols & ~(uint32_t)HG_ALL_PROTOCOLS) != 0)
        return hg_fail(error, HG_E_ARGUMENT, "there are protocols 0 to %d", HG_PROTOCOLS - 1);
    if (config->workers == 0 || config->workers > HG_MAX_WORKERS)
        return hg_fail(error, HG_E_ARGUMENT, "workers must be 1 to %d", HG_MAX_WORKERS);
    setting->filter = config->filter;
    setting->tunnels = config->tunnels;
    setting->reads_left = UINT64_MAX;
    setting->protocols = config->protocols;
    hg_config_requirements(config, &setting->requirements);
    setting->reads = hg_reads(config, &setting->requirements);
    setting->most_text = hg_datagram_readers_most_text(config);
    hg_status status = hg_conversations_init(&setting->conversations, config, database, &setting->requirements,
                                             &setting->stats, error);
    if (status == HG_OK)
        status = hg_readers_init(&setting->readers, config, &setting->requirements, &setting->conversations.flows,
                                 &setting->stats, error);
    if (status == HG_OK)
        status = hg_datagrams_init(&setting->datagrams, config, &setting->requirements, &setting->stats, error);
    if (status == HG_OK)
        status = hg_segments_init(&setting->segments, config, &setting->stats, error);
    if (setting->readers.most_text > setting->most_text)
        setting->most_text = setting->readers.most_text;
    return status;
}

void hg_setting_clear(hg_setting *setting)
{
    hg_segments_clear(&setting->segments);
    hg_datagrams_clear(&setting->datagrams);
    hg_readers_clear(&setting->readers);
    hg_conversations_clear(&setting->conversations);
}

void hg_setting_reset(hg_setting *setting)
{
    hg_conversations_reset(&setting->conversations);
    hg_readers_reset(&setting->readers);
    hg_datagrams_reset(&setting->datagrams);
    hg_segments_reset(&setting->segments);
}

void hg_setting_count_into(hg_setting *setting, hg_stats *stats)
{
    setting->conversations.flows.stats = setting->conversations.clocks.stats = stats;
    setting->readers.streams.stats = stats;
    setting->segments.stats = stats;
    setting->datagrams.stats = setting->datagrams.flows.stats = stats;
}

void hg_setting_transfer(hg_setting *setting, hg_saved *saved)
{
    hg_conversations_transfer(&setting->conversations, saved);
    hg_readers_transfer(&setting->readers, setting->conversations.flows.next, saved);
    hg_datagrams_transfer(&setting->datagrams, saved);
    hg_segments_transfer(&setting->segments, setting->conversations.database, saved);
    if (saved->is_loading && !hg_saved_check(saved, saved->length == 0, HG_SAVED_DAMAGED))
        hg_setting_reset(setting);
}
