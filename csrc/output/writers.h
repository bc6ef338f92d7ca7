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
    switch (format) {
    case HG_FORMAT_TEXT:
        return hg_render_text;
    case HG_FORMAT_JSON:
        return hg_render_json;
    case HG_FORMAT_P0F:
        return hg_render_p0f;
    case HG_FORMAT_EVE:
        return hg_render_eve;
    case HG_FORMAT_ECS:
        return hg_render_ecs;
    case HG_FORMAT_P0F_JSON:
        return hg_render_p0f_json;
    case HG_FORMATS:
    default:
        return NULL;
    }
}
