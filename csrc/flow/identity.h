/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * identity.h - which network an address belongs to: hosts and connections of different tunnels are different ones.
 *
 * Anybody can send a datagram that looks like a tunnel with the packets of others in it. So the kind, the outer ends and
 * the network of each tunnel belong to the identity of all that its packets show: of flows and clocks by a keyed hash
 * (hg_packet.tunnel_key), of rows and of what is made of them as below.
 */
#pragma once

#include <string.h>

#include "base/value.h"
#include "flow/hash.h"
#include "packet/tunnel.h"

/* Identifies the tunnels of a packet in either direction; the layout is that of the column `outer`. */
typedef struct hg_tunnel_id {
    hg_address low; /* the ends of the outermost tunnel, in order */
    hg_address high;
    uint64_t inner; /* a digest of the tunnels in it, 0: none */
    uint32_t network;
    uint8_t kind;
    uint8_t version;
    uint8_t zero[2];
} hg_tunnel_id;

_Static_assert(sizeof(hg_tunnel_id) == HG_TUNNEL_BYTES, "a value of the column");

/* An address of which there are bytes. */
static inline hg_address hg_address_of(const uint8_t bytes[16])
{
    hg_address out;
    memcpy(out.word, bytes, sizeof out.word);
    return out;
}

/* The identity of a path through at least one tunnel. */
void hg_tunnels_identify(const hg_tunnel_layer *layers, uint32_t count, hg_tunnel_id *out);

/* The tunnels of the packet that a row shows, in `out`; NULL: none. */
static inline const hg_tunnel_id *hg_tunnel_of_row(hg_row row, hg_tunnel_id *out)
{
    if (row.columns->tunnel[row.index] == HG_TUNNEL_NONE)
        return NULL;
    memcpy(out, row.columns->outer[row.index], sizeof *out);
    return out;
}

/* For hash tables, and in place of an identity where the key is secret. */
static inline uint64_t hg_hash_tunnel(uint64_t key, const hg_tunnel_id *of)
{
    const uint64_t ends = hg_hash_address(key, of->low, of->version) * hg_hash_address(~key, of->high, of->version);
    const uint64_t rest = (uint64_t)of->network << 16 | (uint64_t)of->kind << 8 | of->version;
    return hg_hash_mix(hg_hash_mix(ends, rest), of->inner);
}
