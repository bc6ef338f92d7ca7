/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * fields.h - writes the values of a segments event into records.
 */
#pragma once

#include "base/value.h"

/* The name that the row's rule reports; empty if no rule fits, or the database does not have the rule. */
hg_span hg_segments_name(const hg_database *database, hg_row row);
/* The index of the row's rule; HG_NO_SIGNATURE if no rule fits, or the database does not have the rule. */
uint32_t hg_segments_rule_of(const hg_database *database, hg_row row);
/* Writes the row's values as conditions of a rule: "ttl=128,df=1,...". */
char *hg_put_segments(char *p, hg_row row);
