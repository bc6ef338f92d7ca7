/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * device_text.h - announcements of devices in the format for people.
 */
#ifndef HG_OUTPUT_DEVICE_TEXT_H
#define HG_OUTPUT_DEVICE_TEXT_H

#include "output/renderer.h"

/* The lines behind the head of the renderer's row; values that are not there are left out. */
char *hg_put_device_lines(const hg_renderer *renderer, char *p);

#endif
