/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * hash.h - keyed hashes of addresses, so that an attacker cannot choose packets that share a chain.
 */
#pragma once

#include "base/hash.h"
#include "packet/packet.h"

/* An IPv4 address fills half of its first word. The two words of an IPv6 address are mixed separately
 * and then multiplied: if they were mixed one after the other, changes of their upper bits could cancel
 * each other, whatever the key. */
static inline uint64_t hg_hash_address(uint64_t key, hg_address address, uint8_t version)
{
    uint64_t state = hg_hash_mix(key, address.word[0]);
    return version == 4 ? state : state * hg_hash_mix(key << 32 | key >> 32, address.word[1]);
}

/* The identity of a host: its address, changed by the packet's tunnels. The same address outside tunnels, or in other
 * tunnels, is another host. */
static inline hg_address hg_identity(const hg_packet *packet, hg_address address)
{
    if (__builtin_expect(hg_in_tunnel(packet), 0)) {
        address.word[0] ^= packet->tunnel_key;
        address.word[1] ^= packet->tunnel_key;
    }
    return address;
}

static inline void hg_hash_ends(uint64_t key, hg_packet *packet, hg_address from, hg_address to)
{
    uint64_t source = hg_hash_address(key, from, packet->version);
    uint64_t destination = hg_hash_address(key, to, packet->version);
    uint64_t ends = (source ^ packet->source_port) * (destination ^ packet->destination_port);
    packet->flow_hash = hg_hash_fold(ends);
    packet->source_hash = hg_hash_fold(source);
}

/* Sets `flow_hash` and `source_hash` of a packet, without its tunnels (hg_hash_tunnels). It is called for every packet
 * before the lookup, in any order and by any worker. A flow's hash is the same for both directions. It is the product
 * of the hashes of both ends: a sum would collide for many pairs of ports at the same two addresses, whatever the
 * key. */
static inline void hg_hash_packet(uint64_t key, hg_packet *packet)
{
    hg_hash_ends(key, packet, packet->source, packet->destination);
}

/* Sets the hashes of those of the packets that are in tunnels. A separate function, so that the addresses of other
 * packets are not copied. */
void hg_hash_tunnels(uint64_t key, hg_packet *packets, uint32_t count);

static inline int hg_same_address(hg_address a, hg_address b)
{
    return ((a.word[0] ^ b.word[0]) | (a.word[1] ^ b.word[1])) == 0;
}

/* The number of chain heads of a table, a power of two. Small tables get at least eight heads per record: then nearly
 * all chains are empty or begin with the wanted record, so branches are predicted well. Large tables get one or two per
 * record, to save memory. */
static inline uint32_t hg_chain_heads(uint32_t records)
{
    const uint32_t small = 65536, spread = 8;
    uint32_t wanted = records <= small ? records * spread : records;
    uint32_t heads = 16;
    while (heads < wanted && heads < UINT32_C(1) << 30)
        heads *= 2;
    return heads;
}
