/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * wrapping.h - headers around an IP packet, each with a row in one table (wrapping.c): headers of links, tags, and
 * tunnels. parse.c opens one after the other.
 */
#pragma once

#include "packet/content.h"

/* A header that is skipped by `strip`, or that has `bytes` bytes and content of `next`: an EtherType at the offset
 * `argument`, or always the number `argument`. */
typedef struct hg_wrapping {
    const char *name;
    hg_strip *strip; /* or NULL */
    uint32_t number;
    uint8_t space;  /* hg_space */
    uint8_t tunnel; /* hg_tunnel; HG_TUNNEL_NONE: its content is on the same link */
    uint8_t bytes;
    uint8_t next; /* hg_space */
    uint8_t argument;
} hg_wrapping;

/* The wrapping with this number, or NULL. */
const hg_wrapping *hg_wrapping_find(uint32_t space, uint64_t number);
/* Opens the wrapping that the ports and the content of the UDP header at `view` indicate, with the result `*drop`. If
 * the content was not captured, the ports are enough. NULL: it is none, and nothing changed. */
const hg_wrapping *hg_wrapping_open_udp(hg_view *view, hg_content *next, hg_drop *drop);
int hg_is_wrapping_udp(const hg_view *view);
/* Opens `wrapping`, as hg_strip does. */
static inline hg_drop hg_wrapping_open(const hg_wrapping *wrapping, hg_view *view, hg_content *next)
{
    next->tunnel = wrapping->tunnel;
    next->network = 0;
    if (wrapping->strip != NULL)
        return wrapping->strip(view, next);
    const uint8_t *header = view->data;
    if (!hg_take(view, wrapping->bytes))
        return HG_DROP_TRUNCATED;
    if (wrapping->next == HG_SPACE_ETHERTYPE)
        return hg_next_is_ethertype(next, hg_be16(header + wrapping->argument));
    return hg_next_is(next, (hg_space)wrapping->next, wrapping->argument);
}
