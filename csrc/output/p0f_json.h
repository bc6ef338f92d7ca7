/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * p0f_json.h - the room that p0f's log lines take as JSON objects.
 */
#pragma once

#include "base/kinds.h"
#include "devices/fields.h"
#include "http/fields.h"
#include "output/renderer.h"
#include "ssh/fields.h"

/* How many times the bound of a line its object takes at most: each byte becomes two at most, and the
 * keys have room in what no line uses of HG_RENDER_FIXED. */
#define HG_P0F_JSON_GROWTH 2

/* Bytes that no line of p0f's log, and no other record without answer and tail, exceeds. */
static inline size_t hg_p0f_line_bound(const hg_renderer *renderer, const hg_name *name)
{
    const uint8_t event = renderer->columns->event[renderer->row.index];
    const size_t texts = hg_event_is_http(event)     ? hg_http_bound(renderer->row)
                         : hg_event_is_device(event) ? hg_device_bound(renderer->row)
                         : hg_event_is_ssh(event)    ? hg_ssh_bound(renderer->row)
                                                     : 0;
    return HG_RENDER_FIXED + texts + name->length;
}
