/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * json.c - JSON Lines: one object a row, keys in a fixed order, no blanks: the row's fields
 * (body.c), database and schema_version.
 */
#include "output/body.h"
#include "output/writers.h"

char *hg_render_json(hg_renderer *renderer, uint32_t i, const hg_name *name, char *p)
{
    char *const object = p;
    (void)i;
    p = hg_put_body(renderer, p, name);
    *object = '{';
    return hg_put_bytes(p, renderer->tail, renderer->tail_length);
}
