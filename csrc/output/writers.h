/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * writers.h - the formats: each writes one row as one record.
 */
#pragma once

#include "output/renderer.h"

char *hg_render_text(hg_renderer *renderer, uint32_t row, const hg_name *name, char *p);
char *hg_render_json(hg_renderer *renderer, uint32_t row, const hg_name *name, char *p);
char *hg_render_p0f(hg_renderer *renderer, uint32_t row, const hg_name *name, char *p);
char *hg_render_p0f_json(hg_renderer *renderer, uint32_t row, const hg_name *name, char *p);
char *hg_render_eve(hg_renderer *renderer, uint32_t row, const hg_name *name, char *p);
char *hg_render_ecs(hg_renderer *renderer, uint32_t row, const hg_name *name, char *p);

/* NULL: there is no such format. */
static inline hg_row_writer hg_writer_of(hg_format format)
{
    static const hg_row_writer WRITERS[HG_FORMATS] = {
        [HG_FORMAT_TEXT] = hg_render_text, [HG_FORMAT_JSON] = hg_render_json, [HG_FORMAT_P0F] = hg_render_p0f,
        [HG_FORMAT_EVE] = hg_render_eve,   [HG_FORMAT_ECS] = hg_render_ecs,   [HG_FORMAT_P0F_JSON] = hg_render_p0f_json,
    };
    return (uint32_t)format < HG_FORMATS ? WRITERS[format] : NULL;
}
