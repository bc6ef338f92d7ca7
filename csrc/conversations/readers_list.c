/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * readers_list.c - the list of stream readers, and how they are opened and closed.
 */
#include "announcements/readers.h"
#include "base/memory.h"
#include "conversations/readers.h"
#include "greetings/reader.h"
#include "http/reader.h"
#include "industrial/readers.h"
#include "ssh/reader.h"
#include "tls/reader.h"

const hg_reader *const hg_readers_list[] = {
    &hg_tls_reader,       &hg_http_reader,       &hg_smb_reader,        &hg_ssh_reader,
    &hg_greetings_reader, &hg_signalling_reader, &hg_industrial_reader, NULL};

static void flow_ended(void *state, hg_index flow)
{
    hg_readers *readers = state;
    hg_streams_close(&readers->streams, flow);
    if (readers->rest.flow == flow)
        readers->rest.pending = 0;
    free(readers->waits);
    readers->waits = NULL;
    for (uint32_t i = 0; i < readers->count; i++)
        hg_flow_memory_forget(readers->readers[i], readers->states[i], flow);
}

static int flow_waits(const void *state, hg_index flow)
{
    const hg_streams *streams = &((const hg_readers *)state)->streams;
    return hg_stream_will_settle(streams, hg_stream_of(streams, flow, 0)) ||
           hg_stream_will_settle(streams, hg_stream_of(streams, flow, 1));
}

/* Notes which bytes a reader wants. */
static void note_wants(hg_readers *readers, const hg_config *config, uint32_t number)
{
    const hg_reader *reader = readers->readers[number];
    const uint16_t bit = (uint16_t)(1u << number);
    readers->all |= bit;
    readers->seekers |= reader->seeks > 0 ? bit : 0;
    readers->wants_zeros |= reader->wants_zeros ? bit : 0;
    readers->seeks = readers->seeks > reader->seeks ? readers->seeks : reader->seeks;
    for (const char *first = reader->looks_at; first != NULL && *first != '\0'; first++)
        readers->looks[(uint8_t)*first] = (uint8_t)(number + 1);
    for (uint32_t place = 0; place < HG_PLACES; place++)
        for (uint32_t first = 0; first <= UINT8_MAX; first++)
            if (reader->wants == NULL || (reader->whole_streams && config->http_all) ||
                (place == HG_AT_LATER && reader->seeks == 0) || reader->wants((hg_place)place, (uint8_t)first))
                readers->wants[place][first] |= bit;
}

static hg_status open_readers(hg_readers *readers, const hg_config *config, hg_index flows, hg_error *error)
{
    hg_status status = HG_OK;
    for (uint32_t i = 0; status == HG_OK && hg_readers_list[i] != NULL; i++) {
        const hg_reader *reader = hg_readers_list[i];
        if (!hg_reader_is_on(reader, config))
            continue;
        readers->readers[readers->count] = reader;
        readers->most_text += reader->most_text;
        status = hg_flow_memory_open(reader, config, flows, &readers->states[readers->count], error);
        if (status == HG_OK)
            note_wants(readers, config, readers->count++);
    }
    return status;
}

hg_status hg_readers_init(hg_readers *readers, const hg_config *config, const hg_requirements *requirements,
                          hg_flows *flows, hg_stats *stats, hg_error *error)
{
    *readers = (hg_readers){.filter = config->filter,
                            .tds.shows_text = config->host_names,
                            .tds.is_read = (uint8_t)hg_reader_is_on(&hg_greetings_reader, config)};
    if (requirements->stream_bytes == 0)
        return HG_OK;
    uint32_t records = HG_FIRST_FLOW + flows->capacity;
    hg_status status = open_readers(readers, config, records, error);
    if (status == HG_OK)
        status = hg_streams_init(&readers->streams, records, requirements,
                                 config->max_stream_bytes - (requirements->udp ? hg_bytes_of_datagrams(config) : 0),
                                 stats, error);
    if (status == HG_OK) {
        readers->done = hg_zeroed(2 * (size_t)records, sizeof *readers->done);
        readers->notes = hg_zeroed(records, sizeof *readers->notes);
        readers->reaches = hg_zeroed(2 * (size_t)records, sizeof *readers->reaches);
        if (readers->done == NULL || readers->notes == NULL || readers->reaches == NULL)
            status = hg_fail(error, HG_E_MEMORY, "no memory for %u connections", records);
    }
    if (status != HG_OK)
        hg_readers_clear(readers);
    else
        flows->listener = (hg_flow_listener){.ended = flow_ended, .waits = flow_waits, .state = readers};
    return status;
}

void hg_readers_clear(hg_readers *readers)
{
    for (uint32_t i = 0; i < readers->count; i++)
        hg_flow_memory_close(readers->states[i]);
    if (readers->count > 0)
        hg_streams_clear(&readers->streams);
    hg_zeroed_free(readers->done);
    hg_zeroed_free(readers->notes);
    hg_zeroed_free(readers->reaches);
    free(readers->waits);
    *readers = (hg_readers){0};
}

void hg_readers_reset(hg_readers *readers)
{
    if (readers->count == 0)
        return;
    hg_streams_reset(&readers->streams);
    readers->rest.pending = 0;
    readers->torn_next = 0;
    memset(readers->torn, 0, sizeof readers->torn);
    for (uint32_t i = 0; i < readers->count; i++)
        hg_flow_memory_reset(readers->states[i]);
}

void hg_readers_forget_names(hg_readers *readers, hg_index flows)
{
    for (hg_index flow = 0; readers->count > 0 && flow < flows; flow++)
        readers->notes[flow].matches = (hg_client_matches){HG_NOT_SEEN, HG_NOT_SEEN};
    for (uint32_t i = 0; i < readers->count; i++)
        if (readers->readers[i]->forget_names != NULL)
            readers->readers[i]->forget_names(readers->states[i]);
}
