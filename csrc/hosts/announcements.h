/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * announcements.h - adds rows of announcements to hosts.
 */
#ifndef HG_HOSTS_ANNOUNCEMENTS_H
#define HG_HOSTS_ANNOUNCEMENTS_H

#include "hosts/hosts.h"

/* The host that a row is about; 0: there is none, or no room for it. */
hg_index hg_take_announcer(hg_hosts *hosts, const hg_batch *batch, hg_row row, int64_t time_ns);
/* What the row says of it. Without room it is counted as untracked. */
int hg_take_announcement(hg_hosts *hosts, const hg_batch *batch, hg_row row, hg_index index, int64_t time_ns);

#endif
