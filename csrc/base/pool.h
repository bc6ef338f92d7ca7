/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * pool.h - records of one size, numbered from 1, in blocks that never move; linked lists and hash tables of records.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifndef HG_POOL_BLOCK
#define HG_POOL_BLOCK 4096 /* records in a block; fuzzers use fewer, which are faster to allocate */
#endif

typedef struct hg_pool {
    uint8_t **blocks;
    uint32_t record_bytes; /* at least 4: a free record stores the number of the next free one */
    uint32_t limit;        /* maximum number of records */
    uint32_t used;         /* the highest number ever taken; records up to it may be free */
    uint32_t free;         /* the first free record; 0: none */
} hg_pool;

/* Allocates only the list of blocks. 0: no memory. */
int hg_pool_init(hg_pool *pool, uint32_t record_bytes, uint32_t limit);
void hg_pool_clear(hg_pool *pool);
/* Takes a record, zeroed, and returns its number. 0: the limit is reached, or there is no memory. */
uint32_t hg_pool_take(hg_pool *pool);
/* Frees a record; 0 has no effect. */
void hg_pool_give_back(hg_pool *pool, uint32_t index);
/* The record with number `*number`. If that is 0, takes a record and stores its number. NULL: there is no room. */
void *hg_pool_get_or_take(hg_pool *pool, uint32_t *number);

/* The record with this number, which must not be free. */
static inline void *hg_pool_at(const hg_pool *pool, uint32_t index)
{
    uint32_t at = index - 1;
    return pool->blocks[at / HG_POOL_BLOCK] + (size_t)(at % HG_POOL_BLOCK) * pool->record_bytes;
}

/* As hg_pool_at, but NULL for number 0. */
static inline void *hg_pool_get(const hg_pool *pool, uint32_t index)
{
    return index == 0 ? NULL : hg_pool_at(pool, index);
}

/* ---- lists: each record begins with the number of the next one; 0: none ---- */

/* The record after `after`, or the first one if `after` is NULL. Returns NULL if there are no more. */
static inline void *hg_pool_next(const hg_pool *pool, uint32_t first, const void *after)
{
    uint32_t next = first;
    if (after != NULL)
        memcpy(&next, after, sizeof next);
    return hg_pool_get(pool, next);
}

/* Appends a new record to a list and sets `*number` to its number. NULL: the list has `most` records already, or the
 * pool has no room. */
void *hg_pool_append(hg_pool *pool, uint32_t *first, uint32_t most, uint32_t *number);
/* Appends a copy of a record, unless the list has an equal one. Padding is compared too. 0: there is no room. */
int hg_pool_append_new(hg_pool *pool, uint32_t *first, uint32_t most, const void *record);
/* Frees all records of a list. */
void hg_pool_give_back_list(hg_pool *pool, uint32_t first);

/* ---- hash tables: records in chains ---- */

/* Computes the hash of a record's key. `context` is hg_chains.context. */
typedef uint32_t hg_record_hash(const void *context, const void *record);

/* A hash table. Each chain links the records with hashes that have the same low bits, the latest first. */
typedef struct hg_chains {
    uint32_t *heads;          /* numbers of the first records */
    hg_pool *pool;
    hg_record_hash *hash;
    const void *context;
    uint32_t mask;            /* the number of chains, less 1 */
    uint32_t link_offset;     /* where a record stores the number of the next record in its chain */
    uint32_t eviction_cursor; /* where the search for a record to evict continues */
    uint8_t grows;            /* 1: the number of chains grows with the records; then no record may be freed */
} hg_chains;

/* Allocates 256 chains if `grows`; else at least as many as the pool's limit, but 256 to 65,536. 0: no memory. */
int hg_chains_init(hg_chains *chains, hg_pool *pool, size_t link_offset, int grows, hg_record_hash *hash,
                   const void *context);
/* Adds a record to the chain of its hash. Without memory to grow, chains get longer. */
void hg_chains_enter(hg_chains *chains, uint32_t number);
/* Removes a record from its chain. The record's key must be unchanged. */
void hg_chains_leave(hg_chains *chains, uint32_t number);
/* Takes a record for hg_chains_enter. If the pool has none left, evicts the least recently seen of the next 16, by the
 * time at offset `last_ns_offset`. An evicted record has left its chain, but keeps its content. Every record taken from
 * the pool must be in a chain. 0: there is no record to evict. */
uint32_t hg_chains_take(hg_chains *chains, size_t last_ns_offset);

/* The number of the first record in the chain for `hash`; 0: none. */
static inline uint32_t hg_chains_first(const hg_chains *chains, uint32_t hash)
{
    return chains->heads[hash & chains->mask];
}

/* The record after `after` in its chain, or the first one for `hash` if `after` is NULL. Returns NULL at the end. */
static inline void *hg_chains_next(const hg_chains *chains, uint32_t hash, const void *after)
{
    uint32_t next;
    if (after == NULL)
        next = hg_chains_first(chains, hash);
    else
        memcpy(&next, (const uint8_t *)after + chains->link_offset, sizeof next);
    return hg_pool_get(chains->pool, next);
}
