/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * digest.h - totals over all hosts, computed when a document is written.
 */
#pragma once

#include "handshakes/clocks.h"
#include "base/findings.h"
#include "summary/summary.h"
#include "uses/ended.h"

/* ---- hosts and packets for each name ---- */

/* The list in which a name is counted. */
typedef enum hg_counted_list {
    HG_COUNTED_CLIENTS = 0,  /* SYNs */
    HG_COUNTED_SERVERS = 1,  /* SYN+ACKs */
    HG_COUNTED_TLS = 2,      /* programs that send ClientHellos */
    HG_COUNTED_REQUESTS = 3, /* programs that send HTTP requests */
    HG_COUNTED_CLAIMS = 4,   /* systems that requests claim */
    HG_COUNTED_RESPONSES = 5, /* programs that send HTTP responses */
    HG_COUNTED_MISMATCHES = 6, /* contradictions between the claimed and the observed system */
    HG_COUNTED_CLIENT_CHECKS = 7, /* requests that do not fit the browser in their User-Agent */
    HG_COUNTED_CHOICES = 8, /* cryptography that servers chose, certificates excepted */
    HG_COUNTED_LISTS = 9
} hg_counted_list;

/* The hosts and packets with one label, in one list. */
typedef struct hg_name_count {
    const hg_host_name *name; /* a name with this label */
    uint8_t list;       /* hg_counted_list */
    uint32_t hosts;
    hg_index last_host; /* the host counted last */
    uint64_t packets;
    uint64_t generic;   /* packets with a generic match */
    uint64_t fuzzy;     /* packets with a fuzzy match; all other packets have a specific match */
    double confidence;  /* sum of the packets' confidences */
    int64_t first_ns;
    int64_t last_ns;
} hg_name_count;

typedef struct hg_name_counts {
    uint32_t *labels; /* by number of a name: the number of its label, from 1 */
    uint32_t count_of_labels;
    uint32_t count;
    uint32_t room;
    uint32_t *places; /* by list and label: 1 + the index in `rows`; 0: none */
    hg_name_count *rows;
} hg_name_counts;

/* Prepares to count the names of `host`, or of all hosts if it is NULL. 0: no memory. */
int hg_name_counts_init(hg_name_counts *counts, const hg_hosts *hosts, const hg_host_entry *host);
/* Counts a name of a host. 0: no memory. */
int hg_name_counts_add(hg_name_counts *counts, const hg_hosts *hosts, hg_index host, const hg_sighting *seen);
void hg_name_counts_free(hg_name_counts *counts);

/* ---- subnets: hosts by network (/24 of IPv4, /48 of IPv6), and hosts far away from their neighbours ---- */

typedef struct hg_subnet {
    uint64_t prefix; /* as a number, first byte highest; below 2^24 for IPv4 */
    uint32_t hosts;
    uint32_t measured; /* IPv4 hosts whose distance is known and never changed */
    uint32_t agreeing; /* measured hosts whose distance is `hops` */
    uint32_t row;      /* 1 + the row in the document; 0: not shown */
    uint8_t hops;      /* the distance of most measured hosts; meaningless if no distance has a majority */
    uint8_t version;
} hg_subnet;

typedef struct hg_subnets {
    hg_subnet *at;
    uint32_t count;
    uint32_t room;
    hg_counts numbers; /* by IP version and prefix: 1 + the index in `at` */
    uint32_t *of_host; /* by host: the index in `at` */
} hg_subnets;

/* Assigns each host to its network, and finds the networks' distances. 0: no memory. */
int hg_subnets_find(hg_subnets *networks, const hg_hosts *hosts);
void hg_subnets_free(hg_subnets *networks);
/* Whether the host's distance differs by many hops from the distance of most hosts in its /24. */
int hg_is_far_off(const hg_subnets *networks, const hg_hosts *hosts, hg_index host);

/* ---- the digest ---- */

enum { HG_MOST_HOPS = 255, HG_JUDGED_STACKS = 256 };

/* Further kinds of findings, numbered after hg_host_finding. */
enum {
    HG_FOUND_FAR_OFF = HG_HOST_FINDINGS /* hg_is_far_off */,
    HG_FOUND_CUT /* some names were not kept */,
    HG_FOUND_KINDS
};

/* Lists, each with the type of its rows. */
enum {
    HG_LIST_UPTIMES,      /* hg_clock_row */
    HG_LIST_TOP,          /* hg_top_row */
    HG_LIST_DEVICES,      /* hg_top_row, hosts with an hg_device */
    HG_LIST_NOTABLE,      /* hg_top_row, hosts with a finding; `handshakes` is higher for heavier ones */
    HG_LIST_MISMATCHES,   /* hg_mismatch_row */
    HG_LIST_OLD,          /* hg_old_row */
    HG_LIST_CERTIFICATES, /* hg_mismatch_row, the certificates that servers sent */
    HG_LIST_POST_QUANTUM, /* const hg_host_entry *, clients with a post-quantum key share */
    HG_LIST_FOUND,        /* const hg_host_entry *, one list for each kind of finding */
    HG_LISTS = HG_LIST_FOUND + HG_FOUND_KINDS
};

/* The packets on which a finding is based. */
typedef struct hg_finding_packets {
    uint64_t packets;
    int64_t first_ns;
    int64_t last_ns;
} hg_finding_packets;

typedef struct hg_clock_row {
    const hg_host_entry *host;
    const hg_host_clock *clock;
    const hg_hosts *hosts;
} hg_clock_row;

typedef struct hg_top_row {
    const hg_host_entry *host;
    uint64_t handshakes;
    int is_local;
} hg_top_row;

/* A name of a host. */
typedef struct hg_mismatch_row {
    const hg_host_entry *host;
    const hg_sighting *seen;
    const hg_host_name *why;
    const hg_hosts *hosts;
} hg_mismatch_row;

typedef struct hg_old_row {
    const hg_host_entry *host;
    uint16_t place; /* hg_tls_place */
    uint8_t role;
    const hg_hosts *hosts;
} hg_old_row;

/* What follows from one name by handshakes about a host of which nothing else is known. */
typedef struct hg_judged_stack {
    uint64_t stack; /* 0: none */
    int64_t day;    /* of the host's last packet: support may have ended since an earlier one */
    hg_support_ends ended;
    uint8_t type; /* hg_device_type_of */
} hg_judged_stack;

typedef struct hg_digest {
    const hg_summary *summary;
    const hg_hosts *hosts;
    hg_name_counts counts; /* of all hosts */
    hg_subnets subnets;
    hg_counts link_hosts;                        /* by hg_link_key */
    uint64_t devices[HG_DEVICE_TYPE_COUNT + 1];  /* by type; the last ones have none */
    hg_judged_stack stacks[HG_JUDGED_STACKS];
    uint64_t distances[2 * HG_MOST_HOPS + 1];    /* hosts by hops + HG_MOST_HOPS, since hops may be negative */
    uint64_t version_hosts[HG_ROLES][HG_TLS_PLACES];
    uint64_t host_count;                         /* hosts with a record */
    uint64_t local_count;
    uint64_t doubts[HG_DOUBT_KINDS];             /* by hg_doubt: hosts whose latest uptime finding has this doubt */
    uint32_t most_systems;                       /* most systems behind one address */
    hg_best lists[HG_LISTS];
    uint64_t tls_clients;    /* hosts that sent a ClientHello */
    hg_finding_packets found[HG_FOUND_KINDS];
    uint16_t weights[HG_HOST_FINDINGS]; /* heavier ones count more */
    int has_failed; /* 1: something was lost, because memory ran out */
    hg_json omitted; /* JSON members: the name of a list and the number of rows that it leaves out */
} hg_digest;

/* Computes all totals and lists from the hosts of a summary. 0: no memory; the digest must be freed even then. */
int hg_digest_make(hg_digest *digest, const hg_summary *summary);
void hg_digest_free(hg_digest *digest);
/* Notes the number of rows that a list leaves out; 0 has no effect. */
void hg_digest_omit(hg_digest *digest, const char *list, uint64_t rows);
/* Writes the rows as an array of objects, and frees them. The key is the last part of the list's name: "old" for
 * "tls.old". */
void hg_digest_write(hg_digest *digest, hg_json *to, const char *list, hg_best *rows,
                     void (*write)(hg_json *to, const void *row));

/* These write members of the document. */
void hg_write_systems(hg_digest *digest, hg_json *to);
void hg_write_unknown(hg_digest *digest, hg_json *to);
void hg_write_tls(hg_digest *digest, hg_json *to);
void hg_write_http(hg_digest *digest, hg_json *to);
void hg_write_links(hg_digest *digest, hg_json *to);
void hg_write_subnets(hg_digest *digest, hg_json *to);
void hg_write_answers(hg_digest *digest, hg_json *to);
void hg_write_findings(hg_digest *digest, hg_json *to);
void hg_write_losses(const hg_digest *digest, const hg_stats *stats, hg_json *to);

enum { HG_SHOWN = 3 /* limit of hosts, names, networks or reasons in a sentence */ };
/* Called after item `number` (from 0) of `count` was written. 1: writes ", "; the caller writes the next item. 0: the
 * caller writes no more; if items are left, " and 5 more" was written. */
int hg_put_between(hg_writer *to, uint64_t number, uint64_t count);
/* The host in a row of a list of hosts. */
static inline const hg_host_entry *hg_listed_host(const hg_best *hosts, uint32_t row)
{
    return *(const hg_host_entry *const *)hg_best_at(hosts, row);
}

typedef void hg_put_details(hg_writer *to, const void *data, const hg_host_entry *host);
/* "192.0.2.1, 192.0.2.2, 192.0.2.3 and 5 more". The first function writes details after each host. */
void hg_put_details_of_hosts(hg_writer *to, const hg_best *hosts, hg_put_details *put_details, const void *data);
void hg_put_hosts(hg_writer *to, const hg_best *hosts);
/* Fills `out` with the hg_name_count rows whose list is in `lists` and whose kind is in `kinds` (bit masks), those
 * with the most hosts first. 0: no memory. */
int hg_name_counts_choose(const hg_name_counts *counts, uint32_t lists, uint32_t kinds, hg_best *out);
