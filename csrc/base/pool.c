/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "base/pool.h"

#include <stdlib.h>

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
    if (index == 0)
        return;
    memcpy(hg_pool_at(pool, index), &pool->free, sizeof pool->free);
    pool->free = index;
}

void *hg_pool_get_or_take(hg_pool *pool, uint32_t *number)
{
    if (*number == 0)
        *number = hg_pool_take(pool);
    return hg_pool_get(pool, *number);
}

/* ---- lists ------------------------------------------------------------------------------------------ */

void *hg_pool_append(hg_pool *pool, uint32_t *first, uint32_t most, uint32_t *number)
{
    void *last = NULL;
    uint32_t count = 0;
    for (void *next; (next = hg_pool_next(pool, *first, last)) != NULL; last = next)
        count++;
    *number = count < most ? hg_pool_take(pool) : 0;
    if (*number == 0)
        return NULL;
    memcpy(last == NULL ? first : last, number, sizeof *number);
    return hg_pool_at(pool, *number);
}

int hg_pool_append_new(hg_pool *pool, uint32_t *first, uint32_t most, const void *record)
{
    const size_t link = sizeof *first, bytes = pool->record_bytes - link;
    const uint8_t *wanted = (const uint8_t *)record + link;
    uint8_t *one = NULL;
    uint32_t number;
    while ((one = hg_pool_next(pool, *first, one)) != NULL)
        if (memcmp(one + link, wanted, bytes) == 0)
            return 1;
    one = hg_pool_append(pool, first, most, &number);
    if (one != NULL)
        memcpy(one + link, wanted, bytes);
    return one != NULL;
}

void hg_pool_give_back_list(hg_pool *pool, uint32_t first)
{
    while (first != 0) {
        const uint32_t number = first;
        memcpy(&first, hg_pool_at(pool, number), sizeof first);
        hg_pool_give_back(pool, number);
    }
}

/* ---- hash tables ------------------------------------------------------------------------------------ */

static uint32_t *link_of(const hg_chains *chains, uint32_t number)
{
    return (uint32_t *)((uint8_t *)hg_pool_at(chains->pool, number) + chains->link_offset);
}

/* The head of the chain to which a record belongs. */
static uint32_t *head_of(const hg_chains *chains, uint32_t number)
{
    return chains->heads + (chains->hash(chains->context, hg_pool_at(chains->pool, number)) & chains->mask);
}

static void link_record(hg_chains *chains, uint32_t number)
{
    uint32_t *head = head_of(chains, number);
    *link_of(chains, number) = *head;
    *head = number;
}

int hg_chains_init(hg_chains *chains, hg_pool *pool, size_t link_offset, int grows, hg_record_hash *hash,
                   const void *context)
{
    enum { FIRST_CHAINS = 256, MOST_CHAINS = 1 << 16 };
    uint32_t count = FIRST_CHAINS;
    while (!grows && count < pool->limit && count < MOST_CHAINS)
        count *= 2;
    *chains = (hg_chains){.heads = calloc(count, sizeof *chains->heads),
                          .pool = pool,
                          .hash = hash,
                          .context = context,
                          .mask = count - 1,
                          .link_offset = (uint32_t)link_offset,
                          .grows = grows != 0};
    return chains->heads != NULL;
}

/* Moves the records of a chain to the chains that they belong to now, in their order. */
static void spread(hg_chains *chains, uint32_t first)
{
    uint32_t reversed = 0, next;
    for (uint32_t at = first; at != 0; at = next) {
        next = *link_of(chains, at);
        *link_of(chains, at) = reversed;
        reversed = at;
    }
    for (uint32_t at = reversed; at != 0; at = next) {
        next = *link_of(chains, at);
        link_record(chains, at);
    }
}

void hg_chains_enter(hg_chains *chains, uint32_t number)
{
    const uint32_t used = chains->pool->used;
    uint32_t *wider =
        chains->grows && used > chains->mask ? calloc(2 * ((size_t)chains->mask + 1), sizeof *wider) : NULL;
    if (wider != NULL) {
        uint32_t *before = chains->heads;
        const uint32_t last = chains->mask;
        chains->heads = wider;
        chains->mask = 2 * last + 1;
        for (uint32_t i = 0; i <= last; i++)
            spread(chains, before[i]);
        free(before);
    }
    link_record(chains, number);
}

void hg_chains_leave(hg_chains *chains, uint32_t number)
{
    uint32_t *at = head_of(chains, number);
    while (*at != number)
        at = link_of(chains, *at);
    *at = *link_of(chains, number);
}

uint32_t hg_chains_take(hg_chains *chains, size_t last_ns_offset)
{
    enum { LOOKED_AT = 16 };
    const hg_pool *pool = chains->pool;
    uint32_t oldest = hg_pool_take(chains->pool), *cursor = &chains->eviction_cursor;
    int64_t seen_ns, oldest_ns = INT64_MAX;
    if (oldest != 0)
        return oldest;
    for (uint32_t i = 0; i < LOOKED_AT && pool->used > 0; i++) {
        *cursor = *cursor < pool->used ? *cursor + 1 : 1;
        memcpy(&seen_ns, (const uint8_t *)hg_pool_at(pool, *cursor) + last_ns_offset, sizeof seen_ns);
        if (oldest == 0 || seen_ns < oldest_ns) {
            oldest = *cursor;
            oldest_ns = seen_ns;
        }
    }
    if (oldest != 0)
        hg_chains_leave(chains, oldest);
    return oldest;
}
