/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "hosts/leases.h"

#include "devices/announced.h"
#include "hosts/watch.h"

/* The host that sent the row, if it is a server's message or a relay's; 0: neither, or not known. */
static hg_index sender_of(const hg_hosts *hosts, const hg_batch *batch, hg_row row)
{
    const hg_columns *c = &batch->columns;
    hg_tunnel_id tunnel;
    if (!c->from_server[row.index] && !c->devices.forwarded[row.at])
        return 0;
    return hg_host_find(hosts, (hg_host_id){hg_address_of(c->src_ip[row.index]), hg_tunnel_of_row(row, &tunnel), c->ip_version[row.index]});
}

static void add(hg_hosts *hosts, hg_host_entry *host, const hg_host_lease *wanted)
{
    uint32_t number, *first = &hg_host_extra_of(hosts, host)->leases;
    hg_host_lease *known = NULL;
    while ((known = hg_pool_next(&hosts->leases, *first, known)) != NULL)
        if (known->version == wanted->version && memcmp(&known->address, &wanted->address, sizeof known->address) == 0)
            return;
    known = hg_pool_append(&hosts->leases, first, HG_HOST_LEASES, &number);
    if (known == NULL)
        hosts->untracked++;
    else
        *known = *wanted;
}

void hg_lease_note(hg_hosts *hosts, const hg_batch *batch, hg_row row)
{
    hg_announcement_row of;
    hg_watch_server(hosts, batch, row);
    if (hosts->only_changes || batch->columns.event[row.index] != HG_EVENT_DHCP ||
        !hg_announced_of(batch, row.index, row.at, &of) || of.address == NULL)
        return;
    const hg_index index = sender_of(hosts, batch, row);
    hg_host_entry *host = index == 0 ? NULL : hg_host_at(hosts, index);
    const hg_host_lease found = {.version = of.version, .address = hg_address_of(of.address)};
    if (host != NULL && hg_host_take_extra(hosts, host) != NULL)
        add(hosts, host, &found);
}

const hg_host_lease *hg_lease_next(const hg_hosts *hosts, const hg_host_entry *host, const hg_host_lease *after)
{
    return hg_pool_next(&hosts->leases, hg_host_read_extra(hosts, host)->leases, after);
}
