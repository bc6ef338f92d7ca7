/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * multiple.c - the window as a multiple of an MSS or MTU.
 */
#include "tcp/observe.h"

enum { LEAST_MSS_FOR_MULTIPLE = 100, TIMESTAMP_BYTES = 12 };

static int try_divisor(hg_observation *o, uint32_t divisor, uint8_t kind)
{
    if (divisor == 0 || o->window % divisor != 0)
        return 0;
    o->window_kind = kind;
    o->window_multiple = (uint16_t)(o->window / divisor);
    return 1;
}

/* In p0f's order; the first divisor that fits counts. */
void hg_observe_multiple(hg_observation *o)
{
    uint32_t mss = o->mss;
    int v6 = o->version == 6;
    if (o->window == 0 || mss < LEAST_MSS_FOR_MULTIPLE)
        return;
    const struct {
        uint32_t divisor;
        uint8_t kind;
    } candidates[] = {
        {mss, HG_WINDOW_MSS},
        {o->ts1 != 0 ? mss - TIMESTAMP_BYTES : 0, HG_WINDOW_MSS},
        {1500 - 40, HG_WINDOW_MSS},
        {1500 - 40 - TIMESTAMP_BYTES, HG_WINDOW_MSS},
        {v6 ? 1500 - 60 : 0, HG_WINDOW_MSS},
        {v6 ? 1500 - 60 - TIMESTAMP_BYTES : 0, HG_WINDOW_MSS},
        {mss + 40, HG_WINDOW_MTU},
        {mss + o->header_bytes, HG_WINDOW_MTU},
        {v6 ? mss + 60 : 0, HG_WINDOW_MTU},
        {1500, HG_WINDOW_MTU},
    };
    for (size_t i = 0; i < sizeof candidates / sizeof candidates[0]; i++)
        if (try_divisor(o, candidates[i].divisor, candidates[i].kind))
            return;
}

int hg_observe_peer(hg_observation *o, uint16_t peer_mss)
{
    if (o->window_kind != HG_WINDOW_LITERAL || o->window == 0 || o->mss < LEAST_MSS_FOR_MULTIPLE)
        return 0;
    return try_divisor(o, peer_mss, HG_WINDOW_MSS) ||
           (peer_mss > TIMESTAMP_BYTES && try_divisor(o, peer_mss - TIMESTAMP_BYTES, HG_WINDOW_MSS));
}
