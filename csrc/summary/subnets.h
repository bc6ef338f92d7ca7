/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * subnets.h - hosts by network (/24 of IPv4, /48 of IPv6): their number, their systems, and the one that is much
 * farther away than the others.
 */
#pragma once

#include "base/writer.h"
#include "hosts/hosts.h"
#include "summary/best.h"
#include "summary/counts.h"

typedef struct hg_subnet {
    uint64_t prefix; /* as numbers are written; below 2^24 of IPv4 */
    uint32_t hosts;
    uint32_t measured; /* hosts that are at one distance */
    uint32_t agreeing; /* of these, those at `hops` */
    uint32_t chain;    /* the next one with this hash, 0: none */
    uint32_t row;      /* in the document, and 1; 0: it is not there */
    uint8_t hops;      /* where most are, if most are at one distance */
    uint8_t version;
    uint8_t zero[2];
} hg_subnet;

typedef struct hg_subnets {
    hg_pool pool;
    uint32_t *of_host; /* by host, the number in the pool */
    hg_chains chains;
} hg_subnets;

/* 0: no memory. */
int hg_subnets_find(hg_subnets *networks, const hg_hosts *hosts);
void hg_subnets_free(hg_subnets *networks);
/* Whether a host is far from where the others of its /24 are. */
int hg_is_lonely(const hg_subnets *networks, const hg_hosts *hosts, hg_index host);
/* The value of the key "subnets", and how many rows it has no room for; 0: no memory. Called once. */
int hg_subnets_write(const hg_subnets *networks, const hg_hosts *hosts, hg_json *to, uint64_t *omitted);
