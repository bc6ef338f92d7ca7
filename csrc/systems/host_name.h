/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * host_name.h - the name that a host gave itself in announcements. Such names often contain people's names: only rows
 * that show names are taken.
 */
#pragma once

#include "hosts/hosts.h"

/* Takes the name in a row about the host that shows names; the latest one counts. A DHCP server's message does not name
 * its client. */
void hg_host_name_take(hg_hosts *hosts, hg_index index, const hg_announcement_row *row, int from_server);
/* The name of `first` (NULL: none), or else of the first of `hosts` that has one. */
hg_span hg_host_name_of_any(const hg_hosts *all, const hg_host_entry *first, const hg_host_entry *const *hosts,
                            uint32_t count);
/* The name; empty: none is known. */
hg_span hg_host_name_of(const hg_hosts *hosts, const hg_host_entry *host);
void hg_host_name_write(hg_writer *to, const hg_host_view *view); /* its line in the text of the host */
