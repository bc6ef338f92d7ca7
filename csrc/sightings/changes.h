/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * changes.h - p0f's scores: how much the packets of an address changed, and why.
 *
 *     a message and the previous one ──▶ score, reasons ──▶ the latest 32 scores ──▶ host change, ip sharing
 */
#pragma once

#include "handshakes/handshakes.h"

enum { HG_SCORE_LEVELS = 4, HG_KNOWN_FACTS = 8 };

/* The traits of an HTTP response. */
typedef struct hg_response_traits {
    int64_t time_ns;
    int64_t date_s; /* its Date header in seconds since 1970; HG_NO_DATE: none */
    uint32_t software; /* index in the database used then; HG_NO_SIGNATURE: none */
    uint16_t database; /* hg_hosts.database_number at that time */
} hg_response_traits;

#define HG_NO_DATE INT64_MIN

/* A fact that a message showed: its system, or that systems share the address. */
typedef struct hg_shown_fact {
    uint32_t key; /* hash of the fact; 0: none */
    uint32_t last_s; /* when it was last shown, in seconds */
} hg_shown_fact;

/* The latest 32 scores of each role, and the changes that followed. p0f reports every change. huginn's own formats
 * report only changes that show a new system of another stack, or that the address is now shared. */
typedef struct hg_scores {
    uint32_t levels[HG_ROLES][HG_SCORE_LEVELS]; /* one bit per score; bit 0 is the latest */
    uint16_t reasons[HG_ROLES];                 /* bits by hg_reason, since the latest change HG_IP_SHARING */
    uint8_t differing[HG_ROLES];                /* messages since then whose system differs from the previous one */
    uint8_t fact_count;                         /* of `facts`, a ring */
    uint32_t change_count;                      /* of `changes`, a ring */
    int64_t p0f_ns[HG_CHANGE_KINDS]; /* time of p0f's latest change of each kind, 0: never */
    int64_t reported_ns[HG_CHANGE_KINDS]; /* time of the latest reported change */
    hg_change changes[HG_HOST_CHANGES]; /* reported changes */
    hg_shown_fact facts[HG_KNOWN_FACTS];
} hg_scores;
