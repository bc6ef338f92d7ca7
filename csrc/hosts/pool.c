/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * pool.c - records of one size, by number from 1 on, in blocks that never move.
 */
#include "hosts/pool.h"

#include <stdlib.h>
#include <string.h>

int hg_pool_init(hg_pool *pool, uint32_t record_bytes, uint32_t limit)
{
    *pool = (hg_pool){.record_bytes = record_bytes, .limit = limit};
    pool->blocks = calloc((size_t)limit / HG_POOL_BLOCK + 1, sizeof *pool->blocks);
    return pool->blocks != NULL;
}

void hg_pool_clear(hg_pool *pool)
{
    if (pool->blocks != NULL)
        for (size_t i = 0; i < (size_t)pool->limit / HG_POOL_BLOCK + 1; i++)
            free(pool->blocks[i]);
    free(pool->blocks);
    *pool = (hg_pool){0};
}

uint32_t hg_pool_take(hg_pool *pool)
{
    uint32_t index = pool->free;
    if (index != 0) {
        void *record = hg_pool_at(pool, index);
        memcpy(&pool->free, record, sizeof pool->free);
        memset(record, 0, pool->record_bytes);
        return index;
    }
    if (pool->used == pool->limit)
        return 0;
    uint8_t **block = pool->blocks + pool->used / HG_POOL_BLOCK;
    if (*block == NULL)
        *block = calloc(HG_POOL_BLOCK, pool->record_bytes);
    return *block == NULL ? 0 : ++pool->used;
}

void hg_pool_give_back(hg_pool *pool, uint32_t index)
{
    memcpy(hg_pool_at(pool, index), &pool->free, sizeof pool->free);
    pool->free = index;
}

int hg_chains_make(hg_chains *chains, uint32_t records)
{
    enum { MOST_CHAINS = 1 << 16 };
    uint32_t count = 1024;
    if (chains->heads != NULL)
        return 1;
    while (count < records && count < MOST_CHAINS)
        count *= 2;
    chains->heads = calloc(count, sizeof *chains->heads);
    chains->mask = count - 1;
    return chains->heads != NULL;
}
