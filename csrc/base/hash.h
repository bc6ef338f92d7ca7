/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * hash.h - hashes of 64-bit words. Start with a key as state, call hg_hash_mix for each word, then hg_hash_fold.
 *
 * `mix` in sigcompiler/table/hashing.py computes the same, for the hash tables of a database.
 */
#pragma once

#include "hg_layout.h"

static inline uint64_t hg_hash_mix(uint64_t state, uint64_t word)
{
    state = (state ^ word) * HG_HASH_MULTIPLIER;
    return state ^ (state >> 32);
}

/* The 32-bit hash of a state, whose low bits choose a slot in a table. */
static inline uint32_t hg_hash_fold(uint64_t state)
{
    return (uint32_t)((state * HG_HASH_MULTIPLIER) >> 32);
}
