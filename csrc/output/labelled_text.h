/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * labelled_text.h - events in the format for people that are lines of values alone.
 */
#ifndef HG_OUTPUT_LABELLED_TEXT_H
#define HG_OUTPUT_LABELLED_TEXT_H

#include "output/renderer.h"

/* The lines behind the head of the renderer's row; values that are not there are left out. */
char *hg_put_labelled_lines(const hg_renderer *renderer, char *p);

#endif
