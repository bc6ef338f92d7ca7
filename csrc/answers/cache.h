/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * cache.h - the answers to recent handshakes, each with what its owner made of it. Nothing else looks answers up.
 */
#pragma once

#include "answers/answer.h"
#include "base/value.h"

typedef struct hg_known_answer {
    hg_named_handshake of;
    uint32_t number; /* the owner's; 0 at first */
    uint8_t is_known;
    uint8_t is_older; /* of the two at a place */
    char *text; /* the owner's; length 0 at first */
    size_t length;
    size_t capacity;
    hg_found_answer found; /* without a signature: zeros */
    uint32_t *numbers;     /* its families and candidates */
    uint32_t room;
} hg_known_answer;

/* Zeros but for `places` are a cache without a database. */
typedef struct hg_answer_cache {
    hg_answerer answerer;
    uint32_t places; /* a power of two, at least 2 */
    size_t bytes;    /* of all texts */
    hg_known_answer *known;
} hg_answer_cache;

/* Forgets all answers; those that follow are by `database`. */
void hg_answer_cache_use(hg_answer_cache *cache, const hg_database *database);

/* The answer to a handshake, whose signature is HG_NO_SIGNATURE or one of the database. It stays until the next call.
 * A handshake has two places; a new one takes that of the older of its owners. HG_E_MEMORY. */
hg_status hg_answer_of(hg_answer_cache *cache, const hg_named_handshake *of, hg_known_answer **out, hg_error *error);

/* Keeps text that was written after the capacity and text of `known` were given to `to`. HG_E_MEMORY if it is full. */
hg_writer hg_answer_write(const hg_known_answer *known);
hg_status hg_answer_keep(hg_answer_cache *cache, hg_known_answer *known, const hg_writer *to, hg_error *error);

/* Fills `out` with the row's handshake. HG_E_ARGUMENT: the row is no handshake, or refers to an entry that the database
 * (or NULL) lacks. The signature may be HG_NO_SIGNATURE. */
hg_status hg_handshake_of_row(const hg_batch *batch, const hg_database *database, uint32_t index, hg_named_handshake *out,
                              hg_error *error);
