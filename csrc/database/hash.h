/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * hash.h - the place of a key in the hash tables of a database.
 *
 * The same as `mix` in sigcompiler/table/hashing.py: from the database's hash key on one step a word,
 * then `finish`.
 */
#pragma once

#include "hg_layout.h"

static inline uint64_t hg_hash_step(uint64_t state, uint64_t word)
{
    state = (state ^ word) * HG_HASH_MULTIPLIER;
    return state ^ (state >> 32);
}

static inline uint32_t hg_hash_finish(uint64_t state)
{
    return (uint32_t)((state * HG_HASH_MULTIPLIER) >> 32);
}
