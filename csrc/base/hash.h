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

/* Mixes the bytes and their number into a state. Of two words, the first is mixed apart from the state, so that the
 * processor does not wait for it. */
static inline uint64_t hg_hash_span(uint64_t state, hg_span bytes)
{
    enum { WORD = sizeof(uint64_t) };
    const uint64_t key = state = hg_hash_mix(state, bytes.length);
    uint32_t at = 0;
    for (; bytes.length - at >= 2 * WORD; at += 2 * WORD)
        state = hg_hash_mix(state, hg_hash_mix(key, hg_le64(bytes.data + at)) ^ hg_le64(bytes.data + at + WORD));
    for (; at < bytes.length; at += WORD)
        state = hg_hash_mix(state, hg_word_at(bytes.data, bytes.length, at));
    return state;
}
