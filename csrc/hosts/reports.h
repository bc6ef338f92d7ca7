/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * reports.h - findings as rows.
 */
#pragma once

#include "hosts/hosts.h"

/* Makes rows for the host's findings that were not reported yet. 0: no memory for some. */
int hg_host_report_findings(hg_hosts *hosts, hg_host_entry *host, const hg_finding_place *now);
