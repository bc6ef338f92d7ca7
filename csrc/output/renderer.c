/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * renderer.c - values that change less often than rows do.
 */
#include "output/renderer.h"

char *hg_put_second(hg_renderer *renderer, char *p, int64_t second)
{
    if (!renderer->clock_set || renderer->second != second) {
        hg_calendar calendar;
        if (hg_is_local(renderer->format)) {
            hg_calendar_local(second, &calendar);
            hg_put_calendar(renderer->clock, &calendar, '/', ' ');
        } else {
            hg_calendar_utc(second, &calendar);
            hg_put_calendar(renderer->clock, &calendar, '-', 'T');
        }
        renderer->second = second;
        renderer->clock_set = 1;
    }
    return hg_put_bytes(p, renderer->clock, HG_CALENDAR_BYTES);
}

const hg_community *hg_connection(hg_renderer *renderer, uint32_t row)
{
    if (row < renderer->connections_from || row >= renderer->connections_to) {
        uint32_t left = renderer->batch->count - row;
        renderer->connections_from = row;
        renderer->connections_to = row + (left < HG_COMMUNITY_ROWS ? left : HG_COMMUNITY_ROWS);
        hg_community_name(renderer->batch, row, renderer->connections_to,
                          renderer->connections);
    }
    return renderer->connections + (row - renderer->connections_from);
}
