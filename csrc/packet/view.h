/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * view.h - bytes of a frame that are not parsed yet.
 */
#pragma once

#include "huginn.h"

/* `wire` counts what was on the wire, `captured` what is at `data`. */
typedef struct hg_view {
    const uint8_t *data;
    uint32_t captured;
    uint32_t wire;
    uint64_t link_protocol; /* of what is there in place of IP, as in hg_requirements; 0: not known */
} hg_view;

/* Moves `view` on by `bytes`; 0 when fewer were captured. */
static inline int hg_take(hg_view *view, uint32_t bytes)
{
    if (view->captured < bytes)
        return 0;
    view->data += bytes;
    view->captured -= bytes;
    view->wire -= bytes;
    return 1;
}

/* Ends `view` after `bytes`, which must not be more than were on the wire. */
static inline void hg_limit(hg_view *view, uint32_t bytes)
{
    view->wire = bytes;
    if (view->captured > bytes)
        view->captured = bytes;
}

/* The version of the IP header at `view`: the upper half of the first byte, which must be captured. */
static inline uint32_t hg_ip_version(const hg_view *view)
{
    return view->data[0] >> 4;
}
