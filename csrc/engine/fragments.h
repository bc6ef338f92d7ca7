/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * fragments.h - reassembles UDP datagrams from their fragments, in the order of capture.
 *
 *     fragment ─▶ its datagram (ends, id) ─▶ bytes in their place ─▶ whole: read ─▶ closed
 *                     │ 30 s, no room, overlap: given up
 *
 * Only first fragments have ports, so later fragments of all datagrams come here. At most HG_MOST_FRAGMENTED datagrams
 * are remembered; closed ones are evicted first, then datagrams whose first fragment has not arrived, then the oldest.
 * A datagram stays closed for 30 s; further fragments of it are ignored.
 *
 * Overlaps: in IPv4 they must have the same bytes; in IPv6 (RFC 5722, RFC 8200 4.5) only a repeated fragment may overlap.
 */
#pragma once

#include "flow/runs.h"
#include "packet/frame.h"
#include "packet/packet.h"

enum { HG_MOST_FRAGMENTED = 64 };

/* A datagram that came in fragments. */
typedef struct hg_fragmented hg_fragmented;

/* All zero is valid: no fragments yet. */
typedef struct hg_fragments {
    hg_fragmented *list; /* NULL until a fragment arrives */
    uint8_t *bytes;      /* HG_MOST_DATAGRAM for each entry of the list */
} hg_fragments;

void hg_fragments_clear(hg_fragments *fragments);
void hg_fragments_reset(hg_fragments *fragments);

/* Adds a fragment. 1: its datagram is now complete. Its UDP header and data, `*length` bytes, are at `*udp` until the
 * next call, and the reader of `packet` is set. */
int hg_fragments_take(hg_fragments *fragments, hg_packet *packet, const hg_frame *frame, hg_stats *stats,
                      const uint8_t **udp, uint32_t *length);

/* `readers` is the number of datagram readers. Loading requires that there are no fragments. */
void hg_fragments_transfer(hg_fragments *fragments, uint8_t readers, hg_saved *saved);
