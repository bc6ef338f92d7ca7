/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * verdict.h - whether the results of different readers for a client can belong to one system.
 *
 * It depends only on a row and the database (hg_claims_agree). If the stack of one side is unknown, nothing is
 * compared.
 */
#pragma once

#include "base/value.h"

/* A verdict and its reason: the two claims that were compared, or why none could be. */
typedef struct hg_judgement {
    hg_verdict verdict;
    uint32_t length;
    char why[HG_WHY_BYTES]; /* text as in the database: not escaped, not terminated */
} hg_judgement;

/* The system that a request claims to run on, by client hint or User-Agent: an index in the section systems;
 * HG_NO_SIGNATURE for none. */
uint32_t hg_claimed(const hg_database *database, const hg_row *row);

/* Whether that claim comes from a client hint. */
int hg_is_claimed_by_hint(const hg_database *database, const hg_row *row);

/* What named a connection's client: results of one or of several connections. */
typedef struct hg_client_names {
    uint32_t syn;     /* the signature that named its SYN, HG_NO_SIGNATURE, or HG_NOT_SEEN */
    uint32_t hello;   /* the signature that named its ClientHello, or HG_NO_SIGNATURE */
    uint32_t claimed; /* as hg_claimed */
    int is_hint;      /* the claim is by a client hint, not by a User-Agent */
} hg_client_names;

/* Compares the claim with the SYN, the claim with the ClientHello, and these two with each other. The first
 * contradiction is the verdict, else the first comparison that was possible. */
void hg_judge_names(const hg_database *database, const hg_client_names *of, hg_judgement *out);

/* The verdict on a ClientHello or a request. `database` may be NULL. References to missing entries count as unknown. */
void hg_judge(const hg_database *database, const hg_row *row, hg_judgement *out);

/* Whether a request comes from the browser that its User-Agent names. */
void hg_judge_client(const hg_database *database, const hg_row *row, hg_client_verdict *out);

/* How often the rule that names a host by its segments is right; 0.0 without a name. */
double hg_segments_confidence_of(const hg_database *database, hg_row row);

/* Writes the verdict as in text, EVE and ECS: "not checked". */
char *hg_put_verdict(char *p, hg_verdict verdict);
