/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * texts.h - finds all texts of signatures in a value in one pass (sigcompiler/table/http_lookup.py).
 */
#pragma once

#include "database/database.h"

/* A set of atoms, one bit each. An atom is a header, or a text in a header's value, that signatures require. */
enum { HG_HTTP_ATOM_WORD = 64, HG_HTTP_ATOM_WORDS = HG_HTTP_MOST_ATOMS / HG_HTTP_ATOM_WORD };

static inline uint32_t hg_http_atom_words(const hg_tables *t)
{
    return (t->http_atoms_count + HG_HTTP_ATOM_WORD - 1) / HG_HTTP_ATOM_WORD;
}

static inline int hg_http_has_atom(const uint64_t *atoms, uint32_t number)
{
    return (atoms[number / HG_HTTP_ATOM_WORD] >> number % HG_HTTP_ATOM_WORD & 1) != 0;
}

static inline void hg_http_add_atom(uint64_t *atoms, uint32_t number)
{
    atoms[number / HG_HTTP_ATOM_WORD] |= UINT64_C(1) << number % HG_HTTP_ATOM_WORD;
}

/* Adds the atoms whose texts occur in the first HG_HTTP_MOST_SEARCHED bytes of the value. `root` is the automaton for
 * headers with this name; `atoms` must not yet contain any atom of this automaton. */
void hg_http_find_texts(const hg_tables *t, uint32_t root, const uint8_t *value, uint32_t length, uint64_t *atoms);
