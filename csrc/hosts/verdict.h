/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * verdict.h - the system of a host, from all evidence together.
 *
 * The handshakes limit the possible families and versions: a host has one system, so the system that fits all of them
 * is right. Its port range and clock rate narrow the versions. Statements of programs narrow the rest further, but
 * never override it. The result for the segments is the verdict only if no handshake names a system; otherwise it is
 * only compared.
 */
#pragma once

#include "hosts/hosts.h"

/* ---- middleboxes that answer in the place of many hosts ----
 *
 * Unrelated networks run different systems at different distances. If many of them answer with one signature from one
 * distance, a single middlebox on the path answers for them. */

/* How a host answers, and how many addresses and large networks (/8 of IPv4, /16 of IPv6) do so. */
struct hg_middlebox {
    uint64_t answer; /* the signature without its TTL */
    int16_t distance;
    uint32_t addresses;
    uint32_t networks;
};

/* The middlebox that answers for a host, NULL: none, as far as hg_hosts_conclude found out. */
const hg_middlebox *hg_middlebox_of(const hg_hosts *hosts, const hg_host_entry *host);

/* ---- the verdict ---- */

enum { HG_MOST_RANGES = 64 };

typedef enum hg_relation {
    HG_NOT_COMPARED = 0,
    HG_AGREES = 1,
    HG_NARROWS = 2,
    HG_CONTRADICTS = 3
} hg_relation;

/* As JSON has it. */
const char *hg_relation_name(hg_relation relation);

/* A name of the host, and whether it agrees with the verdict. */
typedef struct hg_name_relation {
    const hg_sighting *seen;
    const hg_host_name *name;
    uint32_t packets; /* with this label, from all sources */
    uint8_t scope;    /* hg_scope of its label, the highest */
    uint8_t relation; /* hg_relation */
    uint8_t is_firm;  /* it has a say in the versions */
    uint8_t is_first; /* of those with its label */
} hg_name_relation;

typedef struct hg_verdict_family {
    hg_named_family of;
    uint64_t versions[2 * HG_MOST_RANGES];
    uint32_t version_count; /* ranges; 0: any version */
} hg_verdict_family;

typedef struct hg_host_verdict {
    hg_name_relation segments; /* what all segments point to, or why to nothing; `seen` NULL: no answer */
    uint32_t reading_count;
    uint32_t program_count;
    uint32_t family_count;     /* 0: unknown */
    const hg_host_name *best;  /* the surest of those that agree; NULL: unknown */
    double confidence;
    double version_confidence; /* NAN: no versions, or not measured */
    double agreement;          /* the part of the packets that allow the verdict */
    double clock_hz;           /* what the clock says about the versions; 0.0: nothing */
    uint8_t source;            /* hg_host_source of the name with most confidence; HG_HOST_SOURCES: unknown */
    uint8_t version_source;    /* the same of the versions; HG_HOST_SOURCES: none are known */
    uint8_t by_ports;          /* 1: the ports narrow the versions */
    uint8_t scope;             /* hg_scope; evidence of a lower one is only compared */
    uint8_t is_loopback;       /* 1: an address that every machine has */
    uint8_t is_unsure;         /* 1: the families were below HG_LEAST_CONFIDENCE, so there are none */
    const hg_middlebox *middlebox; /* who answers in its place, NULL: it does itself */
    const hg_host_name *nat;       /* the same of address translation, by its name */
    hg_name_relation readings[HG_HOST_SIGHTINGS]; /* that name a system: decisive ones first, then by packets */
    hg_name_relation programs[HG_HOST_SIGHTINGS]; /* what says something of the system beside them */
    hg_verdict_family families[HG_MAX_FAMILIES];
} hg_host_verdict;

/* Its names; and the families that the readings support most, unless these are too many. */
void hg_evidence_collect(const hg_hosts *hosts, const hg_host_entry *host, hg_host_verdict *out);
void hg_evidence_choose_families(hg_host_verdict *out);
/* Whether the scope of a name allows it to decide; and whether a reading has a say: of a loopback address, only those
 * with the label of most packets. */
int hg_is_decisive(const hg_host_verdict *of, const hg_name_relation *name);
/* Whether no earlier reading has its label: a weak one may share another one's label. */
int hg_is_new_candidate(const hg_host_verdict *of, uint32_t reading);
int hg_is_heard(const hg_host_verdict *of, const hg_name_relation *reading);

/* Whether each family has versions. */
int hg_names_versions(const hg_host_verdict *of);
void hg_host_judge(const hg_hosts *hosts, const hg_host_entry *host, hg_host_verdict *out);

/* The range of a version such as "10.13"; 0: the text has another form. */
int hg_read_version(hg_span text, uint64_t range[2]);

/* As fmin, which would need the library of mathematics: `first` where `second` is NAN. */
static inline double hg_lesser(double first, double second)
{
    return second < first ? second : first;
}
