/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * body.h - the fields of an event, in all formats of JSON.
 */
#pragma once

#include "output/renderer.h"

/* The fields of the renderer's row, each with a comma before it: an object that begins with them writes its brace over
 * the first. */
char *hg_put_body(hg_renderer *renderer, char *p, const hg_name *name);
