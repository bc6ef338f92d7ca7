/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * hash.h - hashes of words of 64 bits: from a key on one step a word, then their upper bits.
 *
 * The same as `mix` in sigcompiler/table/hashing.py, for the hash tables of a database.
 */
#pragma once

#include "hg_layout.h"

static inline uint64_t hg_hash_mix(uint64_t state, uint64_t word)
{
    state = (state ^ word) * HG_HASH_MULTIPLIER;
    return state ^ (state >> 32);
}

/* The bits that choose a place of a table. */
static inline uint32_t hg_hash_fold(uint64_t state)
{
    return (uint32_t)((state * HG_HASH_MULTIPLIER) >> 32);
}
