/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * targets.h - the addresses and ports that a host sends SYNs to (its targets), and the scans among them. Findings are
 * bits by hg_host_finding.
 */
#pragma once

#include "hosts/change_rows.h"
#include "hosts/hosts.h"

/* The targets of a host that has two or more. A set that cannot grow keeps a sample: every second target, every fourth,
 * and so on. A target's hash alone decides whether it is kept, so the counts times 2^level estimate all targets. A set
 * is one allocation outside the pools, because it is thinned, moved and freed as a whole. All sets share one limit. */
typedef struct hg_targets {
    uint32_t owner; /* index of the host; 0: the record is free */
    uint32_t places; /* of the hash table `at` */
    hg_target *at;  /* at least half of its places are free */
    uint32_t used;
    uint32_t open;  /* targets without an answer */
    uint32_t fresh; /* new targets since the last check for a scan */
    uint32_t level; /* one target in 2^level is kept */
    uint32_t refused; /* targets that refused a SYN */
    uint32_t completed; /* targets with a completed handshake */
    uint32_t credit; /* budget for extra checks; a check costs one per target, each SYN adds some */
    int64_t browsed_ns; /* when a browser of the host's spoke last; INT64_MIN: never */
    uint32_t is_due; /* 1: a connection was completed or closed without data since the last extra check */
} hg_targets;

/* Takes the outcome of a SYN: its connection was completed, refused or closed. If a scan follows from it, that is a
 * finding at `row` (or HG_NO_ROW). Returns the host if it has findings about scans to report, and sets the time and the
 * shared columns of `place`; NULL: it has none. */
hg_host_entry *hg_target_note_outcome(hg_hosts *hosts, const hg_completion *completion, uint32_t row,
                                      hg_finding_place *place);
/* Takes a host's request on the link (ARP, Neighbor Discovery) for an address, and returns the findings that follow
 * from it. */
uint64_t hg_target_note_request(hg_hosts *hosts, hg_index index, const hg_host_id *wanted, int64_t time_ns);
/* Whether a host without findings about scans requested enough addresses or ports for a scan. */
int hg_targets_may_be_scan(const hg_hosts *hosts, const hg_host_entry *host);
/* The findings about the host's scans at `time_ns`, as bits. `tries` since the last call pay for it; 0: too few. */
uint64_t hg_targets_judge(const hg_hosts *hosts, const hg_host_entry *host, int64_t time_ns, uint32_t tries);
/* Takes the answer to such a request, from the station with `address` (16 bytes) to `asker`. */
void hg_target_note_reply(hg_hosts *hosts, const hg_host_id *asker, const uint8_t *address);
/* Whether a service of the host's answered its SYNs. */
int hg_target_has_answered(const hg_hosts *hosts, hg_index index, const uint8_t *address, uint8_t version,
                           uint16_t port);
/* Whether to check the host for scans now, because it completed connections, or closed some without sending data, since
 * the last extra check. If this returns 1, the caller must check. */
int hg_targets_are_due(const hg_hosts *hosts, const hg_host_entry *host);

/* ---- scans ---- */

enum {
    HG_SCAN_PORTS = 16,
    HG_SCAN_TARGETS = 25 /* least targets of a scan, and least targets that prove who made it */
};

/* One kind of scan by a host. */
typedef struct hg_scan {
    uint64_t targets; /* pairs of address and port */
    uint64_t addresses;
    uint64_t answered; /* targets */
    uint64_t syns;
    uint64_t probed; /* targets with one completed connection that the host closed without sending data */
    int64_t first_ns;
    int64_t last_ns;
    double rate;       /* targets a second */
    uint32_t ports;
    uint16_t shown[HG_SCAN_PORTS]; /* the lowest ports, rising */
    uint8_t is_about;  /* 1: numbers are estimates */
    uint8_t is_slow;
    uint8_t link; /* IP version of addresses requested on the link; 0: a scan with SYNs */
} hg_scan;

/* Kinds of scans: horizontal, many addresses at some ports; vertical, many ports of some addresses. A host may do both.
 * A scan of many ports at many addresses is horizontal. */
enum {
    HG_SCAN_HORIZONTAL,
    HG_SCAN_VERTICAL,
    HG_SCAN_LINK /* many addresses by ARP or Neighbor Discovery */,
    HG_SCAN_KINDS
};

/* The scans of a host, by kind; `targets` is 0 if there is none. */
typedef struct hg_scans {
    hg_scan of[HG_SCAN_KINDS];
} hg_scans;

/* Finds a host's scans. A target that neither answered nor refused counts only if its first SYN was sent by `until_ns`.
 * With `only_completed`, only targets with a completed handshake count. Returns 0 if there is no scan. */
int hg_scan_find(const hg_hosts *hosts, const hg_host_entry *host, int64_t until_ns, int only_completed, hg_scans *out);
/* The scan findings, as bits, of scans that the host itself is proven to have made: it closed connections with
 * HG_SCAN_TARGETS scanned targets without sending a byte, or its completed connections alone are a scan. Otherwise
 * another host may have forged the SYNs: ordinary clients, too, close some connections unused. */
uint64_t hg_scan_completed(const hg_hosts *hosts, const hg_host_entry *host, int64_t until_ns);
/* How long to wait for an answer: then a system repeats its SYN (RFC 6298). */
#define HG_ANSWER_NS INT64_C(1000000000)

/* The first returns the findings about scans, as bits; the second returns the scan that a finding is about, NULL:
 * none. */
uint64_t hg_scan_findings(const hg_scans *scans);
const hg_scan *hg_scan_of_finding(const hg_scans *scans, uint32_t finding);
