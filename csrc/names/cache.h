/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * cache.h - caches the answers to recent handshakes. All callers find answers through such a cache. Its owner can add a
 * number and a text to each answer.
 */
#pragma once

#include "base/value.h"
#include "names/answer.h"

typedef struct hg_known_answer {
    hg_named_handshake of;
    uint32_t number; /* set by the owner; 0 at first */
    uint64_t shown;  /* set by the owner: what else its text shows */
    uint8_t is_known; /* 1: the entry has an answer */
    uint8_t is_older; /* 1: the other entry of its pair (hg_answer_of) is newer */
    char *text; /* written by the owner; length 0 at first */
    size_t length;
    size_t capacity;
    hg_found_answer found; /* zeros, except `handshake`, without a signature or a database */
    uint32_t *numbers;     /* memory of its families and candidates */
    uint32_t room;         /* how many numbers fit there */
} hg_known_answer;

/* With only `places` set and zeros elsewhere, it is a cache without a database. */
typedef struct hg_answer_cache {
    hg_answerer answerer;
    uint32_t places; /* a power of two, at least 2 */
    size_t bytes;    /* capacity of all texts */
    hg_known_answer *known;
} hg_answer_cache;

/* Forgets all answers, and uses `database` from now on. */
void hg_answer_cache_use(hg_answer_cache *cache, const hg_database *database);

/* The answer to a handshake, whose signature is HG_NO_SIGNATURE or in the database. It is valid until the next
 * call. The handshake's hash selects a pair of entries; a new answer takes the older entry. HG_E_MEMORY. */
hg_status hg_answer_of(hg_answer_cache *cache, const hg_named_handshake *handshake, hg_known_answer **out,
                       hg_error *error);

/* hg_answer_write returns a JSON writer that overwrites the entry's text; hg_answer_keep stores the new text.
 * HG_E_MEMORY: the writer ran out of memory. */
hg_writer hg_answer_write(const hg_known_answer *known);
hg_status hg_answer_keep(hg_answer_cache *cache, hg_known_answer *known, const hg_writer *to, hg_error *error);

/* The handshake of a row that was checked. */
hg_named_handshake hg_handshake_of_checked(hg_row row);
/* Fills `out` with the row's handshake; its signature may be HG_NO_SIGNATURE. HG_E_ARGUMENT: the row is no handshake,
 * has invalid values, or has an index that the database lacks (NULL: any index). */
hg_status hg_handshake_of_row(const hg_batch *batch, const hg_database *database, hg_row row, hg_named_handshake *out,
                              hg_error *error);
/* The answer to a row's handshake, as hg_answer_of; NULL in `*out`: no signature names it. */
hg_status hg_answer_of_row(hg_answer_cache *cache, const hg_batch *batch, hg_row row, hg_known_answer **out,
                           hg_error *error);
