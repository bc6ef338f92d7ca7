/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * systems.h - counts the systems behind one address (a lower bound).
 *
 * Two things distinguish systems. The first is families (initial TTL and order of the system's own options): one
 * system has one, so families that alternate are several systems. The second is source ports of Linux: towards one
 * address and port they rise in small steps for ten seconds, so sequences that alternate come from different systems.
 * Clocks, scales and windows do not count, because one modern system has several. The count is never too high, but may
 * be too low.
 */
#pragma once

#include "huginn.h"

enum { HG_FAMILIES = 6, HG_RUNS = 24, HG_MOST_RUNS = 8, HG_SLOTS = 31, HG_ENDS = 4 };

/* One kind of SYN. */
typedef struct hg_family {
    uint32_t key;    /* 0: none */
    uint32_t syns;
    uint32_t last_s; /* when one came, in seconds */
    uint32_t order;  /* of the latest one among all SYNs of the host */
    uint32_t even;   /* SYNs from an even port */
    uint32_t in_runs; /* SYNs that a run went on with */
    uint32_t name;   /* of the latest one */
    uint8_t turns;   /* families it takes turns with, as bits */
    uint8_t soon;    /* the same within a minute */
    uint8_t runs;    /* that took turns, the most; at least 1 */
    uint8_t is_linux;
} hg_family;

/* Connections from rising ports to one address and port. Time is in slots. */
typedef struct hg_port_run {
    uint32_t key;   /* of the family and the other end, 0: none */
    uint32_t start;
    uint32_t last;  /* when it went on */
    uint32_t rises; /* when it rose by little, a bit for each slot: the lowest is the last one */
    uint16_t low;
    uint16_t port;  /* the highest one */
} hg_port_run;

typedef struct hg_systems {
    hg_family families[HG_FAMILIES];
    hg_port_run runs[HG_RUNS];
    uint32_t ends[HG_ENDS]; /* of the latest SYNs, both ends */
    uint32_t options[HG_ENDS]; /* the first that each was sent with */
    uint32_t syns;
    uint32_t last_change_s; /* when another family took over, 0: never */
    uint32_t last_sharing_s; /* when more than one system was seen last */
    uint8_t last;   /* family of the latest SYN */
    uint8_t steady; /* the one that sent two SYNs in a row, and 1; 0: none yet */
    uint8_t streak; /* SYNs in a row of the latest family, 2 at most */
    uint8_t tries;  /* noted in `ends`, modulo 256 */
} hg_systems;

/* What a SYN shows. */
typedef struct hg_systems_syn {
    int64_t time_ns;
    uint64_t options; /* the kinds that the system itself sends, hashed in order */
    uint64_t family;  /* the same with the initial TTL, alike for all tries of Windows */
    uint64_t other;   /* the other end, hashed */
    uint32_t name;
    uint16_t port;
    uint8_t is_linux; /* it has Linux's options */
} hg_systems_syn;

typedef enum hg_systems_try { HG_NOT_TRIED, HG_TRIED, HG_TRIED_OTHERWISE /* with other options */ } hg_systems_try;

/* Notes a connection attempt, and returns whether it was made lately. A refused connection is tried again from the same
 * port, by Windows at last with fewer options: such a SYN shows nothing about the system. */
hg_systems_try hg_systems_note_try(hg_systems *systems, const hg_systems_syn *syn);
void hg_systems_take(hg_systems *systems, const hg_systems_syn *syn);
/* Forgets all but the tries. */
void hg_systems_begin_again(hg_systems *systems);

/* One kind of SYN of a host that several systems use. */
typedef struct hg_witness {
    uint32_t name;    /* of the latest one */
    uint32_t systems; /* at least as many send it: more than one by runs of ports, as Linux chooses them */
    uint8_t soon;     /* 1: it came between two of another one that are a minute apart, or less */
} hg_witness;

typedef struct hg_systems_count {
    int64_t last_change_ns;  /* when it began to send another kind of SYN, and none came back; 0: never */
    int64_t last_sharing_ns; /* when more than one system was known, the last time; 0: never */
    uint32_t systems;        /* at least as many use it */
    uint32_t witness_count;
    hg_witness witnesses[HG_FAMILIES];
} hg_systems_count;

hg_systems_count hg_systems_tell(const hg_systems *systems);
