/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * pool.h - records of one size, numbered from 1, in blocks that never move; linked lists and hash tables of them.
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
    uint32_t limit;        /* the most records */
    uint32_t used;         /* the highest number ever taken; records up to it may be free */
    uint32_t free;         /* the first free record; 0: none */
} hg_pool;

/* Allocates only the list of blocks. 0: no memory. */
int hg_pool_init(hg_pool *pool, uint32_t record_bytes, uint32_t limit);
void hg_pool_clear(hg_pool *pool);
/* The number of a new record, all zero; 0: the limit is reached, or there is no memory. */
uint32_t hg_pool_take(hg_pool *pool);
/* Frees a record; 0 has no effect. */
void hg_pool_give_back(hg_pool *pool, uint32_t index);
/* Chooses a record for eviction: of the next 16 records, the least recently seen one, by the time at offset
 * `last_ns_offset` in a record. `*cursor` is where the search continues. No record of the pool may be free. 0: there are
 * no records. */
uint32_t hg_pool_oldest(const hg_pool *pool, uint32_t *cursor, size_t last_ns_offset);
/* The record with number `*number`. If that is 0, takes a record and stores its number. NULL: there is no room. */
void *hg_pool_get_or_take(hg_pool *pool, uint32_t *number);

/* The record with this number, which must not be free. */
static inline void *hg_pool_at(const hg_pool *pool, uint32_t index)
{
    uint32_t at = index - 1;
    return pool->blocks[at / HG_POOL_BLOCK] + (size_t)(at % HG_POOL_BLOCK) * pool->record_bytes;
}

/* The same, but NULL for 0. */
static inline void *hg_pool_get(const hg_pool *pool, uint32_t index)
{
    return index == 0 ? NULL : hg_pool_at(pool, index);
}

/* ---- lists: each record begins with the number of the next one; 0: none ---- */

/* The record after `after`, or the first one if that is NULL. NULL: there are no more. */
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
/* Frees all records of a list. */
void hg_pool_give_back_list(hg_pool *pool, uint32_t first);

/* ---- hash tables: records in chains ---- */

/* A chain links the records of a pool whose hashes have the same low bits, the latest first. */
typedef struct hg_chains {
    uint32_t *heads; /* numbers of the first records; NULL: not allocated yet */
    uint32_t mask;   /* the number of chains, less 1 */
    uint32_t link_offset; /* where a record stores the number of the next record in its chain */
} hg_chains;

/* Computes the hash of a record's key. `context` is passed on from hg_chains_grow. */
typedef uint32_t (*hg_record_hash)(const void *context, const void *record);

/* Allocates a power of two of chains for `records`: 256 to 65,536. 0: no memory. */
int hg_chains_init(hg_chains *chains, uint32_t records, size_t link_offset);
/* Doubles the number of chains if the pool has as many records. No record may be free. Without memory, chains get
 * longer instead. */
void hg_chains_grow(hg_chains *chains, const hg_pool *pool, hg_record_hash hash, const void *context);
/* These add a record to the chain of its hash, or remove it from there. */
void hg_chains_enter(hg_chains *chains, const hg_pool *pool, uint32_t hash, uint32_t number);
void hg_chains_leave(hg_chains *chains, const hg_pool *pool, uint32_t hash, uint32_t number);

/* The first record of a chain; 0: none. */
static inline uint32_t hg_chains_first(const hg_chains *chains, uint32_t hash)
{
    return chains->heads == NULL ? 0 : chains->heads[hash & chains->mask];
}
