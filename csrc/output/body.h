/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * body.h - the fields of an event, in all formats of JSON.
 */
#ifndef HG_OUTPUT_BODY_H
#define HG_OUTPUT_BODY_H

#include "output/renderer.h"

/* The fields of the kind of the renderer's row alone, each with a comma before it. */
char *hg_put_body(const hg_renderer *renderer, char *p, const hg_name *name);

#endif
