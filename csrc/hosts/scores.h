/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * scores.h - p0f's scores: how much the packets of an address have changed, and why.
 *
 *     a message and the one before it ──▶ score, reasons ──▶ the latest 32 scores ──▶ host change, ip sharing
 */
#pragma once

#include "database/database.h"

enum { HG_SCORE_LEVELS = 4, HG_ROLES = 2, HG_KNOWN_FACTS = 8 };

/* What a SYN or SYN+ACK showed. Every host has one, so that it is kept small. */
typedef struct hg_syn_traits {
    uint32_t layout;    /* the kinds of options, hashed, and their number */
    uint32_t time_s;
    uint32_t ts1;
    uint32_t signature; /* of the database in use then; HG_NO_SIGNATURE: none */
    uint32_t quirks : 17;
    uint32_t fuzzy : 1;
    uint32_t database : 14; /* how many were in use before */
    uint16_t time_ms;   /* beyond time_s */
    uint16_t mss;
    uint16_t port;      /* that it came from */
    uint8_t ttl;
} hg_syn_traits;

/* What an HTTP response showed. */
typedef struct hg_response_traits {
    int64_t time_ns;
    int64_t date_s; /* that it names, HG_NO_DATE: none */
    uint32_t software; /* as `signature` */
    uint16_t database;
} hg_response_traits;

#define HG_NO_DATE INT64_MIN

/* A system by its name. */
typedef struct hg_system_name {
    uint32_t name;   /* hashed, 0: none is known */
    uint16_t stacks; /* 0: the name's stacks are not known */
} hg_system_name;

/* A system that a host showed. */
typedef struct hg_fact {
    uint32_t key; /* 0: none */
    uint32_t last_s;
} hg_fact;

/* The latest 32 scores of a role, and what followed from them. p0f has a row for each change; our own formats report
 * those that showed a new system of another stack. */
typedef struct hg_scores {
    uint32_t levels[HG_ROLES][HG_SCORE_LEVELS]; /* one bit per score: 1 is the latest one's */
    uint16_t reasons[HG_ROLES];                 /* since the latest row of sharing */
    uint8_t differing[HG_ROLES];                /* messages of another system, since that row */
    uint8_t fact_count;                         /* of `facts`, which go round */
    uint32_t change_count;                      /* of `changes`, which go round */
    int64_t p0f_ns[HG_CHANGE_KINDS]; /* of p0f's latest row of each kind, 0: never */
    int64_t reported_ns[HG_CHANGE_KINDS]; /* of the latest that was reported */
    hg_change changes[HG_HOST_CHANGES]; /* that were reported */
    hg_fact facts[HG_KNOWN_FACTS];
} hg_scores;

/* NULL: none. */
const hg_db_signature *hg_signature_at(const hg_database *database, uint32_t index);
/* Whether a signature names the packet, and its TTL shows the distance. */
int hg_is_reliable(const hg_database *database, uint32_t signature);

/* The system that a signature names; tools name none. */
hg_system_name hg_named_by(const hg_database *database, uint32_t signature);
