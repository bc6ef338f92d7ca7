/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * texts.h - the texts of a database that a value has, found in one pass (sigcompiler/table/https.py).
 */
#ifndef HG_HTTP_TEXTS_H
#define HG_HTTP_TEXTS_H

#include "database/database.h"

/* A value on its way through the automaton of the texts that are looked for in it. */
typedef struct hg_http_search {
    const uint8_t *at;
    const uint8_t *end;
    const hg_db_http_state *state;
    const uint32_t *row; /* of the root, or NULL: it has few children */
    uint64_t begins;     /* then: the last six bits of each of their bytes */
    uint32_t found;      /* a text that ends before `at`, HG_NO_INDEX for none */
    uint32_t use_count;
    const hg_db_http_use *uses; /* of another */
} hg_http_search;

/* A search for the texts of the automaton that begins with the state `root`. */
hg_http_search hg_http_search_of(const hg_tables *t, uint32_t root, const uint8_t *text, uint32_t length);

/* What the next text in the value stands for; NULL when there is no other. */
const hg_db_http_use *hg_http_next_use(const hg_tables *t, hg_http_search *s);

#endif
