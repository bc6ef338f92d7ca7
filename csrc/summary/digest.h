/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * digest.h - totals over all hosts, computed in one pass when a document is written.
 */
#pragma once

#include "summary/summary.h"

/* ---- hosts and packets for each name ---- */

/* Where a name is counted. */
typedef enum hg_counted_list {
    HG_COUNTED_CLIENTS = 0,  /* SYNs */
    HG_COUNTED_SERVERS = 1,  /* SYN+ACKs */
    HG_COUNTED_TLS = 2,
    HG_COUNTED_REQUESTS = 3, /* the programs behind them */
    HG_COUNTED_CLAIMS = 4,
    HG_COUNTED_RESPONSES = 5,
    HG_COUNTED_MISMATCHES = 6,
    HG_COUNTED_CLIENT_CHECKS = 7,
    HG_COUNTED_LISTS = 8
} hg_counted_list;

typedef struct hg_name_count {
    const hg_host_name *name;
    uint8_t list; /* hg_counted_list */
    uint32_t hosts;
    hg_index last_host; /* that was counted */
    uint64_t packets;
    uint64_t generic;   /* packets by how the signature fits; the others fit specifically */
    uint64_t fuzzy;
    double confidence;  /* the sum over packets */
    int64_t first_ns;
    int64_t last_ns;
} hg_name_count;

typedef struct hg_name_counts {
    uint32_t *labels; /* by number of a name: names of one label have one, from 1 on */
    uint32_t count_of_labels;
    uint32_t count;
    uint32_t room;
    uint32_t *places; /* by list and label: the count, and 1 */
    hg_name_count *rows;
} hg_name_counts;

/* For the names of `host`, or of all hosts if it is NULL. 0: no memory. */
int hg_name_counts_init(hg_name_counts *counts, const hg_hosts *hosts, const hg_host_entry *host);
int hg_name_counts_add(hg_name_counts *counts, const hg_hosts *hosts, hg_index host, const hg_sighting *seen);
void hg_name_counts_free(hg_name_counts *counts);

/* ---- subnets: hosts by network (/24 of IPv4, /48 of IPv6), their systems, and the one far away from the others ---- */

typedef struct hg_subnet {
    uint64_t prefix; /* as numbers are written; below 2^24 of IPv4 */
    uint32_t hosts;
    uint32_t measured; /* hosts that are at one distance */
    uint32_t agreeing; /* of these, those at `hops` */
    uint32_t row;      /* in the document, and 1; 0: it is not there */
    uint8_t hops;      /* where most are, if most are at one distance */
    uint8_t version;
} hg_subnet;

typedef struct hg_subnets {
    hg_subnet *at;
    uint32_t count;
    uint32_t room;
    hg_counts numbers; /* by version of IP and prefix: the place in `at`, and 1 */
    uint32_t *of_host; /* by host, the place in `at` */
} hg_subnets;

/* 0: no memory. */
int hg_subnets_find(hg_subnets *networks, const hg_hosts *hosts);
void hg_subnets_free(hg_subnets *networks);
/* Whether a host is far from where the others of its /24 are. */
int hg_is_lonely(const hg_subnets *networks, const hg_hosts *hosts, hg_index host);

/* ---- all of it ---- */

enum { HG_MOST_HOPS = 255 };

/* Findings about hosts, and about the hosts of a network. */
enum { HG_FOUND_LONELY = HG_HOST_FINDINGS, HG_FOUND_CUT /* more names than are kept */, HG_FOUND_KINDS };

/* Lists of rows. */
enum {
    HG_LIST_UPTIMES,      /* hg_clock_row */
    HG_LIST_TOP,          /* hg_top_row */
    HG_LIST_DEVICES,      /* the same of hosts that announced something or have a MAC */
    HG_LIST_MISMATCHES,   /* hg_mismatch_row */
    HG_LIST_OLD,          /* hg_old_row */
    HG_LIST_POST_QUANTUM, /* const hg_host_entry *, clients with such a key share */
    HG_LIST_FOUND,        /* the same of each kind of finding */
    HG_LISTS = HG_LIST_FOUND + HG_FOUND_KINDS
};

/* The packets that a finding rests on. */
typedef struct hg_finding_packets {
    uint64_t packets;
    int64_t first_ns;
    int64_t last_ns;
} hg_finding_packets;

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
} hg_old_row;

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
    hg_best lists[HG_LISTS];
    uint64_t tls_clients;
    hg_finding_packets found[HG_FOUND_KINDS];
    hg_json omitted; /* members: how many rows a list has no room for */
} hg_digest;

/* 0: no memory. */
int hg_digest_make(hg_digest *digest, const hg_summary *summary);
void hg_digest_free(hg_digest *digest);
void hg_digest_omit(hg_digest *digest, const char *list, uint64_t rows);
/* The rows, which it frees, as objects under the key that the name of the list ends with. 0: memory lacked for a row. */
int hg_digest_write(hg_digest *digest, hg_json *to, const char *list, hg_best *rows, void (*write)(hg_json *to, const void *row));

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
int hg_write_subnets(hg_digest *digest, hg_json *to);
int hg_write_answers(hg_digest *digest, hg_json *to);
int hg_write_findings(hg_digest *digest, hg_json *to);

enum { HG_SHOWN = 3 /* hosts, names, networks or reasons that a sentence has */ };
/* Puts ", " or " and 5 more" after a part of a list. 0: nothing more of it is shown. */
int hg_put_between(hg_writer *to, uint64_t number, uint64_t count);
/* The first of some hosts: "192.0.2.1, 192.0.2.2, 192.0.2.3 and 5 more" */
void hg_put_hosts(hg_writer *to, const hg_best *hosts);
/* The rows of a list of names, hg_name_count, those of most hosts first. 0: no memory. */
int hg_name_counts_choose(const hg_name_counts *counts, uint32_t lists, uint32_t kinds, hg_best *out);
