/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * sentences.h - findings as sentences.
 */
#pragma once

#include "summary/digest.h"

enum { HG_SHOWN = 3 /* hosts, names and reasons that a sentence has */ };

/* What a sentence about hosts says. */
typedef struct hg_sentence {
    uint32_t kind; /* hg_host_finding, HG_FOUND_LONELY */
    const hg_hosts *all; /* for the scans of each host and its end of support */
    uint64_t host_count;
    const hg_host_entry *hosts[HG_SHOWN];
    uint64_t name_count; /* tools, or what contradicts what */
    const hg_host_name *names[HG_SHOWN];
    uint32_t systems;    /* at least as many behind one address */
    uint64_t doubts[HG_DOUBT_KINDS];
} hg_sentence;

/* Finds the names that its kind has among the counted ones. 0: no memory. */
int hg_sentence_find_names(hg_sentence *of, const hg_name_counts *counts);
void hg_put_sentence(hg_writer *to, const hg_sentence *of);
/* Its short form: how many hosts, what it is, and the first hosts. */
void hg_put_headline(hg_writer *to, uint32_t kind, const hg_best *hosts);
/* The first of some hosts: "192.0.2.1, 192.0.2.2, 192.0.2.3 and 5 more" */
void hg_put_hosts(hg_writer *to, const hg_best *hosts);
/* Puts ", " or " and 5 more" after a part of a list. 0: nothing more of it is shown. */
int hg_put_between(hg_writer *to, uint64_t number, uint64_t count);
