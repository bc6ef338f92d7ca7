/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "hosts/services.h"

#include <stdlib.h>

#include "hosts/devices.h"
#include "hosts/fact.h"

enum { PLACES = 1 << 12 /* a request replaces an earlier one in the same place */, MOST_NAME = 255 };

/* The server name that a client requested in a connection. */
struct hg_open_request {
    uint64_t key; /* 0: none */
    uint32_t name;
};

static uint64_t key_of(hg_row row, uint16_t client_port, uint16_t server_port)
{
    return hg_hash_mix(hg_hash_mix(HG_HASH_MULTIPLIER, row.columns->flow[row.index]), (uint64_t)client_port << 16 | server_port) | 1;
}

/* Writes "example.com" for "Example.COM:8080", and returns its length; 0: an address, or too long. */
static uint32_t read_name(hg_span from, char *out)
{
    uint32_t length = 0, is_name = 0;
    for (; length < from.length && from.text[length] != ':'; length++) {
        const char c = from.text[length];
        if (length == MOST_NAME || c == '[')
            return 0;
        out[length] = (char)hg_lower(c);
        is_name |= c != '.' && (c < '0' || c > '9');
    }
    return is_name ? length : 0;
}

void hg_service_note_request(hg_hosts *hosts, hg_row row, hg_span name)
{
    char text[MOST_NAME];
    const hg_columns *c = row.columns;
    const uint32_t length = hosts->options.shows_names ? read_name(name, text) : 0;
    if (length > 0 && hosts->open_requests == NULL)
        hosts->open_requests = calloc(PLACES, sizeof *hosts->open_requests);
    if (length == 0 || hosts->open_requests == NULL)
        return;
    const hg_host_name wanted = {.name = {.text = text, .length = length}, .kind = HG_NAME_SERVICE};
    const uint64_t key = key_of(row, c->src_port[row.index], c->dst_port[row.index]);
    hosts->names.may_invent = 1;
    hosts->open_requests[hg_hash_fold(key) & (PLACES - 1)] = (hg_open_request){.key = key, .name = hg_names_take(&hosts->names, &wanted)};
}

void hg_service_note_answer(hg_hosts *hosts, hg_host_entry *host, hg_row row)
{
    const hg_columns *c = row.columns;
    const uint64_t key = key_of(row, c->dst_port[row.index], c->src_port[row.index]);
    const hg_open_request *place = hosts->open_requests == NULL ? NULL : hosts->open_requests + (hg_hash_fold(key) & (PLACES - 1));
    hg_host_extra *extra = place == NULL || place->key != key || place->name == 0 ? NULL : hg_host_take_extra(hosts, host);
    if (extra != NULL)
        hosts->untracked += !hg_pool_append_new(&hosts->services, &extra->services, HG_HOST_SERVICES,
                                                &(hg_host_service){.name = place->name});
}

/* ---- leases ------------------------------------------------------------------------------------------- */

/* The host of the DHCP server or relay that sent the message; 0: a client's message, or the sender is not a host. */
static hg_index sender_of(const hg_hosts *hosts, const hg_batch *batch, hg_row row)
{
    const hg_columns *c = &batch->columns;
    hg_tunnel_id tunnel;
    if (!c->from_server[row.index] && !c->devices.forwarded[row.at])
        return 0;
    return hg_host_find(hosts, (hg_host_id){hg_address_of(c->src_ip[row.index]), hg_tunnel_of_row(row, &tunnel), c->ip_version[row.index]});
}

void hg_dhcp_note(hg_hosts *hosts, const hg_batch *batch, hg_row row)
{
    hg_announcement_row of;
    hg_watch_server(hosts, batch, row);
    if (hosts->options.only_changes || batch->columns.event[row.index] != HG_EVENT_DHCP ||
        !hg_announced_of(batch, row.index, row.at, &of) || of.address == NULL)
        return;
    const hg_index index = sender_of(hosts, batch, row);
    hg_host_extra *extra = index == 0 ? NULL : hg_host_take_extra(hosts, hg_host_at(hosts, index));
    const hg_host_lease found = {.version = of.version, .address = hg_address_of(of.address)};
    if (extra != NULL)
        hosts->untracked += !hg_pool_append_new(&hosts->leases, &extra->leases, HG_HOST_LEASES, &found);
}

/* ---- the fact -------------------------------------------------------------------------------------- */

static void forget(hg_hosts *hosts, const hg_host_entry *host)
{
    const hg_host_extra *extra = hg_host_read_extra(hosts, host);
    hg_pool_give_back_list(&hosts->services, extra->services);
    hg_pool_give_back_list(&hosts->leases, extra->leases);
}

static void free_open(hg_hosts *hosts)
{
    free(hosts->open_requests);
}

const hg_fact hg_fact_services = {.forget = forget, .free = free_open};
