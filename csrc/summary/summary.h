/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * summary.h - the summary of a run.
 *
 *     rows of batches ──▶ hosts ──────────────┐
 *                └──────▶ a few counters ─────┴──▶ one document
 *
 * Most figures come from the hosts when the document is written. Only figures that hosts do not store are counted
 * before.
 */
#pragma once

#include "base/writer.h"
#include "hosts/hosts.h"
#include "summary/counts.h"
#include "summary/stacks.h"
#include "summary/timeline.h"
#include "tls/version.h"

/* What has verdicts. */
enum { HG_JUDGED_HELLOS = 0, HG_JUDGED_REQUESTS = 1, HG_JUDGED = 2 };

struct hg_summary {
    hg_hosts *hosts;
    const hg_database *database;
    int64_t first_ns; /* of all events */
    int64_t last_ns;
    uint64_t events;
    uint64_t hellos[HG_ROLES];
    uint64_t post_quantum[HG_ROLES];
    uint64_t versions[HG_ROLES][HG_TLS_PLACES]; /* of hellos */
    uint64_t messages[HG_ROLES];
    uint64_t verdicts[HG_JUDGED][HG_VERDICTS];
    hg_counts links; /* packets by hg_link_key */
    hg_counts days;  /* handshakes by day */
    hg_stacks stacks;
    hg_timeline timeline;
    uint32_t protocols; /* that were read, bits by hg_protocol */
    uint64_t left_out; /* events that these counters have no room for */
    hg_json document;
};

/* An MTU and the number of the name of its link, 0: none. */
static inline uint64_t hg_link_key(uint32_t mtu, uint32_t link)
{
    return (uint64_t)mtu << 32 | link;
}

#define HG_DAY_NS INT64_C(86400000000000)
#define HG_FIRST_DAY (INT64_C(1) << 20) /* added to the number of a day, which may be below 0 */
