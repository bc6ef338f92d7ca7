/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * target.h - the targets of a host, and which of them answer.
 *
 * A set of targets that has no room to grow keeps a sample of them: every second one, every fourth, and so on. The choice
 * depends on the target alone, so that the numbers stay estimates of all.
 */
#pragma once

#include <stdint.h>

/* An address and port that a host sent SYNs to, or an address that it asked all stations of the link for. */
typedef struct hg_target {
    uint64_t key;     /* 48 bits of the hashed address, 16 of the port; 0: none */
    int64_t first_ns; /* of its first SYN or request */
    uint32_t tries;   /* SYNs, without those sent again, or requests */
    uint8_t answered;
    uint8_t link;          /* version of the address that was asked for, by ARP or Neighbor Discovery; 0: of SYNs */
    uint8_t refused : 1;   /* by an RST, so that no answer is waited for */
    uint8_t completed : 1; /* the host completed a handshake with it, so it sent the SYN itself */
    uint8_t probed : 1;    /* and closed the connection without a byte */
    uint8_t zero;
} hg_target;

/* The targets of a host that has two or more. A set is one allocation, not records of base/pool.h: it is thinned, moved and
 * dropped as a whole, and all sets share one limit of places. */
typedef struct hg_targets {
    uint32_t owner; /* the host; 0: the record is not in use */
    uint32_t places;
    hg_target *at;  /* a hash table with at least half of the places free */
    uint32_t used;
    uint32_t open;  /* not answered */
    uint32_t fresh; /* new ones since the host was judged */
    uint32_t level; /* one target in 2^level is kept */
    uint32_t refused; /* so far */
    uint32_t credit; /* what later judgements may cost: so many targets, for each SYN some more */
    uint32_t is_due; /* 1: a connection was completed since the last of these */
} hg_targets;
