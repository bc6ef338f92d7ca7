/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * digest.h - totals over all hosts, computed in one pass when a document is written.
 */
#pragma once

#include "summary/best.h"
#include "summary/subnets.h"
#include "summary/summary.h"
#include "summary/name_counts.h"

enum { HG_MOST_HOPS = 255, HG_MOST_LISTS = 24 };

/* Findings about hosts, and about the hosts of a network. */
enum { HG_FOUND_LONELY = HG_HOST_FINDINGS, HG_FOUND_CUT /* more names than are kept */, HG_FOUND_KINDS };

typedef struct hg_finding_hosts {
    hg_best hosts; /* const hg_host_entry * */
    uint64_t packets;
    int64_t first_ns;
    int64_t last_ns;
} hg_finding_hosts;

typedef struct hg_clock_row {
    const hg_host_entry *host;
    const hg_host_clock *clock;
} hg_clock_row;

typedef struct hg_top_row {
    const hg_host_entry *host;
    uint64_t handshakes;
    int is_local;
} hg_top_row;

typedef struct hg_mismatch_row {
    const hg_host_entry *host;
    const hg_sighting *seen;
    const hg_host_name *why;
} hg_mismatch_row;

typedef struct hg_old_row {
    const hg_host_entry *host;
    uint16_t place; /* hg_tls_place */
    uint8_t role;
    uint8_t zero[5];
} hg_old_row;

/* Rows that a list has no room for. */
typedef struct hg_omitted {
    const char *list;
    uint64_t rows;
} hg_omitted;

typedef struct hg_digest {
    const hg_summary *of;
    const hg_hosts *hosts;
    hg_name_counts counts;
    hg_subnets subnets;
    hg_counts link_hosts;                        /* by hg_link_key */
    uint64_t distances[2 * HG_MOST_HOPS + 1];    /* hosts by hops and HG_MOST_HOPS */
    uint64_t version_hosts[HG_ROLES][HG_TLS_PLACES];
    uint64_t host_count;                         /* that have a record */
    uint64_t local_count;
    uint64_t doubts[HG_DOUBT_KINDS];             /* hosts whose clock is a finding */
    uint32_t most_systems;                       /* behind one address */
    hg_best uptimes;                             /* hg_clock_row */
    hg_best top;                                 /* hg_top_row */
    hg_best devices;                             /* the same of hosts that announced something or have a MAC */
    hg_best mismatches;                          /* hg_mismatch_row */
    hg_best old;                                 /* hg_old_row */
    hg_best post_quantum;                        /* const hg_host_entry *, clients with such a key share */
    uint64_t tls_clients;
    hg_finding_hosts found[HG_FOUND_KINDS];
    hg_omitted omitted[HG_MOST_LISTS];
    uint32_t omitted_count;
} hg_digest;

/* 0: no memory. */
int hg_digest_make(hg_digest *digest, const hg_summary *summary);
void hg_digest_free(hg_digest *digest);
void hg_digest_omit(hg_digest *digest, const char *list, uint64_t rows);
/* The rows as objects, under the key that the name of the list ends with. */
void hg_digest_write(hg_digest *digest, hg_json *to, const char *list, const hg_best *rows, void (*write)(hg_json *to, const void *row));

/* IPv4 before IPv6, then by number. */
int hg_compare_hosts(const hg_host_entry *one, const hg_host_entry *other);
/* The words for a host as a value. */
void hg_json_host(hg_json *to, const hg_host_entry *host);

/* Members of the document. 0: no memory. */
int hg_write_systems(hg_digest *digest, hg_json *to);
int hg_write_unknown(hg_digest *digest, hg_json *to);
int hg_write_tls(hg_digest *digest, hg_json *to);
int hg_write_http(hg_digest *digest, hg_json *to);
int hg_write_links(hg_digest *digest, hg_json *to);
int hg_write_answers(hg_digest *digest, hg_json *to);
int hg_write_findings(hg_digest *digest, hg_json *to);

/* The rows of a list of names, const hg_name_count *, those of most hosts first. 0: no memory. */
int hg_name_counts_choose(const hg_name_counts *counts, uint32_t lists, uint32_t kinds, hg_best *out);
