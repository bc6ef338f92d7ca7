/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * scores.h - p0f's scores: how much of what an address shows has changed, and why.
 *
 *     a message and the one before it ──▶ score, reasons ──▶ the latest 32 scores ──▶ host change, ip sharing
 */
#ifndef HG_HOSTS_SCORES_H
#define HG_HOSTS_SCORES_H

#include "database/database.h"

enum { HG_SCORE_LEVELS = 4, HG_ROLES = 2 };

/* What a SYN or SYN+ACK showed. Every host has one, so that it is kept small. */
typedef struct hg_shown {
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
    uint8_t zero;
} hg_shown;

/* What an HTTP response showed. */
typedef struct hg_answered {
    int64_t time_ns;
    int64_t date_s; /* that it names, HG_NO_DATE: none */
    uint32_t software; /* as `signature` */
    uint16_t database;
    uint8_t zero[2];
} hg_answered;

#define HG_NO_DATE INT64_MIN

/* A system by its name. */
typedef struct hg_named {
    uint32_t name;   /* hashed, 0: none is known */
    uint16_t stacks; /* 0: those of the name are not known */
    uint16_t zero;
} hg_named;

/* The latest 32 scores of a role, and what followed from them. */
typedef struct hg_scores {
    uint32_t levels[HG_ROLES][HG_SCORE_LEVELS]; /* a bit each: that of the latest score is 1 */
    uint16_t reasons[HG_ROLES];                 /* since the latest row of sharing */
    uint32_t change_count;                      /* of `changes`, which go round */
    int64_t change_ns;  /* of the latest row of each kind, 0: never */
    int64_t sharing_ns;
    hg_change changes[HG_HOST_CHANGES];
} hg_scores;

/* A score and its reasons, bits by hg_reason. */
typedef struct hg_score {
    uint32_t points;
    uint16_t reasons;
} hg_score;

static inline void hg_score_more(hg_score *to, uint32_t points, hg_reason reason)
{
    to->points += points;
    to->reasons = (uint16_t)(to->reasons | 1U << reason);
}

/* Whether a signature names the packet, and its TTL shows the distance. */
int hg_is_reliable(const hg_database *database, uint32_t signature);

/* The system that a signature names; tools name none. */
hg_named hg_named_by(const hg_database *database, uint32_t signature);

/* A handshake packet, from `distance` hops away, against the one of its kind before it, NULL: there is none that
 * can be compared. `name` is that of its system, `system` what the host's handshakes were named as last. */
hg_score hg_score_shown(const hg_database *database, const hg_shown *before, const hg_shown *now, int distance,
                        hg_named name, hg_named system, int is_syn);
/* A response against the one before it. */
hg_score hg_score_answered(const hg_database *database, const hg_answered *before, const hg_answered *now);

/* Adds a score to those of a role. 1: a change follows from it, as `change` has it. */
int hg_scores_add(hg_scores *scores, uint8_t role, hg_score score, int64_t time_ns, hg_change *change);

#endif
