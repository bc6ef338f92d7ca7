/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * matcher.h - matches handshake packets with signatures, and caches recent matches.
 */
#pragma once

#include "tcp/observe.h"
#include "database/table.h"

/* The results for a SYN or SYN+ACK before the conversation is known. */
typedef struct hg_handshake {
    hg_observation observation;
    hg_match match;
    int32_t distance; /* hops */
    uint32_t mtu;     /* hg_mtu */
    uint32_t link;    /* index of the [mtu] signature, or HG_NO_SIGNATURE */
    uint8_t ittl;     /* initial TTL, guessed from the TTL alone */
    uint8_t userland; /* 1: a tool built the packet itself, so it describes the tool and not the host */
} hg_handshake;

/* The MTU of the link, computed from the MSS; 0 without an MSS. */
static inline uint32_t hg_mtu(const hg_observation *observation)
{
    const uint32_t ipv4_and_tcp = 40, ipv6_and_tcp = 60;
    return observation->mss == 0 ? 0 : observation->mss + (observation->version == 4 ? ipv4_and_tcp : ipv6_and_tcp);
}

typedef struct hg_memo hg_memo;
typedef struct hg_memo_entry hg_memo_entry;

/* A queued handshake. */
typedef struct hg_pending {
    const hg_packet *packet;
    hg_handshake *handshake;
    const hg_db_template *template; /* the only candidate; once compared, the one that the options fit; NULL: none */
    uint64_t headers; /* the headers' part of the cache key; 0: the packet is not cached */
    uint64_t hash;    /* of the cache key */
    const hg_memo_entry *entry; /* the only cache entry that may match */
    uint8_t way;      /* position of the entry in its set */
    uint32_t layout;  /* number of the option layout; HG_NO_INDEX: no signature has it */
} hg_pending;

/* How many handshakes are processed together. Their working set stays in the L1 cache. */
enum { HG_SETTLED_TOGETHER = 32 };

typedef struct hg_matcher {
    const hg_database *database; /* NULL: nothing is matched */
    hg_memo *memo;
    uint64_t hash_key;
    uint32_t lookups; /* since the last decision whether to use the cache */
    uint32_t hits;    /* of these lookups */
    uint32_t rest; /* how many handshakes bypass the cache before it is used again */
    uint32_t pending_count;
    uint8_t large; /* 1: the table does not fit into the L2 cache */
    hg_pending pending[HG_SETTLED_TOGETHER];
    hg_plan plans[HG_SETTLED_TOGETHER]; /* used if `large` is 1 */
} hg_matcher;

hg_status hg_matcher_init(hg_matcher *matcher, const hg_database *database, uint64_t hash_key, hg_error *error);
void hg_matcher_clear(hg_matcher *matcher);

/* Completes all handshakes that hg_matcher_queue has queued. */
void hg_matcher_settle(hg_matcher *matcher);

/* Queues a SYN or SYN+ACK for matching. The peer's MSS is not used yet. `handshake` is complete only after
 * hg_matcher_settle. Until then the handshake, the packet and its bytes must not move. */
static inline void hg_matcher_queue(hg_matcher *matcher, const hg_packet *packet, hg_handshake *handshake)
{
    if (matcher->pending_count == HG_SETTLED_TOGETHER)
        hg_matcher_settle(matcher);
    hg_pending *pending = matcher->pending + matcher->pending_count++;
    pending->packet = packet;
    pending->handshake = handshake;
}

/* Matches a SYN+ACK again if only the peer's MSS divides its window (hg_observe_peer). */
void hg_matcher_learn_peer(const hg_database *database, hg_handshake *handshake, uint16_t peer_mss);

/* ---- templates: one comparison recognises a layout of options ---------------------- */

/* The window: the HG_TEMPLATE_BYTES bytes before the end of the options, which are compared with templates. If the
 * options are shorter, it begins in the headers, which have at least 40 bytes. So it is always part of the frame. */
static inline const uint8_t *hg_template_window(const hg_packet *packet)
{
    return hg_tcp_options(packet) + packet->options_length - HG_TEMPLATE_BYTES;
}
