/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * labelled_text.h - fields with a label in the format for people, a line each.
 */
#pragma once

#include "output/renderer.h"

/* The lines of the renderer's row; values that are not there are left out. The line at `first` (NULL: none) is begun. */
char *hg_put_labelled_lines(const hg_renderer *renderer, char *p, const char *first);
