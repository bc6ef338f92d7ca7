/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * systems.h - counts the systems behind one address (a lower bound).
 *
 * Two properties of SYNs distinguish systems:
 *   - The family: the initial TTL, and the order of the options that the system itself sends. A system has one family,
 *     so families that alternate come from several systems.
 *   - The source ports of Linux: towards one address and port they rise in small steps for ten seconds. So runs of
 *     rising ports that alternate come from several systems.
 * Clocks, scales and windows do not count, because one modern system has several. The count may be too low, but is
 * never too high. */
#pragma once

#include "huginn.h"

enum {
    HG_FAMILIES = 6,
    HG_RUNS = 24,
    HG_PORT_RUNS = 8 /* most that are counted */,
    HG_SLOTS = 31,
    HG_ENDS = 4 /* attempts */
};

/* The SYNs of one family. */
typedef struct hg_family {
    uint32_t key;    /* hash of the family; 0: a free place */
    uint32_t syns;
    uint32_t last_s; /* time of the latest SYN, in seconds */
    uint32_t order;  /* number of the latest SYN among all SYNs of the host */
    uint32_t even;   /* SYNs from an even port */
    uint32_t in_runs; /* SYNs that continued a run */
    uint32_t name;   /* of the latest SYN */
    uint8_t alternating; /* families that it alternates with within ten minutes, as bits */
    uint8_t soon;    /* the same within a minute */
    uint8_t runs;    /* the highest number of runs that alternated; at least 1 */
    uint8_t is_linux; /* 1: the latest SYN has the options of Linux */
} hg_family;

/* A run: connections from rising ports to one address and port. Its times are numbers of slots of 320 ms. */
typedef struct hg_port_run {
    uint32_t key;   /* hash of the family and the other end; 0: a free place */
    uint32_t start;
    uint32_t last;  /* slot in which its highest port last rose */
    uint32_t rises; /* slots in which it rose by a small step, one bit each; bit 0 is slot `last` */
    uint16_t low;   /* lowest port */
    uint16_t port;  /* highest port */
} hg_port_run;

typedef struct hg_systems {
    hg_family families[HG_FAMILIES];
    hg_port_run runs[HG_RUNS];
    uint32_t ends[HG_ENDS]; /* hashes of both ends of the latest connection attempts */
    uint32_t options[HG_ENDS]; /* hash of the options in the first SYN of each */
    uint32_t syns;
    uint32_t last_change_s; /* when another family replaced the one before; 0: never */
    uint32_t last_sharing_s; /* when more than one system was last counted; 0: never */
    uint8_t last;   /* index of the latest SYN's family */
    uint8_t steady; /* 1 + index of the latest family with two SYNs in a row; 0: none yet */
    uint8_t streak; /* SYNs in a row from the latest family, at most 2 */
    uint8_t tries;  /* attempts noted in `ends`, modulo 256 */
} hg_systems;

/* The properties of a SYN that distinguish systems. */
typedef struct hg_systems_syn {
    int64_t time_ns;
    uint64_t options; /* hash of the kinds, in order, of options that the system itself sends */
    uint64_t family;  /* the same with the initial TTL; equal for all connection attempts of Windows */
    uint64_t other;   /* hash of the other end */
    uint32_t name;
    uint16_t port;
    uint8_t is_linux; /* it has Linux's options */
} hg_systems_syn;

typedef enum hg_systems_try { HG_NOT_TRIED, HG_TRIED, HG_TRIED_OTHERWISE /* with other options */ } hg_systems_try;

/* Notes a connection attempt, and returns whether it repeats a recent one. A system tries a refused connection again
 * from the same port. Windows' last attempt has fewer options, so such a SYN shows nothing about the system. */
hg_systems_try hg_systems_note_try(hg_systems *systems, const hg_systems_syn *syn);
/* Counts the SYN of a connection attempt that repeats no recent one. */
void hg_systems_take(hg_systems *systems, const hg_systems_syn *syn);
/* Forgets everything except connection attempts. */
void hg_systems_begin_again(hg_systems *systems);

/* One family of SYNs from an address that several systems share. */
typedef struct hg_witness {
    uint32_t name;    /* of the latest SYN */
    uint32_t systems; /* least number of systems that send it; above 1 if Linux's port runs alternate */
    uint8_t soon;     /* 0: it alternated, but not within a minute */
} hg_witness;

typedef struct hg_systems_count {
    int64_t last_change_ns;  /* latest change of the family; 0: none, or more than one system was counted */
    int64_t last_sharing_ns; /* when more than one system was last seen; 0: never */
    uint32_t systems;        /* least number of systems that share the address */
    uint32_t witness_count;
    hg_witness witnesses[HG_FAMILIES];
} hg_systems_count;

/* The number of systems found so far, and why. */
hg_systems_count hg_systems_counted(const hg_systems *systems);
