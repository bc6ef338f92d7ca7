/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * pool.h - records of one size, by number from 1 on, in blocks that never move; lists of them, and hash tables.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifndef HG_POOL_BLOCK
#define HG_POOL_BLOCK 4096 /* records of a block; fuzzers take fewer, which cost less to make */
#endif

typedef struct hg_pool {
    uint8_t **blocks;
    uint32_t record_bytes; /* at least 4, in which a record that was given back names the next one */
    uint32_t limit;        /* the most records */
    uint32_t used;         /* the highest number that was given out */
    uint32_t free;         /* the first record that was given back, 0: none */
} hg_pool;

/* 0: no memory. Nothing but a list of blocks is allocated yet. */
int hg_pool_init(hg_pool *pool, uint32_t record_bytes, uint32_t limit);
void hg_pool_clear(hg_pool *pool);
/* A record of zeros; 0: there are too many, or there is no memory. */
uint32_t hg_pool_take(hg_pool *pool);
/* Nothing of 0. */
void hg_pool_give_back(hg_pool *pool, uint32_t index);
/* The least recently seen of the next few records, by the time at `last_ns`; none was given back. `hand` is where the search
 * continues. 0: none. */
uint32_t hg_pool_oldest(const hg_pool *pool, uint32_t *hand, size_t last_ns);
/* The record of a place, taken with its first use; NULL: there was no room. */
void *hg_pool_keep(hg_pool *pool, uint32_t *place);

/* The record of a number that was given out. */
static inline void *hg_pool_at(const hg_pool *pool, uint32_t index)
{
    uint32_t at = index - 1;
    return pool->blocks[at / HG_POOL_BLOCK] + (size_t)(at % HG_POOL_BLOCK) * pool->record_bytes;
}

/* The record of a number; NULL for 0. */
static inline void *hg_pool_get(const hg_pool *pool, uint32_t index)
{
    return index == 0 ? NULL : hg_pool_at(pool, index);
}

/* ---- lists: records that begin with the number of the next one, 0: none ---- */

/* The record after one, the first after NULL; NULL: none. */
static inline void *hg_pool_next(const hg_pool *pool, uint32_t first, const void *after)
{
    uint32_t next = first;
    if (after != NULL)
        memcpy(&next, after, sizeof next);
    return hg_pool_get(pool, next);
}

/* A new record at the end of a list, and its number; NULL: it has `most` already, or there is no memory. */
void *hg_pool_append(hg_pool *pool, uint32_t *first, uint32_t most, uint32_t *number);
void hg_pool_give_back_list(hg_pool *pool, uint32_t first);

/* ---- hash tables: records in chains ---- */

/* Chains of the records of a pool with the same hash, the latest first. */
typedef struct hg_chains {
    uint32_t *heads; /* NULL: none yet */
    uint32_t mask;
    uint32_t link;   /* where a record has the number of the next one of its chain */
} hg_chains;

/* The hash of a record's key. */
typedef uint32_t (*hg_record_hash)(const void *of, const void *record);

/* As many chains as there can be records, up to a limit; 0: no memory. */
int hg_chains_init(hg_chains *chains, uint32_t records, size_t link);
/* Twice as many when there are as many records in use; without memory for them, chains get longer. */
void hg_chains_grow(hg_chains *chains, const hg_pool *pool, hg_record_hash hash, const void *of);
void hg_chains_enter(hg_chains *chains, const hg_pool *pool, uint32_t hash, uint32_t number);
void hg_chains_leave(hg_chains *chains, const hg_pool *pool, uint32_t hash, uint32_t number);

/* The first record of a chain; 0: none. */
static inline uint32_t hg_chains_first(const hg_chains *chains, uint32_t hash)
{
    return chains->heads == NULL ? 0 : chains->heads[hash & chains->mask];
}
