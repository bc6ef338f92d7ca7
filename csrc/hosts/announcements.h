/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * announcements.h - adds rows of announcements to hosts.
 */
#pragma once

#include "devices/announced.h"
#include "hosts/hosts.h"

/* Whether a row says something of a host; if so, what. */
int hg_announcement_counts(const hg_hosts *hosts, const hg_batch *batch, hg_row row, hg_announcement_row *out);
/* The host that such a row is about; 0: there is no room for it. */
hg_index hg_take_announcer(hg_hosts *hosts, const hg_batch *batch, hg_row row, const hg_announcement_row *of);
/* What the row says of it. Without room it is counted as untracked. */
int hg_take_announcement(hg_hosts *hosts, const hg_batch *batch, hg_row row, const hg_announcement_row *of, hg_index index);
/* The name of a service that a host calls. */
void hg_take_call(hg_hosts *hosts, hg_index index, hg_span name, int64_t time_ns);
/* The User-Agent or Server of a message, unless that is doubtful, its headers contradict it, or the host passed it on for
 * another one. */
void hg_take_software(hg_hosts *hosts, hg_index index, hg_row row, int is_doubtful);
/* Forgets what the latest texts claim: the database changes. */
void hg_known_claims_forget(hg_hosts *hosts);
