/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * ended.h - a host's systems and programs whose support had already ended when they were last seen.
 */
#pragma once

#include "attacks/targets.h"
#include "systems/conclusion.h"

/* A program, and the day since 1970 on which its support ended; HG_SUPPORTED: it has not ended. */
typedef struct hg_ended_program {
    const hg_host_name *name;
    int32_t day;
    uint8_t source; /* hg_host_source */
} hg_ended_program;

typedef struct hg_support_ends {
    hg_ended_program browser; /* the browser whose support ended last */
    hg_ended_program server;  /* the same for builds of server programs */
    int32_t system; /* the day on which support had ended for all systems that the host may run; or HG_SUPPORTED */
    double confidence; /* the lower of two: the family's and the versions' confidence */
    uint16_t tls[2];   /* prohibited versions that the host used, by its role; bits by hg_tls_place */
    uint64_t ssh;      /* findings about its SSH servers, as bits by hg_host_finding */
} hg_support_ends;

/* All findings about the host, except `stated` ones of hg_host_extra, as bits by hg_host_finding. */
uint64_t hg_host_findings(const hg_host_entry *host, const hg_scans *scans, const hg_support_ends *ended);
/* Finds the host's systems and programs whose support has ended. */
void hg_host_find_ended(const hg_hosts *hosts, const hg_host_entry *host, const hg_host_conclusion *conclusion,
                        hg_support_ends *out);
