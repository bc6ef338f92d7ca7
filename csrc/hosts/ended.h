/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * ended.h - the systems and programs of a host that were out of support when it sent its latest packet.
 */
#pragma once

#include "hosts/scans.h"
#include "hosts/verdict.h"

/* The day since 1970 on which support of a program ended; HG_SUPPORTED: it has not. */
typedef struct hg_ended_program {
    const hg_host_name *name;
    int32_t day;
    uint8_t source; /* hg_host_source */
} hg_ended_program;

typedef struct hg_support_ends {
    hg_ended_program browser;
    hg_ended_program server;
    int32_t system; /* the day on which support ended of all that it may be */
    double confidence; /* of family and versions, the lesser one */
    uint16_t tls[2];   /* old versions by role, as bits by hg_tls_place */
    uint32_t ssh;      /* findings about its SSH servers, as bits */
} hg_support_ends;

/* The findings about a certificate at the time of its packet, as bits. The row was checked. */
uint32_t hg_findings_of_certificate(hg_row row);
/* All findings of the host, as bits. */
uint32_t hg_host_findings(const hg_host_entry *host, const hg_scans *scans, const hg_support_ends *ended);
void hg_host_end(const hg_hosts *hosts, const hg_host_entry *host, const hg_host_verdict *verdict, hg_support_ends *out);
