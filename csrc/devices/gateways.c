/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * gateways.c - which MACs are gateways', and the roles of devices (devices.h).
 */
#include "devices/devices.h"

static int is_listed(const hg_hosts *hosts, hg_address address)
{
    uint32_t i = 0;
    while (i < HG_MOST_GATEWAYS && i < hosts->gateway_count && !hg_same_address(hosts->gateways[i], address))
        i++;
    return i < HG_MOST_GATEWAYS && i < hosts->gateway_count;
}

/* Whether a lease names the host as a router. */
static int is_named_gateway(const hg_hosts *hosts, const hg_host_entry *host)
{
    const hg_device *device = hg_device_of(hosts, host);
    return host->version == 4 && ((device != NULL && device->is_gateway) || is_listed(hosts, host->address));
}

/* Marks the host with the address. 0: there is none. */
static int mark(hg_hosts *hosts, const hg_host_id *id)
{
    const hg_index index = hg_host_find(hosts, *id);
    hg_device *device = index == 0 ? NULL : hg_device_take(hosts, index);
    if (device == NULL)
        return 0;
    if (!device->is_gateway)
        hg_host_touch(hosts, index);
    device->is_gateway = 1;
    return 1;
}

void hg_note_gateway(hg_hosts *hosts, const hg_host_id *id)
{
    if (mark(hosts, id) || is_listed(hosts, id->address))
        return;
    hg_address *place = hosts->gateways + hosts->gateway_count++ % HG_MOST_GATEWAYS;
    if (hosts->gateway_count > HG_MOST_GATEWAYS) /* the replaced one may be a host by now */
        (void)mark(hosts, &(hg_host_id){*place, id->tunnel, 4});
    *place = id->address;
}

const char *hg_mac_gateway(const hg_hosts *hosts, const uint8_t *mac)
{
    const hg_frame_mac *frames = hg_frame_mac_find(hosts, mac);
    uint32_t behind = 0;
    if (hg_mac_virtual(mac) != NULL)
        return "its MAC is virtual";
    for (const hg_device *one = NULL; (one = hg_device_next_with(hosts, mac, one)) != NULL;) {
        const hg_host_entry *host = hg_host_at(hosts, one->host);
        behind += (uint32_t)((hg_host_is_routed(host) || hg_host_comes_from_afar(hosts, one->host)) &&
                             one->mac_scope != HG_SCOPE_NONE);
        if (one->is_router)
            return "it announces itself as a router";
        if (is_named_gateway(hosts, host))
            return "leases name it";
        if (behind > HG_DEVICE_HOSTS)
            return "it answers for many hosts behind it"; /* proxy ARP */
    }
    if (frames != NULL && frames->remotes[0] + frames->remotes[1] >= HG_LEAST_REMOTES)
        return "it sends the packets of remote addresses";
    return NULL;
}

uint32_t hg_mac_sends_for(const hg_hosts *hosts, const uint8_t *mac)
{
    const hg_frame_mac *frames = mac == NULL ? NULL : hg_frame_mac_find(hosts, mac);
    return frames == NULL ? 0 : frames->of_others;
}

int hg_host_is_named_gateway(const hg_hosts *hosts, const hg_host_entry *host)
{
    const hg_device *device = hg_device_of(hosts, host);
    return is_named_gateway(hosts, host) || (device != NULL && device->is_router);
}

int hg_mac_is_named_gateway(const hg_hosts *hosts, const uint8_t *mac)
{
    const hg_device *one = NULL;
    while ((one = hg_device_next_with(hosts, mac, one)) != NULL &&
           !hg_host_is_named_gateway(hosts, hg_host_at(hosts, one->host)))
        continue;
    return one != NULL;
}

int hg_host_forwards(const hg_hosts *hosts, const hg_host_entry *host)
{
    const hg_device *device = hg_device_of(hosts, host), *one = NULL;
    const hg_frame_mac *frames = device == NULL || !device->has_mac ? NULL : hg_frame_mac_find(hosts, device->mac);
    if (frames != NULL && frames->strangers >= HG_LEAST_REMOTES)
        return 1;
    for (uint32_t i = 0; device != NULL && device->has_mac && i < HG_DEVICE_HOSTS; i++) {
        one = hg_device_next_with(hosts, device->mac, one);
        if (one == NULL || one->is_router)
            return one != NULL;
    }
    return 0;
}

const char *hg_device_role(const hg_hosts *hosts, const uint8_t *mac, const hg_host_entry *const *members,
                           uint32_t count)
{
    enum { DNS = 53 };
    if (mac != NULL && hg_mac_gateway(hosts, mac) != NULL)
        return "gateway";
    for (uint32_t i = 0; i < count; i++)
        if (hg_host_read_extra(hosts, members[i])->leases != 0)
            return "dhcp-server";
    for (uint32_t i = 0; i < count; i++)
        for (const hg_host_use *use = NULL;
             (use = hg_pool_next(&hosts->uses, hg_host_sender_of(hosts, members[i], 0)->uses, use)) != NULL;)
            if (use->server_port == DNS)
                return "dns-server";
    return NULL;
}
