/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * local.c - which addresses and hosts are local (hosts.h).
 */

#include "devices/local.h"

#include "base/batch.h"
#include "devices/devices.h"
#include "hosts/fact.h"

static int init(hg_hosts *hosts)
{
    /* IPv4: RFC 1918, 3927, 6598, 1122 (3.2.1.3). IPv6: RFC 4193, 4291. */
    static const hg_network NETWORKS[] = {{{10}, 4, 8},        {{172, 16}, 4, 12},    {{192, 168}, 4, 16},
                                          {{169, 254}, 4, 16}, {{100, 64}, 4, 10},    {{127}, 4, 8},
                                          {{0xFC}, 6, 7},      {{0xFE, 0x80}, 6, 10}, {{[15] = 1}, 6, 128}};
    hg_error error;
    return hg_networks_init(&hosts->local, NETWORKS, sizeof NETWORKS / sizeof NETWORKS[0], &error) == HG_OK;
}

hg_status hg_hosts_set_local(hg_hosts *hosts, const hg_network *networks, uint32_t count, hg_error *error)
{
    hg_networks_clear(&hosts->local);
    hosts->local_is_stated = 1;
    return hg_networks_init(&hosts->local, networks, count, error);
}

int hg_begins_with(const uint8_t *address, const hg_network *network)
{
    const uint32_t bytes = network->prefix / 8, bits = network->prefix % 8;
    return memcmp(address, network->address, bytes) == 0 &&
           (bits == 0 || (address[bytes] ^ network->address[bytes]) >> (8 - bits) == 0);
}

static int is_announced(const hg_hosts *hosts, const uint8_t *address, uint8_t version)
{
    for (uint32_t i = 0; i < hosts->announced_local_count && !hosts->local_is_stated; i++)
        if (hosts->announced_local[i].version == version && hg_begins_with(address, hosts->announced_local + i))
            return 1;
    return 0;
}

int hg_local_note(hg_hosts *hosts, const hg_network *network)
{
    enum { LEAST_4 = 16, LEAST_6 = 48 };
    if (network->version == 4 ? network->prefix < LEAST_4 || network->prefix > 32
                              : network->prefix < LEAST_6 || network->prefix > 128)
        return 1;
    for (uint32_t i = 0; i < hosts->announced_local_count; i++)
        if (hosts->announced_local[i].version == network->version &&
            hosts->announced_local[i].prefix <= network->prefix &&
            hg_begins_with(network->address, hosts->announced_local + i))
            return 1;
    if (hosts->announced_local_count == HG_MOST_ANNOUNCED_LOCAL)
        return 0;
    hosts->announced_local[hosts->announced_local_count++] = *network;
    return 1;
}

int hg_address_is_local(const hg_hosts *hosts, const uint8_t *address, uint8_t version)
{
    return hg_networks_contain(&hosts->local, address, version) || is_announced(hosts, address, version);
}

static int is_in_network(const hg_hosts *hosts, const hg_host_entry *host)
{
    return hg_address_is_local(hosts, (const uint8_t *)host->address.word, host->version);
}

/* Whether a host has a MAC of its own, not a router's. A router's MAC has many addresses, or public IPv4 addresses of
 * hosts behind it beside a private one (proxy ARP). */
static int is_on_link(const hg_hosts *hosts, const hg_host_entry *host)
{
    const hg_device *own = hg_device_of(hosts, host);
    uint32_t count = 0;
    if (!hg_host_has_own_mac(hosts, host))
        return 0;
    for (const hg_device *one = NULL;
         count <= HG_DEVICE_HOSTS && (one = hg_device_next_with(hosts, own->mac, one)) != NULL; count++) {
        const hg_host_entry *other = hg_host_at(hosts, one->host);
        if (host->version == 4 && other->version == 4 && is_in_network(hosts, other) && !hg_host_is_near(host))
            return 0;
    }
    return count <= HG_DEVICE_HOSTS;
}

int hg_host_is_local(const hg_hosts *hosts, const hg_host_entry *host)
{
    if (host->version == 0 || is_in_network(hosts, host))
        return 1;
    return !hosts->local_is_stated && is_on_link(hosts, host);
}

int hg_id_is_local(const hg_hosts *hosts, hg_host_id id)
{
    if (hg_address_is_local(hosts, (const uint8_t *)id.address.word, id.version))
        return 1;
    const hg_index index = hg_host_find(hosts, id);
    return index != 0 && hg_host_is_local(hosts, hg_host_at(hosts, index));
}

int hg_hosts_is_local(const hg_hosts *hosts, uint32_t place)
{
    return place < hosts->known.used && hg_host_is_local(hosts, hg_host_at(hosts, place + 1));
}

static void free_networks(hg_hosts *hosts)
{
    hg_networks_clear(&hosts->local);
}

const hg_fact hg_fact_local = {.init = init, .free = free_networks};
