/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * reports.h - events for findings that no packet completes.
 */
#pragma once

#include "hosts/hosts.h"

/* The other end of a connection; zeros: none. */
typedef struct hg_server {
    hg_address address;
    uint16_t port;
} hg_server;

/* Makes rows for the host's findings that were not reported yet, after row `before`. */
void hg_host_report(hg_hosts *hosts, hg_index index, int64_t time_ns, uint32_t before, const hg_server *other);
