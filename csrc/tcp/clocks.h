/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * clocks.h - remembers the latest timestamps of each host, from which uptimes are computed.
 *
 * A bounded hash table with chains, allocated once. Its records are also in one list, least recently seen first. As in
 * flow/flows.h, the list is a ring; record 0 is its end.
 */
#pragma once

#include "base/prefetch.h"
#include "flow/hash.h"
#include "flow/index.h"

enum { HG_FIRST_HOST = 1 };
enum { HG_CLOCK_RATES = 14 }; /* number of known rates (uptime.c) */

/* A TCP timestamp, and the capture time of its packet. ts 0: none. */
typedef struct hg_reference {
    int64_t ms; /* since the epoch */
    uint32_t ts;
} hg_reference;

/* 56 bytes, so that a million hosts and their chains stay below 64 MB. That is why times are split and flags are bits.
 * A reading is an uptime computed from two timestamps; the kept reading is the first one since the last
 * contradiction. */
typedef struct hg_host {
    hg_address address;  /* in the form of hg_identity */
    uint32_t ts[2];      /* timestamp of the last SYN, and of the last SYN+ACK */
    uint32_t ms_low[2];  /* their capture times in ms: 48 bits, counted from 2^47 ms before the epoch */
    uint16_t ms_high[2];
    unsigned first_seen : 26; /* since the epoch, in units of HG_SEEN_UNIT_S */
    unsigned peer : 6;        /* hash of the peer's address in the kept reading */
    hg_index chain;
    hg_index older;
    hg_index newer;
    uint8_t version;
    uint8_t scattered : 1; /* 1: its connections do not share one clock */
    uint8_t rate : 4;      /* number of the kept reading's rate (uptime.c), for comparison with later ones; 0: none */
    uint8_t server : 1;    /* 1: the host was the server in the kept reading */
    uint8_t supported : 1; /* 1: a later reading confirmed the kept one, and no other evidence contradicts it */
    uint16_t signature;    /* of the last handshake; HG_NO_HOST_SIGNATURE: none, or its index is too large */
} hg_host;

#define HG_NO_HOST_SIGNATURE 0xffffU
enum { HG_SEEN_UNIT_S = 64 };

_Static_assert(sizeof(hg_host) == 56, "a million hosts are to fit into 64 MB");

/* Like hg_flows, and for the same reasons, the table does not use base/pool.h. */
typedef struct hg_clocks {
    /* The members from here to `apart` never change; all workers read them. */
    uint8_t apart_before[HG_APART];
    hg_host *hosts; /* record 0 is the end of the list */
    hg_index *heads;
    uint64_t hash_key;
    uint32_t capacity;
    uint32_t mask;
    uint8_t apart[HG_APART];
    hg_stats *stats; /* a sensor replaces the pointer, because each worker has its own counters */
    hg_index next; /* the first record not used since the last reset; later ones are unused, too */
} hg_clocks;

/* Allocates the table. `stats` counts hosts and evictions. */
hg_status hg_clocks_init(hg_clocks *clocks, const hg_config *config, hg_stats *stats, hg_error *error);
void hg_clocks_clear(hg_clocks *clocks);
/* Forgets all hosts. */
void hg_clocks_reset(hg_clocks *clocks);

/* The index of an address's chain. */
uint32_t hg_clocks_slot(const hg_clocks *clocks, hg_address address, uint8_t version);

/* These prefetch the record of a packet's source, as hg_flows_prefetch_head and hg_flows_prefetch_record do. */
static inline void hg_clocks_prefetch_head(const hg_clocks *clocks, const hg_packet *packet)
{
    hg_prefetch_line(clocks->heads + (packet->source_hash & clocks->mask));
}

static inline void hg_clocks_prefetch_record(const hg_clocks *clocks, const hg_packet *packet)
{
    hg_prefetch_line(clocks->hosts + clocks->heads[packet->source_hash & clocks->mask]);
}

/* The record of the packet's source; NULL: there is none. */
static inline hg_host *hg_clocks_find(const hg_clocks *clocks, const hg_packet *packet)
{
    hg_index index = clocks->heads[packet->source_hash & clocks->mask];
    for (; index != 0; index = clocks->hosts[index].chain) {
        hg_host *host = clocks->hosts + index;
        if (hg_same_address(host->address, hg_identity(packet, packet->source)) && host->version == packet->version)
            return host;
    }
    return NULL;
}

#define HG_FIRST_STORED_MS (-(INT64_C(1) << 47)) /* stored as 0, also for "never" */

static inline int64_t hg_stored_ms(const hg_host *host, int syn_ack)
{
    return (int64_t)((uint64_t)host->ms_high[syn_ack] << 32 | host->ms_low[syn_ack]) + HG_FIRST_STORED_MS;
}

/* The latest timestamp of the host in a SYN (`syn_ack` 0) or SYN+ACK (1). */
static inline hg_reference hg_host_reference(const hg_host *host, int syn_ack)
{
    return (hg_reference){.ms = hg_stored_ms(host, syn_ack), .ts = host->ts[syn_ack]};
}

/* Stores the packet's timestamp in `host`, the result of hg_clocks_find. If that is NULL, adds a host with `signature`,
 * unless the timestamp is 0. */
void hg_clocks_remember(hg_clocks *clocks, const hg_packet *packet, hg_host *host, int syn_ack, hg_reference reference,
                        uint16_t signature);
