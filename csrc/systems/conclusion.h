/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * conclusion.h - the system of a host, from all evidence together.
 *
 * Handshakes decide the families and versions: a host has one system, so the system that fits its handshakes best is
 * chosen. The port range and clock rate narrow the versions. Statements by programs narrow them further, but never
 * override the handshakes. The system that segments point to is the conclusion only if no handshake names a system;
 * otherwise it is only compared.
 */
#pragma once

#include "hosts/hosts.h"

/* ---- middleboxes that answer for many hosts ----
 *
 * Unrelated networks run different systems at different distances. If many of them answer with the same signature from
 * the same distance, one middlebox on the path answers for them. */

/* An answer, and how many addresses and large networks (/8 of IPv4, /16 of IPv6) give it. */
struct hg_middlebox {
    uint64_t answer; /* hash of the signature without its TTL */
    int16_t distance;
    uint32_t addresses;
    uint32_t networks;
};

/* Finds middleboxes. HG_E_MEMORY. */
hg_status hg_middleboxes_conclude(hg_hosts *hosts, hg_error *error);
/* The middlebox that answers for a host, as the latest hg_hosts_conclude found; NULL: none. */
const hg_middlebox *hg_middlebox_of(const hg_hosts *hosts, const hg_host_entry *host);

/* ---- the conclusion ---- */

enum { HG_MOST_RANGES = 64 };

typedef enum hg_relation {
    HG_NOT_COMPARED = 0,
    HG_AGREES = 1,
    HG_NARROWS = 2,
    HG_CONTRADICTS = 3,
    HG_EARLIER = 4 /* an earlier system of the machine, or of another holder of the address */
} hg_relation;

/* An hg_relation as a word in JSON. */
const char *hg_relation_name(uint32_t relation);

/* A name of the host, and its relation to the conclusion. */
typedef struct hg_name_relation {
    const hg_sighting *seen;
    const hg_host_name *name;
    uint32_t packets; /* with the name's label, from all sources */
    uint8_t scope;    /* the highest hg_scope of these packets */
    uint8_t relation; /* hg_relation */
    uint8_t is_firm;  /* 1: it counts for the versions */
    uint8_t is_earlier; /* 1: a newer reading excludes it, and it was over before that began */
    uint8_t is_first; /* 1: no earlier reading has the same label and the same bit HG_NAMED_WEAK */
} hg_name_relation;

typedef struct hg_conclusion_family {
    hg_named_family of;
    uint64_t versions[2 * HG_MOST_RANGES];
    uint32_t version_count; /* ranges; 0: any version */
} hg_conclusion_family;

typedef struct hg_host_conclusion {
    hg_name_relation segments; /* the family that segments point to, or why there is none; `seen` NULL: no result */
    uint32_t reading_count;
    uint32_t program_count;
    uint32_t family_count;     /* 0: unknown */
    const hg_host_name *best;  /* the agreeing name with the most confidence; NULL: unknown */
    double confidence;
    double version_confidence; /* NAN: no versions, or not measured */
    double agreement;          /* share of packets that agree with the conclusion */
    int64_t began_ns;          /* when the present systems replaced earlier ones; INT64_MIN: they did not */
    double clock_hz;           /* clock rate that narrows the versions; 0.0: it does not */
    uint8_t source;            /* hg_host_source of `best`; HG_HOST_SOURCES: unknown */
    uint8_t version_source;    /* hg_host_source of the versions; HG_HOST_SOURCES: unknown */
    uint8_t by_ports;          /* 1: the source ports narrow the versions */
    uint8_t scope;             /* evidence of this hg_scope or higher decides; other evidence is only compared */
    uint8_t is_loopback;       /* 1: an address that every machine has */
    uint8_t is_unsure;         /* 1: families below HG_LEAST_CONFIDENCE were dropped */
    const hg_middlebox *middlebox; /* answers for the host; NULL: none */
    const hg_host_name *nat;       /* the name of an address translator that answers for the host; NULL: none */
    hg_name_relation readings[HG_HOST_SIGHTINGS]; /* names of systems: decisive ones first, then by packets */
    hg_name_relation programs[HG_HOST_SIGHTINGS]; /* programs and their statements about the system */
    hg_conclusion_family families[HG_MAX_FAMILIES];
} hg_host_conclusion;

/* Whether a name was over before the present systems began: it is of an earlier system. */
static inline int hg_is_earlier(const hg_host_conclusion *conclusion, const hg_sighting *seen)
{
    return hg_name_is_over(seen->last_ns, conclusion->began_ns);
}

/* Collects a host's names in `out`. */
void hg_evidence_collect(const hg_hosts *hosts, const hg_host_entry *host, hg_host_conclusion *out);
/* Chooses the families that the readings support most; none if more than HG_MAX_FAMILIES are supported equally. */
void hg_evidence_choose_families(hg_host_conclusion *out);
/* Whether the scope of a name allows it to decide. */
int hg_is_decisive(const hg_host_conclusion *conclusion, const hg_name_relation *name);
/* Whether no earlier reading has the same label, weak or not. */
int hg_is_new_candidate(const hg_host_conclusion *conclusion, uint32_t reading);
/* Whether a reading counts: it may decide, is not an earlier system and, for a loopback address, has the label with the
 * most packets. */
int hg_reading_counts(const hg_host_conclusion *conclusion, const hg_name_relation *reading);

/* Whether the host's SYNs come only from ports that Windows uses from Vista on. */
static inline int hg_host_has_late_ports(const hg_host_entry *host)
{
    const uint16_t first = 49152;
    return host->syns > 0 && host->lowest_port >= first && host->lowest_port < UINT16_MAX;
}

/* Whether there are families, and each has versions. */
int hg_names_versions(const hg_host_conclusion *conclusion);
/* The system that all of the host's SSH servers identify; NULL: none, or two differ, as servers behind an address. */
const hg_host_name *hg_evidence_identified(const hg_host_conclusion *conclusion);

/* Combines all evidence about the host's system. */
void hg_host_judge(const hg_hosts *hosts, const hg_host_entry *host, hg_host_conclusion *out);

/* The range of a version such as "10.13". 0: the text has another form. */
int hg_read_version(hg_span text, uint64_t range[2]);

/* The lesser, without libm; `first` if one is NAN. */
static inline double hg_lesser(double first, double second)
{
    return second < first ? second : first;
}
