/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * verdict.h - whether the results of different readers about one client fit one system.
 *
 * The compiler makes claims from labels: statements about a system (sigcompiler/claims). hg_claims_agree
 * (huginn.h) compares two. A claim without a known stack, or with too many families, is not compared.
 */
#pragma once

#include "base/value.h"
#include "database/database.h"

/* Claim `number` of the database, whose memory it borrows. */
hg_claim hg_claim_at(const hg_database *database, uint32_t number);

static inline int hg_has_same_versions(const hg_claim_family *one, const hg_claim_family *other)
{
    return one->version_count == other->version_count &&
           (one->version_count == 0 ||
            memcmp(one->versions, other->versions, 2 * one->version_count * sizeof *one->versions) == 0);
}

/* A verdict and its reason: the two claims that were compared, or why no comparison was possible. */
typedef struct hg_judgement {
    hg_verdict verdict;
    uint32_t length;
    char why[HG_WHY_BYTES]; /* text as in the database: not escaped, not terminated */
} hg_judgement;

/* The system that a request claims to run on, in a client hint or else the User-Agent: an index in the section systems;
 * HG_NO_SIGNATURE: none. `*is_hint`: 1 if the claim comes from a client hint. */
uint32_t hg_claimed(const hg_database *database, const hg_row *row, int *is_hint);

/* The names of a client, from one or several connections. */
typedef struct hg_client_names {
    uint32_t syn;     /* the signature that named its SYN, HG_NO_SIGNATURE, or HG_NOT_SEEN */
    uint32_t hello;   /* the signature that named its ClientHello, or HG_NO_SIGNATURE */
    uint32_t claimed; /* as hg_claimed */
    int is_hint;      /* 1: the claim comes from a client hint, not from a User-Agent */
} hg_client_names;

/* Compares the claim with the SYN, the claim with the ClientHello, and the SYN with the ClientHello. The verdict is the
 * first contradiction, else the first possible comparison, else "not checked". */
void hg_judge_names(const hg_database *database, const hg_client_names *names, hg_judgement *out);

/* The verdict on a ClientHello or a request. `database` may be NULL. References to missing entries count as unknown. */
void hg_judge(const hg_database *database, const hg_row *row, hg_judgement *out);

/* How often the rule is right that names the row's host by its segments; 0.0: no rule names it. */
double hg_segments_confidence_of(const hg_database *database, hg_row row);
