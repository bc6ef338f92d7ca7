/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * machines.h - which hosts are one device.
 *
 *     Hosts are one device if one MAC sent their frames, in any segment, and nothing that they show at the same time
 *     excludes it.
 */
#pragma once

#include "devices/devices.h"

/* The host that shows all that this one shows, at the address in another segment, sent by the same MAC: a capture has
 * its frames twice, with and without a tag, or of each interface of a bridge. The host itself: there is none. */
hg_index hg_host_original(const hg_hosts *hosts, hg_index index);
/* The host whose packets a router forwarded into this segment: the only one with the address that has a station, in
 * another segment. The host itself: there is none, or their systems exclude each other. */
hg_index hg_host_forwarded(const hg_hosts *hosts, hg_index index);
/* As hg_host_find_any, but the original of a copy. */
hg_index hg_host_find_original(const hg_hosts *hosts, hg_host_id id);
/* The next device of the machine that `own` is part of, the first if `after` is NULL; NULL: no more. `own` is not
 * behind a bridge. */
const hg_device *hg_machine_next(const hg_hosts *hosts, const hg_device *own, const hg_device *after);
