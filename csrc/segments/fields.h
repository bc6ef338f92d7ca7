/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * fields.h - writes the values of a segments event into records.
 */
#pragma once

#include "base/value.h"
#include "tls/hello.h"

/* The name of the rule's label; empty if no rule fits, or the database has no such rule. */
hg_span hg_segments_name(const hg_database *database, hg_row row);
/* The row's rule; HG_NO_SIGNATURE if no rule fits. */
uint32_t hg_segments_rule_of(const hg_database *database, hg_row row);
/* Writes the row's values as conditions of a rule: "ttl=128,df=1,...". */
char *hg_put_segments(char *p, hg_row row);
