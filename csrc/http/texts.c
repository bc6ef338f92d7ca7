/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * texts.c - looks for texts in values, and tells which system a User-Agent claims.
 */
#include "http/texts.h"

hg_http_search hg_http_search_of(const hg_tables *t, uint32_t root, const uint8_t *text, uint32_t length)
{
    const hg_db_http_state *state = t->http_states + root, *child = t->http_states + state->first_child;
    hg_http_search s = {.at = text, .end = text + length, .state = state, .found = HG_NO_INDEX};
    if (state->row != HG_NO_INDEX)
        s.row = t->http_rows[state->row].child;
    else
        for (uint32_t left = state->child_count; left > 0; child++, left--)
            s.begins |= UINT64_C(1) << (child->byte & 63);
    return s;
}

/* The first byte that a text may begin with. */
static inline const uint8_t *find_begin(const hg_http_search *s, const uint8_t *at)
{
    const uint8_t *end = s->end;
    const uint32_t *row = s->row;
    const uint64_t begins = s->begins;
    if (row != NULL)
        while (at < end && row[*at] == 0)
            at++;
    else
        while (at < end && (begins >> (*at & 63) & 1) == 0)
            at++;
    return at;
}

/* The state that follows when `byte` goes on with a text, else 0. */
static inline uint32_t child_of(const hg_tables *t, const hg_db_http_state *state, uint8_t byte)
{
    if (state->row != HG_NO_INDEX)
        return t->http_rows[state->row].child[byte];
    for (uint32_t child = state->first_child, end = child + state->child_count; child < end; child++)
        if (t->http_states[child].byte == byte)
            return child;
    return 0;
}

/* Goes on to the end of a text. 0: there is none up to the end of the value. */
static int find_text(const hg_tables *t, hg_http_search *s)
{
    const hg_db_http_state *state = s->state;
    const uint8_t *at = s->at;
    do {
        if (state->depth == 0)
            at = find_begin(s, at);
        if (at == s->end)
            return 0;
        const uint8_t byte = *at++;
        uint32_t child;
        while ((child = child_of(t, state, byte)) == 0 && state->depth > 0)
            state = t->http_states + state->fail;
        if (child == 0)
            continue;
        state = t->http_states + child;
        s->found = state->use_count != 0 ? child : state->suffix;
    } while (s->found == HG_NO_INDEX);
    s->state = state;
    s->at = at;
    return 1;
}

const hg_db_http_use *hg_http_next_use(const hg_tables *t, hg_http_search *s)
{
    while (s->use_count == 0) {
        if (s->found == HG_NO_INDEX && !find_text(t, s))
            return NULL;
        const hg_db_http_state *found = t->http_states + s->found;
        s->uses = t->http_uses + found->first_use;
        s->use_count = found->use_count;
        s->found = found->suffix;
    }
    s->use_count--;
    return s->uses++;
}

/* ---- ua_os --------------------------------------------------------------------------- */

uint32_t hg_database_claims(const hg_database *database, const uint8_t *text, uint32_t length)
{
    const hg_tables *t = &database->tables;
    hg_http_search s = hg_http_search_of(t, 0, text, length);
    uint32_t found = HG_NO_INDEX;
    for (const hg_db_http_use *use; (use = hg_http_next_use(t, &s)) != NULL;)
        if (use->name == HG_NO_INDEX && use->number < found)
            found = use->number;
    return found;
}
