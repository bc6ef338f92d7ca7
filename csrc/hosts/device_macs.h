/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * device_macs.h - devices by their MAC, and the room that they take.
 */
#pragma once

#include "hosts/hosts.h"

static inline hg_device *hg_device_at(const hg_hosts *hosts, uint32_t number)
{
    return hg_pool_at(&hosts->devices, number);
}

/* The device with a MAC after one, the first after NULL; NULL: none. */
const hg_device *hg_device_next_with(const hg_hosts *hosts, const uint8_t *mac, const hg_device *after);
/* Gives a device its MAC, in the place of one before; 0: no memory. */
int hg_device_give_mac(hg_hosts *hosts, uint32_t number, const uint8_t *mac);
void hg_device_forget_claims(hg_hosts *hosts, hg_device *device);
void hg_device_release(hg_hosts *hosts, uint32_t device);
