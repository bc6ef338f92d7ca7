/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * pool.h - records of one size, by number from 1 on, in blocks that never move.
 */
#ifndef HG_POOL_H
#define HG_POOL_H

#include <stddef.h>
#include <stdint.h>

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
void hg_pool_give_back(hg_pool *pool, uint32_t index);

/* The record of a number that was given out. */
static inline void *hg_pool_at(const hg_pool *pool, uint32_t index)
{
    uint32_t at = index - 1;
    return pool->blocks[at / HG_POOL_BLOCK] + (size_t)(at % HG_POOL_BLOCK) * pool->record_bytes;
}

/* The first records of chains, by the hash of their keys. */
typedef struct hg_chains {
    uint32_t *heads; /* NULL: none yet */
    uint32_t mask;
    uint32_t zero;
} hg_chains;

/* Makes as many chains as there can be records, up to a limit, where there are none; 0: no memory. */
int hg_chains_make(hg_chains *chains, uint32_t records);

#endif
