/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * filter.c - conditions on ports and addresses, all of them ANDed.
 *
 * A condition looks at both ends of a packet and answers for both orders at once: bit 0 with
 * the source as the client, bit 1 with the destination. So a segment of unknown direction
 * costs no second look.
 */
#include "filter.h"

#include <stdlib.h>

#include "error.h"
#include "networks.h"
#include "packet.h"

enum { PORTS = 65536, PORT_WORDS = PORTS / 64 };
enum { SOURCE_IS_CLIENT = 1, DESTINATION_IS_CLIENT = 2, EITHER_ORDER = 3 };

typedef struct compiled {
    uint64_t *ports; /* a bit a port: 8 KiB, which stay in the L1 cache; NULL for networks */
    uint8_t side;
    hg_networks networks;
} compiled;

struct hg_filter {
    uint32_t count;
    unsigned inverted; /* EITHER_ORDER with `deny`, else 0 */
    compiled conditions[];
};

static int is_sane(const hg_condition *condition)
{
    if (condition->side >= HG_SIDES || (condition->port_count == 0) == (condition->network_count == 0))
        return 0;
    for (uint32_t i = 0; i < condition->port_count; i++)
        if (condition->ports[i].first > condition->ports[i].last)
            return 0;
    return 1;
}

static uint64_t *port_bits(const hg_port_range *ranges, uint32_t count)
{
    uint64_t *bits = calloc(PORT_WORDS, sizeof *bits);
    for (uint32_t i = 0; bits != NULL && i < count; i++)
        for (uint32_t port = ranges[i].first; port <= ranges[i].last; port++)
            bits[port / 64] |= (uint64_t)1 << port % 64;
    return bits;
}

static hg_status compile(compiled *out, const hg_condition *condition, uint64_t hash_key, hg_error *error)
{
    out->side = condition->side;
    if (condition->port_count != 0) {
        out->ports = port_bits(condition->ports, condition->port_count);
        return out->ports != NULL ? HG_OK : hg_fail(error, HG_E_MEMORY, "no memory for a filter");
    }
    return hg_networks_init(&out->networks, condition->networks, condition->network_count, hash_key, error);
}

hg_status hg_filter_new(const hg_condition *conditions, uint32_t count, int deny, uint64_t hash_key,
                        hg_filter **out, hg_error *error)
{
    *out = NULL;
    hg_filter *filter = calloc(1, sizeof *filter + (size_t)count * sizeof filter->conditions[0]);
    if (filter == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for a filter");
    filter->inverted = deny ? EITHER_ORDER : 0;
    hg_status status = HG_OK;
    for (uint32_t i = 0; status == HG_OK && i < count; i++) {
        filter->count = i + 1; /* what hg_filter_free has to look at */
        status = is_sane(conditions + i)
                     ? compile(filter->conditions + i, conditions + i, hash_key, error)
                     : hg_fail(error, HG_E_ARGUMENT, "condition %u of the filter breaks a rule", i + 1);
    }
    if (status != HG_OK) {
        hg_filter_free(filter);
        return status;
    }
    *out = filter;
    return HG_OK;
}

void hg_filter_free(hg_filter *filter)
{
    if (filter == NULL)
        return;
    for (uint32_t i = 0; i < filter->count; i++) {
        free(filter->conditions[i].ports);
        hg_networks_clear(&filter->conditions[i].networks);
    }
    free(filter);
}

static unsigned has_port(const uint64_t *bits, uint16_t port)
{
    return (unsigned)(bits[port / 64] >> port % 64 & 1);
}

static unsigned in_either_order(uint8_t side, unsigned source, unsigned destination)
{
    if (side == HG_SIDE_CLIENT)
        return source | destination << 1;
    if (side == HG_SIDE_SERVER)
        return destination | source << 1;
    return source | destination ? EITHER_ORDER : 0;
}

/* The orders in which the conversation passes. */
static unsigned orders(const hg_filter *filter, const uint8_t source[16], const uint8_t destination[16],
                       uint16_t source_port, uint16_t destination_port, uint8_t version)
{
    unsigned pass = EITHER_ORDER;
    for (uint32_t i = 0; i < filter->count && pass != 0; i++) {
        const compiled *condition = filter->conditions + i;
        unsigned from, to;
        if (condition->ports != NULL) {
            from = has_port(condition->ports, source_port);
            to = has_port(condition->ports, destination_port);
        } else {
            from = (unsigned)hg_networks_contain(&condition->networks, source, version);
            to = (unsigned)hg_networks_contain(&condition->networks, destination, version);
        }
        pass &= in_either_order(condition->side, from, to);
    }
    return pass ^ filter->inverted;
}

int hg_filter_passes(const hg_filter *filter, const uint8_t client[16], const uint8_t server[16],
                     uint16_t client_port, uint16_t server_port, uint8_t version)
{
    unsigned pass = orders(filter, client, server, client_port, server_port, version);
    return (pass & SOURCE_IS_CLIENT) != 0;
}

int hg_filter_admits(const hg_filter *filter, const uint8_t source[16], const uint8_t destination[16],
                     uint16_t source_port, uint16_t destination_port, uint8_t version, uint8_t type)
{
    unsigned pass = orders(filter, source, destination, source_port, destination_port, version);
    if (type == HG_SYN)
        return (pass & SOURCE_IS_CLIENT) != 0;
    if (type == (HG_SYN | HG_ACK))
        return (pass & DESTINATION_IS_CLIENT) != 0;
    return pass != 0;
}
