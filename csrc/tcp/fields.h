/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * fields.h - values computed from a row and its match: the words of `params` and the distance.
 */
#pragma once

#include "base/value.h"

/* The words of `params`, each enclosed in `quote` (0: not enclosed), joined by `separator`. */
char *hg_put_params(char *p, hg_row row, const hg_match_marks *marks, char separator, char quote);
/* The same, separated by blanks, or "none", as p0f prints them. */
char *hg_put_params_or_none(char *p, hg_row row, const hg_match_marks *marks);
/* The distance in hops. It is an upper bound if the signature has a random TTL. */
char *hg_put_distance(char *p, hg_row row, const hg_match_marks *marks);
