/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * writers.h - the formats: each writes one row as one record.
 */
#ifndef HG_OUTPUT_WRITERS_H
#define HG_OUTPUT_WRITERS_H

#include "output/renderer.h"

char *hg_render_text(hg_renderer *renderer, uint32_t row, const hg_name *name, char *p);
char *hg_render_json(hg_renderer *renderer, uint32_t row, const hg_name *name, char *p);
char *hg_render_p0f(hg_renderer *renderer, uint32_t row, const hg_name *name, char *p);
char *hg_render_p0f_json(hg_renderer *renderer, uint32_t row, const hg_name *name, char *p);
char *hg_render_eve(hg_renderer *renderer, uint32_t row, const hg_name *name, char *p);
char *hg_render_ecs(hg_renderer *renderer, uint32_t row, const hg_name *name, char *p);

#endif
