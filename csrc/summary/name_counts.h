/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * name_counts.h - counts hosts and packets for each name.
 */
#pragma once

#include "hosts/hosts.h"

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
    uint8_t zero[3];
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
    uint32_t zero;
    uint32_t *places; /* by list and label: the count, and 1 */
    hg_name_count *rows;
} hg_name_counts;

/* For the names of `host`, or of all hosts if it is NULL. 0: no memory. */
int hg_name_counts_init(hg_name_counts *counts, const hg_hosts *hosts, const hg_host_entry *host);
int hg_name_counts_add(hg_name_counts *counts, const hg_hosts *hosts, hg_index host, const hg_sighting *seen);
void hg_name_counts_free(hg_name_counts *counts);

/* Texts byte by byte; the shorter one first. */
int hg_compare_texts(hg_span one, hg_span other);
