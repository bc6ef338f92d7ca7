/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * device_verdict.h - the device that announcements describe together.
 */
#ifndef HG_HOSTS_DEVICE_VERDICT_H
#define HG_HOSTS_DEVICE_VERDICT_H

#include "hosts/devices.h"

/* All that is said of a device. */
void hg_device_collect(const hg_hosts *hosts, const hg_device *own, hg_device_verdict *out);

/* Whether no other device with its MAC comes before it. */
int hg_device_is_first(const hg_hosts *hosts, const hg_device *own);

#endif
