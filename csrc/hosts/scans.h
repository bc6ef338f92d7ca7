/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * scans.h - decides which of a host's targets are a scan.
 */
#pragma once

#include "hosts/hosts.h"

enum { HG_SCAN_PORTS = 16 };

/* What a host scanned. */
typedef struct hg_scan {
    uint64_t targets; /* pairs of address and port */
    uint64_t addresses;
    uint64_t answered; /* targets */
    uint64_t syns;
    uint64_t probed; /* targets with which the host completed a connection only to close it */
    int64_t first_ns;
    int64_t last_ns;
    double rate;       /* targets a second */
    uint32_t ports;
    uint16_t shown[HG_SCAN_PORTS]; /* the first ports, rising */
    uint8_t is_about;  /* numbers are estimates */
    uint8_t is_slow;
    uint8_t link; /* version of the addresses that all stations of the link were asked for; 0: of SYNs */
} hg_scan;

/* Many addresses at some ports, and many ports of some addresses. A host may do both; what scans many ports of many
 * addresses is horizontal. */
enum { HG_SCAN_HORIZONTAL, HG_SCAN_VERTICAL, HG_SCAN_LINK /* many addresses by ARP or Neighbor Discovery */, HG_SCAN_KINDS };

/* Without targets: there is none. */
typedef struct hg_scans {
    hg_scan of[HG_SCAN_KINDS];
} hg_scans;

/* What a host scanned, by the targets whose first SYN was not sent after `until_ns`, or with `only_completed` by those with
 * which it completed a handshake. 0: nothing. */
int hg_scan_find(const hg_hosts *hosts, const hg_host_entry *host, int64_t until_ns, int only_completed, hg_scans *out);
/* The findings, as bits, that are proven to be of the host: it closed connections with scanned targets without having sent
 * a byte, or those that it completed are a scan by themselves. All else may be of SYNs that another one sent in its
 * name, also where the host has ordinary connections with the same targets. */
uint32_t hg_scan_completed(const hg_hosts *hosts, const hg_host_entry *host, int64_t until_ns);
/* The latest time at which a SYN was sent that had time to be answered by now. */
int64_t hg_scan_until(int64_t now_ns);

/* The findings, as bits, and the scan of a finding; NULL: none. */
uint32_t hg_scan_findings(const hg_scans *scans);
const hg_scan *hg_scan_of_finding(const hg_scans *scans, uint32_t finding);
