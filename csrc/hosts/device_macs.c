/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * device_macs.c - devices by their MAC, and the room that they take.
 */
#include "hosts/device_macs.h"

const hg_device *hg_device_next_with(const hg_hosts *hosts, const uint8_t *mac, const hg_device *after)
{
    uint32_t number = after == NULL ? hg_chains_first(&hosts->mac_chains, hg_hash_mac(hosts->hash_key, mac)) : after->chain;
    while (number != 0 && memcmp(hg_device_at(hosts, number)->mac, mac, HG_MAC_LENGTH) != 0)
        number = hg_device_at(hosts, number)->chain;
    return number == 0 ? NULL : hg_device_at(hosts, number);
}

static void unlink_mac(hg_hosts *hosts, uint32_t number)
{
    hg_device *device = hg_device_at(hosts, number);
    if (!device->has_mac)
        return;
    hg_chains_leave(&hosts->mac_chains, &hosts->devices, hg_hash_mac(hosts->hash_key, device->mac), number);
    device->has_mac = 0;
}

int hg_device_give_mac(hg_hosts *hosts, uint32_t number, const uint8_t *mac)
{
    if (hosts->mac_chains.heads == NULL && !hg_chains_init(&hosts->mac_chains, hosts->devices.limit, offsetof(hg_device, chain)))
        return 0;
    unlink_mac(hosts, number);
    hg_device *device = hg_device_at(hosts, number);
    memcpy(device->mac, mac, HG_MAC_LENGTH);
    device->has_mac = 1;
    hg_chains_enter(&hosts->mac_chains, &hosts->devices, hg_hash_mac(hosts->hash_key, mac), number);
    return 1;
}

void hg_device_forget_claims(hg_hosts *hosts, hg_device *device)
{
    hg_pool_give_back_list(&hosts->device_claims, device->claims);
    device->claims = device->claim_count = 0;
}

void hg_device_release(hg_hosts *hosts, uint32_t number)
{
    hg_device_forget_claims(hosts, hg_device_at(hosts, number));
    unlink_mac(hosts, number);
    hg_pool_give_back(&hosts->devices, number);
}
