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

/* Converts a state to a 32-bit hash. The low bits of the hash choose a slot in a table. */
static inline uint32_t hg_hash_fold(uint64_t state)
{
    return (uint32_t)((state * HG_HASH_MULTIPLIER) >> 32);
}

/* Mixes the bytes and their number into a state. */
static inline uint64_t hg_hash_span(uint64_t state, hg_span bytes)
{
    uint64_t word = 0;
    uint32_t at = 0;
    state = hg_hash_mix(state, bytes.length);
    for (; bytes.length - at >= sizeof word; at += (uint32_t)sizeof word, word = 0) {
        memcpy(&word, bytes.data + at, sizeof word);
        state = hg_hash_mix(state, word);
    }
    if (at == bytes.length)
        return state;
    memcpy(&word, bytes.data + at, bytes.length - at);
    return hg_hash_mix(state, word);
}
