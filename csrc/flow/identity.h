/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * identity.h - the identity of tunnels, which is part of the identity of the hosts and connections in them.
 *
 * Anyone can send a datagram that looks like a tunnel with other hosts' packets in it. So equal addresses in different
 * tunnels are different hosts: the kind, the outer ends and the network of each tunnel are part of the identity. Flows
 * and clocks use a keyed hash of it (hg_packet.tunnel_key). Rows and hosts use hg_tunnel_id.
 */
#pragma once

#include "base/digest.h"
#include "base/value.h"
#include "flow/hash.h"
#include "packet/parse.h"

/* The identity of a packet's tunnels, the same for both directions. The column `outer` has this layout. */
typedef struct hg_tunnel_id {
    hg_address low; /* the ends of the outermost tunnel, sorted by their bytes */
    hg_address high;
    uint64_t inner; /* a digest of the tunnels inside it; 0: none. Without a tunnel, hg_segment_of */
    uint32_t network; /* this and the next two: of the outermost tunnel, as in hg_tunnel_layer */
    uint8_t kind;
    uint8_t version;
    uint8_t zero[2];
} hg_tunnel_id;

_Static_assert(sizeof(hg_tunnel_id) == HG_TUNNEL_BYTES, "not the size of a value in the column `outer`");

/* Converts 16 bytes to an address. */
static inline hg_address hg_address_of(const uint8_t bytes[16])
{
    hg_address out;
    memcpy(out.word, bytes, sizeof out.word);
    return out;
}

/* Computes the identity of a packet's tunnels, of which there is at least one. */
void hg_tunnels_identify(const hg_tunnel_layer *layers, uint32_t count, hg_digest_blocks sha256, hg_tunnel_id *out);

/* Writes the identity of a packet's tunnels or segment to `out`. Returns the value of the column `tunnel`. */
uint8_t hg_outer_of(const hg_packet *packet, const hg_frame *frame, hg_digest_blocks sha256, hg_tunnel_id *out);

/* The identity of a segment: hosts in two VLANs, or at two interfaces, are as different as in two tunnels. */
static inline hg_tunnel_id hg_segment_id(uint64_t segment)
{
    return (hg_tunnel_id){.inner = segment, .kind = HG_TUNNEL_NONE};
}

/* The number of a segment, among a MAC's. VLANs keep their numbers; others share 2^16 - 2^12. */
static inline uint16_t hg_segment_number(const hg_tunnel_id *tunnel)
{
    enum { VLANS = 1 << 12 };
    if (tunnel == NULL || tunnel->kind != HG_TUNNEL_NONE)
        return 0;
    return (uint16_t)(tunnel->inner < VLANS ? tunnel->inner
                                            : VLANS + hg_hash_fold(hg_hash_mix(HG_HASH_MULTIPLIER, tunnel->inner)) %
                                                          (UINT16_MAX - VLANS));
}

/* Copies the identity of the tunnels or the segment of a row's packet to `out` and returns it; NULL: it has neither. */
static inline const hg_tunnel_id *hg_tunnel_of_row(hg_row row, hg_tunnel_id *out)
{
    if (row.columns->tunnel[row.index] == HG_TUNNEL_NONE)
        return NULL;
    memcpy(out, row.columns->outer[row.index], sizeof *out);
    return out;
}

/* The segment of a row's packet; 0: none, or it came in a tunnel. */
static inline uint64_t hg_segment_of_row(hg_row row)
{
    hg_tunnel_id id;
    if (row.columns->tunnel[row.index] != HG_TUNNEL_SEGMENT)
        return 0;
    return hg_tunnel_of_row(row, &id)->inner;
}

/* A hash for hash tables. With a secret key, the hash can also be used in place of the identity. */
static inline uint64_t hg_hash_tunnel(uint64_t key, const hg_tunnel_id *id)
{
    const uint64_t ends = hg_hash_address(key, id->low, id->version) * hg_hash_address(~key, id->high, id->version);
    const uint64_t rest = (uint64_t)id->network << 16 | (uint64_t)id->kind << 8 | id->version;
    return hg_hash_mix(hg_hash_mix(ends, rest), id->inner);
}

/* A station: a MAC, and the number of its segment (hg_segment_number). Equal MACs of two segments are two stations.
 * Where `mac` is a pointer to a station, it is HG_STATION bytes. */
enum { HG_STATION = HG_MAC_LENGTH + sizeof(uint16_t) };

/* Writes the station with this MAC in a segment. */
static inline void hg_put_station(uint8_t to[HG_STATION], const uint8_t *mac, uint16_t segment)
{
    memcpy(to, mac, HG_MAC_LENGTH);
    memcpy(to + HG_MAC_LENGTH, &segment, sizeof segment);
}

static inline uint32_t hg_hash_station(uint64_t key, const uint8_t mac[HG_STATION])
{
    uint64_t word;
    memcpy(&word, mac, sizeof word);
    return hg_hash_fold(hg_hash_mix(key, word));
}
