/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * fields.h - values computed from a row and its match: the words of `params` and the distance.
 */
#pragma once

#include "base/value.h"

/* The words of `params`, separated by `separator`, each between `quote` characters (0: none). */
char *hg_put_params(char *p, hg_row row, const hg_match_marks *marks, char separator, char quote);
/* The same as p0f prints them: separated by spaces, or "none". */
char *hg_put_params_or_none(char *p, hg_row row, const hg_match_marks *marks);
/* The distance in hops; "<= " before it if the signature has a random TTL. */
char *hg_put_distance(char *p, hg_row row, const hg_match_marks *marks);
