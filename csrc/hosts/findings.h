/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * findings.h - findings about one host.
 */
#ifndef HG_HOSTS_FINDINGS_H
#define HG_HOSTS_FINDINGS_H

#include "hg_support.h"

/* X(name, kind as records have it, the sentence after "3 hosts"), in the order of the list. %s stands for the tools, the
 * number of systems, what differs, or why a clock cannot be trusted. */
#define HG_EACH_FINDING(X)                                                                                    \
    X(SCANNER, "scanner", " sent packets of scanners (%s)")                                                  \
    X(HORIZONTAL, "horizontal_scan", " scanned many addresses")                                              \
    X(VERTICAL, "vertical_scan", " scanned many ports of an address")                                        \
    X(SLOW, "slow_scan", " scanned slowly, fewer than 25 targets in five minutes")                           \
    X(ENDED, "old_system", " had a system without support in all versions that it may be, by " HG_SUPPORT_LIST) \
    X(BROWSER, "old_browser", " had a browser without support, by " HG_SUPPORT_LIST)                         \
    X(OLD_TLS, "old_tls", " spoke only TLS before 1.2 in a connection")                                      \
    X(SHARED, "several_systems", " had several systems behind one address (%s)")                             \
    X(SEVERAL, "contradicting_systems", " sent handshakes of systems that exclude each other")               \
    X(CONTRADICTS, "contradicts", " showed two systems in one connection (%s)")                              \
    X(CLIENT, "client_mismatch", " may not be the client that their User-Agent names (%s)")                  \
    X(FORGED, "forged_packets", " sent forged or hand-made packets (%s), perhaps from false addresses")      \
    X(HOPS, "hops", " spoke from distances that differ by 4 hops or more")                                   \
    X(CLOCK, "clocks", " had a clock that cannot be trusted (%s)")

typedef enum hg_host_finding {
#define HG_NAME(name, kind, words) HG_FINDING_##name,
    HG_EACH_FINDING(HG_NAME)
#undef HG_NAME
    HG_HOST_FINDINGS
} hg_host_finding;

enum { HG_SCAN_FINDINGS = 1 << HG_FINDING_HORIZONTAL | 1 << HG_FINDING_VERTICAL | 1 << HG_FINDING_SLOW };

#endif
