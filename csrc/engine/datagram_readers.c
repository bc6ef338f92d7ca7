/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "engine/datagram_readers.h"

#include "devices/readers.h"
#include "tls/reader.h"

#define HG_LIST(name) &hg_##name##_reader,
const hg_datagram_reader *const hg_datagram_readers_list[] = {HG_EACH_DEVICE_READER(HG_LIST) &hg_tls_datagram_reader,
                                                              NULL}; /* the ports of the others go first */
#undef HG_LIST
_Static_assert(sizeof hg_datagram_readers_list / sizeof hg_datagram_readers_list[0] <= HG_MOST_DATAGRAM_READERS + 1,
               "HG_MOST_DATAGRAM_READERS is too small");

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
        if (!hg_datagram_reader_is_on(config->protocols, *reader))
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
        if (hg_datagram_reader_is_on(config->protocols, *reader) && (*reader)->most_text > most)
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

uint8_t hg_datagram_readers_take(uint32_t protocols, const hg_packet *packet, const uint8_t *data, uint32_t length)
{
    for (uint8_t i = 0; hg_datagram_readers_list[i] != NULL; i++) {
        const hg_datagram_reader *reader = hg_datagram_readers_list[i];
        if (hg_datagram_reader_is_on(protocols, reader) &&
            (has_port(reader, packet) ||
             (data != NULL && reader->begins != NULL && reader->begins(data, length, packet->payload))))
            return (uint8_t)(i + 1);
    }
    return 0;
}

uint8_t hg_datagram_readers_take_link(uint32_t protocols, uint64_t link_protocol)
{
    for (uint8_t i = 0; hg_datagram_readers_list[i] != NULL; i++)
        if (hg_datagram_readers_list[i]->link_protocol == link_protocol && hg_datagram_reader_is_on(protocols, hg_datagram_readers_list[i]))
            return (uint8_t)(i + 1);
    return 0;
}
