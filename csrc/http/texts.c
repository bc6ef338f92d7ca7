/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * texts.c - searches values for the texts of signatures, and finds the system that a User-Agent claims.
 */
#include "http/texts.h"

#include "http/head.h"

/* A search in a value, with the automaton that begins at `root`. */
typedef struct search {
    const uint8_t *at; /* next byte of the value */
    const uint8_t *end;
    uint32_t root;
    uint32_t base; /* state of the automaton */
} search;

static inline search search_of(const uint8_t *value, uint32_t length, uint32_t root)
{
    return (search){value, value + hg_http_searched(length), root, root};
}

/* Moves past the next byte at which a text ends. Returns the use (http_uses) of the longest text that ends there;
 * HG_HTTP_NO_USE: there is none. */
static inline uint32_t next_use(const hg_tables *t, search *s)
{
    const uint8_t *at = s->at, *const end = s->end;
    const uint32_t root = s->root;
    const hg_db_http_move *const moves = t->http_moves, *const begins = moves + root;
    const hg_db_http_end *const ends = t->http_ends;
    uint32_t base = s->base;
    while (at < end) {
        const uint8_t byte = *at++;
        const hg_db_http_move *move = moves + base + byte;
        if (move->base != base && (move = begins + byte)->base != root) {
            base = root;
            while (at < end && begins[*at].base != root)
                at++;
            continue;
        }
        base = move->next;
        const uint32_t use = ends[move - moves].use;
        if (use != HG_HTTP_NO_USE) {
            *s = (search){at, end, root, base};
            return use;
        }
    }
    return HG_HTTP_NO_USE;
}

/* `next` leads to the shorter texts that end at the same byte. If a text was added before, so were these. */
void hg_http_find_texts(const hg_tables *t, uint32_t root, const uint8_t *value, uint32_t length, uint64_t *atoms)
{
    search s = search_of(value, length, root);
    for (uint32_t use; (use = next_use(t, &s)) != HG_HTTP_NO_USE;)
        for (; use != HG_NO_INDEX; use = t->http_uses[use].next) {
            const uint32_t atom = t->http_uses[use].atom;
            if (atom == HG_NO_INDEX || hg_http_has_atom(atoms, atom))
                break;
            hg_http_add_atom(atoms, atom);
        }
}

uint32_t hg_database_claims(const hg_database *database, const uint8_t *text, uint32_t length)
{
    uint32_t found = HG_NO_INDEX;
    if (database == NULL || length == 0 || database->tables.http_moves_count == 0)
        return found;
    const hg_tables *t = &database->tables;
    search s = search_of(text, length, 0);
    for (uint32_t use; (use = next_use(t, &s)) != HG_HTTP_NO_USE;)
        if (t->http_uses[use].system < found)
            found = t->http_uses[use].system;
    return found;
}
