/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * observe.h - reads the fields of a signature from a SYN or SYN+ACK.
 *
 *     packet ──observe.c──▶ header fields and quirks; the window as a multiple of MSS or MTU
 *            ├─matcher.c──▶ options with a known layout, by one comparison with a template
 *            └─observe.c──▶ options with other layouts and damaged options, byte by byte
 */
#pragma once

#include "hg_layout.h"
#include "packet/headers.h"

enum { HG_HIGHEST_USUAL_WSCALE = 14 }; /* RFC 7323, section 2.3 */

enum { HG_OLAYOUT_BYTES = 32 };
_Static_assert(offsetof(hg_observation, zero) - offsetof(hg_observation, options) == 26,
               "the option layout is one run of bytes");

/* The 32 bytes of the option layout, in the form of the column `olayout` and the database. */
static inline const uint8_t *hg_olayout(const hg_observation *observation)
{
    return (const uint8_t *)observation + offsetof(hg_observation, options);
}

static inline void hg_set_olayout(hg_observation *observation, const uint8_t *olayout)
{
    memcpy((uint8_t *)observation + offsetof(hg_observation, options), olayout, HG_OLAYOUT_BYTES);
}

/* Reads fields and quirks of the IP and TCP headers, without the options. */
void hg_observe_headers(const hg_packet *packet, hg_observation *observation);

/* Reads the TCP options byte by byte, and adds their quirks. */
void hg_observe_options(const hg_packet *packet, hg_observation *observation);

/* Finds out whether the window is a multiple of an MSS or MTU, from this packet alone. */
void hg_observe_multiple(hg_observation *observation);

/* If no multiple was found, tries the peer's MSS, then the peer's MSS minus the bytes of a timestamp option. 1: one of
 * them divides the window. */
int hg_observe_peer(hg_observation *observation, uint16_t peer_mss);

/* The timestamp of the packet's sender, not the one it echoes; 0: none. */
uint32_t hg_own_timestamp(const hg_packet *packet);

/* 1 when the options begin with two NOPs and a timestamp, as in nearly every segment of a flow with timestamps (RFC
 * 7323, appendix A). Then the sender's timestamp is at offset 4 of the options. */
static inline int hg_has_usual_timestamp(const hg_packet *packet)
{
    return packet->options_length >= 12 && hg_be32(hg_tcp_options(packet)) == 0x0101080A;
}

/* hg_guess_initial returns 4, 5, 6 or 7 if the next usual initial TTL is 32, 64, 128 or 255: the number of the highest
 * bit in ttl - 1, but at least 4. hg_guess_distance returns the number of hops from that initial TTL. They use no
 * branches, because the TTLs of random traffic would cause mispredictions. */
static inline uint32_t hg_guess_initial(uint8_t ttl)
{
    uint32_t below = (uint32_t)(ttl - (ttl != 0)) | 31;
    return 31 - (uint32_t)__builtin_clz(below);
}

static inline uint8_t hg_guess_distance(uint8_t ttl)
{
    uint32_t initial = UINT32_C(2) << hg_guess_initial(ttl);
    return (uint8_t)(initial - (initial >> 8) - ttl);
}

/* 1 when no system sends packets with the packet's TTL, so routers must have forwarded it. */
static inline int hg_shows_router(const hg_packet *packet)
{
    enum {
        UPNP = 4 /* the highest TTL of its multicasts */,
        DHCP = 16 /* of some of its clients and servers */,
        S7 = 30 /* of Siemens controllers */
    };
    const uint8_t hops = packet->version == 0 ? 0 : hg_packet_hops(packet);
    return hops > UPNP && hops != DHCP && hops != S7 && hg_guess_distance(hops) != 0;
}
