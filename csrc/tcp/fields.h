/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * fields.h - writes values that are computed from a row and its match: the words of `params` and the distance.
 */
#pragma once

#include "base/value.h"

/* Writes the words of `params`, separated by `separator` and each enclosed in `quote` (0: without quotes). */
char *hg_put_params(char *p, hg_row row, const hg_match_marks *marks, char separator, char quote);
/* Writes these words as p0f does: separated by spaces, or "none". */
char *hg_put_params_or_none(char *p, hg_row row, const hg_match_marks *marks);
/* Writes the distance in hops, after "<= " if the signature has a random TTL. */
char *hg_put_distance(char *p, hg_row row, const hg_match_marks *marks);
