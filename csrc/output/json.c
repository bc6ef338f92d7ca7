/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * json.c - JSON Lines: one object a row, keys in a fixed order, no blanks: the fields of every
 * event, then the fields of the event (body.c), database and schema_version.
 */
#include "output/body.h"
#include "output/common.h"
#include "output/writers.h"

char *hg_render_json(hg_renderer *renderer, uint32_t i, const hg_name *name, char *p)
{
    char *begin = p;
    HG_JSON_COMMON(HG_PUT_COMMON)
    *begin = '{';
    p = hg_put_body(renderer, p, name);
    return hg_put_bytes(p, renderer->tail, renderer->tail_length);
}
