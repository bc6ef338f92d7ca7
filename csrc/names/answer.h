/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * answer.h - the combined answer of all signatures that fit a handshake, with reasons.
 *
 * The answer names the families of the signature that named the handshake, and of the other signatures that fit equally
 * well: with the same kind of match (specific, generic or fuzzy), and all for systems or all for tools.
 */
#pragma once

#include "base/writer.h"
#include "database/database.h"

/* Reasons. */
typedef enum hg_reason_code {
#define HG_CODE(NAME, words) HG_BECAUSE_##NAME,
    HG_ANSWER_REASONS(HG_CODE)
#undef HG_CODE
        HG_REASON_CODES
} hg_reason_code;

enum { HG_MOST_REASONS = 8 };

/* An observed handshake, and the signature that named it. */
typedef struct hg_named_handshake {
    hg_observation seen;
    uint32_t signature;
    uint8_t fuzzy;
    uint8_t zero[3];
} hg_named_handshake;

typedef struct hg_found_answer {
    const hg_named_handshake *handshake; /* borrowed */
    hg_basis basis;
    double confidence;            /* 0.0 to 1.0; 0.0 if more than HG_MAX_FAMILIES families fit */
    double version_share;         /* share of right versions; NAN: not measured */
    const uint32_t *families; /* indices of the families of all labels, each once; the signature's own come first */
    uint32_t family_count;
    const uint32_t *candidates; /* indices of the other labels, each text once, in the order of the matches */
    uint32_t candidate_count;
    uint8_t reasons[HG_MOST_REASONS]; /* hg_reason_code */
    uint32_t reason_count;
} hg_found_answer;

/* Working memory to find answers, for one database. */
typedef struct hg_answerer {
    const hg_database *database; /* borrowed */
    uint32_t *memory; /* one allocation for the next five; NULL before the first answer */
    uint32_t *seen_labels; /* by label: the `round` of the latest answer with it */
    uint32_t *seen_families; /* the same by family */
    uint32_t *seen_claims; /* the same by claim */
    uint32_t *families;
    uint32_t *candidates;
    uint32_t round; /* number of the current answer, from 1 */
} hg_answerer;

/* Finds the answer, which borrows the answerer's memory until the next call. The signature must be in the database,
 * and the observation must have at most HG_MAX_OPTIONS options. HG_E_MEMORY. */
hg_status hg_answer_find(hg_answerer *answerer, const hg_named_handshake *handshake, hg_found_answer *out,
                         hg_error *error);

/* 1: labelled hosts confirmed a family of the basis so often that the confidence is not reduced. */
int hg_is_confirmed(const hg_database *database, const hg_basis *basis);

/* How often a rule for segments is right: the lowest share of the families in its label; 0.0 without families. */
double hg_segments_confidence(const hg_database *database, uint32_t rule);

/* The share of right versions; NAN if the signature's label has no versions, or the share is not measured. */
double hg_answer_version_confidence(const hg_database *database, const hg_found_answer *answer);

/* ---- the families, labels and reasons as text */

/* The number of items in a list of the answer. HG_ANSWER_FAMILY has one, or none if more than HG_MAX_FAMILIES fit. */
uint32_t hg_answer_items(const hg_found_answer *answer, hg_answer_text what);
/* Writes item `number` of a list. Outside JSON, newlines become blanks, because a newline ends an item there. */
void hg_answer_put_item(hg_writer *to, const hg_database *database, const hg_found_answer *answer, hg_answer_text what,
                        uint32_t number);

/* Write JSON: the first function the family, or null if too many fit; the second all items of a list. */
void hg_json_answer_family(hg_json *to, const hg_database *database, const hg_found_answer *answer);
void hg_json_answer_list(hg_json *to, const hg_database *database, const hg_found_answer *answer, hg_answer_text what);
