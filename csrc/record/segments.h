/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * segments.h - the segments' result for a host, in words.
 */
#ifndef HG_RECORD_SEGMENTS_H
#define HG_RECORD_SEGMENTS_H

#include "record/value.h"
#include "tls/hello.h"

/* The name of the rule's label; empty where none fits, or the database has none such. */
hg_span hg_segments_name(const hg_database *database, hg_row row);
/* How often such a name is right; 0.0 without a name. */
double hg_segments_confidence_of(const hg_database *database, hg_row row);
/* What the row shows, as conditions of a rule: "ttl=128,df=1,...". */
char *hg_put_segments(char *p, hg_row row);

#endif
