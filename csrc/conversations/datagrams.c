/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "conversations/datagrams.h"

#include <stdalign.h>

#include "base/memory.h"
#include "filter/filter.h"
#include "announcements/announcing.h"
#include "announcements/readers.h"
#include "conversations/scope.h"
#include "industrial/readers.h"

/* The longest time from the first packet of a flow to its first event. */
#define SILENT_NS (10 * INT64_C(1000000000))

/* ---- which reader gets a datagram ------------------------------------------------------------ */

#define HG_READER(name, KIND, PROOF, ...)             \
    static const hg_datagram_reader name##_reader = { \
        .protocol = HG_PROTOCOL_##KIND,               \
        .events = {HG_EVENT_##KIND, HG_EVENT_##KIND}, \
        .proof = HG_PROOF_##PROOF,                    \
        .most_text = HG_MOST_ANNOUNCED,               \
        .read = hg_read_##name,                       \
        .write = hg_device_write,                     \
        __VA_ARGS__,                                  \
    };
HG_EACH_DEVICE_READER(HG_READER)
HG_EACH_INDUSTRIAL_READER(HG_READER)

#define HG_LIST(name, ...) &name##_reader,
const hg_datagram_reader *const hg_datagram_readers_list[] = {
    HG_EACH_DEVICE_READER(HG_LIST) HG_EACH_INDUSTRIAL_READER(HG_LIST) & hg_tls_datagram_reader,
    NULL}; /* ports of the other readers have priority */

/* `protocols` are bits by hg_protocol. */
static inline int is_on(uint32_t protocols, const hg_datagram_reader *reader)
{
    return protocols >> reader->protocol & 1;
}

static void add_port(hg_requirements *requirements, uint16_t port)
{
    uint32_t i = 0;
    while (i < HG_MOST_UDP_PORTS && requirements->udp_ports[i] != 0 && requirements->udp_ports[i] != port)
        i++;
    if (i < HG_MOST_UDP_PORTS)
        requirements->udp_ports[i] = port;
}

static void add_link_protocol(hg_requirements *requirements, uint64_t protocol)
{
    uint32_t i = 0;
    while (i < HG_MOST_LINK_PROTOCOLS && requirements->link_protocols[i] != 0)
        i++;
    if (i < HG_MOST_LINK_PROTOCOLS)
        requirements->link_protocols[i] = protocol;
}

void hg_datagram_readers_need(const hg_config *config, hg_requirements *requirements)
{
    for (const hg_datagram_reader *const *reader = hg_datagram_readers_list; *reader != NULL; reader++) {
        if (!is_on(config->protocols, *reader))
            continue;
        for (uint32_t i = 0; i < HG_MOST_READER_PORTS && (*reader)->ports[i] != 0; i++)
            add_port(requirements, (*reader)->ports[i]);
        if ((*reader)->link_protocol != 0)
            add_link_protocol(requirements, (*reader)->link_protocol);
        requirements->udp |= (*reader)->any_port;
    }
}

uint32_t hg_datagram_readers_most_text(const hg_config *config)
{
    uint32_t most = 0;
    for (const hg_datagram_reader *const *reader = hg_datagram_readers_list; *reader != NULL; reader++)
        if (is_on(config->protocols, *reader) && (*reader)->most_text > most)
            most = (*reader)->most_text;
    return most;
}

static int has_port(const hg_datagram_reader *reader, const hg_packet *packet)
{
    for (uint32_t i = 0; i < HG_MOST_READER_PORTS && reader->ports[i] != 0; i++)
        if (reader->ports[i] == packet->source_port || reader->ports[i] == packet->destination_port)
            return 1;
    return 0;
}

/* Whether a reader takes the datagram or frame without IP. Without `data`, as for the first fragment of a datagram,
 * only the ports decide. */
static int takes(const hg_datagram_reader *reader, const hg_packet *packet, const uint8_t *data, uint32_t length)
{
    if (packet->version == 0)
        return reader->link_protocol == packet->link_protocol;
    const int may_begin = data != NULL && reader->begins != NULL;
    if (has_port(reader, packet))
        return !reader->needs_both || !may_begin || reader->begins(data, length, packet->payload);
    return may_begin && !reader->needs_both && reader->begins(data, length, packet->payload);
}

#define HG_NUMBER(name, ...) READER_##name,
enum { HG_EACH_DEVICE_READER(HG_NUMBER) };

/* Clients of DHCP take answers from any port, of DNS too. */
static int is_to_dhcp_client(const hg_packet *packet)
{
    enum { DHCP_CLIENT = 68, DHCP6_CLIENT = 546 };
    return packet->destination_port == DHCP_CLIENT || packet->destination_port == DHCP6_CLIENT;
}

/* The number of its reader, as in hg_packet.reader; 0: none. */
static uint8_t reader_of(uint32_t protocols, const hg_packet *packet, const uint8_t *data, uint32_t length)
{
    for (uint8_t i = 0; hg_datagram_readers_list[i] != NULL; i++)
        if (is_on(protocols, hg_datagram_readers_list[i]) && takes(hg_datagram_readers_list[i], packet, data, length) &&
            (i >= READER_dhcp || !is_to_dhcp_client(packet)))
            return (uint8_t)(i + 1);
    return 0;
}

/* The number of the reader of hellos: the last one. */
enum { HELLO_READER = sizeof hg_datagram_readers_list / sizeof *hg_datagram_readers_list - 1 };

/* 1 when the first fragment of a datagram begins as a reader recognises it, which becomes the packet's. Without data,
 * which no honest sender makes, it may begin a hello. */
static __attribute__((cold, noinline)) int begins_in_fragment(uint32_t protocols, hg_packet *packet,
                                                              const uint8_t *data, uint32_t length)
{
    if (length > HG_UDP_HEADER)
        packet->reader = reader_of(protocols, packet, data + HG_UDP_HEADER, length - HG_UDP_HEADER);
    else if (length == HG_UDP_HEADER && is_on(protocols, &hg_tls_datagram_reader))
        packet->reader = HELLO_READER;
    return packet->reader != 0;
}

/* Why a packet without a reader is not analysed. */
static hg_drop drop_of(const hg_packet *packet)
{
    if (packet->version == 0)
        return packet->link_protocol == HG_LINK_NEIGHBOR ? HG_DROP_NOT_TCP : HG_DROP_NOT_IP;
    return packet->fragment ? hg_fragment_drop(packet) : HG_DROP_NOT_TCP;
}

hg_drop hg_datagram_judge(uint32_t protocols, hg_packet *packet, const hg_frame *frame)
{
    const uint8_t *data;
    const uint32_t length = hg_packet_data(packet, frame, &data);
    const int is_fragment = packet->version != 0 && packet->fragment;
    if (!is_fragment || (packet->place & ~(uint32_t)HG_MORE_FRAGMENTS) == 0) { /* later fragments have no ports */
        packet->reader = reader_of(protocols, packet, is_fragment ? NULL : data, length);
        if (packet->reader == 0 && !(is_fragment && begins_in_fragment(protocols, packet, data, length)))
            return drop_of(packet);
    }
    return length < packet->payload ? HG_DROP_TRUNCATED : HG_DROP_NONE;
}

/* ---- datagrams examined alone ------------------------------------------------------------ */

void hg_peeks_clear(hg_peeks *peeks)
{
    free(peeks->bytes);
    *peeks = (hg_peeks){0};
}

/* Peeks begin at multiples of this; packet->peek counts these, from 1 on. */
enum { PEEK_UNIT = alignof(max_align_t) };

static uint32_t units_of(uint32_t bytes)
{
    return (bytes + PEEK_UNIT - 1) / PEEK_UNIT;
}

/* The most units that the peeks of the packets take. */
static uint32_t room_of(const hg_packet *packets, uint32_t count, const hg_frame *frames)
{
    uint32_t units = 0;
    const uint8_t *data;
    for (uint32_t i = 0; i < count; i++)
        if (hg_is_examined(packets + i))
            units += units_of(hg_hello_room(hg_packet_data(packets + i, frames + packets[i].frame, &data)));
    return units;
}

void hg_peeks_take(hg_peeks *peeks, hg_hello_worker **worker, const hg_config *config, const hg_database *database,
                   hg_packet *packets, uint32_t count, const hg_frame *frames)
{
    const uint32_t room = room_of(packets, count, frames);
    if (room == 0 || !hg_make_room(&peeks->bytes, &peeks->room, room, PEEK_UNIT, 1))
        return;
    uint32_t used = 0;
    for (uint32_t i = 0; i < count; i++) {
        const uint8_t *data;
        if (!hg_is_examined(packets + i))
            continue;
        if (*worker == NULL)
            *worker = hg_hello_worker_new(config);
        if (*worker == NULL)
            continue;
        uint32_t length = hg_packet_data(packets + i, frames + packets[i].frame, &data);
        packets[i].peek = used + 1;
        used += units_of(hg_hello_look(*worker, database, data, length, peeks->bytes + (size_t)used * PEEK_UNIT));
    }
}

/* Examines a datagram that came in fragments. NULL: there is no memory. */
static const uint8_t *peek_joined(hg_datagrams *datagrams, const hg_database *database, const uint8_t *data,
                                  uint32_t length)
{
    hg_hello_worker **worker = &datagrams->hellos.worker;
    hg_peeks *joined = &datagrams->joined;
    if (!hg_make_room(&joined->bytes, &joined->room, hg_hello_room(length), 1, 1))
        return NULL;
    if (*worker == NULL)
        *worker = hg_hello_worker_new(&datagrams->config);
    if (*worker == NULL)
        return NULL;
    (void)hg_hello_look(*worker, database, data, length, joined->bytes);
    return joined->bytes;
}

/* ---- life ------------------------------------------------------------------------------- */

static int has_hellos(const hg_datagrams *datagrams)
{
    return is_on(datagrams->config.protocols, &hg_tls_datagram_reader);
}

static hg_status open_memory(hg_datagrams *datagrams, hg_error *error)
{
    const uint64_t share = hg_bytes_of_datagrams(&datagrams->config);
    hg_connections *connections = &datagrams->hellos.connections;
    hg_status status = hg_flows_init(&datagrams->flows, &datagrams->config, 0, datagrams->stats, error);
    if (status == HG_OK)
        status = hg_connections_init(connections, HG_FIRST_FLOW + datagrams->flows.capacity,
                                     share > HG_LEAST_CONNECTION_BYTES ? share : HG_LEAST_CONNECTION_BYTES,
                                     datagrams->stats, error);
    if (status == HG_OK)
        datagrams->flows.listener = (hg_flow_listener){.ended = hg_connections_forget, .state = connections};
    return status;
}

hg_status hg_datagrams_init(hg_datagrams *datagrams, const hg_config *config, const hg_requirements *requirements,
                            hg_stats *stats, hg_error *error)
{
    *datagrams = (hg_datagrams){.config = *config, .stats = stats};
    datagrams->has_fragments = (uint8_t)hg_needs_datagrams(requirements);
    datagrams->is_on = (uint8_t)(hg_needs_datagrams(requirements) || requirements->link_protocols[0] != 0);
    const hg_status status = has_hellos(datagrams) ? open_memory(datagrams, error) : HG_OK;
    if (status != HG_OK)
        hg_datagrams_clear(datagrams);
    return status;
}

void hg_datagrams_clear(hg_datagrams *datagrams)
{
    hg_connections_clear(&datagrams->hellos.connections);
    hg_hello_worker_free(datagrams->hellos.worker);
    hg_flows_clear(&datagrams->flows);
    hg_fragments_clear(&datagrams->fragments);
    hg_peeks_clear(&datagrams->joined);
    *datagrams = (hg_datagrams){0};
}

void hg_datagrams_reset(hg_datagrams *datagrams)
{
    hg_fragments_reset(&datagrams->fragments);
    if (datagrams->is_on)
        datagrams->asked = (hg_asked_names){0};
    if (!has_hellos(datagrams))
        return;
    hg_connections_reset(&datagrams->hellos.connections);
    if (datagrams->flows.next != HG_FIRST_FLOW) /* otherwise no flow was opened */
        hg_flows_reset(&datagrams->flows);
}

void hg_datagrams_transfer(hg_datagrams *datagrams, hg_saved *saved)
{
    if (saved->is_loading)
        hg_datagrams_reset(datagrams);
    if (datagrams->has_fragments)
        hg_fragments_transfer(&datagrams->fragments, HELLO_READER, saved);
    if (datagrams->config.protocols >> HG_PROTOCOL_MDNS & 1)
        hg_transfer(saved, &datagrams->asked, sizeof datagrams->asked);
    if (!has_hellos(datagrams))
        return;
    hg_flows_transfer(&datagrams->flows, saved);
    hg_connections_transfer(&datagrams->hellos.connections, datagrams->flows.next, saved);
}

/* ---- following -------------------------------------------------------------------------- */

/* The flow of the datagram. It is opened if the datagram begins a connection that passes the filter. NULL: none. */
static hg_flow *flow_of(hg_datagrams *datagrams, hg_datagram_in *in)
{
    hg_flows *flows = &datagrams->flows;
    const int64_t now_ns = in->frame->time_ns;
    int from_server, from_client = 0;
    hg_flow *flow;
    hg_index index = hg_flows_find_for_readers(flows, in->packet, now_ns, &flow, &from_client);
    if (flow != NULL && flow->state == HG_SYN_SENT && now_ns > flow->last_ns &&
        (uint64_t)now_ns - (uint64_t)flow->last_ns > SILENT_NS) {
        flows->stats->flows_aged++;
        hg_flows_close(flows, flow);
        flow = NULL;
        index = 0;
    }
    if (flow == NULL && hg_hello_begins(in, &from_server) &&
        hg_filter_passes_from(datagrams->config.filter, in->packet, from_server)) {
        index = hg_flows_open_cold(flows, in->packet, now_ns, in->number, from_server);
        flow = flows->records + index;
        flow->fresh = 0; /* the reader keeps state from the first datagram on */
        from_client = !from_server;
    }
    in->side = (uint8_t)!from_client;
    in->flow = index;
    return flow;
}

static void update_flow(hg_flows *flows, hg_flow *flow, hg_datagram_event event, int64_t now_ns)
{
    if (event != HG_DATAGRAM_NOTHING && flow->state == HG_SYN_SENT)
        hg_flows_advance(flows, flow, HG_ESTABLISHED);
    if (flow->state == HG_ESTABLISHED)
        hg_flows_touch(flows, flow, now_ns);
}

/* Adds a fragment. 1: its datagram is complete, has a valid UDP header, and passes the filter. */
static __attribute__((cold, noinline)) int join(hg_datagrams *datagrams, const hg_database *database, hg_packet *packet,
                                                hg_datagram_in *in)
{
    const uint8_t *udp;
    uint32_t length;
    if (!hg_fragments_take(&datagrams->fragments, packet, in->frame, datagrams->stats, &udp, &length))
        return 0;
    const uint32_t claimed = length < HG_UDP_HEADER ? 0 : hg_be16(udp + UDP_LENGTH_AT);
    if (claimed < HG_UDP_HEADER || claimed > length)
        return 0;
    in->data = udp + HG_UDP_HEADER;
    in->length = claimed - HG_UDP_HEADER;
    packet->source_port = hg_be16(udp + UDP_SOURCE_AT);
    packet->destination_port = hg_be16(udp + UDP_DESTINATION_AT);
    packet->fragment = 0;
    packet->peek = 0;
    if (packet->reader == HELLO_READER)
        in->peek = peek_joined(datagrams, database, in->data, in->length);
    return datagrams->config.filter == NULL || hg_filter_keep(datagrams->config.filter, packet, 1) == 1;
}

int hg_datagrams_follow(hg_datagrams *datagrams, const hg_database *database, const hg_peeks *peeks, hg_packet *packet,
                        const hg_frame *frame, uint64_t number, hg_batch *batch, hg_reader_event *found)
{
    hg_datagram_in in = {.asked = &datagrams->asked, .packet = packet, .frame = frame, .number = number};
    if (!packet->fragment)
        in.length = hg_packet_data(packet, frame, &in.data);
    else if (!join(datagrams, database, packet, &in))
        return 0;
    const hg_datagram_reader *reader = hg_datagram_readers_list[packet->reader - 1];
    const int is_hello = reader == &hg_tls_datagram_reader;
    in.state = &datagrams->hellos;
    if (packet->peek != 0)
        in.peek = peeks->bytes + (size_t)(packet->peek - 1) * PEEK_UNIT;
    if (is_hello && in.peek == NULL) {
        datagrams->stats->streams_evicted++;
        return 0;
    }
    in.is_unlikely = is_hello && !hg_udp_checksum_is_right(packet, in.data, in.length);
    in.hops = is_hello ? hg_packet_hops(packet) : 0;
    hg_flow *flow = is_hello ? flow_of(datagrams, &in) : NULL;
    const hg_reader_output to = {
        batch, datagrams->stats, database, &found->values, NULL, packet, frame, &found->flow, &found->scope, 0, 0, 0,
        NULL};
    found->flow = number;
    found->scope = (uint8_t)hg_scope_of_datagram(reader->proof, packet, frame);
    const hg_datagram_event event = reader->read(&datagrams->config, &in, &to);
    if (flow != NULL)
        update_flow(&datagrams->flows, flow, event, frame->time_ns);
    found->write = reader->write;
    found->event = event == HG_DATAGRAM_QUESTION ? HG_EVENT_DNS : (uint8_t)reader->events[event == HG_DATAGRAM_SERVER];
    found->from_server = event == HG_DATAGRAM_SERVER;
    found->is_late = 0;
    return event != HG_DATAGRAM_NOTHING;
}
