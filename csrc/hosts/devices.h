/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * devices.h - the announcements of hosts, and the device that follows from them.
 *
 * Anybody can make up announcements: each kind counts once, and contradictions lower the confidence. Hosts with the
 * same MAC share their announcements, except behind a router.
 */
#ifndef HG_HOSTS_DEVICES_H
#define HG_HOSTS_DEVICES_H

#include "hosts/hosts.h"

/* The host that a row of an announcement is about: that of its address, else one with its MAC. 0: there was no room. */
uint32_t hg_device_host(hg_hosts *hosts, const uint8_t *mac, const uint8_t *address, uint8_t version,
                        int64_t time_ns);
/* Notes the MAC of a host. With another MAC than before it is another device. 0: there was no room. */
int hg_device_set_mac(hg_hosts *hosts, uint32_t index, const uint8_t *mac);
/* Adds the content of an announcement. 0: no room. */
int hg_device_say(hg_hosts *hosts, uint32_t index, uint8_t kind, const hg_db_announcement *signature,
                  const hg_device_values *values, int64_t time_ns);
/* The device of a host; NULL: it announced nothing. */
const hg_device *hg_device_of(const hg_hosts *hosts, const hg_host_entry *host);
/* Whether a host without an address is known by one that has an address. */
int hg_device_is_shadow(const hg_hosts *hosts, const hg_host_entry *host);
/* The device that all announcements of a host describe, and of others with its MAC. */
void hg_device_judge(const hg_hosts *hosts, const hg_host_entry *host, hg_device_verdict *out);
/* Devices by type, those with one MAC once. */
void hg_devices_count(const hg_hosts *hosts, uint64_t counts[HG_DEVICE_TYPE_COUNT]);
const char *hg_device_type(uint32_t number);

#endif
