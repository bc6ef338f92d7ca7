/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * clocks.c - the table of hosts and their timestamps.
 */
#include "tcp/clocks.h"

#include "base/error.h"
#include "base/memory.h"

#define HOST_AGE_MS (120 * 60 * INT64_C(1000))

/* The most hosts: as many as there are indexes, except for the end of the list and the records for prefetching. */
#define MOST_HOSTS (UINT32_MAX - HG_FIRST_HOST - PREFETCHED)

/* Memory is prefetched this many records ahead of an eviction. As many empty records follow the table. */
enum { PREFETCHED = 12 };

uint32_t hg_clocks_slot(const hg_clocks *clocks, hg_address address, uint8_t version)
{
    return hg_hash_fold(hg_hash_address(clocks->hash_key, address, version)) & clocks->mask;
}

/* ---- set-up -------------------------------------------------------------------------- */

static void forget(hg_clocks *clocks)
{
    clocks->hosts[0] = (hg_host){.older = 0, .newer = 0};
    clocks->next = HG_FIRST_HOST;
}

hg_status hg_clocks_init(hg_clocks *clocks, const hg_config *config, hg_stats *stats, hg_error *error)
{
    uint32_t heads = hg_chain_heads(config->max_hosts);
    *clocks = (hg_clocks){
        .hash_key = config->hash_key,
        .capacity = config->max_hosts < MOST_HOSTS ? config->max_hosts : MOST_HOSTS,
        .mask = heads - 1,
        .stats = stats,
    };
    clocks->hosts = hg_zeroed((size_t)HG_FIRST_HOST + clocks->capacity + PREFETCHED, sizeof(hg_host));
    clocks->heads = hg_zeroed(heads, sizeof(hg_index));
    if (clocks->hosts == NULL || clocks->heads == NULL) {
        hg_clocks_clear(clocks);
        return hg_fail(error, HG_E_MEMORY, "no memory for the clocks of %u hosts", config->max_hosts);
    }
    forget(clocks);
    return HG_OK;
}

void hg_clocks_reset(hg_clocks *clocks)
{
    memset(clocks->heads, 0, ((size_t)clocks->mask + 1) * sizeof *clocks->heads);
    forget(clocks);
}

void hg_clocks_clear(hg_clocks *clocks)
{
    hg_zeroed_free(clocks->hosts);
    hg_zeroed_free(clocks->heads);
    *clocks = (hg_clocks){0};
}

/* ---- references ---------------------------------------------------------------------- */

static inline void store_reference(hg_host *host, int syn_ack, hg_reference reference)
{
    uint64_t ms = (uint64_t)(reference.ms - HG_FIRST_STORED_MS);
    host->ts[syn_ack] = reference.ts;
    host->ms_low[syn_ack] = (uint32_t)ms;
    host->ms_high[syn_ack] = (uint16_t)(ms >> 32);
}

static inline int64_t host_seen_ms(const hg_host *host)
{
    int64_t syn = hg_stored_ms(host, 0), syn_ack = hg_stored_ms(host, 1);
    return syn > syn_ack ? syn : syn_ack;
}

/* Removes the oldest host from its chain and from the list. Its record can then be used again. */
static inline void unlink_oldest(hg_clocks *clocks, hg_index oldest)
{
    hg_host *hosts = clocks->hosts, *host = hosts + oldest;
    hg_index *at = clocks->heads + hg_clocks_slot(clocks, host->address, host->version);
    while (*at != oldest)
        at = &hosts[*at].chain;
    *at = host->chain;
    HG_LIST_REMOVE(hosts, oldest);
}

/* Prefetches memory for the next evictions. Records are created in table order and mostly evicted in that order, so the
 * records after the evicted one are probably evicted next. In a flood with ten thousand hosts this saves 4 of 30 ns. */
static inline void prefetch_evictions(const hg_clocks *clocks, hg_index evicted)
{
    const hg_host *next = clocks->hosts + evicted + PREFETCHED / 2;
    hg_prefetch_line(clocks->heads + hg_clocks_slot(clocks, next->address, next->version));
    hg_prefetch_line(clocks->hosts + evicted + PREFETCHED);
}

/* Returns a record for a new host: the record of the least recently seen host if that one is too old, else an unused
 * record, else the record of the least recently seen host. */
static inline hg_index free_host(hg_clocks *clocks, int64_t now_ms)
{
    hg_index oldest = clocks->hosts[0].newer;
    int aged = oldest != 0 && now_ms - host_seen_ms(clocks->hosts + oldest) > HOST_AGE_MS;
    if (!aged && clocks->next - HG_FIRST_HOST < clocks->capacity)
        return clocks->next++;
    if (aged)
        clocks->stats->hosts_aged++;
    else
        clocks->stats->hosts_evicted++;
    unlink_oldest(clocks, oldest);
    prefetch_evictions(clocks, oldest);
    return oldest;
}

static __attribute__((noinline)) hg_host *new_host(hg_clocks *clocks, const hg_packet *packet, int64_t now_ms)
{
    hg_index index = free_host(clocks, now_ms);
    hg_index *head = clocks->heads + (packet->source_hash & clocks->mask);
    hg_host *host = clocks->hosts + index;
    *host = (hg_host){
        .address = hg_identity(packet, packet->source),
        .version = packet->version,
        .chain = *head,
        .first_seen = (now_ms > 0 ? (uint32_t)((uint64_t)now_ms / 1000) / HG_SEEN_UNIT_S : 0) & 0x3ffffffU,
    };
    *head = index;
    HG_LIST_APPEND(clocks->hosts, index, 0);
    clocks->stats->hosts++;
    return host;
}

void hg_clocks_remember(hg_clocks *clocks, const hg_packet *packet, hg_host *host, int syn_ack, hg_reference reference,
                        uint16_t signature)
{
    if (host == NULL) {
        if (reference.ts == 0)
            return;
        host = new_host(clocks, packet, reference.ms);
        host->signature = signature;
    } else if (host->newer != 0) {
        hg_index index = (hg_index)(host - clocks->hosts);
        HG_LIST_REMOVE(clocks->hosts, index);
        HG_LIST_APPEND(clocks->hosts, index, 0);
    }
    store_reference(host, syn_ack, reference);
}
