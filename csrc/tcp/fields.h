/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * fields.h - values derived from a row and its match: the words of `params`, the distance.
 */
#pragma once

#include "base/value.h"

/* The words of `params`, each between `quote` (none when 0), joined by `separator`. */
char *hg_put_params(char *p, hg_row row, const hg_match_marks *marks, char separator, char quote);
/* The same with blanks between them, or "none", as p0f prints them. */
char *hg_put_params_or_none(char *p, hg_row row, const hg_match_marks *marks);
/* Hops; an upper bound where the signature says that the TTL is random. */
char *hg_put_distance(char *p, hg_row row, const hg_match_marks *marks);
