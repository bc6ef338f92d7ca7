/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * clocks.h - the timestamps that hosts sent last, from which uptimes are read.
 *
 * A bounded table, allocated once: a hash table with chains, whose records also stand in one
 * list, longest unseen first. The list is a ring that its end closes, as those of flows.
 */
#pragma once

#include "base/prefetch.h"
#include "flow/index.h"
#include "packet/packet.h"

enum { HG_FIRST_HOST = 1 };
enum { HG_CLOCK_RATES = 14 }; /* that are known (uptime.c) */

/* A timestamp and when it was sent; ts 0 stands for none. */
typedef struct hg_reference {
    int64_t ms; /* since the epoch */
    uint32_t ts;
} hg_reference;

/* 56 bytes, so that a million hosts with their chains stay under 64 MB; hence times in parts, and bits. */
typedef struct hg_host {
    hg_address address;  /* hg_identity */
    uint32_t ts[2];      /* of the last SYN and of the last SYN+ACK */
    uint32_t ms_low[2];  /* when they were sent: 48 bits, from 2^47 ms before the epoch on */
    uint16_t ms_high[2];
    unsigned first_seen : 26; /* since the epoch, in HG_SEEN_UNIT_S */
    unsigned peer : 6;        /* a hash of the address at the other end of the reading */
    hg_index chain;
    hg_index older;
    hg_index newer;
    uint8_t version;
    uint8_t scattered : 1; /* its clocks differ from connection to connection */
    uint8_t rate : 4;      /* of the reading that later ones are compared with, see uptime.c; 0: none */
    uint8_t server : 1;    /* that reading was of a server */
    uint8_t supported : 1; /* another one agreed with it, and nothing spoke against that */
    uint16_t signature;    /* of the last handshake; HG_NO_HOST_SIGNATURE: none, or one beyond */
} hg_host;

#define HG_NO_HOST_SIGNATURE 0xffffU
enum { HG_SEEN_UNIT_S = 64 };

_Static_assert(sizeof(hg_host) == 56, "a million hosts are to fit into 64 MB");

/* A hash table of its own, as that of the flows is: each handshake looks here. */
typedef struct hg_clocks {
    /* Never changed, and read by all workers. */
    uint8_t apart_before[HG_APART];
    hg_host *hosts; /* the first is the end of the list */
    hg_index *heads;
    uint64_t hash_key;
    uint32_t capacity;
    uint32_t mask;
    uint8_t apart[HG_APART];
    hg_stats *stats; /* a sensor exchanges it, as that of the flows */
    hg_index next; /* never used so far, as all after it: untouched memory */
} hg_clocks;

/* Allocates the table. `stats` is where hosts are counted. */
hg_status hg_clocks_init(hg_clocks *clocks, const hg_config *config, hg_stats *stats, hg_error *error);
void hg_clocks_clear(hg_clocks *clocks);
/* Forgets all hosts. */
void hg_clocks_reset(hg_clocks *clocks);

/* The index of the chain that holds an address. */
uint32_t hg_clocks_slot(const hg_clocks *clocks, hg_address address, uint8_t version);

/* Ask the cache for the place of a packet's source, as hg_flows_prefetch_head and _record. */
static inline void hg_clocks_prefetch_head(const hg_clocks *clocks, const hg_packet *packet)
{
    hg_prefetch_line(clocks->heads + (packet->source_hash & clocks->mask));
}

static inline void hg_clocks_prefetch_record(const hg_clocks *clocks, const hg_packet *packet)
{
    hg_prefetch_line(clocks->hosts + clocks->heads[packet->source_hash & clocks->mask]);
}

/* The source of the packet, or NULL when no timestamp of it is remembered. */
hg_host *hg_clocks_find(const hg_clocks *clocks, const hg_packet *packet);
/* The timestamp that the host sent last in a SYN (`syn_ack` 0) or SYN+ACK (1). */
hg_reference hg_host_reference(const hg_host *host, int syn_ack);
/* Remembers one that the packet carries. `host` is what hg_clocks_find found for it; a host is
 * made for a timestamp other than 0, with `signature`. */
void hg_clocks_remember(hg_clocks *clocks, const hg_packet *packet, hg_host *host, int syn_ack,
                        hg_reference reference, uint16_t signature);
