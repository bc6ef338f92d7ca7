/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * tallies.h - counts hosts and packets for each name.
 */
#ifndef HG_SUMMARY_TALLIES_H
#define HG_SUMMARY_TALLIES_H

#include "hosts/hosts.h"

/* Where a name is counted. */
typedef enum hg_tally_list {
    HG_TALLY_CLIENTS = 0,  /* SYNs */
    HG_TALLY_SERVERS = 1,  /* SYN+ACKs */
    HG_TALLY_TLS = 2,
    HG_TALLY_REQUESTS = 3, /* the programs behind them */
    HG_TALLY_CLAIMS = 4,
    HG_TALLY_RESPONSES = 5,
    HG_TALLY_MISMATCHES = 6,
    HG_TALLY_CLIENT_CHECKS = 7,
    HG_TALLY_LISTS = 8
} hg_tally_list;

typedef struct hg_tally {
    const hg_host_name *name;
    uint8_t list; /* hg_tally_list */
    uint8_t zero[3];
    uint32_t hosts;
    hg_index last_host; /* that was counted */
    uint64_t packets;
    uint64_t generic;   /* packets by how the signature fits; the others fit specifically */
    uint64_t fuzzy;
    double confidence;  /* the sum over packets */
    int64_t first_ns;
    int64_t last_ns;
} hg_tally;

typedef struct hg_tallies {
    uint32_t *labels; /* by number of a name: names of one label have one, from 1 on */
    uint32_t count_of_labels;
    uint32_t count;
    uint32_t room;
    uint32_t zero;
    uint32_t *places; /* by list and label: the tally, and 1 */
    hg_tally *rows;
} hg_tallies;

/* 0: no memory. */
int hg_tallies_init(hg_tallies *tallies, const hg_hosts *hosts);
int hg_tallies_add(hg_tallies *tallies, const hg_hosts *hosts, hg_index host, const hg_seen *seen);
void hg_tallies_free(hg_tallies *tallies);

/* Texts byte by byte; the shorter one first. */
int hg_compare_texts(hg_text_part one, hg_text_part other);

#endif
