/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * fragments.h - datagrams of UDP whose fragments are put together, in the order of capture.
 *
 *     fragment ─▶ its datagram (ends, id) ─▶ bytes in their place ─▶ whole: read ─▶ closed
 *                     │ 30 s, no room, overlap: given up
 *
 * Only first fragments have ports, so later ones of all datagrams come here. At most HG_MOST_FRAGMENTED datagrams are
 * remembered; closed ones are evicted first, then those whose first fragment is not here, then the oldest. A datagram
 * stays closed for 30 s: what comes of it again is ignored.
 *
 * Overlaps: of IPv4 they must have the same bytes; of IPv6 (RFC 5722, RFC 8200 4.5) only a repeated fragment may overlap.
 */
#pragma once

#include "flow/runs.h"
#include "packet/frame.h"
#include "packet/packet.h"

enum { HG_MOST_FRAGMENTED = 64 };

/* A datagram that came in fragments. */
typedef struct hg_fragmented hg_fragmented;

/* All zero: nothing came. */
typedef struct hg_fragments {
    hg_fragmented *list; /* NULL until a fragment comes */
    uint8_t *bytes;      /* of them, HG_MOST_DATAGRAM each */
} hg_fragments;

void hg_fragments_clear(hg_fragments *fragments);
void hg_fragments_reset(hg_fragments *fragments);

/* Takes a fragment. 1 when its datagram is whole now: its UDP header and data are at `*udp` until the next call,
 * `*length` bytes, and `packet` has its reader. */
int hg_fragments_take(hg_fragments *fragments, hg_packet *packet, const hg_frame *frame, hg_stats *stats,
                      const uint8_t **udp, uint32_t *length);

/* `readers` is the number of readers of datagrams. Loads where there are no fragments. */
void hg_fragments_transfer(hg_fragments *fragments, uint8_t readers, hg_saved *saved);
