/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * gateways.c - which MACs are gateways' (devices.h).
 */
#include "facts/devices.h"

/* Whether a lease names the host as a router. */
static int is_named_gateway(const hg_hosts *hosts, const hg_host_entry *host)
{
    for (uint32_t i = 0; i < hosts->gateway_count; i++)
        if (host->version == 4 && hg_same_address(hosts->gateways[i], host->address))
            return 1;
    return 0;
}

const char *hg_mac_gateway(const hg_hosts *hosts, const uint8_t *mac)
{
    const hg_frame_mac *frames = hg_frame_mac_find(hosts, mac);
    uint32_t behind = 0;
    if (hg_mac_virtual(mac) != NULL)
        return "its MAC is virtual";
    for (const hg_device *one = NULL; (one = hg_device_next_with(hosts, mac, one)) != NULL;) {
        const hg_host_entry *host = hg_host_at(hosts, one->host);
        behind += (uint32_t)(hg_host_is_routed(host) && !one->by_frames);
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
