/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * device_macs.c - devices by their MAC, and the room that they take.
 */
#include "hosts/device_macs.h"

#include <string.h>

#include "flow/hash.h"

static uint32_t *head_of(const hg_hosts *hosts, const uint8_t *mac)
{
    uint64_t word = 0;
    memcpy(&word, mac, HG_MAC_LENGTH);
    return hosts->mac_chains.heads + (hg_hash_fold(hg_hash_mix(hosts->hash_key, word)) & hosts->mac_chains.mask);
}

uint32_t hg_device_next_with(const hg_hosts *hosts, const uint8_t *mac, uint32_t number)
{
    while (number != 0 && memcmp(hg_device_at(hosts, number)->mac, mac, HG_MAC_LENGTH) != 0)
        number = hg_device_at(hosts, number)->chain;
    return number;
}

uint32_t hg_device_with(const hg_hosts *hosts, const uint8_t *mac)
{
    return hosts->mac_chains.heads == NULL ? 0 : hg_device_next_with(hosts, mac, *head_of(hosts, mac));
}

static void unlink_mac(hg_hosts *hosts, uint32_t number)
{
    hg_device *device = hg_device_at(hosts, number);
    if (!device->has_mac)
        return;
    uint32_t *at = head_of(hosts, device->mac);
    while (*at != number)
        at = &hg_device_at(hosts, *at)->chain;
    *at = device->chain;
    device->has_mac = 0;
}

int hg_device_give_mac(hg_hosts *hosts, uint32_t number, const uint8_t *mac)
{
    if (!hg_chains_make(&hosts->mac_chains, hosts->devices.limit))
        return 0;
    unlink_mac(hosts, number);
    uint32_t *head = head_of(hosts, mac);
    hg_device *device = hg_device_at(hosts, number);
    memcpy(device->mac, mac, HG_MAC_LENGTH);
    device->has_mac = 1;
    device->chain = *head;
    *head = number;
    return 1;
}

void hg_device_forget_claims(hg_hosts *hosts, hg_device *device)
{
    while (device->claims != 0) {
        const hg_device_claim *claim = hg_pool_at(&hosts->device_claims, device->claims);
        const uint32_t next = claim->next;
        hg_pool_give_back(&hosts->device_claims, device->claims);
        device->claims = next;
    }
    device->claim_count = 0;
}

void hg_device_release(hg_hosts *hosts, uint32_t number)
{
    hg_device_forget_claims(hosts, hg_device_at(hosts, number));
    unlink_mac(hosts, number);
    hg_pool_give_back(&hosts->devices, number);
}
