/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * datagram.c - the reader of protocols of plants in datagrams.
 */
#include "industrial/protocol.h"
#include "industrial/readers.h"

static const struct datagram_protocol {
    int (*begins)(hg_span data, uint32_t whole);
    int (*read)(hg_announcing *to, hg_span data);
    uint16_t port; /* of servers; others' messages are questions. 0: any, as devices also announce themselves */
} PROTOCOLS[] = {{hg_bacnet_begins, hg_bacnet_read, 0},
                 {hg_enip_begins, hg_enip_read, 44818},
                 {hg_knx_begins, hg_knx_read, 3671},
                 {hg_fins_begins, hg_fins_read, 9600}};

static const struct datagram_protocol *protocol_of(hg_span data, uint32_t whole)
{
    for (uint32_t i = 0; i < sizeof PROTOCOLS / sizeof *PROTOCOLS; i++)
        if (PROTOCOLS[i].begins(data, whole))
            return PROTOCOLS + i;
    return NULL;
}

int hg_industrial_begins(const uint8_t *data, uint32_t length, uint32_t whole)
{
    return protocol_of(hg_span_of(data, length), whole) != NULL;
}

hg_datagram_event hg_read_industrial(const hg_config *config, const hg_datagram_in *in, const hg_reader_output *to)
{
    const hg_span data = hg_span_of(in->data, in->length);
    const struct datagram_protocol *protocol = protocol_of(data, in->length);
    hg_announcing list;
    if (protocol != NULL && protocol->port != 0 && protocol->port != in->packet->source_port)
        return HG_DATAGRAM_NOTHING;
    hg_announce_begin(&list, config->host_names, to);
    if (protocol == NULL || !protocol->read(&list, data)) {
        to->batch->text_count = list.begin; /* what it stated before its fault does not count */
        return hg_malformed(&to->stats->industrial_malformed);
    }
    return hg_announce_any(&list, to, HG_DATAGRAM_CLIENT);
}

/* ---- KNXnet/IP (EN 13321-2): header length, version, service (2 bytes), length (2) ---- */

int hg_knx_begins(hg_span data, uint32_t whole)
{
    enum { HEADER = 6, VERSION = 0x10 };
    return data.length >= HEADER && data.data[0] == HEADER && data.data[1] == VERSION &&
           hg_be16(data.data + 4) == whole;
}

int hg_knx_read(hg_announcing *to, hg_span data)
{
    enum {
        SEARCH_RESPONSE = 0x0202,
        DESCRIPTION_RESPONSE = 0x0204,
        HEADER = 6,
        ENDPOINT = 8,
        DEVICE = 54,
        DEVICE_INFO = 1,
        NAME = 24
    };
    const uint32_t service = hg_be16(data.data + 2);
    if (service != SEARCH_RESPONSE && service != DESCRIPTION_RESPONSE)
        return 1;
    const hg_span device = hg_span_from(data, service == SEARCH_RESPONSE ? HEADER + ENDPOINT : HEADER);
    if (device.length < DEVICE || device.data[0] != DEVICE || device.data[1] != DEVICE_INFO)
        return 0;
    hg_announce(to, HG_SAYS_INDUSTRIAL, (const uint8_t *)"knx server", sizeof "knx server" - 1);
    hg_state_name(to, hg_span_of(device.data + NAME, DEVICE - NAME));
    return 1;
}
