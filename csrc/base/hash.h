/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * hash.h - hashes of 64-bit words. Start with a key as state, call hg_hash_mix for each word, then hg_hash_fold.
 *
 * `mix` in sigcompiler/table/hashing.py computes the same, for the hash tables of a database.
 */
#pragma once

#include "base/bytes.h"
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

/* Mixes the bytes and their number into a state. */
static inline uint64_t hg_hash_span(uint64_t state, hg_span bytes)
{
    state = hg_hash_mix(state, bytes.length);
    for (uint32_t at = 0; at < bytes.length; at += (uint32_t)sizeof(uint64_t)) {
        uint64_t word = 0;
        const size_t rest = bytes.length - at;
        memcpy(&word, bytes.data + at, rest < sizeof word ? rest : sizeof word);
        state = hg_hash_mix(state, word);
    }
    return state;
}
