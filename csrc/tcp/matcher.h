/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * matcher.h - names handshake packets, remembering what it named lately.
 */
#pragma once

#include "database/database.h"
#include "tcp/observe.h"
#include "database/table.h"

/* What the stages before the conversation find out about a SYN or SYN+ACK. */
typedef struct hg_handshake {
    hg_observation observation;
    hg_match match;
    int32_t distance; /* hops */
    uint32_t mtu;     /* hg_mtu */
    uint32_t link;    /* index of the [mtu] signature, or HG_NO_SIGNATURE */
    uint8_t ittl;     /* that the TTL alone suggests */
    uint8_t userland; /* 1: a tool speaks for itself here, not for the host */
} hg_handshake;

/* What the MSS of the observation says of the link; 0 without one. */
static inline uint32_t hg_mtu(const hg_observation *observation)
{
    const uint32_t ipv4_and_tcp = 40, ipv6_and_tcp = 60;
    return observation->mss == 0 ? 0 : observation->mss + (observation->version == 4 ? ipv4_and_tcp : ipv6_and_tcp);
}

typedef struct hg_memo hg_memo;
typedef struct hg_memo_entry hg_memo_entry;

/* A handshake on its way through the stages of hg_matcher_settle. */
typedef struct hg_pending {
    const hg_packet *packet;
    hg_handshake *handshake;
    const hg_db_template *template; /* that the options fit, or NULL */
    uint64_t headers; /* its part of the memo's key; 0: it is not for the memo */
    uint64_t hash;    /* of that key */
    const hg_memo_entry *entry; /* of the memo: the only one that may be its */
    uint8_t way;      /* of the entry in its set */
    uint32_t layout;  /* or HG_NO_INDEX: no signature has it */
} hg_pending;

/* As many as keep their working set in the L1 cache. */
enum { HG_SETTLED_TOGETHER = 32 };

typedef struct hg_matcher {
    const hg_database *database; /* or NULL: nothing has a name */
    hg_memo *memo;
    uint64_t hash_key;
    uint32_t lookups; /* since the memo was last judged */
    uint32_t hits;
    uint32_t rest; /* handshakes to let pass before the memo is tried again */
    uint32_t pending_count;
    uint8_t large; /* 1: the table does not stay in the caches */
    hg_pending pending[HG_SETTLED_TOGETHER];
    hg_plan plans[HG_SETTLED_TOGETHER]; /* where large */
} hg_matcher;

hg_status hg_matcher_init(hg_matcher *matcher, const hg_database *database, uint64_t hash_key, hg_error *error);
void hg_matcher_clear(hg_matcher *matcher);

/* Completes all handshakes that were taken. */
void hg_matcher_settle(hg_matcher *matcher);

/* Observes and names the packet, a SYN or SYN+ACK, without its peer's MSS. `handshake` is complete
 * only after hg_matcher_settle; it, the packet and its bytes must stay where they are until then. */
static inline void hg_matcher_take(hg_matcher *matcher, const hg_packet *packet, hg_handshake *handshake)
{
    if (matcher->pending_count == HG_SETTLED_TOGETHER)
        hg_matcher_settle(matcher);
    hg_pending *pending = matcher->pending + matcher->pending_count++;
    pending->packet = packet;
    pending->handshake = handshake;
}

/* Names a SYN+ACK again where its peer's MSS changes what its window is a multiple of. */
void hg_matcher_learn_peer(const hg_database *database, hg_handshake *handshake, uint16_t peer_mss);

/* ---- templates: options of a known layout, recognised by one comparison ------------------------------ */

/* The last HG_TEMPLATE_BYTES bytes of the options, at which templates look. At least 40 bytes of headers come
 * before the options, so these bytes are always part of the frame. */
static inline const uint8_t *hg_template_window(const hg_packet *packet)
{
    return hg_tcp_options(packet) + packet->options_length - HG_TEMPLATE_BYTES;
}

