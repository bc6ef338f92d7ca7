/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "engine/datagrams.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "filter/filter.h"
#include "flow/state.h"
#include "tls/connections_state.h"
#include "tls/reader.h"

/* Longest time from the first packet of a connection to its whole hello. */
#define HELLO_NS (10 * INT64_C(1000000000))

/* ---- looking ---------------------------------------------------------------------------- */

void hg_sights_clear(hg_sights *sights)
{
    free(sights->list);
    free(sights->bytes);
    *sights = (hg_sights){0};
}

static hg_drop judge_link(uint32_t protocols, hg_packet *packet, const hg_frame *frame)
{
    const uint8_t *data;
    packet->reader = hg_datagram_readers_take_link(protocols, packet->link_protocol);
    if (packet->reader == 0)
        return HG_DROP_NOT_IP;
    return hg_packet_data(packet, frame, &data) < packet->payload ? HG_DROP_TRUNCATED : HG_DROP_NONE;
}

hg_drop hg_datagram_judge(uint32_t protocols, hg_packet *packet, const hg_frame *frame)
{
    const uint8_t *data;
    if (packet->version == 0)
        return judge_link(protocols, packet, frame);
    uint32_t length = hg_packet_data(packet, frame, &data);
    packet->reader = hg_datagram_readers_take(protocols, packet, data, length);
    if (packet->reader != 0)
        return length < packet->payload ? HG_DROP_TRUNCATED : HG_DROP_NONE;
    if ((protocols >> HG_PROTOCOL_TLS & 1) == 0)
        return HG_DROP_NOT_TCP;
    if (length < packet->payload)
        return hg_hello_may_begin(data, length) ? HG_DROP_TRUNCATED : HG_DROP_NOT_TCP;
    return hg_hello_may_be(data, length) ? HG_DROP_NONE : HG_DROP_NOT_TCP;
}

/* Room for so many sights and bytes, what was there is lost; 0: there is no memory. */
static int reserve(hg_sights *sights, uint32_t count, size_t bytes)
{
    if (count <= sights->capacity && bytes <= sights->byte_capacity)
        return 1;
    hg_sights_clear(sights);
    sights->list = malloc(count * sizeof *sights->list);
    sights->bytes = malloc(bytes);
    if (sights->list == NULL || sights->bytes == NULL) {
        hg_sights_clear(sights);
        return 0;
    }
    sights->capacity = count;
    sights->byte_capacity = bytes;
    return 1;
}

static int is_hello(const hg_packet *packet)
{
    return hg_is_datagram(packet) && packet->reader == 0;
}

void hg_sights_look(hg_sights *sights, hg_hello_worker **worker, const hg_config *config,
                    const hg_database *database, hg_packet *packets, uint32_t count, const hg_frame *frames)
{
    uint32_t datagrams = 0, seen = 0;
    size_t room = 0;
    const uint8_t *data;
    for (uint32_t i = 0; i < count; i++)
        if (is_hello(packets + i)) {
            room += hg_hello_room(hg_packet_data(packets + i, frames + packets[i].frame, &data));
            datagrams++;
        }
    if (datagrams == 0 || !reserve(sights, datagrams, room))
        return;
    if (*worker == NULL && hg_hello_worker_new(config, worker, NULL) != HG_OK)
        return;
    uint8_t *out = sights->bytes;
    for (uint32_t i = 0; i < count; i++) {
        if (!is_hello(packets + i))
            continue;
        uint32_t length = hg_packet_data(packets + i, frames + packets[i].frame, &data);
        out += hg_hello_look(*worker, database, data, length, out, sights->list + seen);
        packets[i].sight = ++seen;
    }
}

/* ---- life ------------------------------------------------------------------------------- */

static void flow_ended(void *state, hg_index flow)
{
    hg_datagrams *datagrams = state;
    hg_connections_forget(&datagrams->connections, flow);
}

hg_status hg_datagrams_init(hg_datagrams *datagrams, const hg_config *config, const hg_interest *interest,
                            hg_stats *stats, hg_error *error)
{
    *datagrams = (hg_datagrams){.config = *config, .stats = stats};
    datagrams->is_on = (uint8_t)(hg_interest_datagrams(interest) || interest->link_protocols[0] != 0);
    if (!interest->udp)
        return HG_OK;
    hg_status status = hg_flows_init(&datagrams->flows, config, 0, stats, error);
    if (status == HG_OK)
        status = hg_connections_init(&datagrams->connections, HG_FIRST_FLOW + datagrams->flows.capacity,
                                     hg_bytes_of_datagrams(config), stats, error);
    if (status != HG_OK) {
        hg_datagrams_clear(datagrams);
        return status;
    }
    datagrams->flows.listener = (hg_flow_listener){.ended = flow_ended, .state = datagrams};
    datagrams->reads_hellos = 1;
    return HG_OK;
}

void hg_datagrams_clear(hg_datagrams *datagrams)
{
    hg_flows_clear(&datagrams->flows);
    hg_connections_clear(&datagrams->connections);
    hg_hello_worker_free(datagrams->worker);
    *datagrams = (hg_datagrams){0};
}

void hg_datagrams_reset(hg_datagrams *datagrams)
{
    if (!datagrams->reads_hellos || datagrams->flows.next == HG_FIRST_FLOW)
        return; /* as good as new: no flow was opened */
    hg_flows_reset(&datagrams->flows);
    hg_connections_reset(&datagrams->connections);
}

void hg_datagrams_count_into(hg_datagrams *datagrams, hg_stats *stats)
{
    datagrams->stats = stats;
    if (!datagrams->reads_hellos)
        return;
    datagrams->flows.stats = stats;
    datagrams->connections.counts = stats;
}

/* ---- saving and loading: flows, then connections ------------------------------------------ */

size_t hg_datagrams_state_bytes(const hg_datagrams *datagrams)
{
    if (!datagrams->reads_hellos)
        return 0;
    return hg_flows_state_bytes(&datagrams->flows) + hg_connections_state_bytes(&datagrams->connections);
}

void hg_datagrams_save(const hg_datagrams *datagrams, uint8_t *out)
{
    if (!datagrams->reads_hellos)
        return;
    hg_flows_save(&datagrams->flows, out);
    hg_connections_save(&datagrams->connections, out + hg_flows_state_bytes(&datagrams->flows));
}

hg_status hg_datagrams_load(hg_datagrams *datagrams, const uint8_t *bytes, size_t length, size_t *used,
                            hg_error *error)
{
    size_t of_connections = 0;
    *used = 0;
    if (!datagrams->reads_hellos)
        return HG_OK;
    hg_status status = hg_flows_load(&datagrams->flows, bytes, length, used, error);
    if (status == HG_OK)
        status = hg_connections_load(&datagrams->connections, datagrams->flows.next, bytes + *used, length - *used,
                                     &of_connections, error);
    *used += of_connections;
    return status;
}

/* ---- following -------------------------------------------------------------------------- */

/* The flow of the packet, opened where it begins a connection that the filter wants; NULL: there is none.
 * `*from_client` is of the flow. */
static hg_flow *flow_of(hg_datagrams *datagrams, const hg_packet *packet, const hg_hello_sight *sight,
                        int64_t now_ns, uint64_t number, int *from_client)
{
    hg_flows *flows = &datagrams->flows;
    int from_server;
    hg_flow *flow;
    hg_flows_find_again(flows, packet, now_ns, &flow, from_client);
    if (flow != NULL && flow->state == HG_SYN_SENT && now_ns > flow->last_ns &&
        (uint64_t)now_ns - (uint64_t)flow->last_ns > HELLO_NS) {
        flows->stats->flows_aged++;
        hg_flows_close(flows, flow);
        flow = NULL;
    }
    if (flow == NULL && hg_hello_begins(sight, &from_server) &&
        hg_filter_passes_from(datagrams->config.filter, packet, from_server)) {
        flow = flows->records + hg_flows_open_later(flows, packet, now_ns, number, from_server);
        flow->fresh = 0; /* state of it is kept from its first datagram on */
        *from_client = !from_server;
    }
    return flow;
}

/* One that a reader of datagrams takes. */
static int read_one(hg_datagrams *datagrams, const hg_database *database, const hg_packet *packet,
                    const hg_frame *frame, uint64_t number, hg_batch *batch, hg_reader_event *found)
{
    const hg_datagram_reader *reader = hg_datagram_reader_of(packet);
    hg_datagram_in in = {.packet = packet, .frame = frame};
    in.length = hg_packet_data(packet, frame, &in.data);
    const hg_reader_output to = {batch, datagrams->stats, database, &found->finding, NULL, packet, frame};
    const hg_datagram_event event = reader->read(&datagrams->config, &in, &to);
    found->write = reader->write;
    found->event = (uint8_t)reader->event;
    found->flow = number;
    found->from_server = event == HG_DATAGRAM_SERVER;
    return event != HG_DATAGRAM_NOTHING;
}

static int follow_hello(hg_datagrams *datagrams, const hg_database *database, const hg_sights *sights,
                        const hg_packet *packet, const hg_frame *frame, uint64_t number, hg_batch *batch,
                        hg_reader_event *found)
{
    int from_client = 0;
    hg_stats *stats = datagrams->flows.stats;
    if (packet->sight != 0 && datagrams->worker == NULL)
        (void)hg_hello_worker_new(&datagrams->config, &datagrams->worker, NULL);
    if (packet->sight == 0 || datagrams->worker == NULL) {
        stats->streams_evicted++;
        return 0;
    }
    const hg_hello_sight *sight = sights->list + packet->sight - 1;
    hg_flow *flow = flow_of(datagrams, packet, sight, frame->time_ns, number, &from_client);
    hg_datagram datagram = {.packet_number = number, .side = (uint8_t)!from_client};
    datagram.length = hg_packet_data(packet, frame, &datagram.data);
    if (flow != NULL)
        datagram.flow = hg_flow_index(&datagrams->flows, flow);
    const hg_reader_output to = {batch, stats, database, &found->finding, NULL, packet, frame};
    uint8_t type =
        hg_hello_follow(&datagrams->connections, datagrams->worker, &datagram, sight, &to, &found->flow);
    if (flow != NULL && type != 0 && flow->state == HG_SYN_SENT)
        hg_flows_advance(&datagrams->flows, flow, HG_ESTABLISHED);
    if (flow != NULL && flow->state == HG_ESTABLISHED)
        hg_flows_touch(&datagrams->flows, flow, frame->time_ns);
    found->event = type == HG_SERVER_HELLO ? HG_EVENT_TLS_SERVER : HG_EVENT_TLS_CLIENT;
    found->from_server = type == HG_SERVER_HELLO;
    found->write = hg_tls_reader.write;
    return type != 0;
}

int hg_datagrams_follow(hg_datagrams *datagrams, const hg_database *database, const hg_sights *sights,
                        const hg_packet *packet, const hg_frame *frame, uint64_t number, hg_batch *batch,
                        hg_reader_event *found)
{
    if (packet->reader != 0)
        return read_one(datagrams, database, packet, frame, number, batch, found);
    return follow_hello(datagrams, database, sights, packet, frame, number, batch, found);
}
