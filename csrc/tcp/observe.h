/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * observe.h - from a SYN or SYN+ACK to the fields of a signature.
 *
 *     packet ──observe.c──▶ header fields and quirks; the window as a multiple of MSS or MTU
 *            ├─matcher.c──▶ options of a known layout, by one comparison with a template
 *            └─observe.c──▶ options byte by byte: every other layout, and damaged ones
 */
#pragma once

#include <string.h>

#include "hg_layout.h"
#include "base/bytes.h"
#include "packet/ip.h"
#include "packet/packet.h"

enum { HG_HIGHEST_USUAL_WSCALE = 14 }; /* RFC 7323, section 2.3 */

enum { HG_OLAYOUT_BYTES = 32 };
_Static_assert(offsetof(hg_observation, zero) - offsetof(hg_observation, options) == 26,
               "the option layout is one run of bytes");

/* The 32 bytes of the option layout, as the column olayout and the database hold them. */
static inline const uint8_t *hg_olayout(const hg_observation *observation)
{
    return (const uint8_t *)observation + offsetof(hg_observation, options);
}

static inline void hg_set_olayout(hg_observation *observation, const uint8_t *olayout)
{
    memcpy((uint8_t *)observation + offsetof(hg_observation, options), olayout, HG_OLAYOUT_BYTES);
}

/* Fields and quirks of the IP and TCP headers. The options are observed separately. */
void hg_observe_headers(const hg_packet *packet, hg_observation *observation);

/* Fields of the TCP options, byte by byte; their quirks are added. */
void hg_observe_options(const hg_packet *packet, hg_observation *observation);

/* The window's multiple, as far as it follows from the packet alone. */
void hg_observe_multiple(hg_observation *observation);

/* Looks for a multiple of the peer's MSS where no other was found. 1 when there is one. */
int hg_observe_peer(hg_observation *observation, uint16_t peer_mss);

/* The packet's own timestamp, 0 when it has none. */
uint32_t hg_own_timestamp(const hg_packet *packet);

/* 1 when the packet's options are those that nearly every segment of a flow with timestamps carries (RFC 7323,
 * appendix A): its own timestamp is at 4 then. */
static inline int hg_has_usual_timestamp(const hg_packet *packet)
{
    return packet->options_length >= 12 && hg_be32(hg_tcp_options(packet)) == 0x0101080A;
}

/* The next usual initial TTL, which is 32, 64, 128 or 255, as its highest bit (4 to 7) less 1, and the distance that
 * a TTL alone suggests: hops to it. Computed from the highest bit of the TTL less 1, since branches would be mispredicted for
 * the TTLs of random traffic. */
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

/* 1 when no system sends the packet's TTL, so that routers passed it on. */
static inline int hg_shows_router(const hg_packet *packet)
{
    enum { UPNP = 4 /* the highest TTL of its multicasts */, DHCP = 16 /* of some of its clients and servers */ };
    const uint8_t hops = packet->version == 0 ? 0 : hg_packet_hops(packet);
    return hops > UPNP && hops != DHCP && hg_guess_distance(hops) != 0;
}
