/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * match_texts.h - the database record that names a row, and the texts of that record.
 */
#pragma once

#include "base/value.h"
#include "database/database.h"

/* The kind of record that names a row. */
typedef enum hg_match_kind {
    HG_MATCH_SIGNATURE = 0,
    HG_MATCH_LINK = 1,
    HG_MATCH_CLIENT = 2, /* ClientHello */
    HG_MATCH_REQUEST = 3,
    HG_MATCH_RESPONSE = 4
} hg_match_kind;

/* A reference to the database record that names a row. */
typedef struct hg_naming {
    uint32_t index; /* HG_NO_SIGNATURE: none */
    hg_match_kind what;
    uint8_t fuzzy; /* handshakes: 1 if the match is fuzzy; clients: 1 if the signature has wildcards */
} hg_naming;

/* The texts of such a record; missing ones are empty. All zero: no record. */
typedef struct hg_match_texts {
    hg_span name;
    hg_span flavor;
    hg_span os_class;
    hg_span signature;
    hg_span file; /* file name without folders */
    hg_match_marks marks;
    uint32_t line;  /* in that file */
    uint32_t label; /* in the section labels */
    uint8_t is_either; /* 1: the name lists several families */
    uint8_t says_all;  /* 1: the flavor repeats these families, so that it is shown without the name */
} hg_match_texts;

/* Finds the record that names the row; 0: rows of this event have no names. */
int hg_naming_of(hg_row row, hg_naming *out);
/* HG_E_ARGUMENT: the row refers to a record that the database (or NULL) does not have. */
hg_status hg_naming_check(const hg_database *database, uint32_t row, const hg_naming *by, hg_error *error);
/* The texts of the record `by`, whose index must be valid. */
hg_match_texts hg_match_texts_of(const hg_database *database, const hg_naming *by);

/* ---- values of fields --------------------------------------------------------------------------------- */

#define HG_MATCH_VALUE(TYPE, getter, value)                \
    static inline TYPE getter(const hg_match_texts *match) \
    {                                                      \
        return (value);                                    \
    }

static inline double hg_match_quality(const hg_match_texts *match)
{
    if (match->marks.fuzzy)
        return HG_QUALITY_FUZZY;
    return match->marks.flags & HG_SIGNATURE_GENERIC ? HG_QUALITY_GENERIC : HG_QUALITY_SPECIFIC;
}

HG_MATCH_VALUE(hg_span, hg_match_name, match->name)
HG_MATCH_VALUE(hg_span, hg_match_flavor, match->flavor)
HG_MATCH_VALUE(int, hg_match_kind_word, (match->marks.flags & HG_SIGNATURE_GENERIC) != 0)
HG_MATCH_VALUE(hg_span, hg_match_signature, match->signature)
HG_MATCH_VALUE(hg_span, hg_match_file, match->file)
HG_MATCH_VALUE(uint32_t, hg_match_line, match->line)
HG_MATCH_VALUE(int, hg_match_fuzzy, match->marks.fuzzy != 0)
HG_MATCH_VALUE(int, hg_match_userland, (match->marks.flags & HG_SIGNATURE_USERLAND) != 0)
