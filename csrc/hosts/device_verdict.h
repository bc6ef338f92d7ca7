/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * device_verdict.h - the device that announcements describe together.
 */
#ifndef HG_HOSTS_DEVICE_VERDICT_H
#define HG_HOSTS_DEVICE_VERDICT_H

#include "hosts/devices.h"

void hg_device_judge(const hg_hosts *hosts, const hg_host_entry *host, hg_device_verdict *out);
/* Devices by type, those with one MAC once. */
void hg_devices_count(const hg_hosts *hosts, uint64_t counts[HG_DEVICE_TYPE_COUNT]);
const char *hg_device_type(uint32_t number);

#endif
