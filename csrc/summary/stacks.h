/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * stacks.h - counts the networks that send handshakes of one kind from one distance.
 *
 * Unrelated networks normally differ; if many do not, one middlebox on the path may answer for them.
 */
#pragma once

#include "base/value.h"
#include "base/writer.h"
#include "flow/index.h"
#include "summary/best.h"
#include "summary/counts.h"

enum { HG_STACKS_OF_A_HOST = 1000 /* it must not take the place of all others */, HG_NAMED_NETWORKS = 3 };

typedef struct hg_stacks {
    hg_counts stacks;   /* by handshake content: a number, twice, and 1 for SYN+ACKs */
    hg_counts pairs;    /* by stack and distance: a number, and how many networks */
    hg_counts networks; /* by pair and network: its version of IP */
    hg_counts texts;    /* by pair with enough networks: where its signature begins in `signatures`, and 1 */
    hg_writer signatures; /* each ends with NUL */
    uint16_t *of_host;  /* by host: the stacks that it was the first to show */
    uint32_t room;
    uint32_t zero;
    uint64_t hash_key;
    uint64_t left_out;  /* handshakes beyond these limits */
    uint64_t of_many;   /* handshakes of hosts with too many stacks */
} hg_stacks;

/* A /16 of IPv4 or a /32 of IPv6. */
typedef struct hg_stack_network {
    uint32_t prefix;
    uint32_t version; /* 0: none */
} hg_stack_network;

/* A stack of which most networks are at one distance. */
typedef struct hg_one_stack {
    hg_stack_network named[HG_NAMED_NETWORKS]; /* the lowest ones */
    const char *signature; /* of a packet that showed it; it lives as long as the counts */
    uint32_t networks;
    int16_t distance;
    uint8_t is_answer; /* of SYN+ACKs */
    uint8_t zero;
} hg_one_stack;

void hg_stacks_init(hg_stacks *stacks, uint64_t hash_key);
void hg_stacks_free(hg_stacks *stacks);
/* Counts a SYN or SYN+ACK of a host. */
void hg_stacks_add(hg_stacks *stacks, hg_row row, hg_index host);
/* Offers findings, rows of hg_one_stack; 0: no memory. */
int hg_stacks_find(const hg_stacks *stacks, hg_best *out);
int hg_stacks_in_order(const void *one, const void *other);
